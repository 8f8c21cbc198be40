import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  day,
  dayIn,
  daysBetween,
  earlier,
  instantAt,
  isBefore,
  weekStart,
} from './day.ts';

const anyDay = fc
  .integer({ min: 0, max: 60_000 })
  .map((days) => Temporal.PlainDate.from('1950-01-01').add({ days }));

describe('a day', () => {
  it('is read from YYYY-MM-DD', () => {
    expect(day('2024-02-29').toString()).toBe('2024-02-29');
  });

  it.each([
    '',
    '2026-02-29',
    '2026-13-01',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00:00Z',
    '2026-01-01[u-ca=hebrew]',
    '+002026-01-01',
    ' 2026-01-01',
  ])('is not read from %j', (text) => {
    expect(() => day(text)).toThrow('invalid: not_a_date');
  });

  it('plus the days to another is the other', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(addDays(a, daysBetween(a, b)).equals(b)).toBe(true);
        expect(daysBetween(a, b) + daysBetween(b, a)).toBe(0);
      }),
    );
  });

  it('of the first century is counted as such', () => {
    expect(daysBetween(day('0026-01-01'), day('0026-12-31'))).toBe(364);
    expect(daysBetween(day('0099-12-31'), day('0100-01-01'))).toBe(1);
  });

  it('is earlier than, later than or the same as another', () => {
    const [a, b] = [day('2026-01-31'), day('2026-02-01')];
    expect([isBefore(a, b), isBefore(b, a), isBefore(a, a)]).toEqual([true, false, false]);
    expect(earlier(a, b)).toBe(a);
    expect(earlier(b, a)).toBe(a);
  });
});

describe('a week', () => {
  it.each([
    ['2026-11-22', '2026-11-16'],
    ['2026-11-16', '2026-11-16'],
    ['2027-01-01', '2026-12-28'],
  ])('with %s starts on Monday %s', (within, monday) => {
    expect(weekStart(day(within)).toString()).toBe(monday);
  });

  it('is seven days long for every day in it', () => {
    fc.assert(
      fc.property(anyDay, (of) => {
        const start = weekStart(of);
        expect(start.dayOfWeek).toBe(1);
        expect(daysBetween(start, of)).toBeLessThan(7);
        expect(daysBetween(start, of)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('an instant', () => {
  it('falls on different days in different zones', () => {
    const at = Temporal.Instant.from('2026-01-01T17:00:00Z');
    expect(dayIn('Asia/Shanghai', at).toString()).toBe('2026-01-02');
    expect(dayIn('America/New_York', at).toString()).toBe('2026-01-01');
  });

  it('is found from a day, a time and a zone', () => {
    const eight = Temporal.PlainTime.from('08:00');
    expect(instantAt(day('2026-01-02'), eight, 'Asia/Shanghai').toString()).toBe(
      '2026-01-02T00:00:00Z',
    );
  });

  it('in a gap of daylight saving is the one after the gap', () => {
    const gone = Temporal.PlainTime.from('02:30');
    expect(instantAt(day('2026-03-29'), gone, 'Europe/Berlin').toString()).toBe(
      '2026-03-29T01:30:00Z',
    );
  });
});
