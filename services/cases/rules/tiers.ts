import type { Dated } from '../domain/rule.ts';
import type { TierRule } from '../domain/tier.ts';

/**
 * Priority tiers from amount, age and credit rating: the first line of which a case meets both the
 * amount and the days, then moved by its debtor's grade. Currencies that are not named are held
 * against the CNY figure at the round rates of the kit. A bad debtor is taken up from the first
 * day; a very good one is given the standard process for the first month only.
 */
export const priorityTiers: readonly Dated<TierRule>[] = [
  {
    rule: 'priority_tier',
    effectiveFrom: '0001-01-01',
    source: 'house rule (cost of recovery)',
    value: {
      lines: [
        { tier: 'HIGH', fromDays: 1, fromAmount: amounts(500_000n) },
        { tier: 'HIGH', fromDays: 61, fromAmount: amounts(100_000n) },
        { tier: 'MEDIUM', fromDays: 1, fromAmount: amounts(50_000n) },
        { tier: 'MEDIUM', fromDays: 31, fromAmount: amounts(20_000n) },
      ],
      withoutRate: 'MEDIUM',
      grades: [
        { grades: ['CCC', 'CC', 'C', 'D'], fromDays: 1, toDays: 100_000, move: 1 },
        { grades: ['AAA', 'AA'], fromDays: 1, toDays: 30, move: -1 },
      ],
    },
  },
];

/**
 * An amount of yuan and its like in the currencies most books are in. Round figures of about the
 * same size, on purpose not rates of a day: a case must not change its tier because a rate moved.
 */
function amounts(cny: bigint): Readonly<Record<string, bigint>> {
  return {
    CNY: cny,
    HKD: cny,
    USD: cny / 5n,
    EUR: cny / 5n,
    GBP: cny / 10n,
    JPY: cny * 20n,
  };
}
