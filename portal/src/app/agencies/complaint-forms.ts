import {
  AnswerComplaintRequest,
  AnswerComplaintResponse,
  ComplaintOutcome,
  ComplaintSource,
  ComplaintSubject,
  PutComplaintRequest,
  PutComplaintResponse,
  ReplyToComplaintRequest,
  ReplyToComplaintResponse,
} from '@recourse/proto/web/agencies/v1/ranking';
import type { Complaint } from '@recourse/proto/web/agencies/v1/ranking';
import { type Api, path } from '../session/api';
import type { Option } from '../ui/filter-choice';
import type { Form } from '../ui/form-values';
import { today } from '../ui/format';
import { namedValues, optionsOf } from '../ui/options-of';
import { t } from './complaint-words';

const sources = namedValues(ComplaintSource);
const subjects = namedValues(ComplaintSubject);
const outcomes = namedValues(ComplaintOutcome);

/** Who may write a complaint down: the roles of the contract's PutComplaint. */
export const filers = [
  'collector',
  'supervisor',
  'director',
  'general_manager',
  'credit_manager',
  'legal_officer',
] as const;

/** Who may answer one: the roles of the contract's AnswerComplaint. */
export const answerers = ['supervisor', 'director', 'general_manager', 'credit_manager'] as const;

/** Who may reply for the agency: the role of the contract's ReplyToComplaint. */
export const repliers = ['agency_manager'] as const;

/** What a complaint is filed about: the agency, and its cases of the creditor to choose from. */
export type FiledAbout = { agencyId: string; name: string; cases: readonly Option[] };

/** Writes a complaint about an agency down. */
export function fileForm(api: Api, { agencyId, name, cases }: FiledAbout): Form {
  return {
    heading: t('fileTitle', { name }),
    hint: t('fileHint'),
    action: t('file'),
    fields: () => [
      { id: 'source', kind: 'choice', label: t('source'), options: optionsOf(sources, t) },
      { id: 'subject', kind: 'choice', label: t('subject'), options: optionsOf(subjects, t) },
      { id: 'receivedOn', kind: 'day', label: t('receivedOn'), initial: today(), max: today() },
      { id: 'text', kind: 'text', label: t('text'), rows: 4, least: 2 },
      {
        id: 'caseId',
        kind: 'choice',
        label: t('case'),
        hint: t('caseHint'),
        options: cases,
        optional: true,
      },
    ],
    send: (values, { newId, requestId }) => {
      const body: PutComplaintRequest = {
        complaintId: newId,
        agencyId,
        caseId: values.text('caseId'),
        source: sources.find((one) => one === values.text('source')) ?? ComplaintSource.UNSPECIFIED,
        subject:
          subjects.find((one) => one === values.text('subject')) ?? ComplaintSubject.UNSPECIFIED,
        receivedOn: values.text('receivedOn'),
        text: values.text('text'),
      };
      const at = path`/v1/complaints/${newId}`;
      const sent = PutComplaintRequest.toJSON(body);
      return api.put(at, sent, PutComplaintResponse.fromJSON, { requestId });
    },
  };
}

/** Answers a complaint, once, in view of what the agency says to it. */
export function answerForm(api: Api, complaint: Complaint): Form {
  const { complaintId, text, reply, replyVersion } = complaint;
  const said = reply === '' ? t('noReply') : t('theirReply', { reply });
  return {
    heading: t('answerTitle'),
    hint: [text, said, t('answerHint')].join(' '),
    action: t('answer'),
    fields: () => [
      { id: 'outcome', kind: 'choice', label: t('outcome'), options: optionsOf(outcomes, t) },
      { id: 'answer', kind: 'text', label: t('answer'), rows: 4, least: 2 },
    ],
    send: (values, { requestId }) => {
      const body: AnswerComplaintRequest = {
        complaintId,
        outcome:
          outcomes.find((one) => one === values.text('outcome')) ?? ComplaintOutcome.UNSPECIFIED,
        answer: values.text('answer'),
        consideredReply: replyVersion,
        requestId,
      };
      const at = path`/v1/complaints/${complaintId}:answer`;
      const sent = AnswerComplaintRequest.toJSON(body);
      return api.post(at, sent, AnswerComplaintResponse.fromJSON, { requestId });
    },
  };
}

/** The agency's own word on a complaint; it starts from the wording that is there. */
export function replyForm(api: Api, { complaintId, text, reply }: Complaint): Form {
  return {
    heading: t('replyTitle'),
    hint: `${text} ${t('replyHint')}`,
    action: reply === '' ? t('replyAction') : t('replyAgain'),
    fields: () => [
      { id: 'reply', kind: 'text', label: t('reply'), rows: 6, least: 2, initial: reply },
    ],
    send: (values, { requestId }) => {
      const body: ReplyToComplaintRequest = {
        complaintId,
        reply: values.text('reply'),
        requestId,
      };
      const at = path`/v1/complaints/${complaintId}:reply`;
      const sent = ReplyToComplaintRequest.toJSON(body);
      return api.post(at, sent, ReplyToComplaintResponse.fromJSON, { requestId });
    },
  };
}
