import { divide } from '@recourse/kit/money.ts';

/**
 * Sums over one customer's receivables in one currency, as the store adds them up. A receivable is
 * settled when it has a settled day; its days late are settled day minus due day, negative when
 * early.
 */
export type BehaviourSums = {
  currency: string;
  receivableCount: bigint;
  settledCount: bigint;
  lateCount: bigint;
  daysLateSum: bigint;
  worstDaysLate: number;
  exposureMinor: bigint;
  overdueMinor: bigint;
  disputedCount: bigint;
  lastSettledDate: string;
  /** Settled in the last 90 days up to the day of the figures. */
  recentCount: bigint;
  recentDaysLateSum: bigint;
  /** Settled in the 90 days before those. */
  priorCount: bigint;
  priorDaysLateSum: bigint;
};

export type Behaviour = {
  currency: string;
  receivableCount: bigint;
  settledCount: bigint;
  exposureMinor: bigint;
  overdueMinor: bigint;
  lateShareBps: number;
  meanDaysLateTenths: number;
  worstDaysLate: number;
  trendTenths: number;
  trendKnown: boolean;
  disputedCount: bigint;
  lastSettledDate: string;
};

/** Fewer settled receivables than this in either quarter say nothing about a trend. */
const trendMinimum = 3n;

/** Days over which a trend compares: the last 90 against the 90 before. */
export const trendDays = 90;

function meanTenths(sum: bigint, count: bigint): number {
  return count === 0n ? 0 : Number(divide(sum * 10n, count, 'half-even'));
}

/**
 * How a customer pays (domain.md section 5: payment history, mean days late, trend). Shares are
 * over settled receivables only: what is still open has not shown how it will be paid.
 */
export function behaviour(sums: BehaviourSums): Behaviour {
  const trendKnown = sums.recentCount >= trendMinimum && sums.priorCount >= trendMinimum;
  const recent = meanTenths(sums.recentDaysLateSum, sums.recentCount);
  const prior = meanTenths(sums.priorDaysLateSum, sums.priorCount);
  return {
    currency: sums.currency,
    receivableCount: sums.receivableCount,
    settledCount: sums.settledCount,
    exposureMinor: sums.exposureMinor,
    overdueMinor: sums.overdueMinor,
    lateShareBps:
      sums.settledCount === 0n
        ? 0
        : Number(divide(sums.lateCount * 10_000n, sums.settledCount, 'half-even')),
    meanDaysLateTenths: meanTenths(sums.daysLateSum, sums.settledCount),
    worstDaysLate: sums.worstDaysLate,
    trendTenths: trendKnown ? recent - prior : 0,
    trendKnown,
    disputedCount: sums.disputedCount,
    lastSettledDate: sums.lastSettledDate,
  };
}
