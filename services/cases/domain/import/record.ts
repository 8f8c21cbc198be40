import { creditCodeVerdict } from '@recourse/kit/check.ts';
import { cleanCell } from './cell.ts';
import type { Row } from './csv.ts';
import type { Field } from './field-rules.ts';
import { finding } from './finding.ts';
import type { Finding } from './finding.ts';
import { customerKey, documentKey, numberKey } from './identity.ts';
import { notReceivable } from './not-receivable.ts';
import { amountIn, currencyReader, dayReader, report, required, text } from './reading.ts';
import type { DayReader, Reading, RowPlan } from './reading.ts';
import { readTruth } from './value-shape.ts';

/**
 * A receivable as one row of the file has it. Days are `YYYY-MM-DD`, money is minor units of
 * `currency`. What the file has no column for is undefined, so that a stored value stays as it is.
 */
export type ReceivableRecord = {
  row: number;
  documentKey: string;
  /** As delivered, leading zeros intact. */
  documentNumber: string;
  companyCode: string;
  customerKey: string;
  customerNumber: string;
  customerName: string;
  creditCode: string;
  documentDate: string | undefined;
  dueDate: string;
  currency: string;
  amountMinor: bigint;
  openMinor: bigint;
  settledDate: string | undefined;
  disputed: boolean | undefined;
  paymentTerms: string | undefined;
  description: string | undefined;
  region: string;
  industry: string;
  contactPerson: string;
  phone: string;
  email: string;
  /** Tells equal content in another delivery; set by the reader of the whole file. */
  contentMark: string;
};

/**
 * What becomes of a row. A skipped one is no receivable and no mistake: a total, a repeated
 * header.
 */
export type Verdict =
  | { kind: 'accepted'; record: ReceivableRecord; findings: readonly Finding[] }
  | { kind: 'rejected'; findings: readonly Finding[] }
  | { kind: 'skipped'; findings: readonly Finding[] };

function key(reading: Reading, field: Field, value: string): string {
  const normal = value === '' ? '' : numberKey(value);
  if (normal !== undefined) return normal;
  report(reading, field, 'number_lost_digits', value);
  return '';
}

function creditCode(reading: Reading): string {
  const value = text(reading, 'CREDIT_CODE').toUpperCase();
  if (value === '') return '';
  const verdict = creditCodeVerdict(value);
  if (verdict === 'check_fails') report(reading, 'CREDIT_CODE', 'credit_code_check_fails', value);
  if (verdict !== 'malformed') return value;
  report(reading, 'CREDIT_CODE', 'credit_code_malformed', value);
  return '';
}

/**
 * What is still owed by the file: nothing once settled, else as stated, else the amount less
 * payments.
 */
function openMinor(reading: Reading, amount: bigint, currency: string, settled: boolean): bigint {
  const open = amountIn(reading, 'OPEN_AMOUNT', currency);
  const paid = amountIn(reading, 'PAID_AMOUNT', currency);
  if (settled) return 0n;
  const stated = open ?? (paid === undefined ? amount : amount - paid);
  const [least, most] = amount < 0n ? [amount, 0n] : [0n, amount];
  if (stated >= least && stated <= most) return stated;
  report(
    reading,
    open === undefined ? 'PAID_AMOUNT' : 'OPEN_AMOUNT',
    'open_beyond_amount',
    String(stated),
  );
  return stated < least ? least : most;
}

function disputed(reading: Reading): boolean | undefined {
  const value = text(reading, 'DISPUTED');
  if (value === '') return reading.plan.fields.DISPUTED === undefined ? undefined : false;
  const read = readTruth(value);
  if (read === undefined) report(reading, 'DISPUTED', 'not_yes_or_no', value);
  return read;
}

/** Days of `Net 30`, `30`, `30 days` or `30天`: with them a due date can be reckoned. */
function termDays(terms: string): number | undefined {
  const match = /^(?:net|netto|n\/?|月结)?\s*(\d{1,3})\s*(?:days?|d|tage|天|日)?(?:\s*net)?$/i.exec(
    terms,
  );
  return match === null ? undefined : Number(match[1]);
}

function dueDay(
  reading: Reading,
  readDate: DayReader,
  issued: string | undefined,
): string | undefined {
  const before = reading.findings.length;
  const read = readDate(reading, 'DUE_DATE');
  if (read !== undefined || reading.findings.length > before) return read;
  const terms = text(reading, 'PAYMENT_TERMS');
  const days = termDays(terms);
  if (issued === undefined || days === undefined) {
    report(reading, 'DUE_DATE', 'required', '');
    return undefined;
  }
  report(reading, 'PAYMENT_TERMS', 'due_from_terms', terms);
  return Temporal.PlainDate.from(issued).add({ days }).toString();
}

/** Things that are odd and yet possible: told, never refused. */
function remark(reading: Reading, record: ReceivableRecord): void {
  const { documentDate, dueDate, settledDate, amountMinor } = record;
  if (documentDate !== undefined && dueDate < documentDate) {
    report(reading, 'DUE_DATE', 'due_before_document', dueDate);
  }
  if (documentDate !== undefined && settledDate !== undefined && settledDate < documentDate) {
    report(reading, 'SETTLED_DATE', 'settled_before_document', settledDate);
  }
  if (amountMinor === 0n) report(reading, 'AMOUNT', 'amount_zero', '0');
  if (amountMinor < 0n) report(reading, 'AMOUNT', 'credit_note', text(reading, 'AMOUNT'));
}

function extraCells(reading: Reading): void {
  const extra = reading.row.cells
    .slice(reading.plan.names.length)
    .filter((cell) => cleanCell(cell) !== '');
  if (extra.length === 0) return;
  const found = extra.join(' ').slice(0, 80);
  reading.findings.push(finding('more_cells_than_columns', reading.row.line, '', found));
}

/**
 * Makes the reader of a file's rows. Each row is judged alone; duplicates are `duplicates.ts`'s.
 */
export function rowReader(plan: RowPlan): (row: Row) => Verdict {
  const readDate = dayReader(plan);
  const readCurrency = currencyReader(plan);

  function build(reading: Reading): ReceivableRecord | undefined {
    const number = required(reading, 'DOCUMENT_NUMBER');
    const companyCode = text(reading, 'COMPANY_CODE');
    const document = key(reading, 'DOCUMENT_NUMBER', number);
    const company = key(reading, 'COMPANY_CODE', companyCode);
    const customerNumber = text(reading, 'CUSTOMER_NUMBER');
    const customerName = text(reading, 'CUSTOMER_NAME');
    const code = creditCode(reading);
    const customer = customerKey(
      key(reading, 'CUSTOMER_NUMBER', customerNumber),
      code,
      customerName,
    );
    if (customer === '') {
      const named = plan.fields.CUSTOMER_NUMBER !== undefined ? 'CUSTOMER_NUMBER' : 'CUSTOMER_NAME';
      report(reading, named, 'required', '');
    }
    const currency = readCurrency(reading);
    required(reading, 'AMOUNT');
    const amount = amountIn(reading, 'AMOUNT', currency);
    const documentDate = readDate(reading, 'DOCUMENT_DATE');
    const dueDate = dueDay(reading, readDate, documentDate);
    const settledDate = readDate(reading, 'SETTLED_DATE');
    if (amount === undefined || dueDate === undefined || document === '') return undefined;
    return {
      row: reading.row.line,
      documentKey: documentKey(company, document),
      documentNumber: number,
      companyCode,
      customerKey: customer,
      customerNumber,
      customerName,
      creditCode: code,
      documentDate,
      dueDate,
      currency,
      amountMinor: amount,
      openMinor: openMinor(reading, amount, currency, settledDate !== undefined),
      settledDate,
      disputed: disputed(reading),
      ...optionalTexts(reading),
      contentMark: '',
    };
  }

  return (row) => {
    const reading: Reading = { plan, row, findings: [] };
    extraCells(reading);
    const record = build(reading);
    if (reading.findings.some((each) => each.rejects) || record === undefined) {
      const other = notReceivable(reading);
      if (other !== undefined) return { kind: 'skipped', findings: [other] };
      return { kind: 'rejected', findings: reading.findings };
    }
    remark(reading, record);
    return { kind: 'accepted', record, findings: reading.findings };
  };
}

function optionalTexts(
  reading: Reading,
): Pick<
  ReceivableRecord,
  'paymentTerms' | 'description' | 'region' | 'industry' | 'contactPerson' | 'phone' | 'email'
> {
  const { fields } = reading.plan;
  const mapped = (field: Field): string | undefined =>
    fields[field] === undefined ? undefined : text(reading, field);
  return {
    paymentTerms: mapped('PAYMENT_TERMS'),
    description: mapped('DESCRIPTION'),
    region: text(reading, 'REGION'),
    industry: text(reading, 'INDUSTRY'),
    contactPerson: text(reading, 'CONTACT_PERSON'),
    phone: text(reading, 'PHONE'),
    email: text(reading, 'EMAIL'),
  };
}
