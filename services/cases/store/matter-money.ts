import type { Tx } from '@recourse/kit/db.ts';

/** A case's share of an entry of a matter, and what it did to the case's receivables. */
export type MatterEntry = {
  entryId: string;
  caseId: string;
  matterId: string;
  kind: 'cost' | 'recovery';
  what: string;
  currency: string;
  amountMinor: bigint;
  on: string;
  reversesId: string | undefined;
};

/** Where an entry put costs or interest, and how much. */
export type Put = { receivableId: string | undefined; raisedMinor: bigint };

export async function saveEntry(tx: Tx, entry: MatterEntry, put: Put): Promise<void> {
  await tx.query(
    `INSERT INTO matter_entry (org_id, entry_id, case_id, matter_id, kind, what, currency,
            amount_minor, on_day, reverses_id, receivable_id, raised_minor)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      tx.orgId,
      entry.entryId,
      entry.caseId,
      entry.matterId,
      entry.kind,
      entry.what,
      entry.currency,
      entry.amountMinor,
      entry.on,
      entry.reversesId ?? null,
      put.receivableId ?? null,
      put.raisedMinor,
    ],
  );
}

/** What an entry did here; undefined when it was not told yet. */
export async function findPut(tx: Tx, entryId: string, caseId: string): Promise<Put | undefined> {
  const [row] = await tx.query<{ receivableId: string | null; raisedMinor: bigint }>(
    `SELECT receivable_id AS "receivableId", raised_minor AS "raisedMinor" FROM matter_entry
      WHERE org_id = $1 AND entry_id = $2 AND case_id = $3`,
    [tx.orgId, entryId, caseId],
  );
  return row && { ...row, receivableId: row.receivableId ?? undefined };
}

/** Whether an entry was taken back before it was told. */
export async function isTakenBack(tx: Tx, entryId: string, caseId: string): Promise<boolean> {
  const rows = await tx.query(
    'SELECT FROM matter_entry WHERE org_id = $1 AND reverses_id = $2 AND case_id = $3',
    [tx.orgId, entryId, caseId],
  );
  return rows.length > 0;
}

export type CaseReceivable = { receivableId: string; dueDate: string; costsMinor: bigint };

/** Receivables of a case, locked in the order of ids. */
export function lockReceivables(tx: Tx, caseId: string): Promise<CaseReceivable[]> {
  return tx.query<CaseReceivable>(
    `SELECT receivable_id AS "receivableId", due_date AS "dueDate", costs_minor AS "costsMinor"
       FROM receivable WHERE org_id = $1 AND case_id = $2
      ORDER BY receivable_id FOR NO KEY UPDATE`,
    [tx.orgId, caseId],
  );
}

/** A receivable wherever it is by now, locked. */
export async function lockReceivable(tx: Tx, receivableId: string): Promise<CaseReceivable> {
  const [row] = await tx.query<CaseReceivable>(
    `SELECT receivable_id AS "receivableId", due_date AS "dueDate", costs_minor AS "costsMinor"
       FROM receivable WHERE org_id = $1 AND receivable_id = $2 FOR NO KEY UPDATE`,
    [tx.orgId, receivableId],
  );
  return row ?? { receivableId, dueDate: '', costsMinor: 0n };
}

/** Adds to, or with negative amounts takes from, the costs and interest open on a receivable. */
export async function raise(
  tx: Tx,
  receivableId: string,
  by: { costsMinor: bigint; interestMinor: bigint },
): Promise<void> {
  await tx.query(
    `UPDATE receivable SET costs_minor = costs_minor + $3, interest_minor = interest_minor + $4,
            version = version + 1
      WHERE org_id = $1 AND receivable_id = $2`,
    [tx.orgId, receivableId, by.costsMinor, by.interestMinor],
  );
}
