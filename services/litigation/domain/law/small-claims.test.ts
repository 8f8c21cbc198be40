import { describe, expect, it } from '@jest/globals';
import { averageWages } from '../../rules/law/average-wages.ts';
import { smallClaims as tables } from '../../rules/law/small-claims.ts';
import { provinceCode, smallClaims } from './small-claims.ts';

const law = { smallClaims: tables };
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const heading = 'province,year,from,until,yuan,mandatory,agreed,grade,source';
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
      heading,
      'CN-SH,2024,2025-06-20,,110000,,,GK,sample of this test',
      'CN-SH,2025,2026-06-18,,120000.50,,,GK,"sample, of this test"',
      'CN-BJ,2025,2026-05-30,,150000,,,GK,sample of this test',
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
    ['no heading', 'CN-SH,2024,2025-06-20,,110000,,,GK,x', 1],
    ['no source', 'CN-SH,2024,2025-06-20,,110000,,,GK,', 2],
    ['published before the year was over', 'CN-SH,2025,2025-06-20,,110000,,,GK,x', 2],
    ['not an amount', 'CN-SH,2024,2025-06-20,,11万,,,GK,x', 2],
    ['an end before its beginning', 'CN-SH,2024,2025-06-20,2025-06-19,1,,,GK,x', 2],
    ['one ceiling only', 'CN-SH,2024,2025-06-20,,110000,55000,,GK,x', 2],
    ['twice', 'CN-SH,2024,2025-06-20,,1,,,GK,x\nCN-SH,2024,2025-06-20,,2,,,GK,x', 3],
  ])('from a table with a row that has %s are refused', (what, rows, line) => {
    const csv = what === 'no heading' ? rows : `${heading}\n${rows}`;
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

describe('the ceilings that high courts have published', () => {
  // Each from the notice that the row names; 54,323 is half of 108,645 rounded up by the court.
  it.each([
    ['CN-JS', '2022-01-07', 2020, 5_181_100n, 20_724_200n],
    ['CN-JS', '2022-12-31', 2020, 5_181_100n, 20_724_200n],
    ['CN-HA', '2022-01-09', 2020, 3_512_000n, 14_047_800n],
    ['CN-ZJ', '2022-01-11', 2020, 5_432_300n, 21_729_000n],
    ['CN-JL', '2022-01-01', 2021, 3_899_750n, 15_599_000n],
    ['CN-JL', '2022-08-31', 2021, 3_899_750n, 15_599_000n],
    ['CN-LN', '2022-07-04', 2021, 4_400_000n, 17_600_000n],
    ['CN-SH', '2022-08-23', 2021, 6_837_850n, 27_351_400n],
    ['CN-SH', '2023-04-30', 2021, 6_837_850n, 27_351_400n],
    ['CN-HN', '2023-11-13', 2022, 4_570_700n, 18_282_600n],
    ['CN-JS', '2024-01-06', 2022, 6_086_200n, 24_344_800n],
    ['CN-JS', '2026-01-04', 2024, 6_461_000n, 25_844_000n],
    ['CN-JS', '2026-11-23', 2024, 6_461_000n, 25_844_000n],
  ])('%s on %s: by the wage of %s up to %s fen, by agreement up to %s', (...row) => {
    const [province, filedOn, wageYear, half, twice] = row;
    const asked = (minor: bigint) => smallClaims({ province, filedOn, amount: cny(minor) }, law);
    expect(asked(half)).toMatchObject({
      state: 'mandatory',
      half: cny(half),
      twice: cny(twice),
      wageYear,
      asked: false,
      wageRule: { rule: `average_wage_${province}`, grade: 'P' },
    });
    expect(asked(half + 1n).state).toBe('by_agreement');
    expect(asked(twice).state).toBe('by_agreement');
    expect(asked(twice + 1n).state).toBe('not_available');
  });

  it.each([
    ['CN-ZJ', '2022-01-10', 'the notice does not apply yet'],
    ['CN-ZJ', '2023-01-01', 'the wage is older than the year before last'],
    ['CN-JL', '2022-09-01', 'the notice held until August'],
    ['CN-LN', '2023-07-01', 'a newer notice is known of, without its second ceiling'],
    ['CN-SH', '2023-05-01', 'a newer wage may be published'],
    ['CN-HN', '2024-06-01', 'a newer wage replaces it by itself'],
    ['CN-JS', '2024-01-05', 'the notice of the year before was not found'],
    ['CN-JS', '2025-06-02', 'the notice of that year was not found'],
    ['CN-BJ', '2026-03-02', 'no notice was found'],
  ])('%s on %s is unknown and asks for the wage: %s', (province, filedOn) => {
    const found = smallClaims({ province, filedOn, amount: cny(100n) }, law);
    expect(found).toMatchObject({ state: 'unknown', asks: 'average_wage' });
  });

  it('give way to a wage that the caller knows', () => {
    const asked = { province: 'CN-JS', filedOn: '2026-03-02', amount: cny(7_000_000n) };
    const found = smallClaims({ ...asked, wage: cny(15_000_000n) }, law);
    expect(found).toMatchObject({ state: 'mandatory', half: cny(7_500_000n), asked: true });
  });

  it('are half of the wage and twice it, up to the next yuan or down to the thousand', () => {
    const published = tables.wages.flatMap(({ value }) =>
      value.ceilings === undefined ? [] : [{ minor: value.minor, ...value.ceilings }],
    );
    expect(published).toHaveLength(9);
    for (const { minor, mandatoryMinor, agreedMinor } of published) {
      for (const off of [mandatoryMinor - minor / 2n, agreedMinor - minor * 2n]) {
        expect(off <= 100n && off > -100_000n).toBe(true);
      }
    }
  });
});

describe('a province', () => {
  it.each([
    ['CN-JS', 'CN-JS'],
    ['江苏', 'CN-JS'],
    ['江苏省', 'CN-JS'],
    ['上海市', 'CN-SH'],
    ['广西壮族自治区', 'CN-GX'],
    ['内蒙古自治区', 'CN-NM'],
    ['Zhejiang', 'CN-ZJ'],
    ['', undefined],
    ['Atlantis', undefined],
    ['toString', undefined],
  ])('%s is %s', (text, code) => {
    expect(provinceCode(text, law)).toBe(code);
  });
});
