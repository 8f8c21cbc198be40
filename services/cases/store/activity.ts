import type { Tx } from '@recourse/kit/db.ts';

/** What happened in a period on the cases that an agency works for one creditor. */

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
 * One row for each case of an active placement. Contacts are the permitted ones the agency made;
 * effective are those that reached somebody; money is what came in on the case, reversed payments
 * left out. Days are of the creditor's calendar.
 */
export async function activityOf(tx: Tx, scope: ActivityScope): Promise<ActivityRow[]> {
  return tx.query<ActivityRow>(
    `WITH period AS (
       SELECT $3::date AS first, $4::date AS last,
              ($3::date)::timestamp AT TIME ZONE $5 AS begins,
              ($4::date + 1)::timestamp AT TIME ZONE $5 AS ends)
     SELECT c.case_id AS "caseId", c.number AS "caseNumber", c.debtor_name AS "debtorName",
            c.currency,
            k.contacts, k.effective AS "effectiveContacts", k.visits,
            p.made AS "promisesMade", p.kept AS "promisesKept", p.broken AS "promisesBroken",
            m.minor AS "receivedMinor", c.open_minor AS "openMinor",
            l.attitude AS "lastAttitude", l.note AS "lastNote", p.next_day AS "nextPromiseDay"
       FROM period
       JOIN placement_grant g ON g.agency_id = $1 AND g.org_id = $2 AND g.state = 'ACTIVE'
       JOIN case_file c ON c.org_id = g.org_id AND c.case_id = g.case_id
       JOIN LATERAL (
         SELECT count(*)::int AS contacts,
                count(*) FILTER (WHERE t.result = 'REACHED')::int AS effective,
                count(*) FILTER (WHERE t.channel = 'VISIT')::int AS visits
           FROM contact t
          WHERE t.org_id = c.org_id AND t.case_id = c.case_id AND t.agency_id = $1 AND t.permitted
            AND t.happened_at >= period.begins AND t.happened_at < period.ends) k ON true
       JOIN LATERAL (
         SELECT count(*) FILTER (WHERE r.made_at >= period.begins
                                  AND r.made_at < period.ends)::int AS made,
                count(*) FILTER (WHERE r.state = 'KEPT' AND r.settled_at >= period.begins
                                   AND r.settled_at < period.ends)::int AS kept,
                count(*) FILTER (WHERE r.state IN ('BROKEN', 'PARTLY_KEPT')
                                   AND r.settled_at >= period.begins
                                   AND r.settled_at < period.ends)::int AS broken,
                min(r.due_day) FILTER (WHERE r.state = 'PENDING') AS next_day
           FROM promise r WHERE r.org_id = c.org_id AND r.case_id = c.case_id) p ON true
       JOIN LATERAL (
         SELECT coalesce(sum(a.amount_minor), 0)::bigint AS minor FROM payment a
          WHERE a.org_id = c.org_id AND a.case_id = c.case_id
            AND a.received_on BETWEEN period.first AND period.last
            AND NOT EXISTS (SELECT FROM payment_reversal v
                  WHERE v.org_id = a.org_id AND v.payment_id = a.payment_id)) m ON true
       LEFT JOIN LATERAL (
         SELECT t.attitude, t.note FROM contact t
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
