import { addDays, type Day, day, isBefore } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Told } from '../agency.ts';
import { ruleOn } from '../rules.ts';
import { complaintDays, type ComplaintSource } from './rules.ts';

export type ComplaintOutcome = 'UPHELD' | 'UNFOUNDED';

/** A complaint about how an agency worked for a creditor. */
export type Complaint = {
  complaintId: string;
  agencyId: string;
  caseId: string;
  source: ComplaintSource;
  subject: string;
  receivedOn: string;
  text: string;
  answerBy: string;
  outcome: ComplaintOutcome | '';
  answer: string;
  /** What the agency says to it; empty until it does. */
  reply: string;
  /** Counts the wordings of the reply. */
  replyVersion: bigint;
};

type Decided = { state: Complaint; events: Told[] };
type ToldOnly = Omit<Complaint, 'answerBy' | 'outcome' | 'answer' | 'reply' | 'replyVersion'>;

/**
 * Writes a complaint down. Faults, in this order: `refused` complaint_in_future,
 * agency_never_worked (the agency had no case of the creditor), case_not_of_agency.
 */
export function fileComplaint(
  told: ToldOnly,
  facts: { worked: boolean; hadCase: boolean },
  today: Day,
): Decided {
  const receivedOn = day(told.receivedOn);
  if (isBefore(today, receivedOn)) throw fault('refused', 'complaint_in_future');
  if (!facts.worked) throw fault('refused', 'agency_never_worked', { agencyId: told.agencyId });
  if (told.caseId !== '' && !facts.hadCase) {
    throw fault('refused', 'case_not_of_agency', { caseId: told.caseId });
  }
  const days = ruleOn(complaintDays, receivedOn)[told.source];
  const answerBy = addDays(receivedOn, days).toString();
  const { complaintId, agencyId, caseId } = told;
  return {
    state: { ...told, answerBy, outcome: '', answer: '', reply: '', replyVersion: 0n },
    events: [{ $case: 'complaintRecorded', value: { complaintId, agencyId, caseId, answerBy } }],
  };
}

/**
 * The agency's own word, so that it is heard before the creditor decides; it may be worded anew
 * until then. The same words again change nothing, whenever they come. Faults, in this order:
 * `missing` complaint_unknown, also for one about another agency; `refused` complaint_answered.
 */
export function replyToComplaint(
  complaint: Complaint | undefined,
  agencyId: string,
  reply: string,
): Decided {
  if (complaint === undefined || complaint.agencyId !== agencyId) {
    throw fault('missing', 'complaint_unknown');
  }
  if (complaint.reply === reply) return { state: complaint, events: [] };
  const { complaintId } = complaint;
  if (complaint.outcome !== '') throw fault('refused', 'complaint_answered', { complaintId });
  const replyVersion = complaint.replyVersion + 1n;
  return {
    state: { ...complaint, reply, replyVersion },
    events: [{ $case: 'complaintReplied', value: { complaintId, agencyId, replyVersion } }],
  };
}

/**
 * Answers once, in view of what the agency says to it. Faults, in this order: `refused`
 * complaint_answered; `stale` complaint_reply_not_considered (there is a reply, or a newer wording,
 * that was not read before).
 */
export function answerComplaint(
  complaint: Complaint,
  outcome: ComplaintOutcome,
  answer: string,
  consideredReply: bigint,
): Decided {
  const { complaintId, agencyId, replyVersion } = complaint;
  if (complaint.outcome !== '') throw fault('refused', 'complaint_answered', { complaintId });
  if (consideredReply !== replyVersion) {
    const facts = { expected: consideredReply, present: replyVersion };
    throw fault('stale', 'complaint_reply_not_considered', facts);
  }
  const value = { complaintId, agencyId, upheld: outcome === 'UPHELD', consideredReply };
  return {
    state: { ...complaint, outcome, answer },
    events: [{ $case: 'complaintAnswered', value }],
  };
}

export function isOverdue(complaint: Complaint, today: Day): boolean {
  return complaint.outcome === '' && isBefore(day(complaint.answerBy), today);
}
