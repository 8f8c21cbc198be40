import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  add,
  compare,
  decimalText,
  divide,
  minorDigits,
  money,
  negate,
  parseDecimal,
  type Rounding,
  share,
  smaller,
  split,
  subtract,
  sum,
  zero,
} from './money.ts';

const minor = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
const positive = fc.bigInt({ min: 1n, max: 10n ** 12n });
const roundings: readonly Rounding[] = ['half-even', 'half-up', 'down', 'up'];

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

describe('a division', () => {
  it.each([
    [5n, 2n, 'half-even', 2n],
    [7n, 2n, 'half-even', 4n],
    [-5n, 2n, 'half-even', -2n],
    [-7n, 2n, 'half-even', -4n],
    [1n, 2n, 'half-even', 0n],
    [-1n, 2n, 'half-even', 0n],
    [26n, 10n, 'half-even', 3n],
    [5n, 2n, 'half-up', 3n],
    [-5n, 2n, 'half-up', -3n],
    [4n, 3n, 'half-up', 1n],
    [5n, 2n, 'down', 2n],
    [-5n, 2n, 'down', -2n],
    [1n, 3n, 'up', 1n],
    [-1n, 3n, 'up', -1n],
    [6n, 3n, 'up', 2n],
  ] as const)('of %s by %s %s is %s', (numerator, denominator, rounding, expected) => {
    expect(divide(numerator, denominator, rounding)).toBe(expected);
  });

  it.each([0n, -1n])('by %s is refused', (denominator) => {
    expect(() => divide(1n, denominator, 'down')).toThrow('invalid: divisor_not_positive');
  });

  it.each(roundings)(
    '%s is off by less than one, and by none when it comes out even',
    (rounding) => {
      fc.assert(
        fc.property(minor, positive, (numerator, denominator) => {
          const error = divide(numerator, denominator, rounding) * denominator - numerator;
          expect(absolute(error) < denominator).toBe(true);
          if (numerator % denominator === 0n) expect(error).toBe(0n);
        }),
      );
    },
  );

  it.each(['half-even', 'half-up'] as const)('%s is off by a half at most', (rounding) => {
    fc.assert(
      fc.property(minor, positive, (numerator, denominator) => {
        const error = divide(numerator, denominator, rounding) * denominator - numerator;
        expect(absolute(error) * 2n <= denominator).toBe(true);
      }),
    );
  });

  it.each(roundings)('%s treats what is owed as what is due', (rounding) => {
    fc.assert(
      fc.property(minor, positive, (numerator, denominator) => {
        const negated = divide(-numerator, denominator, rounding);
        expect(negated).toBe(-divide(numerator, denominator, rounding));
      }),
    );
  });

  it('never grows when it is rounded down, and never shrinks when it is rounded up', () => {
    fc.assert(
      fc.property(minor, positive, (numerator, denominator) => {
        const exact = absolute(numerator);
        expect(absolute(divide(numerator, denominator, 'down')) * denominator <= exact).toBe(true);
        expect(absolute(divide(numerator, denominator, 'up')) * denominator >= exact).toBe(true);
      }),
    );
  });
});

describe('a split', () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 40 })
    .filter((all) => all.some((weight) => weight > 0n));

  it('adds up to the whole', () => {
    fc.assert(
      fc.property(minor, weights, (total, parts) => {
        const amounts = split(money(total, 'CNY'), parts);
        expect(amounts).toHaveLength(parts.length);
        expect(sum(amounts, 'CNY')).toEqual(money(total, 'CNY'));
      }),
    );
  });

  it('gives each part its exact share or the unit next to it, on the side of the whole', () => {
    fc.assert(
      fc.property(minor, weights, (total, parts) => {
        const whole = parts.reduce((a, b) => a + b, 0n);
        for (const [index, amount] of split(money(total, 'CNY'), parts).entries()) {
          const exact = total * (parts[index] ?? 0n);
          expect(absolute(amount.minor * whole - exact) < whole).toBe(true);
          expect(amount.minor * total >= 0n).toBe(true);
        }
      }),
    );
  });

  it('gives nothing to a part without weight', () => {
    expect(split(money(100n, 'CNY'), [0n, 1n, 0n]).map((part) => part.minor)).toEqual([
      0n,
      100n,
      0n,
    ]);
  });

  it.each([
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [-100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
    [1n, [1n, 1n], [1n, 0n]],
    [10n, [1n, 2n], [3n, 7n]],
    [0n, [1n, 5n], [0n, 0n]],
  ])('of %s by %j is %j', (total, parts, expected) => {
    expect(split(money(total, 'CNY'), parts).map((part) => part.minor)).toEqual(expected);
  });

  it.each([[[]], [[0n, 0n]], [[1n, -1n]], [[2n, -1n]]])('by weights %j is refused', (parts) => {
    expect(() => split(money(1n, 'CNY'), parts)).toThrow('invalid: weights_not_positive');
  });
});

describe('a share', () => {
  it.each([
    [1_000_000n, 1250n, 'half-even', 125_000n],
    [333n, 1250n, 'half-even', 42n],
    [-333n, 1250n, 'half-even', -42n],
    [4n, 1250n, 'half-even', 0n],
    [4n, 1250n, 'half-up', 1n],
  ] as const)('of %s at %s bps %s is %s', (base, bps, rounding, expected) => {
    expect(share(money(base, 'CNY'), bps, 10_000n, rounding)).toEqual(money(expected, 'CNY'));
  });
});

describe('amounts', () => {
  it('add, subtract, negate and compare in their currency', () => {
    const [a, b] = [money(5n, 'CNY'), money(7n, 'CNY')];
    expect(add(a, b)).toEqual(money(12n, 'CNY'));
    expect(subtract(a, b)).toEqual(money(-2n, 'CNY'));
    expect(negate(a)).toEqual(money(-5n, 'CNY'));
    expect([compare(a, b), compare(b, a), compare(a, a)]).toEqual([-1, 1, 0]);
    expect(smaller(a, b)).toEqual(a);
    expect(sum([], 'CNY')).toEqual(zero('CNY'));
  });

  it.each([add, subtract, compare, smaller])('of two currencies are never mixed', (verb) => {
    expect(() => verb(money(1n, 'CNY'), money(1n, 'USD'))).toThrow('invalid: currencies_differ');
  });
});

describe('minor digits', () => {
  it.each([
    ['CNY', 2],
    ['USD', 2],
    ['JPY', 0],
    ['RWF', 0],
    ['KWD', 3],
    ['CLF', 4],
  ])('of %s are %s', (currency, digits) => {
    expect(minorDigits(currency)).toBe(digits);
  });
});

describe('a decimal', () => {
  it.each([
    ['1234.5', 'CNY', 123_450n, false],
    ['-1234.50', 'CNY', -123_450n, false],
    ['+7', 'CNY', 700n, false],
    ['7.', 'CNY', 700n, false],
    ['007.10', 'CNY', 710n, false],
    ['0.005', 'CNY', 1n, true],
    ['0.0049999', 'CNY', 0n, true],
    ['-0.005', 'CNY', -1n, true],
    ['1.100000', 'CNY', 110n, false],
    ['54273.280000000006', 'CNY', 5_427_328n, true],
    ['12.5', 'JPY', 13n, true],
    ['12', 'JPY', 12n, false],
    ['1.0005', 'KWD', 1_001n, true],
    ['99999999999999999999.99', 'CNY', 9_999_999_999_999_999_999_999n, false],
  ])('%s %s is %s minor units (rounded: %s)', (text, currency, expected, rounded) => {
    expect(parseDecimal(text, currency)).toEqual({ amount: money(expected, currency), rounded });
  });

  it.each(['', '-', '.5', '1,234', '1e3', ' 1', '1 ', '0x10', '１２', 'NaN', '--1', '1.2.3'])(
    '%j is none',
    (text) => {
      expect(parseDecimal(text, 'CNY')).toBeUndefined();
    },
  );

  it('written out is read back as it was', () => {
    fc.assert(
      fc.property(minor, fc.constantFrom('CNY', 'JPY', 'KWD', 'CLF'), (value, currency) => {
        const amount = money(value, currency);
        expect(parseDecimal(decimalText(amount), currency)).toEqual({ amount, rounded: false });
      }),
    );
  });

  it.each([
    [5n, 'CNY', '0.05'],
    [-5n, 'CNY', '-0.05'],
    [0n, 'CNY', '0.00'],
    [123_456n, 'CNY', '1234.56'],
    [123n, 'JPY', '123'],
    [-1n, 'KWD', '-0.001'],
  ])('of %s %s is written %s', (value, currency, text) => {
    expect(decimalText(money(value, currency))).toBe(text);
  });
});
