import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';

/** What was told of a matter: since when it is in court, or that it no longer is. */
export type ToldMatter = {
  matterId: string;
  caseIds: readonly string[];
  openedOn?: Day;
  closedOn?: Day;
};

/** Keeps when cases were in court; the earliest opening and the first closing told count. */
export async function keepMatter(tx: Tx, told: ToldMatter): Promise<void> {
  const { matterId, caseIds, openedOn, closedOn } = told;
  await tx.query(
    `INSERT INTO case_matter AS m (org_id, case_id, matter_id, opened_on, closed_on)
     SELECT $1, id, $3, $4::date, $5::date
       FROM (SELECT DISTINCT unnest($2::uuid[]) AS id ORDER BY 1) ids
     ON CONFLICT (org_id, case_id, matter_id) DO UPDATE SET
       opened_on = least(m.opened_on, excluded.opened_on),
       closed_on = coalesce(m.closed_on, excluded.closed_on)`,
    [tx.orgId, caseIds, matterId, openedOn?.toString() ?? null, closedOn?.toString() ?? null],
  );
}
