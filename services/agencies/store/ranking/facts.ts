import type { Tx } from '@recourse/kit/db.ts';
import { duties, punctuality } from '../../domain/duty.ts';
import type { CameCell, Conduct, PlacementCell } from '../../domain/ranking/facts.ts';
import type { RankingRule } from '../../domain/ranking/rules.ts';
import type { Window } from '../../domain/ranking/window.ts';
import { complaintsIn } from './complaints.ts';
import { handedInSince, workedSince } from '../reports.ts';

/**
 * Every placement of the window with what came of it until `until`. A recalled one was at work
 * until its recall; one completed, for its case was closed, counts as if at work all the time
 * since: else the fast would be measured by the few days they needed. Money is taken from the
 * commission lines, claw-backs taken off, received while the placement was at work and within the
 * horizon.
 *
 * $1 organisation, $2 first instant, $3 until, $4 zone, $5 horizon, $6 span, $7 weight cap.
 */
const facts = `WITH worked AS (
    SELECT p.placement_id, p.case_id, p.agency_id, p.currency, p.placed_minor,
           p.placed_days_overdue, p.industry, p.region, p.accepted_at,
           (p.accepted_at AT TIME ZONE $4)::date AS accepted_on,
           (p.ended_at IS NULL OR p.ended_at >= $3) AS open,
           least($5::int, greatest(0, (CASE
             WHEN p.state = 'RECALLED' AND p.ended_at < $3 THEN p.ended_at ELSE $3 END
             AT TIME ZONE $4)::date - (p.accepted_at AT TIME ZONE $4)::date)) AS days
      FROM placement p
     WHERE p.org_id = $1 AND p.accepted_at >= $2 AND p.accepted_at < $3),
  receipt AS (
    SELECT l.placement_id, l.received_on - w.accepted_on AS after,
           sum(l.payment_minor) AS minor, sum(l.commission_minor) AS commission
      FROM worked w JOIN commission_line l ON l.org_id = $1 AND l.placement_id = w.placement_id
     WHERE l.accrued_at < $3 AND l.received_on <= w.accepted_on + w.days
     GROUP BY l.placement_id, l.payment_id, 2 HAVING sum(l.payment_minor) > 0),
  came AS (
    SELECT placement_id, sum(minor) AS minor, sum(commission) AS commission,
           greatest(0, min(after)) AS first_after
      FROM receipt GROUP BY placement_id),
  middle AS (
    SELECT currency, percentile_disc(0.5) WITHIN GROUP (ORDER BY placed_minor)::float8 AS median
      FROM worked GROUP BY currency),
  fact AS (
    SELECT w.*, w.days / $6::int AS spans, coalesce(c.minor, 0) AS minor, c.commission,
           c.first_after, least($7::float8, w.placed_minor / m.median) AS weight,
           w.placed_minor / m.median AS size,
           least(1, coalesce(c.minor, 0)::float8 / w.placed_minor) AS share
      FROM worked w JOIN middle m USING (currency) LEFT JOIN came c USING (placement_id))`;

/** Bands are those of the ageing and of halves and doubles of the middle case. */
const cells = `${facts}
  SELECT agency_id AS "agencyId", currency, industry, region, spans,
         CASE WHEN placed_days_overdue <= 30 THEN '0' WHEN placed_days_overdue <= 90 THEN '31'
              WHEN placed_days_overdue <= 180 THEN '91' WHEN placed_days_overdue <= 360 THEN '181'
              WHEN placed_days_overdue <= 720 THEN '361' ELSE '721' END AS age,
         CASE WHEN size < 0.5 THEN '<0.5' WHEN size < 1 THEN '<1' WHEN size < 2 THEN '<2'
              WHEN size < 5 THEN '<5' ELSE '5+' END AS amount,
         b.behaviour, count(*)::int AS cases, (count(*) FILTER (WHERE open))::int AS "openCases",
         sum(weight) AS w, sum(weight ^ 2) AS w2, sum(weight * share) AS wy,
         sum(weight ^ 2 * share) AS w2y, sum(weight ^ 2 * share ^ 2) AS w2yy,
         count(first_after)::int AS "paidCases",
         coalesce(sum(first_after), 0)::int AS "daysSum",
         coalesce(sum(first_after ^ 2), 0)::float8 AS "daysSquares",
         sum(placed_minor)::bigint AS "placedMinor", sum(minor)::bigint AS "recoveredMinor",
         coalesce(sum(commission), 0)::bigint AS "commissionMinor"
    FROM fact f CROSS JOIN LATERAL (SELECT CASE
      WHEN EXISTS (SELECT FROM payment_fact k
        WHERE k.org_id = $1 AND k.case_id = f.case_id AND k.received_on < f.accepted_on
          AND k.recorded_at < $3 AND (k.reversed_at IS NULL OR k.reversed_at >= $3))
        THEN 'paid_before'
      WHEN EXISTS (SELECT FROM placement e
        WHERE e.org_id = $1 AND e.case_id = f.case_id AND e.accepted_at < f.accepted_at)
        THEN 'placed_before'
      ELSE 'new' END AS behaviour) b
   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8`;

const came = `${facts}
  SELECT f.spans, r.after / $6::int AS span,
         sum(f.weight * least(1, r.minor::float8 / f.placed_minor)) AS came,
         (count(DISTINCT f.placement_id) FILTER (WHERE r.after = f.first_after))::int AS "firstPaid"
    FROM fact f JOIN receipt r USING (placement_id)
   GROUP BY 1, 2 ORDER BY 1, 2`;

export type PlacedIn = { cells: PlacementCell[]; came: CameCell[]; creditorName: string };

/** The window's placements as cells. */
export async function placedIn(
  tx: Tx,
  window: Window,
  rule: RankingRule,
  zone: string,
): Promise<PlacedIn> {
  const from = window.firstDay.toZonedDateTime(zone).toInstant();
  const { horizonDays, spanDays, weightCap } = rule;
  const given = [tx.orgId, from, window.until, zone, horizonDays, spanDays, weightCap];
  const found = await tx.query<PlacementCell>(cells, given);
  const flow = await tx.query<CameCell>(came, given);
  const [named] = await tx.query<{ creditorName: string }>(
    `SELECT creditor_name AS "creditorName" FROM placement
      WHERE org_id = $1 ORDER BY placed_at DESC LIMIT 1`,
    [tx.orgId],
  );
  return { cells: found, came: flow, creditorName: named?.creditorName ?? '' };
}

type ContactRow = { agencyId: string; contacts: number; refused: number };

/**
 * How the agencies of the window worked. A creditor that never wrote a complaint down keeps no
 * record of them, which is said so and not taken for none.
 */
export async function conductIn(tx: Tx, window: Window): Promise<Conduct[]> {
  const { firstDay, lastDay, until } = window;
  const names = await tx.query<{ agencyId: string; agencyName: string }>(
    `SELECT DISTINCT ON (agency_id) agency_id AS "agencyId", agency_name AS "agencyName"
       FROM placement WHERE org_id = $1 ORDER BY agency_id, placed_at DESC`,
    [tx.orgId],
  );
  const contacts = await tx.query<ContactRow>(
    `SELECT agency_id AS "agencyId", sum(contacts)::int AS contacts, sum(refused)::int AS refused
       FROM ranking_contact WHERE org_id = $1 AND day BETWEEN $2::date AND $3::date
      GROUP BY agency_id`,
    [tx.orgId, firstDay, lastDay],
  );
  const byAgency = new Map(contacts.map((row) => [row.agencyId, row]));
  const all = { agencyId: '', creditorId: '' };
  const owed = duties(await workedSince(tx, 'creditor', all, firstDay), firstDay, until);
  const reports = await handedInSince(tx, 'creditor', firstDay);
  const complaints = await complaintsIn(tx, window);
  return names.map(({ agencyId, agencyName }) => {
    const own = byAgency.get(agencyId);
    const due = owed.filter((one) => one.agencyId === agencyId);
    const handed = reports.filter((one) => one.agencyId === agencyId);
    return {
      agencyId,
      agencyName,
      ...punctuality(due, handed, until),
      contacts: own?.contacts ?? 0,
      refused: own?.refused ?? 0,
      complaints: complaints === undefined ? undefined : (complaints.get(agencyId) ?? 0),
    };
  });
}

/** A contact made by an agency; `refused` when the rules did not let it happen. */
export type CountedContact = { agencyId: string; day: string; refused: boolean };

/**
 * Counts contacts, each agency's of a day together and all in one order: two transactions that
 * count for the same agencies wait for each other and never crosswise.
 */
export async function countContacts(tx: Tx, made: readonly CountedContact[]): Promise<void> {
  if (made.length === 0) return;
  await tx.query(
    `INSERT INTO ranking_contact AS c (org_id, agency_id, day, contacts, refused)
     SELECT $1::uuid, m.agency, m.day, count(*), count(*) FILTER (WHERE m.refused)
       FROM unnest($2::uuid[], $3::date[], $4::boolean[]) AS m(agency, day, refused)
      GROUP BY m.agency, m.day ORDER BY m.agency, m.day
     ON CONFLICT (org_id, agency_id, day) DO UPDATE
       SET contacts = c.contacts + excluded.contacts, refused = c.refused + excluded.refused`,
    [
      tx.orgId,
      made.map((one) => one.agencyId),
      made.map((one) => one.day),
      made.map((one) => one.refused),
    ],
  );
}
