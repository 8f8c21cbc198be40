import type { Tx } from '@recourse/kit/db.ts';
import type { Invoice } from '../domain/fitting/late-payment.ts';

type Row = Omit<Invoice, 'settledDay'> & { settledDay: number | null };

/**
 * Receivables as a model of late payment sees them: of these customers, or of all. A customer's
 * newest thousand are enough, and keep one with a hundred thousand from filling the memory.
 */
export async function invoices(tx: Tx, customerIds?: readonly string[]): Promise<Invoice[]> {
  const rows = await tx.query<Row>(
    `SELECT customer_id AS customer, (document_date - date '1970-01-01')::int AS "invoicedDay",
            (due_date - date '1970-01-01')::int AS "dueDay",
            (settled_date - date '1970-01-01')::int AS "settledDay",
            amount_minor::float8 AS size, disputed AS "isDisputed"
       FROM (SELECT f.*, row_number() OVER (PARTITION BY customer_id
               ORDER BY document_date DESC) AS place
               FROM receivable_fact f
              WHERE f.org_id = $1 AND f.document_date IS NOT NULL AND f.due_date IS NOT NULL
                AND f.amount_minor IS NOT NULL
                AND ($2::uuid[] IS NULL OR f.customer_id = ANY ($2::uuid[]))) newest
      WHERE place <= 1000 ORDER BY customer_id, document_date`,
    [tx.orgId, customerIds ?? null],
  );
  return rows.map(({ settledDay, ...rest }) => ({ ...rest, settledDay: settledDay ?? undefined }));
}

/**
 * Customers rated by a model at least 90 days ago, and whether one of their receivables has become
 * more than 90 days late since.
 */
export async function outcomesSince(
  tx: Tx,
  modelId: string,
  since: string,
  at: Temporal.Instant,
): Promise<{ pdBps: number; bad: boolean }[]> {
  return tx.query<{ pdBps: number; bad: boolean }>(
    `SELECT r.pd_bps AS "pdBps", EXISTS (
        SELECT FROM receivable_fact f WHERE f.org_id = $1 AND f.customer_id = r.customer_id
           AND f.due_date >= r.rated_at::date
           AND coalesce(f.settled_date, $4::timestamptz::date) - f.due_date > 90) AS bad
       FROM (SELECT DISTINCT ON (customer_id) customer_id, pd_bps, rated_at FROM rating
              WHERE org_id = $1 AND model_id = $2 AND rated_at >= $3::timestamptz
              ORDER BY customer_id, rated_at) r
      WHERE r.rated_at < $4::timestamptz - interval '90 days'`,
    [tx.orgId, modelId, since, at],
  );
}

/** Scores that a model has given, one per customer. */
export async function scoresOf(tx: Tx, modelId: string): Promise<number[]> {
  const rows = await tx.query<{ score: number }>(
    `SELECT p.score FROM present_rating p JOIN rating r
        ON r.org_id = $1 AND r.rating_id = p.rating_id
      WHERE p.org_id = $1 AND r.model_id = $2`,
    [tx.orgId, modelId],
  );
  return rows.map((row) => row.score);
}
