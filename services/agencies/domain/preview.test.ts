import { describe, expect, it } from '@jest/globals';
import { example } from './preview.ts';
import { bands, fixed, flat, ratchet } from './sample.ts';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const paid = (...minors: bigint[]) =>
  minors.map((minor) => ({ amount: cny(minor), inLitigation: false }));

describe('an example of terms', () => {
  it('is what would be posted, payment by payment', () => {
    const retainer = { fee: cny(50_000n), credited: false };
    const terms = { ...ratchet(true, [0, 1000], [5000, 1500]), retainer };
    const made = example(terms, cny(10_000_000n), 40, paid(2_000_000n, 4_000_000n));
    expect(
      made.lines.map(({ line, paymentNumber, postedWith }) => [
        line.kind,
        paymentNumber,
        postedWith,
        line.commission.minor,
      ]),
    ).toEqual([
      ['RETAINER', 0, 0, 50_000n],
      ['ACCRUAL', 1, 1, 200_000n],
      ['ADJUSTMENT', 1, 2, 100_000n],
      ['ACCRUAL', 2, 2, 600_000n],
    ]);
    expect(made).toMatchObject({ commission: cny(950_000n), vat: cny(57_000n) });
  });

  it('of one rate is the rate by age, each payment for itself', () => {
    const made = example(bands([0, 800], [31, 1250]), cny(100_000n), 40, paid(100_010n, 2n));
    expect(made.lines.map(({ line }) => [line.commission.minor, line.vat.minor])).toEqual([
      [12_501n, 750n],
      [0n, 0n],
    ]);
  });

  it('is refused where the terms could not be placed', () => {
    const dollars = { currency: 'USD', minor: 100n };
    expect(() => example(undefined, cny(1n), 0, [])).toThrow('terms_missing');
    expect(() => example(fixed(5n), dollars, 0, [])).toThrow('terms_in_other_currency');
    expect(() => example(flat(5), dollars, 0, paid(1n))).toThrow('currencies_differ');
  });
});
