import type { Calendar } from '@recourse/kit/calendar.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import type { ContactAllowance } from '@recourse/proto/cases/v1/cases.ts';
import { bestWindow } from '../domain/best-window.ts';
import { allowanceAt } from '../domain/contact.ts';
import { dayAndRules } from './rooms.ts';

/** Where the holidays are not known only weekends are days of rest. */
const weekendsOnly: Calendar = {
  coversFrom: '0001-01-01',
  coversTo: '9999-12-31',
  holidays: new Set(),
  makeUpDays: new Set(),
};

function calendarOf(zone: string): Calendar {
  return zone === 'Asia/Shanghai' ? prcCalendar() : weekendsOnly;
}

/** Whether a debtor may be contacted now, else when; and when it is best called from then on. */
export function allowanceOf(
  { timeZone: zone }: { timeZone: string },
  usedThatDay: number,
  at: Temporal.Instant,
): ContactAllowance {
  const { conduct, callWindows } = dayAndRules(at).rules;
  const allowance = allowanceAt(at, { zone, usedThatDay }, conduct);
  const { nextPermittedAt } = allowance;
  const best = bestWindow(nextPermittedAt, zone, callWindows.value, calendarOf(zone));
  return {
    ...allowance,
    nextPermittedAt: nextPermittedAt.toString(),
    bestFrom: best?.from.toString(),
    bestUntil: best?.to.toString(),
  };
}
