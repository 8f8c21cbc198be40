import type { Day } from '@recourse/kit/day.ts';
import { decimalText, divide, minorDigits } from '@recourse/kit/money.ts';
import { roughly } from '@recourse/kit/round-rates.ts';
import { type AgeAndGrade, type Aged, percentText, weigh } from './age-and-grade.ts';
import { because, type Dated, type Why } from './rule.ts';

/** Stop-loss evaluation: expected recovery against the cost to go on (domain.md 4). */

export type StopLoss = {
  /** How likely what is open still comes in: it falls with age, and with a worse grade. */
  readonly chance: AgeAndGrade;
  readonly currency: string;
  /** Of working one case for a month, in whole units of the currency. */
  readonly monthlyCost: bigint;
  /** For so many months a case is gone on with before it is looked at again. */
  readonly months: number;
};

export type Evaluated = {
  expectedMinor: bigint;
  chanceBps: number;
  /** Undefined in a currency of which no round rate is known. */
  costMinor: bigint | undefined;
  why: Why;
};

/**
 * What a case may still bring, rounded down, and what it costs to go on with it. Both are figures
 * to decide by, and no money that anyone owes.
 */
export function evaluate(
  file: Aged & { currency: string; openMinor: bigint },
  today: Day,
  rule: Dated<StopLoss>,
): Evaluated {
  const { chance, currency, monthlyCost, months } = rule.value;
  const { days, byAgeBps, percent, bps: chanceBps } = weigh(file, today, chance);
  const unit = 10n ** BigInt(minorDigits(currency));
  const cost = { currency, minor: monthlyCost * BigInt(months) * unit };
  const facts = {
    days_overdue: String(days),
    ...(file.grade === null ? {} : { grade: file.grade }),
    chance_by_age: percentText(byAgeBps),
    share_by_grade: `${percent} %`,
    months: String(months),
    cost_a_month: `${decimalText({ currency, minor: monthlyCost * unit })} ${currency}`,
  };
  return {
    expectedMinor: divide(file.openMinor * BigInt(chanceBps), 10_000n, 'down'),
    chanceBps,
    costMinor: roughly(cost, file.currency)?.minor,
    why: because(rule, facts),
  };
}

/** The same of several cases; a cost that is unknown of one is unknown of all. */
export function evaluatedTogether(
  all: readonly Pick<Evaluated, 'expectedMinor' | 'costMinor'>[],
): Pick<Evaluated, 'expectedMinor' | 'costMinor'> {
  return {
    expectedMinor: all.reduce((sum, one) => sum + one.expectedMinor, 0n),
    costMinor: all.reduce<bigint | undefined>(
      (sum, { costMinor }) =>
        sum === undefined || costMinor === undefined ? undefined : sum + costMinor,
      0n,
    ),
  };
}
