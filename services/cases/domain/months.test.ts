import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import { lastMonths, monthFigures, yearBefore } from './months.ts';

const cny = (month: string, minor: bigint) => ({ month, currency: 'CNY', minor });

describe('figures by month', () => {
  it('end with the month of the day', () => {
    expect(lastMonths(day('2026-01-31'), 2)).toEqual({
      first: day('2025-12-01'),
      months: ['2025-12', '2026-01'],
    });
  });

  it('are compared with the same month of the year before', () => {
    expect(yearBefore('2026-02')).toBe('2025-02');
    const recovered = [cny('2025-01', 5n), cny('2026-01', 9n), cny('2026-02', 4n)];
    const figures = monthFigures(['2026-01', '2026-02'], recovered, [], 'CNY');
    expect(figures.map((one) => [one.recovered.minor, one.recoveredYearBefore?.minor])).toEqual([
      [9n, 5n],
      [4n, 0n],
    ]);
  });

  it('are compared with nothing before the first money came in', () => {
    const recovered = [cny('2025-02', 5n), cny('2026-02', 4n)];
    const figures = monthFigures(['2026-01', '2026-02'], recovered, [], 'CNY');
    expect(figures.map((one) => one.recoveredYearBefore?.minor)).toEqual([undefined, 5n]);
    expect(monthFigures(['2026-01'], [], [], 'CNY')[0]?.recoveredYearBefore).toBeUndefined();
  });
});
