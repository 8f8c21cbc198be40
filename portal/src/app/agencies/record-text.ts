import type { AgencyRecord } from '@recourse/proto/web/agencies/v1/agencies';
import { formatCount, formatPercent } from '../ui/format';
import { t } from './words';

/** A record says nothing until enough placements have ended; its interval is then above zero. */
function isMeasured(record: AgencyRecord): boolean {
  return record.recoveryHighBps > 0n;
}

/** With one digit always: two of so small a sample would claim too much, none would not line up. */
const share = (bps: number): string => formatPercent(bps, 1);

/** Reports that came in time, of those due: the share first, it is what compares. */
export function reportsText(record: AgencyRecord | undefined): string {
  const [part, whole] = [record?.reportsOnTime ?? 0, record?.reportsDue ?? 0];
  if (whole === 0) return t('noReports');
  return t('of', { share: formatPercent((part / whole) * 10_000, 0), part, whole });
}

/** Measured recovery, or that there is too little to say. */
export function recoveryText(record: AgencyRecord | undefined): string {
  if (record === undefined || !isMeasured(record)) return t('tooFew');
  return share(Number(record.recoveryRateBps));
}

/** The interval a measured recovery stands in, with its sample. */
export function intervalText(record: AgencyRecord | undefined): string {
  if (record === undefined || !isMeasured(record)) return '';
  return t('interval', {
    low: share(Number(record.recoveryLowBps)),
    high: share(Number(record.recoveryHighBps)),
    sample: formatCount(record.sample),
  });
}
