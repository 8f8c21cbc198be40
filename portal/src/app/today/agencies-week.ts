import type {
  ListReportsResponse,
  MissingReport,
  Report,
} from '@recourse/proto/web/agencies/v1/reports';
import type { Tone } from '../ui/chip';
import { formatInstant } from '../ui/format';
import type { MoneyValue } from '../ui/format';
import { t } from './words';

/** What an agency did in the week that was last reported on, and whether it has said so. */
export type AgencyWeek = {
  agencyId: string;
  agencyName: string;
  /** Empty while the report is not in. */
  reportId: string;
  word: string;
  tone: Tone;
  contacts: number | undefined;
  received: readonly MoneyValue[];
  /** Reports of earlier weeks that never came. */
  missing: number;
};

function handedIn(report: Report): Omit<AgencyWeek, 'missing'> {
  const { agencyId, agencyName, reportId, late, contactCount, received } = report;
  return {
    agencyId,
    agencyName,
    reportId,
    word: late ? t('reportLate') : t('reportIn'),
    tone: late ? 'warn' : 'good',
    contacts: contactCount,
    received,
  };
}

function awaited(missing: MissingReport): Omit<AgencyWeek, 'missing'> {
  const { agencyId, agencyName, late, dueAt } = missing;
  const due = t('reportDue', { at: formatInstant(dueAt) });
  return {
    agencyId,
    agencyName,
    reportId: '',
    word: late ? t('reportMissing') : due,
    tone: late ? 'bad' : 'neutral',
    contacts: undefined,
    received: [],
  };
}

/**
 * The newest week that anybody has reported on, or whose reports are overdue, with a line for each
 * agency: those whose report is missing first, then by name. Before the first report, the week that
 * is due next.
 */
export function agenciesWeek(answer: ListReportsResponse | undefined): {
  weekStart: string;
  lines: AgencyWeek[];
} {
  const { reports = [], missing = [] } = answer ?? {};
  const overdue = missing.filter((one) => one.late);
  const weekStart = newest([...reports, ...overdue]) || newest(missing);
  const earlier = overdue.filter((one) => one.weekStart !== weekStart);
  const lines = [
    ...missing.filter((one) => one.weekStart === weekStart).map(awaited),
    ...reports.filter((one) => one.weekStart === weekStart).map(handedIn),
  ].map((line) => ({
    ...line,
    missing: earlier.filter((one) => one.agencyId === line.agencyId).length,
  }));
  const isOut = (line: AgencyWeek): number => (line.reportId === '' ? 0 : 1);
  const sorted = lines.toSorted(
    (a, b) => isOut(a) - isOut(b) || a.agencyName.localeCompare(b.agencyName, 'zh'),
  );
  return { weekStart, lines: sorted };
}

/** Reports whose time is over and which are not there. */
export function reportsLate(answer: ListReportsResponse | undefined): number {
  return answer?.missing.filter((one) => one.late).length ?? 0;
}

function newest(list: readonly { weekStart: string }[]): string {
  return (
    list
      .map((one) => one.weekStart)
      .toSorted()
      .at(-1) ?? ''
  );
}
