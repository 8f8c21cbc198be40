import { addDays, type Day, day, isBefore } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
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
};

/**
 * Writes a complaint down. Faults, in this order: `refused` complaint_in_future,
 * agency_never_worked (the agency had no case of the creditor), case_not_of_agency.
 */
export function fileComplaint(
  told: Omit<Complaint, 'answerBy' | 'outcome' | 'answer'>,
  facts: { worked: boolean; hadCase: boolean },
  today: Day,
): Complaint {
  const receivedOn = day(told.receivedOn);
  if (isBefore(today, receivedOn)) throw fault('refused', 'complaint_in_future');
  if (!facts.worked) throw fault('refused', 'agency_never_worked', { agencyId: told.agencyId });
  if (told.caseId !== '' && !facts.hadCase) {
    throw fault('refused', 'case_not_of_agency', { caseId: told.caseId });
  }
  const days = ruleOn(complaintDays, receivedOn)[told.source];
  return { ...told, answerBy: addDays(receivedOn, days).toString(), outcome: '', answer: '' };
}

/** Answers once. Fault: `refused` complaint_answered. */
export function answerComplaint(
  complaint: Complaint,
  outcome: ComplaintOutcome,
  answer: string,
): Complaint {
  if (complaint.outcome !== '') throw fault('refused', 'complaint_answered');
  return { ...complaint, outcome, answer };
}

export function isOverdue(complaint: Complaint, today: Day): boolean {
  return complaint.outcome === '' && isBefore(day(complaint.answerBy), today);
}
