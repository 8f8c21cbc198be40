import { creditCodeVerdict } from '@recourse/kit/check.ts';
import { cleanCell } from './cell.ts';
import type { Row, WholeRow } from './csv.ts';
import type { Field } from './field-rules.ts';
import { finding } from './finding.ts';
import type { Finding } from './finding.ts';
import { customerKey, documentKey, numberKey, yearKey } from './identity.ts';
import { notReceivable } from './not-receivable.ts';
import { standing, statusReader, stillOpen } from './owed.ts';
import type { Owed } from './owed.ts';
import { currencyReader, dayReader, report, required, text } from './reading.ts';
import type { DayReader, Reading, RowPlan } from './reading.ts';
import { amountsReader } from './signed-amount.ts';
import type { DocumentStatus } from './status-words.ts';
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

export type Accepted = {
  kind: 'accepted';
  record: ReceivableRecord;
  owed: Owed;
  /** The settlement day as stated, whether the row counts as settled by it or not. */
  day: string | undefined;
  findings: readonly Finding[];
};

/**
 * What becomes of a row. A skipped one is no receivable and no mistake: a total, a repeated
 * header.
 */
export type Verdict =
  | Accepted
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

function disputed(reading: Reading, status: DocumentStatus | undefined): boolean | undefined {
  const value = text(reading, 'DISPUTED');
  if (status === 'disputed') return true;
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
  const { documentDate, dueDate, settledDate } = record;
  if (documentDate !== undefined && dueDate < documentDate) {
    report(reading, 'DUE_DATE', 'due_before_document', dueDate);
  }
  if (documentDate !== undefined && settledDate !== undefined && settledDate < documentDate) {
    report(reading, 'SETTLED_DATE', 'settled_before_document', settledDate);
  }
}

/** What is odd in the amounts of a receivable: told, never refused. */
export function amountRemarks(
  plan: RowPlan,
  row: Row,
  { amountMinor }: ReceivableRecord,
  beyond: bigint | undefined,
): Finding[] {
  const reading: Reading = { plan, row, findings: [] };
  const field = text(reading, 'OPEN_AMOUNT') === '' ? 'PAID_AMOUNT' : 'OPEN_AMOUNT';
  if (beyond !== undefined) report(reading, field, 'open_beyond_amount', String(beyond));
  if (amountMinor === 0n) report(reading, 'AMOUNT', 'amount_zero', '0');
  if (amountMinor < 0n) {
    const isTwo = plan.fields.CREDIT_AMOUNT !== undefined && text(reading, 'CREDIT_AMOUNT') !== '';
    const amount = isTwo ? 'CREDIT_AMOUNT' : 'AMOUNT';
    report(reading, amount, 'credit_note', text(reading, amount));
  }
  return reading.findings;
}

/**
 * Cells right of the table. In a workbook, or in a text behind an empty cell, they are somebody's
 * note. Right behind the last column of a text they may as well be the end of a row that a mark too
 * many has shifted (`ACME, Inc` without quotes), and then every cell may be another's.
 */
function extraCells(reading: Reading): void {
  const { plan, row } = reading;
  const beside = row.beside ?? row.cells.slice(plan.names.length);
  if (beside.length === 0) return;
  const extra = beside.map(cleanCell);
  if (extra.every((cell) => cell === '')) return;
  const shifted = plan.delimited && extra[0] !== '';
  const found = extra.filter((cell) => cell !== '').join(' ');
  const rule = shifted ? 'more_cells_than_columns' : 'cell_beside_table';
  reading.findings.push(finding(rule, row.line, '', found.slice(0, 80)));
}

type Built = Pick<Accepted, 'record' | 'owed' | 'day'> & {
  beyond: bigint | undefined;
  isDraft: boolean;
};

/**
 * Makes the reader of a file's rows. Each row is judged alone; duplicates are `duplicates.ts`'s.
 */
export function rowReader(plan: RowPlan): (row: WholeRow) => Verdict {
  const readDate = dayReader(plan);
  const readCurrency = currencyReader(plan);
  const readStatus = statusReader(plan);
  const readAmounts = amountsReader(plan);
  const statusColumn = plan.names[plan.fields.STATUS ?? -1] ?? '';

  function build(reading: Reading): Built | undefined {
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
    const { amount, owed: stated } = readAmounts(reading, currency);
    const documentDate = readDate(reading, 'DOCUMENT_DATE');
    const dueDate = dueDay(reading, readDate, documentDate);
    const day = readDate(reading, 'SETTLED_DATE');
    if (amount === undefined || dueDate === undefined || document === '') return undefined;
    const status = readStatus(reading);
    const { owed, settledDate } = standing(reading, amount, stated, day, status);
    const open = stillOpen(amount, owed, settledDate !== undefined);
    const record = {
      row: reading.row.line,
      documentKey: documentKey(company, document, yearKey(text(reading, 'FISCAL_YEAR'))),
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
      openMinor: open.minor,
      settledDate,
      disputed: disputed(reading, status),
      ...optionalTexts(reading),
      contentMark: '',
    };
    return { record, owed, day, beyond: open.beyond, isDraft: status === 'draft' };
  }

  return (row) => {
    const reading: Reading = { plan, row, findings: [] };
    extraCells(reading);
    const built = build(reading);
    if (built?.isDraft === true) {
      const draft = finding('document_draft', row.line, statusColumn, text(reading, 'STATUS'));
      return { kind: 'skipped', findings: [draft] };
    }
    if (reading.findings.some((each) => each.rejects) || built === undefined) {
      const other = notReceivable(reading);
      if (other !== undefined) return { kind: 'skipped', findings: [other] };
      return { kind: 'rejected', findings: reading.findings };
    }
    const { record, owed, day, beyond } = built;
    remark(reading, record);
    const findings = [...reading.findings, ...amountRemarks(plan, row, record, beyond)];
    return { kind: 'accepted', record, owed, day, findings };
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
