import { filledCount, shareOf } from './column-profile.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Field } from './field-rules.ts';
import type { Layout } from './layout.ts';
import type { Suggestion } from './mapping.ts';
import { bit } from './value-shape.ts';

/** Profiles of the columns with those that rows above the lines fill. */
export function withGroups(
  profiles: readonly ColumnProfile[],
  groups: readonly ColumnProfile[],
): ColumnProfile[] {
  const all = [...profiles];
  for (const profile of groups) all[profile.position] = profile;
  return all;
}

const customerFields: ReadonlySet<Field> = new Set<Field>([
  'CUSTOMER_NUMBER',
  'CUSTOMER_NAME',
  'CREDIT_CODE',
]);
/** A label says what it is; a heading is the customer by the report's shape alone. */
const labelled = 95;
const headed = 85;

function fieldOf(
  from: Layout['groups'][number]['from'],
  before: Field | undefined,
  profile: ColumnProfile | undefined,
): Field {
  if (from !== 'heading') return from;
  if (before !== undefined && customerFields.has(before)) return before;
  const isWorded =
    profile === undefined ||
    filledCount(profile) === 0 ||
    shareOf(profile, bit.letters | bit.chinese) > 0.5;
  return isWorded ? 'CUSTOMER_NAME' : 'CUSTOMER_NUMBER';
}

/**
 * Puts the columns that rows above the lines fill in the place of whatever was suggested for the
 * customer: without them the table names none.
 */
export function suggestGroups(
  suggestions: readonly Suggestion[],
  { groups }: Layout,
  profiles: readonly ColumnProfile[],
): Suggestion[] {
  const all = [...suggestions];
  const taken = new Set<Field>();
  for (const { position, from } of groups) {
    const profile = profiles.find((one) => one.position === position);
    const field = fieldOf(from, all[position]?.field, profile);
    all[position] = { position, field: undefined, confidence: 0, reasons: [] };
    if (taken.has(field)) continue;
    taken.add(field);
    const confidence = from === 'heading' ? headed : labelled;
    all[position] = { position, field, confidence, reasons: ['group_row'] };
  }
  const ours = new Set(groups.map(({ position }) => position));
  return all.map((one) =>
    one.field !== undefined && taken.has(one.field) && !ours.has(one.position)
      ? { position: one.position, field: undefined, confidence: 0, reasons: [] }
      : one,
  );
}
