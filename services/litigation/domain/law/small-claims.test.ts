import { describe, expect, it } from '@jest/globals';
import { averageWages } from '../../rules/law/average-wages.ts';
import { smallClaims as tables } from '../../rules/law/small-claims.ts';
import { smallClaims } from './small-claims.ts';

const law = { smallClaims: tables };
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const o = { province: 'CN-SH', filedOn: '2026-03-02', amount: cny(5_000_000n) };

describe('small claims', () => {
  it('of a province without a figure are unknown and ask for the wage', () => {
    expect(smallClaims(o, law)).toMatchObject({
      state: 'unknown',
      asks: 'average_wage',
      wageYear: 2025,
    });
  });

  it.each([
    [6_000_000n, 'mandatory'],
    [6_000_001n, 'by_agreement'],
    [24_000_000n, 'by_agreement'],
    [24_000_001n, 'not_available'],
  ])('of %s fen against a wage of 120,000 are %s', (minor, state) => {
    const wage = cny(12_000_000n);
    expect(smallClaims({ ...o, amount: cny(minor), wage }, law)).toMatchObject({
      state,
      half: cny(6_000_000n),
      twice: cny(24_000_000n),
      asked: true,
    });
  });

  const known = averageWages(
    [
      'province,year,published_on,yuan,grade,source',
      'CN-SH,2024,2025-06-20,110000,GK,sample of this test',
      'CN-SH,2025,2026-06-18,120000.50,GK,"sample, of this test"',
      'CN-BJ,2025,2026-05-30,150000,GK,sample of this test',
    ].join('\n'),
  );
  const sampled = { smallClaims: { ...tables, wages: known } };

  it.each([
    ['before last year’s is published', '2026-03-02', 2024, 5_500_000n, 22_000_000n],
    ['on the day it is published', '2026-06-18', 2025, 6_000_025n, 24_000_100n],
    ['while this year’s is not', '2027-03-02', 2025, 6_000_025n, 24_000_100n],
  ])('filed %s (%s) take the wage of %s (解释 272)', (_when, filedOn, wageYear, half, twice) => {
    expect(smallClaims({ ...o, filedOn }, sampled)).toMatchObject({
      state: 'mandatory',
      wageYear,
      half: cny(half),
      twice: cny(twice),
      asked: false,
      wageRule: { rule: 'average_wage_CN-SH', grade: 'GK' },
    });
  });

  it.each([
    ['2028-03-02', 'the newest row is older than the year before last'],
    ['2025-06-19', 'nothing was published yet'],
  ])('filed on %s are unknown: %s', (filedOn) => {
    expect(smallClaims({ ...o, filedOn }, sampled).state).toBe('unknown');
  });

  it.each([
    ['no heading', 'CN-SH,2024,2025-06-20,110000,GK,x', 1],
    ['no source', 'CN-SH,2024,2025-06-20,110000,GK,', 2],
    ['published before the year was over', 'CN-SH,2025,2025-06-20,110000,GK,x', 2],
    ['not an amount', 'CN-SH,2024,2025-06-20,11万,GK,x', 2],
    ['twice', 'CN-SH,2024,2025-06-20,1,GK,x\nCN-SH,2024,2025-06-20,2,GK,x', 3],
  ])('from a table with a row that has %s are refused', (what, rows, line) => {
    const csv =
      what === 'no heading' ? rows : `province,year,published_on,yuan,grade,source\n${rows}`;
    expect(() => averageWages(csv)).toThrow(
      expect.objectContaining({ reason: 'average_wage_row_unreadable', facts: { line } }),
    );
  });

  it.each([
    [{ province: 'Shanghai' }, 'province_unknown'],
    [{ amount: cny(0n) }, 'amount_not_positive'],
    [{ wage: { currency: 'USD', minor: 1n } }, 'fees_need_cny'],
    [{ filedOn: '2021-12-31' }, 'no_rule_on_day'],
  ])('with %o are refused: %s', (more, reason) => {
    expect(() => smallClaims({ ...o, ...more }, law)).toThrow(reason);
  });
});
