import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';

/** Views of tables that an organisation's people share. */
export type TeamViewRow = {
  viewId: string;
  place: string;
  name: string;
  query: string;
  columns: unknown;
  madeBy: Actor;
  madeAt: string;
  contentHash: string;
};

const columns = `view_id AS "viewId", place, name, query, columns, made_by AS "madeBy",
  made_at AS "madeAt", content_hash AS "contentHash"`;

export async function viewsOf(tx: Tx, place: string): Promise<TeamViewRow[]> {
  return tx.query<TeamViewRow>(
    `SELECT ${columns} FROM team_view WHERE org_id = $1 AND place = $2 ORDER BY lower(name)`,
    [tx.orgId, place],
  );
}

export async function findView(
  tx: Tx,
  viewId: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<TeamViewRow | undefined> {
  const [row] = await tx.query<TeamViewRow>(
    `SELECT ${columns} FROM team_view WHERE org_id = $1 AND view_id = $2 ${lock}`,
    [tx.orgId, viewId],
  );
  return row;
}

export async function addView(
  tx: Tx,
  view: Omit<TeamViewRow, 'madeAt'> & { madeAt: Temporal.Instant },
): Promise<void> {
  await tx.query(
    `INSERT INTO team_view (org_id, view_id, place, name, query, columns, made_by, made_at,
            content_hash)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9)`,
    [
      tx.orgId,
      view.viewId,
      view.place,
      view.name,
      view.query,
      view.columns === undefined ? null : JSON.stringify(view.columns),
      JSON.stringify(view.madeBy),
      view.madeAt,
      view.contentHash,
    ],
  );
}

export async function dropView(tx: Tx, viewId: string): Promise<void> {
  await tx.query('DELETE FROM team_view WHERE org_id = $1 AND view_id = $2', [tx.orgId, viewId]);
}
