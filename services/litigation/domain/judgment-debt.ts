import { type Money, money } from '@recourse/kit/money.ts';
import type { Judgment } from '@recourse/proto/litigation/v1/matters.ts';
import type { MoneyEntry } from '@recourse/proto/litigation/v1/money.ts';
import type { Falling } from './entry.ts';
import { judgmentInterest, type JudgmentStatement } from './law/judgment-interest.ts';
import type { WithRates } from './law/rate.ts';

type Paid = { id: string; on: string; amount: Money };

/** The judgment that is to be performed: the last one in effect. */
export function inEffect(judgments: readonly Judgment[]): Judgment | undefined {
  return judgments.findLast((one) => one.effectiveOn !== '' || one.performBy !== '');
}

function performBy(judgment: Judgment): string {
  return judgment.performBy === '' ? judgment.effectiveOn : judgment.performBy;
}

/** Recoveries that stand, as payments on the judgment. */
function paymentsOf(entries: readonly MoneyEntry[]): Paid[] {
  return entries.flatMap((entry) => {
    const counts = entry.kind === 'ENTRY_KIND_RECOVERY' && !entry.reversed;
    const positive = entry.reversesId === '' && entry.amount !== undefined;
    if (!counts || !positive || entry.amount === undefined) return [];
    return [{ id: entry.entryId, on: entry.on, amount: entry.amount }];
  });
}

/**
 * What a judgment has grown to by a day, after what was recovered. What came in before the last day
 * to perform bears no doubled part, so it is taken off on that day. Undefined before that day.
 * Source: legal.md 2.7; 法释〔2014〕8号.
 */
export function standingOn(
  judgment: Judgment,
  paid: readonly Paid[],
  until: string,
  law: WithRates,
): JudgmentStatement | undefined {
  const from = performBy(judgment);
  const { principal, costs, interest } = judgment;
  if (principal === undefined || from === '' || until < from) return undefined;
  const payments = paid
    .filter((one) => one.on <= until)
    .map((one) => (one.on < from ? { ...one, on: from } : one));
  const debt = {
    performBy: from,
    principal,
    ...(costs === undefined ? {} : { other: costs }),
    ...(interest === undefined ? {} : { generalInterest: interest }),
  };
  return judgmentInterest({ debts: [debt], until, payments }, law);
}

/** How much of the doubled part is unpaid by a day. */
export function doubleInterestOn(
  judgment: Judgment,
  entries: readonly MoneyEntry[],
  until: string,
  law: WithRates,
): Money | undefined {
  return standingOn(judgment, paymentsOf(entries), until, law)?.outstanding.doubled;
}

/**
 * How a recovery falls: the judgment's own sums first, then the doubled part (法释〔2014〕8号 art. 4).
 * Nothing is said before a judgment can be performed.
 */
export function fallingOf(
  judgments: readonly Judgment[],
  entries: readonly MoneyEntry[],
  recovery: Paid,
  law: WithRates,
): Falling {
  const judgment = inEffect(judgments);
  if (judgment === undefined) return undefined;
  const others = paymentsOf(entries).filter((one) => one.id !== recovery.id);
  const statement = standingOn(judgment, [...others, recovery], recovery.on, law);
  const found = statement?.payments.find((one) => one.id === recovery.id);
  if (found === undefined) return undefined;
  const { currency } = recovery.amount;
  const toJudgment = found.toCosts.minor + found.toInterest.minor + found.toPrincipal.minor;
  return { toJudgment: money(toJudgment, currency), toDoubleInterest: found.toDouble };
}
