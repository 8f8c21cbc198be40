import type { PlacementResult } from '@recourse/proto/web/agencies/v1/placements';
import type { CommissionTerms } from '@recourse/proto/web/agencies/v1/agencies';
import { formatBps } from '../ui/format';
import { itemNames } from './pack-forms';
import { t } from './words';

/** The rates of commission terms: one, or one from each age on. */
export function ratesText(terms: CommissionTerms | undefined): string {
  const model = terms?.model;
  if (model === undefined) return '';
  if (model.$case === 'flat') return t('flat', { rate: formatBps(model.value.rateBps) });
  return model.value.bands
    .map(({ fromDaysOverdue, rateBps }) =>
      t('band', { from: fromDaysOverdue, rate: formatBps(rateBps) }),
    )
    .join(' · ');
}

/** What else commission terms say: value-added tax, and how long money still counts. */
export function conditionsText(terms: CommissionTerms | undefined): string {
  if (terms === undefined) return '';
  const parts: string[] = [];
  if (terms.vatBps > 0) parts.push(t('vat', { rate: formatBps(terms.vatBps) }));
  if (terms.tailDays > 0) parts.push(t('tail', { days: terms.tailDays }));
  return parts.join(' · ');
}

/** Commission terms in one line of words. */
export function termsText(terms: CommissionTerms | undefined): string {
  return [ratesText(terms), conditionsText(terms)].filter((part) => part !== '').join(' · ');
}

/** A named refusal of one of many, in words. */
export function reasonText(reason: string): string {
  const [name = reason] = reason.split(':');
  return t.find(`reason.${name}`) ?? reason;
}

/** Why one placement was refused, with what its handover pack lacks. */
export function refusedText({ reason, missing }: PlacementResult): string {
  const text = reasonText(reason);
  return missing.length === 0 ? text : t('lacking', { reason: text, items: itemNames(missing) });
}
