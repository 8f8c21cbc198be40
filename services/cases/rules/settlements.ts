import type { Dated } from '../domain/rule.ts';
import type { SettlementPolicy, SettlementTerms } from '../domain/settlement.ts';

/**
 * The deepest discount that is suggested: the older a debt, the less it brings; who could pay in
 * full is given less. The figures are the house's own.
 */
export const settlementPolicies: readonly Dated<SettlementPolicy>[] = [
  {
    rule: 'settlement_policy',
    effectiveFrom: '0001-01-01',
    source: 'house rule (credit course): discounts grow with age and fall with rating',
    value: {
      ages: [
        { fromDays: 1, bps: 500 },
        { fromDays: 31, bps: 1_000 },
        { fromDays: 91, bps: 2_000 },
        { fromDays: 181, bps: 3_000 },
        { fromDays: 366, bps: 5_000 },
        { fromDays: 731, bps: 7_000 },
      ],
      grades: [
        { grades: ['AAA', 'AA', 'A'], percent: 50 },
        { grades: ['BBB', 'BB', 'B'], percent: 75 },
        { grades: ['CCC', 'CC', 'C', 'D'], percent: 100 },
      ],
      unratedPercent: 75,
    },
  },
];

/** A discount is given for money that comes soon. */
export const settlementTerms: readonly Dated<SettlementTerms>[] = [
  {
    rule: 'settlement_terms',
    effectiveFrom: '0001-01-01',
    source: 'house rule: a discount is given for money within a quarter',
    value: { aheadDays: 90 },
  },
];
