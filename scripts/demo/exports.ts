import { decimalText } from '@recourse/kit/money.ts';
import type { Day } from '@recourse/kit/day.ts';
import type { DemoReceivable } from './book.ts';

/** How one creditor's system writes its export; each demo creditor's is another, as in life. */
export type Dialect = 'kingdee' | 'sap' | 'yonyou';

function settledBy(receivable: DemoReceivable, asOf: Day): string {
  const settled = receivable.settledOn;
  if (settled === undefined || settled.until(asOf).sign < 0) return '';
  return settled.toString();
}

function slashes(isoDay: string): string {
  return isoDay.replaceAll('-', '/');
}

function compact(isoDay: string): string {
  return isoDay.replaceAll('-', '');
}

function kingdeeLine(row: DemoReceivable, asOf: Day): string[] {
  const { customer } = row;
  return [
    row.documentNumber,
    customer.number,
    customer.name,
    customer.creditCode,
    row.documentDate.toString(),
    row.dueDate.toString(),
    decimalText({ currency: row.currency, minor: row.minor }),
    settledBy(row, asOf),
    row.disputed ? '是' : '否',
    customer.region,
    customer.industry,
    customer.contactName,
    customer.phone,
  ];
}

function sapLine(row: DemoReceivable, asOf: Day): string[] {
  const { customer } = row;
  return [
    row.documentNumber,
    customer.number,
    customer.name,
    compact(row.documentDate.toString()),
    compact(row.dueDate.toString()),
    decimalText({ currency: row.currency, minor: row.minor }),
    row.currency,
    compact(settledBy(row, asOf)),
    customer.region,
    customer.industry,
    customer.creditCode,
    `NET${customer.termDays}`,
  ];
}

function yonyouLine(row: DemoReceivable, asOf: Day): string[] {
  const { customer } = row;
  return [
    customer.name,
    customer.number,
    row.documentNumber,
    slashes(row.documentDate.toString()),
    slashes(row.dueDate.toString()),
    decimalText({ currency: row.currency, minor: row.minor }),
    slashes(settledBy(row, asOf)),
    customer.region,
    customer.industry,
    customer.contactName,
    customer.phone,
    customer.creditCode,
  ];
}

const dialects = {
  kingdee: {
    delimiter: ',',
    line: kingdeeLine,
    header: [
      '单据编号',
      '客户编码',
      '客户名称',
      '统一社会信用代码',
      '业务日期',
      '到期日',
      '应收金额',
      '结清日期',
      '是否争议',
      '地区',
      '行业',
      '联系人',
      '联系电话',
    ],
  },
  sap: {
    delimiter: ',',
    line: sapLine,
    header: [
      'DocumentNo',
      'Customer',
      'Name 1',
      'Document Date',
      'Net due date',
      'Amount in doc. curr.',
      'Currency',
      'Clearing date',
      'Region',
      'Industry',
      'Tax Number',
      'Terms of Payment',
    ],
  },
  yonyou: {
    delimiter: ';',
    line: yonyouLine,
    header: [
      '往来单位',
      '单位编码',
      '发票号',
      '开票日期',
      '应收日期',
      '含税金额',
      '收款日期',
      '省份',
      '行业',
      '联系人',
      '手机',
      '信用代码',
    ],
  },
} as const;

function quoted(value: string, delimiter: string): string {
  return value.includes(delimiter) || value.includes('"')
    ? `"${value.replaceAll('"', '""')}"`
    : value;
}

/** The creditor's export as of a day, as text; its encoding is the sender's affair. */
export function exportText(
  dialect: Dialect,
  receivables: readonly DemoReceivable[],
  asOf: Day,
): string {
  const { delimiter, header, line } = dialects[dialect];
  const lines = [[...header], ...receivables.map((row) => line(row, asOf))];
  return (
    lines
      .map((cells) => cells.map((cell) => quoted(cell, delimiter)).join(delimiter))
      .join('\r\n') + '\r\n'
  );
}
