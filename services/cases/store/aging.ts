import type { Day } from '@recourse/kit/day.ts';
import { isBefore } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';

/**
 * Open amounts as of any day, by overdue class; the definition stands at `receivable` in 0001-book.
 * What was written off or sold later than the day was open on it as well.
 */

/** Days overdue from and to, both included; null is an open end. */
export type ClassBounds = { overdueClass: string; fromDays: number | null; toDays: number | null };

export type AgingRow = {
  currency: string;
  overdueClass: string;
  count: bigint;
  minor: bigint;
};

export type AgingTotal = { currency: string; count: bigint; minor: bigint; debtors: bigint };

/**
 * Rows `(receivable_id, debtor_id, case_id, currency, due_date, open_minor)` of what was open as of
 * a day, as the inside of a FROM. `org` and `asOf` are the parameters that hold the organisation
 * and the day. From today on that is simply what is open now, read from a partial index. Those of a
 * past day have `dated_on` as well: the document's date, or its due day where it has none.
 */
export function openAsOf(isPast: boolean, org: string, asOf: string): string {
  if (!isPast) {
    return `(SELECT r.* FROM receivable r WHERE r.org_id = ${org} AND r.open_minor <> 0)`;
  }
  const back = `r.open_minor + coalesce(later.minor, 0)
    + CASE WHEN r.delivered_settled_date > ${asOf}
           THEN r.amount_minor - r.delivered_open_minor ELSE 0 END`;
  const bounded = `CASE WHEN r.amount_minor < 0 THEN greatest(${back}, r.amount_minor)
                        ELSE least(${back}, r.amount_minor) END`;
  return `(SELECT * FROM (
     SELECT r.org_id, r.receivable_id, r.debtor_id, r.case_id, r.currency, r.due_date,
            r.document_key, r.document_number, coalesce(r.document_date, r.due_date) AS dated_on,
            ${bounded} AS open_minor
       FROM receivable r
       LEFT JOIN (SELECT receivable_id, sum(minor)::bigint AS minor FROM (
                    SELECT a.receivable_id, a.amount_minor AS minor FROM allocation a
                     WHERE a.org_id = ${org} AND a.received_on > ${asOf} AND a.part = 'principal'
                    UNION ALL
                    SELECT w.receivable_id, w.amount_minor FROM write_down w
                     WHERE w.org_id = ${org} AND w.on_day > ${asOf} AND w.part = 'principal') lines
                   GROUP BY receivable_id) later ON later.receivable_id = r.receivable_id
      WHERE r.org_id = ${org}
        AND (r.open_minor <> 0 OR r.document_date IS NULL OR r.document_date <= ${asOf})) back
    WHERE open_minor <> 0)`;
}

/** Whether a day lies before today, so that open amounts must be counted back. */
export function isPast(asOf: Day, today: Day): boolean {
  return isBefore(asOf, today);
}

/** Counts and sums by currency and class, and totals with the number of debtors. */
export async function agingOf(
  tx: Tx,
  asOf: Day,
  today: Day,
  bounds: readonly ClassBounds[],
  debtorId: string,
): Promise<{ buckets: AgingRow[]; totals: AgingTotal[] }> {
  const from = openAsOf(isPast(asOf, today), '$1', '$2::date');
  const rows = await tx.query<AgingRow & { debtors: bigint; isTotal: boolean }>(
    `SELECT r.currency, b.overdue_class AS "overdueClass", count(*),
            sum(r.open_minor)::bigint AS minor, count(DISTINCT r.debtor_id) AS debtors,
            grouping(b.overdue_class) = 1 AS "isTotal"
       FROM ${from} r
       JOIN unnest($3::text[], $4::int[], $5::int[]) AS b(overdue_class, from_days, to_days)
         ON $2::date - r.due_date BETWEEN coalesce(b.from_days, -2147483648)
                                      AND coalesce(b.to_days, 2147483647)
      WHERE ($6 = '' OR r.debtor_id::text = $6)
      GROUP BY GROUPING SETS ((r.currency, b.overdue_class), (r.currency))`,
    [
      tx.orgId,
      asOf,
      bounds.map((one) => one.overdueClass),
      bounds.map((one) => one.fromDays),
      bounds.map((one) => one.toDays),
      debtorId,
    ],
  );
  return {
    buckets: rows.filter((row) => !row.isTotal),
    totals: rows.filter((row) => row.isTotal),
  };
}

export type ExposureRow = {
  debtorId: string;
  debtorName: string;
  customerNumber: string;
  currency: string;
  openMinor: bigint;
  overdueMinor: bigint;
  worstDaysOverdue: number;
  count: bigint;
  caseId: string | null;
};

/** The debtors that owe most as of a day, by currency when none is asked for. */
export async function exposuresOf(
  tx: Tx,
  asOf: Day,
  today: Day,
  currency: string,
  limit: number,
): Promise<ExposureRow[]> {
  const from = openAsOf(isPast(asOf, today), '$1', '$2::date');
  return tx.query<ExposureRow>(
    `SELECT o.debtor_id AS "debtorId", d.name AS "debtorName",
            d.customer_number AS "customerNumber",
            o.currency, o.open_minor AS "openMinor", o.overdue_minor AS "overdueMinor",
            o.worst AS "worstDaysOverdue", o.count, c.case_id AS "caseId"
       FROM (SELECT r.debtor_id, r.currency, sum(r.open_minor)::bigint AS open_minor,
                    coalesce(sum(r.open_minor) FILTER (WHERE r.due_date < $2), 0)::bigint
                      AS overdue_minor,
                    greatest(max($2::date - r.due_date), 0) AS worst, count(*)
               FROM ${from} r WHERE $3 = '' OR r.currency = $3
              GROUP BY r.debtor_id, r.currency
              ORDER BY sum(r.open_minor) DESC, r.debtor_id LIMIT $4) o
       JOIN debtor d ON d.org_id = $1 AND d.debtor_id = o.debtor_id
       LEFT JOIN case_file c ON c.org_id = $1 AND c.debtor_id = o.debtor_id
        AND c.currency = o.currency AND c.state = 'OPEN'
      ORDER BY o.open_minor DESC, o.debtor_id`,
    [tx.orgId, asOf, currency, limit],
  );
}
