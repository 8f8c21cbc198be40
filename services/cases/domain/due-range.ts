import { addDays, type Day } from '@recourse/kit/day.ts';

type ClassRow = {
  readonly overdueClass: string;
  readonly fromDays?: number;
  readonly toDays?: number;
};

/** Due days from and to, both included; undefined is an open end. */
export type DueRange = { from: string | undefined; to: string | undefined };

/** A week: whoever looks on the same day of each week sees every customer once. */
const newDays = 7;

/**
 * The due days of what became overdue in the last week as of a day: due yesterday is overdue today.
 * A customer is newly overdue when nothing of an earlier day is unpaid.
 */
export function newlyDue(asOf: Day): { from: string; to: string } {
  return { from: addDays(asOf, -newDays).toString(), to: addDays(asOf, -1).toString() };
}

/**
 * The due days that put a debt into one of the classes as of a day: more days late is an earlier
 * day.
 */
export function dueRanges(
  classes: readonly string[],
  rows: readonly ClassRow[],
  asOf: Day,
): DueRange[] {
  return rows
    .filter((row) => classes.includes(row.overdueClass))
    .map(({ fromDays, toDays }) => ({
      from: toDays === undefined ? undefined : addDays(asOf, -toDays).toString(),
      to: fromDays === undefined ? undefined : addDays(asOf, -fromDays).toString(),
    }));
}
