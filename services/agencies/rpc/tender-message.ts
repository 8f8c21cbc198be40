import {
  type Bid as BidMessage,
  BidState,
  type Tender as TenderMessage,
  TenderState,
} from '@recourse/proto/agencies/v1/tenders.ts';
import { type Bid, mayOpen, stateOf, type Tender, type TenderCase } from '../domain/tender.ts';
import type { Invited } from '../store/tenders.ts';

export function bidMessage(bid: Bid, tenderId: string): BidMessage {
  const { bidId, agencyId, agencyName, terms, note } = bid;
  return {
    tenderId,
    bidId,
    agencyId,
    agencyName,
    terms,
    note,
    state: BidState[bid.state],
    putAt: bid.putAt.toString(),
    endedAt: bid.endedAt?.toString(),
  };
}

/** What both sides see of a tender. */
function sharedMessage(tender: Tender, at: Temporal.Instant): TenderMessage {
  const { tenderId, title, note, creditorId, creditorName, openToAll, summary } = tender;
  return {
    tenderId,
    title,
    note,
    creditorId,
    creditorName,
    openToAll,
    summary,
    cancelReason: tender.cancelReason,
    state: TenderState[stateOf(tender, at)],
    deadline: tender.deadline.toString(),
    publishedAt: tender.publishedAt.toString(),
    openedAt: tender.openedAt?.toString(),
    endedAt: tender.endedAt?.toString(),
    agencies: [],
    cases: [],
    bids: 0,
    mayOpen: false,
    ownBid: undefined,
  };
}

/** A tender as its creditor sees it; of the bids only how many there are. */
export function ownMessage(
  tender: Tender,
  more: { invited: readonly Invited[]; running: readonly Bid[]; cases: readonly TenderCase[] },
  at: Temporal.Instant,
): TenderMessage {
  const { invited, running, cases } = more;
  const invitedIds = invited.map(({ agencyId }) => agencyId);
  return {
    ...sharedMessage(tender, at),
    agencies: invited.map(({ agencyId, name }) => ({ agencyId, name })),
    cases: [...cases],
    bids: running.length,
    mayOpen: mayOpen(tender, invitedIds, running, at),
  };
}

/** A tender as an agency sees it: with its own bid and nothing of anybody else's. */
export function agencyTenderMessage(
  tender: Tender,
  own: Bid | undefined,
  at: Temporal.Instant,
): TenderMessage {
  return { ...sharedMessage(tender, at), ownBid: own && bidMessage(own, tender.tenderId) };
}
