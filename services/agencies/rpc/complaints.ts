import type { Db } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { onceForCaller } from '@recourse/kit/once.ts';
import type { Handlers } from '@recourse/kit/rpc.ts';
import {
  AnswerComplaintResponse,
  type Complaint as ComplaintMessage,
  ComplaintOutcome,
  ComplaintSource,
  ComplaintSubject,
  type RankingServiceServer,
} from '@recourse/proto/agencies/v1/ranking.ts';
import { creditorDay } from '../domain/placement.ts';
import { answerComplaint, fileComplaint, isOverdue } from '../domain/ranking/complaint.ts';
import {
  addComplaint,
  agencyFacts,
  complaintForUpdate,
  type ComplaintRow,
  listComplaints,
  saveAnswer,
} from '../store/ranking/complaints.ts';
import { sideOf, wordsOf } from './rooms.ts';

function message(row: ComplaintRow, at: Temporal.Instant): ComplaintMessage {
  const { contentHash: _hash, answeredAt, ...shown } = row;
  return {
    ...shown,
    source: ComplaintSource[row.source],
    subject: ComplaintSubject[row.subject as keyof typeof ComplaintSubject],
    outcome: ComplaintOutcome[row.outcome === '' ? 'UNSPECIFIED' : row.outcome],
    answeredAt: answeredAt ?? undefined,
    overdue: isOverdue(row, creditorDay(at)),
  };
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
        const filed = fileComplaint(told, known, creditorDay(call.at));
        await addComplaint(tx, { ...filed, contentHash: contentHash(told) }, call.at);
        const row = await complaintForUpdate(tx, complaintId);
        return { complaint: row && message(row, call.at) };
      }),

    answerComplaint: ({ requestId, ...content }, call) =>
      db.tenant(call.caller.orgId, (tx) =>
        onceForCaller(tx, call, { requestId, content }, AnswerComplaintResponse, async () => {
          const { complaintId, answer } = content;
          const row = await complaintForUpdate(tx, complaintId);
          if (row === undefined) throw fault('missing', 'complaint_unknown', { complaintId });
          const [outcome] = wordsOf(ComplaintOutcome, [content.outcome]);
          if (outcome === undefined) throw fault('invalid', 'complaint_word_unknown');
          await saveAnswer(tx, answerComplaint(row, outcome, answer), call.at);
          const after = await complaintForUpdate(tx, complaintId);
          return { complaint: after && message(after, call.at) };
        }),
      ),

    listComplaints: ({ agencyId, unansweredOnly, page: asked }, { caller, at }) =>
      db.tenant(caller.orgId, async (tx) => {
        const filter = { agencyId, unansweredOnly };
        const found = await listComplaints(tx, sideOf(caller), filter, asked);
        return { complaints: found.rows.map((row) => message(row, at)), page: found.page };
      }),
  } satisfies Partial<Handlers<RankingServiceServer>>;
}
