import { type Day, dayIn } from '@recourse/kit/day.ts';

/** A creditor's days, and those of PRC courts, are counted by this clock. */
export const creditorZone = 'Asia/Shanghai';

/** The creditor's day at an instant. */
export function creditorDay(at: Temporal.Instant): Day {
  return dayIn(creditorZone, at);
}
