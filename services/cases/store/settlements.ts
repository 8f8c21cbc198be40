import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';
import type { SettlementDecision, SettlementStateName } from '../domain/settlement-decision.ts';
import { casesInSight, type Sight, sightOrg } from './cases.ts';

/** Settlements: what was proposed is added once, what became of it is written by payments. */

export type SettlementRow = {
  settlementId: string;
  caseId: string;
  debtorId: string;
  currency: string;
  amountMinor: bigint;
  dueDay: string;
  reason: string;
  proposedAt: string;
  actor: Actor;
  state: SettlementStateName;
  openMinor: bigint;
  suggestedBps: number;
  receivableIds: string[] | null;
  decidedOn: string | null;
  decidedAt: string | null;
  decidedBy: Actor | null;
  decisionNote: string;
  receivedMinor: bigint;
  fulfilledOn: string | null;
  withdrawnAt: string | null;
  withdrawnBy: Actor | null;
  withdrawReason: string;
  contentHash: string;
  /** The case as it is now. */
  caseNumber: string;
  debtorName: string;
  caseState: 'OPEN' | 'CLOSED';
  caseOpenMinor: bigint;
  oldestDueDate: string;
  grade: string | null;
};

const columns = `
  s.settlement_id AS "settlementId", s.case_id AS "caseId", s.debtor_id AS "debtorId", s.currency,
  s.amount_minor AS "amountMinor", s.due_day AS "dueDay", s.reason, s.proposed_at AS "proposedAt",
  s.actor, s.state, s.open_minor AS "openMinor", s.suggested_bps AS "suggestedBps",
  s.receivable_ids AS "receivableIds", s.decided_on AS "decidedOn", s.decided_at AS "decidedAt",
  s.decided_by AS "decidedBy", s.decision_note AS "decisionNote",
  s.received_minor AS "receivedMinor", s.fulfilled_on AS "fulfilledOn",
  s.withdrawn_at AS "withdrawnAt", s.withdrawn_by AS "withdrawnBy",
  s.withdraw_reason AS "withdrawReason", s.content_hash AS "contentHash",
  c.number AS "caseNumber", c.debtor_name AS "debtorName", c.state AS "caseState",
  c.open_minor AS "caseOpenMinor", c.oldest_due_date AS "oldestDueDate",
  (SELECT g.grade FROM debtor_grade g
    WHERE g.org_id = c.org_id AND g.debtor_id = c.debtor_id) AS grade`;

const caseJoin = 'JOIN case_file c ON c.org_id = s.org_id AND c.case_id = s.case_id';

export async function findSettlement(
  tx: Tx,
  settlementId: string,
): Promise<SettlementRow | undefined> {
  const [row] = await tx.query<SettlementRow>(
    `SELECT ${columns} FROM settlement s ${caseJoin}
      WHERE s.org_id = $1 AND s.settlement_id = $2`,
    [tx.orgId, settlementId],
  );
  return row;
}

/** All settlements of the creditor's cases. */
export async function settlementsOf(tx: Tx, caseIds: readonly string[]): Promise<SettlementRow[]> {
  return tx.query<SettlementRow>(
    `SELECT ${columns} FROM settlement s ${caseJoin}
      WHERE s.org_id = $1 AND s.case_id = ANY($2) ORDER BY s.proposed_at, s.settlement_id`,
    [tx.orgId, caseIds],
  );
}

/** Nobody proposes so many settlements on one case; older ones are not shown. */
const mostShown = 50;

/** The settlements of a case in sight, the last one first. */
export async function listSettlements(
  tx: Tx,
  sight: Sight,
  of: { orgId: string; caseId: string },
): Promise<SettlementRow[]> {
  return tx.query<SettlementRow>(
    `SELECT ${columns} FROM settlement s ${caseJoin}
      WHERE s.org_id = $2 AND s.case_id = $3 AND EXISTS (
        SELECT ${casesInSight(sight, '$1')} AND c.org_id = s.org_id AND c.case_id = s.case_id)
      ORDER BY s.proposed_at DESC, s.settlement_id DESC LIMIT ${mostShown}`,
    [sightOrg(sight), of.orgId, of.caseId],
  );
}

/** Proposals are few, and each is looked at by who may decide it: more are not read at once. */
const mostWaiting = 1_000;

/** Proposals on open cases that somebody else made, due first first. */
export async function waitingSettlements(
  tx: Tx,
  today: Day,
  userId: string,
): Promise<SettlementRow[]> {
  return tx.query<SettlementRow>(
    `SELECT ${columns} FROM settlement s ${caseJoin}
      WHERE s.org_id = $1 AND s.state = 'PROPOSED' AND c.state = 'OPEN' AND s.due_day >= $2
        AND s.actor ->> 'userId' <> $3
      ORDER BY s.due_day, s.proposed_at, s.settlement_id LIMIT ${mostWaiting}`,
    [tx.orgId, today, userId],
  );
}

/** The settlement of a case that waits for a decision or for its money. */
export async function livingSettlement(tx: Tx, caseId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ settlementId: string }>(
    `SELECT settlement_id AS "settlementId" FROM settlement
      WHERE org_id = $1 AND case_id = $2 AND state IN ('PROPOSED', 'APPROVED')`,
    [tx.orgId, caseId],
  );
  return row?.settlementId;
}

/** The settlement that has ended the case. */
export async function fulfilledSettlement(tx: Tx, caseId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ settlementId: string }>(
    `SELECT settlement_id AS "settlementId" FROM settlement
      WHERE org_id = $1 AND case_id = $2 AND state = 'FULFILLED'`,
    [tx.orgId, caseId],
  );
  return row?.settlementId;
}

export type NewSettlement = Pick<
  SettlementRow,
  | 'settlementId'
  | 'caseId'
  | 'debtorId'
  | 'currency'
  | 'amountMinor'
  | 'dueDay'
  | 'reason'
  | 'actor'
  | 'openMinor'
  | 'suggestedBps'
  | 'contentHash'
> & { agencyId: string | undefined; proposedAt: Temporal.Instant };

export async function addSettlement(tx: Tx, one: NewSettlement): Promise<void> {
  await tx.query(
    `INSERT INTO settlement (org_id, settlement_id, case_id, debtor_id, agency_id, currency,
            amount_minor, due_day, reason, proposed_at, actor, open_minor, suggested_bps,
            content_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      tx.orgId,
      one.settlementId,
      one.caseId,
      one.debtorId,
      one.agencyId ?? null,
      one.currency,
      one.amountMinor,
      one.dueDay,
      one.reason,
      one.proposedAt,
      JSON.stringify(one.actor),
      one.openMinor,
      one.suggestedBps,
      one.contentHash,
    ],
  );
}

export type Decided = {
  approves: boolean;
  note: string;
  actor: Actor;
  on: Day;
  at: Temporal.Instant;
  openMinor: bigint;
  suggestedBps: number;
};

/**
 * Writes who decided a proposal; one that is approved settles what is open on the case now, and
 * nothing that joins it later.
 */
export async function saveDecided(tx: Tx, settlementId: string, decided: Decided): Promise<void> {
  await tx.query(
    `UPDATE settlement s SET state = CASE WHEN $3 THEN 'APPROVED' ELSE 'REFUSED' END,
            decision_note = $4, decided_by = $5, decided_on = $6, decided_at = $7,
            open_minor = $8, suggested_bps = $9,
            settled_at = CASE WHEN $3 THEN NULL ELSE $7::timestamptz END,
            receivable_ids = CASE WHEN $3 THEN ARRAY(
              SELECT r.receivable_id FROM receivable r
               WHERE r.org_id = $1 AND r.case_id = s.case_id
                 AND r.open_minor + r.costs_minor + r.interest_minor > 0) END
      WHERE s.org_id = $1 AND s.settlement_id = $2`,
    [
      tx.orgId,
      settlementId,
      decided.approves,
      decided.note,
      JSON.stringify(decided.actor),
      decided.on,
      decided.at,
      decided.openMinor,
      decided.suggestedBps,
    ],
  );
}

/** Ends a settlement by hand. */
export async function saveWithdrawn(
  tx: Tx,
  settlementId: string,
  withdrawn: { reason: string; actor: Actor; at: Temporal.Instant },
): Promise<void> {
  await tx.query(
    `UPDATE settlement SET state = 'WITHDRAWN', withdrawn_at = $3, withdraw_reason = $4,
            withdrawn_by = $5, settled_at = $3
      WHERE org_id = $1 AND settlement_id = $2`,
    [tx.orgId, settlementId, withdrawn.at, withdrawn.reason, JSON.stringify(withdrawn.actor)],
  );
}

/** Ends the settlements that live on closed cases. */
export async function endSettlementsOfClosed(
  tx: Tx,
  at: Temporal.Instant,
): Promise<
  Pick<SettlementRow, 'settlementId' | 'caseId' | 'debtorId' | 'currency' | 'amountMinor'>[]
> {
  return tx.query(
    `WITH closed AS MATERIALIZED (
       SELECT c.case_id FROM case_file c
        WHERE c.org_id = $1 AND c.state = 'CLOSED' AND c.case_id IN (
          SELECT case_id FROM settlement WHERE org_id = $1 AND state IN ('PROPOSED', 'APPROVED'))
        ORDER BY c.case_id FOR NO KEY UPDATE)
     UPDATE settlement s SET state = 'WITHDRAWN', withdrawn_at = $2, settled_at = $2
       FROM closed c WHERE s.org_id = $1 AND s.case_id = c.case_id
        AND s.state IN ('PROPOSED', 'APPROVED')
     RETURNING s.settlement_id AS "settlementId", s.case_id AS "caseId",
               s.debtor_id AS "debtorId", s.currency, s.amount_minor AS "amountMinor"`,
    [tx.orgId, at],
  );
}

/** Writes what became of settlements. */
export async function saveSettlementDecisions(
  tx: Tx,
  decisions: readonly SettlementDecision[],
  at: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `UPDATE settlement s SET state = d.state, received_minor = d.received,
            fulfilled_on = d.fulfilled_on,
            withdrawn_at = CASE WHEN d.state = 'WITHDRAWN' THEN $6::timestamptz END,
            settled_at = CASE WHEN d.state = s.state THEN s.settled_at
                              WHEN d.state <> 'APPROVED' THEN $6::timestamptz END
       FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::date[])
         AS d(settlement_id, state, received, fulfilled_on)
      WHERE s.org_id = $1 AND s.settlement_id = d.settlement_id`,
    [
      tx.orgId,
      decisions.map((one) => one.settlementId),
      decisions.map((one) => one.state),
      decisions.map((one) => one.receivedMinor),
      decisions.map((one) => one.fulfilledOn ?? null),
      at,
    ],
  );
}

/** What joined a case after its settlement was approved goes back to the book when it ends. */
export async function freeUnsettled(
  tx: Tx,
  caseId: string,
  receivableIds: readonly string[],
): Promise<void> {
  await tx.query(
    `UPDATE receivable SET case_id = NULL
      WHERE org_id = $1 AND case_id = $2 AND open_minor <> 0 AND NOT receivable_id = ANY($3)`,
    [tx.orgId, caseId, receivableIds],
  );
}
