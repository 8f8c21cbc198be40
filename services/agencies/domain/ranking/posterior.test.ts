import { describe, expect, it } from '@jest/globals';
import { countEvidence, hierarchy, normalEvidence, shareEvidence } from './posterior.ts';

describe('agencies together', () => {
  it('that show the same are the same, and the average', () => {
    const { effects, spread } = hierarchy([1, 2, 3, 4].map(() => normalEvidence(0, 0.01)));
    for (const one of effects) {
      expect(one.mean).toBeCloseTo(0, 6);
      expect(one.low).toBeLessThan(0);
      expect(one.high).toBeCloseTo(-one.low, 6);
    }
    expect(spread).toBeLessThan(0.15);
  });

  it('are shrunk the more, the thinner the evidence', () => {
    const showing = (variance: number) =>
      hierarchy([
        normalEvidence(0.5, variance),
        ...[-0.3, -0.1, 0.1, 0.3].map((mean) => normalEvidence(mean, 0.01)),
      ]).effects[0];
    const [thick, thin] = [showing(0.01), showing(0.5)];
    expect(thick?.mean).toBeGreaterThan(0.4);
    expect(thin?.mean).toBeLessThan(0.2);
    expect(thick?.low ?? 0).toBeGreaterThan(thin?.low ?? 0);
    expect((thin?.high ?? 0) - (thin?.low ?? 0)).toBeGreaterThan(
      (thick?.high ?? 0) - (thick?.low ?? 0),
    );
  });

  it('agree with the closed form once the spread is known to be wide', () => {
    // 40 agencies of N(0, 0.5²): the shrinking of one with variance 0.25 is one half, about.
    const known = Array.from({ length: 40 }, (_none, at) => {
      const rank = (at + 0.5) / 40;
      return normalEvidence(0.5 * Math.log(rank / (1 - rank)) * 0.55, 1e-3);
    });
    const { effects, spread } = hierarchy([normalEvidence(0.8, 0.25), ...known]);
    const shrink = spread ** 2 / (spread ** 2 + 0.25);
    expect(effects[0]?.mean).toBeCloseTo(0.8 * shrink, 2);
    const half = 1.645 * Math.sqrt(0.25 * shrink);
    expect((effects[0]?.high ?? 0) - (effects[0]?.mean ?? 0)).toBeCloseTo(half, 1);
  });

  it.each([
    ['no complaint of few', countEvidence(0, 0.2), countEvidence(0, 20)],
    ['no report late of one', shareEvidence(1, 1, 0.8), shareEvidence(60, 60, 0.8)],
  ])('%s says less than of many', (_name, few, many) => {
    const others = [countEvidence(10, 10), countEvidence(14, 10), countEvidence(6, 10)];
    const { effects } = hierarchy([few, many, ...others]);
    expect(Math.abs(effects[0]?.mean ?? 1)).toBeLessThan(Math.abs(effects[1]?.mean ?? 0));
  });

  it('are none when nobody has evidence', () => {
    expect(hierarchy([]).effects).toEqual([]);
  });
});
