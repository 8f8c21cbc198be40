import { describe, expect, it } from '@jest/globals';
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

  it('of a province with a figure use it', () => {
    const wage = {
      rule: 'average_wage',
      effectiveFrom: '2026-01-01',
      source: 'sample of this test',
      grade: 'GK',
      value: 12_000_000n,
    } as const;
    const known = { ...tables, wages: { 'CN-SH': { '2025': wage } } };
    expect(smallClaims(o, { smallClaims: known })).toMatchObject({
      state: 'mandatory',
      asked: false,
    });
    const later = smallClaims({ ...o, filedOn: '2027-03-02' }, { smallClaims: known });
    expect(later).toMatchObject({ state: 'unknown', wageYear: 2026 });
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
