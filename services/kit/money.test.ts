import { describe, expect, it } from '@jest/globals';
import { divide } from './money.ts';

describe('a division', () => {
  it.each([
    [5n, 2n, 'half-even', 2n],
    [7n, 2n, 'half-even', 4n],
    [-5n, 2n, 'half-up', -3n],
    [-5n, 2n, 'down', -2n],
    [1n, 3n, 'up', 1n],
  ] as const)('%s / %s %s is %s', (numerator, denominator, rounding, expected) => {
    expect(divide(numerator, denominator, rounding)).toBe(expected);
  });
});
