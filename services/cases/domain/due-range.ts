import { addDays, type Day } from '@recourse/kit/day.ts';

type ClassRow = {
  readonly overdueClass: string;
  readonly fromDays?: number;
  readonly toDays?: number;
};

/** Due days from and to, both included; undefined is an open end. */
export type DueRange = { from: string | undefined; to: string | undefined };

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
