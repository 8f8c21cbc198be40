import type { Day } from '@recourse/kit/day.ts';
import type { Money } from '@recourse/kit/money.ts';

/** Figures by calendar month. */

/** The months `2026-11` that end with the one of a day, oldest first, and their first day. */
export function lastMonths(until: Day, count: number): { first: Day; months: string[] } {
  const newest = until.toPlainYearMonth();
  const months = Array.from({ length: count }, (_, place) =>
    newest.subtract({ months: count - 1 - place }),
  );
  const first = (months[0] ?? newest).toPlainDate({ day: 1 });
  return { first, months: months.map((month) => month.toString()) };
}

type Sum = { month: string; currency: string; minor: bigint };

export type MonthFigure = {
  month: string;
  recovered: Money;
  placed: Money;
  recoveredYearBefore: Money | undefined;
};

/** The same month of the year before: `2026-11` → `2025-11`. */
export function yearBefore(month: string): string {
  return Temporal.PlainYearMonth.from(month).subtract({ years: 1 }).toString();
}

/**
 * One figure for each month and currency; a month of nothing has a zero in the main currency.
 * `recovered` reaches a year further back than `months`; a month before its first one is not
 * compared with, since nobody knows what came in then.
 */
export function monthFigures(
  months: readonly string[],
  recovered: readonly Sum[],
  placed: readonly Sum[],
  mainCurrency: string,
): MonthFigure[] {
  const first = recovered.map((one) => one.month).sort()[0];
  const before = (month: string, currency: string): Money | undefined => {
    const earlier = yearBefore(month);
    if (first === undefined || earlier < first) return undefined;
    return minorOf(
      recovered.filter((one) => one.month === earlier),
      currency,
    );
  };
  return months.flatMap((month) => {
    const inMonth = (sums: readonly Sum[]): Sum[] => sums.filter((one) => one.month === month);
    const currencies = new Set(
      [...inMonth(recovered), ...inMonth(placed)].map((one) => one.currency),
    );
    if (currencies.size === 0) currencies.add(mainCurrency);
    return [...currencies].sort().map((currency) => ({
      month,
      recovered: minorOf(inMonth(recovered), currency),
      placed: minorOf(inMonth(placed), currency),
      recoveredYearBefore: before(month, currency),
    }));
  });
}

function minorOf(sums: readonly Sum[], currency: string): Money {
  return { currency, minor: sums.find((one) => one.currency === currency)?.minor ?? 0n };
}
