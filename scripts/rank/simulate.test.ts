import { describe, expect, it } from '@jest/globals';
import { kendall, spearman } from './correlation.ts';
import { play, scenarios } from './simulate.ts';

const named = (name: string) => {
  const found = scenarios.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no scenario ${name}`);
  return { ...found, size: 60 };
};

describe('rank correlation', () => {
  it.each([
    ['the same order', [1, 2, 3, 4], [10, 20, 30, 40], 1, 1],
    ['the other order', [1, 2, 3, 4], [4, 3, 2, 1], -1, -1],
    ['one pair changed', [1, 2, 3, 4], [1, 2, 4, 3], 0.8, 4 / 6],
  ])('of %s', (_name, a, b, rho, tau) => {
    expect(spearman(a, b)).toBeCloseTo(rho, 9);
    expect(kendall(a, b)).toBeCloseTo(tau, 9);
  });
});

describe('agencies of known quality', () => {
  it('are ranked better than by the raw rate where the good get the hard cases', () => {
    const made = play(named('the good get the hard cases'), { agencies: 14, seed: 3, runs: 1 });
    expect(made.spearman.low).toBeGreaterThan(made.spearman.raw + 0.5);
  });

  // 80 intervals tell a share of 0.9 to ±0.07; `scripts/ranking simulate` tells it closer.
  it('lie within about nine of ten intervals', () => {
    const made = ['like portfolios', 'small and large agencies'].map(
      (name) => play(named(name), { agencies: 20, seed: 5, runs: 2 }).coverage,
    );
    const coverage = made.reduce((sum, one) => sum + one, 0) / made.length;
    expect(coverage).toBeGreaterThanOrEqual(0.82);
    expect(coverage).toBeLessThanOrEqual(0.98);
  });

  it('come out the same for the same seed', () => {
    const once = () => play(named('like portfolios'), { agencies: 6, seed: 7, runs: 1 });
    expect(once()).toEqual(once());
  });
});
