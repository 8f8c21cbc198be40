import { type Day, daysBetween } from '@recourse/kit/day.ts';
import { divide } from '@recourse/kit/money.ts';
import { recordRule, ruleOn } from './rules.ts';

/** One accepted placement as far as the record looks at it. */
export type Outcome = {
  currency: string;
  daysOverdue: number;
  industry: string;
  placedMinor: bigint;
  recoveredMinor: bigint;
  acceptedOn: Day;
  ended: boolean;
  firstPaymentOn: Day | undefined;
};

/** What an agency's record is made of; sums, so that the platform's are sums of them. */
export type Tally = {
  sample: number;
  /** Sum over placements of the share recovered, each 0 to 10,000 basis points. */
  shareSumBps: number;
  paidSample: number;
  daysToFirstPaymentSum: number;
};

export const emptyTally: Tally = {
  sample: 0,
  shareSumBps: 0,
  paidSample: 0,
  daysToFirstPaymentSum: 0,
};

/** Share of the placed amount that came in, in basis points, at most all of it. */
export function shareBps(outcome: Outcome): number {
  if (outcome.placedMinor <= 0n || outcome.recoveredMinor <= 0n) return 0;
  const bps = divide(outcome.recoveredMinor * 10_000n, outcome.placedMinor, 'half-even');
  return Number(bps < 10_000n ? bps : 10_000n);
}

/**
 * Placements that have ended or are old enough to tell (`recordRule`); a young running one would
 * only say that it is young.
 */
export function ripeOutcomes(outcomes: readonly Outcome[], today: Day): Outcome[] {
  const { matureDays } = ruleOn(recordRule, today);
  return outcomes.filter((one) => one.ended || daysBetween(one.acceptedOn, today) >= matureDays);
}

/** Counts what is ripe. */
export function tally(outcomes: readonly Outcome[], today: Day): Tally {
  return ripeOutcomes(outcomes, today).reduce<Tally>((sums, one) => {
    const { acceptedOn, firstPaymentOn: paidOn } = one;
    const days = paidOn === undefined ? 0 : Math.max(0, daysBetween(acceptedOn, paidOn));
    return {
      sample: sums.sample + 1,
      shareSumBps: sums.shareSumBps + shareBps(one),
      paidSample: sums.paidSample + (paidOn === undefined ? 0 : 1),
      daysToFirstPaymentSum: sums.daysToFirstPaymentSum + days,
    };
  }, emptyTally);
}

export function addTallies(a: Tally, b: Tally): Tally {
  return {
    sample: a.sample + b.sample,
    shareSumBps: a.shareSumBps + b.shareSumBps,
    paidSample: a.paidSample + b.paidSample,
    daysToFirstPaymentSum: a.daysToFirstPaymentSum + b.daysToFirstPaymentSum,
  };
}

/** In basis points. */
export type Recovery = { rateBps: number; lowBps: number; highBps: number };

/** Standard normal quantile of 95 %: a two-sided interval of 90 %. */
export const z90 = 1.6449;

/**
 * Recovery rate with a 90 % interval, shrunk towards the platform's mean so that a small agency is
 * neither punished nor favoured by chance (domain.md section 6.9). Each placement is a trial with
 * an outcome between 0 and 1; the prior weighs as `priorWeight` placements at the platform's mean
 * p₀, so that p = (Σ share + k·p₀) / (n + k), and the interval is p ± z·√(p(1−p)/(n+k+1)), the
 * normal approximation of the beta posterior (Gelman et al., Bayesian Data Analysis, 3rd ed.,
 * section 2.4). A share of [0, 1] varies at most as a yes-or-no outcome does (Bhatia and Davis
 * 2000), so the interval is wide enough. Undefined below `leastSample` placements.
 */
export function recovery(own: Tally, platform: Tally, today: Day): Recovery | undefined {
  const { leastSample, priorWeight } = ruleOn(recordRule, today);
  if (own.sample < leastSample) return undefined;
  const whole = platform.sample < own.sample ? own : platform;
  const prior = whole.shareSumBps / whole.sample / 10_000;
  const weight = own.sample + priorWeight;
  const rate = (own.shareSumBps / 10_000 + priorWeight * prior) / weight;
  const half = z90 * Math.sqrt((rate * (1 - rate)) / (weight + 1));
  const bps = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 10_000);
  return { rateBps: bps(rate), lowBps: bps(rate - half), highBps: bps(rate + half) };
}

/** Mean days from acceptance to the first payment, in tenths of a day; 0 when nothing was paid. */
export function meanDaysToFirstPaymentTenths(own: Tally): number {
  return own.paidSample === 0 ? 0 : Math.round((own.daysToFirstPaymentSum * 10) / own.paidSample);
}
