import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Outcome } from '../domain/case.ts';
import type { Deeds } from '../domain/next-action.ts';
import type { Why } from '../domain/rule.ts';
import type { Tier } from '../domain/tier.ts';

/** A case with what its debtor shows of itself. */
export type CaseRow = {
  orgId: string;
  caseId: string;
  number: string;
  orgName: string;
  debtorId: string;
  debtorName: string;
  customerNumber: string;
  region: string;
  industry: string;
  timeZone: string;
  currency: string;
  state: 'OPEN' | 'CLOSED';
  stage: 'SOFT_COLLECTION' | 'PRE_LITIGATION' | 'LITIGATION' | 'ASSET_RECOVERY';
  outcome: Outcome | null;
  tier: Tier;
  tierWhy: Why;
  handling: 'INTERNAL' | 'OFFERED' | 'PLACED';
  placementId: string | null;
  agencyId: string | null;
  agencyName: string;
  openMinor: bigint;
  overdueMinor: bigint;
  recoveredMinor: bigint;
  receivableCount: bigint;
  oldestDueDate: string;
  assigneeId: string | null;
  assigneeName: string;
  nextStep: string;
  /** `infinity` when nothing is to be done. */
  nextDay: string;
  nextWhy: Why | null;
  /** `-infinity` before the first contact. */
  lastContactAt: string;
  missedCalls: number;
  deeds: Deeds;
  escalations: number;
  grade: string | null;
  openedAt: string;
  closedAt: string | null;
  version: bigint;
};

/** The columns of a CaseRow from `case_file c` joined to `debtor d`. */
export const caseColumns = `
  c.org_id AS "orgId", c.case_id AS "caseId", c.number, c.org_name AS "orgName",
  c.debtor_id AS "debtorId", c.debtor_name AS "debtorName", d.customer_number AS "customerNumber",
  d.region, d.industry, d.time_zone AS "timeZone", c.currency, c.state, c.stage, c.outcome, c.tier,
  c.tier_why AS "tierWhy", c.handling, c.placement_id AS "placementId", c.agency_id AS "agencyId",
  c.agency_name AS "agencyName", c.open_minor AS "openMinor", c.overdue_minor AS "overdueMinor",
  c.recovered_minor AS "recoveredMinor", c.receivable_count AS "receivableCount",
  c.oldest_due_date AS "oldestDueDate", c.assignee_id AS "assigneeId",
  c.assignee_name AS "assigneeName", c.next_step AS "nextStep", c.next_day AS "nextDay",
  c.next_why AS "nextWhy", c.last_contact_at AS "lastContactAt", c.missed_calls AS "missedCalls",
  c.deeds, c.escalations, (SELECT g.grade FROM debtor_grade g
     WHERE g.org_id = c.org_id AND g.debtor_id = c.debtor_id) AS grade,
  c.opened_at AS "openedAt", c.closed_at AS "closedAt", c.version`;

export const caseJoin = 'JOIN debtor d ON d.org_id = c.org_id AND d.debtor_id = c.debtor_id';

/** Who looks: a creditor at its own cases, or an agency at those of its active placements. */
export type Sight = { kind: 'creditor'; orgId: string } | { kind: 'agency'; agencyId: string };

/**
 * The cases in sight as `FROM … WHERE …`, to be continued with AND; `org` is the parameter that
 * holds the organisation of the one who looks. Row-level security would hide the rest all the same.
 */
export function casesInSight(sight: Sight, org: string): string {
  return sight.kind === 'creditor'
    ? `FROM case_file c WHERE c.org_id = ${org}`
    : `FROM placement_grant g JOIN case_file c ON c.org_id = g.org_id AND c.case_id = g.case_id
        WHERE g.agency_id = ${org} AND g.state = 'ACTIVE'`;
}

export function sightOrg(sight: Sight): string {
  return sight.kind === 'creditor' ? sight.orgId : sight.agencyId;
}

/**
 * One case in sight. Fault: `missing` case_unknown, whether there is none or it may not be seen.
 */
export async function getCase(tx: Tx, sight: Sight, caseId: string): Promise<CaseRow> {
  const [row] = await tx.query<CaseRow>(
    `SELECT ${caseColumns}
       FROM (SELECT c.* ${casesInSight(sight, '$1')} AND c.case_id = $2) c ${caseJoin}`,
    [sightOrg(sight), caseId],
  );
  if (row === undefined) throw noCase(caseId);
  return row;
}

export function noCase(caseId: string): Error {
  return fault('missing', 'case_unknown', { caseId });
}

/**
 * The creditor's case with its row locked until the commit. Locks are taken in the order debtor,
 * case, receivable everywhere; `FOR NO KEY UPDATE` leaves foreign-key checks of others alone.
 */
export async function lockCase(
  tx: Tx,
  caseId: string,
  o: { debtorToo?: boolean } = {},
): Promise<CaseRow> {
  const [row] = await tx.query<CaseRow>(
    `SELECT ${caseColumns} FROM debtor d
       JOIN case_file c ON c.org_id = d.org_id AND c.debtor_id = d.debtor_id
      WHERE c.org_id = $1 AND c.case_id = $2
      ${o.debtorToo === true ? 'FOR NO KEY UPDATE OF d' : ''} FOR NO KEY UPDATE OF c`,
    [tx.orgId, caseId],
  );
  if (row === undefined) throw noCase(caseId);
  return row;
}

/** Organisations whose screens are told of the case: the creditor and the agency that works it. */
export function audienceOf(row: Pick<CaseRow, 'orgId' | 'handling' | 'agencyId'>): string[] {
  return row.handling === 'PLACED' && row.agencyId !== null
    ? [row.orgId, row.agencyId]
    : [row.orgId];
}

export async function saveAssignee(
  tx: Tx,
  caseId: string,
  assignee: { id: string; name: string },
): Promise<void> {
  await tx.query(
    `UPDATE case_file SET assignee_id = $3, assignee_name = $4, version = version + 1
      WHERE org_id = $1 AND case_id = $2`,
    [tx.orgId, caseId, assignee.id, assignee.name],
  );
}

/** A case that was given to the next one up: calls count anew there. */
export async function saveGoneUp(tx: Tx, caseId: string): Promise<void> {
  await tx.query(
    `UPDATE case_file SET escalations = escalations + 1, missed_calls = 0
      WHERE org_id = $1 AND case_id = $2`,
    [tx.orgId, caseId],
  );
}

/** That cases were taken to court on a day; an earlier day told late changes nothing. */
export async function saveSued(tx: Tx, caseIds: readonly string[], on: Day): Promise<void> {
  await tx.query(
    `UPDATE case_file SET deeds = jsonb_set(deeds, '{matter}', to_jsonb($3::text))
      WHERE org_id = $1 AND case_id = ANY($2) AND coalesce(deeds ->> 'matter', '') < $3::text`,
    [tx.orgId, caseIds, on.toString()],
  );
}

/** Until when a case that was assessed is not sued on; the last decision holds. */
export async function saveLookAgain(tx: Tx, caseId: string, on: Day): Promise<void> {
  await tx.query(
    `UPDATE case_file SET deeds = jsonb_set(deeds, '{look_again}', to_jsonb($3::text)),
            version = version + 1
      WHERE org_id = $1 AND case_id = $2`,
    [tx.orgId, caseId, on.toString()],
  );
}

/** Ends a case; what it was about stays with it. */
export async function saveClosed(
  tx: Tx,
  caseId: string,
  closed: { outcome: Outcome; at: Temporal.Instant },
): Promise<void> {
  await tx.query(
    `UPDATE case_file SET state = 'CLOSED', outcome = $3, closed_at = $4, next_step = '',
            next_day = 'infinity', next_why = NULL, version = version + 1
      WHERE org_id = $1 AND case_id = $2`,
    [tx.orgId, caseId, closed.outcome, closed.at],
  );
}

/** Ids of open cases after one, in their order. */
export async function openCaseIds(tx: Tx, after: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ caseId: string }>(
    `SELECT case_id AS "caseId" FROM case_file
      WHERE org_id = $1 AND state = 'OPEN' AND case_id > $2 ORDER BY case_id LIMIT $3`,
    [tx.orgId, after, limit],
  );
  return rows.map((row) => row.caseId);
}
