import { creditCodeVerdict } from '@recourse/kit/check.ts';
import {
  Delivery,
  type Dispute as DisputeMessage,
  DisputeGround,
  DisputeKind,
  DisputeOutcome,
  type Evidence as EvidenceMessage,
  EvidenceKind,
  LegalBasisKind,
  type Listing as ListingMessage,
  type ListedPartyView,
  ListingState,
  Pillar,
  type PillarCheck as PillarMessage,
  type PurposeCount,
  Side,
} from '@recourse/proto/blacklist/v1/listings.ts';
import {
  AmountBand,
  Category,
  type Entry,
  Purpose,
  Scope,
  SubjectKind,
} from '@recourse/proto/blacklist/v1/subject.ts';
import type { FileRef } from '@recourse/proto/type/v1/type.ts';
import { checkPillars } from '../domain/evidence.ts';
import { nextStep } from '../domain/ending.ts';
import {
  type By,
  type Dispute,
  type Evidence,
  isDisputed,
  type Listing,
  type Paper,
} from '../domain/listing.ts';
import type { HistoryRow, PurposeRow } from '../store/history.ts';
import { evidenceDigest } from '../store/entries.ts';

function fileRef(paper: Paper): FileRef {
  const { fileId, fileName, mediaType } = paper;
  return { fileId, fileName, mediaType, sizeBytes: BigInt(paper.sizeBytes) };
}

function orNone(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function evidenceMessage(one: Evidence): EvidenceMessage {
  const { evidenceId, note, addedAt, paper } = one;
  const kind = EvidenceKind[one.kind];
  return { evidenceId, kind, file: fileRef(paper), sha256: paper.sha256, note, addedAt };
}

function disputeMessage(one: Dispute, today: string): DisputeMessage {
  const { disputeId, receivedOn, late, answerBy, answer, answeredAt } = one;
  return {
    disputeId,
    receivedOn,
    late,
    answerBy,
    answer,
    kind: DisputeKind[one.kind],
    ground: DisputeGround[one.ground],
    overdue: one.outcome === undefined && answerBy < today,
    messages: one.messages.map(({ messageId, side, text, papers, at, actor }) => ({
      messageId,
      side: Side[side],
      text,
      files: papers.map(fileRef),
      at,
      actor,
    })),
    outcome: one.outcome === undefined ? DisputeOutcome.UNSPECIFIED : DisputeOutcome[one.outcome],
    answeredAt: orNone(answeredAt),
  };
}

function pillarMessages(listing: Listing, by: By): PillarMessage[] {
  const kinds = listing.evidence.map((one) => one.kind);
  return checkPillars(by.terms.standard[listing.category], kinds).map((check) => ({
    pillar: Pillar[check.pillar],
    met: check.met,
    wanted: check.wanted.map((anyOf) => ({ anyOf: anyOf.map((kind) => EvidenceKind[kind]) })),
  }));
}

/** The parts that both a list and a page show. */
function headOf(listing: Listing, associationName: string, by: By): ListingMessage {
  const { idHash, legalBasis, aliases, creditCode, caseId, endedAt, submittedAt } = listing;
  const next = nextStep(listing, by.today.toString());
  return {
    listingId: listing.listingId,
    associationId: listing.associationId,
    associationName,
    reporterId: listing.reporterId,
    reporterName: listing.reporterName,
    name: listing.name,
    conductFrom: listing.conductFrom,
    conductUntil: listing.conductUntil,
    debtorId: listing.debtorId,
    note: listing.note,
    statement: listing.statement,
    publishedOn: listing.publishedOn,
    expiresOn: listing.expiresOn,
    reviewDue: listing.reviewDue,
    protectedUntil: listing.protectedUntil,
    protectedReason: listing.protectedReason,
    endReason: listing.endReason,
    draftedAt: listing.draftedAt,
    version: listing.version,
    caseId,
    creditCode,
    aliases: [...aliases],
    creditCodeCheckFails: creditCode !== '' && creditCodeVerdict(creditCode) !== 'valid',
    idNumberKnown: idHash !== '',
    kind: SubjectKind[listing.kind],
    category: Category[listing.category],
    scope: Scope[listing.scope],
    amountBand: AmountBand[listing.amountBand],
    state: ListingState[listing.state],
    disputed: isDisputed(listing),
    legalBasis:
      legalBasis === undefined
        ? undefined
        : { ...legalBasis, kind: LegalBasisKind[legalBasis.kind ?? 'UNSPECIFIED'] },
    endedAt: orNone(endedAt),
    submittedAt: orNone(submittedAt),
    nextStep: next.step,
    nextDue: next.due,
    evidence: [],
    pillars: [],
    notice: undefined,
    disputes: [],
    votes: [],
    history: [],
  };
}

export { headOf as listingHead };

/** A listing as its reporter and the stewards see it. */
export function listingMessage(
  listing: Listing,
  more: { associationName: string; history: readonly HistoryRow[] },
  by: By,
): ListingMessage {
  const { notice } = listing;
  return {
    ...headOf(listing, more.associationName, by),
    evidence: listing.evidence.map(evidenceMessage),
    pillars: pillarMessages(listing, by),
    notice:
      notice === undefined
        ? undefined
        : {
            delivery: Delivery[notice.delivery],
            servedOn: notice.servedOn,
            reference: notice.reference,
            file: notice.paper === undefined ? undefined : fileRef(notice.paper),
            objectBy: notice.objectBy,
            servedBy: notice.servedBy,
          },
    disputes: listing.disputes.map((one) => disputeMessage(one, by.today.toString())),
    votes: listing.votes.map((vote) => ({ ...vote })),
    history: more.history.map(({ actor, ...line }) => ({ ...line, actor: actor ?? undefined })),
  };
}

/** The entry that members see, or would see once it is published. */
function entryOf(listing: Listing, associationName: string): Entry {
  const { listingId, associationId, name, creditCode, conductFrom, conductUntil } = listing;
  const { publishedOn, expiresOn, statement } = listing;
  return {
    listingId,
    associationId,
    associationName,
    name,
    creditCode,
    conductFrom,
    conductUntil,
    publishedOn,
    expiresOn,
    statement,
    kind: SubjectKind[listing.kind],
    category: Category[listing.category],
    amountBand: AmountBand[listing.amountBand],
    disputed: isDisputed(listing),
    evidenceDigest: evidenceDigest(listing),
    aliases: [...listing.aliases],
  };
}

function purposeCount({ purpose, count, lastOn }: PurposeRow): PurposeCount {
  return { purpose: Purpose[purpose as keyof typeof Purpose], count, lastOn };
}

/** What the listed party may do now, by name. */
function rightsOf(listing: Listing): string[] {
  const answered = listing.disputes.some((one) => one.outcome !== undefined);
  const appeal = answered ? ['appeal'] : [];
  if (listing.state === 'PUBLISHED') return ['correct', 'attach_statement', 'report', ...appeal];
  const told = listing.state === 'NOTICED' || listing.state === 'OBJECTED';
  return told ? ['object', 'correct', 'attach_statement', 'report', ...appeal] : ['report'];
}

/**
 * What the listed party is entitled to see: everything about itself, not who looked, nor the names
 * of those who work on it (征信业管理条例 art. 17; PIPL art. 45).
 */
export function listedPartyView(
  listing: Listing,
  more: { associationName: string; looks: readonly PurposeRow[] },
  by: By,
): ListedPartyView {
  const disputes = listing.disputes.map((one) => disputeMessage(one, by.today.toString()));
  return {
    entry: entryOf(listing, more.associationName),
    state: ListingState[listing.state],
    objectBy: listing.notice?.objectBy ?? '',
    disputes: disputes.map((one) => ({
      ...one,
      messages: one.messages.map((message) => ({ ...message, actor: undefined })),
    })),
    lookUps: more.looks.map(purposeCount),
    evidence: listing.evidence.map((one) => ({ ...evidenceMessage(one), file: undefined })),
    protectedUntil: listing.protectedUntil,
    endReason: listing.endReason,
    rights: rightsOf(listing),
  };
}
