import { describe, expect, it } from '@jest/globals';
import { priorityTiers } from '../rules/tiers.ts';
import { inForce } from './rule.ts';
import { tierOf } from './tier.ts';

const rule = inForce(priorityTiers, Temporal.PlainDate.from('2026-03-10'));
const tier = (currency: string, whole: bigint, days: number, grade?: string): string => {
  const digits = ['JPY', 'KRW', 'VND'].includes(currency) ? 1n : 100n;
  return tierOf({ currency, minor: whole * digits }, days, rule, grade).tier;
};

describe('by amount and age', () => {
  it.each([
    ['CNY', 500_000n, 5, 'HIGH'],
    ['CNY', 499_999n, 5, 'MEDIUM'],
    ['CNY', 100_000n, 61, 'HIGH'],
    ['CNY', 20_000n, 31, 'MEDIUM'],
    ['CNY', 19_999n, 400, 'LOW'],
    ['CNY', 9_000_000n, 0, 'LOW'],
    ['USD', 100_000n, 5, 'HIGH'],
    ['KRW', 150_000n, 5, 'LOW'],
    ['VND', 200_000n, 5, 'LOW'],
    ['KRW', 100_000_000n, 5, 'HIGH'],
    ['KRW', 12_000_000n, 5, 'MEDIUM'],
  ])('%s %s at %s days is %s', (currency, whole, days, expected) => {
    expect(tier(currency, whole, days)).toBe(expected);
  });

  it('a late debt in a currency nobody can size is in the middle, and told as such', () => {
    const { tier: found, why } = tierOf({ currency: 'XAF', minor: 1n }, 5, rule);
    expect([found, why.facts['no_rate']]).toEqual(['MEDIUM', 'XAF']);
    expect(tier('XAF', 1n, 0)).toBe('LOW');
  });
});

describe('by the grade of the debtor', () => {
  it.each([
    ['CCC', 60_000n, 5, 'HIGH'],
    ['D', 1_000n, 5, 'MEDIUM'],
    ['D', 900_000n, 5, 'HIGH'],
    ['D', 1_000n, 0, 'LOW'],
    ['BB', 60_000n, 5, 'MEDIUM'],
    ['AAA', 60_000n, 5, 'LOW'],
    ['AAA', 60_000n, 31, 'MEDIUM'],
    ['AA', 900_000n, 30, 'MEDIUM'],
  ])('%s with CNY %s at %s days is %s', (grade, whole, days, expected) => {
    expect(tier('CNY', whole, days, grade)).toBe(expected);
  });

  it('is named in the reason', () => {
    const { why } = tierOf({ currency: 'CNY', minor: 1n }, 5, rule, 'D');
    expect(why.facts['tiers_by_rating']).toBe('+1');
    expect(JSON.stringify(why)).not.toContain('"D"');
  });
});
