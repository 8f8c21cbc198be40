import { addDays, type Day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { type LegalBasis, type PersonPapers, refuseWithoutBasis } from './basis.ts';
import { refuseMalformed } from './credit-code.ts';
import { checkPillars, missingPillars } from './evidence.ts';
import {
  type By,
  type Decided,
  type Delivery,
  type Evidence,
  expiryOf,
  type Listing,
  moved,
  named,
  type Paper,
} from './listing.ts';

/** What a reporter writes; the rest of a listing follows from what happens to it. */
export type DraftCommand = Pick<
  Listing,
  | 'listingId'
  | 'associationId'
  | 'kind'
  | 'name'
  | 'aliases'
  | 'creditCode'
  | 'idHash'
  | 'category'
  | 'scope'
  | 'amountBand'
  | 'conductFrom'
  | 'conductUntil'
  | 'debtorId'
  | 'caseId'
  | 'note'
> & { legalBasis: LegalBasis | undefined; expectedVersion: bigint };

/** What is known about the reporter and the subject when a listing is written or handed in. */
export type FilingFacts = {
  /** The reporter's standing in the association; undefined when it is no member. */
  membership: { state: 'ACTIVE' | 'SUSPENDED' | 'LEFT'; groupName: string } | undefined;
  reporter: { orgId: string; orgName: string };
  papers: PersonPapers;
  /** The reporter's other listings of this subject that are alive. */
  others: readonly Listing[];
  /** Whether the claim is paid by all that is known. */
  paid: boolean;
};

const blank = {
  evidence: [],
  state: 'DRAFT',
  notice: undefined,
  disputes: [],
  votes: [],
  statement: '',
  publishedOn: '',
  expiresOn: '',
  reviewDue: '',
  protectedUntil: '',
  protectedReason: '',
  endReason: '',
  endedAt: '',
  heldState: undefined,
  submittedAt: '',
} as const;

function refuseOutsider(facts: FilingFacts, associationId: string): void {
  if (facts.membership === undefined) throw fault('refused', 'not_a_member', { associationId });
  const { state } = facts.membership;
  if (state !== 'ACTIVE') throw fault('refused', 'membership_not_active', { state });
}

function overlaps(a: Listing, b: Pick<Listing, 'conductFrom' | 'conductUntil'>): boolean {
  return a.conductFrom <= b.conductUntil && b.conductFrom <= a.conductUntil;
}

type Conduct = Pick<
  Listing,
  | 'listingId'
  | 'category'
  | 'conductFrom'
  | 'conductUntil'
  | 'caseId'
  | 'debtorId'
  | 'creditCode'
  | 'idHash'
>;

/**
 * Another living listing of the same conduct: of the same case, or of the same subject in the same
 * category over days that overlap.
 */
function sameConduct(others: readonly Listing[], one: Conduct): Listing | undefined {
  return others.find((other) => {
    if (other.listingId === one.listingId) return false;
    if (one.caseId !== '' && other.caseId === one.caseId) return true;
    const sameSubject =
      other.debtorId === one.debtorId ||
      (one.creditCode !== '' && other.creditCode === one.creditCode) ||
      (one.idHash !== '' && other.idHash === one.idHash);
    return sameSubject && other.category === one.category && overlaps(other, one);
  });
}

function refuseConduct(one: Conduct, facts: FilingFacts, by: By): void {
  const { conductFrom, conductUntil } = one;
  if (conductUntil < conductFrom) throw fault('invalid', 'conduct_ends_before_it_begins');
  if (conductUntil > by.today.toString()) {
    throw fault('refused', 'conduct_in_future', { conductUntil });
  }
  const expiresOn = expiryOf(conductUntil, by.terms);
  if (expiresOn < by.today.toString()) {
    throw fault('refused', 'conduct_too_old', { conductUntil, expiresOn });
  }
  const twin = sameConduct(facts.others, one);
  if (twin !== undefined) {
    throw fault('refused', 'conduct_already_listed', { listingId: twin.listingId });
  }
}

/**
 * Writes a draft or changes it. Faults in this order: `refused` not_a_member,
 * membership_not_active; `missing` listing_unknown; `exists` listing_exists_with_other_content;
 * `refused` listing_not_a_draft; `stale` listing_changed_meanwhile; `invalid`
 * subject_without_identifier, credit_code_malformed, conduct_ends_before_it_begins; `refused`
 * conduct_in_future, conduct_too_old, conduct_already_listed, person_without_legal_basis.
 */
export function draft(
  present: Listing | undefined,
  command: DraftCommand,
  facts: FilingFacts,
  by: By,
): Decided {
  const { expectedVersion, ...written } = command;
  const { listingId } = command;
  refuseOutsider(facts, command.associationId);
  if (present === undefined && expectedVersion !== 0n) {
    throw fault('missing', 'listing_unknown', { listingId });
  }
  if (present !== undefined && expectedVersion === 0n) return repeated(present, written);
  if (present !== undefined && present.state !== 'DRAFT') {
    throw fault('refused', 'listing_not_a_draft', { state: present.state });
  }
  if (present !== undefined && present.version !== expectedVersion) {
    throw fault('stale', 'listing_changed_meanwhile', { version: present.version });
  }
  // A company without its code cannot be told from its namesakes: it would hurt them.
  const identified = command.kind === 'COMPANY' ? command.creditCode : command.idHash;
  if (identified === '') throw fault('invalid', 'subject_without_identifier');
  refuseMalformed(command.creditCode, '/creditCode');
  refuseConduct(command, facts, by);
  if (command.kind === 'PERSON' && command.legalBasis?.kind === undefined) {
    throw fault('refused', 'person_without_legal_basis');
  }
  const fresh: Listing = {
    ...blank,
    ...written,
    reporterId: facts.reporter.orgId,
    reporterName: facts.reporter.orgName,
    groupName: facts.membership?.groupName ?? '',
    draftedAt: by.at.toString(),
    version: 1n,
  };
  if (present === undefined) return { state: fresh, events: [], lines: [line('drafted')] };
  return { state: moved(present, written), events: [], lines: [line('edited')] };
}

/** A creation that comes again: the same content is the same answer. */
function repeated(present: Listing, written: Omit<DraftCommand, 'expectedVersion'>): Decided {
  const keys = Object.keys(written) as (keyof typeof written)[];
  const before = Object.fromEntries(keys.map((key) => [key, present[key]]));
  if (contentHash(before) !== contentHash(written)) {
    throw fault('exists', 'listing_exists_with_other_content', { listingId: present.listingId });
  }
  return { state: present, events: [], lines: [] };
}

/** A line of history. */
export function line(what: string, text = ''): { what: string; text: string } {
  return { what, text };
}

function refuseUnlessDraft(listing: Listing): void {
  const { state } = listing;
  if (state !== 'DRAFT') throw fault('refused', 'listing_not_a_draft', { state });
}

/**
 * Adds a piece of evidence whose digest the reporter stated. The same piece again changes nothing.
 * Faults: `refused` listing_not_a_draft; `missing` evidence_file_unknown; `refused`
 * evidence_digest_differs; `exists` evidence_exists_with_other_content.
 */
export function addEvidence(
  listing: Listing,
  one: Omit<Evidence, 'addedAt' | 'paper'> & { paper: Paper | undefined; sha256: string },
  by: By,
): Decided {
  const { evidenceId, kind, note, paper, sha256 } = one;
  refuseUnlessDraft(listing);
  if (paper === undefined) throw fault('missing', 'evidence_file_unknown', { evidenceId });
  if (paper.sha256 !== sha256) {
    throw fault('refused', 'evidence_digest_differs', { stored: paper.sha256, stated: sha256 });
  }
  const known = listing.evidence.find((other) => other.evidenceId === evidenceId);
  if (known?.paper.fileId === paper.fileId && known.kind === kind && known.note === note) {
    return { state: listing, events: [], lines: [] };
  }
  if (known !== undefined) {
    throw fault('exists', 'evidence_exists_with_other_content', { evidenceId });
  }
  const added = { evidenceId, kind, note, paper, addedAt: by.at.toString() };
  const state = moved(listing, { evidence: [...listing.evidence, added] });
  return { state, events: [], lines: [line('evidence_added', paper.fileName)] };
}

/** Faults: `refused` listing_not_a_draft; `missing` evidence_unknown. */
export function removeEvidence(listing: Listing, evidenceId: string): Decided {
  refuseUnlessDraft(listing);
  const kept = listing.evidence.filter((one) => one.evidenceId !== evidenceId);
  if (kept.length === listing.evidence.length) {
    throw fault('missing', 'evidence_unknown', { evidenceId });
  }
  const state = moved(listing, { evidence: kept });
  return { state, events: [], lines: [line('evidence_removed')] };
}

/** Refuses a listing that is not fit to be told of or decided: evidence, then the legal basis. */
export function refuseUnfit(listing: Listing, papers: PersonPapers, by: By): void {
  const kinds = listing.evidence.map((one) => one.kind);
  const missing = missingPillars(checkPillars(by.terms.standard[listing.category], kinds));
  if (missing !== '') throw fault('refused', 'evidence_incomplete', { missing });
  if (listing.kind === 'PERSON') {
    refuseWithoutBasis(listing.legalBasis, papers, kinds, by.terms.persons, by.today);
  }
}

/**
 * Hands a draft in. Faults in this order: `refused` listing_not_a_draft, not_a_member,
 * membership_not_active; conduct as in `draft`; claim_is_paid, evidence_incomplete (the missing
 * pillars named), and those of `refuseWithoutBasis`.
 */
export function submit(listing: Listing, facts: FilingFacts, by: By): Decided {
  refuseUnlessDraft(listing);
  refuseOutsider(facts, listing.associationId);
  refuseConduct(listing, facts, by);
  if (facts.paid) throw fault('refused', 'claim_is_paid', { debtorId: listing.debtorId });
  refuseUnfit(listing, facts.papers, by);
  const state = moved(listing, {
    state: 'SUBMITTED',
    groupName: facts.membership?.groupName ?? '',
    submittedAt: by.at.toString(),
    expiresOn: expiryOf(listing.conductUntil, by.terms),
  });
  const events = [{ $case: 'listingSubmitted' as const, value: named(listing) }];
  return { state, events, lines: [line('submitted')] };
}

/** A steward gives it back. Fault: `refused` listing_not_submitted. */
export function giveBack(listing: Listing, reason: string): Decided {
  if (listing.state !== 'SUBMITTED') {
    throw fault('refused', 'listing_not_submitted', { state: listing.state });
  }
  const state = moved(listing, { state: 'DRAFT', submittedAt: '', expiresOn: '' });
  return { state, events: [], lines: [line('returned', reason)] };
}

export type NoticeCommand = {
  delivery: Delivery;
  servedOn: Day;
  reference: string;
  paper: Paper | undefined;
};

/**
 * The listed party was told. A later service (a letter that came back) begins the time anew; votes
 * are taken by nobody before that time is over. Faults: `refused` listing_not_submitted,
 * served_in_future, served_before_submission.
 */
export function serveNotice(listing: Listing, command: NoticeCommand, by: By): Decided {
  const { state: present } = listing;
  if (present !== 'SUBMITTED' && present !== 'NOTICED') {
    throw fault('refused', 'listing_not_submitted', { state: present });
  }
  const servedOn = command.servedOn.toString();
  if (servedOn > by.today.toString()) throw fault('refused', 'served_in_future', { servedOn });
  const submittedOn = submissionDay(listing);
  if (servedOn < submittedOn) {
    throw fault('refused', 'served_before_submission', { servedOn, submittedOn });
  }
  // The day of service is not counted (民法典 art. 201).
  const objectBy = addDays(command.servedOn, by.terms.noticeDays).toString();
  const { delivery, reference, paper } = command;
  const notice = { delivery, reference, paper, servedOn, objectBy, servedBy: by.actor };
  const state = moved(listing, { state: 'NOTICED', notice, votes: [] });
  const value = { ...named(listing), servedOn, objectBy };
  return {
    state,
    events: [{ $case: 'listingNoticed', value }],
    lines: [line('noticed', objectBy)],
  };
}

/** The UTC day, which is never after the association's own: nobody is refused by the zone. */
function submissionDay(listing: Listing): string {
  return listing.submittedAt.slice(0, 10);
}
