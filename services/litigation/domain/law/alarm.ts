import { addDays, day } from '@recourse/kit/day.ts';

export type Alarm = { daysBefore: number; on: string; state: 'past' | 'today' | 'ahead' };

/** Days on which an end is announced, as seen from today. */
export function alarmsBefore(endOn: string, before: readonly number[], today: string): Alarm[] {
  return before.map((daysBefore) => {
    const on = addDays(day(endOn), -daysBefore).toString();
    return { daysBefore, on, state: on < today ? 'past' : on === today ? 'today' : 'ahead' };
  });
}
