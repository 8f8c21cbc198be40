import type { Tx } from '@recourse/kit/db.ts';
import { Fault, fault } from '@recourse/kit/fault.ts';
import type { Call } from '@recourse/kit/rpc.ts';
import type { AgencyOffer } from '@recourse/proto/agencies/v1/agencies.ts';
import type { ListBidsResponse } from '@recourse/proto/agencies/v1/tenders.ts';
import { compareBids } from '../domain/comparison.ts';
import { type Basis, creditorDay } from '../domain/placement.ts';
import {
  award,
  awarded,
  type AwardResult,
  type Bid,
  standing,
  type Tender,
} from '../domain/tender.ts';
import { addComparison, bidsFor, comparisonOf, moveBids } from '../store/bids.ts';
import { casesOf, ownTender, saveResults } from '../store/tenders.ts';
import { askBases, withCodes } from './bases.ts';
import { readMarket } from './comparing.ts';
import { placeAll } from './placing.ts';
import type { Rooms } from './rooms.ts';
import { bidMessage } from './tender-message.ts';

/**
 * The ids of a tender's cases, for the question to the neighbour before the transaction; `missing`
 * tender_unknown.
 */
export async function caseIdsOf(rooms: Rooms, tenderId: string, call: Call): Promise<string[]> {
  const cases = await rooms.db.tenant(call.caller.orgId, (tx) => casesOf(tx, tenderId));
  if (cases.length === 0) throw fault('missing', 'tender_unknown', { tenderId });
  return cases.map(({ caseId }) => caseId);
}

/** What standing bids would cost and bring, by bid, the best first; nothing while sealed. */
async function compare(
  tx: Tx,
  bids: readonly Bid[],
  caseIds: readonly string[],
  told: ReadonlyMap<string, Basis>,
  at: Temporal.Instant,
): Promise<Map<string, AgencyOffer>> {
  const bases = await withCodes(tx, caseIds, told);
  const open = standing(bids).filter((bid) => bid.terms !== undefined);
  if (open.length === 0 || bases.length === 0) return new Map();
  const today = creditorDay(at);
  const agencyIds = open.map((bid) => bid.agencyId);
  const { candidates, message } = await readMarket(tx, agencyIds, today);
  const compared = candidates.flatMap((candidate) => {
    const { terms } = open.find((bid) => bid.agencyId === candidate.profile.agencyId) ?? {};
    return terms === undefined ? [] : [{ candidate, terms }];
  });
  return new Map(
    compareBids(compared, bases, today).flatMap((offer) => {
      const bid = open.find(({ agencyId }) => agencyId === offer.candidate.profile.agencyId);
      const made = message(offer);
      return bid === undefined || made === undefined ? [] : [[bid.bidId, made] as const];
    }),
  );
}

/** Compared bids first, the best before the others, then what no longer stands. */
function inOrder(bids: readonly Bid[], offers: ReadonlyMap<string, AgencyOffer>): Bid[] {
  const places = new Map([...offers.keys()].map((bidId, place) => [bidId, place]));
  const placeOf = (bid: Bid): number => places.get(bid.bidId) ?? places.size;
  return bids.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/**
 * The bids of a tender side by side: none while they are sealed, compared as things stand now until
 * the award, and after it as they stood then. Faults: `missing` tender_unknown; `unavailable`
 * cases_unavailable.
 */
export async function listBids(
  rooms: Rooms,
  tenderId: string,
  call: Call,
): Promise<ListBidsResponse> {
  const { orgId } = call.caller;
  const tender = await rooms.db.tenant(orgId, (tx) => ownTender(tx, tenderId));
  if (tender === undefined) throw fault('missing', 'tender_unknown', { tenderId });
  const isLive = tender.openedAt !== undefined && tender.decided === 'OPEN';
  const caseIds = isLive ? await caseIdsOf(rooms, tenderId, call) : [];
  const told = isLive ? await askBases(rooms, caseIds, call) : new Map<string, Basis>();
  return rooms.db.tenant(orgId, async (tx) => {
    const bids = await bidsFor(tx, tenderId);
    const sealed = tender.openedAt === undefined;
    const count = standing(bids).length;
    if (sealed) return { bids: [], standing: count, sealed };
    const offers = isLive
      ? await compare(tx, bids, caseIds, told, call.at)
      : await comparisonOf(tx, tenderId);
    const compared = inOrder(bids, offers).map((bid) => ({
      bid: bidMessage(bid, tenderId),
      offer: offers.get(bid.bidId),
    }));
    return { bids: compared, standing: count, sealed };
  });
}

/**
 * Awards a locked tender: its cases are placed as `placeAll` places any, with the bid's terms, and
 * what the choice was made on is kept. Faults: those of `award` and `awarded`.
 */
export async function carryOut(
  tx: Tx,
  tender: Tender,
  bidId: string,
  told: ReadonlyMap<string, Basis>,
  call: Call,
): Promise<{ results: AwardResult[]; decided: ReturnType<typeof awarded> }> {
  const { tenderId } = tender;
  const bids = await bidsFor(tx, tenderId);
  const caseIds = (await casesOf(tx, tenderId)).map(({ caseId }) => caseId);
  const commands = award(tender, bids, caseIds, bidId);
  const offers = await compare(tx, bids, caseIds, told, call.at);
  const placed = await placeAll(tx, commands, told, call);
  const results = placed.map(({ command: { caseId, placementId }, result }) => {
    return { caseId, placementId, reason: result instanceof Fault ? result.reason : '' };
  });
  const decided = awarded(tender, bids, bidId, results, call.at);
  await moveBids(tx, tenderId, decided.bids);
  await addComparison(tx, tenderId, offers);
  await saveResults(tx, tenderId, results);
  return { results, decided };
}
