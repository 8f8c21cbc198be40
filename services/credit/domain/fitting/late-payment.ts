import type { NumericColumn } from './table.ts';

/** One receivable as the ledger knows it; days count from 1970-01-01. */
export type Invoice = {
  customer: string;
  invoicedDay: number;
  dueDay: number;
  settledDay: number | undefined;
  /** How much, in any unit: only its relation to the customer's other ones is used. */
  size: number;
  isDisputed: boolean;
};

/** A model of own receivables is of those that are late by more days than this. */
export const lateDays = 30;

/** The facts known when an invoice is written; NaN is not known. */
export const lateFacts = [
  'prior_count',
  'prior_late_share',
  'prior_mean_days_late',
  'prior_worst_days_late',
  'last_days_late',
  'recent_mean_days_late',
  'prior_disputed_share',
  'open_count',
  'overdue_count',
  'overdue_share',
  'terms_days',
  'size',
  'size_to_usual',
  'invoiced_month',
] as const;

export type LateFact = (typeof lateFacts)[number];

/** History weighs as two more invoices of which three in ten were late: few say little. */
const thoughtCount = 2;
const thoughtLate = 0.6;
const recentCount = 4;

/** One customer's invoices in order, and how far each reading of them has come. */
type Ledger = {
  settled: Invoice[];
  dueDays: number[];
  doneDays: number[];
  at: { settled: number; due: number; done: number; invoiced: number };
  late: number;
  daysLate: number;
  worst: number;
  disputed: number;
  recent: number[];
  sizes: number;
};

function ascendingDays(days: number[]): number[] {
  return days.sort((a, b) => a - b);
}

/** Some files have invoices that are due before they are written: no one knew of them then. */
function overdueFrom(invoice: Invoice): number {
  return Math.max(invoice.dueDay, invoice.invoicedDay);
}

function ledgerOf(invoices: readonly Invoice[]): Ledger {
  const settled = invoices.filter((invoice) => invoice.settledDay !== undefined);
  return {
    settled: settled.toSorted((a, b) => (a.settledDay ?? 0) - (b.settledDay ?? 0)),
    dueDays: ascendingDays(invoices.map(overdueFrom)),
    doneDays: ascendingDays(
      settled.map((invoice) => Math.max(overdueFrom(invoice), invoice.settledDay ?? 0)),
    ),
    at: { settled: 0, due: 0, done: 0, invoiced: 0 },
    late: 0,
    daysLate: 0,
    worst: Number.NEGATIVE_INFINITY,
    disputed: 0,
    recent: [],
    sizes: 0,
  };
}

/** Takes in what happened before the day; days must not go back. */
function advance(ledger: Ledger, today: number): void {
  const { at } = ledger;
  for (;;) {
    const next = ledger.settled[at.settled];
    if (next?.settledDay === undefined || next.settledDay >= today) break;
    const days = next.settledDay - next.dueDay;
    ledger.late += days > 0 ? 1 : 0;
    ledger.daysLate += days;
    ledger.worst = Math.max(ledger.worst, days);
    ledger.disputed += next.isDisputed ? 1 : 0;
    ledger.recent.push(days);
    if (ledger.recent.length > recentCount) ledger.recent.shift();
    at.settled += 1;
  }
  while ((ledger.dueDays[at.due] ?? Infinity) < today) at.due += 1;
  while ((ledger.doneDays[at.done] ?? Infinity) < today) at.done += 1;
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function factsOf(ledger: Ledger, invoice: Invoice): Record<LateFact, number> {
  const { at } = ledger;
  const count = at.settled;
  const open = at.invoiced - count;
  const overdue = at.due - at.done;
  const usual = ledger.sizes / at.invoiced;
  const overCount = (value: number): number => (count === 0 ? Number.NaN : value / count);
  return {
    prior_count: count,
    prior_late_share: (ledger.late + thoughtLate) / (count + thoughtCount),
    prior_mean_days_late: overCount(ledger.daysLate),
    prior_worst_days_late: count === 0 ? Number.NaN : ledger.worst,
    last_days_late: ledger.recent.at(-1) ?? Number.NaN,
    recent_mean_days_late: ledger.recent.length === 0 ? Number.NaN : mean(ledger.recent),
    prior_disputed_share: overCount(ledger.disputed),
    open_count: open,
    overdue_count: overdue,
    overdue_share: open > 0 ? overdue / open : 0,
    terms_days: invoice.dueDay - invoice.invoicedDay,
    size: invoice.size,
    size_to_usual: at.invoiced === 0 ? Number.NaN : invoice.size / usual,
    invoiced_month: monthOf(invoice.invoicedDay),
  };
}

/** Month 1–12 of a day since 1970-01-01 (Hinnant's civil calendar). */
function monthOf(epochDay: number): number {
  const shifted = epochDay + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const year = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  return shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
}

/**
 * What was known of every invoice on the day it was written: the customer's own invoices that were
 * settled before that day, what was open and overdue on it, and the invoice itself. Nothing that
 * came later enters: no dispute, no settlement of this or a later invoice.
 */
export function lateColumns(invoices: readonly Invoice[]): NumericColumn[] {
  const columns = lateFacts.map((name) => ({
    name,
    kind: 'numeric' as const,
    values: new Float64Array(invoices.length).fill(Number.NaN),
  }));
  const byCustomer = new Map<string, number[]>();
  invoices.forEach((invoice, at) => {
    const own = byCustomer.get(invoice.customer);
    if (own === undefined) byCustomer.set(invoice.customer, [at]);
    else own.push(at);
  });
  for (const places of byCustomer.values()) {
    fillCustomer(invoices, places, columns);
  }
  return columns;
}

function fillCustomer(
  invoices: readonly Invoice[],
  places: readonly number[],
  columns: readonly NumericColumn[],
): void {
  const invoicedDay = (place: number): number => invoices[place]?.invoicedDay ?? 0;
  const ordered = places.toSorted((a, b) => invoicedDay(a) - invoicedDay(b));
  const ledger = ledgerOf(
    ordered.map((place) => invoices[place]).filter((one) => one !== undefined),
  );
  let day = Number.NaN;
  let sameDay: Invoice[] = [];
  const close = (): void => {
    // Invoices of one day do not know each other.
    ledger.at.invoiced += sameDay.length;
    ledger.sizes += sameDay.reduce((total, one) => total + one.size, 0);
    sameDay = [];
  };
  for (const place of ordered) {
    const invoice = invoices[place];
    if (invoice === undefined) continue;
    if (invoice.invoicedDay !== day) close();
    day = invoice.invoicedDay;
    advance(ledger, day);
    const facts = factsOf(ledger, invoice);
    for (const column of columns) column.values[place] = facts[column.name as LateFact];
    sameDay.push(invoice);
  }
}

/** 1 late by more than so many days, 0 not; undefined while that is not known yet. */
export function lateOutcome(
  invoice: Invoice,
  moreThanDays: number,
  today: number,
): 0 | 1 | undefined {
  const { settledDay, dueDay } = invoice;
  if (settledDay !== undefined && settledDay < today) {
    return settledDay - dueDay > moreThanDays ? 1 : 0;
  }
  return today - 1 - dueDay > moreThanDays ? 1 : undefined;
}

/** Rows to fit on, whose outcome was known before the split, and rows to test on, from then on. */
export type TimeSplit = { splitDay: number; fitted: Int32Array; tested: Int32Array };

/**
 * Cuts at the day before which `share` of the invoices were written. An invoice that was written
 * before it and settled after it is in neither part, unless it was late by then.
 */
export function timeSplit(
  invoices: readonly Invoice[],
  share: number,
  moreThanDays: number,
): TimeSplit {
  const days = Float64Array.from(invoices, (invoice) => invoice.invoicedDay).sort();
  const splitDay = days[Math.min(days.length - 1, Math.floor(days.length * share))] ?? 0;
  const end = invoices.reduce(
    (last, one) => Math.max(last, one.settledDay ?? 0, one.invoicedDay),
    0,
  );
  const fitted: number[] = [];
  const tested: number[] = [];
  invoices.forEach((invoice, at) => {
    if (invoice.invoicedDay >= splitDay) {
      if (lateOutcome(invoice, moreThanDays, end + 1) !== undefined) tested.push(at);
    } else if (lateOutcome(invoice, moreThanDays, splitDay) !== undefined) fitted.push(at);
  });
  return { splitDay, fitted: Int32Array.from(fitted), tested: Int32Array.from(tested) };
}
