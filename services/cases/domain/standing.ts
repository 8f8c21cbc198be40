import { type Day, day, daysBetween, isBefore } from '@recourse/kit/day.ts';
import { type Deeds, nextAction, type Schedule } from './next-action.ts';
import type { Claim } from './payment.ts';
import type { Dated, Why } from './rule.ts';
import { type Tier, tierOf, type TierRule } from './tier.ts';

/** Where a case stands: what is owed, how urgent it is, what is to be done next. */

/** Figures of what is open on a case, in minor units of its currency. */
export type Owed = {
  openMinor: bigint;
  /** The part that is due before today. */
  overdueMinor: bigint;
  /** Receivables with something open. */
  receivableCount: bigint;
  /** Of what is open; undefined when nothing is. */
  oldestDueDate: string | undefined;
};

/** What was done on a case and is known of its debtor, as far as its standing depends on it. */
export type Work = {
  openedOn: Day;
  lastContactOn: Day | undefined;
  missedCalls: number;
  promiseDueDay: string | undefined;
  instalmentDueDay?: string | undefined;
  settlementDueDay?: string | undefined;
  deeds?: Deeds;
  escalations?: number;
  isPlaced?: boolean;
  /** The customer's grade as credit told it last; undefined before it told any. */
  grade?: string | undefined;
};

export type StandingRules = {
  tiers: Dated<TierRule>;
  dunning: Dated<Schedule>;
};

export type Standing = {
  openMinor: bigint;
  overdueMinor: bigint;
  receivableCount: bigint;
  oldestDueDate: string;
  tier: Tier;
  tierWhy: Why;
  nextStep: string;
  nextDay: string;
  nextWhy: Why;
};

/** Adds up what is open. */
export function owedOf(claims: readonly Claim[], today: Day): Owed {
  const owed: Owed = {
    openMinor: 0n,
    overdueMinor: 0n,
    receivableCount: 0n,
    oldestDueDate: undefined,
  };
  for (const claim of claims) {
    const open = claim.costsMinor + claim.interestMinor + claim.openMinor;
    if (open <= 0n) continue;
    owed.openMinor += open;
    owed.receivableCount += 1n;
    if (isBefore(day(claim.dueDate), today)) owed.overdueMinor += open;
    const { oldestDueDate } = owed;
    if (oldestDueDate === undefined || claim.dueDate < oldestDueDate) {
      owed.oldestDueDate = claim.dueDate;
    }
  }
  return owed;
}

/**
 * The standing of a case on a day. `lastOldestDueDate` is what the case had before: with nothing
 * open it stays, so that a paid case still says how old its debt was.
 */
export function standingOf(
  currency: string,
  owed: Owed,
  work: Work,
  lastOldestDueDate: string,
  today: Day,
  rules: StandingRules,
): Standing {
  const oldestDueDate = owed.oldestDueDate ?? lastOldestDueDate;
  const oldest = day(oldestDueDate);
  const money = { currency, minor: owed.openMinor };
  const { promiseDueDay, instalmentDueDay, settlementDueDay, grade } = work;
  const dayOf = (text: string | undefined) => (text === undefined ? undefined : day(text));
  const late = daysBetween(oldest, today);
  const { tier, why: tierWhy } = tierOf(money, late, rules.tiers, grade);
  const next = nextAction(
    {
      ...work,
      oldestDueDate: oldest,
      promiseDueDay: dayOf(promiseDueDay),
      instalmentDueDay: dayOf(instalmentDueDay),
      settlementDueDay: dayOf(settlementDueDay),
    },
    today,
    rules.dunning,
  );
  return {
    openMinor: owed.openMinor,
    overdueMinor: owed.overdueMinor,
    receivableCount: owed.receivableCount,
    oldestDueDate,
    tier,
    tierWhy,
    nextStep: next.step,
    nextDay: next.dueDay.toString(),
    nextWhy: next.why,
  };
}

/** What is open after money was allocated to it. */
export function paidDown(
  claims: readonly Claim[],
  changes: readonly {
    receivableId: string;
    costsMinor: bigint;
    interestMinor: bigint;
    openMinor: bigint;
  }[],
): Claim[] {
  const byId = new Map(changes.map((change) => [change.receivableId, change]));
  return claims.map((claim) => {
    const change = byId.get(claim.receivableId);
    if (change === undefined) return claim;
    return {
      ...claim,
      costsMinor: claim.costsMinor - change.costsMinor,
      interestMinor: claim.interestMinor - change.interestMinor,
      openMinor: claim.openMinor - change.openMinor,
    };
  });
}
