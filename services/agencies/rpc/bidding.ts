import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { onceForCaller } from '@recourse/kit/once.ts';
import type { Call } from '@recourse/kit/rpc.ts';
import {
  type PutBidRequest,
  type PutBidResponse,
  type WithdrawBidRequest,
  WithdrawBidResponse,
} from '@recourse/proto/agencies/v1/tenders.ts';
import type { Profile, Told } from '../domain/agency.ts';
import { creditorDay } from '../domain/placement.ts';
import { putBid, type Tender, withdrawBid } from '../domain/tender.ts';
import { fitOf } from '../domain/tender-summary.ts';
import { ownProfile } from '../store/agencies.ts';
import { addBid, bidsFor, moveBids } from '../store/bids.ts';
import { addInvited, seenTender, tenderForUpdate, type TenderReader } from '../store/tenders.ts';
import { agenciesTopic } from '../topic.ts';
import { bidMessage } from './tender-message.ts';
import { madeBy, type Rooms } from './rooms.ts';

/** What an agency reads tenders by. */
export function agencyReader(profile: Profile | undefined, at: Temporal.Instant): TenderReader {
  return { side: 'agency', at, fit: profile && fitOf(profile, creditorDay(at)) };
}

/** Whose tender it is and who the agency is; `missing` agency_unknown, tender_unknown. */
async function findTender(
  rooms: Rooms,
  tenderId: string,
  { caller, at }: Call,
): Promise<{ creditorId: string; agency: Profile }> {
  return rooms.db.tenant(caller.orgId, async (tx) => {
    const agency = await ownProfile(tx);
    const seen = await seenTender(tx, agencyReader(agency, at), tenderId);
    if (seen === undefined) throw fault('missing', 'tender_unknown', { tenderId });
    const agencyId = caller.orgId;
    if (agency === undefined) throw fault('missing', 'agency_unknown', { agencyId });
    return { creditorId: seen.creditorId, agency };
  });
}

async function lockedTender(tx: Tx, tenderId: string): Promise<Tender> {
  const tender = await tenderForUpdate(tx, tenderId);
  if (tender === undefined) throw fault('missing', 'tender_unknown', { tenderId });
  return tender;
}

/** Both sides hear that something was bid or taken back; what it was is in no event. */
async function tell(tx: Tx, tenderId: string, events: Told[], call: Call): Promise<void> {
  const audience = [tx.orgId, call.caller.orgId];
  await emit(tx, agenciesTopic, { aggregateId: tenderId, audience, ...madeBy(call) }, events);
}

/**
 * An agency bids: whose tender it is is read in its own name, then the bid is decided in the
 * creditor's transaction under the tender's lock. Faults: `missing` tender_unknown, agency_unknown;
 * those of `putBid`.
 */
export async function bid(
  rooms: Rooms,
  { tenderId, bidId, terms, note }: PutBidRequest,
  call: Call,
): Promise<PutBidResponse> {
  const { creditorId, agency } = await findTender(rooms, tenderId, call);
  return rooms.db.tenant(creditorId, async (tx) => {
    const tender = await lockedTender(tx, tenderId);
    const bids = await bidsFor(tx, tenderId);
    const made = putBid(tender, bids, { bidId, terms, note }, agency, call.at);
    if (made.events.length > 0 && made.bid.terms !== undefined) {
      await moveBids(tx, tenderId, made.replaced);
      await addBid(tx, tenderId, made.bid, made.bid.terms);
      const { agencyId, name } = agency;
      await addInvited(tx, tenderId, [{ agencyId, name }], false);
      await tell(tx, tenderId, made.events, call);
    }
    return { bid: bidMessage(made.bid, tenderId) };
  });
}

/** An agency takes its bid back. Faults: `missing` tender_unknown; those of `withdrawBid`. */
export async function takeBack(
  rooms: Rooms,
  { requestId, ...content }: WithdrawBidRequest,
  call: Call,
): Promise<WithdrawBidResponse> {
  const { tenderId, bidId } = content;
  const { creditorId } = await findTender(rooms, tenderId, call);
  return rooms.db.tenant(creditorId, (tx) => {
    const command = { requestId, content: { verb: 'withdraw', ...content } };
    return onceForCaller(tx, call, command, WithdrawBidResponse, async () => {
      const tender = await lockedTender(tx, tenderId);
      const bids = await bidsFor(tx, tenderId);
      const made = withdrawBid(tender, bids, bidId, call.caller.orgId, call.at);
      if (made.events.length > 0) {
        await moveBids(tx, tenderId, [made.bid]);
        await tell(tx, tenderId, made.events, call);
      }
      return { bid: bidMessage(made.bid, tenderId) };
    });
  });
}
