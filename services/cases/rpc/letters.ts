import { actorOf } from '@recourse/kit/caller.ts';
import { type Day, day, dayIn, instantAt, isBefore } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit, type EventOf } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type { KeptFiles } from '@recourse/kit/kept-files.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import {
  DeliveryOutcome,
  type Letter,
  LetterKind,
  LetterMeans,
  type LettersServiceServer,
  type RecordDeliveryRequest,
  type RecordLetterRequest,
  Signer,
} from '@recourse/proto/cases/v1/letters.ts';
import { Party } from '@recourse/proto/cases/v1/work.ts';
import type { FileRef } from '@recourse/proto/type/v1/type.ts';
import { permit, type Verdict } from '../domain/contact.ts';
import { sendLetter, settleLetter } from '../domain/letter.ts';
import { stageOfLetter } from '../domain/stage.ts';
import { audienceOf, type CaseRow, getCase, lockCase } from '../store/cases.ts';
import { contactCounts } from '../store/contacts.ts';
import {
  addDelivery,
  addLetter,
  type DeliveryRow,
  deliveriesOf,
  findLetter,
  type LetterRow,
  listLetters,
} from '../store/letters.ts';
import { wantedPage } from '../store/page.ts';
import { keepStage } from '../store/stages.ts';
import { note } from '../store/timeline.ts';
import { casesTopic } from '../topic.ts';
import { contacted, verdictRow } from './contacted.ts';
import { letterMessage } from './letter-message.ts';
import { paperFor } from './papers.ts';
import { dayAndRules, onCase, type Rooms, sightOf, takenId } from './rooms.ts';
import { wordOf } from './words.ts';

type Desk = Pick<Rooms, 'db'> & { files: KeptFiles };

/** What a transaction of a letter knows besides the request. */
type Ground = { call: Call; agencyId: string | undefined; paper: FileRef | undefined };

const noon = Temporal.PlainTime.from('12:00');

/**
 * Paper is handed in by day, so no quiet hours hold it; the words and the day's limit do, as far as
 * it can still be held back. What was sent on an earlier day is a fact, and kept as one.
 */
async function judge(
  tx: Tx,
  row: CaseRow,
  letter: { text: string; sentOn: Day; party: 'DEBTOR' | 'GUARANTOR' },
  now: Temporal.Instant,
): Promise<Verdict> {
  const at = instantAt(letter.sentOn, noon, row.timeZone);
  // Contacts count by the days of the debtor's calendar, which may be a day behind.
  const today = dayIn(row.timeZone, now);
  const days = { that: letter.sentOn, today };
  const { usedThatDay } = await contactCounts(tx, row.debtorId, days);
  const facts = {
    zone: row.timeZone,
    usedThatDay: isBefore(letter.sentOn, today) ? 0 : usedThatDay,
    thirdPartyRefused: false,
  };
  const { party, text } = letter;
  const attempt = { channel: 'LETTER' as const, party, at, text, companion: undefined };
  return permit(attempt, facts, dayAndRules(at).rules.conduct);
}

async function record(tx: Tx, request: RecordLetterRequest, ground: Ground): Promise<Letter> {
  const { call, agencyId, paper } = ground;
  const { caseId, letterId, addressee, address, trackingNumber, sentOn, text } = request;
  const hash = contentHash(request);
  const before = await lockCase(tx, caseId, { debtorToo: true });
  const known = await findLetter(tx, caseId, letterId);
  if (known !== undefined) return repeated(tx, known, hash);
  const { today, rules } = dayAndRules(call.at);
  const asked = wordOf(Party, request.party) ?? 'UNSPECIFIED';
  const command = {
    party: asked === 'UNSPECIFIED' ? ('DEBTOR' as const) : asked,
    sentOn: day(sentOn),
    today,
  };
  const party = sendLetter(before, command, rules.work.value);
  const verdict = await judge(tx, before, { text, sentOn: command.sentOn, party }, call.at);
  const letter: LetterRow = {
    letterId,
    caseId,
    party,
    addressee,
    address,
    trackingNumber,
    sentOn,
    text,
    kind: wordOf(LetterKind, request.kind) ?? 'UNSPECIFIED',
    means: wordOf(LetterMeans, request.means) ?? 'UNSPECIFIED',
    copy: paper,
    verdict: verdictRow(verdict),
    actor: actorOf(call.caller),
    recordedAt: call.at.toString(),
    contentHash: hash,
  };
  await addLetter(tx, { ...letter, debtorId: before.debtorId, agencyId });
  if (verdict.permitted) await sent(tx, before, letter, ground);
  await noteLetter(tx, letter, verdict, ground.call);
  return letterMessage(letter, []);
}

async function repeated(tx: Tx, known: LetterRow, hash: string): Promise<Letter> {
  const { letterId } = known;
  if (known.contentHash !== hash) {
    throw fault('exists', 'letter_exists_with_other_content', { letterId });
  }
  return letterMessage(known, await deliveriesOf(tx, tx.orgId, [letterId]));
}

function tell(tx: Tx, row: CaseRow, event: EventOf<CasesEvent>, call: Call): Promise<void> {
  const actor = actorOf(call.caller);
  const about = { aggregateId: row.caseId, at: call.at, audience: audienceOf(row), actor };
  return emit(tx, casesTopic, about, [event]);
}

/** A permitted letter moves the case's next step, as a contact does, and is told. */
async function sent(tx: Tx, row: CaseRow, letter: LetterRow, ground: Ground): Promise<void> {
  const { call, agencyId } = ground;
  const { caseId, letterId, kind, party, means, sentOn, trackingNumber } = letter;
  const happenedAt = instantAt(day(sentOn), noon, row.timeZone);
  const at = Temporal.Instant.compare(happenedAt, call.at) > 0 ? call.at : happenedAt;
  const contact = { channel: 'LETTER', result: 'SENT', happenedAt: at.toString() } as const;
  await contacted(tx, row, { ...contact, letterKind: kind }, call);
  const stage = stageOfLetter(kind);
  if (stage !== undefined) await keepStage(tx, { caseId, sourceId: letterId, stage, ended: false });
  const told = { caseId, letterId, kind, party, means, sentOn, trackingNumber };
  const value = { ...told, debtorId: row.debtorId, agencyId: agencyId ?? '' };
  await tell(tx, row, { $case: 'letterSent', value }, call);
}

function noteLetter(tx: Tx, letter: LetterRow, verdict: Verdict, call: Call): Promise<void> {
  const { caseId, letterId, kind, party, means, sentOn, addressee, trackingNumber } = letter;
  const what = verdict.permitted ? 'letter_sent' : 'letter_not_permitted';
  const facts = {
    letter_id: letterId,
    letter_kind: kind,
    party,
    means,
    sent_on: sentOn,
    addressee,
    rule: verdict.rule,
    ...(trackingNumber === '' ? {} : { tracking_number: trackingNumber }),
    ...(verdict.phrase === '' ? {} : { phrase: verdict.phrase }),
  };
  const actor = letter.actor;
  return note(tx, call.at, [{ caseId, kind: 'letter', what, actor, text: letter.text, facts }]);
}

async function settle(tx: Tx, request: RecordDeliveryRequest, ground: Ground): Promise<Letter> {
  const { call, paper } = ground;
  const { caseId, letterId, deliveryId, on, signerName } = request;
  const hash = contentHash(request);
  const row = await lockCase(tx, caseId);
  const letter = await findLetter(tx, caseId, letterId);
  if (letter === undefined) throw fault('missing', 'letter_unknown', { letterId });
  const before = await deliveriesOf(tx, tx.orgId, [letterId]);
  const known = before.find((one) => one.deliveryId === deliveryId);
  if (known?.contentHash === hash) return letterMessage(letter, before);
  if (known !== undefined) {
    throw fault('exists', 'delivery_exists_with_other_content', { deliveryId });
  }
  const outcome = wordOf(DeliveryOutcome, request.outcome);
  if (outcome === undefined || outcome === 'UNSPECIFIED') throw fault('invalid', 'outcome_missing');
  const signer = wordOf(Signer, request.signer) ?? 'UNSPECIFIED';
  const { permitted } = letter.verdict;
  const outcomes = before.map((one) => one.outcome);
  const said = { outcome, on: day(on), signer: signer === 'UNSPECIFIED' ? '' : signer };
  const { today } = dayAndRules(call.at);
  settleLetter({ permitted, sentOn: letter.sentOn, outcomes }, { ...said, today });
  const delivery: DeliveryRow = {
    deliveryId,
    letterId,
    outcome,
    on,
    signer,
    signerName,
    proof: paper,
    note: request.note,
    actor: actorOf(call.caller),
    recordedAt: call.at.toString(),
    contentHash: hash,
  };
  await addDelivery(tx, caseId, delivery);
  await settled(tx, row, letter, delivery, ground);
  return letterMessage(letter, [...before, delivery]);
}

async function settled(
  tx: Tx,
  row: CaseRow,
  letter: LetterRow,
  delivery: DeliveryRow,
  { call, agencyId }: Ground,
): Promise<void> {
  const { caseId, letterId, kind, party, means } = letter;
  const { deliveryId, outcome, on, proof, signerName } = delivery;
  const signer = delivery.signer === 'UNSPECIFIED' ? '' : delivery.signer;
  const facts = {
    letter_id: letterId,
    letter_kind: kind,
    party,
    outcome,
    on,
    ...(signer === '' ? {} : { signer, signer_name: signerName }),
    ...(proof === undefined ? {} : { proof: proof.fileName }),
  };
  const what = `letter_${outcome.toLowerCase()}`;
  const { actor, note: text } = delivery;
  await note(tx, call.at, [{ caseId, kind: 'letter', what, actor, text, facts }]);
  const told = { caseId, letterId, deliveryId, kind, party, means, outcome, on, signer, proof };
  const value = { ...told, debtorId: row.debtorId, agencyId: agencyId ?? '' };
  await tell(tx, row, { $case: 'letterSettled', value }, call);
}

/** Runs work on a letter with the paper that was uploaded for it. */
async function withPaper(
  { db, files }: Desk,
  request: { caseId: string; uploadId: string },
  call: Call,
  work: (tx: Tx, ground: Ground) => Promise<Letter>,
): Promise<{ letter: Letter }> {
  const { caseId, uploadId } = request;
  // The paper is fetched outside the transaction of the work, so that no lock waits for a file.
  const paper =
    uploadId === ''
      ? undefined
      : await onCase(db, call.caller, caseId, async (tx) => tx.orgId).then((creditorId) =>
          paperFor(files, call.caller.orgId, creditorId, uploadId),
        );
  const letter = await onCase(db, call.caller, caseId, (tx, agencyId) =>
    work(tx, { call, agencyId, paper }),
  );
  return { letter };
}

/**
 * Letters and what became of them. Faults: `missing` case_unknown, letter_unknown, file_not_found;
 * `exists` letter_exists_with_other_content, delivery_exists_with_other_content; `refused`
 * case_closed, letter_to_third_party, letter_in_future, letter_too_old, letter_not_permitted,
 * letter_already_settled, delivery_before_sending, delivery_in_future; `invalid` signer_missing. A
 * refusal by the governor is no fault: it is logged and answered as a verdict.
 */
export function letterHandlers(desk: Desk): Handlers<LettersServiceServer> {
  return {
    recordLetter: async (request, call) => {
      try {
        return await withPaper(desk, request, call, (tx, ground) => record(tx, request, ground));
      } catch (thrown) {
        throw takenId(thrown, 'letter_pkey', request.letterId);
      }
    },

    recordDelivery: async (request, call) => {
      try {
        return await withPaper(desk, request, call, (tx, ground) => settle(tx, request, ground));
      } catch (thrown) {
        throw takenId(thrown, 'letter_delivery_pkey', request.deliveryId);
      }
    },

    listLetters: (request, call) =>
      desk.db.tenant(call.caller.orgId, async (tx) => {
        const { caseId } = request;
        const row = await getCase(tx, sightOf(call.caller), caseId);
        const wanted = wantedPage(request.page, { caseId });
        const { rows, page } = await listLetters(tx, row, wanted);
        const ids = rows.map((one) => one.letterId);
        const deliveries = Map.groupBy(
          await deliveriesOf(tx, row.orgId, ids),
          (one) => one.letterId,
        );
        const letters = rows.map((one) => letterMessage(one, deliveries.get(one.letterId) ?? []));
        return { letters, page };
      }),
  };
}
