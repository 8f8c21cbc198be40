import { addDays, type Day, earlier } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';

/** What a ranking looks at: acceptances from the first to the last day, outcomes until `until`. */
export type Window = { month: string; firstDay: Day; lastDay: Day; until: Temporal.Instant };

/** The month a day is in, `2026-11`. */
export function monthOf(on: Day): string {
  return on.toString().slice(0, 7);
}

/**
 * The window of a month: so many months that end with it. Of a month that has ended everything
 * known by its end counts and nothing later, so that its ranking does not move; the running month
 * goes until now. Fault: `refused` month_has_not_begun.
 */
export function windowOf(
  month: string,
  months: number,
  now: { today: Day; at: Temporal.Instant; zone: string },
): Window {
  const first = Temporal.PlainDate.from(`${month}-01`);
  if (month > monthOf(now.today)) throw fault('refused', 'month_has_not_begun', { month });
  const after = first.add({ months: 1 });
  const end = after.toZonedDateTime(now.zone).toInstant();
  return {
    month,
    firstDay: first.subtract({ months: months - 1 }),
    lastDay: earlier(addDays(after, -1), now.today),
    until: Temporal.Instant.compare(end, now.at) < 0 ? end : now.at,
  };
}
