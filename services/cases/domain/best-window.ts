import { type Calendar, isRestDay } from '@recourse/kit/calendar.ts';
import { addDays, dayIn, instantAt } from '@recourse/kit/day.ts';

/** Wall-clock hours of the debtor; `from` is inside, `to` is outside. */
export type CallWindow = { readonly from: string; readonly to: string };

export type Span = { from: Temporal.Instant; to: Temporal.Instant };

/** No run of days without work is as long. */
const longestRest = 30;

/**
 * The hours in which calls are best answered that are not over at `at`, on a working day of the
 * debtor (domain.md 2: a suggestion, never a limit); undefined when a month has no such day.
 */
export function bestWindow(
  at: Temporal.Instant,
  zone: string,
  windows: readonly CallWindow[],
  calendar: Calendar,
): Span | undefined {
  const first = dayIn(zone, at);
  for (let ahead = 0; ahead <= longestRest; ahead += 1) {
    const day = addDays(first, ahead);
    if (isRestDay(day.toString(), calendar)) continue;
    for (const { from, to } of windows) {
      const ends = instantAt(day, Temporal.PlainTime.from(to), zone);
      if (Temporal.Instant.compare(ends, at) <= 0) continue;
      return { from: instantAt(day, Temporal.PlainTime.from(from), zone), to: ends };
    }
  }
  return undefined;
}
