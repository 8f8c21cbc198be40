import type { Assessed } from './assess.ts';
import type { Conduct } from './facts.ts';
import {
  countEvidence,
  type Effect,
  type Evidence,
  hierarchy,
  normalEvidence,
  shareEvidence,
} from './posterior.ts';
import type { Component } from './rules.ts';

export type Unit = 'bps' | 'tenths_of_day' | 'per_thousand_cases';

/** One component of one agency before it is weighed; no index: nothing is recorded of it. */
export type Measure = {
  component: Component;
  unit: Unit;
  observed: number;
  expected: number;
  sample: number;
  /** Above 1 is better than expected, whatever the component. */
  index: Effect | undefined;
};

/** Measures of one component by agency. */
export type Measures = Map<string, Measure>;

const unrecorded = (component: Component, unit: Unit): Measure => ({
  component,
  unit,
  observed: 0,
  expected: 0,
  sample: 0,
  index: undefined,
});

/** Those that have evidence, shrunk together; the others have no record. */
function shrunk<O extends { agencyId: string }>(
  given: readonly O[],
  o: {
    component: Component;
    unit: Unit;
    /** Undefined when there is nothing to judge by. */
    evidence: (one: O) => Evidence | undefined;
    measured: (one: O) => { observed: number; expected: number; sample: number };
    index: (alpha: number) => number;
  },
): Measures {
  const known = given.flatMap((one) => {
    const evidence = o.evidence(one);
    return evidence === undefined ? [] : [{ one, evidence }];
  });
  const { effects } = hierarchy(known.map(({ evidence }) => evidence));
  const made: Measures = new Map(
    given.map((one) => [one.agencyId, unrecorded(o.component, o.unit)]),
  );
  for (const [at, { one }] of known.entries()) {
    const effect = effects[at];
    if (effect === undefined) continue;
    const ends = [o.index(effect.low), o.index(effect.high)];
    const index = {
      mean: o.index(effect.mean),
      low: Math.min(...ends),
      high: Math.max(...ends),
    };
    const { component, unit } = o;
    made.set(one.agencyId, { component, unit, ...o.measured(one), index });
  }
  return made;
}

/** What came in, or on how many cases anything did, against what was expected. */
export function assessedMeasures(
  component: 'RECOVERY' | 'CONVERSION',
  assessed: readonly Assessed[],
): Measures {
  return new Map(
    assessed.map(({ agency, cases, observed, expected, index }) => [
      agency,
      {
        component,
        unit: 'bps',
        observed: observed * 10_000,
        expected: expected * 10_000,
        sample: cases,
        index,
      },
    ]),
  );
}

/** Days to the first payment of the cases that were paid, and what was to be expected of them. */
export type Cycle = {
  agencyId: string;
  paidCases: number;
  daysSum: number;
  daysSquares: number;
  expectedSum: number;
};

/**
 * So many paid cases are thought to have been seen before these, with days that vary as waiting
 * times without memory do: their standard deviation is their mean. One payment says nothing of how
 * far payments lie apart.
 */
const casesBefore = 10;

/**
 * Mean days to the first payment against those of all agencies for cases as long at work: a paid
 * case that is young is paid early, and would flatter. The variance of the logarithm of a mean of n
 * is the squared coefficient of variation over n (delta method), pooled over the agencies.
 */
export function cycleMeasures(cycles: readonly Cycle[]): Measures {
  const paid = cycles.reduce((sum, one) => sum + one.paidCases, 0);
  const mean = cycles.reduce((sum, one) => sum + one.daysSum, 0) / Math.max(1, paid);
  const squares = cycles.reduce((sum, one) => sum + one.daysSquares, 0) / Math.max(1, paid);
  const seen = Math.max(0, squares / Math.max(mean * mean, 1e-9) - 1);
  const variation = (paid * seen + casesBefore) / (paid + casesBefore);
  return shrunk(cycles, {
    component: 'CYCLE_TIME',
    unit: 'tenths_of_day',
    evidence: ({ paidCases, daysSum, expectedSum }) =>
      paidCases === 0
        ? undefined
        : normalEvidence(
            // Half a day more on both sides: money may come on the first day.
            Math.log((daysSum + paidCases / 2) / (expectedSum + paidCases / 2)),
            variation / paidCases,
          ),
    measured: ({ paidCases, daysSum, expectedSum }) => ({
      observed: (daysSum * 10) / paidCases,
      expected: (expectedSum * 10) / paidCases,
      sample: paidCases,
    }),
    index: (alpha) => Math.exp(-alpha),
  });
}

const rateOf = (hits: number, tries: number): number =>
  Math.min(0.99, Math.max(0.01, (hits + 0.5) / (tries + 1)));

/** Weekly reports in time, against all agencies' share. */
export function punctualityMeasures(conduct: readonly Conduct[]): Measures {
  const due = conduct.reduce((sum, one) => sum + one.reportsDue, 0);
  const onTime = conduct.reduce((sum, one) => sum + one.reportsOnTime, 0);
  const rate = rateOf(onTime, due);
  const odds = Math.log(rate / (1 - rate));
  return shrunk(conduct, {
    component: 'PUNCTUALITY',
    unit: 'bps',
    evidence: (one) =>
      one.reportsDue === 0 ? undefined : shareEvidence(one.reportsOnTime, one.reportsDue, rate),
    measured: (one) => ({
      observed: (one.reportsOnTime * 10_000) / one.reportsDue,
      expected: rate * 10_000,
      sample: one.reportsDue,
    }),
    index: (alpha) => 1 / (1 + Math.exp(-odds - alpha)) / rate,
  });
}

/** Contacts the rules refused, against all agencies' rate (gamma–Poisson). */
export function complianceMeasures(conduct: readonly Conduct[]): Measures {
  const contacts = conduct.reduce((sum, one) => sum + one.contacts, 0);
  const rate = (conduct.reduce((sum, one) => sum + one.refused, 0) + 0.5) / (contacts + 1);
  return shrunk(conduct, {
    component: 'COMPLIANCE',
    unit: 'bps',
    evidence: (one) =>
      one.contacts === 0 ? undefined : countEvidence(one.refused, one.contacts * rate),
    measured: (one) => ({
      observed: (one.refused * 10_000) / one.contacts,
      expected: rate * 10_000,
      sample: one.contacts,
    }),
    index: (alpha) => Math.exp(-alpha),
  });
}

/** Complaints per case, where they are recorded at all. */
export function complaintMeasures(
  conduct: readonly Conduct[],
  casesOf: (agencyId: string) => number,
): Measures {
  const kept = conduct.filter((one) => one.complaints !== undefined);
  const cases = kept.reduce((sum, one) => sum + casesOf(one.agencyId), 0);
  const count = kept.reduce((sum, one) => sum + (one.complaints ?? 0), 0);
  const rate = (count + 0.5) / (cases + 1);
  return shrunk(conduct, {
    component: 'COMPLAINTS',
    unit: 'per_thousand_cases',
    evidence: ({ agencyId, complaints }) =>
      complaints === undefined || casesOf(agencyId) === 0
        ? undefined
        : countEvidence(complaints, casesOf(agencyId) * rate),
    measured: ({ agencyId, complaints = 0 }) => ({
      observed: (complaints * 1000) / casesOf(agencyId),
      expected: rate * 1000,
      sample: casesOf(agencyId),
    }),
    index: (alpha) => Math.exp(-alpha),
  });
}

/** What an agency's commission was, and would have been at all agencies' rates. */
export type Price = { agencyId: string; paidCases: number; rate: number; usualRate: number };

/** A price is known and not measured: its interval is a point. */
export function costMeasures(prices: readonly Price[]): Measures {
  return new Map(
    prices.map(({ agencyId, paidCases, rate, usualRate }) => {
      const index = (usualRate + 0.01) / (rate + 0.01);
      return [
        agencyId,
        paidCases === 0
          ? unrecorded('COST', 'bps')
          : {
              component: 'COST',
              unit: 'bps',
              observed: rate * 10_000,
              expected: usualRate * 10_000,
              sample: paidCases,
              index: { mean: index, low: index, high: index },
            },
      ];
    }),
  );
}
