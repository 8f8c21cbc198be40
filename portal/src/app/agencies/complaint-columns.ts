import { ComplaintOutcome } from '@recourse/proto/web/agencies/v1/ranking';
import type { Complaint } from '@recourse/proto/web/agencies/v1/ranking';
import type { Column } from '../ui/column';
import { t } from './complaint-words';

/** How a complaint stands: upheld or not, or still to be answered. */
export function stateText({ outcome }: Complaint): string {
  return outcome === ComplaintOutcome.UNSPECIFIED ? t('unanswered') : (t.find(outcome) ?? '');
}

export const complaintColumns: Column<Complaint>[] = [
  {
    id: 'subject',
    title: () => t('subject'),
    value: (c) => t.find(c.subject),
    fixed: true,
    card: 'title',
    note: (c) => c.text,
    noteTitle: () => t('text'),
  },
  {
    id: 'state',
    title: () => t('state'),
    kind: 'own',
    card: 'chip',
    text: (c) => (c.overdue ? `${stateText(c)} ${t('overdue')}` : stateText(c)),
  },
  { id: 'source', title: () => t('source'), value: (c) => t.find(c.source) },
  { id: 'received', title: () => t('receivedOn'), kind: 'day', value: (c) => c.receivedOn },
  { id: 'by', title: () => t('answerBy'), kind: 'day', value: (c) => c.answerBy },
  { id: 'reply', title: () => t('reply'), value: (c) => c.reply },
  { id: 'answer', title: () => t('answer'), value: (c) => c.answer },
  {
    id: 'repliedAt',
    title: () => t('repliedAt'),
    kind: 'instant',
    value: (c) => c.repliedAt,
    hidden: true,
  },
  {
    id: 'answeredAt',
    title: () => t('answeredAt'),
    kind: 'instant',
    value: (c) => c.answeredAt,
    hidden: true,
  },
  {
    id: 'recordedAt',
    title: () => t('recordedAt'),
    kind: 'instant',
    value: (c) => c.recordedAt,
    hidden: true,
  },
  { id: 'actions', title: () => t('actions'), kind: 'own' },
];
