import { minorDigits } from './format';

/** An amount in minor units, or what is wrong with the text. */
export type ParsedMoney = { minor: bigint } | { wrong: 'form' } | { wrong: 'digits'; most: number };

const powers: Readonly<Record<string, number>> = { '': 0, 千: 3, k: 3, 万: 4, m: 6, 亿: 8 };

/**
 * Reads an amount as people type it: `1,234.50`, `￥1 234`, `1.2万`, `3亿`, `1.5k`. Works on digits,
 * not on floats, so it is exact. More digits than the currency has are refused rather than rounded.
 */
export function parseMoney(text: string, currency: string): ParsedMoney {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s,，'’_]|^[¥$€£]|元$|圆$/g, '')
    .replace('−', '-');
  const match = /^([+-])?[¥$€£]?(\d{1,15})(?:\.(\d{0,12}))?(千|k|万|m|亿)?元?$/.exec(plain);
  if (match === null) return { wrong: 'form' };
  const digits = minorDigits(currency);
  const shift = digits + (powers[match[4] ?? ''] ?? 0);
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > shift) return { wrong: 'digits', most: digits };
  const magnitude = BigInt((match[2] ?? '') + fraction.padEnd(shift, '0'));
  return { minor: match[1] === '-' ? -magnitude : magnitude };
}
