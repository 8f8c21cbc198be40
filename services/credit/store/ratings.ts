import { decodeCursor, encodeCursor } from '@recourse/kit/cursor.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type { Money } from '@recourse/kit/money.ts';
import {
  type Grade,
  type GradeCount,
  Rating,
  type RatingCause,
} from '@recourse/proto/credit/v1/ratings.ts';

/** A present rating with what its customer owes. */
export type Present = { rating: Rating; isOverLimit: boolean };

async function lockPresent(tx: Tx, customerIds: readonly string[]): Promise<Map<string, Present>> {
  const rows = await tx.query<{ customer_id: string; content: unknown; over_limit: boolean }>(
    `SELECT customer_id, content, over_limit FROM present_rating
      WHERE org_id = $1 AND customer_id = ANY ($2::uuid[]) ORDER BY customer_id FOR UPDATE`,
    [tx.orgId, customerIds],
  );
  return new Map(
    rows.map((row) => [
      row.customer_id,
      { rating: Rating.fromJSON(row.content), isOverLimit: row.over_limit },
    ]),
  );
}

/** First of the advisory locks for customers without a rating; the second is one of 64 groups. */
const firstRatingLocks = 7_201_010;

/**
 * The present ratings of these customers, locked. Where there is none yet, nothing could be locked,
 * and of two first ratings at once the later to end might know less: they wait for each other.
 */
export async function presentForUpdate(
  tx: Tx,
  customerIds: readonly string[],
): Promise<Map<string, Present>> {
  const present = await lockPresent(tx, customerIds);
  const unrated = customerIds.filter((id) => !present.has(id));
  if (unrated.length === 0) return present;
  await tx.query(
    `SELECT pg_advisory_xact_lock($1, place)
       FROM (SELECT DISTINCT hashtext(id) & 63 AS place FROM unnest($2::text[]) AS id
              ORDER BY place) AS places`,
    [firstRatingLocks, unrated.map((id) => `${tx.orgId}${id}`)],
  );
  return new Map([...present, ...(await lockPresent(tx, unrated))]);
}

/** One customer's present rating. */
export async function presentRating(tx: Tx, customerId: string): Promise<Present | undefined> {
  const rows = await tx.query<{ content: unknown; over_limit: boolean }>(
    'SELECT content, over_limit FROM present_rating WHERE org_id = $1 AND customer_id = $2',
    [tx.orgId, customerId],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return { rating: Rating.fromJSON(row.content), isOverLimit: row.over_limit };
}

/** A rating to be kept; `isNew` ones join the history, others only renew the present one. */
export type Made = { rating: Rating; exposure: Money; isOverLimit: boolean; isNew: boolean };

/** Writes many ratings in two statements. */
export async function saveRatings(tx: Tx, made: readonly Made[]): Promise<void> {
  const rows = made.map(({ rating, exposure, isOverLimit, isNew }) => ({
    rating_id: rating.ratingId,
    customer_id: rating.customerId,
    rated_at: rating.ratedAt,
    model_id: rating.modelId,
    pd_bps: rating.pdBps,
    score: rating.score,
    content: Rating.toJSON(rating),
    grade: rating.grade,
    grade_before: rating.gradeBefore,
    limit_minor: String(rating.limit?.minor ?? 0n),
    currency: rating.limit?.currency ?? '',
    exposure_minor: String(exposure.minor),
    over_limit: isOverLimit,
    review_on: rating.reviewOn,
    is_new: isNew,
  }));
  const json = JSON.stringify(rows);
  await tx.query(
    `INSERT INTO rating (org_id, rating_id, customer_id, rated_at, model_id, pd_bps, score, content)
     SELECT $1, r.rating_id, r.customer_id, r.rated_at, r.model_id, r.pd_bps, r.score, r.content
       FROM jsonb_to_recordset($2::jsonb) AS r(rating_id uuid, customer_id uuid,
         rated_at timestamptz, model_id text, pd_bps int, score int, content jsonb, is_new boolean)
      WHERE r.is_new`,
    [tx.orgId, json],
  );
  await tx.query(
    `INSERT INTO present_rating (org_id, customer_id, rating_id, grade, grade_before, pd_bps, score,
       limit_minor, currency, exposure_minor, over_limit, review_on, rated_at, content)
     SELECT $1, r.customer_id, r.rating_id, r.grade, r.grade_before, r.pd_bps, r.score,
            r.limit_minor, r.currency, r.exposure_minor, r.over_limit, r.review_on, r.rated_at,
            r.content
       FROM jsonb_to_recordset($2::jsonb) AS r(customer_id uuid, rating_id uuid, grade text,
         grade_before text, pd_bps int, score int, limit_minor bigint, currency text,
         exposure_minor bigint, over_limit boolean, review_on date, rated_at timestamptz,
         content jsonb)
     ON CONFLICT (org_id, customer_id) DO UPDATE SET rating_id = excluded.rating_id,
       grade = excluded.grade, grade_before = excluded.grade_before, pd_bps = excluded.pd_bps,
       score = excluded.score, limit_minor = excluded.limit_minor, currency = excluded.currency,
       exposure_minor = excluded.exposure_minor, over_limit = excluded.over_limit,
       review_on = excluded.review_on, rated_at = excluded.rated_at, content = excluded.content`,
    [tx.orgId, json],
  );
}

/** Earlier ratings of one customer, newest first. */
export async function ratingHistory(
  tx: Tx,
  customerId: string,
  page: { size: number; cursor: string },
): Promise<{ ratings: Rating[]; nextCursor: string; count: bigint }> {
  const hash = contentHash({ customerId });
  const after = page.cursor === '' ? undefined : decodeCursor(page.cursor, hash);
  const rows = await tx.query<{ content: unknown; rated_at: string; rating_id: string }>(
    `SELECT content, rated_at, rating_id FROM rating WHERE org_id = $1 AND customer_id = $2
        AND ($3::timestamptz IS NULL OR (rated_at, rating_id) < ($3::timestamptz, $4::uuid))
      ORDER BY rated_at DESC, rating_id DESC LIMIT ${page.size + 1}`,
    [tx.orgId, customerId, after?.[0] ?? null, after?.[1] ?? null],
  );
  const [counted] = await tx.query<{ count: bigint }>(
    'SELECT count(*) FROM rating WHERE org_id = $1 AND customer_id = $2',
    [tx.orgId, customerId],
  );
  const shown = rows.slice(0, page.size);
  const last = rows.length > page.size ? shown.at(-1) : undefined;
  return {
    ratings: shown.map((row) => Rating.fromJSON(row.content)),
    nextCursor: last === undefined ? '' : encodeCursor([last.rated_at, last.rating_id], hash),
    count: counted?.count ?? 0n,
  };
}

/** Asks that these customers be rated anew; the first cause stays until it is done. */
export async function askRating(
  tx: Tx,
  customerIds: readonly string[],
  cause: RatingCause,
  at: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `INSERT INTO rating_due (org_id, customer_id, cause, asked_at)
     SELECT $1, c.customer_id, $3, $4 FROM customer c
      WHERE c.org_id = $1 AND c.customer_id = ANY ($2::uuid[])
     ON CONFLICT (org_id, customer_id) DO NOTHING`,
    [tx.orgId, customerIds, cause, at],
  );
}

/** Takes up to `limit` customers that wait to be rated, with the cause. */
export async function takeDue(
  tx: Tx,
  limit: number,
): Promise<{ customerId: string; cause: RatingCause }[]> {
  return tx.query<{ customerId: string; cause: RatingCause }>(
    `DELETE FROM rating_due WHERE org_id = $1 AND customer_id IN (
       SELECT customer_id FROM rating_due WHERE org_id = $1
        ORDER BY customer_id LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING customer_id AS "customerId", cause`,
    [tx.orgId, limit],
  );
}

/** All customers whose periodic review has come, or all that were ever rated. */
export async function askReviews(tx: Tx, today: string, at: Temporal.Instant): Promise<void> {
  await tx.query(
    `INSERT INTO rating_due (org_id, customer_id, cause, asked_at)
     SELECT $1, p.customer_id, 'RATING_CAUSE_PERIODIC', $3 FROM present_rating p
      WHERE p.org_id = $1 AND p.review_on <= $2::date
     ON CONFLICT (org_id, customer_id) DO NOTHING`,
    [tx.orgId, today, at],
  );
}

/** Everybody is rated anew: after another model or policy came into force. */
export async function askAll(tx: Tx, cause: RatingCause, at: Temporal.Instant): Promise<void> {
  await tx.query(
    `INSERT INTO rating_due (org_id, customer_id, cause, asked_at)
     SELECT $1, customer_id, $2, $3 FROM present_rating WHERE org_id = $1
     ON CONFLICT (org_id, customer_id) DO NOTHING`,
    [tx.orgId, cause, at],
  );
}

/** How many customers hold each grade, and what they owe in the main currency. */
export async function gradeCounts(tx: Tx): Promise<GradeCount[]> {
  const rows = await tx.query<{
    grade: Grade;
    count: bigint;
    currency: string | null;
    minor: bigint;
  }>(
    `WITH main AS (SELECT currency FROM present_rating WHERE org_id = $1
                    GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1)
     SELECT p.grade, count(*), (SELECT currency FROM main) AS currency,
            coalesce(sum(p.exposure_minor) FILTER (
              WHERE p.currency = (SELECT currency FROM main)), 0)::bigint AS minor
       FROM present_rating p WHERE p.org_id = $1 GROUP BY p.grade ORDER BY min(p.pd_bps)`,
    [tx.orgId],
  );
  return rows.map(({ grade, count, currency, minor }) => ({
    grade,
    count,
    exposure: { currency: currency ?? '', minor },
  }));
}
