import type { Tx } from '@recourse/kit/db.ts';
import { type Behaviour, behaviour, type BehaviourSums, trendDays } from '../domain/behaviour.ts';

type SumsRow = Omit<BehaviourSums, 'lastSettledDate'> & {
  customerId: string;
  lastSettledDate: string | null;
};

/**
 * Days late are added up by the database: one customer can have a hundred thousand receivables.
 * What was sold was late until that day, since nobody has paid it. `$5` takes everything overdue
 * as paid on the day, and so as settled late.
 */
const sumsSql = `
  SELECT f.customer_id AS "customerId", f.currency,
         count(*) AS "receivableCount",
         count(f.settled_date) AS "settledCount",
         count(*) FILTER (WHERE f.settled_date > f.due_date) AS "lateCount",
         coalesce(sum(f.settled_date - f.due_date), 0)::bigint AS "daysLateSum",
         greatest(coalesce(max(coalesce(
             f.settled_date, CASE WHEN f.open_minor > 0 THEN $2::date END, f.sold_date)
           - f.due_date), 0), 0)::int AS "worstDaysLate",
         coalesce(sum(f.open_minor), 0)::bigint AS "exposureMinor",
         coalesce(sum(f.open_minor) FILTER (WHERE f.due_date < $2::date), 0)::bigint
           AS "overdueMinor",
         count(*) FILTER (WHERE f.disputed) AS "disputedCount",
         max(f.settled_date) AS "lastSettledDate",
         count(*) FILTER (WHERE f.settled_date > $2::date - $3::int
           AND f.settled_date <= $2::date) AS "recentCount",
         coalesce(sum(f.settled_date - f.due_date) FILTER (WHERE f.settled_date > $2::date - $3::int
           AND f.settled_date <= $2::date), 0)::bigint AS "recentDaysLateSum",
         count(*) FILTER (WHERE f.settled_date > $2::date - 2 * $3::int
           AND f.settled_date <= $2::date - $3::int) AS "priorCount",
         coalesce(sum(f.settled_date - f.due_date) FILTER (
           WHERE f.settled_date > $2::date - 2 * $3::int
           AND f.settled_date <= $2::date - $3::int), 0)::bigint AS "priorDaysLateSum"
    FROM (SELECT customer_id, currency, due_date, disputed, sold_date,
                 CASE WHEN $5 AND open_minor > 0 AND due_date < $2::date THEN $2::date
                      ELSE settled_date END AS settled_date,
                 CASE WHEN $5 AND due_date < $2::date THEN 0 ELSE open_minor END AS open_minor
            FROM receivable_fact
           WHERE org_id = $1 AND told_at IS NOT NULL AND customer_id = ANY ($4::uuid[])) f
   GROUP BY f.customer_id, f.currency`;

const saveSql = `
  INSERT INTO behaviour (org_id, customer_id, currency, as_of, receivable_count, settled_count,
    exposure_minor, overdue_minor, late_share_bps, mean_days_late_tenths, worst_days_late,
    trend_tenths, trend_known, disputed_count, last_settled_date)
  SELECT $1, r.* FROM jsonb_to_recordset($2::jsonb) AS r(
    customer_id uuid, currency text, as_of date,
    receivable_count bigint, settled_count bigint, exposure_minor bigint, overdue_minor bigint,
    late_share_bps int, mean_days_late_tenths int, worst_days_late int, trend_tenths int,
    trend_known boolean, disputed_count bigint, last_settled_date date)`;

function behaviourRow(customerId: string, asOf: string, made: Behaviour): object {
  return {
    customer_id: customerId,
    currency: made.currency,
    as_of: asOf,
    receivable_count: String(made.receivableCount),
    settled_count: String(made.settledCount),
    exposure_minor: String(made.exposureMinor),
    overdue_minor: String(made.overdueMinor),
    late_share_bps: made.lateShareBps,
    mean_days_late_tenths: made.meanDaysLateTenths,
    worst_days_late: made.worstDaysLate,
    trend_tenths: made.trendTenths,
    trend_known: made.trendKnown,
    disputed_count: String(made.disputedCount),
    last_settled_date: made.lastSettledDate === '' ? null : made.lastSettledDate,
  };
}

async function sumsOf(
  tx: Tx,
  customerIds: readonly string[],
  asOf: string,
  overduePaid: boolean,
): Promise<SumsRow[]> {
  return tx.query<SumsRow>(sumsSql, [tx.orgId, asOf, trendDays, customerIds, overduePaid]);
}

/** How a customer would pay, by currency, if everything overdue were paid on the day. */
export async function behavioursIfPaid(
  tx: Tx,
  customerId: string,
  asOf: string,
): Promise<Behaviour[]> {
  const sums = await sumsOf(tx, [customerId], asOf, true);
  return sums.map((one) => behaviour({ ...one, lastSettledDate: one.lastSettledDate ?? '' }));
}

/** Makes the behaviour of these customers anew from their facts, as of a day. */
export async function refreshBehaviours(
  tx: Tx,
  customerIds: readonly string[],
  asOf: string,
): Promise<void> {
  const sums = await sumsOf(tx, customerIds, asOf, false);
  const rows = sums.map(({ customerId, lastSettledDate, ...rest }) =>
    behaviourRow(customerId, asOf, behaviour({ ...rest, lastSettledDate: lastSettledDate ?? '' })),
  );
  await tx.query('DELETE FROM behaviour WHERE org_id = $1 AND customer_id = ANY ($2::uuid[])', [
    tx.orgId,
    customerIds,
  ]);
  await tx.query(saveSql, [tx.orgId, JSON.stringify(rows)]);
  await tx.query(
    `UPDATE customer SET behaviour_stale = false
      WHERE org_id = $1 AND customer_id = ANY ($2::uuid[])`,
    [tx.orgId, customerIds],
  );
}

/** The latest day that the behaviour of any of these customers is of. */
export async function lastBehaviourDay(
  tx: Tx,
  customerIds: readonly string[],
): Promise<string | undefined> {
  const rows = await tx.query<{ day: string | null }>(
    'SELECT max(as_of) AS day FROM behaviour WHERE org_id = $1 AND customer_id = ANY ($2::uuid[])',
    [tx.orgId, customerIds],
  );
  return rows[0]?.day ?? undefined;
}

/** Customers whose facts are newer than their behaviour; locked, at most `limit`. */
export async function staleCustomers(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.query<{ customer_id: string }>(
    `SELECT customer_id FROM customer WHERE org_id = $1 AND behaviour_stale
      ORDER BY customer_id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [tx.orgId, limit],
  );
  return rows.map((row) => row.customer_id);
}

/**
 * All customers with something open, or figures of another day: what the nightly refresh renews.
 */
export async function markForNewDay(tx: Tx, asOf: string): Promise<void> {
  await tx.query(
    `UPDATE customer c SET behaviour_stale = true FROM behaviour b
      WHERE c.org_id = $1 AND b.org_id = $1 AND b.customer_id = c.customer_id
        AND b.as_of < $2::date`,
    [tx.orgId, asOf],
  );
}

type StoredBehaviour = Omit<Behaviour, 'lastSettledDate'> & {
  customerId: string;
  lastSettledDate: string | null;
};

/** The behaviour of these customers, by customer, currencies in order. */
export async function behavioursOf(
  tx: Tx,
  customerIds: readonly string[],
): Promise<Map<string, Behaviour[]>> {
  const rows = await tx.query<StoredBehaviour>(
    `SELECT customer_id AS "customerId", currency, receivable_count AS "receivableCount",
            settled_count AS "settledCount", exposure_minor AS "exposureMinor",
            overdue_minor AS "overdueMinor", late_share_bps AS "lateShareBps",
            mean_days_late_tenths AS "meanDaysLateTenths", worst_days_late AS "worstDaysLate",
            trend_tenths AS "trendTenths", trend_known AS "trendKnown",
            disputed_count AS "disputedCount", last_settled_date AS "lastSettledDate"
       FROM behaviour WHERE org_id = $1 AND customer_id = ANY ($2::uuid[]) ORDER BY currency`,
    [tx.orgId, customerIds],
  );
  const found = new Map<string, Behaviour[]>();
  for (const { customerId, lastSettledDate, ...rest } of rows) {
    const list = found.get(customerId) ?? [];
    list.push({ ...rest, lastSettledDate: lastSettledDate ?? '' });
    found.set(customerId, list);
  }
  return found;
}

/**
 * The behaviour of these customers by what is known now: of those whose facts are newer than what
 * is kept it is summed anew, so that nobody is rated by the day before an import.
 */
export async function presentBehavioursOf(
  tx: Tx,
  customerIds: readonly string[],
  asOf: string,
): Promise<Map<string, Behaviour[]>> {
  const found = await behavioursOf(tx, customerIds);
  const stale = await tx.query<{ customerId: string }>(
    `SELECT customer_id AS "customerId" FROM customer
      WHERE org_id = $1 AND behaviour_stale AND customer_id = ANY ($2::uuid[])`,
    [tx.orgId, customerIds],
  );
  if (stale.length === 0) return found;
  const ids = stale.map((row) => row.customerId);
  const sums = Map.groupBy(await sumsOf(tx, ids, asOf, false), (one) => one.customerId);
  for (const id of ids) {
    const made = (sums.get(id) ?? []).map((one) =>
      behaviour({ ...one, lastSettledDate: one.lastSettledDate ?? '' }),
    );
    found.set(
      id,
      made.toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
    );
  }
  return found;
}

/** The currency most customers owe in: what a list is sorted by when none is named. */
export async function mainCurrency(tx: Tx): Promise<string> {
  const rows = await tx.query<{ currency: string }>(
    `SELECT currency FROM behaviour WHERE org_id = $1
      GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1`,
    [tx.orgId],
  );
  return rows[0]?.currency ?? '';
}
