import { actorOf } from '@recourse/kit/caller.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type { Sealer } from '@recourse/kit/crypto.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  Answer as AnswerCodec,
  type Answer as AnswerMessage,
  type LookUp,
  type Quota,
  type ScreeningServiceServer,
  type ScreenRequest,
} from '@recourse/proto/blacklist/v1/screening.ts';
import { Purpose, SubjectKind, Verdict } from '@recourse/proto/blacklist/v1/subject.ts';
import { type Question, refuseQuestion, tidyQuestion } from '../domain/screening.ts';
import { dayAt, termsOn } from '../rules/in-force.ts';
import {
  addLookUp,
  findLookUp,
  listLookUps,
  type LookUpRow,
  quotaUsed,
  takeQuota,
} from '../store/look-ups.ts';
import { takeTurns } from '../store/lock.ts';
import { tellScreened } from '../store/screened.ts';
import { answerAll, associationsOrRefuse, prepare, type Prepared } from '../store/screening.ts';
import { wordOf } from '../store/words.ts';
import { answerMessage } from '../store/answers.ts';
import type { Rooms } from './rooms.ts';

/** What is kept of a question: never an ID number. */
type Asked = { name: string; creditCode: string };

async function quotaOf(tx: Tx, at: Temporal.Instant): Promise<Quota> {
  const today = dayAt(at);
  const { dailyLookUps, dailyBulkRows } = termsOn(today);
  const used = await quotaUsed(tx, today.toString());
  return {
    day: today.toString(),
    limit: dailyLookUps,
    used: used.look_up,
    bulkLimit: dailyBulkRows,
    bulkUsed: used.bulk_row,
  };
}

function questionOf(request: ScreenRequest): Question {
  const { name, creditCode, idNumber, consentReference } = request;
  const kind = wordOf(SubjectKind, request.kind) ?? 'COMPANY';
  return tidyQuestion({ kind, name, creditCode, idNumber, consentReference });
}

/** A receipt as it is shown; what is about a person is opened here. */
function lookUpMessage(row: LookUpRow, sealer: Sealer, withHits: boolean): LookUp {
  const text = (kept: string): string => (row.kind === 'PERSON' ? sealer.open(kept) : kept);
  const asked = JSON.parse(text(row.asked)) as Asked;
  const answer = AnswerCodec.fromJSON(JSON.parse(text(row.answer)));
  const { lookUpId, at, actor, customerId } = row;
  return {
    lookUpId,
    at,
    actor,
    customerId,
    ...asked,
    purpose: Purpose[row.purpose as keyof typeof Purpose],
    kind: SubjectKind[row.kind],
    answer: withHits ? answer : { ...answer, hits: [] },
  };
}

type Asking = {
  request: ScreenRequest;
  question: Question;
  hash: string;
  sealer: Sealer;
};

/** Answers in one transaction with the receipt and the quota it takes. */
async function answer(
  rooms: Rooms,
  tx: Tx,
  asking: Asking,
  prepared: Prepared,
  call: Call,
): Promise<LookUpRow> {
  const { request, question, hash, sealer } = asking;
  await takeTurns(tx, request.lookUpId);
  const known = await findLookUp(tx, request.lookUpId);
  if (known !== undefined && known.contentHash !== hash) {
    throw fault('exists', 'look_up_exists_with_other_content', { lookUpId: request.lookUpId });
  }
  if (known !== undefined) return known;
  const today = dayAt(call.at);
  const limit = termsOn(today).dailyLookUps;
  await takeQuota(tx, { kind: 'look_up', day: today.toString(), count: 1, limit });
  const [given] = await answerAll(tx, rooms.crypto, [prepared]);
  if (given === undefined) throw fault('internal', 'question_without_answer');
  const { name, creditCode, kind } = question;
  const text = (value: unknown): string => {
    const plain = JSON.stringify(value);
    return kind === 'PERSON' ? sealer.seal(plain) : plain;
  };
  const row: LookUpRow = {
    lookUpId: request.lookUpId,
    purpose: wordOf(Purpose, request.purpose) ?? 'ONBOARDING',
    at: call.at.toString(),
    actor: actorOf(call.caller),
    kind,
    customerId: request.customerId,
    asked: text({ name, creditCode }),
    answer: text(AnswerCodec.toJSON(answerMessage(given) satisfies AnswerMessage)),
    verdict: given.verdict,
    consentReference: question.consentReference,
    contentHash: hash,
  };
  await addLookUp(tx, row, given.hits);
  const { lookUpId, customerId } = request;
  if (customerId !== '') {
    const purpose = wordOf(Purpose, request.purpose) ?? 'ONBOARDING';
    const about = { customerId, purpose, at: call.at, admissionId: '' };
    await tellScreened(tx, { ...about, lookUpId, answer: given });
  }
  return row;
}

/**
 * Looks somebody up and leaves the receipt. Faults: `invalid` subject_without_name_or_identifier;
 * `refused` query_consent_missing, not_a_member; `exists` look_up_exists_with_other_content;
 * `exhausted` look_up_quota_used.
 */
async function screen(rooms: Rooms, request: ScreenRequest, call: Call) {
  const { orgId } = call.caller;
  const question = questionOf(request);
  refuseQuestion(question);
  const sealer = await rooms.crypto.sealer(orgId);
  const { lookUpId, purpose, customerId } = request;
  // The number itself must not be guessable from the receipt: its keyed hash stands for it.
  const idNumber = sealer.blindIndex(question.idNumber);
  const hash = contentHash({ ...question, idNumber, lookUpId, purpose, customerId });
  const associations = await rooms.db.tenant(orgId, associationsOrRefuse);
  const prepared = await prepare(rooms, associations, question);
  return rooms.db.tenant(orgId, async (tx) => {
    const row = await answer(rooms, tx, { request, question, hash, sealer }, prepared, call);
    return { lookUp: lookUpMessage(row, sealer, true), quota: await quotaOf(tx, call.at) };
  });
}

/** Screening one by one, and the receipts it leaves. */
export function screeningHandlers(rooms: Rooms) {
  return {
    screen: (request, call) => screen(rooms, request, call),

    listLookUps: async (request, { caller }) => {
      const sealer = await rooms.crypto.sealer(caller.orgId);
      const purpose = wordOf(Purpose, request.purpose) ?? '';
      const verdict = wordOf(Verdict, request.verdict) ?? '';
      return rooms.db.tenant(caller.orgId, async (tx) => {
        const found = await listLookUps(tx, { purpose, verdict }, request.page);
        const lookUps = found.rows.map((row) => lookUpMessage(row, sealer, false));
        return { lookUps, page: found.page };
      });
    },

    getLookUp: async ({ lookUpId }, { caller }) => {
      const sealer = await rooms.crypto.sealer(caller.orgId);
      return rooms.db.tenant(caller.orgId, async (tx) => {
        const row = await findLookUp(tx, lookUpId);
        if (row === undefined) throw fault('missing', 'look_up_unknown', { lookUpId });
        return { lookUp: lookUpMessage(row, sealer, true) };
      });
    },

    getQuota: async (_request, { caller, at }) =>
      rooms.db.tenant(caller.orgId, async (tx) => ({ quota: await quotaOf(tx, at) })),
  } satisfies Partial<Handlers<ScreeningServiceServer>>;
}
