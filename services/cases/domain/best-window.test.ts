import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { describe, expect, it } from '@jest/globals';
import { callWindows } from '../rules/conduct.ts';
import { bestWindow } from './best-window.ts';
import { inForce } from './rule.ts';

const windows = inForce(callWindows, Temporal.PlainDate.from('2026-03-02')).value;
const local = (text: string, zone = 'Asia/Shanghai') =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant();
const calendar = prcCalendar();

describe('the best hours to call', () => {
  it.each([
    ['a Monday early', '2026-03-02T08:10', '2026-03-02T09:30', '2026-03-02T11:30'],
    ['within them', '2026-03-02T10:00', '2026-03-02T09:30', '2026-03-02T11:30'],
    ['at their end', '2026-03-02T11:30', '2026-03-02T14:00', '2026-03-02T16:30'],
    ['in the evening', '2026-03-02T18:00', '2026-03-03T09:30', '2026-03-03T11:30'],
    ['a Friday evening', '2026-03-06T16:30', '2026-03-09T09:30', '2026-03-09T11:30'],
    ['before the National Day', '2025-09-30T17:00', '2025-10-09T09:30', '2025-10-09T11:30'],
    ['a Sunday made up for', '2025-09-28T08:00', '2025-09-28T09:30', '2025-09-28T11:30'],
  ])('%s are the next on a working day', (_when, at, from, to) => {
    const found = bestWindow(local(at), 'Asia/Shanghai', windows, calendar);
    expect(found).toEqual({ from: local(from), to: local(to) });
  });

  it('are of the clock of the debtor', () => {
    const zone = 'Europe/Berlin';
    const found = bestWindow(local('2026-03-02T10:00'), zone, windows, calendar);
    expect(found?.from).toEqual(local('2026-03-02T09:30', zone));
  });

  it('are none where a month has no working day', () => {
    const days = Array.from({ length: 40 }, (_, n) =>
      Temporal.PlainDate.from('2026-03-02').add({ days: n }).toString(),
    );
    const rest = { ...calendar, holidays: new Set(days) };
    expect(bestWindow(local('2026-03-02T10:00'), 'UTC', windows, rest)).toBeUndefined();
  });
});
