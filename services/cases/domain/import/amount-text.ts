import { halfWidth } from './cell.ts';

/** What separates the fraction: `1,234.56` is `point`, `1.234,56` and `1 234,56` are `comma`. */
export type DecimalMark = 'point' | 'comma';

/** How a column's amounts are read: the mark, and tens by which its unit is larger (万元: 4). */
export type AmountFormat = { mark: DecimalMark; tens: number };

/** An amount taken apart: its sign, its digits and marks, and tens that its own suffix adds. */
type AmountShape = { negative: boolean; body: string; exponent: number };

/** Currency signs and codes before or after an amount; what they mean is decided for the column. */
const signs = '[$¥€£₩₹₽฿₫₱￥]';
const currencyMark = new RegExp(
  String.raw`^(?:Rs\.|[A-Z]{2,3}\$?|[A-Z]\$|${signs}|RMB|元|人民币)\s?` +
    String.raw`|\s?(?:[A-Z]{3}|${signs}|kr\.?|zł|Kč|руб\.?|元|圆|円)$`,
  'iu',
);

const magnitudes: Readonly<Record<string, number>> = {
  万: 4,
  萬: 4,
  亿: 8,
  億: 8,
  千: 3,
  百万: 6,
  k: 3,
};

function unwrap(text: string): { text: string; negative: boolean } {
  let body = text;
  let negative = false;
  const bracket = /^\((.+)\)$/.exec(body) ?? /^<(.+)>$/.exec(body);
  if (bracket !== null) {
    body = bracket[1] ?? '';
    negative = true;
  }
  // SAP writes the minus behind, accountants write CR; both mean a credit.
  const behind = /^(.*\d\S*?)\s?(?:-|CR)$/i.exec(body);
  if (behind !== null) {
    body = behind[1] ?? '';
    negative = !negative;
  } else body = body.replace(/\s?DR$/i, '');
  return { text: body.trim(), negative };
}

function stripMarks(text: string): string {
  const before = text.replace(currencyMark, '').trim();
  return before === text ? text : before.replace(currencyMark, '').trim();
}

/** `-$5`, `$-5` and `$5` as `-5`, `-5` and `5`: the currency goes, the sign comes first. */
function stripSign(text: string): string {
  const sign = text.startsWith('-') || text.startsWith('+') ? text.charAt(0) : '';
  return sign + stripMarks(text.slice(sign.length).trim());
}

/** Takes an amount apart; undefined when the text is no amount in any style. */
function shapeOf(raw: string): AmountShape | undefined {
  if (/^\d+(?:\.\d+)?$/.test(raw)) return { negative: false, body: raw, exponent: 0 };
  if (raw.length > 60 || !/\d/.test(raw.normalize('NFKC'))) return undefined;
  const outer = unwrap(halfWidth(raw).replaceAll(/[−‐‑–—]/g, '-'));
  // The sign may stand before or behind the currency.
  const signed = /^([+-])?\s*(.*)$/s.exec(stripSign(outer.text));
  let text = signed?.[2] ?? '';
  const negative = outer.negative !== (signed?.[1] === '-');
  const suffix = /(百万|万|萬|亿|億|千|k)$/i.exec(text)?.[1] ?? '';
  if (suffix !== '') text = stripMarks(text.slice(0, -suffix.length).trim());
  if (!/^[\d.,' \u2019`]*\d[\d.,]*(?:e[+-]?\d{1,3})?$/i.test(text)) return undefined;
  return { negative, body: text, exponent: magnitudes[suffix.toLowerCase()] ?? 0 };
}

const grouped = {
  // Thousands in groups of three, or of two after the first three from the right (India).
  point: /^(?:\d+|\d{1,3}(?:[,' \u2019`]\d{3})+|\d{1,2}(?:,\d{2})*,\d{3})?(?:\.\d*)?$/,
  comma: /^(?:\d+|\d{1,3}(?:[.' \u2019`]\d{3})+)?(?:,\d*)?$/,
} as const;

/**
 * Moves the decimal point of plain digits by `tens` places to the right (or, negative, to the
 * left).
 */
function shift(digits: string, tens: number): string {
  const [whole = '', fraction = ''] = digits.split('.');
  if (tens >= 0) {
    const padded = fraction.padEnd(tens, '0');
    const rest = padded.slice(tens);
    return whole + padded.slice(0, tens) + (rest === '' ? '' : `.${rest}`);
  }
  const padded = whole.padStart(1 - tens, '0');
  return `${padded.slice(0, tens)}.${padded.slice(tens)}${fraction}`;
}

function digitsOf(shape: AmountShape, mark: DecimalMark): string | undefined {
  const [body = '', power] = shape.body.toLowerCase().split('e');
  if (!grouped[mark].test(body) || !/\d/.test(body)) return undefined;
  const plain =
    mark === 'point'
      ? body.replaceAll(/[,' \u2019`]/g, '')
      : body.replaceAll(/[.' \u2019`]/g, '').replace(',', '.');
  const tens = Number(power ?? 0) + shape.exponent;
  if (Math.abs(tens) > 30) return undefined;
  const whole = plain.startsWith('.') ? `0${plain}` : plain;
  return tens === 0 ? whole : shift(whole, tens);
}

/**
 * An amount as plain decimal text that kit/money's `parseDecimal` reads (`-1234.56`), exactly: no
 * float is made on the way. Reads thousands marks, currency signs, brackets or a minus behind for
 * credits, exponents, and 万 or 亿. Undefined when the text is no amount in that style.
 */
export function plainDecimal(text: string, format: AmountFormat): string | undefined {
  if (format.mark === 'point' && format.tens === 0 && /^-?\d+(?:\.\d+)?$/.test(text)) return text;
  const shape = shapeOf(text);
  if (shape === undefined) return undefined;
  const digits = digitsOf(shape, format.mark);
  if (digits === undefined) return undefined;
  const scaled = format.tens === 0 ? digits : shift(digits, format.tens);
  return shape.negative ? `-${scaled}` : scaled;
}

/**
 * Under which marks a text is an amount; under both when, like `1,234` or `12`, it does not say.
 */
export function readableAs(text: string): { point: boolean; comma: boolean } {
  const shape = shapeOf(text);
  if (shape === undefined) return { point: false, comma: false };
  return {
    point: digitsOf(shape, 'point') !== undefined,
    comma: digitsOf(shape, 'comma') !== undefined,
  };
}

const currencySigns: readonly [RegExp, string][] = [
  [/\b(?:RMB|CNY)\b|人民[币幣]/i, 'CNY'],
  [/US\$|\bUSD\b|美[元金]/i, 'USD'],
  [/HK\$|\bHKD\b|港[币幣元]/i, 'HKD'],
  [/€|\bEUR\b|[欧歐]元/i, 'EUR'],
  [/£|\bGBP\b|英[镑鎊]/i, 'GBP'],
  [/\bJPY\b|日元/i, 'JPY'],
  [/₹|\bINR\b/i, 'INR'],
  [/₩|\bKRW\b|[韩韓][元币]/i, 'KRW'],
  [/\bR\$/, 'BRL'],
  [/\bNT\$|台[币幣]/, 'TWD'],
  [/\bS\$|新加坡[元币]|新元/, 'SGD'],
  [/\bAU?\$|澳[币元]/, 'AUD'],
  [/\bCA?\$|加[币元]/, 'CAD'],
  [/₽|руб|卢布/i, 'RUB'],
  [/\bRs\.?(?=\s|\d|$)/, 'INR'],
  [/円/, 'JPY'],
  [/\$/, 'USD'],
  [/瑞士法郎/, 'CHF'],
  [/泰[铢銖]/, 'THB'],
  [/越南盾/, 'VND'],
  // Last, since the names of many other currencies end in it; 万元 and 千元 are of it, too.
  [/[¥￥元]/, 'CNY'],
];

/** Codes that headings and amounts write out and that are no words of their own. */
const currencyCode = new RegExp(
  String.raw`(?<![A-Za-z])(AED|AUD|BRL|CAD|CHF|CZK|DKK|HUF|IDR|ILS|MOP|MXN|MYR|NOK|NZD|PHP|PLN|` +
    String.raw`QAR|RON|RUB|SAR|SEK|SGD|THB|TWD|UAH|VND|ZAR)(?![A-Za-z])`,
  'i',
);

/** The currency a header or a cell hints at by sign or name; empty when it hints at none. */
export function currencyHint(text: string): string {
  const sign = currencySigns.find(([pattern]) => pattern.test(text))?.[1];
  return sign ?? currencyCode.exec(text)?.[1]?.toUpperCase() ?? '';
}

/** The unit a heading states: 万元 is 4 tens, `USD'000` or 千元 is 3, 百万 or millions is 6. */
export function headingTens(header: string): number {
  if (/百万|million|\bmn\b/i.test(header)) return 6;
  if (/万|萬/.test(header)) return 4;
  if (/千元|仟元|'000|\bthousands?\b|\(k\)/i.test(header)) return 3;
  return 0;
}
