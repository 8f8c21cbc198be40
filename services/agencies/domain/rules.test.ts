import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import { ruleOn } from './rules.ts';

const rows = [
  { effectiveFrom: '2020-01-01', effectiveTo: '2023-12-31', value: 'old', source: 'a' },
  { effectiveFrom: '2024-01-01', value: 'new', source: 'b' },
  { effectiveFrom: '2026-01-01', effectiveTo: '2026-01-31', value: 'for a month', source: 'c' },
];

describe('a dated rule', () => {
  it.each([
    ['2023-12-31', 'old'],
    ['2024-01-01', 'new'],
    ['2026-01-31', 'for a month'],
    ['2026-02-01', 'new'],
  ])('on %s is the %s one', (on, value) => {
    expect(ruleOn(rows, day(on))).toBe(value);
  });

  it('of no day is a defect', () => {
    expect(() => ruleOn(rows, day('2019-12-31'))).toThrow('no_rule_on_day');
  });
});
