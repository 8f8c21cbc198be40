import { isCurrency } from '@recourse/kit/check.ts';
import { currencyHint, plainDecimal } from './amount-text.ts';
import type { AmountFormat } from './amount-text.ts';
import { cleanCell, isNullWord } from './cell.ts';
import type { WholeRow } from './csv.ts';
import { dateShape, dayUnder, isNoDate } from './date-text.ts';
import type { DateOrder } from './date-text.ts';
import type { Field } from './field-rules.ts';
import type { Finding, Rule } from './finding.ts';
import { finding } from './finding.ts';
import type { Layout } from './layout.ts';
import { swappedDay } from './formats.ts';
import { minorUnits } from './minor-units.ts';
import type { SideFormat } from './side-columns.ts';
import { isoText } from './value-shape.ts';

/** How every column of a file is read: the confirmed mapping, made of columns and their formats. */
export type RowPlan = {
  /** Column names as the file has them, for findings. */
  names: readonly string[];
  /** Position of the column of each mapped field. */
  fields: Readonly<Partial<Record<Field, number>>>;
  /** Order of the dates of each date field, and style of each amount field. */
  dates: Readonly<Partial<Record<Field, DateOrder>>>;
  amounts: Readonly<Partial<Record<Field, AmountFormat>>>;
  /** Date fields whose column has proof of both day-month and month-day and decides for neither. */
  mixed: ReadonlySet<Field>;
  /** Date fields in whose date cells a spreadsheet has swapped day and month. */
  swapped: ReadonlySet<Field>;
  /**
   * How the amounts of credits by the side column are signed; undefined where nobody has looked,
   * and then only positive ones are turned.
   */
  credits: SideFormat | undefined;
  /** Whether cells are parted by a mark in a text, so that a mark too many shifts a row's cells. */
  delimited: boolean;
  /** How the rows belong together; undefined where nothing is known of it. */
  layout: Layout | undefined;
  /** ISO 4217; for rows that name no currency. */
  defaultCurrency: string;
};

/** Longest text kept of a field; longer names and numbers are mistakes of columns, not names. */
const longest: Readonly<Partial<Record<Field, number>>> = {
  DOCUMENT_NUMBER: 100,
  CUSTOMER_NUMBER: 100,
  CUSTOMER_NAME: 200,
  COMPANY_CODE: 100,
};
const longestOther = 1000;

/** A row on its way through the checks. */
export type Reading = { plan: RowPlan; row: WholeRow; findings: Finding[] };

/** Notes what is found in the cell of a field. */
export function report(reading: Reading, field: Field, rule: Rule, found: string): void {
  const position = reading.plan.fields[field];
  const column = position === undefined ? '' : (reading.plan.names[position] ?? '');
  reading.findings.push(finding(rule, reading.row.line, column, found));
}

/** The cleaned text of a field; empty where there is no column or only a word for nothing. */
export function text(reading: Reading, field: Field): string {
  const position = reading.plan.fields[field];
  if (position === undefined) return '';
  const clean = cleanCell(reading.row.cells[position] ?? '');
  if (isNullWord(clean)) return '';
  const limit = longest[field] ?? longestOther;
  if (clean.length <= limit) return clean;
  report(
    reading,
    field,
    longest[field] === undefined ? 'text_cut' : 'text_too_long',
    clean.slice(0, 80),
  );
  return clean.slice(0, limit).toWellFormed();
}

/** The text of a field that must have one. */
export function required(reading: Reading, field: Field): string {
  const value = text(reading, field);
  if (value === '') report(reading, field, 'required', '');
  return value;
}

/** What a date text comes to: a day (`YYYY-MM-DD`), or the rule that it breaks. */
type DayVerdict = { day: string } | { rule: Rule };

/** Remembers what a date text means; files have few different days. */
type DayMemory = Map<string, DayVerdict>;
const daysRemembered = 20_000;

/**
 * A date under the order of its column. One that only the other order of day and month can read is
 * told as that, for its writer meant a day. Where the column mixes both orders, a date that either
 * can read is a guess, and a guess is no due date.
 */
function judgeDay(
  value: string,
  order: DateOrder,
  { isMixed, isTurned }: { isMixed: boolean; isTurned: boolean },
): DayVerdict {
  if (isTurned && isoText.test(value)) {
    const day = swappedDay(value);
    return day === undefined ? { rule: 'not_a_date' } : { day };
  }
  const shape = dateShape(value);
  if (shape === undefined) return { rule: 'not_a_date' };
  const day = dayUnder(shape, order);
  if (shape.kind !== 'triple' || order === 'ymd') {
    return day === undefined ? { rule: 'not_a_date' } : { day };
  }
  const other = dayUnder(shape, order === 'dmy' ? 'mdy' : 'dmy');
  if (day === undefined) return { rule: other === undefined ? 'not_a_date' : 'date_other_order' };
  return isMixed && other !== undefined && other !== day ? { rule: 'date_order_mixed' } : { day };
}

/**
 * A receivable is not older than computers nor due after a lifetime; a date outside is a
 * misreading.
 */
const firstDay = '1950-01-01';
const lastDay = '2099-12-31';

export type DayReader = (reading: Reading, field: Field) => string | undefined;

/** Reads days (`YYYY-MM-DD`) in the order that the plan names for the field. */
export function dayReader(plan: RowPlan): DayReader {
  const memories = new Map<Field, DayMemory>();
  return (reading, field) => {
    const value = text(reading, field);
    if (value === '' || isNoDate(value)) return undefined;
    const memory = memories.get(field) ?? new Map<string, DayVerdict>();
    memories.set(field, memory);
    let verdict = memory.get(value);
    if (verdict === undefined) {
      const [isMixed, isTurned] = [plan.mixed.has(field), plan.swapped.has(field)];
      verdict = judgeDay(value, plan.dates[field] ?? 'ymd', { isMixed, isTurned });
      if (memory.size < daysRemembered) memory.set(value, verdict);
    }
    if ('rule' in verdict) {
      report(reading, field, verdict.rule, value);
      return undefined;
    }
    const { day } = verdict;
    if (day < firstDay || day > lastDay) report(reading, field, 'date_out_of_range', value);
    return day;
  };
}

const largestMinor = 9_000_000_000_000_000n;

/** The amount of a field in minor units; undefined where the cell is empty or is no amount. */
export function amountIn(reading: Reading, field: Field, currency: string): bigint | undefined {
  const value = text(reading, field);
  if (value === '' || currency === '') return undefined;
  const plain = plainDecimal(value, reading.plan.amounts[field] ?? { mark: 'point', tens: 0 });
  if (plain === undefined) {
    report(reading, field, 'not_an_amount', value);
    return undefined;
  }
  const { minor: read, rounded } = minorUnits(plain, currency);
  if (read > largestMinor || read < -largestMinor) {
    report(reading, field, 'amount_too_large', value);
    return undefined;
  }
  if (rounded) report(reading, field, 'amount_rounded', value);
  return read;
}

/** Remembers currency codes: asking the runtime's list for every row would be slow. */
export function currencyReader(plan: RowPlan): (reading: Reading) => string {
  const known = new Map<string, string>();
  return (reading) => {
    const value = text(reading, 'CURRENCY');
    if (value === '') {
      if (plan.defaultCurrency === '') report(reading, 'CURRENCY', 'required', '');
      return plan.defaultCurrency;
    }
    let code = known.get(value);
    if (code === undefined) {
      const upper = value.toUpperCase();
      code = isCurrency(upper) ? upper : currencyHint(value);
      if (known.size < 1000) known.set(value, code);
    }
    if (code === '') report(reading, 'CURRENCY', 'not_a_currency', value);
    return code;
  };
}
