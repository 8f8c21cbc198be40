import type { Tx } from '@recourse/kit/db.ts';
import type { OrderHistory, OrderWatch } from '../domain/orders.ts';

type Row = OrderHistory & { customerId: string };

/**
 * Sums up to a day. A document without a date counts on the day it is due. What was open at the end
 * of an earlier window is what was invoiced by then and settled later or never.
 */
const historySql = `
  WITH asked AS (
    SELECT * FROM unnest($2::uuid[], $3::text[]) AS a(customer_id, currency)),
  facts AS MATERIALIZED (
    SELECT a.customer_id, f.currency, f.amount_minor, f.open_minor, f.settled_date,
           coalesce(f.document_date, f.due_date) AS on_day
      FROM asked a JOIN receivable_fact f
        ON f.org_id = $1 AND f.customer_id = a.customer_id AND f.currency = a.currency
     WHERE f.amount_minor > 0 AND coalesce(f.document_date, f.due_date) <= $4::date),
  peaks AS (
    SELECT customer_id, max(minor) AS minor FROM (
      SELECT f.customer_id, w.on_day, sum(f.amount_minor)::bigint AS minor
        FROM facts f JOIN (
          SELECT $4::date - step AS on_day
            FROM generate_series($5::int, $6::int + $5::int, $5::int) AS step) w
          ON f.on_day <= w.on_day AND (f.settled_date IS NULL OR f.settled_date > w.on_day)
       GROUP BY f.customer_id, w.on_day) ends
     GROUP BY customer_id)
  SELECT f.customer_id AS "customerId", f.currency,
         coalesce(sum(amount_minor) FILTER (WHERE is_recent), 0)::bigint AS "recentMinor",
         coalesce(max(amount_minor) FILTER (WHERE is_recent), 0)::bigint AS "recentLargestMinor",
         (count(*) FILTER (WHERE is_prior))::int AS "priorCount",
         coalesce(sum(amount_minor) FILTER (WHERE is_prior), 0)::bigint AS "priorMinor",
         coalesce(max(amount_minor) FILTER (WHERE is_prior), 0)::bigint AS "priorLargestMinor",
         coalesce($4::date - $5::int - min(on_day) FILTER (WHERE is_prior), 0)::int AS "priorDays",
         coalesce(sum(open_minor), 0)::bigint AS "exposureMinor",
         coalesce(max(p.minor), 0)::bigint AS "peakExposureMinor"
    FROM (SELECT *, on_day > $4::date - $5::int AS is_recent,
                 on_day <= $4::date - $5::int AND on_day > $4::date - $5::int - $6::int AS is_prior
            FROM facts) f
    LEFT JOIN peaks p USING (customer_id)
   GROUP BY f.customer_id, f.currency`;

/** The orders of customers, each in its main currency, as of a day; none where none is known. */
export async function orderHistories(
  tx: Tx,
  customers: readonly { customerId: string; currency: string }[],
  today: string,
  watch: Pick<OrderWatch, 'windowDays' | 'historyDays'>,
): Promise<Map<string, OrderHistory>> {
  const rows = await tx.query<Row>(historySql, [
    tx.orgId,
    customers.map((one) => one.customerId),
    customers.map((one) => one.currency),
    today,
    watch.windowDays,
    watch.historyDays,
  ]);
  return new Map(rows.map(({ customerId, ...history }) => [customerId, history]));
}
