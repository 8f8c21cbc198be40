import type { Tx } from '@recourse/kit/db.ts';

/** What happened in a period on the cases that an agency worked for one creditor. */

export type ActivityRow = {
  caseId: string;
  caseNumber: string;
  debtorName: string;
  currency: string;
  contacts: number;
  effectiveContacts: number;
  visits: number;
  promisesMade: number;
  promisesKept: number;
  promisesBroken: number;
  receivedMinor: bigint;
  openMinor: bigint;
  lastAttitude: string | null;
  lastNote: string | null;
  nextPromiseDay: string | null;
};

export type ActivityScope = {
  agencyId: string;
  creditorId: string;
  firstDay: string;
  lastDay: string;
  zone: string;
};

/**
 * When the agency has held which case, as `held`: from its acceptance to the end of the placement,
 * open while it is active. `$1` is the agency; the transaction is the creditor's.
 */
export const heldByAgency = `
  held AS MATERIALIZED (
    SELECT g.case_id, g.accepted_at AS begins, coalesce(g.ended_at, 'infinity') AS ends,
           g.state = 'ACTIVE' AS is_active, g.placed_minor
      FROM placement_grant g
     WHERE g.agency_id = $1 AND g.org_id = $2 AND g.accepted_at IS NOT NULL
       AND g.state IN ('ACTIVE', 'RECALLED', 'COMPLETED'))`;

/** That an instant falls into a time in which the agency held a case. */
export const whileHeld = (caseId: string, instant: string): string => `EXISTS (
  SELECT FROM held h
   WHERE h.case_id = ${caseId} AND ${instant} >= h.begins AND ${instant} <= h.ends)`;

/** Creditors whose cases the agency has held since an instant, running placements among them. */
export async function creditorsHeld(
  tx: Tx,
  agencyId: string,
  since: Temporal.Instant,
): Promise<string[]> {
  const rows = await tx.query<{ orgId: string }>(
    `SELECT DISTINCT org_id AS "orgId" FROM placement_grant
      WHERE agency_id = $1 AND accepted_at IS NOT NULL
        AND state IN ('ACTIVE', 'RECALLED', 'COMPLETED')
        AND (ended_at IS NULL OR ended_at >= $2) ORDER BY 1`,
    [agencyId, since],
  );
  return rows.map((row) => row.orgId);
}

/**
 * One row for each case that the agency held in the period, also when the placement was recalled or
 * completed in it. Contacts are the permitted ones the agency made; effective are those that
 * reached somebody; promises and money count only as far as they came while the agency held the
 * case, reversed payments left out; what was put there out of credit was not received. What is open
 * on a case it holds no more is what was placed less what was paid of it until then. Days are of
 * the creditor's calendar. Runs in a transaction of the creditor, since an ended placement opens
 * none of its rows to the agency any more.
 */
export async function activityOf(tx: Tx, scope: ActivityScope): Promise<ActivityRow[]> {
  return tx.query<ActivityRow>(
    `WITH period AS (
       SELECT $3::date AS first, $4::date AS last,
              ($3::date)::timestamp AT TIME ZONE $5 AS begins,
              ($4::date + 1)::timestamp AT TIME ZONE $5 AS ends),
     ${heldByAgency},
     worked AS (
       SELECT h.case_id, bool_or(h.is_active) AS is_active, max(h.placed_minor) AS placed_minor
         FROM held h, period
        WHERE h.begins < period.ends AND h.ends >= period.begins GROUP BY h.case_id)
     SELECT c.case_id AS "caseId", c.number AS "caseNumber", c.debtor_name AS "debtorName",
            c.currency,
            k.contacts, k.effective AS "effectiveContacts", k.visits,
            p.made AS "promisesMade", p.kept AS "promisesKept", p.broken AS "promisesBroken",
            m.minor AS "receivedMinor",
            CASE WHEN w.is_active THEN c.open_minor
                 ELSE greatest(w.placed_minor - m.ever, 0) END AS "openMinor",
            l.attitude AS "lastAttitude", l.note AS "lastNote",
            CASE WHEN w.is_active THEN p.next_day END AS "nextPromiseDay"
       FROM worked w CROSS JOIN period
       JOIN case_file c ON c.org_id = $2 AND c.case_id = w.case_id
       JOIN LATERAL (
         SELECT count(*)::int AS contacts,
                count(*) FILTER (WHERE t.result = 'REACHED')::int AS effective,
                count(*) FILTER (WHERE t.channel = 'VISIT')::int AS visits
           FROM contact t
          WHERE t.org_id = c.org_id AND t.case_id = c.case_id AND t.agency_id = $1 AND t.permitted
            AND t.happened_at >= period.begins AND t.happened_at < period.ends) k ON true
       JOIN LATERAL (
         SELECT count(*) FILTER (WHERE r.made_at >= period.begins AND r.made_at < period.ends
                                   AND ${whileHeld('c.case_id', 'r.made_at')})::int AS made,
                count(*) FILTER (WHERE r.state = 'KEPT' AND r.settled_at >= period.begins
                                   AND r.settled_at < period.ends
                                   AND ${whileHeld('c.case_id', 'r.settled_at')})::int AS kept,
                count(*) FILTER (WHERE r.state IN ('BROKEN', 'PARTLY_KEPT')
                                   AND r.settled_at >= period.begins
                                   AND r.settled_at < period.ends
                                   AND ${whileHeld('c.case_id', 'r.settled_at')})::int AS broken,
                min(r.due_day) FILTER (WHERE r.state = 'PENDING') AS next_day
           FROM promise r WHERE r.org_id = c.org_id AND r.case_id = c.case_id) p ON true
       JOIN LATERAL (
         SELECT coalesce(sum(a.amount_minor) FILTER (
                  WHERE a.received_on BETWEEN period.first AND period.last
                    AND a.means <> 'credit'), 0)::bigint AS minor,
                coalesce(sum(a.amount_minor), 0)::bigint AS ever
           FROM payment a
          WHERE a.org_id = c.org_id AND a.case_id = c.case_id
            AND ${whileHeld('c.case_id', 'a.recorded_at')}
            AND NOT EXISTS (SELECT FROM payment_reversal v
                  WHERE v.org_id = a.org_id AND v.payment_id = a.payment_id)) m ON true
       LEFT JOIN LATERAL (
         SELECT nullif(t.attitude, 'UNSPECIFIED') AS attitude, t.note FROM contact t
          WHERE t.org_id = c.org_id AND t.case_id = c.case_id AND t.agency_id = $1 AND t.permitted
            AND t.happened_at < period.ends
          ORDER BY t.happened_at DESC, t.contact_id DESC LIMIT 1) l ON true
      ORDER BY c.number`,
    [scope.agencyId, scope.creditorId, scope.firstDay, scope.lastDay, scope.zone],
  );
}

export type BasisRow = {
  caseId: string;
  caseNumber: string;
  debtorId: string;
  debtorName: string;
  region: string;
  industry: string;
  currency: string;
  openMinor: bigint;
  oldestDueDate: string;
  state: 'OPEN' | 'CLOSED';
  handling: 'INTERNAL' | 'OFFERED' | 'PLACED';
  placementId: string | null;
  tier: 'HIGH' | 'MEDIUM' | 'LOW';
};

/** What a placement freezes of each case; ids that are not the creditor's are left out. */
export async function placementBases(tx: Tx, caseIds: readonly string[]): Promise<BasisRow[]> {
  return tx.query<BasisRow>(
    `SELECT c.case_id AS "caseId", c.number AS "caseNumber", c.debtor_id AS "debtorId",
            c.debtor_name AS "debtorName", d.region, d.industry, c.currency,
            c.open_minor AS "openMinor", c.oldest_due_date AS "oldestDueDate", c.state, c.handling,
            c.placement_id AS "placementId", c.tier
       FROM case_file c JOIN debtor d ON d.org_id = c.org_id AND d.debtor_id = c.debtor_id
      WHERE c.org_id = $1 AND c.case_id = ANY($2) ORDER BY c.case_id`,
    [tx.orgId, caseIds],
  );
}
