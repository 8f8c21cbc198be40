import { fault } from '@recourse/kit/fault.ts';
import { isMissing } from './missing-text.ts';
import { type Random, shuffle } from './random.ts';

/**
 * The fold of every record, bads spread evenly. With groups, all records of one group are in one
 * fold: what a model has seen of a customer must not help it with the same customer. Fault:
 * `invalid` folds_more_than_groups.
 */
export function foldsOf(
  bad: Uint8Array,
  folds: number,
  random: Random,
  groups?: readonly string[],
): Uint8Array {
  if (groups !== undefined) return groupFolds(bad, folds, random, groups);
  const order = shuffle(
    Int32Array.from(bad, (_one, at) => at),
    random,
  );
  const fold = new Uint8Array(bad.length);
  const next = [0, 0];
  for (const at of order) {
    const outcome = bad[at] ?? 0;
    const place = next[outcome] ?? 0;
    fold[at] = place % folds;
    next[outcome] = place + 1;
  }
  return fold;
}

type Part = { goods: number; bads: number };
type Group = Part & { rows: number[] };

function groupsOf(bad: Uint8Array, names: readonly string[]): Group[] {
  const byName = new Map<string, Group>();
  names.forEach((name, at) => {
    // Of whom no one knows who it is, no two are known to be one.
    const key = isMissing(name) ? `\0${at}` : name;
    const group = byName.get(key) ?? { rows: [], goods: 0, bads: 0 };
    group.rows.push(at);
    if (bad[at] === 1) group.bads += 1;
    else group.goods += 1;
    byName.set(key, group);
  });
  return [...byName.values()];
}

/** How many there are to keep together; a row that names none is one of its own. */
export function groupCount(names: readonly string[]): number {
  const named = names.filter((name) => !isMissing(name));
  return new Set(named).size + names.length - named.length;
}

/** Largest first, each into the fold whose shares of all bads and all goods it leaves lowest. */
function groupFolds(
  bad: Uint8Array,
  folds: number,
  random: Random,
  names: readonly string[],
): Uint8Array {
  const all = groupsOf(bad, names);
  if (all.length < folds) {
    const repair = 'Name a column with more groups, or fit without one.';
    throw fault('invalid', 'folds_more_than_groups', { groups: all.length, folds, repair });
  }
  const badCount = bad.reduce((total, one) => total + one, 0);
  const of = {
    bads: Math.max(badCount, 1) ** 2,
    goods: Math.max(bad.length - badCount, 1) ** 2,
  };
  const weight = ({ bads, goods }: Part): number => bads ** 2 / of.bads + goods ** 2 / of.goods;
  const order = shuffle(
    Int32Array.from(all, (_group, at) => at),
    random,
  );
  const shuffled = [...order].map((at) => all[at]).filter((group) => group !== undefined);
  shuffled.sort((a, b) => weight(b) - weight(a));
  const load = Array.from({ length: folds }, (): Part => ({ bads: 0, goods: 0 }));
  const fold = new Uint8Array(bad.length);
  for (const group of shuffled) {
    const added = load.map(
      (one) => one.bads * (group.bads / of.bads) + one.goods * (group.goods / of.goods),
    );
    const best = added.indexOf(Math.min(...added));
    const target = load[best];
    if (target !== undefined) {
      target.bads += group.bads;
      target.goods += group.goods;
    }
    for (const at of group.rows) fold[at] = best;
  }
  return fold;
}
