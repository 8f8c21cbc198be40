import type { Tx } from '@recourse/kit/db.ts';
import { page } from '@recourse/kit/page.ts';
import type { CalendarFeed } from '@recourse/proto/litigation/v1/deadlines.ts';
import type { PageRequest } from '@recourse/proto/type/v1/type.ts';

export type Language = 'zh-CN' | 'en';

export type Feed = Omit<CalendarFeed, 'language'> & { language: Language; tokenHash: string };

type Row = Omit<Feed, 'revokedAt'> & { revokedAt: string | null };

const columns = `f.feed_id AS "feedId", f.user_id AS "userId", f.user_name AS "userName", f.name,
  f.language, f.token_hash AS "tokenHash", f.made_at AS "madeAt", f.revoked_at AS "revokedAt"`;

function feedFrom({ revokedAt, ...row }: Row): Feed {
  return { ...row, revokedAt: revokedAt ?? undefined };
}

export async function getFeed(tx: Tx, feedId: string): Promise<Feed | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT ${columns} FROM calendar_feed f WHERE f.org_id = $1 AND f.feed_id = $2`,
    [tx.orgId, feedId],
  );
  return row === undefined ? undefined : feedFrom(row);
}

export async function feedsOf(tx: Tx, userId: string): Promise<Feed[]> {
  const rows = await tx.query<Row>(
    `SELECT ${columns} FROM calendar_feed f WHERE f.org_id = $1 AND f.user_id = $2
      ORDER BY f.made_at DESC, f.feed_id LIMIT 100`,
    [tx.orgId, userId],
  );
  return rows.map(feedFrom);
}

/** A page of the organisation's feeds that are not revoked, the newest first. */
export async function feedsOfAll(tx: Tx, request: PageRequest | undefined) {
  const list = {
    table: 'calendar_feed',
    alias: 'f',
    conditions: 'f.org_id = ? AND f.revoked_at IS NULL',
    values: [tx.orgId],
    besides: '',
    columns,
    sortColumn: 'f.made_at',
    idColumn: 'f.feed_id',
    descending: true,
  };
  const found = await page<Row>(tx, list, request, { list: 'calendar-feeds' });
  return { feeds: found.rows.map(feedFrom), page: found.page };
}

/** Adds a feed, or only revokes one that is there: name, language and token never change. */
export async function saveFeed(tx: Tx, feed: Feed): Promise<void> {
  await tx.query(
    `INSERT INTO calendar_feed (org_id, feed_id, user_id, user_name, name, language, token_hash,
       made_at, revoked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (org_id, feed_id) DO UPDATE SET revoked_at = excluded.revoked_at`,
    [
      tx.orgId,
      feed.feedId,
      feed.userId,
      feed.userName,
      feed.name,
      feed.language,
      feed.tokenHash,
      feed.madeAt,
      feed.revokedAt ?? null,
    ],
  );
}
