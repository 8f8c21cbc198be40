import type { Dated } from '../domain/rule.ts';

/** Wall-clock hours in the debtor's zone; `from` is inside, `to` is outside. */
export type QuietHours = { readonly from: string; readonly to: string };

const house = '0001-01-01';
/** GB/T 45251-2025, issued and effective on this day. */
const standard = '2025-02-28';

export const quietHours: readonly Dated<QuietHours>[] = [
  {
    rule: 'quiet_hours',
    effectiveFrom: house,
    effectiveTo: '2025-02-27',
    source: 'house rule (credit course)',
    value: { from: '22:00', to: '08:00' },
  },
  {
    rule: 'quiet_hours',
    effectiveFrom: standard,
    source: 'GB/T 45251-2025',
    value: { from: '22:00', to: '08:00' },
  },
];

/**
 * Contacts a calendar day in the debtor's zone, over all channels, cases and parties. The standard
 * limits effective calls only; every permitted attempt is counted here, which is stricter.
 */
export const dailyLimits: readonly Dated<{ readonly contacts: number }>[] = [
  {
    rule: 'daily_limit',
    effectiveFrom: house,
    effectiveTo: '2025-02-27',
    source: 'house rule (craft of collecting)',
    value: { contacts: 3 },
  },
  {
    rule: 'daily_limit',
    effectiveFrom: standard,
    source: 'GB/T 45251-2025; house rule (craft of collecting)',
    value: { contacts: 3 },
  },
];

/** People who must make a visit together. */
export const visits: readonly Dated<{ readonly people: number }>[] = [
  {
    rule: 'visit_by_two',
    effectiveFrom: house,
    source: 'house rule (craft of collecting); GB/T 45251-2025',
    value: { people: 2 },
  },
];

/** What tells a third party of the debt: its words, or a number with a unit of money. */
export type Disclosure = {
  readonly phrases: readonly string[];
  readonly moneyUnits: readonly string[];
};

/**
 * To third parties at most 'please ask X to call us'; never the debt, and no more after a refusal.
 */
export const thirdParties: readonly Dated<Disclosure>[] = [
  {
    rule: 'third_party_disclosure',
    effectiveFrom: house,
    source: 'house rule (craft of collecting); GB/T 45251-2025',
    value: {
      phrases: [
        '欠款',
        '欠钱',
        '欠我',
        '欠了',
        '拖欠',
        '债务',
        '负债',
        '逾期',
        '还款',
        '还钱',
        '催收',
        '货款',
        '账款',
        '起诉',
        '律师函',
        '失信',
        'owes',
        'owed',
        'owing',
        'debt',
        'debts',
        'overdue',
        'past due',
        'unpaid',
        'collection agency',
        'lawsuit',
        'default',
      ],
      moneyUnits: [
        '元',
        '万',
        '块',
        '￥',
        '¥',
        '$',
        '€',
        '£',
        'cny',
        'rmb',
        'usd',
        'eur',
        'gbp',
        'hkd',
        'jpy',
        'yuan',
        'dollars',
      ],
    },
  },
];

export type PhraseGroup = { readonly group: string; readonly phrases: readonly string[] };

/**
 * Words that no text to or about a debtor may contain. Matched after folding of width, case, spaces
 * and punctuation; Latin phrases match whole words. An organisation adds its own.
 */
export const forbiddenPhrases: readonly Dated<readonly PhraseGroup[]>[] = [
  {
    rule: 'forbidden_phrase',
    effectiveFrom: house,
    source: 'house rule (credit course); 刑法 293-1, 253-1',
    value: [
      {
        group: 'violence_or_threat',
        phrases: [
          '打断你',
          '弄死',
          '杀了你',
          '杀你',
          '砍死',
          '砍你',
          '打死',
          '收拾你',
          '让你好看',
          '不得好死',
          '小心你的家人',
          '小心你家人',
          '小心你的孩子',
          '你家人的安全',
          '全家死',
          '泼油漆',
          '砸了你',
          '放火',
          '绑了你',
          '堵门',
          '堵你家',
          '上门闹',
          '拉横幅',
          '让你开不了门',
          '后果自负你懂的',
          'kill you',
          'hurt you',
          'break your legs',
          'break your bones',
          'beat you',
          'harm your family',
          'hurt your family',
          'your children are not safe',
          'burn down',
          'come after you',
          'you will regret',
          'make you suffer',
          'we know where you live',
        ],
      },
      {
        group: 'insult',
        phrases: [
          '人渣',
          '废物',
          '王八蛋',
          '混蛋',
          '傻逼',
          '傻b',
          '垃圾人',
          '不要脸',
          '畜生',
          '狗东西',
          '骗子',
          '无赖',
          '老赖',
          '贱人',
          '滚蛋',
          '去死',
          'idiot',
          'scum',
          'scumbag',
          'moron',
          'bastard',
          'deadbeat',
          'crook',
          'worthless',
          'stupid',
          'shameless',
          'liar',
        ],
      },
      {
        group: 'impersonating_officials',
        phrases: [
          '我是警察',
          '我是法官',
          '我是检察官',
          '我们是公安',
          '我们是法院',
          '公安局的人',
          '法院的人',
          '这里是公安局',
          '这里是法院',
          '这里是检察院',
          '我是法院',
          '经侦大队',
          'i am a police officer',
          'i am from the police',
          'this is the police',
          'i am a judge',
          'i am from the court',
          'this is the court',
          'i am a federal agent',
          'i am a bailiff',
        ],
      },
      {
        group: 'false_consequence',
        phrases: [
          '抓你',
          '抓人',
          '抓捕',
          '坐牢',
          '判刑',
          '拘留你',
          '通缉',
          '刑事责任',
          '立案侦查',
          '进监狱',
          '限制出境你',
          '冻结你全家',
          'go to jail',
          'go to prison',
          'be arrested',
          'have you arrested',
          'arrest warrant',
          'criminal charges',
          'deport you',
          'take your children',
        ],
      },
      {
        group: 'forged_documents',
        phrases: [
          '假律师函',
          '伪造',
          '假传票',
          '假公章',
          '假判决',
          'fake summons',
          'forged',
          'fake court order',
          'fake lawyer letter',
        ],
      },
      {
        group: 'publishing_personal_data',
        phrases: [
          '曝光你',
          '爆通讯录',
          '群发通讯录',
          '公布你的身份证',
          '公布你的照片',
          '发到网上',
          '发朋友圈曝光',
          '告诉你所有亲友',
          '告诉你全部同事',
          '贴大字报',
          'post your photo',
          'publish your details',
          'expose you',
          'tell all your friends',
          'tell your employer',
          'tell your neighbours',
          'tell your neighbors',
          'shame you online',
        ],
      },
    ],
  },
];
