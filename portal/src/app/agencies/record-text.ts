import type { AgencyRecord } from '@recourse/proto/web/agencies/v1/agencies';
import { formatBps, formatCount } from '../ui/format';
import { t } from './words';

/** Measured recovery; a dash while nothing was measured. */
export function recoveryText(record: AgencyRecord | undefined): string {
  if (record === undefined || record.sample === 0n) return t('tooFew');
  return formatBps(Number(record.recoveryRateBps));
}

/** The interval a measured recovery stands in, with its sample. */
export function intervalText(record: AgencyRecord | undefined): string {
  if (record === undefined || record.sample === 0n) return '';
  return t('interval', {
    low: formatBps(Number(record.recoveryLowBps)),
    high: formatBps(Number(record.recoveryHighBps)),
    sample: formatCount(record.sample),
  });
}
