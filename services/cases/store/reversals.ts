import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { AllocationLine, ReceivableChange } from '../domain/payment.ts';
import type { Joined } from './opening.ts';

/** Taking payments back, by new rows that repeat the old ones with the sign turned. */

export type Reversal = {
  paymentId: string;
  caseId: string;
  receivedOn: string;
  reason: string;
  actor: Actor;
  at: Temporal.Instant;
};

/** A receivable after the reversal, and the case it is in by now. */
export type Restored = {
  receivableId: string;
  documentNumber: string;
  caseId: string | null;
  openMinor: bigint;
};

/**
 * Writes the reversal and its lines and gives the receivables back what the payment took. Refusal:
 * `receivable_changed_since`, when a later delivery of the ledger already shows it open again.
 */
export async function saveReversal(
  tx: Tx,
  reversal: Reversal,
  lines: readonly AllocationLine[],
  changes: readonly ReceivableChange[],
): Promise<Restored[]> {
  const restored = await raiseReceivables(tx, changes);
  if (restored.length < changes.length) {
    throw fault('refused', 'receivable_changed_since', { paymentId: reversal.paymentId });
  }
  await tx.query(
    `WITH taken_back AS (
       INSERT INTO payment_reversal (org_id, payment_id, case_id, reason, actor, reversed_at)
       VALUES ($1, $2, $3, $4, $5, $6))
     INSERT INTO allocation (org_id, payment_id, case_id, received_on, line, receivable_id, part,
            amount_minor)
     SELECT $1, $2, $3, $7, l.* FROM unnest($8::int[], $9::uuid[], $10::text[], $11::bigint[]) l`,
    [
      tx.orgId,
      reversal.paymentId,
      reversal.caseId,
      reversal.reason,
      JSON.stringify(reversal.actor),
      reversal.at,
      reversal.receivedOn,
      lines.map((one) => one.line),
      lines.map((one) => one.receivableId ?? null),
      lines.map((one) => one.part),
      lines.map((one) => one.amountMinor),
    ],
  );
  return restored;
}

/**
 * `changes` are negative: subtracting them raises what is open, never above the document's amount.
 */
async function raiseReceivables(tx: Tx, changes: readonly ReceivableChange[]): Promise<Restored[]> {
  return tx.query<Restored>(
    `UPDATE receivable r SET costs_minor = r.costs_minor - c.costs,
            interest_minor = r.interest_minor - c.interest, open_minor = r.open_minor - c.open,
            settled_date = CASE WHEN r.open_minor - c.open = 0 THEN r.settled_date END,
            version = r.version + 1
       FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[])
         AS c(receivable_id, costs, interest, open)
      WHERE r.org_id = $1 AND r.receivable_id = c.receivable_id
        AND r.open_minor - c.open <= r.amount_minor
      RETURNING r.receivable_id AS "receivableId", r.document_number AS "documentNumber",
                r.case_id AS "caseId", r.open_minor AS "openMinor"`,
    [
      tx.orgId,
      changes.map((one) => one.receivableId),
      changes.map((one) => one.costsMinor),
      changes.map((one) => one.interestMinor),
      changes.map((one) => one.openMinor),
    ],
  );
}

/** Lowers what a case has recovered. */
export async function lowerRecovered(tx: Tx, caseId: string, minor: bigint): Promise<void> {
  await tx.query(
    `UPDATE case_file SET recovered_minor = recovered_minor - $3, version = version + 1
      WHERE org_id = $1 AND case_id = $2`,
    [tx.orgId, caseId, minor],
  );
}

/** The debtor's open case in a currency, locked. */
export async function otherOpenCase(
  tx: Tx,
  debtorId: string,
  currency: string,
): Promise<string | undefined> {
  const [row] = await tx.query<{ caseId: string }>(
    `SELECT case_id AS "caseId" FROM case_file
      WHERE org_id = $1 AND debtor_id = $2 AND currency = $3 AND state = 'OPEN' FOR NO KEY UPDATE`,
    [tx.orgId, debtorId, currency],
  );
  return row?.caseId;
}

/** Ids of what is open on a case. */
export async function openReceivables(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await tx.query<{ receivableId: string }>(
    `SELECT receivable_id AS "receivableId" FROM receivable
      WHERE org_id = $1 AND case_id = $2 AND open_minor + costs_minor + interest_minor > 0`,
    [tx.orgId, caseId],
  );
  return rows.map((row) => row.receivableId);
}

/** Opens a case again that was closed because it was paid or settled. */
export async function reopen(tx: Tx, caseId: string): Promise<void> {
  await tx.query(
    `UPDATE case_file SET state = 'OPEN', outcome = NULL, closed_at = NULL, version = version + 1
      WHERE org_id = $1 AND case_id = $2`,
    [tx.orgId, caseId],
  );
}

/** Moves what is open again to another case of the debtor, and gives back what joined it. */
export async function moveToCase(
  tx: Tx,
  receivableIds: readonly string[],
  caseId: string,
): Promise<Joined[]> {
  return tx.query<Joined>(
    `UPDATE receivable SET case_id = $3 WHERE org_id = $1 AND receivable_id = ANY($2)
     RETURNING case_id AS "caseId", debtor_id AS "debtorId", receivable_id AS "receivableId",
               document_number AS "documentNumber", due_date AS "dueDate", currency,
               open_minor AS "openMinor"`,
    [tx.orgId, receivableIds, caseId],
  );
}
