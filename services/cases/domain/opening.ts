import type { Day } from '@recourse/kit/day.ts';
import type { Money } from '@recourse/kit/money.ts';
import { caseNumber } from './case.ts';
import { type Standing, standingOf, type StandingRules } from './standing.ts';

/** Opening of cases: one per debtor and currency with overdue receivables and none open. */

/** What a debtor owes in one currency on overdue receivables that are in no case. */
export type Overdue = {
  debtorId: string;
  debtorName: string;
  currency: string;
  overdueMinor: bigint;
  receivableCount: bigint;
  oldestDueDate: string;
  openCaseId: string | null;
  newCaseId: string;
  /** The customer's grade as credit told it last; null before it told any. */
  grade: string | null;
};

export type OpenedCase = {
  caseId: string;
  number: string;
  debtorId: string;
  debtorName: string;
  currency: string;
  receivableCount: bigint;
  standing: Standing;
};

/** Debtors that get a case, those that have one, and what the first owe by currency. */
export function splitOverdue<O extends Overdue>(
  found: readonly O[],
): { fresh: O[]; known: O[]; overdue: Money[] } {
  const fresh = found.filter((one) => one.openCaseId === null);
  const sums = new Map<string, bigint>();
  for (const one of fresh) {
    sums.set(one.currency, (sums.get(one.currency) ?? 0n) + one.overdueMinor);
  }
  const overdue = [...sums].map(([currency, minor]) => ({ currency, minor }));
  return { fresh, known: found.filter((one) => one.openCaseId !== null), overdue };
}

/** Opens a case for each debtor, numbered in the order given. */
export function openCases(
  fresh: readonly Overdue[],
  numbers: { year: number; first: bigint },
  today: Day,
  rules: StandingRules,
): OpenedCase[] {
  const work = {
    openedOn: today,
    lastContactOn: undefined,
    missedCalls: 0,
    promiseDueDay: undefined,
  };
  return fresh.map((one, place) => {
    const { overdueMinor, receivableCount, oldestDueDate, currency } = one;
    const graded = { ...work, grade: one.grade ?? undefined };
    const owed = { openMinor: overdueMinor, overdueMinor, receivableCount, oldestDueDate };
    return {
      caseId: one.newCaseId,
      number: caseNumber(numbers.year, numbers.first + BigInt(place)),
      debtorId: one.debtorId,
      debtorName: one.debtorName,
      currency,
      receivableCount,
      standing: standingOf(currency, owed, graded, oldestDueDate, today, rules),
    };
  });
}
