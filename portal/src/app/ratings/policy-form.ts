import type { PaymentTerms, PolicyRow } from '@recourse/proto/web/credit/v1/ratings';
import type { FormField, FormValue, FormValues } from '../ui/form-values';
import { optionsOf } from '../ui/options-of';
import { t } from './policy-words';

/** Basis points as a percentage is written: 10 is `0.1`. */
const percent = (bps: number): string => String(bps / 100);

/** A row of a policy as the form holds it at first. */
export function writtenRow(row: PolicyRow): Readonly<Record<string, FormValue>> {
  const { terms } = row;
  return {
    id: row.grade,
    pdUpToBps: percent(row.pdUpToBps),
    limit: row.limit,
    equityShareBps: percent(row.equityShareBps),
    way: terms?.prepaid ? 'prepaid' : 'net',
    netDays: String(terms?.netDays ?? 0),
    discountBps: percent(terms?.discountBps ?? 0),
    discountDays: String(terms?.discountDays ?? 0),
    reviewMonths: String(row.reviewMonths),
    guaranteeRequired: row.guaranteeRequired,
    admissible: row.admissible,
  };
}

function termsFields(): FormField[] {
  const unit = t('dayUnit');
  return [
    { id: 'netDays', kind: 'whole', label: t('netDays'), unit, max: 365 },
    { id: 'discountBps', kind: 'percent', label: t('discount') },
    { id: 'discountDays', kind: 'whole', label: t('discountDays'), unit, max: 365 },
  ];
}

/** The fields of one grade. */
export function rowFields(values: FormValues, currency: string): FormField[] {
  return [
    { id: 'pdUpToBps', kind: 'percent', label: t('pd') },
    { id: 'limit', kind: 'money', label: t('limit'), currency, zero: true },
    { id: 'equityShareBps', kind: 'percent', label: t('equity'), hint: t('equityHint') },
    {
      id: 'way',
      kind: 'choice',
      label: t('terms'),
      options: optionsOf(['net', 'prepaid'], t),
    },
    ...(values.text('way') === 'prepaid' ? [] : termsFields()),
    { id: 'reviewMonths', kind: 'whole', label: t('review'), unit: t('monthUnit'), max: 60 },
    { id: 'guaranteeRequired', kind: 'flag', label: t('guarantee') },
    { id: 'admissible', kind: 'flag', label: t('admissible') },
  ];
}

function termsOf(values: FormValues): PaymentTerms {
  if (values.text('way') === 'prepaid') {
    return { prepaid: true, netDays: 0, discountBps: 0, discountDays: 0 };
  }
  const discountBps = values.bps('discountBps');
  return {
    prepaid: false,
    netDays: values.whole('netDays'),
    discountBps,
    discountDays: discountBps === 0 ? 0 : values.whole('discountDays'),
  };
}

/** What the form says of one grade. */
export function rowOf(grade: PolicyRow['grade'], values: FormValues): PolicyRow {
  return {
    grade,
    pdUpToBps: values.bps('pdUpToBps'),
    limit: values.money('limit'),
    terms: termsOf(values),
    guaranteeRequired: values.flag('guaranteeRequired'),
    reviewMonths: values.whole('reviewMonths'),
    admissible: values.flag('admissible'),
    equityShareBps: values.bps('equityShareBps'),
  };
}
