import { describe, expect, it } from '@jest/globals';
import { meanDaysWithin, ripeAfter, ripening } from './curve.ts';

describe('how money ripens', () => {
  it('is measured by those at work, so that young cases do not slow it', () => {
    // Half of what comes does so in each span; half of the cases have had the first only.
    const curve = ripening([
      { came: 20, atRisk: 200 },
      { came: 10, atRisk: 100 },
    ]);
    expect(curve).toEqual([0.5, 1]);
  });

  it.each([
    ['nothing came', [0, 0, 0, 0], [0.25, 0.5, 0.75, 1]],
    ['all came at once', [8, 0, 0, 0], [1, 1, 1, 1]],
    ['it came late', [0, 0, 0, 8], [0, 0, 0, 1]],
  ])('is known when %s', (_name, came, expected) => {
    expect(ripening(came.map((one) => ({ came: one, atRisk: 10 })))).toEqual(expected);
  });

  it.each([
    [0, 0],
    [5, 0.25],
    [10, 0.5],
    [15, 0.75],
    [20, 1],
    [500, 1],
  ])('after %i days', (days, expected) => {
    expect(ripeAfter([0.5, 1], 10, days)).toBeCloseTo(expected, 10);
  });

  it.each([
    [10, 5],
    [20, 10],
    [200, 10],
  ])('shows, of a case %i days at work, payments of %i days on average', (days, expected) => {
    expect(meanDaysWithin([0.5, 1], 10, days)).toBeCloseTo(expected, 10);
  });
});
