import { day } from '@recourse/kit/day.ts';
import { type Calendar, covers, isRestDay } from '@recourse/kit/calendar.ts';
import { dayAt, wrongField } from './dated.ts';

export type PeriodUnit = 'days' | 'working_days' | 'months' | 'years';

export type PeriodEnd = {
  /** First day that counts: the day after `from` (开始的当日不计入). */
  firstDay: string;
  /** Last day as counted, before any move. */
  countedEnd: string;
  /** Last day on which the act is in time. */
  endOn: string;
  moved: boolean;
  /**
   * The holiday table does not cover the end: `endOn` is the earliest day it can be, for a holiday
   * yet to be announced only moves it later (working days: a made-up Saturday could move it).
   */
  provisional: boolean;
};

/** Moves a last day off holidays (民法典 art. 203; 民事诉讼法 art. 85); not where nothing is known. */
function movedOff(countedEnd: string, calendar: Calendar) {
  let at = countedEnd;
  while (covers(at, calendar) && isRestDay(at, calendar)) at = day(at).add({ days: 1 }).toString();
  // Ran off the table in the middle of a holiday: what is certain is the counted day.
  const provisional = !covers(at, calendar);
  return { endOn: provisional ? countedEnd : at, provisional };
}

function workingDays(from: string, length: number, calendar: Calendar) {
  let at = from;
  let provisional = false;
  for (let left = length; left > 0;) {
    at = day(at).add({ days: 1 }).toString();
    provisional ||= !covers(at, calendar);
    if (!isRestDay(at, calendar)) left -= 1;
  }
  return { countedEnd: at, endOn: at, moved: false, provisional };
}

/**
 * The end of a period: the starting day does not count, months and years end on the corresponding
 * day or the last of the month, and a last day of rest moves to the next working day (`moved:
 * false` leaves it, for exclusion periods that a contract fixes by date). 民法典 art. 200–203.
 * Faults `invalid`: `not_a_date`, `length_not_whole`.
 */
export function periodEnd(
  o: { from: string; length: number; unit: PeriodUnit; moved?: boolean },
  calendar: Calendar,
): PeriodEnd {
  const start = dayAt(o.from, '/from');
  if (!Number.isInteger(o.length) || o.length < 0 || o.length > 40_000) {
    const repair = 'give a whole number of 0 or more';
    throw wrongField('/length', 'length_not_whole', repair, { length: o.length });
  }
  const firstDay = start.add({ days: 1 }).toString();
  if (o.unit === 'working_days') return { firstDay, ...workingDays(o.from, o.length, calendar) };
  // Temporal clamps to the last day of a shorter month, as art. 202 does.
  const countedEnd = start.add({ [o.unit]: o.length }).toString();
  const end =
    o.moved === false ? { endOn: countedEnd, provisional: false } : movedOff(countedEnd, calendar);
  return { firstDay, countedEnd, ...end, moved: end.endOn !== countedEnd };
}

/** A day set by agreement or by the court, moved off holidays as a period's end is. */
export function fixedEnd(on: string, calendar: Calendar): PeriodEnd {
  return periodEnd({ from: on, length: 0, unit: 'days' }, calendar);
}
