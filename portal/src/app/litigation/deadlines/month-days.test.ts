import { describe, expect, it } from '@jest/globals';
import { columnOf } from './board';
import { movedMonth, weeksOf } from './month-days';

describe('a month of the calendar', () => {
  it('is whole weeks from Monday', () => {
    const weeks = weeksOf('2026-11', []);
    expect(weeks).toHaveLength(6);
    expect(weeks[0]?.[0]?.day).toBe('2026-10-26');
    expect(weeks.at(-1)?.at(-1)?.day).toBe('2026-12-06');
    expect(weeks.flat().filter((day) => day.inMonth)).toHaveLength(30);
  });

  it('has what falls on a day at that day', () => {
    const entry = { id: 'a', day: '2026-11-20', text: '上诉', tone: 'warn', link: [] } as const;
    const days = weeksOf('2026-11', [entry]).flat();
    expect(days.filter((day) => day.entries.length > 0).map((day) => day.day)).toEqual([
      '2026-11-20',
    ]);
  });

  it.each([
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
  ])('%s moved by %s is %s', (month, by, moved) => {
    expect(movedMonth(month, by)).toBe(moved);
  });
});

it.each([
  [-1, 'late'],
  [0, 'week'],
  [7, 'week'],
  [8, 'month'],
  [30, 'month'],
  [31, 'later'],
])('a deadline %s days away stands under %s', (days, column) => {
  expect(columnOf(days)).toBe(column);
});
