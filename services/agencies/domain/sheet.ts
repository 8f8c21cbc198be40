import { decimalText, type Money } from '@recourse/kit/money.ts';
import type { CommissionLine } from './commission.ts';
import { isOneRate, termText } from './term-text.ts';
import type { Statement, StatementLine, Totals } from './statement.ts';

/** A table on its way into a file: text stays text, a number is its plain decimal text. */
export type Cell = { text: string } | { number: string };

export type Sheet = { name: string; rows: Cell[][] };

/** A commission line on a statement, with the debtor as the reader may see it. */
export type ListedLine = StatementLine &
  Pick<CommissionLine, 'caseNumber' | 'kind' | 'rateBps' | 'term' | 'receivedOn' | 'paymentId'> & {
    debtorName: string;
  };

const headings = [
  '案件号 Case',
  '债务人 Debtor',
  '类型 Kind',
  '收款日 Received on',
  '收款 Payment',
  '费率% Rate',
  '条款 Term',
  '佣金 Commission',
  '增值税 VAT',
  '核对 Mark',
  '争议原因 Hold reason',
  '付款编号 Payment id',
];

const text = (value: string): Cell => ({ text: value });
const amount = (value: Money): Cell => ({ number: decimalText(value) });

/** Basis points as percent with two digits: 1250 is `12.50`. */
function percent(bps: number): Cell {
  return { number: decimalText({ currency: 'CNY', minor: BigInt(bps) }) };
}

const kinds: Readonly<Record<ListedLine['kind'], string>> = {
  ACCRUAL: '计提 Accrual',
  CLAW_BACK: '冲回 Claw-back',
  ADJUSTMENT: '调整 Adjustment',
  RETAINER: '基础费 Retainer',
};

/** In both languages, as the head of the table is. */
function ruleText({ term, payment: { currency } }: ListedLine): string {
  return `${termText(term, currency, 'zh-CN')} / ${termText(term, currency, 'en')}`;
}

function row(line: ListedLine): Cell[] {
  return [
    text(line.caseNumber),
    text(line.debtorName),
    text(kinds[line.kind]),
    text(line.receivedOn.toString()),
    amount(line.payment),
    isOneRate(line) ? percent(line.rateBps) : text(''),
    text(ruleText(line)),
    amount(line.commission),
    amount(line.vat),
    text(line.mark),
    text(line.holdReason),
    text(line.paymentId),
  ];
}

/** A statement as a table: its head, a line each, and the totals that close it. */
export function statementSheet(
  statement: Statement,
  lines: readonly ListedLine[],
  made: Totals,
): Sheet {
  const head: [string, string][] = [
    ['结算单 Statement', statement.number],
    ['债权人 Creditor', statement.creditorName],
    ['机构 Agency', statement.agencyName],
    ['月份 Month', statement.month],
    ['币种 Currency', statement.currency],
    ['状态 State', statement.state],
  ];
  const foot: [string, Money][] = [
    ['收款合计 Payments', made.payments],
    ['佣金合计 Commission', made.commission],
    ['增值税合计 VAT', made.vat],
    ['争议 Held', made.held],
    ['应付 Payable', made.payable],
  ];
  return {
    name: statement.number,
    rows: [
      ...head.map(([label, value]) => [text(label), text(value)]),
      [],
      headings.map(text),
      ...lines.map(row),
      [],
      ...foot.map(([label, value]) => [text(label), amount(value)]),
    ],
  };
}

/**
 * A cell that a spreadsheet program would run as a formula is made text by an apostrophe in front
 * (OWASP, CSV injection); numbers are ours and stay numbers, negative ones too.
 */
export function guarded(value: string): string {
  return /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** RFC 4180 with a byte-order mark, without which Excel reads Chinese UTF-8 as something else. */
export function csvText(sheet: Sheet): string {
  const lines = sheet.rows.map((cells) =>
    cells.map((cell) => quoted('text' in cell ? guarded(cell.text) : cell.number)).join(','),
  );
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
