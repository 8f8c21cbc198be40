import type { Day } from '@recourse/kit/day.ts';
import { add, type Money, sum } from '@recourse/kit/money.ts';
import {
  amountOnPaper,
  type Paper,
  type PaperLanguage,
  type PaperTable,
} from '@recourse/kit/paper.ts';
import { lineKindWords, lineMarkWords, statementStateWords } from './commission-words.ts';
import { creditorDay } from './placement.ts';
import type { ListedLine } from './sheet.ts';
import { lastDayOf, type Statement, type Totals } from './statement.ts';
import { isOneRate, percentText, termText } from './term-text.ts';

const chinese = {
  title: '佣金对账单',
  open: '核对中：结账之前，行与数字还会变。',
  number: '编号',
  period: '期间',
  creditor: '委托方',
  agency: '受托机构',
  currency: '币种',
  state: '状态',
  day: '出具日',
  lines: '明细',
  case: '案件',
  debtor: '债务人',
  kind: '种类',
  received: '到账日',
  payment: '回款',
  rate: '费率',
  term: '条款',
  commission: '佣金',
  vat: '增值税',
  both: '佣金与税',
  mark: '核对',
  count: '行数',
  held: '搁置的行',
  reason: '争议原因',
  kinds: '按种类合计',
  total: '合计',
  payable: '应付',
  heldLines: '搁置',
  isPayable: '应付为未搁置各行的佣金与增值税之和。',
  upTo: '列入截至 {day} 尚未出账的行，早于本月的亦在内。',
  later: '结账时仍搁置的行可列入以后月份的对账单。',
  seal: '（盖章）　日期：',
};

const english: typeof chinese = {
  title: 'Commission statement',
  open: 'Still being checked: lines and figures may change until it is closed.',
  number: 'Number',
  period: 'Period',
  creditor: 'Creditor',
  agency: 'Agency',
  currency: 'Currency',
  state: 'State',
  day: 'Issued on',
  lines: 'Lines',
  case: 'Case',
  debtor: 'Debtor',
  kind: 'Kind',
  received: 'Received on',
  payment: 'Payment',
  rate: 'Rate',
  term: 'Term',
  commission: 'Commission',
  vat: 'VAT',
  both: 'Commission and VAT',
  mark: 'Check',
  count: 'Lines',
  held: 'Held lines',
  reason: 'Reason',
  kinds: 'Totals by kind',
  total: 'Total',
  payable: 'Payable',
  heldLines: 'Held',
  isPayable: 'Payable is commission and VAT of the lines that are not held.',
  upTo: 'It takes the lines up to {day} that were on no statement, those of earlier months too.',
  later: 'Lines still held when it is closed may come on the statement of a later month.',
  seal: ' (seal)  Date:',
};

type Words = typeof chinese;

const kindsInOrder = ['ACCRUAL', 'CLAW_BACK', 'ADJUSTMENT', 'RETAINER'] as const;

/** What an account is owed for a line: its commission and the VAT on it. */
function owed(line: ListedLine): Money {
  return add(line.commission, line.vat);
}

function lineTable(lines: readonly ListedLine[], made: Totals, w: Words, language: PaperLanguage) {
  const row = (line: ListedLine): string[] => [
    line.caseNumber,
    line.debtorName,
    lineKindWords[line.kind][language],
    line.receivedOn.toString(),
    // As on the screen: what is about no payment shows none.
    line.paymentId === '' ? '–' : amountOnPaper(line.payment),
    isOneRate(line) ? percentText(line.rateBps) : '',
    termText(line.term, line.payment.currency, language),
    amountOnPaper(line.commission),
    amountOnPaper(line.vat),
    lineMarkWords[line.mark][language],
  ];
  return {
    heading: `${w.lines} (${made.payments.currency})`,
    columns: [
      { title: w.case, share: 11 },
      { title: w.debtor, share: 17 },
      { title: w.kind, share: 7 },
      { title: w.received, share: 8 },
      { title: w.payment, share: 11, isAmount: true },
      { title: w.rate, share: 6, isAmount: true },
      { title: w.term, share: 16 },
      { title: w.commission, share: 10, isAmount: true },
      { title: w.vat, share: 9, isAmount: true },
      { title: w.mark, share: 6 },
    ],
    rows: lines.map(row),
    foot: [
      w.total,
      '',
      '',
      '',
      amountOnPaper(made.payments),
      '',
      '',
      amountOnPaper(made.commission),
      amountOnPaper(made.vat),
      '',
    ],
  } satisfies PaperTable;
}

function heldTable(lines: readonly ListedLine[], made: Totals, w: Words): PaperTable[] {
  const held = lines.filter(({ mark }) => mark === 'HELD');
  if (held.length === 0) return [];
  return [
    {
      heading: `${w.held} (${made.held.currency})`,
      columns: [
        { title: w.case, share: 12 },
        { title: w.debtor, share: 20 },
        { title: w.received, share: 9 },
        { title: w.both, share: 14, isAmount: true },
        { title: w.reason, share: 45 },
      ],
      rows: held.map((line) => [
        line.caseNumber,
        line.debtorName,
        line.receivedOn.toString(),
        amountOnPaper(owed(line)),
        line.holdReason,
      ]),
      foot: [w.total, '', '', amountOnPaper(made.held), ''],
    },
  ];
}

function kindTable(lines: readonly ListedLine[], made: Totals, w: Words, language: PaperLanguage) {
  const { currency } = made.payments;
  const row = (name: string, of: readonly ListedLine[]): string[] => [
    name,
    String(of.length),
    ...[
      of.map(({ payment }) => payment),
      of.map(({ commission }) => commission),
      of.map(({ vat }) => vat),
      of.map(owed),
    ].map((amounts) => amountOnPaper(sum(amounts, currency))),
  ];
  return {
    heading: `${w.kinds} (${currency})`,
    columns: [
      { title: w.kind, share: 20 },
      { title: w.count, share: 8, isAmount: true },
      { title: w.payment, share: 18, isAmount: true },
      { title: w.commission, share: 18, isAmount: true },
      { title: w.vat, share: 18, isAmount: true },
      { title: w.both, share: 18, isAmount: true },
    ],
    rows: kindsInOrder.flatMap((kind) => {
      const of = lines.filter((line) => line.kind === kind);
      return of.length === 0 ? [] : [row(lineKindWords[kind][language], of)];
    }),
    foot: row(w.total, lines),
  } satisfies PaperTable;
}

function stateText({ state, closedBy, closedAt }: Statement, language: PaperLanguage): string {
  const word = statementStateWords[state][language];
  const day = closedAt === undefined ? '' : creditorDay(closedAt).toString();
  return [word, closedBy?.name ?? '', day].filter((text) => text !== '').join(' · ');
}

/**
 * A statement as a paper that two companies exchange: its parties, a line for each that the reader
 * sees, those held with their reasons, sums by kind, what is payable, and room for both seals.
 * Figures are those of its lines and totals; all are in its one currency.
 */
export function statementPaper(
  statement: Statement,
  lines: readonly ListedLine[],
  made: Totals,
  { language, day }: { language: PaperLanguage; day: Day },
): Paper {
  const w = language === 'en' ? english : chinese;
  const { number, creditorName, agencyName, currency } = statement;
  return {
    language,
    day,
    isWide: true,
    title: `${w.title} ${number}`,
    note: statement.state === 'OPEN' ? w.open : '',
    facts: [
      [w.creditor, creditorName],
      [w.agency, agencyName],
      [w.number, number],
      [w.period, statement.month],
      [w.currency, currency],
      [w.state, stateText(statement, language)],
      [w.day, day.toString()],
      [w.payable, `${currency} ${amountOnPaper(made.payable)}`],
      [w.heldLines, `${currency} ${amountOnPaper(made.held)}`],
    ],
    tables: [
      lineTable(lines, made, w, language),
      ...heldTable(lines, made, w),
      kindTable(lines, made, w, language),
    ],
    remarks: [w.upTo.replace('{day}', lastDayOf(statement.month).toString()), w.isPayable, w.later],
    signatures: [`${creditorName}${w.seal}`, `${agencyName}${w.seal}`],
  };
}
