import { describe, expect, it } from '@jest/globals';
import { type Cycle, cycleMeasures } from './lines.ts';

/** An agency whose cases were paid after these days, where so many were to be expected of each. */
function cycle(agencyId: string, days: readonly number[], expected: number): Cycle {
  return {
    agencyId,
    paidCases: days.length,
    daysSum: days.reduce((sum, one) => sum + one, 0),
    daysSquares: days.reduce((sum, one) => sum + one * one, 0),
    expectedSum: expected * days.length,
  };
}

const times = (count: number, days: readonly number[]): number[] =>
  Array.from({ length: count }, () => days).flat();

describe('days to the first payment', () => {
  it('of one payment tell hardly anything, however early it came', () => {
    const { index } = cycleMeasures([cycle('a', [0], 2.5)]).get('a') ?? {};
    expect(index?.low).toBeLessThan(1);
    expect(index?.high).toBeGreaterThan(1.5);
    expect(index?.mean).toBeLessThan(1.5);
  });

  it('of many payments that are alike are known well', () => {
    const early = cycle('early', times(50, [18, 20, 22]), 30);
    const late = cycle('late', times(50, [38, 40, 42]), 30);
    const made = cycleMeasures([early, late]);
    expect(made.get('early')?.index?.low).toBeGreaterThan(1.2);
    expect(made.get('late')?.index?.high).toBeLessThan(0.85);
  });

  it('are less sure where payments lie far apart', () => {
    const width = (days: readonly number[]): number => {
      const { low = 0, high = 0 } = cycleMeasures([cycle('a', days, 30)]).get('a')?.index ?? {};
      return high - low;
    };
    expect(width(times(20, [2, 58]))).toBeGreaterThan(1.5 * width(times(20, [28, 32])));
  });
});
