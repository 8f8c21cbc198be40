import type { AgencyRecord } from '@recourse/proto/web/agencies/v1/agencies';
import { formatBps, formatCount } from '../ui/format';
import { t } from './words';

/** A record says nothing until enough placements have ended; its interval is then above zero. */
function isMeasured(record: AgencyRecord): boolean {
  return record.recoveryHighBps > 0n;
}

/** Measured recovery, or that there is too little to say. */
export function recoveryText(record: AgencyRecord | undefined): string {
  if (record === undefined || !isMeasured(record)) return t('tooFew');
  return formatBps(Number(record.recoveryRateBps));
}

/** The interval a measured recovery stands in, with its sample. */
export function intervalText(record: AgencyRecord | undefined): string {
  if (record === undefined || !isMeasured(record)) return '';
  return t('interval', {
    low: formatBps(Number(record.recoveryLowBps)),
    high: formatBps(Number(record.recoveryHighBps)),
    sample: formatCount(record.sample),
  });
}
