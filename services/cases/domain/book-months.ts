import { type Day, day, daysBetween } from '@recourse/kit/day.ts';
import type { Money } from '@recourse/kit/money.ts';
import { dsoTenths } from './dso.ts';
import { monthEnd } from './insight-period.ts';
import { yearBefore } from './months.ts';
import { shareBps } from './share.ts';

/** The book at the end of each month, in each currency, and what came in during it. */

/** What was open, and overdue of it, at the end of a day. */
export type BookEnd = { day: string; currency: string; openMinor: bigint; overdueMinor: bigint };

/** What was invoiced on a day. */
export type DaySales = { day: string; currency: string; minor: bigint };

export type MonthMoney = { month: string; currency: string; minor: bigint };

export type BookMonth = {
  month: string;
  open: Money;
  overdue: Money;
  /** The overdue rate (domain.md 9): overdue of open. */
  overdueBps: number | undefined;
  dsoTenths: number | undefined;
  ceiBps: number | undefined;
  recovered: Money | undefined;
  recoveredYearBefore: Money | undefined;
  badDebt: Money;
  /** The bad-debt rate (domain.md 9): of twelve months, of what was invoiced in them. */
  badDebtBps: number | undefined;
};

/** A year of bad debt is held against a year of sales. */
const badDebtMonths = 12;

/** The last day before a month `2026-11`. */
export function dayBefore(month: string): Day {
  return Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 }).subtract({ days: 1 });
}

/**
 * Collection effectiveness index in hundredths of a per cent, by the formula of the Credit Research
 * Foundation, over one month:
 *   (open before + sales − open after − given up) ÷ (open before + sales − not yet due after).
 * What was written off or sold left the book, but nobody collected it. 100 % is a month in which
 * all that had fallen due was collected; undefined when nothing had.
 */
export function ceiBps(of: {
  beforeMinor: bigint;
  salesMinor: bigint;
  openMinor: bigint;
  overdueMinor: bigint;
  givenUpMinor?: bigint;
}): number | undefined {
  const all = of.beforeMinor + of.salesMinor;
  const collected = all - of.openMinor - (of.givenUpMinor ?? 0n);
  return shareBps(collected, all - (of.openMinor - of.overdueMinor));
}

/**
 * Figures of ended months, each with every currency of the book. `ends` has the end of each month
 * and of the one before the first; `sales` reach back to the first day of the window of the first.
 * `recovered` reaches a year further back than `months`; of a month before its first one nobody
 * knows what came in, so it shows nothing and is not compared with.
 */
export function bookMonths(
  months: readonly string[],
  of: {
    ends: readonly BookEnd[];
    sales: readonly DaySales[];
    recovered: readonly MonthMoney[];
    /** Principal by which the book fell because it was written off or sold. */
    givenUp?: readonly MonthMoney[];
    /** Reaches eleven months further back than `months`, as do the sales it is held against. */
    badDebt?: readonly MonthMoney[];
    windowDays: number;
  },
): BookMonth[] {
  const { ends, sales, recovered, givenUp = [], badDebt = [], windowDays } = of;
  const firstMoney = recovered.map((one) => one.month).sort()[0];
  const all = [...ends, ...recovered, ...badDebt];
  const currencies = [...new Set(all.map((one) => one.currency))].sort();
  const endByKey = new Map(ends.map((one) => [`${one.day} ${one.currency}`, one]));
  const moneyByKey = byMonth(recovered);
  const givenUpByKey = byMonth(givenUp);
  const badDebtByKey = byMonth(badDebt);
  const salesIn = Map.groupBy(sales, (one) => one.currency);

  return months.flatMap((month) =>
    currencies.map((currency): BookMonth => {
      const end = monthEnd(month);
      const start = dayBefore(month);
      const money = (minor: bigint): Money => ({ currency, minor });
      const at = (on: Day): BookEnd | undefined => endByKey.get(`${on.toString()} ${currency}`);
      const received = (when: string): Money | undefined =>
        firstMoney === undefined || when < firstMoney
          ? undefined
          : money(moneyByKey.get(`${when} ${currency}`) ?? 0n);
      const own = salesIn.get(currency) ?? [];
      const { openMinor = 0n, overdueMinor = 0n } = at(end) ?? {};
      const windowSales = sum(own, end, windowDays);
      const salesMinor = sum(own, end, daysBetween(start, end));
      const beforeMinor = at(start)?.openMinor ?? 0n;
      const givenUpMinor = givenUpByKey.get(`${month} ${currency}`) ?? 0n;
      const year = yearTo(month);
      const lost = year.map((when) => badDebtByKey.get(`${when} ${currency}`) ?? 0n);
      const yearSales = sum(own, end, daysBetween(dayBefore(year[0] ?? month), end));
      return {
        month,
        open: money(openMinor),
        overdue: money(overdueMinor),
        overdueBps: shareBps(overdueMinor, openMinor),
        dsoTenths: windowSales > 0n ? dsoTenths(openMinor, windowSales, windowDays) : undefined,
        ceiBps: ceiBps({ beforeMinor, salesMinor, openMinor, overdueMinor, givenUpMinor }),
        recovered: received(month),
        recoveredYearBefore: received(yearBefore(month)),
        badDebt: money(lost.at(-1) ?? 0n),
        badDebtBps: badDebtBps(lost, yearSales),
      };
    }),
  );
}

function byMonth(rows: readonly MonthMoney[]): Map<string, bigint> {
  return new Map(rows.map((one) => [`${one.month} ${one.currency}`, one.minor]));
}

/** The twelve months that end with one. */
export function yearTo(month: string): string[] {
  const last = Temporal.PlainYearMonth.from(month);
  return Array.from({ length: badDebtMonths }, (_, place) =>
    last.subtract({ months: badDebtMonths - 1 - place }).toString(),
  );
}

/** Of sales; a year that recovered more than it gave up has lost nothing. */
function badDebtBps(lost: readonly bigint[], salesMinor: bigint): number | undefined {
  const minor = lost.reduce((total, one) => total + one, 0n);
  return shareBps(minor > 0n ? minor : 0n, salesMinor);
}

/** What was invoiced in so many days that end with one. */
function sum(sales: readonly DaySales[], end: Day, days: number): bigint {
  return sales.reduce((all, one) => {
    const ago = daysBetween(day(one.day), end);
    return ago >= 0 && ago < days ? all + one.minor : all;
  }, 0n);
}
