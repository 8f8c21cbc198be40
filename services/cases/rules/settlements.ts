import type { Dated } from '../domain/rule.ts';
import type {
  SettlementAuthority,
  SettlementPolicy,
  SettlementTerms,
} from '../domain/settlement.ts';

/** Who may decide a settlement, by what is open on the case. */
export const settlementAuthorities: readonly Dated<SettlementAuthority>[] = [
  {
    rule: 'settlement_authority',
    effectiveFrom: '0001-01-01',
    source:
      'house rule (credit course): supervisor up to 500,000, director up to 1,000,000, general ' +
      'manager above; nobody decides their own',
    value: {
      currency: 'CNY',
      levels: [
        { role: 'supervisor', openUpTo: 500_000n },
        { role: 'director', openUpTo: 1_000_000n },
        { role: 'general_manager' },
      ],
    },
  },
];

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
        { fromDays: 1, mostBps: 500 },
        { fromDays: 31, mostBps: 1_000 },
        { fromDays: 91, mostBps: 2_000 },
        { fromDays: 181, mostBps: 3_000 },
        { fromDays: 366, mostBps: 5_000 },
        { fromDays: 731, mostBps: 7_000 },
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
