import { type Day, day, isBefore } from '@recourse/kit/day.ts';
import type { Receipt } from './promise.ts';

/** What became of instalment plans: decided by payments and never by hand (domain.md 4). */

export type InstalmentStateName =
  | 'PENDING'
  | 'MET'
  | 'LATE'
  | 'MISSED'
  | 'ACCELERATED'
  | 'CANCELLED';

export type PlanStateName = 'ACTIVE' | 'KEPT' | 'BROKEN' | 'CANCELLED';

export type PlanRecord = {
  planId: string;
  /** Money received before this day, or known before this moment, is not of the plan. */
  agreedOn: string;
  agreedAt: Temporal.Instant;
  /** A missed instalment makes the rest due. */
  accelerates: boolean;
  /** By their days. */
  instalments: readonly { number: number; dueDay: string; amountMinor: bigint }[];
  /** When it was cancelled, and on which day. */
  cancelled: { at: Temporal.Instant; on: string } | undefined;
};

export type InstalmentDecision = {
  number: number;
  state: InstalmentStateName;
  receivedMinor: bigint;
  /** The day on which the last of it was received. */
  metOn: string | undefined;
};

export type PlanDecision = {
  planId: string;
  state: PlanStateName;
  instalments: readonly InstalmentDecision[];
};

/**
 * Decides all plans of one case from all money received on it. Money is of the plan that was agreed
 * last before it came, and of none when that one was cancelled by then. It fills the instalments in
 * the order of their days, so that what is above one counts for the next. One whose day has passed
 * without all its money is missed; with the acceleration clause that breaks the plan and makes the
 * rest due at once. Without the clause it stays owed, and the plan is kept if all its money has
 * come by the last day.
 */
export function decidePlans(
  plans: readonly PlanRecord[],
  receipts: readonly Receipt[],
  today: Day,
): PlanDecision[] {
  const inOrder = plans.toSorted((a, b) => compare(a.agreedAt, b.agreedAt));
  const sorted = receipts.toSorted(
    (a, b) => order(a.receivedOn, b.receivedOn) || compare(a.recordedAt, b.recordedAt),
  );
  const byPlan = Map.groupBy(sorted, (receipt) => planOf(inOrder, receipt)?.planId);
  return inOrder.map((plan, place) => {
    const filled = fill(plan, byPlan.get(plan.planId) ?? []);
    const until = plan.cancelled === undefined ? today : day(plan.cancelled.on);
    return decide(plan, filled, until, place === inOrder.length - 1);
  });
}

const { compare } = Temporal.Instant;

/** The last plan that was agreed before the money came. */
function planOf(plans: readonly PlanRecord[], receipt: Receipt): PlanRecord | undefined {
  const { receivedOn, recordedAt } = receipt;
  const plan = plans.findLast(
    ({ agreedOn, agreedAt }) => receivedOn >= agreedOn && compare(recordedAt, agreedAt) >= 0,
  );
  const isOver = plan?.cancelled !== undefined && compare(recordedAt, plan.cancelled.at) >= 0;
  return isOver ? undefined : plan;
}

type Filled = {
  number: number;
  dueDay: string;
  receivedMinor: bigint;
  metOn: string | undefined;
  isInTime: boolean;
};

/** Fills instalments by their days with money by the days on which it came. */
function fill(plan: PlanRecord, receipts: readonly Receipt[]): Filled[] {
  let place = 0;
  let left = receipts[0]?.amountMinor ?? 0n;
  return plan.instalments.map(({ number, dueDay, amountMinor }) => {
    let missing = amountMinor;
    let metOn: string | undefined;
    for (let receipt = receipts[place]; receipt !== undefined; receipt = receipts[place]) {
      const taken = left < missing ? left : missing;
      missing -= taken;
      left -= taken;
      if (missing === 0n) {
        metOn = receipt.receivedOn;
        break;
      }
      place += 1;
      left = receipts[place]?.amountMinor ?? 0n;
    }
    const isInTime = metOn !== undefined && metOn <= dueDay;
    return { number, dueDay, receivedMinor: amountMinor - missing, metOn, isInTime };
  });
}

/** `isLast`: no other plan was agreed after it. One that has a follower runs no more. */
function decide(
  plan: PlanRecord,
  filled: readonly Filled[],
  today: Day,
  isLast: boolean,
): PlanDecision {
  const isOver = (dueDay: string): boolean => isBefore(day(dueDay), today);
  const missedAt = filled.findIndex((one) => !one.isInTime && isOver(one.dueDay));
  const hasClause = plan.accelerates && plan.cancelled === undefined;
  const brokenAt = hasClause && missedAt >= 0 ? missedAt : undefined;
  const runs = plan.cancelled === undefined && isLast;
  const stateAt = (one: Filled, place: number): InstalmentStateName => {
    if (one.metOn !== undefined) {
      // What came after the rest was due came late, though its own day had not come yet.
      return one.isInTime && (brokenAt === undefined || place < brokenAt) ? 'MET' : 'LATE';
    }
    if (brokenAt !== undefined && place > brokenAt) return 'ACCELERATED';
    if (isOver(one.dueDay)) return 'MISSED';
    return runs ? 'PENDING' : 'CANCELLED';
  };
  return {
    planId: plan.planId,
    state: planState(plan, filled, { isBroken: brokenAt !== undefined, isOver, isLast }),
    instalments: filled.map((one, place) => {
      const { number, receivedMinor, metOn } = one;
      return { number, receivedMinor, metOn, state: stateAt(one, place) };
    }),
  };
}

function planState(
  plan: PlanRecord,
  filled: readonly Filled[],
  at: { isBroken: boolean; isOver: (dueDay: string) => boolean; isLast: boolean },
): PlanStateName {
  const last = filled.at(-1);
  if (plan.cancelled !== undefined) return 'CANCELLED';
  if (at.isBroken) return 'BROKEN';
  if (last?.isInTime === true) return 'KEPT';
  return !at.isLast || at.isOver(last?.dueDay ?? plan.agreedOn) ? 'BROKEN' : 'ACTIVE';
}

/** Days as text sort as days. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
