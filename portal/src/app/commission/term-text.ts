import { t } from './words';

/**
 * The term a commission was reckoned by, as the ledger names it: `flat`, or `age_band:91-180` and
 * `age_band:181-` by days overdue. Another name stands as it is.
 */
export function termText(term: string): string {
  if (term === 'flat') return t('termFlat');
  const [, from, to] = /^age_band:(\d+)-(\d*)$/.exec(term) ?? [];
  if (from === undefined) return term;
  return to === '' || to === undefined ? t('termFrom', { from }) : t('termBand', { from, to });
}
