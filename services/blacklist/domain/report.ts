import { fault } from '@recourse/kit/fault.ts';

/**
 * Whether a report to the listed party is free: the first ones of a calendar year are (征信业管理条例
 * art. 17), another needs the receipt of its payment. Fault: `exhausted` free_reports_used.
 */
export function freeReport(
  issued: number,
  freeReports: number,
  paymentReference: string,
): { free: boolean; freeLeft: number } {
  if (issued < freeReports) return { free: true, freeLeft: freeReports - issued - 1 };
  if (paymentReference === '') throw fault('exhausted', 'free_reports_used', { freeReports });
  return { free: false, freeLeft: 0 };
}
