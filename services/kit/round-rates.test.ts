import { describe, expect, it } from '@jest/globals';
import { money } from './money.ts';
import { roughly } from './round-rates.ts';

describe('a round rate', () => {
  it.each([
    ['a currency of two digits', money(700_00n, 'CNY'), 'USD', 100_00n],
    ['one without digits', money(10_000_000_00n, 'CNY'), 'JPY', 200_000_000n],
    ['one of three digits', money(23_00n, 'CNY'), 'KWD', 1_000n],
    ['from one without digits', money(150_000n, 'KRW'), 'CNY', 750_00n],
    ['between two that are not CNY', money(8_00n, 'USD'), 'EUR', 7_00n],
    ['the same currency', money(1n, 'XAU'), 'XAU', 1n],
  ])('tells an amount in %s', (_what, amount, currency, minor) => {
    expect(roughly(amount, currency)).toEqual({ currency, minor });
  });

  it('does not invent one', () => {
    expect(roughly(money(1n, 'CNY'), 'XAU')).toBeUndefined();
  });
});
