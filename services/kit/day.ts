import { fault } from './fault.ts';

/** A calendar day, without time or zone; `2026-12-01` on the wire and in SQL. */
export type Day = Temporal.PlainDate;

/** Days read before: lists name the same few over and over, and they never change. */
const read = new Map<string, Day>();
const mostRead = 5_000;

/**
 * Reads `YYYY-MM-DD`; throws `not_a_date` for anything else (contract fields were checked before).
 */
export function day(text: string): Day {
  const known = read.get(text);
  if (known !== undefined) return known;
  try {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError(text);
    const found = Temporal.PlainDate.from(text, { overflow: 'reject' });
    if (read.size >= mostRead) read.clear();
    read.set(text, found);
    return found;
  } catch {
    throw fault('invalid', 'not_a_date', { value: text });
  }
}

const dayMs = 86_400_000;

/** Days since 1970-01-01; UTC has no day of another length. */
function epochDay(of: Day): number {
  // `Date.UTC` takes the year 26 for 1926.
  return new Date(0).setUTCFullYear(of.year, of.month - 1, of.day) / dayMs;
}

/**
 * Whole days from one day to another; negative when `to` is earlier. Lists ask it of every row, and
 * `until` takes ten times as long.
 */
export function daysBetween(from: Day, to: Day): number {
  return epochDay(to) - epochDay(from);
}

export function addDays(from: Day, days: number): Day {
  return from.add({ days });
}

export function earlier(a: Day, b: Day): Day {
  return Temporal.PlainDate.compare(a, b) <= 0 ? a : b;
}

export function isBefore(a: Day, b: Day): boolean {
  return Temporal.PlainDate.compare(a, b) < 0;
}

/** Monday of the day's ISO 8601 week. */
export function weekStart(of: Day): Day {
  return of.subtract({ days: of.dayOfWeek - 1 });
}

/** The calendar day it is at an instant in an IANA zone. */
export function dayIn(zone: string, at: Temporal.Instant): Day {
  return at.toZonedDateTimeISO(zone).toPlainDate();
}

/**
 * The instant of a wall-clock time on a day in an IANA zone (`compatible` at daylight-saving gaps).
 */
export function instantAt(on: Day, time: Temporal.PlainTime, zone: string): Temporal.Instant {
  return on.toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant();
}
