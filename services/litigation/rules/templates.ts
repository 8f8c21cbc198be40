import type { Template } from '../domain/paper.ts';

/** What each kind of debt is called in a claim. */
export const debtWords = {
  DEBT_TYPE_UNSPECIFIED: '欠款',
  DEBT_TYPE_SALE_OF_GOODS: '货款',
  DEBT_TYPE_SERVICES: '服务费',
  DEBT_TYPE_CONSTRUCTION: '工程款',
  DEBT_TYPE_LOAN: '借款本金',
  DEBT_TYPE_LEASE: '租金',
} as const;

const version = '2026-01-01';
const source = '民诉法 124, 225; 最高人民法院民事诉讼文书样式 (法〔2016〕221号)';

/** The documents that a matter's data fills in. */
export const templates: readonly Template[] = [
  {
    kind: 'DOCUMENT_KIND_STATEMENT_OF_CLAIM',
    version,
    source,
    title: '民事起诉状',
    plaintiff: '原告',
    defendant: '被告',
    asksHeading: '诉讼请求：',
    ask: '判令被告向原告支付',
    closing: '本案诉讼费用由被告承担。',
    factsHeading: '事实与理由：',
    facts: [],
    end: '综上，为维护原告合法权益，特向贵院提起诉讼，请依法支持原告的诉讼请求。',
    signature: '具状人',
  },
  {
    kind: 'DOCUMENT_KIND_PAYMENT_ORDER_APPLICATION',
    version,
    source,
    title: '支付令申请书',
    plaintiff: '申请人',
    defendant: '被申请人',
    asksHeading: '请求事项：',
    ask: '请求依法向被申请人发出支付令，督促被申请人向申请人给付',
    closing: '申请费用由被申请人负担。',
    factsHeading: '事实与理由：',
    facts: [
      '上述债务以给付金钱为内容，已经到期且数额确定；所请求的利息、违约金均有约定。',
      '申请人与被申请人之间没有其他债务纠纷，申请人不负对待给付义务，也未申请诉前保全。',
      '被申请人在我国境内且未下落不明，支付令能够送达被申请人。',
    ],
    leavesOut: ['PARTY_ROLE_GUARANTOR', 'PARTY_ROLE_THIRD_PARTY'],
    end: '根据《中华人民共和国民事诉讼法》第二百二十五条之规定，特向贵院申请支付令。',
    signature: '申请人',
  },
  {
    kind: 'DOCUMENT_KIND_PRESERVATION_APPLICATION',
    version,
    source,
    title: '财产保全申请书',
    plaintiff: '申请人',
    defendant: '被申请人',
    asksHeading: '请求事项：',
    ask: '请求依法查封、扣押、冻结被申请人价值相当于以下金额的财产：',
    closing: '保全费用由被申请人负担。',
    factsHeading: '事实与理由：',
    facts: ['申请人愿依法提供担保；如申请有错误，申请人赔偿被申请人因保全所遭受的损失。'],
    end: '为防止裁判难以执行，根据《中华人民共和国民事诉讼法》第一百零三条、第一百零四条，特申请财产保全。',
    signature: '申请人',
  },
  {
    kind: 'DOCUMENT_KIND_ENFORCEMENT_APPLICATION',
    version,
    source,
    title: '强制执行申请书',
    plaintiff: '申请执行人',
    defendant: '被执行人',
    asksHeading: '请求事项：',
    ask: '请求依法强制执行被执行人应付的',
    closing: '请求被执行人加倍支付迟延履行期间的债务利息，并负担执行费用。',
    factsHeading: '事实与理由：',
    facts: ['生效法律文书确定的履行期限已经届满，被执行人至今未全部履行。'],
    end: '根据《中华人民共和国民事诉讼法》第二百四十七条、第二百五十条之规定，特申请强制执行。',
    signature: '申请执行人',
  },
];
