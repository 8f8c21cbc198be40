import type { Tx } from '@recourse/kit/db.ts';

/** Taking a batch back: what rests on it, what it added, what it changed. */

export type Dependence = { payments: bigint; laterImports: bigint; closings: bigint };

/**
 * What keeps a batch from being taken back: payments on receivables that it added, payments
 * recorded since on those that it changed, later imports that changed what it had written, and
 * write-offs and sales of what it brought.
 */
export async function dependence(tx: Tx, importId: string): Promise<Dependence> {
  const [row] = await tx.query<Dependence>(
    `SELECT (SELECT count(DISTINCT a.payment_id)
               FROM receivable r JOIN allocation a USING (org_id, receivable_id)
               JOIN payment p USING (org_id, payment_id)
               JOIN import i ON i.org_id = r.org_id AND i.import_id = r.import_id
               LEFT JOIN import_change c ON c.org_id = r.org_id AND c.import_id = r.import_id
                AND c.noun = 'receivable' AND c.id = r.receivable_id
              WHERE r.org_id = $1 AND r.import_id = $2
                AND (c.id IS NULL OR p.recorded_at >= i.created_at)) AS payments,
            (SELECT count(DISTINCT c.import_id) FROM import_change c
              WHERE c.org_id = $1 AND c.before_import_id = $2) AS "laterImports",
            (SELECT count(DISTINCT w.closing_id)
               FROM receivable r JOIN write_down w USING (org_id, receivable_id)
              WHERE r.org_id = $1 AND r.import_id = $2) AS closings`,
    [tx.orgId, importId],
  );
  return row ?? { payments: 0n, laterImports: 0n, closings: 0n };
}

/**
 * An undo reads and writes a whole batch at once, which takes longer than an ordinary statement.
 */
export async function allowLong(tx: Tx): Promise<void> {
  await tx.query('SET LOCAL statement_timeout = 0');
}

/** Open cases that the batch's receivables belong to. */
export async function casesOfBatch(tx: Tx, importId: string): Promise<string[]> {
  const rows = await tx.query<{ caseId: string }>(
    `SELECT DISTINCT case_id AS "caseId" FROM receivable
      WHERE org_id = $1 AND import_id = $2 AND case_id IS NOT NULL`,
    [tx.orgId, importId],
  );
  return rows.map((row) => row.caseId);
}

/** A receivable that is again what it was. */
export type Restored = {
  receivableId: string;
  debtorId: string;
  documentDate: string | null;
  dueDate: string;
  currency: string;
  amountMinor: bigint;
  /** What is open: nothing of it is written off, or it could not have been restored. */
  owedMinor: bigint;
  settledDate: string | null;
  disputed: boolean;
};

/** Puts the content of changed receivables back as it was; case, costs and interest stay. */
export async function restoreReceivables(tx: Tx, importId: string): Promise<Restored[]> {
  return tx.query<Restored>(
    `WITH before AS (
       SELECT b.* FROM import_change c, jsonb_populate_record(NULL::receivable, c.before) b
        WHERE c.org_id = $1 AND c.import_id = $2 AND c.noun = 'receivable')
     UPDATE receivable r SET document_number = b.document_number, company_code = b.company_code,
            debtor_id = b.debtor_id, document_date = b.document_date, due_date = b.due_date,
            currency = b.currency, amount_minor = b.amount_minor, open_minor = b.open_minor,
            settled_date = b.settled_date, delivered_open_minor = b.delivered_open_minor,
            delivered_settled_date = b.delivered_settled_date, disputed = b.disputed,
            payment_terms = b.payment_terms, description = b.description,
            content_hash = b.content_hash, import_id = b.import_id, version = r.version + 1
       FROM before b
      WHERE r.org_id = $1 AND r.receivable_id = b.receivable_id AND r.import_id = $2
      RETURNING r.receivable_id AS "receivableId", r.debtor_id AS "debtorId",
            r.document_date AS "documentDate", r.due_date AS "dueDate", r.currency,
            r.amount_minor AS "amountMinor", r.open_minor AS "owedMinor",
            r.settled_date AS "settledDate", r.disputed`,
    [tx.orgId, importId],
  );
}

/** Removes up to `limit` receivables that the batch added; answers their ids. */
export async function removeReceivables(
  tx: Tx,
  importId: string,
  limit: number,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `DELETE FROM receivable WHERE org_id = $1 AND receivable_id IN (
       SELECT receivable_id FROM receivable WHERE org_id = $1 AND import_id = $2 LIMIT $3)
     RETURNING receivable_id AS id`,
    [tx.orgId, importId, limit],
  );
  return rows.map((row) => row.id);
}

/** A field without what the batch had put there. */
function taken(field: string): string {
  return `CASE WHEN d.${field} = c.before ->> '${field}' THEN '' ELSE d.${field} END`;
}

/**
 * Takes from debtors what the batch had given them: spellings, and facts that were empty before
 * and that nobody has written over since.
 */
export async function restoreDebtors(tx: Tx, importId: string): Promise<void> {
  await tx.query(
    `UPDATE debtor d SET version = d.version + 1,
            aliases = d.aliases - ARRAY(
              SELECT jsonb_array_elements_text(c.before -> 'aliases_added')),
            credit_code = ${taken('credit_code')}, region = ${taken('region')},
            industry = ${taken('industry')}, contacts_sealed = ${taken('contacts_sealed')}
       FROM import_change c
      WHERE c.org_id = $1 AND c.import_id = $2 AND c.noun = 'debtor'
        AND d.org_id = $1 AND d.debtor_id = c.id`,
    [tx.orgId, importId],
  );
}

/**
 * Removes debtors that the batch brought and that nothing refers to any more; answers their ids.
 */
export async function removeDebtors(tx: Tx, importId: string): Promise<string[]> {
  const unused = ['receivable', 'case_file', 'contact', 'debtor_credit', 'placement_grant']
    .map(
      (table) => `NOT EXISTS (SELECT FROM ${table} t
       WHERE t.org_id = d.org_id AND t.debtor_id = d.debtor_id)`,
    )
    .join(' AND ');
  const rows = await tx.query<{ id: string }>(
    `DELETE FROM debtor d WHERE d.org_id = $1 AND d.import_id = $2 AND ${unused}
     RETURNING d.debtor_id AS id`,
    [tx.orgId, importId],
  );
  return rows.map((row) => row.id);
}

/** Forgets what the batch had changed, once that is taken back. */
export async function forgetChanges(tx: Tx, importId: string): Promise<void> {
  await tx.query('DELETE FROM import_change WHERE org_id = $1 AND import_id = $2', [
    tx.orgId,
    importId,
  ]);
}
