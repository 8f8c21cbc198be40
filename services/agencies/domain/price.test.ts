import { describe, expect, it } from '@jest/globals';
import { FixedDue } from '@recourse/proto/agencies/v1/agencies.ts';
import { expectedCommission, priceOf } from './price.ts';
import { bands, brackets, fixed, flat, ratchet } from './sample.ts';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const of = { open: cny(8_000_000n), daysOverdue: 67 };

describe('the price of terms on a case of 80,000.00', () => {
  it.each([
    ['flat', flat(1500), 1_200_000n, 480_000n],
    ['by age', bands([0, 800], [61, 1250]), 1_000_000n, 400_000n],
    [
      'by bracket',
      brackets([0n, 2000], [1_000_000n, 1500], [5_000_000n, 1000]),
      1_100_000n,
      440_000n,
    ],
    ['fixed', fixed(200_000n), 200_000n, 80_000n],
    ['fixed in the end', fixed(200_000n, FixedDue.PAID_IN_FULL), 200_000n, 80_000n],
    ['by steps', ratchet(false, [0, 1000], [5000, 2000]), 1_200_000n, 480_000n],
    ['by steps for all', ratchet(true, [0, 1000], [5000, 2000]), 1_600_000n, 640_000n],
    ['capped', flat(1500, { cap: cny(500_000n) }), 500_000n, 200_000n],
    // The retainer is due either way: 1,000 and 40 % of 12,000.
    [
      'with a retainer',
      flat(1500, { retainer: { fee: cny(100_000n), credited: false } }),
      1_300_000n,
      580_000n,
    ],
    // Set off: 1,000 and 40 % of the 11,000 above it.
    [
      'with a retainer to be set off',
      flat(1500, { retainer: { fee: cny(100_000n), credited: true } }),
      1_200_000n,
      540_000n,
    ],
    // VAT inside is no cost: 12,000 / 1.06.
    ['VAT included', flat(1500, { vatIncluded: true }), 1_132_075n, 452_830n],
  ])('%s', (_name, terms, price, expected) => {
    expect(priceOf(terms, of)).toEqual(cny(price));
    expect(expectedCommission(terms, of, 4000)).toEqual(cny(expected));
  });

  it('is not known where they name amounts of another currency', () => {
    const dollars = { ...of, open: { currency: 'USD', minor: 100n } };
    expect(priceOf(fixed(5n), dollars)).toBeUndefined();
    expect(expectedCommission(fixed(5n), dollars, 4000)).toBeUndefined();
    expect(priceOf(flat(1500), dollars)).toEqual({ currency: 'USD', minor: 15n });
  });
});
