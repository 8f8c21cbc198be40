import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';

export type HistoryRow = { at: string; what: string; text: string; actor: Actor | null };

/** What happened to a listing, as its reader may see it, oldest first. */
export function historyOf(tx: Tx, listingId: string): Promise<HistoryRow[]> {
  return tx.query(
    `SELECT at, what, text, actor FROM listing_history WHERE listing_id = $1
      ORDER BY at, line_id`,
    [listingId],
  );
}

export type PurposeRow = { purpose: string; count: bigint; lastOn: string };

/**
 * How often an entry was looked up, by purpose. The association sees the looks of all members; a
 * member sees its own, so only the association asks.
 */
export function looksAt(tx: Tx, listingId: string, zone: string): Promise<PurposeRow[]> {
  return tx.query(
    `SELECT purpose, count(*) AS count, max(at AT TIME ZONE $3)::date::text AS "lastOn"
       FROM look_up_hit WHERE listing_id = $1 AND association_id = $2
      GROUP BY purpose ORDER BY purpose`,
    [listingId, tx.orgId, zone],
  );
}
