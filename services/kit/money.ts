import { fault } from './fault.ts';

/**
 * Money is a whole number of minor units (fen, cents) and an ISO 4217 code. There is no float here
 * and every division names its rounding. Same shape as the contract's `recourse.type.v1.Money`.
 */
export type Money = { currency: string; minor: bigint };

/** Half-even is the house default for shares; half-up for amounts read from files. */
export type Rounding = 'half-even' | 'half-up' | 'down' | 'up';

/** Minor-unit digits that differ from two (ISO 4217:2015 table A.1). */
const digitsByCurrency: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** Digits after the decimal point of a currency's amounts, 2 unless ISO 4217 says otherwise. */
export function minorDigits(currency: string): number {
  return digitsByCurrency[currency] ?? 2;
}

export function money(minor: bigint, currency: string): Money {
  return { currency, minor };
}

export function zero(currency: string): Money {
  return { currency, minor: 0n };
}

/** Throws `currencies_differ` unless both are in one currency. */
function sameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) {
    throw fault('invalid', 'currencies_differ', { left: a.currency, right: b.currency });
  }
}

export function add(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return { currency: a.currency, minor: a.minor + b.minor };
}

export function subtract(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return { currency: a.currency, minor: a.minor - b.minor };
}

export function negate(a: Money): Money {
  return { currency: a.currency, minor: -a.minor };
}

/** −1, 0 or 1, as a sort wants it. */
export function compare(a: Money, b: Money): -1 | 0 | 1 {
  sameCurrency(a, b);
  return a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0;
}

export function smaller(a: Money, b: Money): Money {
  return compare(a, b) <= 0 ? a : b;
}

export function sum(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce(add, zero(currency));
}

/** Divides whole numbers with a named rounding; the divisor must be positive. */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (denominator <= 0n) throw fault('invalid', 'divisor_not_positive', { denominator });
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder === 0n) return quotient;
  const away = numerator < 0n ? quotient - 1n : quotient + 1n;
  const twice = (remainder < 0n ? -remainder : remainder) * 2n;
  switch (rounding) {
    case 'down':
      return quotient;
    case 'up':
      return away;
    case 'half-up':
      return twice >= denominator ? away : quotient;
    case 'half-even':
      if (twice === denominator) return quotient % 2n === 0n ? quotient : away;
      return twice > denominator ? away : quotient;
  }
}

/** A fraction of an amount: `share(base, rateBps, 10_000n, 'half-even')`. */
export function share(
  base: Money,
  numerator: bigint,
  denominator: bigint,
  rounding: Rounding,
): Money {
  return { currency: base.currency, minor: divide(base.minor * numerator, denominator, rounding) };
}

/**
 * Splits an amount by weights so that the parts add up to it exactly (largest remainder; ties go to
 * the earlier part). Weights are not negative and not all zero.
 */
export function split(total: Money, weights: readonly bigint[]): Money[] {
  const whole = weights.reduce((a, b) => a + b, 0n);
  if (whole <= 0n || weights.some((w) => w < 0n)) {
    throw fault('invalid', 'weights_not_positive', { count: weights.length });
  }
  const sign = total.minor < 0n ? -1n : 1n;
  const magnitude = total.minor * sign;
  const parts = weights.map((weight, index) => {
    const product = magnitude * weight;
    return { index, minor: product / whole, remainder: product % whole };
  });
  let left = magnitude - parts.reduce((a, part) => a + part.minor, 0n);
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const part of byRemainder) {
    if (left === 0n) break;
    part.minor += 1n;
    left -= 1n;
  }
  return parts.map((part) => ({ currency: total.currency, minor: part.minor * sign }));
}

/**
 * Reads a plain decimal (`-1234.50`: optional sign, digits, optional point and digits) into minor
 * units; undefined for anything else. Digits past the minor unit (the tail of a binary float in an
 * export) are rounded half-up once, here; `rounded` tells that it happened so that the caller can
 * report it.
 */
export function parseDecimal(
  text: string,
  currency: string,
): { amount: Money; rounded: boolean } | undefined {
  const match = /^([+-])?(\d+)(?:\.(\d*))?$/.exec(text);
  if (match === null) return undefined;
  const digits = minorDigits(currency);
  const fraction = match[3] ?? '';
  const kept = BigInt((match[2] ?? '0') + fraction.slice(0, digits).padEnd(digits, '0'));
  const tail = fraction.slice(digits);
  const up = tail !== '' && tail.charCodeAt(0) >= 53;
  const magnitude = up ? kept + 1n : kept;
  const minor = match[1] === '-' ? -magnitude : magnitude;
  return { amount: { currency, minor }, rounded: /[1-9]/.test(tail) };
}

/** Plain decimal text with all minor digits: `1234.50`. For files and logs; screens use Intl. */
export function decimalText(amount: Money): string {
  const digits = minorDigits(amount.currency);
  const sign = amount.minor < 0n ? '-' : '';
  const magnitude = (amount.minor < 0n ? -amount.minor : amount.minor)
    .toString()
    .padStart(digits + 1, '0');
  if (digits === 0) return sign + magnitude;
  return `${sign}${magnitude.slice(0, -digits)}.${magnitude.slice(-digits)}`;
}
