import type { Tx } from '@recourse/kit/db.ts';
import type { FunnelRow } from '../domain/funnel.ts';
import type { InsightPeriod } from '../domain/insight-period.ts';
import type { VintageBase, VintageMoney } from '../domain/vintage.ts';

/**
 * Cases over time, summed in the database for a whole creditor; amounts of different currencies are
 * never added.
 *
 * Recovered of a case is what went onto its claim (costs, interest and principal), reversed
 * payments left out: what is paid above it is the debtor's credit, and counts on the case that it
 * is put onto later. So each cent counts once. No case counts for more than its base, since
 * receivables join a case after it was opened. What a delivery of the ledger says was settled is no
 * recovery, as everywhere.
 */

/** Counts months, so that their difference is one of whole numbers. */
const monthCount = (day: string): string =>
  `(extract(year FROM ${day}) * 12 + extract(month FROM ${day}))::int`;

/**
 * Cases opened from day `$2` to day `$3` of zone `$4`, as `began`, each with what it was opened
 * with: its timeline keeps that, the case only what is open now.
 */
const casesBegan = `
  began AS MATERIALIZED (
    SELECT c.case_id AS id, c.case_id, c.currency, c.state, c.outcome,
           t.amount_minor AS base_minor, c.opened_at AT TIME ZONE $4 AS at
      FROM case_file c
      JOIN timeline_entry t ON t.org_id = c.org_id AND t.case_id = c.case_id
       AND t.at = c.opened_at AND t.kind = 'case' AND t.what = 'case_opened'
     WHERE c.org_id = $1
       AND c.opened_at >= ($2::date)::timestamp AT TIME ZONE $4
       AND c.opened_at < ($3::date + 1)::timestamp AT TIME ZONE $4)`;

/** What went onto the claims of those cases, by day. */
const casesPaid = `
  paid AS (
    SELECT b.id, a.received_on, a.amount_minor
      FROM began b JOIN allocation a ON a.org_id = $1 AND a.case_id = b.case_id
     WHERE a.part <> 'credit'
       AND NOT EXISTS (SELECT FROM payment_reversal v
             WHERE v.org_id = a.org_id AND v.payment_id = a.payment_id))`;

/**
 * Placements that an agency accepted in the period, as `began`. A case that is placed again begins
 * again.
 */
const placementsBegan = `
  began AS MATERIALIZED (
    SELECT g.placement_id AS id, g.case_id, g.currency, g.placed_minor AS base_minor,
           g.accepted_at AT TIME ZONE $4 AS at, g.accepted_at AS begins,
           coalesce(g.ended_at, 'infinity') AS ends
      FROM placement_grant g
     WHERE g.org_id = $1 AND g.state IN ('ACTIVE', 'RECALLED', 'COMPLETED')
       AND g.accepted_at >= ($2::date)::timestamp AT TIME ZONE $4
       AND g.accepted_at < ($3::date + 1)::timestamp AT TIME ZONE $4)`;

/**
 * What was recorded while an agency held the case; what was put there out of credit was not brought
 * in by anybody.
 */
const placementsPaid = `
  paid AS (
    SELECT b.id, a.received_on, a.amount_minor
      FROM began b
      JOIN payment p ON p.org_id = $1 AND p.case_id = b.case_id
       AND p.recorded_at >= b.begins AND p.recorded_at <= b.ends AND p.means <> 'credit'
      JOIN allocation a ON a.org_id = p.org_id AND a.payment_id = p.payment_id
     WHERE a.part <> 'credit'
       AND NOT EXISTS (SELECT FROM payment_reversal v
             WHERE v.org_id = p.org_id AND v.payment_id = p.payment_id))`;

/**
 * Vintages and their money month after month. Money of the time before the month in which a vintage
 * began counts in that month.
 */
const vintagesOf = (began: string, paid: string): string => `
  WITH ${began}, ${paid},
  monthly AS (
    SELECT b.id, greatest(${monthCount('p.received_on')} - ${monthCount('b.at')}, 0) AS after,
           sum(p.amount_minor) AS minor
      FROM began b JOIN paid p ON p.id = b.id GROUP BY 1, 2),
  risen AS (
    SELECT m.id, m.after, least(b.base_minor,
             sum(m.minor) OVER (PARTITION BY m.id ORDER BY m.after)) AS minor
      FROM monthly m JOIN began b ON b.id = m.id),
  steps AS (
    SELECT id, after, minor - coalesce(lag(minor) OVER (PARTITION BY id ORDER BY after), 0) AS minor
      FROM risen)
  SELECT to_char(b.at, 'YYYY-MM') AS month, b.currency, NULL::int AS "monthsAfter",
         count(*) AS cases, sum(b.base_minor)::bigint AS minor
    FROM began b GROUP BY 1, 2
   UNION ALL
  SELECT to_char(b.at, 'YYYY-MM'), b.currency, s.after, 0, sum(s.minor)::bigint
    FROM steps s JOIN began b ON b.id = s.id GROUP BY 1, 2, 3`;

export type Vintages = { bases: VintageBase[]; money: VintageMoney[] };

type VintageRow = {
  month: string;
  currency: string;
  /** Null where the row is what the vintage began with. */
  monthsAfter: number | null;
  cases: bigint;
  minor: bigint;
};

async function vintages(
  tx: Tx,
  sql: string,
  { first, last }: InsightPeriod,
  zone: string,
): Promise<Vintages> {
  const rows = await tx.query<VintageRow>(sql, [tx.orgId, first, last, zone]);
  const bases = rows
    .filter((row) => row.monthsAfter === null)
    .map(({ month, currency, cases, minor }) => ({ month, currency, cases, baseMinor: minor }));
  const money = rows.flatMap(({ month, currency, monthsAfter, minor }) =>
    monthsAfter === null ? [] : [{ month, currency, monthsAfter, minor }],
  );
  return { bases, money };
}

/** Cases by the month in which they were opened, a month of a zone's calendar. */
export function openedVintages(tx: Tx, period: InsightPeriod, zone: string): Promise<Vintages> {
  return vintages(tx, vintagesOf(casesBegan, casesPaid), period, zone);
}

/** Placements by the month in which an agency accepted them. */
export function placedVintages(tx: Tx, period: InsightPeriod, zone: string): Promise<Vintages> {
  return vintages(tx, vintagesOf(placementsBegan, placementsPaid), period, zone);
}

/**
 * How far the cases opened in a period have come by now, counted by all that happened to them.
 * Reached is a permitted contact that reached somebody; paid in full is all that a case was opened
 * with, or its closing as paid, which a delivery of the ledger may have brought.
 */
export async function funnelRows(
  tx: Tx,
  { first, last }: InsightPeriod,
  zone: string,
): Promise<FunnelRow[]> {
  return tx.query<FunnelRow>(
    `WITH ${casesBegan}, ${casesPaid},
     recovered AS (SELECT id, sum(amount_minor) AS minor FROM paid GROUP BY id),
     reached AS (SELECT DISTINCT case_id FROM contact
                  WHERE org_id = $1 AND permitted AND result = 'REACHED'),
     promised AS (SELECT DISTINCT case_id FROM promise WHERE org_id = $1),
     file AS (
       SELECT b.currency, b.base_minor, least(coalesce(m.minor, 0), b.base_minor) AS minor,
              r.case_id IS NOT NULL AS is_reached, p.case_id IS NOT NULL AS is_promised,
              coalesce(b.state = 'CLOSED' AND b.outcome = 'PAID', false) AS is_paid
         FROM began b
         LEFT JOIN recovered m ON m.id = b.id
         LEFT JOIN reached r ON r.case_id = b.case_id
         LEFT JOIN promised p ON p.case_id = b.case_id)
     SELECT currency, is_reached AS "isReached", is_promised AS "isPromised",
            minor > 0 AS "isPaidInPart",
            is_paid OR (base_minor > 0 AND minor >= base_minor) AS "isPaidInFull",
            count(*) AS cases, sum(base_minor)::bigint AS "baseMinor",
            sum(minor)::bigint AS "recoveredMinor"
       FROM file GROUP BY 1, 2, 3, 4, 5`,
    [tx.orgId, first, last, zone],
  );
}

export type ContactHourRow = {
  weekday: number;
  hour: number;
  attempts: bigint;
  effective: bigint;
};

/**
 * Permitted contacts on days of the debtor's calendar, by weekday (ISO 8601, 1 is Monday) and hour
 * of the debtor's clock; effective are those that reached somebody. Letters have no hour.
 */
export async function contactHours(
  tx: Tx,
  { first, last }: InsightPeriod,
): Promise<ContactHourRow[]> {
  return tx.query<ContactHourRow>(
    `SELECT extract(isodow FROM k.at)::int AS weekday, extract(hour FROM k.at)::int AS hour,
            count(*) AS attempts, count(*) FILTER (WHERE k.result = 'REACHED') AS effective
       FROM (SELECT t.result, t.happened_at AT TIME ZONE d.time_zone AS at
               FROM contact t JOIN debtor d ON d.org_id = t.org_id AND d.debtor_id = t.debtor_id
              WHERE t.org_id = $1 AND t.permitted AND t.contact_day BETWEEN $2 AND $3) k
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [tx.orgId, first, last],
  );
}
