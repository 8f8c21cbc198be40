import { day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  Delivery,
  DisputeGround,
  DisputeKind,
  DisputeOutcome,
  EvidenceKind,
  LegalBasisKind,
  type ListingsServiceServer,
  type PutListingRequest,
  RemovalReason,
  ReviewOutcome,
} from '@recourse/proto/blacklist/v1/listings.ts';
import { AmountBand, Category, Scope, SubjectKind } from '@recourse/proto/blacklist/v1/subject.ts';
import { decide, keepAfterReview, protect } from '../domain/decision.ts';
import { answerDispute, attachStatement, openDispute, reply } from '../domain/dispute.ts';
import {
  addEvidence,
  draft,
  type DraftCommand,
  giveBack,
  removeEvidence,
  serveNotice,
  submit,
} from '../domain/draft.ts';
import { remove, withdraw } from '../domain/ending.ts';
import { tidyCode } from '../domain/screening.ts';
import { filingFacts } from '../store/filing.ts';
import { keep } from '../store/changing.ts';
import { listingForUpdate } from '../store/listings.ts';
import { handOver, paperOf, papersOf } from '../store/papers.ts';
import { wordOf } from '../store/words.ts';
import { changing, deciding, moving, present, shown } from './changing.ts';
import { byOf, type Rooms } from './rooms.ts';

function basisOf(asked: PutListingRequest['legalBasis']): DraftCommand['legalBasis'] {
  if (asked === undefined) return undefined;
  const { courtReference, courtPublishedOn, subjectRefused, bornOn } = asked;
  const kind = wordOf(LegalBasisKind, asked.kind);
  return { kind, courtReference, courtPublishedOn, subjectRefused, bornOn };
}

/** The words of a request that the contract has already checked to be given. */
function draftOf(request: PutListingRequest, idHash: string): DraftCommand {
  const { listingId, associationId, aliases, conductFrom, conductUntil } = request;
  const { debtorId, caseId, note, expectedVersion } = request;
  return {
    listingId,
    associationId,
    aliases,
    conductFrom,
    conductUntil,
    debtorId,
    caseId,
    note,
    expectedVersion,
    idHash,
    name: request.name.normalize('NFKC').trim(),
    creditCode: tidyCode(request.creditCode),
    kind: wordOf(SubjectKind, request.kind) ?? 'COMPANY',
    category: wordOf(Category, request.category) ?? 'MALICIOUS_DEFAULT',
    scope: wordOf(Scope, request.scope) ?? 'ASSOCIATION',
    amountBand: wordOf(AmountBand, request.amountBand) ?? 'UNDER_100K',
    legalBasis: basisOf(request.legalBasis),
  };
}

async function putListing(rooms: Rooms, request: PutListingRequest, call: Call) {
  const { caller } = call;
  const by = byOf(call);
  const number = tidyCode(request.idNumber);
  const sealer = number === '' ? undefined : await rooms.crypto.sealer(request.associationId);
  const hash = sealer?.blindIndex(number) ?? '';
  await rooms.db.tenant(caller.orgId, async (tx) => {
    const before = await listingForUpdate(tx, rooms.crypto, request.listingId);
    // A number given before stays, under the key of the association it was given to.
    const sameKey = before?.associationId === request.associationId;
    const kept = sameKey ? (before?.idHash ?? '') : '';
    const command = draftOf(request, hash === '' ? kept : hash);
    const facts = await filingFacts(tx, command, caller, by.at);
    await keep(tx, rooms.crypto, draft(before, command, facts, by), by);
  });
  return shown(rooms, request.listingId, call);
}

function filing(rooms: Rooms) {
  return {
    putListing: (request, call) => putListing(rooms, request, call),

    addEvidence: async (request, call) => {
      const { listingId, evidenceId, sha256, note } = request;
      const paper = await paperOf(rooms.files, call.caller.orgId, request.uploadId);
      const kind = wordOf(EvidenceKind, request.kind) ?? 'OTHER';
      return changing(rooms, listingId, call, (listing, by) =>
        addEvidence(listing, { evidenceId, kind, note, paper, sha256 }, by),
      );
    },

    removeEvidence: (request, call) =>
      moving(rooms, request, call, (listing) => removeEvidence(listing, request.evidenceId)),

    submitListing: async (request, call) => {
      const listing = await present(rooms, request.listingId, call);
      const papers = listing.evidence.map((one) => one.paper);
      // Before the transaction: were it refused, the association holds files nobody names.
      if (listing.state === 'DRAFT' && listing.reporterId === call.caller.orgId) {
        await handOver(rooms.files, listing.reporterId, listing.associationId, papers);
      }
      return moving(rooms, request, call, async (found, by, tx) =>
        submit(found, await filingFacts(tx, found, call.caller, by.at), by),
      );
    },

    withdrawListing: (request, call) =>
      moving(rooms, request, call, (listing, by) => withdraw(listing, request.reason, by)),
  } satisfies Partial<Handlers<ListingsServiceServer>>;
}

const removalWords = { PAID: 'paid', SETTLED: 'settled', ERROR: 'error' } as const;

function guarding(rooms: Rooms) {
  return {
    returnListing: (request, call) =>
      moving(rooms, request, call, (listing) => giveBack(listing, request.reason)),

    serveNotice: async (request, call) => {
      const { reference } = request;
      const delivery = wordOf(Delivery, request.delivery) ?? 'LETTER';
      const servedOn = day(request.servedOn);
      const [paper] = await papersOf(
        rooms.files,
        call.caller.orgId,
        request.uploadId === '' ? [] : [request.uploadId],
      );
      return moving(rooms, request, call, (listing, by) =>
        serveNotice(listing, { delivery, servedOn, reference, paper }, by),
      );
    },

    decideListing: (request, call) => {
      const { agrees, reason } = request;
      return deciding(rooms, request, call, (listing, by, facts) =>
        decide(listing, { agrees, reason }, facts, by),
      );
    },

    attachStatement: (request, call) =>
      moving(rooms, request, call, (listing) => attachStatement(listing, request.statement)),

    protectListing: (request, call) => {
      const until = request.until === '' ? undefined : day(request.until);
      return moving(rooms, request, call, (listing, by) =>
        protect(listing, until, request.reason, by),
      );
    },

    reviewListing: (request, call) =>
      deciding(rooms, request, call, (listing, by, { steward }) => {
        const kept = keepAfterReview(listing, request.reason, steward, by);
        return wordOf(ReviewOutcome, request.outcome) === 'KEEP'
          ? kept
          : remove(listing, 'review', request.reason, by);
      }),

    removeListing: (request, call) => {
      const reason = removalWords[wordOf(RemovalReason, request.reason) ?? 'ERROR'];
      return moving(rooms, request, call, (listing, by) =>
        remove(listing, reason, request.note, by),
      );
    },
  } satisfies Partial<Handlers<ListingsServiceServer>>;
}

function disputing(rooms: Rooms) {
  return {
    openDispute: async (request, call) => {
      const { disputeId, statement, listingId } = request;
      const papers = await papersOf(rooms.files, call.caller.orgId, request.uploadIds);
      const kind = wordOf(DisputeKind, request.kind) ?? 'OBJECTION';
      const ground = wordOf(DisputeGround, request.ground) ?? 'OTHER';
      const receivedOn = day(request.receivedOn);
      const command = { disputeId, kind, ground, receivedOn, statement, papers };
      const { reporterId } = await present(rooms, listingId, call);
      // Whoever has to answer reads what was sent with it.
      await handOver(rooms.files, call.caller.orgId, reporterId, papers);
      return changing(rooms, listingId, call, (listing, by) => openDispute(listing, command, by));
    },

    replyToDispute: async (request, call) => {
      const { disputeId, messageId, text, listingId, fromListedParty } = request;
      const isReporter = call.caller.orgKind === 'creditor';
      if (fromListedParty && isReporter) throw fault('denied', 'reporter_is_not_listed_party');
      const side = isReporter ? 'REPORTER' : fromListedParty ? 'LISTED_PARTY' : 'STEWARD';
      const papers = await papersOf(rooms.files, call.caller.orgId, request.uploadIds);
      const { associationId, reporterId } = await present(rooms, listingId, call);
      const other = isReporter ? associationId : reporterId;
      await handOver(rooms.files, call.caller.orgId, other, papers);
      return changing(rooms, listingId, call, (listing, by) =>
        reply(listing, { disputeId, messageId, side, text, papers }, by),
      );
    },

    answerDispute: (request, call) => {
      const { disputeId, answer, correction: asked } = request;
      const outcome = wordOf(DisputeOutcome, request.outcome) ?? 'UNRESOLVED';
      const given = (text: string | undefined): string | undefined => text || undefined;
      const correction =
        asked === undefined
          ? undefined
          : {
              name: given(asked.name),
              creditCode: given(tidyCode(asked.creditCode)),
              amountBand: wordOf(AmountBand, asked.amountBand),
              conductUntil: given(asked.conductUntil),
            };
      return deciding(rooms, request, call, (listing, by, { steward }) =>
        answerDispute(listing, { disputeId, outcome, answer, correction }, steward, by),
      );
    },
  } satisfies Partial<Handlers<ListingsServiceServer>>;
}

/** The verbs of listings over gRPC. */
export function listingVerbs(rooms: Rooms) {
  return { ...filing(rooms), ...guarding(rooms), ...disputing(rooms) };
}
