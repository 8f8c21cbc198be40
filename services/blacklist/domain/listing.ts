import { type Day, day } from '@recourse/kit/day.ts';
import type { BlacklistEvent } from '@recourse/proto/blacklist/v1/events.ts';
import type {
  Delivery as DeliveryValue,
  DisputeGround as GroundValue,
  DisputeKind as DisputeKindValue,
  DisputeOutcome as OutcomeValue,
  ListingState as StateValue,
  Side as SideValue,
} from '@recourse/proto/blacklist/v1/listings.ts';
import type {
  AmountBand as BandValue,
  Scope as ScopeValue,
  SubjectKind as KindValue,
} from '@recourse/proto/blacklist/v1/subject.ts';
import type { Actor } from '@recourse/proto/type/v1/type.ts';
import type { LegalBasis } from './basis.ts';
import type { Category, EvidenceKind, Terms, Word } from './terms.ts';

export type SubjectKind = Word<KindValue, 'SUBJECT_KIND'>;
export type Scope = Word<ScopeValue, 'SCOPE'>;
export type AmountBand = Word<BandValue, 'AMOUNT_BAND'>;
export type ListingState = Word<StateValue, 'LISTING_STATE'>;
export type Delivery = Word<DeliveryValue, 'DELIVERY'>;
export type DisputeKind = Word<DisputeKindValue, 'DISPUTE_KIND'>;
export type DisputeGround = Word<GroundValue, 'DISPUTE_GROUND'>;
export type DisputeOutcome = Word<OutcomeValue, 'DISPUTE_OUTCOME'>;
export type Side = Word<SideValue, 'SIDE'>;

/** A file as it was handed in: what it is called and what it weighs, with its SHA-256. */
export type Paper = {
  fileId: string;
  fileName: string;
  mediaType: string;
  sizeBytes: string;
  sha256: string;
};

export type Evidence = {
  evidenceId: string;
  kind: EvidenceKind;
  paper: Paper;
  note: string;
  addedAt: string;
};

export type Notice = {
  delivery: Delivery;
  servedOn: string;
  reference: string;
  paper: Paper | undefined;
  /** Last day on which an objection is in time. */
  objectBy: string;
  servedBy: Actor;
};

export type DisputeMessage = {
  messageId: string;
  side: Side;
  text: string;
  papers: readonly Paper[];
  at: string;
  actor: Actor;
};

export type Dispute = {
  disputeId: string;
  kind: DisputeKind;
  ground: DisputeGround;
  receivedOn: string;
  late: boolean;
  answerBy: string;
  messages: readonly DisputeMessage[];
  /** Undefined while it is open. */
  outcome: DisputeOutcome | undefined;
  answer: string;
  answeredAt: string;
  answeredBy: string;
  contentHash: string;
};

export type Vote = { steward: Actor; agrees: boolean; reason: string; at: string };

/**
 * Days are `YYYY-MM-DD` and instants ISO 8601, both empty when there is none, so that a listing is
 * kept as it is; a natural person's ID number is only ever a keyed hash.
 */
export type Listing = {
  listingId: string;
  associationId: string;
  reporterId: string;
  reporterName: string;
  /** The reporter's group when it handed in: scope GROUP means these members. */
  groupName: string;
  kind: SubjectKind;
  name: string;
  aliases: readonly string[];
  creditCode: string;
  idHash: string;
  category: Category;
  scope: Scope;
  amountBand: AmountBand;
  conductFrom: string;
  conductUntil: string;
  debtorId: string;
  caseId: string;
  note: string;
  legalBasis: LegalBasis | undefined;
  evidence: readonly Evidence[];
  state: ListingState;
  notice: Notice | undefined;
  disputes: readonly Dispute[];
  votes: readonly Vote[];
  statement: string;
  publishedOn: string;
  expiresOn: string;
  reviewDue: string;
  protectedUntil: string;
  protectedReason: string;
  endReason: string;
  endedAt: string;
  /** The state before a payment ended it: a bounce brings it back. */
  heldState: ListingState | undefined;
  draftedAt: string;
  submittedAt: string;
  version: bigint;
};

export type Told = NonNullable<BlacklistEvent['event']>;

/** One line of the listing's history: what happened, and in which words. */
export type Line = { what: string; text: string };

export type Decided = { state: Listing; events: Told[]; lines: Line[] };

/** Who does it, when, and by which figures. */
export type By = { at: Temporal.Instant; today: Day; actor: Actor; terms: Terms };

export type Steward = {
  userId: string;
  employerId: string;
  employerGroup: string;
  active: boolean;
};

/** States in which a listing lives and can still be published or is. */
export const liveStates: readonly ListingState[] = [
  'SUBMITTED',
  'NOTICED',
  'OBJECTED',
  'PUBLISHED',
];

export function isLive(listing: Listing): boolean {
  return liveStates.includes(listing.state);
}

/** Until when an entry may stand: counted from the END of the conduct, never above the law. */
export function expiryOf(conductUntil: string, terms: Terms): string {
  const years = Math.min(terms.defaultYears, terms.legalMostYears);
  return day(conductUntil).add({ years }).toString();
}

export function openDisputes(listing: Listing): Dispute[] {
  return listing.disputes.filter((one) => one.outcome === undefined);
}

/** The mark stands while a dispute is open, and for good when both sides were left recorded. */
export function isDisputed(listing: Listing): boolean {
  return listing.disputes.some(({ outcome }) => outcome === undefined || outcome === 'UNRESOLVED');
}

/** Whether members see the entry on a day. */
export function isShown(listing: Listing, today: Day): boolean {
  return listing.state === 'PUBLISHED' && !isProtected(listing, today);
}

/** Temporary difficulty: neither decided upon nor shown up to and including that day. */
export function isProtected(listing: Listing, today: Day): boolean {
  return listing.protectedUntil !== '' && listing.protectedUntil >= today.toString();
}

/** The ids by which others know what an event is about. */
export function named(listing: Listing): {
  listingId: string;
  associationId: string;
  debtorId: string;
  caseId: string;
} {
  const { listingId, associationId, debtorId, caseId } = listing;
  return { listingId, associationId, debtorId, caseId };
}

/** The listing with changes and the next version. */
export function moved(listing: Listing, changes: Partial<Listing>): Listing {
  return { ...listing, ...changes, version: listing.version + 1n };
}
