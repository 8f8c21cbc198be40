import { language } from '../session/language';
import type { Language } from '../session/language';

/** Same shape as the contract's `recourse.type.v1.Money`. */
export type MoneyValue = { currency: string; minor: bigint };

/** What stands where there is no value. */
export const nothing = '–';

/** Minor-unit digits that differ from two (ISO 4217:2015 table A.1). */
const digitsByCurrency: Readonly<Record<string, number>> = {
  BHD: 3,
  CLP: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** Digits after the decimal point, 2 unless ISO 4217 says otherwise. */
export function minorDigits(currency: string): number {
  return digitsByCurrency[currency] ?? 2;
}

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language()} ${JSON.stringify(options)}`;
  const made = numberFormats.get(key) ?? new Intl.NumberFormat(language(), options);
  numberFormats.set(key, made);
  return made;
}

function dateFormat(
  options: Intl.DateTimeFormatOptions,
  locale: string = language(),
): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const made = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  dateFormats.set(key, made);
  return made;
}

/** Plain decimal text of minor units, `-1234.50`; exact, however large. */
export function decimalText(amount: MoneyValue): string {
  const digits = minorDigits(amount.currency);
  const sign = amount.minor < 0n ? '-' : '';
  const magnitude = (amount.minor < 0n ? -amount.minor : amount.minor)
    .toString()
    .padStart(digits + 1, '0');
  if (digits === 0) return sign + magnitude;
  return `${sign}${magnitude.slice(0, -digits)}.${magnitude.slice(-digits)}`;
}

/**
 * An amount in words of the language: grouped, all minor digits, `¥482,300.00`. `bare` leaves the
 * currency out, for columns that name it once in their head. Digits come from the whole number, so
 * nothing is rounded.
 */
export function formatMoney(amount: MoneyValue | undefined, bare = false): string {
  if (amount === undefined) return nothing;
  const digits = minorDigits(amount.currency);
  const format = numberFormat({
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...(bare || amount.currency === ''
      ? {}
      : { style: 'currency', currency: amount.currency, currencyDisplay: 'narrowSymbol' }),
  });
  // Intl writes a decimal text exactly (ECMA-402, StringNumericLiteral); a number is a float.
  const text: unknown = decimalText(amount);
  return format.format(text as Intl.StringNumericLiteral).replace('-', '−');
}

/** Money for charts and tiles: 万 and 亿 in Chinese, K, M, B in English; three figures. */
export function formatMoneyCompact(amount: MoneyValue | undefined, bare = false): string {
  if (amount === undefined) return nothing;
  const major = Number(amount.minor) / 10 ** minorDigits(amount.currency);
  const format = numberFormat({
    notation: 'compact',
    maximumSignificantDigits: 4,
    ...(bare || amount.currency === ''
      ? {}
      : { style: 'currency', currency: amount.currency, currencyDisplay: 'narrowSymbol' }),
  });
  return format.format(major).replace('-', '−');
}

export function formatCount(count: number | bigint | undefined): string {
  return count === undefined ? nothing : numberFormat({ maximumFractionDigits: 0 }).format(count);
}

/** A number with at most so many digits after the point. */
export function formatNumber(value: number | undefined, digits = 1): string {
  return value === undefined
    ? nothing
    : numberFormat({ maximumFractionDigits: digits }).format(value);
}

export function formatCountCompact(count: number | bigint): string {
  return numberFormat({ notation: 'compact', maximumSignificantDigits: 3 }).format(count);
}

/** Basis points as per cent: 1250 → `12.5%`. */
export function formatBps(bps: number | undefined): string {
  if (bps === undefined) return nothing;
  return numberFormat({ style: 'percent', maximumFractionDigits: 2 }).format(bps / 10_000);
}

/** Basis points as per cent with exactly so many digits, for what is compared line by line. */
export function formatPercent(bps: number, digits: number): string {
  return numberFormat({
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(bps / 10_000);
}

/** A time zone in the words of the language shown: `Asia/Shanghai` → `中国时间`. */
export function formatZone(zone: string): string {
  try {
    const parts = dateFormat({ timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts(0);
    return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
  } catch {
    return zone;
  }
}

/** A language in the words of the one shown: `zh-CN` → `中文（中国）`; the code when unknown. */
export function formatLanguage(code: string): string {
  try {
    return new Intl.DisplayNames(language(), { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

export function formatBytes(bytes: number | bigint): string {
  const value = Number(bytes);
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), units.length - 1);
  const format = numberFormat({
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  });
  return format.format(value / 1000 ** step);
}

/** A calendar day `YYYY-MM-DD` in the words of the language; zones do not matter to it. */
export function formatDay(day: string | undefined, style: 'medium' | 'short' = 'medium'): string {
  if (day === undefined || day === '') return nothing;
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  if (style === 'medium' && language() === 'zh-CN') return day;
  const year = style === 'medium' ? { year: 'numeric' as const } : {};
  return dateFormat({ ...year, month: 'short', day: 'numeric', timeZone: 'UTC' }).format(at);
}

/** An instant (ISO 8601) as wall-clock time of a zone; the viewer's own when none is named. */
export function formatInstant(
  instant: string | undefined,
  style: 'medium' | 'time' = 'medium',
  timeZone?: string,
): string {
  if (instant === undefined || instant === '') return nothing;
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const zone = timeZone === undefined || timeZone === '' ? {} : { timeZone };
  const time: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...zone,
  };
  if (style === 'time') return dateFormat(time).format(at);
  if (language() === 'en') {
    return dateFormat({ year: 'numeric', month: 'short', day: 'numeric', ...time }).format(at);
  }
  // Swedish is the locale that writes ISO 8601, as Chinese business does: 2026-12-01 14:30.
  const day: Intl.DateTimeFormatOptions = { year: 'numeric', month: '2-digit', day: '2-digit' };
  return dateFormat({ ...day, ...time }, 'sv-SE').format(at);
}

/** Today of the viewer, `YYYY-MM-DD`. */
export function today(now: Date = new Date()): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/** Whole days from one `YYYY-MM-DD` to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

const relative = new Map<Language, Intl.RelativeTimeFormat>();

function relativeFormat(): Intl.RelativeTimeFormat {
  const made =
    relative.get(language()) ?? new Intl.RelativeTimeFormat(language(), { numeric: 'auto' });
  relative.set(language(), made);
  return made;
}

/** ICU writes `3天前`; every other number of the portal stands apart from its word: `3 天前`. */
function inWords(value: number, unit: Intl.RelativeTimeFormatUnit): string {
  return relativeFormat()
    .format(value, unit)
    .replace(/(\d)(?=\p{Script=Han})/u, '$1 ');
}

/** `今天`, `明天`, `3 天前`, `in 5 days`; beyond four weeks the day itself. */
export function formatRelativeDay(day: string | undefined, from: string = today()): string {
  if (day === undefined || day === '') return nothing;
  const days = daysBetween(from, day);
  if (Number.isNaN(days) || Math.abs(days) > 28) return formatDay(day);
  return inWords(days, 'day');
}

/** `2 小时前`, `3 minutes ago`; beyond a week the day and time. */
export function formatRelativeInstant(instant: string | undefined, now = Date.now()): string {
  if (instant === undefined || instant === '') return nothing;
  const seconds = Math.round((Date.parse(instant) - now) / 1000);
  const size = Math.abs(seconds);
  if (Number.isNaN(seconds) || size > 7 * 86_400) return formatInstant(instant);
  if (size < 45) return inWords(0, 'second');
  if (size < 3600) return inWords(Math.trunc(seconds / 60), 'minute');
  if (size < 86_400) return inWords(Math.trunc(seconds / 3600), 'hour');
  return inWords(Math.trunc(seconds / 86_400), 'day');
}

/** Seconds as `45秒`, `3 min`, rounded up to the next whole unit. */
export function formatDuration(seconds: number): string {
  const inMinutes = seconds >= 90;
  const unit = inMinutes ? 'minute' : 'second';
  const value = Math.ceil(inMinutes ? seconds / 60 : seconds);
  return numberFormat({ style: 'unit', unit, unitDisplay: 'short' }).format(value);
}

/** Parts in a row as the language writes them: `甲、乙`, `a, b`. */
export function formatList(parts: readonly string[]): string {
  return parts.join(language() === 'zh-CN' ? '、' : ', ');
}

/** `周五`, `Fri`. */
export function formatWeekday(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime())
    ? ''
    : dateFormat({ weekday: 'short', timeZone: 'UTC' }).format(at);
}
