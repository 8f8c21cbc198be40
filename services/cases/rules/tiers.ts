import type { Dated } from '../domain/rule.ts';

export type TierName = 'HIGH' | 'MEDIUM' | 'LOW';

/**
 * A case has the first tier of which it meets one line: owed and late for at least so many days.
 */
export type TierLine = {
  readonly tier: TierName;
  /** Whole units of the currency (yuan, dollars), by currency; `other` for those not named. */
  readonly fromAmount: Readonly<Record<string, bigint>>;
  readonly fromDays: number;
};

/** Priority tiers from amount and age; a rating joins them when credit gives one. */
export const priorityTiers: readonly Dated<readonly TierLine[]>[] = [
  {
    rule: 'priority_tier',
    effectiveFrom: '0001-01-01',
    source: 'house rule (cost of recovery)',
    value: [
      { tier: 'HIGH', fromDays: 1, fromAmount: amounts(500_000n) },
      { tier: 'HIGH', fromDays: 61, fromAmount: amounts(100_000n) },
      { tier: 'MEDIUM', fromDays: 1, fromAmount: amounts(50_000n) },
      { tier: 'MEDIUM', fromDays: 31, fromAmount: amounts(20_000n) },
      { tier: 'LOW', fromDays: Number.MIN_SAFE_INTEGER, fromAmount: { other: 0n } },
    ],
  },
];

/**
 * An amount of yuan and its like in other currencies. Round figures of about the same size, on
 * purpose not rates of a day: a case must not change its tier because a rate moved.
 */
function amounts(cny: bigint): Readonly<Record<string, bigint>> {
  return {
    CNY: cny,
    HKD: cny,
    USD: cny / 5n,
    EUR: cny / 5n,
    GBP: cny / 10n,
    JPY: cny * 20n,
    other: cny / 5n,
  };
}
