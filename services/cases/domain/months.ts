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

export type MonthFigure = { month: string; recovered: Money; placed: Money };

/** One figure for each month and currency; a month of nothing has a zero in the main currency. */
export function monthFigures(
  months: readonly string[],
  recovered: readonly Sum[],
  placed: readonly Sum[],
  mainCurrency: string,
): MonthFigure[] {
  return months.flatMap((month) => {
    const inMonth = (sums: readonly Sum[]): Sum[] => sums.filter((one) => one.month === month);
    const currencies = new Set(
      [...inMonth(recovered), ...inMonth(placed)].map((one) => one.currency),
    );
    if (currencies.size === 0) currencies.add(mainCurrency);
    const minorOf = (sums: readonly Sum[], currency: string): Money => ({
      currency,
      minor: inMonth(sums).find((one) => one.currency === currency)?.minor ?? 0n,
    });
    return [...currencies].sort().map((currency) => ({
      month,
      recovered: minorOf(recovered, currency),
      placed: minorOf(placed, currency),
    }));
  });
}
