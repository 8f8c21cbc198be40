import type { Tx } from '@recourse/kit/db.ts';
import type { CalendarFeed } from '@recourse/proto/litigation/v1/deadlines.ts';

type Row = { feedId: string; name: string; madeAt: string; revokedAt: string | null };

export type Feed = CalendarFeed & { userId: string; tokenHash: string };

const columns = `feed_id AS "feedId", user_id AS "userId", name, token_hash AS "tokenHash",
  made_at AS "madeAt", revoked_at AS "revokedAt"`;

function feedFrom(row: Row & { userId: string; tokenHash: string }): Feed {
  return { ...row, revokedAt: row.revokedAt ?? undefined };
}

export async function getFeed(tx: Tx, feedId: string): Promise<Feed | undefined> {
  const [row] = await tx.query<Row & { userId: string; tokenHash: string }>(
    `SELECT ${columns} FROM calendar_feed WHERE org_id = $1 AND feed_id = $2`,
    [tx.orgId, feedId],
  );
  return row === undefined ? undefined : feedFrom(row);
}

export async function feedsOf(tx: Tx, userId: string): Promise<Feed[]> {
  const rows = await tx.query<Row & { userId: string; tokenHash: string }>(
    `SELECT ${columns} FROM calendar_feed WHERE org_id = $1 AND user_id = $2
      ORDER BY made_at DESC, feed_id LIMIT 100`,
    [tx.orgId, userId],
  );
  return rows.map(feedFrom);
}

/** Adds a feed, or only revokes one that is there: name and token never change. */
export async function saveFeed(tx: Tx, feed: Feed): Promise<void> {
  await tx.query(
    `INSERT INTO calendar_feed (org_id, feed_id, user_id, name, token_hash, made_at, revoked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (org_id, feed_id) DO UPDATE SET revoked_at = excluded.revoked_at`,
    [
      tx.orgId,
      feed.feedId,
      feed.userId,
      feed.name,
      feed.tokenHash,
      feed.madeAt,
      feed.revokedAt ?? null,
    ],
  );
}
