import { divide } from '@recourse/kit/money.ts';
import type { Sign } from './warning.ts';

/** When orders are unusual against a customer's own history; rule data. */
export type OrderWatch = {
  readonly rule: string;
  readonly effectiveFrom: string;
  readonly source: string;
  /** The last days, held against the days of history before them. */
  readonly windowDays: number;
  readonly historyDays: number;
  /** A shorter history, or one of fewer orders, tells nothing. */
  readonly leastHistoryDays: number;
  readonly leastOrders: number;
  /** Orders of the window in per cent of those of a usual one; above the second it is serious. */
  readonly jumpPercent: number;
  readonly seriousJumpPercent: number;
  /** The largest order of the window in per cent of the largest before. */
  readonly largestPercent: number;
  /** What is open now in per cent of the most that was open at the end of a window before. */
  readonly exposurePercent: number;
};

/** A customer's orders in one currency, as invoiced; sums over receivables by their documents. */
export type OrderHistory = {
  currency: string;
  recentMinor: bigint;
  recentLargestMinor: bigint;
  priorCount: number;
  priorMinor: bigint;
  priorLargestMinor: bigint;
  /** Days from the first order of the history to the window. */
  priorDays: number;
  exposureMinor: bigint;
  /** The most that was open at the end of any window before this one. */
  peakExposureMinor: bigint;
};

function percent(part: bigint, whole: bigint): number {
  if (whole <= 0n) return 0;
  const found = divide(part * 100n, whole, 'down');
  return found > 1_000_000n ? 1_000_000 : Number(found);
}

/**
 * A sign when a customer orders far more than it ever did: in all, in one order, or in what is open
 * at once. Undefined while its history is too short to tell. The facts are the reasons: per cent of
 * the usual, each with what it is held against.
 */
export function unusualOrders(history: OrderHistory, watch: OrderWatch): Sign | undefined {
  const { priorCount, priorDays, priorMinor, recentMinor } = history;
  if (priorCount < watch.leastOrders || priorDays < watch.leastHistoryDays) return undefined;
  const usualMinor = divide(priorMinor * BigInt(watch.windowDays), BigInt(priorDays), 'half-even');
  const jump = percent(recentMinor, usualMinor);
  const largest = percent(history.recentLargestMinor, history.priorLargestMinor);
  const exposure = percent(history.exposureMinor, history.peakExposureMinor);
  const isJump = jump >= watch.jumpPercent;
  const isLargest = largest >= watch.largestPercent;
  // More may be open only because it pays later, which is another sign: orders must have grown too.
  const isExposed = exposure >= watch.exposurePercent && recentMinor > usualMinor;
  if (!isJump && !isLargest && !isExposed) return undefined;
  const isSerious = jump >= watch.seriousJumpPercent || (isLargest && isExposed);
  const told = {
    days: watch.windowDays,
    orders_percent: jump,
    largest_percent: largest,
    exposure_percent: exposure,
    orders_minor: recentMinor,
    usual_minor: usualMinor,
    currency: history.currency,
  };
  return {
    code: 'unusual_orders',
    severity: isSerious ? 'WARNING_SEVERITY_SERIOUS' : 'WARNING_SEVERITY_NOTICE',
    advice: isSerious ? 'stop_delivery' : 'watch',
    facts: Object.entries(told).map(([name, value]) => ({ name, value: String(value) })),
  };
}
