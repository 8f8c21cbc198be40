import { describe, expect, it } from '@jest/globals';
import { shareBps } from './share.ts';

describe('a share', () => {
  it.each([
    [1n, 3n, 3_333],
    [2n, 3n, 6_667],
    [1n, 20_000n, 0],
    [3n, 20_000n, 2],
    [0n, 5n, 0],
    [-1n, 4n, -2_500],
  ])('of %i in %i is %i hundredths of a per cent', (part, whole, bps) => {
    expect(shareBps(part, whole)).toBe(bps);
  });

  it.each([0n, -5n])('of a whole of %i is none', (whole) => {
    expect(shareBps(1n, whole)).toBeUndefined();
  });
});
