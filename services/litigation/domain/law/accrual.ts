import { addDays, day, daysBetween } from '@recourse/kit/day.ts';
import { divide, money, type Money } from '@recourse/kit/money.ts';
import type { RateE8 } from './rate.ts';

/** One stretch of days on one base at one rate. `from` counts, `until` does not (算头不算尾). */
export type InterestLine = {
  from: string;
  until: string;
  days: number;
  base: Money;
  rateE8: RateE8;
  per: 'year' | 'day';
  capped: boolean;
  /** Where the rate is from: `agreed`, `lpr`, `four_times_lpr_at_contract`, … */
  basis: string;
  amount: Money;
};

/** A rate over a stretch of days, exact: `numerator` / 10^12 for a year or a day. */
export type RateStretch = {
  from: string;
  until: string;
  numerator: bigint;
  per: 'year' | 'day';
  capped: boolean;
  basis: string;
};

/** 10^8 of the rate times 10^4 of a multiple. */
export const rateWhole = 1_000_000_000_000n;
export const daysOfYear = 365n;

/**
 * Interest in the making: the exact sum as a fraction of a minor unit. Every line is the difference
 * of two rounded running sums, so a period cut in two makes the same total (actual/365).
 */
export type Accrual = { exact: bigint; lines: InterestLine[] };

const denominator = rateWhole * daysOfYear;

export function emptyAccrual(): Accrual {
  return { exact: 0n, lines: [] };
}

/** What has accrued, rounded half-up to the minor unit. */
export function accruedMinor({ exact }: Accrual): bigint {
  return divide(exact, denominator, 'half-up');
}

export function daysOf(from: string, until: string): number {
  return daysBetween(day(from), day(until));
}

export function nextDay(on: string): string {
  return addDays(day(on), 1).toString();
}

/** Adds a stretch on a base; nothing for no days or no base. */
export function accrue(sum: Accrual, stretch: RateStretch, base: Money): Accrual {
  const days = daysOf(stretch.from, stretch.until);
  if (days <= 0 || base.minor <= 0n) return sum;
  const yearly = stretch.per === 'year' ? 1n : daysOfYear;
  const exact = sum.exact + base.minor * BigInt(days) * stretch.numerator * yearly;
  const amount = divide(exact, denominator, 'half-up') - accruedMinor(sum);
  const line: InterestLine = {
    from: stretch.from,
    until: stretch.until,
    days,
    base,
    rateE8: divide(stretch.numerator, 10_000n, 'half-up'),
    per: stretch.per,
    capped: stretch.capped,
    basis: stretch.basis,
    amount: money(amount, base.currency),
  };
  return { exact, lines: [...sum.lines, line] };
}
