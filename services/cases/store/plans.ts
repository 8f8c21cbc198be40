import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';
import type { InstalmentStateName, PlanDecision, PlanStateName } from '../domain/plan-decision.ts';
import { casesInSight, type Sight, sightOrg } from './cases.ts';

/** Instalment plans: what was agreed is added once, what became of it is written by payments. */

export type InstalmentRow = {
  number: number;
  dueDay: string;
  amountMinor: bigint;
  state: InstalmentStateName;
  receivedMinor: bigint;
  metOn: string | null;
};

export type PlanRow = {
  planId: string;
  caseId: string;
  debtorId: string;
  currency: string;
  amountMinor: bigint;
  state: PlanStateName;
  accelerates: boolean;
  consequences: string;
  agreedWith: string;
  agreedOn: string;
  agreedAt: string;
  actor: Actor;
  confirmedOn: string | null;
  confirmationReference: string;
  cancelledAt: string | null;
  cancelReason: string;
  cancelledBy: Actor | null;
  contentHash: string;
  instalments: InstalmentRow[];
};

const columns = `
  p.plan_id AS "planId", p.case_id AS "caseId", p.debtor_id AS "debtorId", p.currency,
  p.amount_minor AS "amountMinor", p.state, p.accelerates, p.consequences,
  p.agreed_with AS "agreedWith", p.agreed_on AS "agreedOn", p.agreed_at AS "agreedAt", p.actor,
  p.confirmed_on AS "confirmedOn", p.confirmation_reference AS "confirmationReference",
  p.cancelled_at AS "cancelledAt", p.cancel_reason AS "cancelReason",
  p.cancelled_by AS "cancelledBy", p.content_hash AS "contentHash"`;

type Parts = InstalmentRow & { planId: string };

/** Puts the instalments of plans, which may be of one organisation only, with them. */
async function withInstalments(
  tx: Tx,
  orgId: string,
  plans: readonly Omit<PlanRow, 'instalments'>[],
): Promise<PlanRow[]> {
  if (plans.length === 0) return [];
  const parts = await tx.query<Parts>(
    `SELECT plan_id AS "planId", number, due_day AS "dueDay", amount_minor AS "amountMinor", state,
            received_minor AS "receivedMinor", met_on AS "metOn"
       FROM instalment WHERE org_id = $1 AND plan_id = ANY($2) ORDER BY plan_id, number`,
    [orgId, plans.map((one) => one.planId)],
  );
  const byPlan = Map.groupBy(parts, (part) => part.planId);
  return plans.map((plan) => ({ ...plan, instalments: byPlan.get(plan.planId) ?? [] }));
}

export async function findPlan(tx: Tx, planId: string): Promise<PlanRow | undefined> {
  const rows = await tx.query<Omit<PlanRow, 'instalments'>>(
    `SELECT ${columns} FROM instalment_plan p WHERE p.org_id = $1 AND p.plan_id = $2`,
    [tx.orgId, planId],
  );
  const [plan] = await withInstalments(tx, tx.orgId, rows);
  return plan;
}

/** All plans of the creditor's cases, in the order in which they were agreed. */
export async function plansOf(tx: Tx, caseIds: readonly string[]): Promise<PlanRow[]> {
  const rows = await tx.query<Omit<PlanRow, 'instalments'>>(
    `SELECT ${columns} FROM instalment_plan p WHERE p.org_id = $1 AND p.case_id = ANY($2)
      ORDER BY p.agreed_at, p.plan_id`,
    [tx.orgId, caseIds],
  );
  return withInstalments(tx, tx.orgId, rows);
}

/** Nobody agrees so many plans on one case; older ones are not shown. */
const mostShown = 50;

/** The plans of a case in sight, the last one first. */
export async function listPlans(
  tx: Tx,
  sight: Sight,
  of: { orgId: string; caseId: string },
): Promise<PlanRow[]> {
  const rows = await tx.query<Omit<PlanRow, 'instalments'>>(
    `SELECT ${columns} FROM instalment_plan p
      WHERE p.org_id = $2 AND p.case_id = $3 AND EXISTS (
        SELECT ${casesInSight(sight, '$1')} AND c.org_id = p.org_id AND c.case_id = p.case_id)
      ORDER BY p.agreed_at DESC, p.plan_id DESC LIMIT ${mostShown}`,
    [sightOrg(sight), of.orgId, of.caseId],
  );
  return withInstalments(tx, of.orgId, rows);
}

/** The plan of a case that is under way. */
export async function activePlan(tx: Tx, caseId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ planId: string }>(
    `SELECT plan_id AS "planId" FROM instalment_plan
      WHERE org_id = $1 AND case_id = $2 AND state = 'ACTIVE'`,
    [tx.orgId, caseId],
  );
  return row?.planId;
}

export type NewPlan = {
  planId: string;
  caseId: string;
  debtorId: string;
  currency: string;
  amountMinor: bigint;
  accelerates: boolean;
  consequences: string;
  agreedWith: string;
  agreedOn: Day;
  agreedAt: Temporal.Instant;
  actor: Actor;
  confirmedOn: string;
  confirmationReference: string;
  contentHash: string;
  instalments: readonly { dueDay: string; amountMinor: bigint }[];
};

/** Writes a plan and its instalments, which are numbered from 1. */
export async function addPlan(tx: Tx, plan: NewPlan): Promise<void> {
  await tx.query(
    `WITH agreed AS (
       INSERT INTO instalment_plan (org_id, plan_id, case_id, debtor_id, currency, amount_minor,
              accelerates, consequences, agreed_with, agreed_on, agreed_at, actor, confirmed_on,
              confirmation_reference, content_hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15))
     INSERT INTO instalment (org_id, plan_id, number, case_id, due_day, amount_minor)
     SELECT $1, $2, i.number, $3, i.due_day, i.amount_minor
       FROM unnest($16::date[], $17::bigint[]) WITH ORDINALITY AS i(due_day, amount_minor, number)`,
    [
      tx.orgId,
      plan.planId,
      plan.caseId,
      plan.debtorId,
      plan.currency,
      plan.amountMinor,
      plan.accelerates,
      plan.consequences,
      plan.agreedWith,
      plan.agreedOn,
      plan.agreedAt,
      JSON.stringify(plan.actor),
      plan.confirmedOn === '' ? null : plan.confirmedOn,
      plan.confirmationReference,
      plan.contentHash,
      plan.instalments.map((one) => one.dueDay),
      plan.instalments.map((one) => one.amountMinor),
    ],
  );
}

export async function saveConfirmation(
  tx: Tx,
  planId: string,
  confirmed: { on: string; reference: string },
): Promise<void> {
  await tx.query(
    `UPDATE instalment_plan SET confirmed_on = $3, confirmation_reference = $4
      WHERE org_id = $1 AND plan_id = $2`,
    [tx.orgId, planId, confirmed.on, confirmed.reference],
  );
}

/** Ends a plan; what was not paid of it is awaited no more. */
export async function saveCancelled(
  tx: Tx,
  planId: string,
  cancelled: { reason: string; actor: Actor; at: Temporal.Instant },
): Promise<void> {
  await tx.query(
    `WITH dropped AS (
       UPDATE instalment SET state = 'CANCELLED'
        WHERE org_id = $1 AND plan_id = $2 AND state = 'PENDING')
     UPDATE instalment_plan SET state = 'CANCELLED', cancelled_at = $3, cancel_reason = $4,
            cancelled_by = $5, settled_at = $3
      WHERE org_id = $1 AND plan_id = $2`,
    [tx.orgId, planId, cancelled.at, cancelled.reason, JSON.stringify(cancelled.actor)],
  );
}

/** Ends the plans that are under way on closed cases; nothing of them is awaited any more. */
export async function endPlansOfClosed(
  tx: Tx,
  at: Temporal.Instant,
): Promise<{ planId: string; caseId: string; debtorId: string }[]> {
  return tx.query(
    `WITH closed AS MATERIALIZED (
       SELECT c.case_id FROM case_file c
        WHERE c.org_id = $1 AND c.state = 'CLOSED' AND c.case_id IN (
          SELECT case_id FROM instalment_plan WHERE org_id = $1 AND state = 'ACTIVE')
        ORDER BY c.case_id FOR NO KEY UPDATE),
     ended AS (
       UPDATE instalment_plan p SET state = 'CANCELLED', cancelled_at = $2, settled_at = $2
         FROM closed c WHERE p.org_id = $1 AND p.case_id = c.case_id AND p.state = 'ACTIVE'
        RETURNING p.plan_id, p.case_id, p.debtor_id),
     dropped AS (
       UPDATE instalment i SET state = 'CANCELLED' FROM ended e
        WHERE i.org_id = $1 AND i.plan_id = e.plan_id AND i.state = 'PENDING')
     SELECT plan_id AS "planId", case_id AS "caseId", debtor_id AS "debtorId" FROM ended`,
    [tx.orgId, at],
  );
}

/** Writes what became of plans and of each of their instalments. */
export async function savePlanDecisions(
  tx: Tx,
  decisions: readonly PlanDecision[],
  at: Temporal.Instant,
): Promise<void> {
  const parts = decisions.flatMap(({ planId, instalments }) =>
    instalments.map((one) => ({ ...one, planId })),
  );
  await tx.query(
    `WITH decided AS (
       UPDATE instalment i SET state = d.state, received_minor = d.received, met_on = d.met_on
         FROM unnest($2::uuid[], $3::int[], $4::text[], $5::bigint[], $6::date[])
           AS d(plan_id, number, state, received, met_on)
        WHERE i.org_id = $1 AND i.plan_id = d.plan_id AND i.number = d.number)
     UPDATE instalment_plan p SET state = d.state,
            settled_at = CASE WHEN d.state = p.state THEN p.settled_at
                              WHEN d.state <> 'ACTIVE' THEN $9::timestamptz END
       FROM unnest($7::uuid[], $8::text[]) AS d(plan_id, state)
      WHERE p.org_id = $1 AND p.plan_id = d.plan_id`,
    [
      tx.orgId,
      parts.map((one) => one.planId),
      parts.map((one) => one.number),
      parts.map((one) => one.state),
      parts.map((one) => one.receivedMinor),
      parts.map((one) => one.metOn ?? null),
      decisions.map((one) => one.planId),
      decisions.map((one) => one.state),
      at,
    ],
  );
}
