import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import { vintageCurves } from './vintage.ts';

const base = (month: string, baseMinor: bigint, currency = 'CNY') => ({
  month,
  currency,
  cases: 2n,
  baseMinor,
});
const paid = (month: string, monthsAfter: number, minor: bigint, currency = 'CNY') => ({
  month,
  currency,
  monthsAfter,
  minor,
});

describe('a recovery curve', () => {
  it('adds up month by month, over what the vintage began with', () => {
    const money = [paid('2026-08', 2, 500n), paid('2026-08', 0, 100n)];
    const [curve] = vintageCurves([base('2026-08', 3_000n)], money, day('2026-11-23'));
    expect(curve).toMatchObject({ month: '2026-08', cases: 2n, base: { minor: 3_000n } });
    expect(curve?.points).toEqual([
      { monthsAfter: 0, recovered: { currency: 'CNY', minor: 100n }, shareBps: 333 },
      { monthsAfter: 1, recovered: { currency: 'CNY', minor: 100n }, shareBps: 333 },
      { monthsAfter: 2, recovered: { currency: 'CNY', minor: 600n }, shareBps: 2_000 },
    ]);
  });

  it.each([
    ['on the last day of its month', '2026-08-31', 0],
    ['on the day after', '2026-09-01', 1],
    ['a year after its month', '2027-09-01', 13],
    ['years later', '2030-01-01', 13],
  ])('has %s so many points', (_when, today, points) => {
    const [curve] = vintageCurves([base('2026-08', 100n)], [], day(today));
    expect(curve?.points).toHaveLength(points);
  });

  it('is of one currency', () => {
    const bases = [base('2026-09', 100n, 'USD'), base('2026-09', 1_000n), base('2026-08', 10n)];
    const money = [paid('2026-09', 0, 50n, 'USD'), paid('2026-09', 0, 100n)];
    const curves = vintageCurves(bases, money, day('2026-10-01'));
    expect(
      curves.map((one) => [one.month, one.base.currency, one.points.at(-1)?.shareBps]),
    ).toEqual([
      ['2026-08', 'CNY', 0],
      ['2026-09', 'CNY', 1_000],
      ['2026-09', 'USD', 5_000],
    ]);
  });

  it('of nothing has no points', () => {
    expect(vintageCurves([base('2026-01', 0n)], [], day('2026-10-01'))[0]?.points).toEqual([]);
  });
});
