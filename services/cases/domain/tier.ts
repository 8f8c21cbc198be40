import { minorDigits, type Money } from '@recourse/kit/money.ts';
import { because, type Dated, type Why } from './rule.ts';

export type Tier = 'HIGH' | 'MEDIUM' | 'LOW';

type Line = {
  readonly tier: Tier;
  readonly fromAmount: Readonly<Record<string, bigint>>;
  readonly fromDays: number;
};

/** Minor units from which a line holds in a currency. */
function threshold(line: Line, currency: string): bigint {
  const whole = line.fromAmount[currency] ?? line.fromAmount['other'] ?? 0n;
  return whole * 10n ** BigInt(minorDigits(currency));
}

/**
 * The priority tier of what is owed and how late it is: the first line that holds (domain.md 2).
 */
export function tierOf(
  owed: Money,
  daysOverdue: number,
  rule: Dated<readonly Line[]>,
): { tier: Tier; why: Why } {
  const line = rule.value.find(
    (one) => daysOverdue >= one.fromDays && owed.minor >= threshold(one, owed.currency),
  );
  const tier = line?.tier ?? 'LOW';
  return {
    tier,
    why: because(rule, {
      currency: owed.currency,
      open_minor: String(owed.minor),
      days_overdue: String(daysOverdue),
      from_minor: String(line === undefined ? 0n : threshold(line, owed.currency)),
      from_days: String(Math.max(line?.fromDays ?? 0, 0)),
    }),
  };
}
