import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { onceForCaller } from '@recourse/kit/once.ts';
import type { Call } from '@recourse/kit/rpc.ts';
import { type Listing as ListingMessage } from '@recourse/proto/blacklist/v1/listings.ts';
import type { DecisionFacts } from '../domain/decision.ts';
import type { By, Decided, Listing } from '../domain/listing.ts';
import { findAssociation, readAssociation, stewardOf } from '../store/associations.ts';
import { changeOne } from '../store/changing.ts';
import { historyOf } from '../store/history.ts';
import { type Owner, ownerOf, readListing } from '../store/listings.ts';
import { listingMessage } from './listing-message.ts';
import { byOf, type Rooms } from './rooms.ts';

type Shown = { listing: ListingMessage };

/** A listing as the caller may see it. Fault: `missing` listing_unknown. */
export function present(rooms: Rooms, listingId: string, call: Call): Promise<Listing> {
  return rooms.db.tenant(call.caller.orgId, (tx) => readListing(tx, rooms.crypto, listingId));
}

/** The caller's page of a listing. */
export async function shown(rooms: Rooms, listingId: string, call: Call): Promise<Shown> {
  const by = byOf(call);
  return rooms.db.tenant(call.caller.orgId, async (tx) => {
    const listing = await readListing(tx, rooms.crypto, listingId);
    const association = await findAssociation(tx, listing.associationId);
    const history = await historyOf(tx, listingId);
    const more = { associationName: association?.name ?? '', history };
    return { listing: listingMessage(listing, more, by) };
  });
}

type Decide = (listing: Listing, by: By, tx: Tx) => Decided | Promise<Decided>;

async function change(
  rooms: Rooms,
  owner: Owner,
  listingId: string,
  by: By,
  decide: (tx: Tx, listing: Listing) => Promise<Decided>,
): Promise<Listing> {
  const work = async (tx: Tx, found: Listing | undefined): Promise<Decided> => {
    if (found === undefined) throw fault('missing', 'listing_unknown', { listingId });
    return decide(tx, found);
  };
  return changeOne(rooms, owner, listingId, work, by);
}

/**
 * What the caller is shown after a change; a steward no longer sees what was given back, so it is
 * shown as it was decided.
 */
async function after(rooms: Rooms, listing: Listing, call: Call): Promise<Shown> {
  const seen = listing.state === 'DRAFT' && listing.reporterId !== call.caller.orgId;
  if (!seen) return shown(rooms, listing.listingId, call);
  const more = { associationName: call.caller.orgName, history: [] };
  return { listing: listingMessage(listing, more, byOf(call)) };
}

/** Changes a listing that names its own parts by ids, so that a repeat is safe by itself. */
export async function changing(
  rooms: Rooms,
  listingId: string,
  call: Call,
  decide: Decide,
): Promise<Shown> {
  const by = byOf(call);
  const owner = await rooms.db.tenant(call.caller.orgId, (tx) => ownerOf(tx, listingId));
  const listing = await change(rooms, owner, listingId, by, async (tx, found) =>
    decide(found, by, tx),
  );
  return after(rooms, listing, call);
}

type Moved = { listingId: string; requestId: string; expectedVersion?: bigint };

const nothing = { toJSON: () => null, fromJSON: () => undefined };

function refuseStale(listing: Listing, expected: bigint | undefined): void {
  if (expected === undefined || expected === 0n || expected === listing.version) return;
  throw fault('stale', 'listing_changed_meanwhile', { version: listing.version });
}

/** Changes a listing by a verb with a request id: a repeat changes nothing more. */
export async function moving(
  rooms: Rooms,
  request: Moved,
  call: Call,
  decide: Decide,
): Promise<Shown> {
  const { listingId, requestId, ...content } = request;
  const by = byOf(call);
  const owner = await rooms.db.tenant(call.caller.orgId, (tx) => ownerOf(tx, listingId));
  const listing = await change(rooms, owner, listingId, by, async (tx, found) => {
    let decided: Decided = { state: found, events: [], lines: [] };
    const command = { requestId, content: { listingId, ...content } };
    await onceForCaller(tx, call, command, nothing, async () => {
      refuseStale(found, request.expectedVersion);
      decided = await decide(found, by, tx);
    });
    return decided;
  });
  return after(rooms, listing, call);
}

/** The same for a judgement: with the steward's affiliation and the association's papers. */
export async function deciding(
  rooms: Rooms,
  request: Moved,
  call: Call,
  decide: (listing: Listing, by: By, facts: DecisionFacts) => Decided,
): Promise<Shown> {
  const { orgId, userId } = call.caller;
  const facts = await rooms.db.tenant(orgId, async (tx) => {
    const { reportingLicence, impactAssessment } = await readAssociation(tx, orgId);
    const steward = await stewardOf(tx, userId);
    return { steward, papers: { reportingLicence, impactAssessment } };
  });
  return moving(rooms, request, call, (listing, by) => decide(listing, by, facts));
}
