import type { CommissionTerms } from '@recourse/proto/web/agencies/v1/agencies';
import { formatBps } from '../ui/format';
import { t } from './words';

/** Commission terms in one line of words. */
export function termsText(terms: CommissionTerms | undefined): string {
  const model = terms?.model;
  if (terms === undefined || model === undefined) return '';
  const rates =
    model.$case === 'flat'
      ? t('flat', { rate: formatBps(model.value.rateBps) })
      : model.value.bands
          .map(({ fromDaysOverdue, rateBps }) =>
            t('band', { from: fromDaysOverdue, rate: formatBps(rateBps) }),
          )
          .join(' · ');
  const parts = [rates];
  if (terms.vatBps > 0) parts.push(t('vat', { rate: formatBps(terms.vatBps) }));
  if (terms.tailDays > 0) parts.push(t('tail', { days: terms.tailDays }));
  return parts.join(' · ');
}

/** A named refusal of one of many, in words. */
export function reasonText(reason: string): string {
  const [name = reason] = reason.split(':');
  return t.find(`reason.${name}`) ?? reason;
}
