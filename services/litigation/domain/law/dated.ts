import { type Day, day } from '@recourse/kit/day.ts';
import { Fault, type Fact, fault } from '@recourse/kit/fault.ts';

/**
 * How sure the source is: `L` read in the text of the law, `P` in a public page, `GK` general
 * knowledge that nobody found in a text; screens show the last as such.
 */
export type Grade = 'L' | 'P' | 'GK';

/** A rule as data: what holds, from which day to which (both included), and who says so. */
export type Dated<T> = {
  readonly rule: string;
  readonly effectiveFrom: string;
  /** Last day on which it holds; none while it still does. */
  readonly effectiveTo?: string;
  readonly source: string;
  readonly grade: Grade;
  readonly value: T;
};

/** Which rule made a figure; goes to the screen beside it. */
export type RuleRef = { rule: string; source: string; grade: Grade; effectiveFrom: string };

export function refOf(row: Dated<unknown>): RuleRef {
  const { rule, source, grade, effectiveFrom } = row;
  return { rule, source, grade, effectiveFrom };
}

/** The row that holds on a day; undefined where the table has none. */
export function rowOn<T>(rows: readonly Dated<T>[], on: string): Dated<T> | undefined {
  return rows.findLast(
    (row) => row.effectiveFrom <= on && (row.effectiveTo === undefined || on <= row.effectiveTo),
  );
}

/** The row that holds on a day; Fault `missing` `no_rule_on_day` where the table has none. */
export function inForce<T>(rows: readonly Dated<T>[], on: string): Dated<T> {
  const found = rowOn(rows, on);
  if (found === undefined) {
    const rule = rows[0]?.rule ?? '';
    throw fault('missing', 'no_rule_on_day', { rule, day: on, from: rows[0]?.effectiveFrom ?? '' });
  }
  return found;
}

/** A fault that names one field and its repair. */
export function wrongField(
  field: string,
  rule: string,
  repair: string,
  facts: Readonly<Record<string, Fact>> = {},
): Fault {
  return new Fault('invalid', rule, { field, ...facts }, { violations: [{ field, rule, repair }] });
}

/** Reads a day of a field; Fault `invalid` `not_a_date` names the field. */
export function dayAt(text: string, field: string): Day {
  try {
    return day(text);
  } catch {
    throw wrongField(field, 'not_a_date', 'write the day as YYYY-MM-DD', { value: text });
  }
}
