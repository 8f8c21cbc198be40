import { actorOf } from '@recourse/kit/caller.ts';
import { day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit, type EventOf } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { zero } from '@recourse/kit/money.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import {
  type AgreePlanRequest,
  type CancelPlanRequest,
  CancelPlanResponse,
  type ConfirmPlanRequest,
  ConfirmPlanResponse,
  type Instalment as InstalmentMessage,
  type Plan,
  PlanPeriod,
  type PlansServiceServer,
  type PreviewPlanRequest,
} from '@recourse/proto/cases/v1/plans.ts';
import {
  agreePlan,
  checkConfirmation,
  type Instalment,
  type PlanCommand,
  splitPlan,
} from '../domain/plan.ts';
import { audienceOf, type CaseRow, getCase, lockCase } from '../store/cases.ts';
import {
  activePlan,
  addPlan,
  findPlan,
  listPlans,
  type PlanRow,
  saveCancelled,
  saveConfirmation,
} from '../store/plans.ts';
import { settleTerms } from '../store/plan-settling.ts';
import { refreshCases } from '../store/refresh.ts';
import { livingSettlement } from '../store/settlements.ts';
import { type Happening, note } from '../store/timeline.ts';
import { casesTopic } from '../topic.ts';
import { planMessage } from './plan-message.ts';
import { dayAndRules, keyed, type Rooms, sightOf, takenId } from './rooms.ts';

function instalmentsOf(given: readonly InstalmentMessage[], currency: string): Instalment[] {
  return given.map(({ dueDay, amount }) => ({ dueDay, amount: amount ?? zero(currency) }));
}

/** Refuses what may not be agreed on the case as it is now. */
async function check(
  tx: Tx,
  row: CaseRow,
  wanted: Pick<PlanCommand, 'amount' | 'instalments'>,
  call: Call,
): Promise<void> {
  const { today, rules } = dayAndRules(call.at);
  const activePlanId = await activePlan(tx, row.caseId);
  const livingSettlementId = await livingSettlement(tx, row.caseId);
  const file = { ...row, activePlanId, livingSettlementId };
  const { roles } = call.caller;
  agreePlan(file, { ...wanted, today, roles }, rules.plans);
}

async function agree(tx: Tx, request: AgreePlanRequest, call: Call): Promise<Plan> {
  const { caseId, planId, accelerates, consequences, agreedWith } = request;
  const { confirmedOn, confirmationReference } = request;
  const hash = contentHash(request);
  const before = await lockCase(tx, caseId);
  const known = await findPlan(tx, planId);
  if (known !== undefined) return repeated(known, hash);
  const { today } = dayAndRules(call.at);
  const amount = request.amount ?? zero(before.currency);
  const instalments = instalmentsOf(request.instalments, before.currency);
  await settleFirst(tx, before, call);
  await check(tx, before, { amount, instalments }, call);
  checkConfirmation({ confirmedOn, reference: confirmationReference }, today);
  await addPlan(tx, {
    planId,
    caseId,
    accelerates,
    consequences,
    agreedWith,
    confirmedOn,
    confirmationReference,
    debtorId: before.debtorId,
    currency: amount.currency,
    amountMinor: amount.minor,
    agreedOn: today,
    agreedAt: call.at,
    actor: actorOf(call.caller),
    contentHash: hash,
    instalments: instalments.map((one) => ({ ...one, amountMinor: one.amount.minor })),
  });
  await refreshCases(tx, { caseIds: [caseId] }, call.at);
  const { debtorId } = before;
  const value = { caseId, planId, debtorId, amount, instalments, accelerates };
  const facts = {
    instalments: `× ${instalments.length}`,
    last_due_day: instalments.at(-1)?.dueDay ?? '',
    agreed_with: agreedWith,
  };
  const said = { what: 'plan_agreed', amount, facts };
  await tell(tx, before, planId, said, { $case: 'planAgreed', value }, call);
  return present(tx, planId);
}

function repeated(known: PlanRow, hash: string): Plan {
  if (known.contentHash === hash) return planMessage(known);
  throw fault('exists', 'plan_exists_with_other_content', { planId: known.planId });
}

/** The plan as it is now in this transaction. */
async function present(tx: Tx, planId: string): Promise<Plan> {
  const plan = await findPlan(tx, planId);
  if (plan === undefined) throw fault('internal', 'plan_not_kept', { planId });
  return planMessage(plan);
}

async function tell(
  tx: Tx,
  row: CaseRow,
  planId: string,
  said: Pick<Happening, 'what' | 'amount' | 'text' | 'facts'>,
  news: EventOf<CasesEvent>,
  call: Call,
): Promise<void> {
  const { caseId } = row;
  const actor = actorOf(call.caller);
  const facts = { plan_id: planId, ...said.facts };
  await note(tx, call.at, [{ caseId, kind: 'plan', actor, ...said, facts }]);
  const about = { aggregateId: caseId, at: call.at, audience: audienceOf(row), actor };
  await emit(tx, casesTopic, about, [news]);
}

async function preview(tx: Tx, request: PreviewPlanRequest, call: Call): Promise<Instalment[]> {
  const row = await getCase(tx, sightOf(call.caller), request.caseId);
  const amount = request.amount ?? zero(row.currency);
  const { count, restFirst } = request;
  const firstDueDay = day(request.firstDueDay);
  const period = request.period === PlanPeriod.WEEK ? 'WEEK' : 'MONTH';
  const instalments = splitPlan({ amount, count, firstDueDay, period, restFirst });
  await check(tx, row, { amount, instalments }, call);
  return instalments;
}

/** The case, locked, and a plan of it. Faults: `missing` case_unknown, plan_unknown. */
async function lockPlan(
  tx: Tx,
  { caseId, planId }: { caseId: string; planId: string },
): Promise<{ row: CaseRow; plan: PlanRow }> {
  const row = await lockCase(tx, caseId);
  const plan = await findPlan(tx, planId);
  if (plan?.caseId !== caseId) throw fault('missing', 'plan_unknown', { planId });
  return { row, plan };
}

async function confirm(tx: Tx, request: ConfirmPlanRequest, call: Call): Promise<Plan> {
  const { caseId, planId, confirmedOn, confirmationReference: reference } = request;
  const { row, plan } = await lockPlan(tx, request);
  if (plan.confirmedOn !== null) {
    throw fault('refused', 'plan_already_confirmed', { planId, confirmedOn: plan.confirmedOn });
  }
  if (plan.state === 'CANCELLED') throw fault('refused', 'plan_not_active', { planId });
  checkConfirmation({ confirmedOn, reference }, dayAndRules(call.at).today);
  await saveConfirmation(tx, planId, { on: confirmedOn, reference });
  const value = { caseId, planId, debtorId: row.debtorId, confirmedOn, reference };
  const said = { what: 'plan_confirmed', facts: { confirmed_on: confirmedOn, reference } };
  await tell(tx, row, planId, said, { $case: 'planConfirmed', value }, call);
  return present(tx, planId);
}

/** What is over since midnight is decided at once, not only when the clock comes to it. */
async function settleFirst(tx: Tx, row: CaseRow, call: Call): Promise<void> {
  const { caseId } = row;
  const settled = await settleTerms(tx, [caseId], dayAndRules(call.at).today, call.at);
  const about = { aggregateId: caseId, at: call.at, audience: audienceOf(row) };
  await emit(tx, casesTopic, about, settled.get(caseId) ?? []);
}

async function cancel(tx: Tx, request: CancelPlanRequest, call: Call): Promise<Plan> {
  const { planId, reason } = request;
  const { row } = await lockPlan(tx, request);
  await settleFirst(tx, row, call);
  if ((await activePlan(tx, row.caseId)) !== planId) {
    throw fault('refused', 'plan_not_active', { planId });
  }
  await end(tx, row, planId, reason, call);
  await refreshCases(tx, { caseIds: [row.caseId] }, call.at);
  return present(tx, planId);
}

async function end(
  tx: Tx,
  row: CaseRow,
  planId: string,
  reason: string,
  call: Call,
): Promise<void> {
  const { caseId, debtorId } = row;
  await saveCancelled(tx, planId, { reason, actor: actorOf(call.caller), at: call.at });
  const news = { $case: 'planCancelled' as const, value: { caseId, planId, debtorId } };
  await tell(tx, row, planId, { what: 'plan_cancelled', text: reason }, news, call);
}

/** A case that is closed by hand takes its plan with it. */
export async function endPlanOf(tx: Tx, row: CaseRow, reason: string, call: Call): Promise<void> {
  const planId = await activePlan(tx, row.caseId);
  if (planId !== undefined) await end(tx, row, planId, reason, call);
}

/**
 * Instalment plans. Faults: `missing` case_unknown, plan_unknown; `exists`
 * plan_exists_with_other_content; `denied` plan_above_authority; `refused` case_closed,
 * plan_under_way, settlement_under_way, plan_not_active, plan_already_confirmed, plan_above_open,
 * plan_amount_too_small, instalment_in_past, instalment_too_far, confirmed_in_future; `invalid`
 * currencies_differ, instalment_not_positive, instalments_not_ascending, plan_sum_differs,
 * confirmation_incomplete.
 */
export function planHandlers({ db }: Rooms): Handlers<PlansServiceServer> {
  return {
    agreePlan: async (request, call) => {
      try {
        const plan = await db.tenant(call.caller.orgId, (tx) => agree(tx, request, call));
        return { plan };
      } catch (thrown) {
        throw takenId(thrown, 'plan_pkey', request.planId);
      }
    },

    previewPlan: (request, call) =>
      db.tenant(
        call.caller.orgId,
        async (tx) => ({ instalments: await preview(tx, request, call) }),
        keyed,
      ),

    listPlans: ({ caseId }, { caller }) =>
      db.tenant(
        caller.orgId,
        async (tx) => {
          const row = await getCase(tx, sightOf(caller), caseId);
          return { plans: (await listPlans(tx, sightOf(caller), row)).map(planMessage) };
        },
        keyed,
      ),

    confirmPlan: (request, call) => {
      const { requestId, ...content } = request;
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, { requestId, content }, ConfirmPlanResponse, async () => ({
          plan: await confirm(tx, request, call),
        })),
      );
    },

    cancelPlan: (request, call) => {
      const { requestId, ...content } = request;
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, { requestId, content }, CancelPlanResponse, async () => ({
          plan: await cancel(tx, request, call),
        })),
      );
    },
  };
}
