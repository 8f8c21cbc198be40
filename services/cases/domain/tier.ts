import { minorDigits, type Money } from '@recourse/kit/money.ts';
import { roughly } from '@recourse/kit/round-rates.ts';
import { because, type Dated, type Why } from './rule.ts';

export type Tier = 'HIGH' | 'MEDIUM' | 'LOW';

type Line = {
  readonly tier: Tier;
  /** Whole units by currency; a currency that is not named is held against the CNY figure. */
  readonly fromAmount: Readonly<Record<string, bigint>>;
  readonly fromDays: number;
};

export type TierRule = {
  readonly lines: readonly Line[];
  /** Tier of a late debt in a currency that nobody can size. */
  readonly withoutRate: Tier;
  /** Grades that move a late debt up (+1) or down (−1), for these days overdue. */
  readonly grades: readonly {
    readonly grades: readonly string[];
    readonly fromDays: number;
    readonly toDays: number;
    readonly move: number;
  }[];
};

const rising: readonly Tier[] = ['LOW', 'MEDIUM', 'HIGH'];

/**
 * Minor units from which a line holds in a currency: its own figure, else that of CNY at a round
 * rate; undefined where the currency has none.
 */
function threshold(line: Line, currency: string): bigint | undefined {
  const own = line.fromAmount[currency];
  if (own !== undefined) return own * 10n ** BigInt(minorDigits(currency));
  const yuan = (line.fromAmount['CNY'] ?? 0n) * 10n ** BigInt(minorDigits('CNY'));
  return roughly({ currency: 'CNY', minor: yuan }, currency)?.minor;
}

/** The first line that holds, and the amount it asks for. */
function byAmountAndAge(
  owed: Money,
  daysOverdue: number,
  rule: TierRule,
): { tier: Tier; facts: Record<string, string> } {
  const line = rule.lines.find((one) => {
    const from = threshold(one, owed.currency);
    return from !== undefined && daysOverdue >= one.fromDays && owed.minor >= from;
  });
  if (line === undefined && daysOverdue >= 1 && roughly(owed, 'CNY') === undefined) {
    return { tier: rule.withoutRate, facts: { no_rate: owed.currency } };
  }
  const from = line === undefined ? 0n : (threshold(line, owed.currency) ?? 0n);
  const fromDays = String(Math.max(line?.fromDays ?? 0, 0));
  return { tier: line?.tier ?? 'LOW', facts: { from_minor: String(from), from_days: fromDays } };
}

function signed(steps: number): string {
  return steps > 0 ? `+${steps}` : String(steps);
}

/**
 * The priority tier of what is owed, how late it is, and how its debtor is rated (domain.md 2). A
 * currency without figures and without a rate falls to a tier of its own, and the reason says so.
 */
export function tierOf(
  owed: Money,
  daysOverdue: number,
  rule: Dated<TierRule>,
  grade?: string,
): { tier: Tier; why: Why } {
  const { tier, facts } = byAmountAndAge(owed, daysOverdue, rule.value);
  const moved = rule.value.grades.find(
    (one) =>
      grade !== undefined &&
      one.grades.includes(grade) &&
      daysOverdue >= one.fromDays &&
      daysOverdue <= one.toDays,
  );
  const place = rising.indexOf(tier) + (moved?.move ?? 0);
  return {
    tier: rising[Math.min(Math.max(place, 0), rising.length - 1)] ?? tier,
    why: because(rule, {
      currency: owed.currency,
      open_minor: String(owed.minor),
      days_overdue: String(daysOverdue),
      ...facts,
      // How far, not the grade itself: an agency that works the case reads this too.
      ...(moved === undefined ? {} : { tiers_by_rating: signed(moved.move) }),
    }),
  };
}
