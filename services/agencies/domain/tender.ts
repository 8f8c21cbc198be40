import { fault } from '@recourse/kit/fault.ts';
import { contentHash, namedUuid } from '@recourse/kit/hash.ts';
import type { CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import type { TenderSummary } from '@recourse/proto/agencies/v1/tenders.ts';
import type { Profile, Told } from './agency.ts';
import { type Creditor, creditorDay, type PlaceCommand } from './placement.ts';
import { summaryOf, type Tendered } from './tender-summary.ts';
import { checkedTerms } from './terms.ts';

export type TenderState = 'OPEN' | 'CLOSED' | 'AWARDED' | 'CANCELLED';

/** A bundle of a creditor's cases that agencies bid for; the summary is that of its making. */
export type Tender = {
  tenderId: string;
  title: string;
  note: string;
  creditorId: string;
  creditorName: string;
  openToAll: boolean;
  deadline: Temporal.Instant;
  summary: TenderSummary;
  /** What was decided; whether it is closed is a question to the clock (`stateOf`). */
  decided: 'OPEN' | 'AWARDED' | 'CANCELLED';
  publishedAt: Temporal.Instant;
  /** When the seal of its bids was broken. */
  openedAt: Temporal.Instant | undefined;
  /** When it was told that the deadline had passed. */
  closedAt: Temporal.Instant | undefined;
  endedAt: Temporal.Instant | undefined;
  cancelReason: string;
  /** Fingerprint of the command that made it. */
  contentHash: string;
};

export type BidState = 'STANDING' | 'REPLACED' | 'WITHDRAWN' | 'WON' | 'LOST';

/** An agency's bid; what it says is never changed, a further bid takes its place. */
export type Bid = {
  bidId: string;
  agencyId: string;
  agencyName: string;
  state: BidState;
  /** Undefined for whom it is sealed. */
  terms: CommissionTerms | undefined;
  note: string;
  putAt: Temporal.Instant;
  endedAt: Temporal.Instant | undefined;
  contentHash: string;
};

/** A case of a tender as the creditor sees it, and what the award made of it. */
export type TenderCase = {
  caseId: string;
  caseNumber: string;
  debtorName: string;
  placementId: string;
  reason: string;
};

export type PutTender = {
  tenderId: string;
  title: string;
  note: string;
  caseIds: readonly string[];
  agencyIds: readonly string[];
  deadline: Temporal.Instant;
};

/** What is known at the moment of tendering. */
export type TenderFacts = {
  /** The cases that are known, by id. */
  cases: ReadonlyMap<string, Tendered>;
  /** The agencies asked for, as far as there are any. */
  agencyIds: ReadonlySet<string>;
  /** Cases that are in another tender without a decision, with its id. */
  tendered: ReadonlyMap<string, string>;
};

type Decided = { state: Tender; events: Told[] };

/** Where a tender stands: the deadline closes it without anybody doing anything. */
export function stateOf(tender: Tender, at: Temporal.Instant): TenderState {
  if (tender.decided !== 'OPEN') return tender.decided;
  const isOver = Temporal.Instant.compare(at, tender.deadline) >= 0;
  return isOver || tender.openedAt !== undefined ? 'CLOSED' : 'OPEN';
}

function tenderHash(command: PutTender): string {
  return contentHash({ ...command, deadline: command.deadline.toString() });
}

/** What a repeat of a command gets: nothing to do, or `exists` tender_exists_with_other_content. */
export function checkSameTender(present: Tender, command: PutTender): void {
  if (present.contentHash !== tenderHash(command)) {
    const { tenderId } = command;
    throw fault('exists', 'tender_exists_with_other_content', { tenderId });
  }
}

/** A case that could not be placed with anybody is not tendered. */
function checkCase(caseId: string, { cases, tendered }: TenderFacts): Tendered {
  const known = cases.get(caseId);
  if (known === undefined) throw fault('missing', 'case_missing', { caseId });
  const { isOpen, isPlaced, open } = known.basis;
  if (!isOpen) throw fault('refused', 'case_not_open', { caseId });
  if (isPlaced) throw fault('refused', 'case_already_placed', { caseId });
  if (open.minor <= 0n) throw fault('refused', 'nothing_owed', { caseId });
  const tenderId = tendered.get(caseId);
  if (tenderId !== undefined) throw fault('refused', 'case_tendered', { caseId, tenderId });
  return known;
}

/**
 * Tenders cases, as a whole or not at all. Faults in this order: `refused` tender_deadline_passed;
 * of the first case that has one `missing` case_missing, `refused` case_not_open,
 * case_already_placed, nothing_owed, case_tendered; `missing` agency_unknown.
 */
export function putTender(
  facts: TenderFacts,
  command: PutTender,
  creditor: Creditor,
  at: Temporal.Instant,
): Decided & { cases: TenderCase[] } {
  const { tenderId, title, note, agencyIds, deadline } = command;
  if (Temporal.Instant.compare(deadline, at) <= 0) {
    throw fault('refused', 'tender_deadline_passed', { deadline: deadline.toString() });
  }
  const tendered = [...new Set(command.caseIds)].map((caseId) => checkCase(caseId, facts));
  const stranger = agencyIds.find((agencyId) => !facts.agencyIds.has(agencyId));
  if (stranger !== undefined) throw fault('missing', 'agency_unknown', { agencyId: stranger });
  const state: Tender = {
    tenderId,
    title: title.trim(),
    note,
    deadline,
    creditorId: creditor.orgId,
    creditorName: creditor.orgName,
    openToAll: agencyIds.length === 0,
    summary: summaryOf(tendered, creditorDay(at)),
    decided: 'OPEN',
    publishedAt: at,
    openedAt: undefined,
    closedAt: undefined,
    endedAt: undefined,
    cancelReason: '',
    contentHash: tenderHash(command),
  };
  const cases = tendered.map(({ basis: { caseId, caseNumber, debtorName } }) => {
    return { caseId, caseNumber, debtorName, placementId: '', reason: '' };
  });
  const value = { tenderId, cases: cases.length, deadline: deadline.toString() };
  return { state, cases, events: [{ $case: 'tenderPublished', value }] };
}

export type PutBid = { bidId: string; terms: CommissionTerms | undefined; note: string };

function refuseUnlessOpen(tender: Tender, at: Temporal.Instant): void {
  if (stateOf(tender, at) === 'OPEN') return;
  throw fault('refused', 'bidding_closed', { deadline: tender.deadline.toString() });
}

/** The bids that stand, of whomever. */
export function standing(bids: readonly Bid[]): Bid[] {
  return bids.filter((bid) => bid.state === 'STANDING');
}

/**
 * An agency bids; its bid that stood is replaced. A repeat changes nothing, whatever has become of
 * that bid. `bids` are all of the tender. Faults: `exists` bid_exists_with_other_content; `refused`
 * bidding_closed, terms_*.
 */
export function putBid(
  tender: Tender,
  bids: readonly Bid[],
  command: PutBid,
  agency: Profile,
  at: Temporal.Instant,
): { bid: Bid; replaced: Bid[]; events: Told[] } {
  const { tenderId } = tender;
  const { bidId, note } = command;
  const { agencyId } = agency;
  const hash = contentHash(command);
  const present = bids.find((bid) => bid.bidId === bidId);
  if (present !== undefined) {
    if (present.agencyId !== agencyId || present.contentHash !== hash) {
      throw fault('exists', 'bid_exists_with_other_content', { bidId });
    }
    return { bid: { ...present, terms: command.terms, note }, replaced: [], events: [] };
  }
  refuseUnlessOpen(tender, at);
  const bid: Bid = {
    bidId,
    agencyId,
    note,
    agencyName: agency.name,
    state: 'STANDING',
    terms: checkedTerms(command.terms),
    putAt: at,
    endedAt: undefined,
    contentHash: hash,
  };
  const replaced = standing(bids)
    .filter((one) => one.agencyId === agencyId)
    .map((one): Bid => ({ ...one, state: 'REPLACED', endedAt: at }));
  const value = { tenderId, bidId, agencyId };
  return { bid, replaced, events: [{ $case: 'tenderBidPut', value }] };
}

function ownBid(bids: readonly Bid[], bidId: string, agencyId: string): Bid {
  const bid = bids.find((one) => one.bidId === bidId && one.agencyId === agencyId);
  if (bid === undefined) throw fault('missing', 'bid_unknown', { bidId });
  return bid;
}

/**
 * An agency takes its bid back; one that is taken back already stays so. Faults: `missing`
 * bid_unknown; `refused` bidding_closed, bid_not_standing.
 */
export function withdrawBid(
  tender: Tender,
  bids: readonly Bid[],
  bidId: string,
  agencyId: string,
  at: Temporal.Instant,
): { bid: Bid; events: Told[] } {
  const bid = ownBid(bids, bidId, agencyId);
  if (bid.state === 'WITHDRAWN') return { bid, events: [] };
  refuseUnlessOpen(tender, at);
  if (bid.state !== 'STANDING') {
    throw fault('refused', 'bid_not_standing', { bidId, state: bid.state });
  }
  const value = { tenderId: tender.tenderId, bidId, agencyId };
  return {
    bid: { ...bid, state: 'WITHDRAWN', endedAt: at },
    events: [{ $case: 'tenderBidWithdrawn', value }],
  };
}

/**
 * Whether the seal may be broken: when bidding is over, or before the deadline when whoever is
 * invited has bid. Of a tender that is open to all nobody knows who else would still bid.
 */
export function mayOpen(
  tender: Tender,
  invited: readonly string[],
  bids: readonly Bid[],
  at: Temporal.Instant,
): boolean {
  if (tender.decided !== 'OPEN' || tender.openedAt !== undefined) return false;
  if (stateOf(tender, at) === 'CLOSED') return true;
  const bidders = new Set(standing(bids).map((bid) => bid.agencyId));
  return !tender.openToAll && invited.every((agencyId) => bidders.has(agencyId));
}

/** What is decided is decided; `refused` tender_decided. */
function refuseIfDecided({ tenderId, decided }: Tender): void {
  if (decided === 'OPEN') return;
  throw fault('refused', 'tender_decided', { tenderId, state: decided });
}

/**
 * The creditor opens the bids, which ends bidding; opened ones stay so. Faults: `refused`
 * tender_decided, bids_sealed.
 */
export function openBids(
  tender: Tender,
  invited: readonly string[],
  bids: readonly Bid[],
  at: Temporal.Instant,
): Decided {
  if (tender.openedAt !== undefined) return { state: tender, events: [] };
  refuseIfDecided(tender);
  const { tenderId, deadline } = tender;
  if (!mayOpen(tender, invited, bids, at)) {
    throw fault('refused', 'bids_sealed', { tenderId, deadline: deadline.toString() });
  }
  const value = { tenderId, openedAt: at.toString() };
  return { state: { ...tender, openedAt: at }, events: [{ $case: 'tenderOpened', value }] };
}

/**
 * Tells once that the deadline has passed. Nothing is decided by it (`stateOf` asks the clock), and
 * nothing is told of a tender whose bids were opened before or that is decided.
 */
export function passDeadline(tender: Tender, bids: readonly Bid[], at: Temporal.Instant): Decided {
  const { tenderId, deadline, decided, openedAt, closedAt } = tender;
  const isTold = decided !== 'OPEN' || openedAt !== undefined || closedAt !== undefined;
  if (isTold || Temporal.Instant.compare(at, deadline) < 0) return { state: tender, events: [] };
  const value = { tenderId, deadline: deadline.toString(), bids: standing(bids).length };
  return { state: { ...tender, closedAt: at }, events: [{ $case: 'tenderClosed', value }] };
}

/**
 * What an award asks to be placed: each case under a placement whose id follows from the bid, so
 * that a repeat names the same ones. Faults: `refused` tender_decided, bids_sealed; `missing`
 * bid_unknown; `refused` bid_not_standing.
 */
export function award(
  tender: Tender,
  bids: readonly Bid[],
  caseIds: readonly string[],
  bidId: string,
): PlaceCommand[] {
  refuseIfDecided(tender);
  const { tenderId, note, deadline } = tender;
  if (tender.openedAt === undefined) {
    throw fault('refused', 'bids_sealed', { tenderId, deadline: deadline.toString() });
  }
  const bid = bids.find((one) => one.bidId === bidId);
  if (bid === undefined) throw fault('missing', 'bid_unknown', { bidId });
  const { agencyId, terms, state } = bid;
  if (state !== 'STANDING') throw fault('refused', 'bid_not_standing', { bidId, state });
  return caseIds.map((caseId) => {
    const placementId = namedUuid(bidId, caseId);
    return { placementId, caseId, agencyId, note, terms: checkedTerms(terms) };
  });
}

/** What became of one case by the award: placed, or left out for a named reason. */
export type AwardResult = { caseId: string; placementId: string; reason: string };

/**
 * The award as it was carried out: one bid has won, the others that stood have lost. `refused`
 * award_places_nothing when not one case could be placed, with the reason of the first.
 */
export function awarded(
  tender: Tender,
  bids: readonly Bid[],
  bidId: string,
  results: readonly AwardResult[],
  at: Temporal.Instant,
): Decided & { bids: Bid[] } {
  const { tenderId } = tender;
  const placed = results.filter(({ reason }) => reason === '').length;
  if (placed === 0) {
    const why = results[0]?.reason ?? '';
    throw fault('refused', 'award_places_nothing', { tenderId, why });
  }
  const ended = standing(bids).map((bid): Bid => {
    return { ...bid, state: bid.bidId === bidId ? 'WON' : 'LOST', endedAt: at };
  });
  const agencyId = ended.find((bid) => bid.state === 'WON')?.agencyId ?? '';
  const leftOut = results.length - placed;
  const value = { tenderId, bidId, agencyId, placed, leftOut, awardedAt: at.toString() };
  return {
    state: { ...tender, decided: 'AWARDED', endedAt: at },
    bids: ended,
    events: [{ $case: 'tenderAwarded', value }],
  };
}

/**
 * The creditor gives the tender up; the bids that stood have lost. Cancelled for the same reason
 * it stays as it is. Faults: `refused` tender_decided.
 */
export function cancel(
  tender: Tender,
  bids: readonly Bid[],
  reason: string,
  at: Temporal.Instant,
): Decided & { bids: Bid[] } {
  if (tender.decided === 'CANCELLED' && tender.cancelReason === reason) {
    return { state: tender, bids: [], events: [] };
  }
  refuseIfDecided(tender);
  const value = { tenderId: tender.tenderId, reason, cancelledAt: at.toString() };
  return {
    state: { ...tender, decided: 'CANCELLED', endedAt: at, cancelReason: reason },
    bids: standing(bids).map((bid): Bid => ({ ...bid, state: 'LOST', endedAt: at })),
    events: [{ $case: 'tenderCancelled', value }],
  };
}
