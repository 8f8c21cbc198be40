import type { Calendar } from '@recourse/kit/calendar.ts';
import type { Dated } from '../../domain/law/dated.ts';

/** Days off and made-up working days of one year, each list in order. */
export type HolidayYear = { readonly holidays: readonly string[]; readonly makeUpDays: string[] };

/**
 * A calendar as dated rows, one for each year that it covers, so that its end is seen like that of
 * any other table: the State Council announces a year in the autumn before it.
 */
export function holidayTable(calendar: Calendar): readonly Dated<HolidayYear>[] {
  const first = Number(calendar.coversFrom.slice(0, 4));
  const last = Number(calendar.coversTo.slice(0, 4));
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => String(first + n));
  const of = (days: ReadonlySet<string>, year: string): string[] =>
    [...days].filter((day) => day.startsWith(year)).toSorted();
  return years.map((year) => ({
    rule: 'prc_holidays',
    effectiveFrom: `${year}-01-01`,
    effectiveTo: `${year}-12-31`,
    source: `国务院办公厅关于${year}年部分节假日安排的通知 (chinese-days)`,
    grade: 'P',
    value: { holidays: of(calendar.holidays, year), makeUpDays: of(calendar.makeUpDays, year) },
  }));
}
