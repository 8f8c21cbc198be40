import type { Tx } from '@recourse/kit/db.ts';
import type { Grant, GrantState, Handled } from '../domain/grant.ts';

/** Grants of placements: what opens a case to an agency, and closes it again. */

/** The creditor and placement by which an agency works a case now; undefined when it does not. */
export async function activeGrant(
  tx: Tx,
  agencyId: string,
  caseId: string,
): Promise<{ orgId: string; placementId: string } | undefined> {
  const [row] = await tx.query<{ orgId: string; placementId: string }>(
    `SELECT org_id AS "orgId", placement_id AS "placementId" FROM placement_grant
      WHERE agency_id = $1 AND case_id = $2 AND state = 'ACTIVE'`,
    [agencyId, caseId],
  );
  return row;
}

/**
 * Whether a grant is still active, in the creditor's own transaction; the row stays locked until
 * the commit, so that a recall waits for work that has begun and work that comes later finds it
 * recalled.
 */
export async function holdGrant(tx: Tx, placementId: string, agencyId: string): Promise<boolean> {
  const rows = await tx.query(
    `SELECT FROM placement_grant WHERE org_id = $1 AND placement_id = $2 AND agency_id = $3
        AND state = 'ACTIVE' FOR SHARE`,
    [tx.orgId, placementId, agencyId],
  );
  return rows.length === 1;
}

/** All grants of a case, the newest offer first; locked, so that events of one case take turns. */
export async function lockGrants(tx: Tx, caseId: string): Promise<Grant[]> {
  return tx.query<Grant>(
    `SELECT placement_id AS "placementId", agency_id AS "agencyId",
            agency_name AS "agencyName", state, told_version AS version
       FROM placement_grant WHERE org_id = $1 AND case_id = $2
      ORDER BY offered_at DESC NULLS LAST, placement_id FOR NO KEY UPDATE`,
    [tx.orgId, caseId],
  );
}

export type ToldGrant = Grant & {
  caseId: string;
  debtorId: string;
  currency: string;
  openMinor: bigint;
  at: string | undefined;
};

const instantColumn: Readonly<Record<GrantState, 'offered_at' | 'accepted_at' | 'ended_at'>> = {
  OFFERED: 'offered_at',
  ACTIVE: 'accepted_at',
  DECLINED: 'ended_at',
  RECALLED: 'ended_at',
  COMPLETED: 'ended_at',
};

/**
 * Writes a grant in its state; `told` says which event brought it, and so which instant it sets.
 */
export async function saveGrant(tx: Tx, grant: ToldGrant, told: GrantState): Promise<void> {
  const column = instantColumn[told];
  const isLive = grant.state === 'OFFERED' || grant.state === 'ACTIVE';
  const kept = `, ${column} = coalesce(g.${column}, EXCLUDED.${column})`;
  // What was resumed has not ended, whenever its ending is told.
  const isStale = isLive && column === 'ended_at';
  const endings = `${isStale ? '' : kept}${isLive ? ', ended_at = NULL' : ''}`;
  await tx.query(
    `INSERT INTO placement_grant AS g (org_id, placement_id, case_id, debtor_id, agency_id,
            agency_name, state, currency, placed_minor, told_version, ${column})
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (org_id, placement_id) DO UPDATE
        SET state = EXCLUDED.state, agency_name = EXCLUDED.agency_name,
            told_version = EXCLUDED.told_version${endings}`,
    [
      tx.orgId,
      grant.placementId,
      grant.caseId,
      grant.debtorId,
      grant.agencyId,
      grant.agencyName,
      grant.state,
      grant.currency,
      grant.openMinor,
      grant.version,
      grant.at ?? null,
    ],
  );
}

export async function saveHandled(tx: Tx, caseId: string, handled: Handled): Promise<void> {
  await tx.query(
    `UPDATE case_file SET handling = $3, placement_id = $4, agency_id = $5, agency_name = $6,
            version = version + 1
      WHERE org_id = $1 AND case_id = $2
        AND (handling, placement_id, agency_id) IS DISTINCT FROM ($3, $4::uuid, $5::uuid)`,
    [
      tx.orgId,
      caseId,
      handled.handling,
      handled.placementId ?? null,
      handled.agencyId ?? null,
      handled.agencyName,
    ],
  );
}
