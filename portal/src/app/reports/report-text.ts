import { ReportState } from '@recourse/proto/web/agencies/v1/reports';
import type { ReportLine } from '@recourse/proto/web/agencies/v1/reports';
import { formatMoney } from '../ui/format';
import { t } from './words';

/** Colour of a report's state; the word stands beside it. */
export function reportTone(state: ReportState): 'neutral' | 'info' | 'warn' | 'good' {
  switch (state) {
    case ReportState.SUBMITTED:
      return 'info';
    case ReportState.QUERIED:
      return 'warn';
    case ReportState.ACKNOWLEDGED:
      return 'good';
    default:
      return 'neutral';
  }
}

/** Money received on a line, per currency. */
export function receivedText(line: ReportLine): string {
  return line.received.map((amount) => formatMoney(amount)).join(' + ');
}

/** The debtor's attitude as the log last had it. */
export function attitudeText(line: ReportLine): string {
  const { attitude } = line;
  // Nobody was reached, so nothing is known.
  if (attitude === 'UNSPECIFIED') return '';
  return t.find(attitude) ?? t.find(`ATTITUDE_${attitude}`) ?? attitude;
}
