import { addDays, type Day, dayIn, isBefore } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { divide, type Money, zero } from '@recourse/kit/money.ts';
import type { CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import { type Load, noLoad, type Profile, type Told } from './agency.ts';
import { type Conflict, knownAs } from './conflict.ts';
import { brokenLimit, loadMinorOf, paperLimit, standingOf } from './limits.ts';
import { maskedName } from './mask.ts';
import { creditorZone, offerDays, ruleOn } from './rules.ts';
import type { PackItem } from './pack.ts';
import { checkedTerms, checkTermsFit, rateFor, termWords } from './terms.ts';

export type PlacementState = 'OFFERED' | 'ACTIVE' | 'DECLINED' | 'RECALLED' | 'COMPLETED';

/** A case given to an agency. Terms, rate and figures are those of the moment it was placed. */
export type Placement = {
  placementId: string;
  caseId: string;
  caseNumber: string;
  debtorName: string;
  maskedName: string;
  creditorId: string;
  creditorName: string;
  agencyId: string;
  agencyName: string;
  state: PlacementState;
  terms: CommissionTerms;
  rateBps: number;
  /** Why that rate, as `termWords` says it. */
  term: string;
  placedAmount: Money;
  /** The same as it counts against what an agency's agents can have open (`loadMinorOf`). */
  loadMinor: bigint;
  placedDaysOverdue: number;
  region: string;
  industry: string;
  note: string;
  /** Payments inside the placement's interval, and the commission (without VAT) they earned. */
  recovered: Money;
  commission: Money;
  placedAt: Temporal.Instant;
  acceptedAt: Temporal.Instant | undefined;
  endedAt: Temporal.Instant | undefined;
  endReason: string;
  answerBy: Day;
  /** Fingerprint of the command that placed it. */
  contentHash: string;
  version: bigint;
};

/** A case as its own service describes it before it is placed. */
export type Basis = {
  caseId: string;
  caseNumber: string;
  debtorId: string;
  debtorName: string;
  /** Empty when nobody has told it. */
  creditCode: string;
  region: string;
  industry: string;
  open: Money;
  daysOverdue: number;
  isOpen: boolean;
  /** Offered to or with an agency, as far as cases has heard. */
  isPlaced: boolean;
};

export type PlaceCommand = {
  placementId: string;
  caseId: string;
  agencyId: string;
  /** The agency's list terms when absent. */
  terms: CommissionTerms | undefined;
  note: string;
};

/** What is known at the moment of placing. */
export type PlaceFacts = {
  basis: Basis | undefined;
  /** Known here to be closed, though the basis was read before. */
  closedMeanwhile: boolean;
  /** A live placement of this case: our own books are the truth about that, not the basis. */
  livePlacementId: string | undefined;
  agency: Profile | undefined;
  load: Load;
  /** Standing declarations about the agency that the creditor sees. */
  conflicts: readonly Conflict[];
  /** What the case's handover pack lacks of what it must have. */
  missing: readonly PackItem[];
};

export type Creditor = { orgId: string; orgName: string };

type Decided = { state: Placement; events: Told[] };

/** Fingerprint of a placing command: the same id with another one is another command. */
export function placeHash(command: PlaceCommand): string {
  return contentHash(command);
}

/** The calendar day an instant falls on for the creditor. */
export function creditorDay(at: Temporal.Instant): Day {
  const roughly = dayIn('UTC', at);
  return dayIn(ruleOn(creditorZone, roughly), at);
}

/** A placement does not start with an incomplete pack: `refused` pack_incomplete, domain.md 6.4. */
function checkPack(caseId: string, missing: readonly PackItem[]): void {
  if (missing.length > 0) {
    throw fault('refused', 'pack_incomplete', { caseId, missing: missing.join(' ') });
  }
}

/** The refusals of placing, in their fixed order; what is left over is fit to be placed. */
function checkPlacing(
  facts: PlaceFacts,
  command: PlaceCommand,
  today: Day,
): { basis: Basis; agency: Profile; terms: CommissionTerms } {
  const { basis, agency, load } = facts;
  const { caseId, agencyId } = command;
  if (basis === undefined) throw fault('missing', 'case_missing', { caseId });
  if (!basis.isOpen || facts.closedMeanwhile) throw fault('refused', 'case_not_open', { caseId });
  const placementId = facts.livePlacementId;
  if (placementId !== undefined) {
    throw fault('refused', 'case_already_placed', { caseId, placementId });
  }
  if (basis.open.minor <= 0n) throw fault('refused', 'nothing_owed', { caseId });
  checkPack(caseId, facts.missing);
  if (agency === undefined) throw fault('missing', 'agency_unknown', { agencyId });
  const standing = standingOf(agency, facts.conflicts, today);
  const debtor = knownAs({ name: basis.debtorName, creditCode: basis.creditCode });
  const loadMinor = loadMinorOf(basis.open, today);
  const broken = brokenLimit(standing, load, { region: basis.region, debtor, loadMinor });
  if (broken !== undefined) throw broken.refusal();
  const terms = checkedTerms(command.terms ?? agency.listTerms);
  checkTermsFit(terms, basis.open.currency);
  return { basis, agency, terms };
}

/**
 * Offers a case to an agency and freezes the terms and the rate for the age of the debt today.
 * Faults in this order: `missing` case_missing; `refused` case_not_open, case_already_placed,
 * nothing_owed, pack_incomplete; `missing` agency_unknown; those of `brokenLimit`, `checkedTerms`
 * and `checkTermsFit`.
 */
export function place(
  facts: PlaceFacts,
  command: PlaceCommand,
  creditor: Creditor,
  at: Temporal.Instant,
): Decided {
  const today = creditorDay(at);
  const { basis, agency, terms } = checkPlacing(facts, command, today);
  const { placementId, caseId, agencyId, note } = command;
  const { caseNumber, debtorName, region, industry, open, daysOverdue } = basis;
  const state: Placement = {
    placementId,
    caseId,
    caseNumber,
    debtorName,
    region,
    industry,
    agencyId,
    note,
    terms,
    maskedName: maskedName(debtorName, region),
    creditorId: creditor.orgId,
    creditorName: creditor.orgName,
    agencyName: agency.name,
    state: 'OFFERED',
    rateBps: rateFor(terms, daysOverdue),
    term: termWords(terms, daysOverdue),
    placedAmount: open,
    loadMinor: loadMinorOf(open, today),
    placedDaysOverdue: daysOverdue,
    recovered: zero(open.currency),
    commission: zero(open.currency),
    placedAt: at,
    acceptedAt: undefined,
    endedAt: undefined,
    endReason: '',
    answerBy: addDays(today, ruleOn(offerDays, today)),
    contentHash: placeHash(command),
    version: 1n,
  };
  const placedAt = at.toString();
  const value = { placementId, caseId, agencyId, agencyName: agency.name, placedAt };
  return { state, events: [{ $case: 'placementOffered', value }] };
}

/** What a repeat of a placing command gets: nothing to do, or a refusal. */
export function checkSameCommand(present: Placement, command: PlaceCommand): void {
  if (present.contentHash !== placeHash(command)) {
    const { placementId } = command;
    throw fault('exists', 'placement_exists_with_other_content', { placementId });
  }
}

function named(placement: Placement): {
  placementId: string;
  caseId: string;
  agencyId: string;
  agencyName: string;
} {
  const { placementId, caseId, agencyId, agencyName } = placement;
  return { placementId, caseId, agencyId, agencyName };
}

function ended(
  placement: Placement,
  state: 'DECLINED' | 'RECALLED' | 'COMPLETED',
  reason: string,
  at: Temporal.Instant,
): Placement {
  const version = placement.version + 1n;
  return { ...placement, state, endedAt: at, endReason: reason, version };
}

function refuseUnlessOffered(placement: Placement | undefined, agencyId: string): Placement {
  if (placement === undefined || placement.agencyId !== agencyId) {
    throw fault('missing', 'placement_unknown');
  }
  const { placementId, state } = placement;
  if (state !== 'OFFERED') throw fault('refused', 'placement_not_offered', { placementId, state });
  return placement;
}

/** Whether an offer has lapsed: the day it had to be answered by is over for the creditor. */
export function hasLapsed(placement: Placement, at: Temporal.Instant): boolean {
  return placement.state === 'OFFERED' && isBefore(placement.answerBy, creditorDay(at));
}

/**
 * The agency takes the case; `missing` is what its pack has come to lack since it was offered.
 * Faults: `missing` placement_unknown; `refused` placement_not_offered, offer_lapsed,
 * licence_missing, licence_expired, pack_incomplete.
 */
export function accept(
  found: Placement | undefined,
  agency: Profile | undefined,
  agencyId: string,
  at: Temporal.Instant,
  missing: readonly PackItem[] = [],
): Decided {
  const placement = refuseUnlessOffered(found, agencyId);
  if (hasLapsed(placement, at)) {
    throw fault('refused', 'offer_lapsed', { answerBy: placement.answerBy.toString() });
  }
  const paper = agency && paperLimit(agency, creditorDay(at));
  if (paper !== undefined) throw paper.refusal();
  checkPack(placement.caseId, missing);
  const version = placement.version + 1n;
  const value = { ...named(placement), acceptedAt: at.toString() };
  return {
    state: { ...placement, state: 'ACTIVE', acceptedAt: at, version },
    events: [{ $case: 'placementAccepted', value }],
  };
}

/**
 * The agency gives the offer back. Faults: `missing` placement_unknown; `refused`
 * placement_not_offered.
 */
export function decline(
  found: Placement | undefined,
  agencyId: string,
  reason: string,
  at: Temporal.Instant,
): Decided {
  const placement = refuseUnlessOffered(found, agencyId);
  const value = { ...named(placement), reason, declinedAt: at.toString() };
  return {
    state: ended(placement, 'DECLINED', reason, at),
    events: [{ $case: 'placementDeclined', value }],
  };
}

/** An offer nobody answered in time is as good as declined; nothing happens to any other. */
export function lapse(placement: Placement, at: Temporal.Instant): Decided {
  if (!hasLapsed(placement, at)) return { state: placement, events: [] };
  return decline(placement, placement.agencyId, 'offer_lapsed', at);
}

function isLive(placement: Placement): boolean {
  return placement.state === 'OFFERED' || placement.state === 'ACTIVE';
}

/**
 * The creditor takes the case back. Faults: `missing` placement_unknown; `refused` placement_ended.
 */
export function recall(
  placement: Placement | undefined,
  reason: string,
  at: Temporal.Instant,
): Decided {
  if (placement === undefined) throw fault('missing', 'placement_unknown');
  const { placementId, state } = placement;
  if (!isLive(placement)) throw fault('refused', 'placement_ended', { placementId, state });
  const value = { ...named(placement), reason, recalledAt: at.toString() };
  return {
    state: ended(placement, 'RECALLED', reason, at),
    events: [{ $case: 'placementRecalled', value }],
  };
}

/** The case was closed: its live placement is complete. One that ended before stays as it is. */
export function complete(placement: Placement, at: Temporal.Instant): Decided {
  if (!isLive(placement)) return { state: placement, events: [] };
  const value = { ...named(placement), completedAt: at.toString() };
  return {
    state: ended(placement, 'COMPLETED', 'case_closed', at),
    events: [{ $case: 'placementCompleted', value }],
  };
}

/**
 * What is open on a placement as it counts against an agency's agents, rounded down; the same
 * stands in `store/lines.ts` for payments, as SQL.
 */
export function openLoadMinor(placement: Placement): bigint {
  const { placedAmount, recovered, loadMinor } = placement;
  const open = placedAmount.minor - recovered.minor;
  if (open <= 0n || placedAmount.minor <= 0n) return 0n;
  return divide(loadMinor * open, placedAmount.minor, 'down');
}

function onDesk(placement: Placement | undefined): Load {
  if (placement === undefined || !isLive(placement)) return noLoad;
  const openMinor = openLoadMinor(placement);
  return placement.state === 'OFFERED'
    ? { offered: 1, active: 0, openMinor }
    : { offered: 0, active: 1, openMinor };
}

/** How the loads of agencies change when placements go from one state to another. */
export function loadMoves(
  changes: readonly { before: Placement | undefined; after: Placement }[],
): Map<string, Load> {
  const moves = new Map<string, Load>();
  for (const { before, after } of changes) {
    const sum = moves.get(after.agencyId) ?? noLoad;
    const [was, is] = [onDesk(before), onDesk(after)];
    moves.set(after.agencyId, {
      offered: sum.offered + is.offered - was.offered,
      active: sum.active + is.active - was.active,
      openMinor: sum.openMinor + is.openMinor - was.openMinor,
    });
  }
  return moves;
}
