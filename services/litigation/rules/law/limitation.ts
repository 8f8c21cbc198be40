import type { Dated } from '../../domain/law/dated.ts';
import type { LimitationTables, NextActRule } from '../../domain/law/limitation-rule.ts';

const civilCode = '2021-01-01';
/** 民法总则 in force: three years, as later in 民法典 art. 188. */
const generalPart = '2017-10-01';

const starts = (source: string) => ({ part: 'start', source }) as const;
const creditor = (source: string) => ({ part: 'creditor', source }) as const;
const debtor = (source: string) => ({ part: 'debtor', source }) as const;
const proceedings = (source: string) => ({ part: 'proceedings', source }) as const;
const pending = (source: string) => ({ part: 'proceedings', source, pends: true }) as const;
const titling = (source: string) => ({ ...pending(source), titles: true }) as const;

const agrees = debtor('民法典 art. 195(2); 时效规定 art. 14');
const promises = {
  ...debtor('民法典 art. 192, 195(2); 时效规定 art. 14, 19'),
  revives: true,
} as const;

/** What an act usually costs is the house's own estimate; a creditor's prices replace it. */
function act(value: NextActRule): Dated<NextActRule> {
  const source = '时效规定 art. 8–14; costs: house estimate';
  return { rule: 'next_act', effectiveFrom: '0001-01-01', source, grade: 'GK', value };
}

/** legal.md 2.3. */
export const limitation: LimitationTables['limitation'] = {
  general: [
    {
      rule: 'limitation_general',
      effectiveFrom: '1987-01-01',
      effectiveTo: '2017-09-30',
      source: '民法通则 art. 135: two years',
      grade: 'GK',
      value: { years: 2 },
    },
    {
      rule: 'limitation_general',
      effectiveFrom: generalPart,
      effectiveTo: '2020-12-31',
      source: '民法总则 art. 188: three years',
      grade: 'L',
      value: { years: 3 },
    },
    {
      rule: 'limitation_general',
      effectiveFrom: civilCode,
      source: '民法典 art. 188: three years',
      grade: 'L',
      value: { years: 3 },
    },
  ],
  transition: {
    rule: 'limitation_transition',
    effectiveFrom: '2018-07-23',
    source: '民法总则诉讼时效解释 (2018) art. 2, 3: two years not over on 2017-10-01 become three',
    grade: 'L',
    value: { on: generalPart },
  },
  absolute: [
    {
      rule: 'limitation_absolute',
      effectiveFrom: '1987-01-01',
      source: '民法典 art. 188 ¶2: twenty years from the harm; only a court may extend',
      grade: 'L',
      value: { years: 20 },
    },
  ],
  enforcement: [
    {
      rule: 'enforcement_period',
      effectiveFrom: '2008-04-01',
      source: '民事诉讼法 art. 250: two years, interrupted and suspended as limitation is',
      grade: 'L',
      value: { years: 2 },
    },
  ],
  suspension: [
    {
      rule: 'limitation_suspension',
      effectiveFrom: '1987-01-01',
      source: '民法典 art. 194: in the last six months; ends six months after the obstacle',
      grade: 'L',
      value: { lastMonths: 6, monthsAfter: 6 },
    },
  ],
  parts: {
    due: starts('民法典 art. 188'),
    instalment_due: starts('民法典 art. 189: from the last instalment'),
    grace_end: starts('时效规定 art. 4'),
    refusal: starts('时效规定 art. 4'),
    knowledge: starts('民法典 art. 188 ¶2'),
    harm: starts('民法典 art. 188 ¶2'),
    demand: creditor('民法典 art. 195(1); 时效规定 art. 8(1), (2)'),
    bank_deduction: creditor('时效规定 art. 8(3)'),
    public_notice: creditor('时效规定 art. 8(4)'),
    assignment_notice: creditor('时效规定 art. 17; 民法典 art. 546'),
    mediation_request: creditor('时效规定 art. 12'),
    police_report: pending('时效规定 art. 13'),
    part_payment: agrees,
    acknowledgement: promises,
    repayment_plan: promises,
    security_given: promises,
    extension: promises,
    set_off: agrees,
    suit: titling('民法典 art. 195(3); 时效规定 art. 10'),
    arbitration: titling('民法典 art. 195(3)'),
    payment_order: titling('时效规定 art. 11(1)'),
    bankruptcy_claim: pending('时效规定 art. 11(2)'),
    declaration_missing: proceedings('时效规定 art. 11(3)'),
    pre_suit_preservation: proceedings('时效规定 art. 11(4)'),
    enforcement: pending('时效规定 art. 11(5)'),
    joinder: proceedings('时效规定 art. 11(6)'),
    set_off_in_suit: proceedings('时效规定 art. 11(7)'),
    subrogation_suit: proceedings('时效规定 art. 16'),
    obstacle: { part: 'obstacle', source: '民法典 art. 194' },
    judgment: { part: 'title', source: '民事诉讼法 art. 250' },
    enforcement_settlement: { part: 'title', source: '民事诉讼法 art. 250; 民法典 art. 195(2)' },
    no_assets: { part: 'title', source: '民诉法解释 art. 517: again at any time' },
  },
  certainWithinDays: 30,
  reliesOn: ['proven', 'likely'],
  alarms: [
    {
      rule: 'limitation_alarms',
      effectiveFrom: '0001-01-01',
      source: 'house rule: 180, 90 and 30 days before',
      grade: 'L',
      value: [180, 90, 30],
    },
  ],
  acts: [
    act({
      act: 'data_message_demand',
      words: { zh: '向约定地址发送电子催告并留存', en: 'send a demand to the agreed e-address' },
      costMinor: 0n,
      proof: 'likely',
      leadDays: 2,
      needsDebtor: true,
      alone: true,
      works: ['running'],
    }),
    act({
      act: 'letter_demand',
      words: { zh: 'EMS 邮寄催款函并保留签收回执', en: 'post a demand by EMS, keep the receipt' },
      costMinor: 3_000n,
      proof: 'proven',
      leadDays: 10,
      needsDebtor: true,
      alone: true,
      works: ['running'],
    }),
    act({
      act: 'mediation_request',
      words: { zh: '向调解组织提出请求并取得回执', en: 'ask a mediation body, keep its receipt' },
      costMinor: 20_000n,
      proof: 'proven',
      leadDays: 3,
      needsDebtor: true,
      alone: true,
      works: ['running'],
    }),
    act({
      act: 'public_notice',
      words: {
        zh: '在省级以上有影响的媒体公告催收',
        en: 'publish the demand in a provincial paper',
      },
      costMinor: 100_000n,
      proof: 'proven',
      leadDays: 7,
      needsDebtor: false,
      alone: true,
      works: ['running'],
    }),
    act({
      act: 'payment_order',
      words: { zh: '申请支付令', en: 'apply for a payment order' },
      costMinor: 0n,
      feeKind: 'payment_order',
      proof: 'proven',
      leadDays: 0,
      needsDebtor: true,
      alone: true,
      works: ['running', 'absolute'],
    }),
    act({
      act: 'suit',
      words: { zh: '提起诉讼', en: 'file suit' },
      costMinor: 0n,
      feeKind: 'acceptance',
      proof: 'proven',
      leadDays: 0,
      needsDebtor: false,
      alone: true,
      works: ['running', 'absolute'],
    }),
    act({
      act: 'signed_acknowledgement',
      words: { zh: '请债务人签署还款计划或催收确认', en: 'have the debtor sign a plan or notice' },
      costMinor: 0n,
      proof: 'proven',
      leadDays: 14,
      needsDebtor: true,
      alone: false,
      works: ['running', 'expired', 'enforcement'],
    }),
    act({
      act: 'apply_for_enforcement',
      words: { zh: '申请强制执行', en: 'apply for enforcement' },
      costMinor: 0n,
      proof: 'proven',
      leadDays: 0,
      needsDebtor: false,
      alone: true,
      works: ['enforcement'],
    }),
  ],
};
