import { describe, expect, it } from '@jest/globals';
import { fitLogistic } from './logistic.ts';

describe('a column that tells the outcome outright', () => {
  it('gets a weight, however rare the outcome', () => {
    const bad = Uint8Array.from({ length: 9_000 }, (_one, at) => (at % 40 === 0 ? 1 : 0));
    const telling = Float64Array.from(bad, (one) => (one === 1 ? 7 : -3));
    const noise = Float64Array.from(bad, (_one, at) => Math.sin(at));
    const rules = { lasso: 2, ridge: 8, isNonNegative: true };
    const { coefficients, constant } = fitLogistic([telling, noise], bad, rules);
    expect(coefficients[0]).toBeGreaterThan(0.3);
    expect(Number.isFinite(constant)).toBe(true);
  });
});
