import { ProofGrade } from '@recourse/proto/web/litigation/v1/limitation';
import type { FormField, FormValues } from '../../ui/form-values';
import { today } from '../../ui/format';
import { namedValues, optionsOf } from '../../ui/options-of';
import { events, guarantorKinds, toldKinds } from '../limitation/event-words';
import { t as clocks } from '../limitation/words';
import { t } from './words';

const grades = namedValues(ProofGrade);
const outcomes = ['judgment', 'settled', 'withdrawn', 'dismissed', 'not_accepted', 'lapsed'];

/** Proceedings hold the clock until they end, and how they end says what they were worth. */
const proceedings: readonly string[] = ['suit', 'arbitration', 'payment_order', 'enforcement'];
/** A new last day to perform begins the period. */
const postponing: readonly string[] = ['repayment_plan', 'extension'];

const day = (id: string, label: string): FormField => ({ id, kind: 'day', label, optional: true });

/** What is asked beside kind, day and proof: only what the kind gives a meaning to. */
function furtherFields(values: FormValues): FormField[] {
  const kind = values.text('kind');
  if (kind === 'obstacle') return [day('until', t('until'))];
  if (kind === 'judgment') return [day('performBy', t('performBy'))];
  if (postponing.includes(kind)) return [day('until', t('newDay'))];
  if (!proceedings.includes(kind)) return [];
  const outcome = values.text('outcome');
  const isUndone = outcome === 'withdrawn' || outcome === 'dismissed';
  return [
    {
      id: 'outcome',
      kind: 'choice',
      label: t('outcome'),
      hint: t('outcomeHint'),
      options: optionsOf(outcomes, t, 'outcome.'),
      optional: true,
    },
    ...(outcome === '' || outcome === 'not_accepted' ? [] : [day('until', t('endedOn'))]),
    ...(isUndone ? [day('servedOn', t('complaintServed'))] : []),
  ];
}

/** The fields of one event of a debt; acts towards the guarantor only where there is one. */
export function eventFields(values: FormValues, isGuaranteed: boolean): FormField[] {
  const kinds = isGuaranteed ? [...toldKinds, ...guarantorKinds] : toldKinds;
  return [
    {
      id: 'kind',
      kind: 'choice',
      label: clocks('kind'),
      options: optionsOf(kinds, events),
      initial: 'demand',
    },
    { id: 'on', kind: 'day', label: clocks('on'), max: today() },
    {
      id: 'grade',
      kind: 'choice',
      label: clocks('grade'),
      options: optionsOf(grades, clocks),
      initial: ProofGrade.LIKELY,
    },
    ...furtherFields(values),
  ];
}
