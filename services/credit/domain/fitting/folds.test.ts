import { describe, expect, it } from '@jest/globals';
import { foldsOf, groupCount } from './folds.ts';
import { seeded } from './random.ts';

/** Customers of one to three records; every fortieth customer has a bad one. */
const records = Array.from({ length: 600 }, (_none, customer) =>
  Array.from({ length: 1 + (customer % 3) }, (_one, at) => ({
    customer: `C${customer}`,
    bad: at === 0 && customer % 40 === 7 ? 1 : 0,
  })),
).flat();
const bad = Uint8Array.from(records, (one) => one.bad);
const names = records.map((one) => one.customer);

function sizes(fold: Uint8Array, only?: Uint8Array): number[] {
  const counts = [0, 0, 0, 0];
  fold.forEach((one, at) => {
    if (only === undefined || only[at] === 1) counts[one] = (counts[one] ?? 0) + 1;
  });
  return counts;
}

describe('folds of whole groups', () => {
  const fold = foldsOf(bad, 4, seeded(1), names);

  it('hold a group together', () => {
    const of = new Map(names.map((name, at) => [name, fold[at]]));
    expect(names.every((name, at) => of.get(name) === fold[at])).toBe(true);
  });

  it('are of like size and of like many bads, though bads do not divide evenly', () => {
    expect(bad.filter((one) => one === 1)).toHaveLength(15);
    expect(sizes(fold, bad).toSorted((a, b) => a - b)).toEqual([3, 4, 4, 4]);
    const counts = sizes(fold);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(3);
  });

  it('take a record that names no group for one of its own', () => {
    const nameless = names.map((name, at) => (at % 2 === 0 ? name : 'NA'));
    expect(groupCount(nameless)).toBe(new Set(nameless).size - 1 + names.length / 2);
    const counts = sizes(foldsOf(bad, 4, seeded(1), nameless));
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(3);
  });

  it('are refused where there are fewer groups', () => {
    const attempt = () =>
      foldsOf(
        bad,
        4,
        seeded(1),
        names.map((_name, at) => String(at % 3)),
      );
    expect(attempt).toThrow(expect.objectContaining({ reason: 'folds_more_than_groups' }));
  });
});
