import type { Crypto } from '@recourse/kit/crypto.ts';
import type { Db, Tx } from '@recourse/kit/db.ts';
import { type Actor, emit } from '@recourse/kit/events.ts';
import type { By, Decided, Line, Listing } from '../domain/listing.ts';
import { blacklistTopic } from '../topic.ts';
import { layEntry } from './entries.ts';
import { listingForUpdate, type Owner, writeListing } from './listings.ts';

/** What every change of a listing needs. */
export type ListingRooms = { db: Db; crypto: Crypto };

async function addHistory(
  tx: Tx,
  listingId: string,
  lines: readonly Line[],
  by: { at: Temporal.Instant; actor?: Actor },
): Promise<void> {
  const actor = by.actor === undefined ? null : JSON.stringify(by.actor);
  for (const { what, text } of lines) {
    await tx.query(
      `INSERT INTO listing_history (org_id, listing_id, at, what, text, actor)
       VALUES ($1, $2, $3, $4, $5, $6::jsonb)`,
      [tx.orgId, listingId, by.at, what, text, actor],
    );
  }
}

/**
 * Writes what was decided about a listing: the listing, its entry, its history and the events to
 * the reporter and the association, all in `tx`. A decision without a line changed nothing.
 */
export async function keep(tx: Tx, crypto: Crypto, decided: Decided, by: By): Promise<Listing> {
  const { state, events, lines } = decided;
  if (lines.length === 0) return state;
  await writeListing(tx, crypto, state, by.today.toString());
  await layEntry(tx, crypto, state, by.today);
  const actor = by.actor.userId === '' ? undefined : by.actor;
  const made = actor === undefined ? { at: by.at } : { at: by.at, actor };
  await addHistory(tx, state.listingId, lines, made);
  const about = {
    ...made,
    aggregateId: state.listingId,
    audience: [tx.orgId, state.associationId],
  };
  await emit(tx, blacklistTopic, about, events);
  return state;
}

/** Nobody in person: the clock, or an event. */
export const nobody: Actor = { userId: '', name: '', orgId: '', orgName: '' };

/**
 * Changes one listing in its reporter's transaction, with its row locked. `owner` was read in the
 * caller's own name, so the caller may see it; the locked row must still name that association.
 */
export async function changeOne(
  rooms: ListingRooms,
  owner: Owner,
  listingId: string,
  work: (tx: Tx, listing: Listing | undefined) => Promise<Decided>,
  by: By,
): Promise<Listing> {
  return rooms.db.tenant(owner.reporterId, async (tx) => {
    const found = await listingForUpdate(tx, rooms.crypto, listingId);
    const mine = found?.associationId === owner.associationId ? found : undefined;
    return keep(tx, rooms.crypto, await work(tx, mine), by);
  });
}
