import { describe, expect, it } from '@jest/globals';
import { assess } from './assess.ts';
import { type Cell, cellOf, otherLevel, pooled } from './cells.ts';

/** Paid and unpaid cases of one kind with one agency. */
function cases(agency: string, kind: string, paid: number, unpaid: number, ripe = 1): Cell[] {
  const one = (share: number) => cellOf(agency, [kind], { share, weight: 1, ripe });
  return [
    ...Array.from({ length: paid }, () => one(1)),
    ...Array.from({ length: unpaid }, () => one(0)),
  ];
}

const by = (cells: readonly Cell[]) =>
  new Map(assess(cells, 'shares').agencies.map((one) => [one.agency, one]));

describe('observed against expected', () => {
  it('puts a good agency with hard cases before a poor one with easy ones', () => {
    // Easy cases bring 80 % in average hands and hard ones 20 %.
    const found = by([
      ...cases('hard', 'hard', 60, 140),
      ...cases('hard', 'easy', 18, 2),
      ...cases('easy', 'easy', 140, 60),
      ...cases('easy', 'hard', 2, 18),
      ...cases('fair', 'easy', 80, 20),
      ...cases('fair', 'hard', 20, 80),
    ]);
    const [good, poor] = [found.get('hard'), found.get('easy')];
    expect(good?.observed ?? 1).toBeLessThan(poor?.observed ?? 0);
    expect(good?.index.low ?? 0).toBeGreaterThan(poor?.index.high ?? 2);
    expect(good?.expected ?? 1).toBeLessThan(0.3);
    expect(poor?.expected ?? 0).toBeGreaterThan(0.7);
  });

  it('neither punishes nor favours a small agency for its luck', () => {
    const others = ['a', 'b', 'c', 'd', 'e'].flatMap((name, at) =>
      cases(name, 'all', 45 + 2 * at, 55 - 2 * at),
    );
    const lucky = by([...others, ...cases('tiny', 'all', 3, 0)]).get('tiny');
    const unlucky = by([...others, ...cases('tiny', 'all', 0, 3)]).get('tiny');
    for (const one of [lucky, unlucky]) {
      expect(one?.index.low ?? 2).toBeLessThan(1);
      expect(one?.index.high ?? 0).toBeGreaterThan(1);
      expect(Math.abs((one?.index.mean ?? 2) - 1)).toBeLessThan(0.15);
    }
  });

  it('knows the many cases of one less well where those it is held against are small', () => {
    const width = (others: number) => {
      const found = by([
        ...cases('large', 'all', 600, 400),
        ...['a', 'b', 'c', 'd'].flatMap((name, at) => {
          const paid = ((4 + at) * others) / 10;
          return cases(name, 'all', paid, others - paid);
        }),
      ]).get('large')?.index;
      return (found?.high ?? 0) - (found?.low ?? 0);
    };
    expect(width(10)).toBeGreaterThan(3.25 * width(500));
  });

  it('expects less of cases that have only begun', () => {
    const found = by([
      ...cases('young', 'all', 25, 75, 0.5),
      ...cases('old', 'all', 50, 50),
      ...cases('other', 'all', 50, 50),
    ]);
    expect(found.get('young')?.expected).toBeCloseTo(0.25, 1);
    expect(found.get('young')?.index.mean).toBeCloseTo(1, 1);
  });

  it('knows less of an agency whose whole portfolio is of a kind that nobody else has', () => {
    const found = by([
      ...cases('alone', 'rare', 60, 40),
      ...cases('x', 'common', 30, 70),
      ...cases('y', 'common', 32, 68),
    ]);
    expect(found.get('alone')?.confounding ?? 0).toBeGreaterThan(5);
  });

  it('is nothing without cases', () => {
    expect(assess([], 'shares').agencies).toEqual([]);
  });

  it('takes ratios that pass 1', () => {
    const made = assess(
      ['a', 'b'].flatMap((name, at) =>
        Array.from({ length: 50 }, (_none, index) =>
          cellOf(name, [], { share: (at + 1) * (0.8 + (index % 5) / 10), weight: 1 }),
        ),
      ),
      'ratios',
    );
    const [a, b] = made.agencies;
    expect((b?.index.mean ?? 0) / (a?.index.mean ?? 1)).toBeCloseTo(2, 0);
  });
});

describe('rare levels', () => {
  it('are one, and so are those beyond the most frequent', () => {
    const cells = [
      ...cases('a', 'often', 5, 0),
      ...cases('a', 'twice', 2, 0),
      ...cases('a', 'thrice', 3, 0),
    ];
    const levels = new Set(pooled(cells, 3, 1).flatMap((cell) => cell.levels));
    expect(levels).toEqual(new Set(['often', otherLevel]));
  });
});
