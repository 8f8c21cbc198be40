import { fault } from '@recourse/kit/fault.ts';
import type { DatedRule } from '../rules.ts';

/** What an agency is ranked by. */
export const components = [
  'RECOVERY',
  'CONVERSION',
  'CYCLE_TIME',
  'PUNCTUALITY',
  'COMPLIANCE',
  'COMPLAINTS',
  'COST',
] as const;

export type Component = (typeof components)[number];

/** Parts of the whole; only their proportion matters. */
export type Weights = Readonly<Record<Component, number>>;

/** What a creditor's weights are until it sets its own. */
export const defaultWeights: readonly DatedRule<Weights>[] = [
  {
    effectiveFrom: '2000-01-01',
    value: {
      RECOVERY: 40,
      CONVERSION: 10,
      CYCLE_TIME: 10,
      PUNCTUALITY: 10,
      COMPLIANCE: 15,
      COMPLAINTS: 10,
      COST: 5,
    },
    source: 'house default',
  },
];

/**
 * Weights as they are set: each component at most once, some weight above 0. Faults: `invalid`
 * weight_given_twice; `refused` weights_are_all_zero.
 */
export function weightsOf(given: readonly { component: Component; weight: number }[]): Weights {
  const made: Record<Component, number> = {
    RECOVERY: 0,
    CONVERSION: 0,
    CYCLE_TIME: 0,
    PUNCTUALITY: 0,
    COMPLIANCE: 0,
    COMPLAINTS: 0,
    COST: 0,
  };
  const seen = new Set<Component>();
  for (const { component, weight } of given) {
    if (seen.has(component)) throw fault('invalid', 'weight_given_twice', { component });
    seen.add(component);
    made[component] = weight;
  }
  if (Object.values(made).every((weight) => weight === 0)) {
    throw fault('refused', 'weights_are_all_zero');
  }
  return made;
}

export type RankingRule = {
  /** Months of acceptances that a ranking looks at, the named one included. */
  windowMonths: number;
  /** Days after acceptance within which money counts: what comes later is a matter of the case. */
  horizonDays: number;
  /** Width of the spans in which it is measured how money comes in. */
  spanDays: number;
  /** A case weighs at most so many of the middle case of its currency. */
  weightCap: number;
  /** An industry or region with fewer cases, or beyond the most frequent, is "other". */
  leastLevel: number;
  mostLevels: number;
  /** A segment with fewer cases has no ranking of its own, and there are at most so many. */
  leastSegment: number;
  mostSegments: number;
  /** An index of this factor above or below average is the top or bottom of the points. */
  scale: number;
};

export const rankingRule: readonly DatedRule<RankingRule>[] = [
  {
    effectiveFrom: '2000-01-01',
    value: {
      windowMonths: 12,
      horizonDays: 180,
      spanDays: 10,
      weightCap: 5,
      leastLevel: 30,
      mostLevels: 12,
      leastSegment: 60,
      mostSegments: 20,
      scale: 2,
    },
    source: 'house default; 180 days as in the recall term',
  },
];

export type SuggestionRule = {
  /** Below so many cases nothing is suggested. */
  leastCases: number;
  /** Promotion: even the lower bound of the recovery index is above this. */
  promoteLow: number;
  /** Probation: even the upper bound is below this. */
  probationHigh: number;
  /** Exit: even the upper bound is below this, or probation was suggested a month ago too. */
  exitHigh: number;
  /** A component other than recovery whose upper bound is below this is a matter for probation. */
  conductHigh: number;
};

export const suggestionRule: readonly DatedRule<SuggestionRule>[] = [
  {
    effectiveFrom: '2000-01-01',
    value: {
      leastCases: 20,
      promoteLow: 1.05,
      probationHigh: 0.95,
      exitHigh: 0.75,
      conductHigh: 0.8,
    },
    source: 'house default: promotion, probation, exit (优胜劣汰)',
  },
];

/** Who complains about an agency. */
export type ComplaintSource = 'DEBTOR' | 'THIRD_PARTY' | 'REGULATOR' | 'OWN_STAFF';

/** Days in which a complaint is answered, the day it came in not counted. */
export const complaintDays: readonly DatedRule<Readonly<Record<ComplaintSource, number>>>[] = [
  {
    effectiveFrom: '2000-01-01',
    value: { DEBTOR: 15, THIRD_PARTY: 15, REGULATOR: 30, OWN_STAFF: 15 },
    source: '征信业管理条例 art. 26 (regulator: 30 days); house: 15',
  },
];
