import { halfWidth } from './cell.ts';

/** Order of day, month and year in a date that is written as three numbers. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

/**
 * A date taken apart. `fixed` can be read one way only; `triple` has the year last or two digits
 * and needs an order; `serial` is a day count of Excel; `compact` is eight digits.
 */
export type DateShape =
  | { kind: 'fixed' | 'compact'; year: number; month: number; day: number }
  | { kind: 'triple'; parts: readonly [number, number, number]; yearDigits: 2 | 4 }
  | { kind: 'serial'; days: number };

const months: Readonly<Record<string, number>> = {
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  nov: 11,
  dec: 12,
  // German, French and Spanish abbreviations that differ.
  mär: 3,
  mrz: 3,
  mai: 5,
  okt: 10,
  dez: 12,
  fév: 2,
  avr: 4,
  juin: 6,
  juil: 7,
  aoû: 8,
  déc: 12,
  ene: 1,
  abr: 4,
  ago: 8,
  dic: 12,
};

/**
 * A time of day behind a date, with or without zone; it is read over, for a day is a calendar day.
 */
const clock = String.raw`\d{1,2}[:.时]\d{1,2}(?:[:.分]\d{1,2}(?:[.,]\d{1,9})?秒?)?`;
const half = String.raw`(?:[ap]\.?m\.?|上午|下午)?`;
const zone = String.raw`(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?`;
const time = String.raw`(?:[T,]?\s*${clock}\s*${half}\s*${zone})?`;
const weekday = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?`;
const separator = String.raw`\s*[-/.\u2010-\u2015]\s*`;

const yearFirst = new RegExp(`^(\\d{4})${separator}(\\d{1,2})${separator}(\\d{1,2})${time}$`, 'i');
const yearLast = new RegExp(`^(\\d{1,2})${separator}(\\d{1,2})${separator}(\\d{4})${time}$`, 'i');
const shortYear = new RegExp(`^(\\d{1,2})${separator}(\\d{1,2})${separator}(\\d{2})${time}$`, 'i');
const chinese = new RegExp(
  `^(\\d{4})\\s*年\\s*(\\d{1,2})\\s*月\\s*(\\d{1,2})\\s*[日号]?${time}$`,
  'i',
);
/** Years of the Republic in Taiwan: `113/01/30`, `民國113年1月30日`; year 1 is 1912. */
const republic = new RegExp(
  `^(?:(?:中華)?民[國国])?\\s*(\\d{2,3})\\s*(?:年|[-/.])\\s*(\\d{1,2})\\s*(?:月|[-/.])` +
    `\\s*(\\d{1,2})\\s*日?$`,
);
/** Japanese eras by the year before their first: `令和6年3月15日`, `R6.3.15`. */
const eras: Readonly<Record<string, number>> = { 令和: 2018, r: 2018, 平成: 1988, h: 1988 };
const era = new RegExp(
  `^(令和|平成|[rh])\\s*(\\d{1,2})\\s*(?:年|[-/.])\\s*(\\d{1,2})\\s*(?:月|[-/.])` +
    `\\s*(\\d{1,2})\\s*日?$`,
  'i',
);
const compact = /^((?:19|20|99)\d{2})(\d{2})(\d{2})(?:\.0+)?(?:\d{6})?$/;
const dayNamed = new RegExp(
  `^${weekday}(\\d{1,2})(?:st|nd|rd|th|\\.)?[-/\\s.,]*([a-zäéû]{3,9})` +
    `\\.?[-/\\s.,'’]*(\\d{4}|\\d{2})${time}$`,
  'i',
);
const namedDay = new RegExp(
  `^${weekday}([a-zäéû]{3,9})\\.?[-/\\s]*(\\d{1,2})(?:st|nd|rd|th)?[-/\\s,'’]+` +
    `(\\d{4}|\\d{2})${time}$`,
  'i',
);
const yearNamed = new RegExp(`^(\\d{4})[-/\\s]+([a-z]{3,9})[-/\\s]+(\\d{1,2})${time}$`, 'i');
/** Milliseconds since 1970 as .NET writes them in JSON: `/Date(1645829571576)/`. */
const epoch = /^\/Date\((\d{11,14})(?:[+-]\d{4})?\)\/$/;
const serial = /^([1-9]\d{4})(?:\.\d+)?$/;

/** Two digits of a year: 70–99 are of the last century, as POSIX strptime has it (69 and up). */
function fullYear(two: number): number {
  return two >= 70 ? 1900 + two : 2000 + two;
}

function monthNumber(name: string): number {
  const lower = name.toLowerCase();
  return months[lower.slice(0, 4)] ?? months[lower.slice(0, 3)] ?? 0;
}

function named(year: string, month: string, dayText: string): DateShape | undefined {
  const number = monthNumber(month);
  if (number === 0) return undefined;
  const yearNumber = year.length === 2 ? fullYear(Number(year)) : Number(year);
  return { kind: 'fixed', year: yearNumber, month: number, day: Number(dayText) };
}

function withLetters(text: string): DateShape | undefined {
  const zh = chinese.exec(text);
  if (zh !== null) {
    return { kind: 'fixed', year: Number(zh[1]), month: Number(zh[2]), day: Number(zh[3]) };
  }
  const first = dayNamed.exec(text);
  if (first !== null) return named(first[3] ?? '', first[2] ?? '', first[1] ?? '');
  const second = namedDay.exec(text);
  if (second !== null) return named(second[3] ?? '', second[1] ?? '', second[2] ?? '');
  const third = yearNamed.exec(text);
  return third === null ? undefined : named(third[1] ?? '', third[2] ?? '', third[3] ?? '');
}

/**
 * Takes a date apart; undefined when the text is no date in any style (months and days unchecked).
 */
export function dateShape(raw: string): DateShape | undefined {
  if (raw.length < 5 || raw.length > 40) return undefined;
  const text = halfWidth(raw);
  const iso = yearFirst.exec(text);
  if (iso !== null) {
    return { kind: 'fixed', year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  }
  const last = yearLast.exec(text);
  if (last !== null) {
    const parts = [Number(last[1]), Number(last[2]), Number(last[3])] as const;
    return { kind: 'triple', parts, yearDigits: 4 };
  }
  const eight = compact.exec(text);
  if (eight !== null) {
    return {
      kind: 'compact',
      year: Number(eight[1]),
      month: Number(eight[2]),
      day: Number(eight[3]),
    };
  }
  const days = serial.exec(text);
  if (days !== null) return { kind: 'serial', days: Number(days[1]) };
  const short = shortYear.exec(text);
  if (short !== null) {
    const parts = [Number(short[1]), Number(short[2]), Number(short[3])] as const;
    return { kind: 'triple', parts, yearDigits: 2 };
  }
  const instant = epoch.exec(text);
  if (instant !== null) return epochDay(Number(instant[1]));
  return (
    republicDay(text) ?? eraDay(text) ?? (/[a-z年]/i.test(text) ? withLetters(text) : undefined)
  );
}

/** The day in UTC, which is how such a number is counted. */
function epochDay(milliseconds: number): DateShape {
  const instant = Temporal.Instant.fromEpochMilliseconds(milliseconds);
  const { year, month, day } = instant.toZonedDateTimeISO('UTC');
  return { kind: 'fixed', year, month, day };
}

/** Only with its era's name, or with three digits, is a number a year of the Republic. */
function republicDay(text: string): DateShape | undefined {
  const match = republic.exec(text);
  const year = Number(match?.[1] ?? 0);
  if (match === null || (!text.includes('民') && (year < 100 || year > 199))) return undefined;
  return { kind: 'fixed', year: year + 1911, month: Number(match[2]), day: Number(match[3]) };
}

function eraDay(text: string): DateShape | undefined {
  const match = era.exec(text);
  const before = eras[match?.[1]?.toLowerCase() ?? ''];
  if (match === null || before === undefined) return undefined;
  const year = before + Number(match[2]);
  return { kind: 'fixed', year, month: Number(match[3]), day: Number(match[4]) };
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** `YYYY-MM-DD`, or undefined for a day that does not exist. Plain numbers: this runs per cell. */
function isoDay(year: number, month: number, day: number): string | undefined {
  const longest = month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] ?? 0);
  if (year < 1900 || year > 9999 || day < 1 || day > longest) return undefined;
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

/** Excel's day 1 is 1900-01-01 and its day 60 never was, so counting starts at 1899-12-30. */
const excelEpoch = Temporal.PlainDate.from('1899-12-30');

/** The day an Excel serial number means (the 1900 date system). */
export function serialDay(days: number): string {
  return excelEpoch.add({ days }).toString();
}

/** The day a shape means under an order, `YYYY-MM-DD`; undefined when it is no day under it. */
export function dayUnder(shape: DateShape, order: DateOrder): string | undefined {
  if (shape.kind === 'serial') return serialDay(shape.days);
  if (shape.kind !== 'triple') return isoDay(shape.year, shape.month, shape.day);
  const [first, second, third] = shape.parts;
  if (order === 'ymd') {
    return shape.yearDigits === 2 ? isoDay(fullYear(first), second, third) : undefined;
  }
  const year = shape.yearDigits === 2 ? fullYear(third) : third;
  return order === 'dmy' ? isoDay(year, second, first) : isoDay(year, first, second);
}

const noDates = [
  '0+',
  '0{1,4}[-/.]0{1,2}[-/.]0{1,4}',
  '1900[-/]0?1[-/]00',
  '0?0[-/]01[-/]1900',
  '9999[-/.]?12[-/.]?31',
  '31[-/.]12[-/.]9999',
  '12/31/9999',
].join('|');
const noDate = new RegExp(String.raw`^(?:${noDates})(?:[ T][\d:.]+Z?)?$`);

/** Words for 'no date' that look like one: SAP's zeros, Excel's day zero, the end of time. */
export function isNoDate(text: string): boolean {
  return noDate.test(text);
}
