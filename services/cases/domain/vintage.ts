import type { Day } from '@recourse/kit/day.ts';
import type { Money } from '@recourse/kit/money.ts';
import { hasEnded } from './insight-period.ts';
import { shareBps } from './share.ts';

/**
 * Recovery curves by vintage: cases that began in one month, in one currency, and what came back of
 * them month after month. A case stays in its vintage whatever becomes of it, so that a curve only
 * rises; one that was withdrawn and opened again stands in both months.
 */

/** What a vintage began with. */
export type VintageBase = { month: string; currency: string; cases: bigint; baseMinor: bigint };

/** What came back in one month, counted from the one in which the vintage began. */
export type VintageMoney = { month: string; currency: string; monthsAfter: number; minor: bigint };

export type Vintage = {
  month: string;
  cases: bigint;
  base: Money;
  points: { monthsAfter: number; recovered: Money; shareBps: number }[];
};

/** A curve is followed for a year. */
const lastPoint = 12;

/**
 * A curve for each vintage, oldest first and by currency. The point k is what had come back by the
 * end of the month k months after the one in which the vintage began, over its base, rounded half
 * to even to a hundredth of a per cent. A month that has not ended gives no point, and neither does
 * a base of nothing.
 */
export function vintageCurves(
  bases: readonly VintageBase[],
  money: readonly VintageMoney[],
  today: Day,
): Vintage[] {
  const byVintage = Map.groupBy(money, (one) => `${one.month} ${one.currency}`);
  return bases
    .toSorted((a, b) => order(a.month, b.month) || order(a.currency, b.currency))
    .map(({ month, currency, cases, baseMinor }) => {
      const own = byVintage.get(`${month} ${currency}`) ?? [];
      const began = Temporal.PlainYearMonth.from(month);
      const ended = Array.from({ length: lastPoint + 1 }, (_, monthsAfter) => monthsAfter).filter(
        (months) => baseMinor > 0n && hasEnded(began.add({ months }).toString(), today),
      );
      const points = ended.map((monthsAfter) => {
        const minor = own.reduce(
          (sum, one) => (one.monthsAfter <= monthsAfter ? sum + one.minor : sum),
          0n,
        );
        const share = shareBps(minor, baseMinor) ?? 0;
        return { monthsAfter, recovered: { currency, minor }, shareBps: share };
      });
      return { month, cases, base: { currency, minor: baseMinor }, points };
    });
}

/** Months as text sort as months. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
