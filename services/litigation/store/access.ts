import type { Tx } from '@recourse/kit/db.ts';

/** Keeps the newest word on a person, or on all people of the organisation, in any order. */
export async function keepAccess(
  tx: Tx,
  told: { userId: string; allowed: boolean; version: number },
): Promise<void> {
  const subjectId = told.userId === '' ? tx.orgId : told.userId;
  await tx.query(
    `INSERT INTO access_told AS a (org_id, subject_id, allowed, told_version)
     VALUES ($1, $2, $3, $4)
     ON CONFLICT (org_id, subject_id) DO UPDATE
        SET allowed = excluded.allowed, told_version = excluded.told_version
      WHERE a.told_version < excluded.told_version`,
    [tx.orgId, subjectId, told.allowed, told.version],
  );
}

/** Whether a person is out, or the whole organisation. */
export async function isOut(tx: Tx, userId: string): Promise<boolean> {
  const rows = await tx.query(
    `SELECT FROM access_told
      WHERE org_id = $1 AND subject_id = ANY ($2::text[]) AND NOT allowed`,
    [tx.orgId, [userId, tx.orgId]],
  );
  return rows.length > 0;
}
