import { describe, expect, it } from '@jest/globals';
import { countCell } from './export-list.ts';

describe('a count in a file', () => {
  it.each([
    [7, 0, '7'],
    [1_234n, 0, '1234'],
    [-5, 1, '-0.5'],
    [123, 1, '12.3'],
    [0, 2, '0.00'],
    [1_500, 2, '15.00'],
    [-7, 2, '-0.07'],
  ] as const)('%s with %s digits is %s', (count, digits, number) => {
    expect(countCell(count, digits)).toEqual({ number, digits });
  });

  it('is empty when nothing is known', () => {
    expect(countCell(undefined, 1)).toBe('');
  });
});
