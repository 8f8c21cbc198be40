import type { AuditEntry, SearchAuditResponse } from '@recourse/proto/web/platform/v1/audit';
import type { TablePage } from '../ui/data-table';

/**
 * One page of all services' entries, the latest first. What an answer holds beyond the page is left
 * to the next, which every service is asked for after the last entry shown.
 */
export function mergeAudit(
  answers: readonly (SearchAuditResponse | undefined)[],
  size: number,
): { entries: AuditEntry[]; page: TablePage } {
  const given = answers.filter((one) => one !== undefined);
  const all = given
    .flatMap((one) => one.entries)
    .toSorted((a, b) => (a.position < b.position ? 1 : a.position > b.position ? -1 : 0));
  const entries = all.slice(0, size);
  const hasMore = all.length > size || given.some((one) => (one.page?.nextCursor ?? '') !== '');
  return {
    entries,
    page: {
      nextCursor: hasMore ? (entries.at(-1)?.cursor ?? '') : '',
      count: given.reduce((sum, one) => sum + (one.page?.count ?? 0n), 0n),
      countEstimated: given.some((one) => one.page?.countEstimated === true),
    },
  };
}

/** The instant at which a day begins where the person is; empty stays absent. */
export function startOf(day: string, plusDays = 0): string | undefined {
  if (day === '') return undefined;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + plusDays).toISOString();
}
