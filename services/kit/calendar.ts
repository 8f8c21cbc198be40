import { day } from './day.ts';

/**
 * Statutory holidays (法定休假日) as a value. Saturdays and Sundays rest unless they are made-up
 * working days (调休上班); other days work unless they are holidays. Outside [coversFrom, coversTo]
 * nothing is known of holidays.
 */
export type Calendar = {
  readonly coversFrom: string;
  readonly coversTo: string;
  readonly holidays: ReadonlySet<string>;
  readonly makeUpDays: ReadonlySet<string>;
};

export function covers(on: string, calendar: Calendar): boolean {
  return calendar.coversFrom <= on && on <= calendar.coversTo;
}

/** Whether nobody works on a day: holiday, or weekend that is not made up for. */
export function isRestDay(on: string, calendar: Calendar): boolean {
  if (calendar.holidays.has(on)) return true;
  return day(on).dayOfWeek >= 6 && !calendar.makeUpDays.has(on);
}
