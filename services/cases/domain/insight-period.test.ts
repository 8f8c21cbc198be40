import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import { endedMonths, hasEnded, insightPeriod, monthEnd } from './insight-period.ts';

const today = day('2026-11-23');
const asked = (first: string, last: string) => ({ first: day(first), last: day(last) });

describe('the period of figures over time', () => {
  it('is twelve ended months and the present one when none is asked for', () => {
    const period = insightPeriod(undefined, today);
    expect(period).toEqual(asked('2025-11-01', '2026-11-23'));
    expect(endedMonths(period, today)).toHaveLength(12);
    expect(insightPeriod(undefined, day('2026-03-31')).first).toEqual(day('2025-03-01'));
  });

  it('ends today at the latest', () => {
    expect(insightPeriod(asked('2026-11-02', '2027-03-01'), today).last).toEqual(today);
    expect(insightPeriod(asked('2026-01-05', '2026-02-03'), today)).toEqual(
      asked('2026-01-05', '2026-02-03'),
    );
  });

  it.each([
    ['2026-11-02', '2026-11-01', 'period_backwards'],
    ['2024-10-31', '2026-11-01', 'period_too_long'],
  ])('from %s to %s is refused: %s', (first, last, reason) => {
    expect(() => insightPeriod(asked(first, last), today)).toThrow(reason);
  });

  it('may touch 25 months', () => {
    const period = insightPeriod(asked('2024-11-30', '2026-11-01'), today);
    expect(endedMonths(period, today)).toHaveLength(24);
  });
});

describe('a month', () => {
  it('is over from the first day of the next on', () => {
    expect(hasEnded('2026-10', day('2026-10-31'))).toBe(false);
    expect(hasEnded('2026-10', day('2026-11-01'))).toBe(true);
    expect(hasEnded('2027-01', day('2026-12-31'))).toBe(false);
  });

  it('ends on its last day', () => {
    expect(monthEnd('2028-02')).toEqual(day('2028-02-29'));
    expect(monthEnd('2026-12')).toEqual(day('2026-12-31'));
  });

  it('of a period that is not over is left out', () => {
    expect(endedMonths(insightPeriod(asked('2026-09-30', '2026-11-23'), today), today)).toEqual([
      '2026-09',
      '2026-10',
    ]);
    expect(endedMonths(insightPeriod(asked('2027-01-01', '2027-02-01'), today), today)).toEqual([]);
  });
});
