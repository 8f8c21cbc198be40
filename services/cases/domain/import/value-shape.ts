import { creditCodeVerdict, isCurrency } from '@recourse/kit/check.ts';
import { currencyHint, readableAs } from './amount-text.ts';
import { isNullWord } from './cell.ts';
import { dateShape, dayUnder, isNoDate } from './date-text.ts';
import type { DateOrder } from './date-text.ts';
import { statusWord } from './status-words.ts';

/** What a value looks like, as bits; a column counts how often each combination occurs. */
export const bit = {
  blank: 1,
  /** A date under this order; a date that can be read one way only has all three. */
  ymd: 2,
  dmy: 4,
  mdy: 8,
  compact: 16,
  serial: 32,
  /** An amount with this decimal mark; `12` and `1,234` have both. */
  point: 64,
  comma: 128,
  /** An amount that has digits behind its decimal mark other than zeros. */
  fraction: 256,
  /** An amount whose one mark may be either: `1,234` or `1.234`. */
  pointOpen: 512,
  commaOpen: 1024,
  digits: 2048,
  letters: 4096,
  chinese: 8192,
  email: 16_384,
  phone: 32_768,
  creditCode: 65_536,
  currency: 131_072,
  truth: 262_144,
  /** Words for 'no date' that look like one (`00.00.0000`). */
  noDate: 524_288,
  /** Long text of several words, as in a description. */
  prose: 1_048_576,
  /** Two words or more with letters in them, as in a name. */
  words: 2_097_152,
  /** A word for the state of a document (`Paid`, `未结清`). */
  state: 4_194_304,
  /** An amount with a minus, before or behind, or in brackets. */
  negative: 8_388_608,
  /** A date as a true date cell is read, `2024-03-02`, and one after the 12th of its month. */
  iso: 16_777_216,
  isoLate: 33_554_432,
} as const;

export const anyOrder = bit.ymd | bit.dmy | bit.mdy;

/**
 * What a value looks like, and, for a date, roughly which day under each order (year × 372 + …).
 */
export type ValueShape = { mask: number; days: Readonly<Record<DateOrder, number>> | undefined };

const truthWords = new Set([
  'yes',
  'no',
  'y',
  'n',
  'true',
  'false',
  '0',
  '1',
  '是',
  '否',
  '有',
  '无',
  't',
  'f',
  'x',
  'ja',
  'nein',
]);

/** Reads words for yes and no; undefined for any other. */
export function readTruth(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (/^(?:yes|y|true|1|t|x|是|有|ja|oui|si|sí|disputed|open|争议|异议|√|✓)$/.test(lower))
    return true;
  if (/^(?:no|n|false|0|f|否|无|没有|nein|non|undisputed|none)$/.test(lower)) return false;
  return undefined;
}

const orders: readonly DateOrder[] = ['ymd', 'dmy', 'mdy'];

function rough(iso: string | undefined): number {
  if (iso === undefined) return 0;
  return Number(iso.slice(0, 4)) * 372 + Number(iso.slice(5, 7)) * 31 + Number(iso.slice(8, 10));
}

/** A date as a sheet's date cells are read. */
export const isoText = /^\d{4}-\d{2}-\d{2}$/;

function dateBits(text: string): ValueShape {
  if (isNoDate(text)) return { mask: bit.noDate, days: undefined };
  const shape = dateShape(text);
  if (shape === undefined) return { mask: 0, days: undefined };
  const days = { ymd: 0, dmy: 0, mdy: 0 };
  let mask = 0;
  for (const order of orders) {
    days[order] = rough(dayUnder(shape, order));
    if (days[order] > 0) mask |= bit[order];
  }
  if (shape.kind === 'fixed' && isoText.test(text)) {
    mask |= bit.iso | (shape.day > 12 ? bit.isoLate : 0);
  }
  // Eight digits or a day count may be a number of another kind: these count apart.
  if (shape.kind === 'compact') return { mask: mask === 0 ? 0 : bit.compact, days };
  if (shape.kind !== 'serial') return { mask, days };
  // 1954-10-03 to 2064-04-08: other five-digit numbers are not days of receivables.
  return { mask: shape.days >= 20_000 && shape.days <= 60_000 ? bit.serial : 0, days };
}

function amountBits(text: string): number {
  const { point, comma } = readableAs(text);
  let mask = (point ? bit.point : 0) | (comma ? bit.comma : 0);
  if (mask === 0) return 0;
  if (/^[(<\-−–]|-$/.test(text)) mask |= bit.negative;
  if (point && comma && text.includes('.')) mask |= bit.pointOpen;
  if (point && comma && text.includes(',')) mask |= bit.commaOpen;
  if (point !== comma && /[.,]\d*[1-9]\d*\D{0,4}$/.test(text)) mask |= bit.fraction;
  return mask;
}

function textBits(text: string, letters: number, chinese: number): number {
  let mask = (letters > 0 ? bit.letters : 0) | (chinese > 0 ? bit.chinese : 0);
  if (text.length > 40 || /\S\s+\S+\s+\S+\s+\S/.test(text)) mask |= bit.prose;
  if (text.includes('@') && /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text)) mask |= bit.email;
  if (text.length === 18 && creditCodeVerdict(text.toUpperCase()) !== 'malformed') {
    mask |= bit.creditCode;
  }
  if (text.length <= 4 && (isCurrency(text.toUpperCase()) || currencyHint(text) !== '')) {
    mask |= bit.currency;
  }
  return mask;
}

/**
 * Digits alone, most of all cells: a number, and by their count perhaps a day or a telephone
 * number.
 */
function digitsShape(text: string): ValueShape {
  let mask: number = bit.digits | bit.point | bit.comma;
  if (text === '0' || text === '1') mask |= bit.truth;
  if (text.length === 11 && /^1[3-9]/.test(text)) mask |= bit.phone;
  if (text.length === 18 && creditCodeVerdict(text) !== 'malformed') mask |= bit.creditCode;
  const dayLike = text.length === 5 || text.length === 8 || text.length === 14 || /^0+$/.test(text);
  if (!dayLike) return { mask, days: undefined };
  const dated = dateBits(text);
  return { mask: mask | dated.mask, days: dated.days };
}

/** `2309.79`: a decimal point; the mark is open where exactly three digits follow. */
function decimalShape(text: string, point: number): ValueShape {
  const tail = text.length - point - 1;
  let mask: number = bit.digits | bit.point;
  if (tail === 3 && point <= 3 && text.charCodeAt(0) !== 48) mask |= bit.comma | bit.pointOpen;
  else if (/[1-9]/.test(text.slice(point + 1))) mask |= bit.fraction;
  if (point !== 5 && point !== 8) return { mask, days: undefined };
  const dated = dateBits(text);
  return { mask: mask | dated.mask, days: dated.days };
}

/**
 * Position of the point when the text is digits around one; −1 for digits alone, −2 for other
 * text.
 */
function pointIn(text: string): number {
  let point = -1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 48 && code <= 57) continue;
    if (code !== 46 || point >= 0 || index === 0 || index === text.length - 1) return -2;
    point = index;
  }
  return point;
}

/** Letters that a date may have in it: a month's name, T before a time, Z, am or pm. */
const monthLike = new RegExp(
  'jan|feb|fév|m[aä]r|mrz|a[pbv]r|ma[yi]|jun|jui|jul|aug|aoû|ago|sep|o[ck]t|nov|' +
    'de[cz]|dic|déc|ene|' +
    String.raw`\dt\d|[apz]m?$|^[rh]\d|^/date\(`,
  'iu',
);

const phone =
  /^(?:1[3-9]\d{9}|\+\d[\d\s()-]{6,18}|0\d{2,3}[-\s]\d{7,8}|\(?\d{3}\)?[-\s.]\d{3}[-\s.]\d{4})$/;

const blank: ValueShape = { mask: bit.blank, days: undefined };

/**
 * Looks at one cleaned value from all sides, once; columns remember the answer for repeated
 * values.
 */
export function valueShape(text: string): ValueShape {
  if (text === '') return blank;
  const point = pointIn(text);
  if (point === -1) return digitsShape(text);
  if (point > 0) return decimalShape(text, point);
  if (isNullWord(text)) return blank;
  let digits = 0;
  let letters = 0;
  let chinese = 0;
  let words = 0;
  let inWord = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 48 && code <= 57) digits += 1;
    else if (code === 32) inWord = false;
    else if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) {
      letters += 1;
      if (!inWord) words += 1;
      inWord = true;
    } else if (code >= 0x4e00 && code <= 0x9fff) chinese += 1;
    else if (code > 0x7f) letters += code >= 0xff10 && code <= 0xff19 ? 0 : 1;
  }
  let mask = textBits(text, letters, chinese) | (digits > 0 ? bit.digits : 0);
  if (words > 1) mask |= bit.words;
  if (truthWords.has(text.toLowerCase())) mask |= bit.truth;
  const wide = text.length > digits + letters + chinese && /[\uff10-\uff19]/.test(text);
  if (digits === 0 && statusWord(text) !== undefined) mask |= bit.state;
  if (digits === 0 && !wide) return { mask, days: undefined };
  if (letters <= 5) mask |= amountBits(text);
  if (phone.test(text)) mask |= bit.phone;
  // A date has a month's name or an era mark among its letters, or none: names with numbers have
  // not.
  const wordless = letters === 0 || monthLike.test(text);
  if (digits < 3 || text.length > 40 || !wordless) return { mask, days: undefined };
  const dated = dateBits(text);
  return { mask: mask | dated.mask, days: dated.days };
}
