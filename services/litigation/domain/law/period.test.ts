import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarOf, prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { isRestDay } from '@recourse/kit/calendar.ts';
import { periodEnd, type PeriodUnit } from './period.ts';

const calendar = prcCalendar();

describe('the holiday table', () => {
  it('covers the years that have a notice', () => {
    expect([calendar.coversFrom, calendar.coversTo]).toEqual(['2004-01-01', '2026-12-31']);
  });

  it.each([
    ['2026-02-17', true, 'Spring Festival'],
    ['2026-02-14', false, 'a Saturday made up for'],
    ['2026-02-28', false, 'a Saturday made up for'],
    ['2026-03-07', true, 'a Saturday'],
    ['2026-10-07', true, 'National Day'],
    ['2026-10-10', false, 'a Saturday made up for'],
    ['2026-03-02', false, 'a Monday'],
    ['2025-10-08', true, 'the eighth day of National Day 2025'],
  ])('on %s rests: %s (%s)', (on, rests) => {
    expect(isRestDay(on, calendar)).toBe(rests);
  });

  it('without New Year’s Day of a year does not cover it', () => {
    const made = calendarOf({ holidays: { '2025-01-01': '', '2026-02-17': '' }, workdays: {} });
    expect(made.coversTo).toBe('2025-12-31');
  });
});

describe('a period', () => {
  it.each<[string, number, PeriodUnit, string, string]>([
    ['2026-03-02', 15, 'days', '2026-03-17', '2026-03-17'],
    // The last day in National Day goes to the first day after it.
    ['2026-09-16', 15, 'days', '2026-10-01', '2026-10-08'],
    // A Saturday made up for is a working day and stays.
    ['2026-09-25', 15, 'days', '2026-10-10', '2026-10-10'],
    ['2026-01-30', 15, 'days', '2026-02-14', '2026-02-14'],
    ['2026-01-31', 15, 'days', '2026-02-15', '2026-02-24'],
    ['2026-02-27', 15, 'days', '2026-03-14', '2026-03-16'],
    ['2025-08-31', 6, 'months', '2026-02-28', '2026-02-28'],
    ['2026-03-31', 1, 'months', '2026-04-30', '2026-04-30'],
    ['2024-02-29', 2, 'years', '2026-02-28', '2026-02-28'],
    ['2023-05-02', 3, 'years', '2026-05-02', '2026-05-06'],
    ['2026-02-13', 3, 'working_days', '2026-02-25', '2026-02-25'],
    ['2026-04-30', 1, 'working_days', '2026-05-06', '2026-05-06'],
    ['2026-03-02', 0, 'days', '2026-03-02', '2026-03-02'],
  ])('from %s of %i %s is counted to %s and ends on %s', (from, length, unit, counted, end) => {
    const made = periodEnd({ from, length, unit }, calendar);
    expect([made.countedEnd, made.endOn]).toEqual([counted, end]);
    expect(made).toMatchObject({ moved: counted !== end, provisional: false });
  });

  it('does not count its first day', () => {
    expect(periodEnd({ from: '2026-12-31', length: 1, unit: 'days' }, calendar).firstDay).toBe(
      '2027-01-01',
    );
  });

  it('that may not be moved stays on a day of rest', () => {
    const o = { from: '2026-04-03', length: 6, unit: 'months', moved: false } as const;
    expect(periodEnd(o, calendar)).toMatchObject({ endOn: '2026-10-03', provisional: false });
  });
});

describe('a holiday table that ends before the period', () => {
  it('leaves the counted day, provisionally', () => {
    const o = { from: '2026-12-19', length: 15, unit: 'days' } as const;
    expect(periodEnd(o, calendar)).toEqual({
      firstDay: '2026-12-20',
      countedEnd: '2027-01-03',
      endOn: '2027-01-03',
      moved: false,
      provisional: true,
    });
  });

  it('in the middle of a holiday leaves the counted day, provisionally', () => {
    const short = { ...calendar, coversTo: '2026-10-03' };
    const o = { from: '2026-09-16', length: 15, unit: 'days' } as const;
    expect(periodEnd(o, short)).toMatchObject({ endOn: '2026-10-01', provisional: true });
  });

  it('makes working days provisional', () => {
    const o = { from: '2026-12-30', length: 3, unit: 'working_days' } as const;
    expect(periodEnd(o, calendar)).toMatchObject({ endOn: '2027-01-04', provisional: true });
  });
});

describe('a period that cannot be counted', () => {
  it.each([
    [{ from: '2026-02-30', length: 1 }, 'not_a_date'],
    [{ from: '2026-02-01', length: 1.5 }, 'length_not_whole'],
    [{ from: '2026-02-01', length: -1 }, 'length_not_whole'],
  ])('%o is refused: %s', (o, reason) => {
    expect(() => periodEnd({ ...o, unit: 'days' }, calendar)).toThrow(reason);
  });
});

describe('any period', () => {
  const first = Temporal.PlainDate.from('2004-01-01');
  const from = fc.nat(8_000).map((days) => first.add({ days }).toString());
  it('ends on a working day, not before it is counted, and longer ones not earlier', () => {
    fc.assert(
      fc.property(from, fc.nat(300), fc.nat(30), (on, length, more) => {
        const made = periodEnd({ from: on, length, unit: 'days' }, calendar);
        const longer = periodEnd({ from: on, length: length + more, unit: 'days' }, calendar);
        expect(made.provisional || !isRestDay(made.endOn, calendar)).toBe(true);
        expect(made.endOn >= made.countedEnd).toBe(true);
        expect(longer.provisional || longer.endOn >= made.endOn).toBe(true);
        const working = periodEnd({ from: on, length: length + 1, unit: 'working_days' }, calendar);
        expect(isRestDay(working.endOn, calendar)).toBe(false);
      }),
    );
  });
});
