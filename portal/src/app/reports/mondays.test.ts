import { describe, expect, it } from '@jest/globals';
import { lastMondays } from './mondays';

describe('mondays', () => {
  it.each([
    ['2026-11-22', '2026-11-16'],
    ['2026-11-16', '2026-11-16'],
    ['2027-01-01', '2026-12-28'],
  ])('of %s begin with %s', (day, monday) => {
    expect(lastMondays(day, 1)).toEqual([monday]);
  });

  it('go back by whole weeks', () => {
    expect(lastMondays('2026-03-03', 3)).toEqual(['2026-03-02', '2026-02-23', '2026-02-16']);
  });
});
