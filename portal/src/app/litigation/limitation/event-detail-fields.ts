import type { EventDetails } from '@recourse/proto/web/litigation/v1/limitation';
import type { FormField, FormValues } from '../../ui/form-values';
import { optionsOf } from '../../ui/options-of';
import { t } from './detail-words';

const outcomes = [
  'judgment',
  'mediated',
  'settled',
  'withdrawn',
  'dismissed',
  'not_accepted',
  'lapsed',
];
/** Kinds whose day was agreed, and so may lie ahead. */
const agreedAhead: readonly string[] = ['instalment_due', 'grace_end'];

/** Proceedings hold the clock until they end, and how they end says what they were worth. */
const served: readonly string[] = ['suit', 'arbitration', 'payment_order', 'sue_guarantor'];
const proceedings: readonly string[] = [...served, 'bankruptcy_claim', 'enforcement'];
/** A new last day to perform begins the period. */
const postponing: readonly string[] = ['repayment_plan', 'extension'];
/** One who claims a part may give up the rest, which then runs on. */
const ofParts: readonly string[] = ['demand', 'bank_deduction', 'public_notice'];

const day = (id: string, label: string, hint = ''): FormField => ({
  id,
  kind: 'day',
  label,
  optional: true,
  ...(hint === '' ? {} : { hint }),
});

const flag = (id: string, label: string): FormField => ({ id, kind: 'flag', label });

function endFields(kind: string, outcome: string): FormField[] {
  const isUndone = outcome === 'withdrawn' || outcome === 'dismissed';
  const isDated = outcome !== '' && outcome !== 'not_accepted';
  const until = day('until', t('endedOn'));
  return [
    {
      id: 'outcome',
      kind: 'choice',
      label: t('outcome'),
      hint: t('outcomeHint'),
      options: optionsOf(outcomes, t, 'outcome.'),
      optional: true,
    },
    ...(isDated ? [isUndone ? until : { ...until, optional: false }] : []),
    ...(isUndone && served.includes(kind) ? [day('servedOn', t('complaintServed'))] : []),
  ];
}

/** What is asked beside kind, day and proof: only what the kind gives a meaning to. */
export function detailFields(values: FormValues): FormField[] {
  const kind = values.text('kind');
  if (kind === 'obstacle') return [day('until', t('obstacleEnd'), t('obstacleEndHint'))];
  if (kind === 'judgment') return [day('performBy', t('performBy'))];
  if (kind === 'police_report') return [day('until', t('endedOn'))];
  if (ofParts.includes(kind)) return [flag('restWaived', t('restWaived'))];
  if (postponing.includes(kind)) {
    return [
      day('until', t('newDay'), t('newDayHint')),
      flag('guarantorConsented', t('guarantorConsented')),
    ];
  }
  return proceedings.includes(kind) ? endFields(kind, values.text('outcome')) : [];
}

/** What was written of it; fields that the kind does not ask for are empty. */
export function detailsOf(values: FormValues): EventDetails {
  const asked = new Set(detailFields(values).map((field) => field.id));
  const text = (id: string): string => (asked.has(id) ? values.text(id) : '');
  return {
    until: text('until'),
    outcome: text('outcome'),
    servedOn: text('servedOn'),
    performBy: text('performBy'),
    restWaived: asked.has('restWaived') && values.flag('restWaived'),
    guarantorConsented: asked.has('guarantorConsented') && values.flag('guarantorConsented'),
  };
}

/** Whether a kind's day may lie after today. */
export function mayLieAhead(kind: string): boolean {
  return agreedAhead.includes(kind);
}

/** Kinds that start the clock only of a debt for which no due day was agreed. */
export function isOnDemand(kind: string): boolean {
  return kind === 'grace_end' || kind === 'refusal';
}
