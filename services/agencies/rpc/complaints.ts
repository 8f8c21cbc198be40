import type { Db, Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { onceForCaller } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  AnswerComplaintResponse,
  type Complaint as ComplaintMessage,
  ComplaintOutcome,
  ComplaintSource,
  ComplaintSubject,
  type RankingServiceServer,
  type ReplyToComplaintRequest,
  ReplyToComplaintResponse,
} from '@recourse/proto/agencies/v1/ranking.ts';
import type { Told } from '../domain/agency.ts';
import { creditorDay } from '../domain/placement.ts';
import {
  answerComplaint,
  type Complaint,
  fileComplaint,
  isOverdue,
  replyToComplaint,
} from '../domain/ranking/complaint.ts';
import {
  addComplaint,
  agencyFacts,
  complaintForUpdate,
  type ComplaintRow,
  creditorOf,
  listComplaints,
  saveAnswer,
  saveReply,
} from '../store/ranking/complaints.ts';
import { agenciesTopic } from '../topic.ts';
import { madeBy, sideOf, wordsOf } from './rooms.ts';

function message(row: ComplaintRow, at: Temporal.Instant): ComplaintMessage {
  const { contentHash: _hash, answeredAt, repliedAt, ...shown } = row;
  return {
    ...shown,
    source: ComplaintSource[row.source],
    subject: ComplaintSubject[row.subject as keyof typeof ComplaintSubject],
    outcome: ComplaintOutcome[row.outcome === '' ? 'UNSPECIFIED' : row.outcome],
    answeredAt: answeredAt ?? undefined,
    repliedAt: repliedAt ?? undefined,
    overdue: isOverdue(row, creditorDay(at)),
  };
}

/** Both sides hear of it. */
async function tell(tx: Tx, one: Complaint, events: Told[], call: Call): Promise<void> {
  const { complaintId, agencyId } = one;
  const about = { aggregateId: complaintId, audience: [tx.orgId, agencyId] };
  await emit(tx, agenciesTopic, { ...madeBy(call), ...about }, events);
}

async function read(tx: Tx, complaintId: string, { at }: Call) {
  const row = await complaintForUpdate(tx, complaintId);
  return { complaint: row && message(row, at) };
}

/** In the creditor's transaction, where the locked row itself has to name the agency. */
async function reply(db: Db, request: ReplyToComplaintRequest, call: Call) {
  const { requestId, ...content } = request;
  const { complaintId } = content;
  const { orgId } = call.caller;
  const creditorId = await db.tenant(orgId, (tx) => creditorOf(tx, complaintId));
  if (creditorId === undefined) throw fault('missing', 'complaint_unknown', { complaintId });
  const command = { requestId, content: { verb: 'reply', ...content } };
  return db.tenant(creditorId, (tx) =>
    onceForCaller(tx, call, command, ReplyToComplaintResponse, async () => {
      const row = await complaintForUpdate(tx, complaintId);
      const { state, events } = replyToComplaint(row, orgId, content.reply);
      if (events.length > 0) await saveReply(tx, state, call.at);
      await tell(tx, state, events, call);
      return read(tx, complaintId, call);
    }),
  );
}

/**
 * Complaints about agencies. Faults: those of domain/ranking/complaint.ts; `missing`
 * complaint_unknown; `exists` complaint_exists_with_other_content; `invalid`
 * complaint_word_unknown.
 */
export function complaintHandlers({ db }: { db: Db }) {
  return {
    putComplaint: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        const { complaintId, agencyId, caseId, receivedOn, text } = request;
        const [source] = wordsOf(ComplaintSource, [request.source]);
        const [subject] = wordsOf(ComplaintSubject, [request.subject]);
        if (source === undefined || subject === undefined) {
          throw fault('invalid', 'complaint_word_unknown');
        }
        const told = { complaintId, agencyId, caseId, source, subject, receivedOn, text };
        const known = await agencyFacts(tx, agencyId, caseId);
        const { state, events } = fileComplaint(told, known, creditorDay(call.at));
        const filed = { ...state, contentHash: contentHash(told) };
        if (await addComplaint(tx, filed, call.at)) await tell(tx, state, events, call);
        return read(tx, complaintId, call);
      }),

    answerComplaint: ({ requestId, ...content }, call) =>
      db.tenant(call.caller.orgId, (tx) =>
        onceForCaller(tx, call, { requestId, content }, AnswerComplaintResponse, async () => {
          const { complaintId, answer, consideredReply } = content;
          const row = await complaintForUpdate(tx, complaintId);
          if (row === undefined) throw fault('missing', 'complaint_unknown', { complaintId });
          const [outcome] = wordsOf(ComplaintOutcome, [content.outcome]);
          if (outcome === undefined) throw fault('invalid', 'complaint_word_unknown');
          const { state, events } = answerComplaint(row, outcome, answer, consideredReply);
          await saveAnswer(tx, state, call.at);
          await tell(tx, state, events, call);
          return read(tx, complaintId, call);
        }),
      ),

    replyToComplaint: (request, call) => reply(db, request, call),

    listComplaints: ({ agencyId, unansweredOnly, page: asked }, { caller, at }) =>
      db.tenant(caller.orgId, async (tx) => {
        const filter = { agencyId, unansweredOnly };
        const found = await listComplaints(tx, sideOf(caller), filter, asked);
        return { complaints: found.rows.map((row) => message(row, at)), page: found.page };
      }),
  } satisfies Partial<Handlers<RankingServiceServer>>;
}
