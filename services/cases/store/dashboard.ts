import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
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
  due: bigint;
};

/** Open cases by tier, currency and handling, and how many have their next step due by a day. */
export async function caseFigures(tx: Tx, sight: Sight, asOf: Day): Promise<CaseFigure[]> {
  return tx.query<CaseFigure>(
    `SELECT c.tier, c.currency, c.handling, count(*), sum(c.open_minor)::bigint AS "openMinor",
            sum(c.overdue_minor)::bigint AS "overdueMinor",
            count(*) FILTER (WHERE c.next_day <= $2) AS due
       ${casesInSight(sight, '$1')} AND c.state = 'OPEN'
      GROUP BY c.tier, c.currency, c.handling`,
    [sightOrg(sight), asOf],
  );
}

/** Promises awaited by a day, and those that were broken, on open cases. */
export async function promiseFigures(
  tx: Tx,
  sight: Sight,
  asOf: Day,
): Promise<{ due: bigint; broken: bigint }> {
  const own = sight.kind === 'creditor' ? 'AND p.org_id = $1' : '';
  const [row] = await tx.query<{ due: bigint; broken: bigint }>(
    `SELECT count(*) FILTER (WHERE p.state = 'PENDING' AND p.due_day <= $2) AS due,
            count(*) FILTER (WHERE p.state = 'BROKEN') AS broken
       FROM promise p
       JOIN LATERAL (SELECT FROM (SELECT c.* ${casesInSight(sight, '$1')}) c
                      WHERE c.org_id = p.org_id AND c.case_id = p.case_id AND c.state = 'OPEN')
         c ON true
      WHERE p.state IN ('PENDING', 'BROKEN') ${own}`,
    [sightOrg(sight), asOf],
  );
  return row ?? { due: 0n, broken: 0n };
}

export type MonthRow = { month: string; currency: string; minor: bigint };

/**
 * Money received by month and currency, reversed payments left out; an agency's own since it
 * accepted.
 */
export async function recoveredByMonth(
  tx: Tx,
  sight: Sight,
  from: Day,
  to: Day,
): Promise<MonthRow[]> {
  const rows =
    sight.kind === 'creditor'
      ? 'FROM payment p WHERE p.org_id = $1'
      : `FROM placement_grant g
           JOIN payment p ON p.org_id = g.org_id AND p.case_id = g.case_id
            AND p.recorded_at >= g.accepted_at
          WHERE g.agency_id = $1 AND g.state = 'ACTIVE'`;
  return tx.query<MonthRow>(
    `SELECT to_char(p.received_on, 'YYYY-MM') AS month, p.currency,
            sum(p.amount_minor)::bigint AS minor
       ${rows} AND p.received_on BETWEEN $2 AND $3
        AND NOT EXISTS (SELECT FROM payment_reversal v
              WHERE v.org_id = p.org_id AND v.payment_id = p.payment_id)
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [sightOrg(sight), from, to],
  );
}

/** What was open on cases when agencies accepted them, by month and currency. */
export async function placedByMonth(
  tx: Tx,
  sight: Sight,
  from: Day,
  to: Day,
  zone: string,
): Promise<MonthRow[]> {
  const whose = sight.kind === 'creditor' ? 'org_id = $1' : `agency_id = $1 AND state = 'ACTIVE'`;
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
 */
export async function bookFigures(
  tx: Tx,
  asOf: Day,
  today: Day,
  windowDays: number,
): Promise<BookFigure[]> {
  return tx.query<BookFigure>(
    `WITH open AS (
       SELECT r.currency, sum(r.open_minor)::bigint AS open_minor,
              coalesce(sum(r.open_minor) FILTER (WHERE r.due_date < $2), 0)::bigint AS overdue_minor
         FROM ${openAsOf(isPast(asOf, today), '$1', '$2::date')} r GROUP BY r.currency),
     sales AS (
       SELECT currency, sum(amount_minor)::bigint AS sales_minor FROM receivable
        WHERE org_id = $1 AND document_date > $2::date - $3::int AND document_date <= $2
        GROUP BY currency)
     SELECT coalesce(o.currency, s.currency) AS currency,
            coalesce(o.open_minor, 0) AS "openMinor",
            coalesce(o.overdue_minor, 0) AS "overdueMinor",
            coalesce(s.sales_minor, 0) AS "salesMinor"
       FROM open o FULL JOIN sales s ON s.currency = o.currency
      ORDER BY 2 DESC, 1`,
    [tx.orgId, asOf, windowDays],
  );
}
