import { type Day, dayIn } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { EventOf } from '@recourse/kit/events.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import {
  decidePlans,
  type InstalmentDecision,
  type PlanDecision,
  type PlanRecord,
} from '../domain/plan-decision.ts';
import { creditorZone } from '../rules/in-force.ts';
import { type InstalmentRow, type PlanRow, plansOf, savePlanDecisions } from './plans.ts';
import { type CaseReceipt, receiptsSince } from './promises.ts';
import { settleSettlements } from './settlement-settling.ts';
import { type Settled, settlePromises } from './settling.ts';
import { type Happening, note } from './timeline.ts';

type Changed = { plan: PlanRow; decision: PlanDecision };

/**
 * Decides promises, plans and settlements of cases anew; the same money may keep one of each.
 */
export async function settleAgreed(
  tx: Tx,
  caseIds: readonly string[],
  today: Day,
  at: Temporal.Instant,
): Promise<Settled> {
  const promises = await settlePromises(tx, caseIds, today, at);
  return joined(promises, await settleTerms(tx, caseIds, today, at));
}

/** Decides plans and settlements of cases anew, which exclude each other while they live. */
export async function settleTerms(
  tx: Tx,
  caseIds: readonly string[],
  today: Day,
  at: Temporal.Instant,
): Promise<Settled> {
  const plans = await settlePlans(tx, caseIds, today, at);
  return joined(plans, await settleSettlements(tx, caseIds, today, at));
}

/** The news of both, case by case. */
export function joined(one: Settled, other: Settled): Settled {
  if (other.size === 0) return one;
  const caseIds = [...new Set([...one.keys(), ...other.keys()])];
  return new Map(
    caseIds.map((caseId) => [caseId, [...(one.get(caseId) ?? []), ...(other.get(caseId) ?? [])]]),
  );
}

/**
 * Decides the plans of cases anew from the money that stands, and writes and notes those that came
 * out otherwise than before. The cases' rows are locked by the caller.
 */
async function settlePlans(
  tx: Tx,
  caseIds: readonly string[],
  today: Day,
  at: Temporal.Instant,
): Promise<Settled> {
  const plans = await plansOf(tx, caseIds);
  if (plans.length === 0) return new Map();
  const byCase = Map.groupBy(plans, (plan) => plan.caseId);
  const from = plans.map((one) => one.agreedOn).toSorted()[0] ?? '';
  const receipts = await receiptsSince(tx, [...byCase.keys()], from);
  const changed = [...byCase].flatMap(([caseId, own]) =>
    changesOf(
      own,
      receipts.filter((one) => one.caseId === caseId),
      today,
    ),
  );
  if (changed.length === 0) return new Map();
  await savePlanDecisions(
    tx,
    changed.map((one) => one.decision),
    at,
  );
  await note(tx, at, changed.flatMap(happenings));
  const told = Map.groupBy(changed, ({ plan }) => plan.caseId);
  return new Map([...told].map(([caseId, ones]) => [caseId, ones.flatMap(news)]));
}

function changesOf(
  plans: readonly PlanRow[],
  receipts: readonly CaseReceipt[],
  today: Day,
): Changed[] {
  const paid = receipts.map((one) => ({
    ...one,
    recordedAt: Temporal.Instant.from(one.recordedAt),
  }));
  const byId = new Map(plans.map((plan) => [plan.planId, plan]));
  return decidePlans(plans.map(recordOf), paid, today).flatMap((decision): Changed[] => {
    const plan = byId.get(decision.planId);
    return plan === undefined || isSame(plan, decision) ? [] : [{ plan, decision }];
  });
}

function recordOf({ cancelledAt, agreedAt, ...plan }: PlanRow): PlanRecord {
  const end = cancelledAt === null ? undefined : Temporal.Instant.from(cancelledAt);
  const cancelled =
    end === undefined ? undefined : { at: end, on: dayIn(creditorZone, end).toString() };
  return { ...plan, agreedAt: Temporal.Instant.from(agreedAt), cancelled };
}

function isSame(plan: PlanRow, decision: PlanDecision): boolean {
  return plan.state === decision.state && turned({ plan, decision }, () => true).length === 0;
}

type Turned = { before: InstalmentRow; after: InstalmentDecision };

/** Instalments that came out otherwise, as far as they are asked for. */
function turned({ plan, decision }: Changed, asked: (one: Turned) => boolean): Turned[] {
  return plan.instalments.flatMap((before, place) => {
    const after = decision.instalments[place];
    if (after === undefined) return [];
    const isAlike =
      before.state === after.state &&
      before.receivedMinor === after.receivedMinor &&
      (before.metOn ?? undefined) === after.metOn;
    return isAlike || !asked({ before, after }) ? [] : [{ before, after }];
  });
}

/** What is said of an instalment by itself; what became due at once is said of the plan. */
const instalmentWords: Readonly<Record<string, string>> = {
  PENDING: 'instalment_open_again',
  MET: 'instalment_met',
  LATE: 'instalment_late',
  MISSED: 'instalment_missed',
};

const planWords: Readonly<Record<string, string>> = {
  ACTIVE: 'plan_active_again',
  KEPT: 'plan_kept',
  BROKEN: 'plan_broken',
};

function toldOf(changed: Changed): Turned[] {
  return turned(
    changed,
    ({ before, after }) => before.state !== after.state && after.state in instalmentWords,
  );
}

/** What fell due at once with the breaking of the plan, in minor units. */
function accelerated({ plan, decision }: Changed): bigint {
  return decision.instalments.reduce((sum, { state, receivedMinor }, place) => {
    const { amountMinor = 0n } = plan.instalments[place] ?? {};
    return state === 'ACCELERATED' ? sum + amountMinor - receivedMinor : sum;
  }, 0n);
}

function happenings(changed: Changed): Happening[] {
  const { plan, decision } = changed;
  const { caseId, planId, currency, instalments } = plan;
  const by = { caseId, kind: 'plan' as const, actor: undefined };
  const parts = toldOf(changed).map(({ before, after }): Happening => {
    const { number, dueDay, amountMinor } = before;
    return {
      ...by,
      what: instalmentWords[after.state] ?? '',
      amount: { currency, minor: amountMinor },
      facts: { plan_id: planId, instalment: `${number}/${instalments.length}`, due_day: dueDay },
    };
  });
  const what = plan.state === decision.state ? undefined : planWords[decision.state];
  if (what === undefined) return parts;
  const rest = accelerated(changed);
  const minor = decision.state === 'BROKEN' && rest > 0n ? rest : plan.amountMinor;
  const facts = {
    plan_id: planId,
    ...(decision.state === 'BROKEN' && rest > 0n ? { consequence: 'due_at_once' } : {}),
  };
  return [...parts, { ...by, what, amount: { currency, minor }, facts }];
}

function news(changed: Changed): EventOf<CasesEvent>[] {
  const { plan, decision } = changed;
  const { caseId, planId, debtorId, currency } = plan;
  const named = { caseId, planId, debtorId };
  const parts = toldOf(changed).map(({ before, after }): EventOf<CasesEvent> => {
    const { number, dueDay, amountMinor } = before;
    const amount = { currency, minor: amountMinor };
    const value = { ...named, number, dueDay, amount, state: after.state };
    return { $case: 'instalmentSettled', value };
  });
  if (plan.state === decision.state) return parts;
  const rest = accelerated(changed);
  const value = {
    ...named,
    state: decision.state,
    accelerated: rest > 0n ? { currency, minor: rest } : undefined,
  };
  return [...parts, { $case: 'planSettled', value }];
}
