import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { heldByAgency, whileHeld } from './activity.ts';
import { isPast, openAsOf } from './aging.ts';
import { casesInSight, type Sight, sightOrg } from './cases.ts';

/**
 * Figures of the first page, summed in the database; amounts of different currencies are never
 * added.
 */

export type CaseFigure = {
  tier: 'HIGH' | 'MEDIUM' | 'LOW';
  currency: string;
  handling: string;
  count: bigint;
  openMinor: bigint;
  overdueMinor: bigint;
};

/** Open cases by tier, currency and handling; a creditor's are kept as sums (0020-figures). */
export async function caseFigures(tx: Tx, sight: Sight): Promise<CaseFigure[]> {
  if (sight.kind === 'creditor') {
    return tx.query<CaseFigure>(
      `SELECT s.tier, s.currency, s.handling, sum(s.cases)::bigint AS count,
              sum(s.open_minor)::bigint AS "openMinor",
              sum(s.overdue_minor)::bigint AS "overdueMinor"
         FROM case_sum s WHERE s.org_id = $1
        GROUP BY s.tier, s.currency, s.handling HAVING sum(s.cases) <> 0`,
      [sightOrg(sight)],
    );
  }
  return tx.query<CaseFigure>(
    `SELECT c.tier, c.currency, c.handling, count(*), sum(c.open_minor)::bigint AS "openMinor",
            sum(c.overdue_minor)::bigint AS "overdueMinor"
       ${casesInSight(sight, '$1')} AND c.state = 'OPEN'
      GROUP BY c.tier, c.currency, c.handling`,
    [sightOrg(sight)],
  );
}

/** How many open cases have their next step due by a day. */
export async function dueCases(tx: Tx, sight: Sight, asOf: Day): Promise<bigint> {
  const [row] = await tx.query<{ count: bigint }>(
    `SELECT count(*) ${casesInSight(sight, '$1')} AND c.state = 'OPEN' AND c.next_day <= $2`,
    [sightOrg(sight), asOf],
  );
  return row?.count ?? 0n;
}

/** Promises awaited by a day, and those that were broken, on open cases. */
export async function promiseFigures(
  tx: Tx,
  sight: Sight,
  asOf: Day,
): Promise<{ due: bigint; broken: bigint }> {
  const own = sight.kind === 'creditor' ? 'AND p.org_id = $1' : '';
  const [row] = await tx.query<{ due: bigint; broken: bigint }>(
    `SELECT count(*) FILTER (WHERE p.state = 'PENDING') AS due,
            count(*) FILTER (WHERE p.state = 'BROKEN') AS broken
       FROM promise p
       JOIN LATERAL (SELECT FROM (SELECT c.* ${casesInSight(sight, '$1')}) c
                      WHERE c.org_id = p.org_id AND c.case_id = p.case_id AND c.state = 'OPEN')
         c ON true
      WHERE (p.state = 'BROKEN' OR p.state = 'PENDING' AND p.due_day <= $2) ${own}`,
    [sightOrg(sight), asOf],
  );
  return row ?? { due: 0n, broken: 0n };
}

export type MonthRow = { month: string; currency: string; minor: bigint };

/**
 * Money received by month and currency, reversed payments left out. It counts when it came in, so
 * what is put onto a case out of credit does not count again.
 */
export async function recoveredByMonth(tx: Tx, from: Day, to: Day): Promise<MonthRow[]> {
  return tx.query<MonthRow>(
    `SELECT to_char(s.received_on, 'YYYY-MM') AS month, s.currency, sum(s.minor)::bigint AS minor
       FROM received_sum s WHERE s.org_id = $1 AND s.received_on BETWEEN $2 AND $3
      GROUP BY 1, 2 HAVING sum(s.minor) <> 0 ORDER BY 1, 2`,
    [tx.orgId, from, to],
  );
}

/**
 * The same of one agency: what came in at the transaction's creditor while the agency held the
 * case, whether or not the placement has ended since.
 */
export async function recoveredForAgency(
  tx: Tx,
  agencyId: string,
  from: Day,
  to: Day,
): Promise<MonthRow[]> {
  return tx.query<MonthRow>(
    `WITH ${heldByAgency}
     SELECT to_char(p.received_on, 'YYYY-MM') AS month, p.currency,
            sum(p.amount_minor)::bigint AS minor
       FROM payment p WHERE p.org_id = $2 AND p.received_on BETWEEN $3 AND $4
        AND p.means <> 'credit'
        AND p.case_id IN (SELECT case_id FROM held) AND ${whileHeld('p.case_id', 'p.recorded_at')}
        AND NOT EXISTS (SELECT FROM payment_reversal v
              WHERE v.org_id = p.org_id AND v.payment_id = p.payment_id)
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [agencyId, tx.orgId, from, to],
  );
}

/**
 * What was open on cases when agencies accepted them, by month and currency; placements that have
 * ended since stay in their month.
 */
export async function placedByMonth(
  tx: Tx,
  sight: Sight,
  from: Day,
  to: Day,
  zone: string,
): Promise<MonthRow[]> {
  const whose =
    sight.kind === 'creditor' ? 'org_id = $1' : `agency_id = $1 AND state <> 'DECLINED'`;
  return tx.query<MonthRow>(
    `SELECT to_char(accepted_at AT TIME ZONE $4, 'YYYY-MM') AS month, currency,
            sum(placed_minor)::bigint AS minor
       FROM placement_grant
      WHERE ${whose} AND (accepted_at AT TIME ZONE $4)::date BETWEEN $2 AND $3
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [sightOrg(sight), from, to, zone],
  );
}

export type BookFigure = {
  currency: string;
  openMinor: bigint;
  overdueMinor: bigint;
  salesMinor: bigint;
};

/**
 * By currency: what was open and overdue as of a day, and sales on credit in the window before it.
 * From today on both are kept as sums (0020-figures).
 */
export async function bookFigures(
  tx: Tx,
  asOf: Day,
  today: Day,
  windowDays: number,
): Promise<BookFigure[]> {
  const values = [tx.orgId, asOf, windowDays];
  return tx.query<BookFigure>(isPast(asOf, today) ? pastBook : presentBook, values);
}

const inWindow = (column: string): string => `${column} > $2::date - $3::int AND ${column} <= $2`;

const presentBook = `
  SELECT s.currency, sum(s.open_minor)::bigint AS "openMinor",
         coalesce(sum(s.open_minor) FILTER (WHERE s.on_day < $2), 0)::bigint AS "overdueMinor",
         coalesce(sum(s.sales_minor) FILTER (WHERE ${inWindow('s.on_day')}), 0)::bigint
           AS "salesMinor"
    FROM book_sum s WHERE s.org_id = $1 GROUP BY s.currency
  HAVING bool_or(s.open_minor <> 0 OR (s.sales_minor <> 0 AND ${inWindow('s.on_day')}))
   ORDER BY 2 DESC, 1`;

const pastBook = `
  WITH open AS (
    SELECT r.currency, sum(r.open_minor)::bigint AS open_minor,
           coalesce(sum(r.open_minor) FILTER (WHERE r.due_date < $2), 0)::bigint AS overdue_minor
      FROM ${openAsOf(true, '$1', '$2::date')} r GROUP BY r.currency),
  sales AS (
    SELECT currency, sum(amount_minor)::bigint AS sales_minor FROM receivable
     WHERE org_id = $1 AND ${inWindow('document_date')} GROUP BY currency)
  SELECT coalesce(o.currency, s.currency) AS currency,
         coalesce(o.open_minor, 0) AS "openMinor",
         coalesce(o.overdue_minor, 0) AS "overdueMinor",
         coalesce(s.sales_minor, 0) AS "salesMinor"
    FROM open o FULL JOIN sales s ON s.currency = o.currency
   ORDER BY 2 DESC, 1`;
