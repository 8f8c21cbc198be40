import type { CallWindow } from '../domain/best-window.ts';
import type { Disclosure } from '../domain/conduct.ts';
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

/** Working hours in which calls are best answered: suggested, never a limit. */
export const callWindows: readonly Dated<readonly CallWindow[]>[] = [
  {
    rule: 'call_windows',
    effectiveFrom: house,
    source: 'house rule (credit course)',
    value: [
      { from: '09:30', to: '11:30' },
      { from: '14:00', to: '16:30' },
    ],
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

/**
 * What tells a third party of the debt: its words, an amount with its unit, or a bare number next
 * to a word of paying.
 */
/**
 * To third parties at most 'please ask X to call us'; never the debt, and no more after a refusal.
 */
export const thirdParties: readonly Dated<Disclosure>[] = [
  {
    rule: 'third_party_disclosure',
    effectiveFrom: house,
    source: 'house rule (craft of collecting); GB/T 45251-2025',
    value: {
      phrases:
        list(`欠 债 赖账 赊账 逾期 违约 催收 催款 催缴 讨要 追讨 清偿 偿还 结清 付清 还清 还款 还钱
        还账 还贷 付款 打款 汇款 货款 账款 尾款 余款 款项 贷款 借款 应付 未付 没付 未还 没还钱 不还钱 拒付
        赔偿 起诉 诉讼 仲裁 打官司 律师函 法院 强制执行 失信 黑名单 征信 老赖 资不抵债 破产 担保责任`).concat(
          [
            'owe',
            'owes',
            'owed',
            'owing',
            'debt',
            'debts',
            'debtor',
            'creditor',
            'overdue',
            'past due',
            'unpaid',
            'in arrears',
            'arrears',
            'delinquent',
            'outstanding balance',
            'outstanding amount',
            'outstanding sum',
            'outstanding invoice',
            'outstanding invoices',
            'outstanding payment',
            'unpaid balance',
            'balance due',
            'amount due',
            'payment due',
            'money due',
            'late payment',
            'missed payment',
            'behind on',
            'pay back',
            'pay us',
            'pay what',
            'has to pay',
            'must pay',
            'needs to pay',
            'repay',
            'repayment',
            'instalments',
            'installments',
            'loan',
            'collection agency',
            'debt collector',
            'lawsuit',
            'legal action',
            'be sued',
            'will sue',
            'court order',
            'to court',
            'default',
            'defaulted',
            'blacklist',
            'blacklisted',
            'insolvent',
            'bankrupt',
            'bankruptcy',
          ],
        ),
      harmless:
        list(`元旦 元宵 元老 单元 三元桥 三元里 三元区 五块石 一块儿 十万火急 十万个为什么 九万里
        千万别 千万要 千万不 千万记 千万请 千万让 千万叫 万一 欠佳 欠妥 欠缺 欠安 欠考虑 哈欠 债券 国债
        公债 应付一下 应付得来 应付不过来 疲于应付 法院路 法院对面 法院旁`).concat(['by default']),
      phones: [
        String.raw`(?<!\d)(?:\+?86 ?)?1[3-9]\d ?\d{4} ?\d{4}`,
        String.raw`(?<!\d)0\d{2,3} ?[2-9]\d{2,3} ?\d{4}`,
        String.raw`(?<!\d)[48]00 ?\d{3} ?\d{4}`,
        '(?:电话|拨打|回电|致电|来电|号码|手机|分机|座机|转接|微信)[是为到给至]? ?\\d[\\d ]*\\d',
        String.raw`\b(?:call|extension|ext|tel|phone|number|desk|room)(?: [a-z]+){0,2} \d[\d ]*\d`,
      ],
      moneyUnits: list('元 圆 圓 块 塊 人民币 人民幣 美金 港币 欧元 日元 英镑 韩元').concat([
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
        'krw',
        'vnd',
        'yuan',
        'dollar',
        'dollars',
        'euro',
        'euros',
        'pounds',
        'yen',
        'won',
        'grand',
        'bucks',
      ]),
      moneySigns: list('￥ ¥ $ € £ 人民币 cny rmb usd eur gbp hkd jpy krw vnd'),
      numerals: {
        digits: '〇零一二两三四五六七八九十几数壹贰貳叁參肆伍陆陸柒捌玖',
        magnitudes: '十百千万亿拾佰仟萬億',
      },
      payWords:
        list(`付 支付 还(?![有是会會在要没能可不未想得]) 欠 汇 匯 缴 交款 结账 补款 赔 转账 转款 打钱
        凑 借 pay pays paid paying owe owes remit transfer settle deposit wire`),
      counters:
        list(`天 日 号 月 年 周 点 时 小时 分 秒 刻 次 遍 个 位 人 名 件 份 封 页 张 本 条 趟 回 通
        楼 层 室 栋 幢 弄 路 街 里 公里 米 平 吨 台 辆 岁 家 倍 度 版 期 day days hour hours minute
        minutes week weeks month months year years am pm o'clock times st nd rd th january february
        march april may june july august september october november december street road floor
        people pages copies km`),
    },
  },
];

/** Words written one after the other, for tables that would fill pages line by line. */
function list(words: string): readonly string[] {
  return words.trim().split(/\s+/);
}

export type PhraseGroup = { readonly group: string; readonly phrases: readonly string[] };

/**
 * Words that no text to or about a debtor may contain. Matched after folding of width, case, spaces
 * and punctuation; Latin phrases match whole words; … stands for a few characters of Chinese. An
 * organisation adds its own.
 */
export const forbiddenPhrases: readonly Dated<readonly PhraseGroup[]>[] = [
  {
    rule: 'forbidden_phrase',
    effectiveFrom: house,
    source: 'house rule (credit course); 刑法 293-1, 253-1',
    value: [
      {
        group: 'violence_or_threat',
        phrases:
          list(`打断你 弄死 杀了你 杀你 砍死 砍你 打死 收拾你 让你好看 不得好死 小心你的家人 小心你家人 小心你的孩子 你家人的安全 全家死
          泼油漆 砸了你 放火 绑了你 堵门 堵你家 上门闹 拉横幅 让你开不了门 后果自负你懂的`).concat([
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
          ]),
      },
      {
        group: 'insult',
        phrases: list(
          `人渣 废物 王八蛋 混蛋 傻逼 傻b 垃圾人 不要脸 畜生 狗东西 骗子 无赖 老赖 贱人 滚蛋 去死`,
        ).concat([
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
        ]),
      },
      {
        group: 'impersonating_officials',
        phrases:
          list(`我是警察 我是民警 我是警官 我是法官 我是检察官 我是公安 我是派出所 我是检察院 我是经侦 我是…公安局 我是…派出所 我是…法院的
          我是…检察院 我们是公安 我们是法院 我们是派出所 我们是检察院 这边是公安 这边是法院 这里是…公安局 这里是…法院 这里是…派出所
          公安局的人 法院的人 这里是公安局 这里是法院 这里是检察院 我是法院 经侦大队`).concat([
            'i am a police officer',
            'i am with the police',
            'i am from the police',
            'i m from the police',
            'i m a police officer',
            'we are the police',
            'we are from the police',
            'calling from the police',
            'calling from the court',
            'we are from the court',
            'i m from the court',
            'this is the police',
            'i am a judge',
            'i am from the court',
            'this is the court',
            'i am a federal agent',
            'i am a bailiff',
          ]),
      },
      {
        group: 'false_consequence',
        phrases: list(
          `抓你 抓人 抓捕 坐牢 判刑 拘留你 通缉 刑事责任 立案侦查 进监狱 限制出境你 冻结你全家`,
        ).concat([
          'go to jail',
          'go to prison',
          'be arrested',
          'have you arrested',
          'arrest warrant',
          'criminal charges',
          'deport you',
          'take your children',
        ]),
      },
      {
        group: 'forged_documents',
        phrases: list(`假律师函 伪造 假传票 假公章 假判决`).concat([
          'fake summons',
          'forged',
          'fake court order',
          'fake lawyer letter',
        ]),
      },
      {
        group: 'publishing_personal_data',
        phrases:
          list(`曝光你 爆通讯录 群发通讯录 公布你的身份证 公布你的照片 公布你…信息 公布你…欠款 公布你…照片 公开你…信息 公开你…欠款
          公示你…信息 把你…曝光 将你…曝光 你…照片…发到 你…照片…发给 你…身份证…发到 你…信息…发到 你…欠款…发到 告诉你…同事
          告诉你…亲友 告诉你…邻居 通知你…同事 通知你…亲友 发给你…同事 发给你…亲友 发到网上 发朋友圈曝光 告诉你所有亲友 告诉你全部同事
          贴大字报`).concat([
            'post your photo',
            'post your picture',
            'post your name',
            'put your photo',
            'publish your name',
            'publish your photo',
            'publish your debt',
            'publish your details',
            'expose you',
            'tell all your friends',
            'tell your employer',
            'tell your neighbours',
            'tell your neighbors',
            'shame you online',
          ]),
      },
    ],
  },
];
