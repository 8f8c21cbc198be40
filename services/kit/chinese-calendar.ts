import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Calendar } from './calendar.ts';

type Table = { holidays: Record<string, string>; workdays: Record<string, string> };

function isTable(value: unknown): value is Table {
  if (typeof value !== 'object' || value === null) return false;
  return 'holidays' in value && 'workdays' in value;
}

let made: Calendar | undefined;

/**
 * The statutory holidays and made-up working days of mainland China as chinese-days keeps them from
 * the State Council's yearly notices (国务院办公厅关于…节假日安排的通知). Its table is read, not its
 * functions: they treat a year without a notice as one without holidays, which hides the end.
 */
export function prcCalendar(): Calendar {
  made ??= calendarOf(readTable());
  return made;
}

function readTable(): Table {
  const path = createRequire(import.meta.url).resolve('chinese-days/dist/chinese-days.json');
  const table: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isTable(table)) throw new Error('chinese-days has no table of holidays and workdays');
  return table;
}

/** A table covers the years in whose holidays it has New Year's Day; the notice is for a year. */
export function calendarOf(table: Table): Calendar {
  const days = Object.keys(table.holidays).sort();
  const years = days.filter((on) => on.endsWith('-01-01')).map((on) => on.slice(0, 4));
  return {
    coversFrom: `${years[0] ?? '9999'}-01-01`,
    coversTo: `${years.at(-1) ?? '0000'}-12-31`,
    holidays: new Set(days),
    makeUpDays: new Set(Object.keys(table.workdays)),
  };
}
