import { divide, minorDigits } from '@recourse/kit/money.ts';

/**
 * Plain decimal text (`-1234.5`, see `plainDecimal`) in minor units. Digits past the minor unit,
 * the tail of a binary float in an export, are rounded once, half-even, and `rounded` tells of it.
 * Half-even because files carry exact halves (`131.125`) in numbers, and rounding them all up
 * would inflate a ledger; the known answers of data/README.md are rounded so.
 */
export function minorUnits(plain: string, currency: string): { minor: bigint; rounded: boolean } {
  const digits = minorDigits(currency);
  const point = plain.indexOf('.');
  const places = point < 0 ? 0 : plain.length - point - 1;
  const whole = point < 0 ? plain : plain.slice(0, point) + plain.slice(point + 1);
  if (places <= digits)
    return { minor: BigInt(whole.padEnd(whole.length + digits - places, '0')), rounded: false };
  const scale = 10n ** BigInt(places - digits);
  const exact = BigInt(whole);
  return { minor: divide(exact, scale, 'half-even'), rounded: exact % scale !== 0n };
}
