import type { Guarantor } from '@recourse/proto/web/litigation/v1/limitation';
import type { FormField, FormValues } from '../../ui/form-values';
import { optionsOf } from '../../ui/options-of';
import { t } from './words';

const agreements = ['none', 'day', 'months', 'unclear'] as const;
const mostMonths = 600;

function agreementOf(now: Guarantor | undefined): (typeof agreements)[number] {
  if (now?.agreedUnclear === true) return 'unclear';
  if ((now?.agreedUntil ?? '') !== '') return 'day';
  return (now?.agreedMonths ?? 0) > 0 ? 'months' : 'none';
}

function lengthFields(agreed: string, now: Guarantor | undefined): FormField[] {
  if (agreed === 'day') {
    const initial = now?.agreedUntil ?? '';
    return [{ id: 'agreedUntil', kind: 'day', label: t('agreedUntil'), initial }];
  }
  if (agreed !== 'months') return [];
  return [
    {
      id: 'agreedMonths',
      kind: 'whole',
      label: t('agreedMonths'),
      hint: t('agreedMonthsHint'),
      max: mostMonths,
      ...(now === undefined || now.agreedMonths === 0 ? {} : { initial: now.agreedMonths }),
    },
  ];
}

/** What the contract of guarantee says: its kind, its day, and its period if it has one. */
export function guarantorFields(values: FormValues, now?: Guarantor): FormField[] {
  const initial = agreementOf(now);
  const agreed = values.text('agreed');
  return [
    {
      id: 'kind',
      kind: 'choice',
      label: t('guarantorKind'),
      options: optionsOf(['general', 'joint'], t, 'guarantor.'),
      initial: now?.kind ?? 'general',
    },
    {
      id: 'contractOn',
      kind: 'day',
      label: t('contractOn'),
      optional: true,
      initial: now?.contractOn ?? '',
    },
    {
      id: 'agreed',
      kind: 'choice',
      label: t('agreed'),
      hint: t('agreedHint'),
      options: optionsOf(agreements, t, 'agreed.'),
      initial,
    },
    ...lengthFields(agreed, now),
  ];
}

/** The guarantor as it was written. */
export function guarantorOf(values: FormValues, name: string): Guarantor {
  const agreed = values.text('agreed');
  return {
    name,
    kind: values.text('kind'),
    contractOn: values.text('contractOn'),
    agreedUntil: agreed === 'day' ? values.text('agreedUntil') : '',
    agreedMonths: agreed === 'months' ? values.whole('agreedMonths') : 0,
    agreedUnclear: agreed === 'unclear',
  };
}
