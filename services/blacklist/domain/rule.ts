import { type Day, day, isBefore } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';

/** A rule as data: what holds, from which day to which (both included), and who says so. */
export type Dated<T> = {
  readonly rule: string;
  readonly effectiveFrom: string;
  /** Last day on which it holds; none while it still does. */
  readonly effectiveTo?: string;
  readonly source: string;
  readonly value: T;
};

function holdsOn(row: Dated<unknown>, on: Day): boolean {
  if (isBefore(on, day(row.effectiveFrom))) return false;
  return row.effectiveTo === undefined || !isBefore(day(row.effectiveTo), on);
}

/** The row that holds on a day; `internal` no_rule_in_force when the table leaves a gap. */
export function inForce<T>(rows: readonly Dated<T>[], on: Day): Dated<T> {
  const found = rows.find((row) => holdsOn(row, on));
  if (found === undefined) {
    throw fault('internal', 'no_rule_in_force', { day: on.toString(), rule: rows[0]?.rule ?? '' });
  }
  return found;
}
