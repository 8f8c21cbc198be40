import { type Day, day, daysBetween } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { money, type Money, subtract, sum } from '@recourse/kit/money.ts';
import {
  amountOnPaper,
  type Paper,
  type PaperLanguage,
  type PaperTable,
} from '@recourse/kit/paper.ts';

export type AccountDocument = {
  documentNumber: string;
  documentDate: string | null;
  dueDate: string;
  currency: string;
  amountMinor: bigint;
  openMinor: bigint;
};

export type AccountPayment = {
  receivedOn: string;
  means: string;
  reference: string;
  currency: string;
  amountMinor: bigint;
  /** When it was taken back; it counts no more then. */
  reversedAt: string | null;
};

/** What is known of a case when its account is drawn up. */
export type AccountFacts = {
  caseId: string;
  number: string;
  state: 'OPEN' | 'CLOSED';
  orgName: string;
  debtorName: string;
  customerNumber: string;
  currency: string;
  /** All that is claimed, costs and interest too. */
  openMinor: bigint;
  documents: readonly AccountDocument[];
  payments: readonly AccountPayment[];
};

const chinese = {
  title: '对账单',
  debtor: '致',
  creditor: '债权人',
  case: '案件',
  customer: '客户编号',
  currency: '币种',
  asOf: '截止日',
  open: '未付合计',
  documents: '应收单据',
  document: '单据号',
  date: '单据日期',
  due: '到期日',
  amount: '金额',
  settled: '已付或冲减',
  openPart: '未付',
  days: '逾期天数',
  payments: '收款',
  received: '收款日',
  means: '方式',
  reference: '参考号',
  state: '状态',
  counted: '已入账',
  reversed: '已退回，不计入合计',
  none: '截至该日没有收款记录。',
  sums: '合计',
  item: '项目',
  documentsOpen: '单据未付',
  rest: '费用与利息',
  confirm: '请核对以上内容；如有不符，请列明差额并附凭据。',
  notWaiver: '本对账单不构成对任何权利的放弃。',
  seal: '（盖章）　日期：',
  agrees: '确认：□ 相符　□ 不符，差额：',
};

const english: typeof chinese = {
  title: 'Statement of account',
  debtor: 'To',
  creditor: 'Creditor',
  case: 'Case',
  customer: 'Customer number',
  currency: 'Currency',
  asOf: 'As of',
  open: 'Open in all',
  documents: 'Receivables',
  document: 'Document',
  date: 'Document date',
  due: 'Due date',
  amount: 'Amount',
  settled: 'Paid or credited',
  openPart: 'Open',
  days: 'Days overdue',
  payments: 'Payments',
  received: 'Received on',
  means: 'Means',
  reference: 'Reference',
  state: 'State',
  counted: 'Counted',
  reversed: 'Returned, not in the total',
  none: 'No payments were recorded up to that day.',
  sums: 'Totals',
  item: 'Item',
  documentsOpen: 'Open on documents',
  rest: 'Costs and interest',
  confirm: 'Please check the above; if it differs, name the difference and enclose proof.',
  notWaiver: 'This statement waives no right.',
  seal: ' (seal)  Date:',
  agrees: 'Confirmation: □ agreed  □ not agreed, difference:',
};

type Words = typeof chinese;

const meansWords: Readonly<Record<PaperLanguage, Readonly<Record<string, string>>>> = {
  'zh-CN': {
    bank_transfer: '银行转账',
    cash: '现金',
    acceptance_draft: '承兑汇票',
    cheque: '支票',
    wechat: '微信',
    alipay: '支付宝',
    court: '法院或诉讼回款',
    credit: '预收款冲抵',
    other: '其他',
  },
  en: {
    bank_transfer: 'Bank transfer',
    cash: 'Cash',
    acceptance_draft: 'Acceptance draft',
    cheque: 'Cheque',
    wechat: 'WeChat',
    alipay: 'Alipay',
    court: 'Through the court',
    credit: 'From credit',
    other: 'Other',
  },
};

const amountOf = (one: { amountMinor: bigint; currency: string }): Money =>
  money(one.amountMinor, one.currency);
const openOf = (one: AccountDocument): Money => money(one.openMinor, one.currency);
const settledOf = (one: AccountDocument): Money => subtract(amountOf(one), openOf(one));

/** Days overdue of what is open; before its due day and once it is paid it has none. */
function overdueText(one: AccountDocument, asOf: Day): string {
  const days = daysBetween(day(one.dueDate), asOf);
  return one.openMinor > 0n && days > 0 ? String(days) : '';
}

function documentTable(facts: AccountFacts, asOf: Day, w: Words): PaperTable {
  const { documents, currency } = facts;
  const total = (of: (one: AccountDocument) => Money): string =>
    amountOnPaper(sum(documents.map(of), currency));
  return {
    heading: `${w.documents} (${currency})`,
    columns: [
      { title: w.document, share: 24 },
      { title: w.date, share: 12 },
      { title: w.due, share: 12 },
      { title: w.amount, share: 15, isAmount: true },
      { title: w.settled, share: 15, isAmount: true },
      { title: w.openPart, share: 15, isAmount: true },
      { title: w.days, share: 10, isAmount: true },
    ],
    rows: documents.map((one) => [
      one.documentNumber,
      one.documentDate ?? '',
      one.dueDate,
      amountOnPaper(amountOf(one)),
      amountOnPaper(settledOf(one)),
      amountOnPaper(openOf(one)),
      overdueText(one, asOf),
    ]),
    foot: [w.sums, '', '', total(amountOf), total(settledOf), total(openOf), ''],
  };
}

function paymentTable(facts: AccountFacts, language: PaperLanguage, w: Words): PaperTable[] {
  const { payments, currency } = facts;
  if (payments.length === 0) return [];
  const counted = payments.filter(({ reversedAt }) => reversedAt === null);
  return [
    {
      heading: `${w.payments} (${currency})`,
      columns: [
        { title: w.received, share: 12 },
        { title: w.means, share: 18 },
        { title: w.reference, share: 30 },
        { title: w.amount, share: 15, isAmount: true },
        { title: w.state, share: 25 },
      ],
      rows: payments.map((one) => [
        one.receivedOn,
        meansWords[language][one.means] ?? one.means,
        one.reference,
        amountOnPaper(amountOf(one)),
        one.reversedAt === null ? w.counted : w.reversed,
      ]),
      foot: [w.sums, '', '', amountOnPaper(sum(counted.map(amountOf), currency)), ''],
    },
  ];
}

/** The claim of the case, and what of it stands on no document's open amount. */
function claimTable({ documents, currency, openMinor }: AccountFacts, w: Words): PaperTable {
  const claim = money(openMinor, currency);
  const onDocuments = sum(documents.map(openOf), currency);
  const rest = subtract(claim, onDocuments);
  return {
    heading: `${w.sums} (${currency})`,
    columns: [
      { title: w.item, share: 75 },
      { title: w.amount, share: 25, isAmount: true },
    ],
    rows: [
      [w.documentsOpen, amountOnPaper(onDocuments)],
      ...(rest.minor === 0n ? [] : [[w.rest, amountOnPaper(rest)]]),
    ],
    foot: [w.open, amountOnPaper(claim)],
  };
}

/**
 * What a debtor is asked to confirm (对账单): the documents of its case with what is open on each as
 * of a day, what it paid, the claim in one currency, and room for its seal. Only of an open case:
 * what was written off or sold is not to be told as settled. Fault: `refused`
 * account_of_closed_case.
 */
export function accountPaper(
  facts: AccountFacts,
  { language, asOf }: { language: PaperLanguage; asOf: Day },
): Paper {
  const { caseId, number, state, orgName, debtorName, customerNumber, currency } = facts;
  if (state === 'CLOSED') throw fault('refused', 'account_of_closed_case', { caseId, number });
  const w = language === 'en' ? english : chinese;
  return {
    language,
    day: asOf,
    title: `${w.title} ${number}`,
    note: '',
    facts: [
      [w.debtor, debtorName],
      [w.creditor, orgName],
      [w.customer, customerNumber],
      [w.case, number],
      [w.asOf, asOf.toString()],
      [w.open, `${currency} ${amountOnPaper(money(facts.openMinor, currency))}`],
    ],
    tables: [
      documentTable(facts, asOf, w),
      ...paymentTable(facts, language, w),
      claimTable(facts, w),
    ],
    remarks: [...(facts.payments.length === 0 ? [w.none] : []), w.confirm, w.notWaiver],
    signatures: [`${orgName}${w.seal}`, `${debtorName}${w.seal} ${w.agrees}`],
  };
}
