import { fault } from '@recourse/kit/fault.ts';
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

type Group = { rows: number[]; bads: number };

function groupFolds(
  bad: Uint8Array,
  folds: number,
  random: Random,
  groups: readonly string[],
): Uint8Array {
  const byName = new Map<string, Group>();
  groups.forEach((name, at) => {
    const group = byName.get(name) ?? { rows: [], bads: 0 };
    group.rows.push(at);
    group.bads += bad[at] ?? 0;
    byName.set(name, group);
  });
  const all = [...byName.values()];
  if (all.length < folds) {
    throw fault('invalid', 'folds_more_than_groups', { groups: all.length, folds });
  }
  const order = shuffle(
    Int32Array.from(all, (_group, at) => at),
    random,
  );
  const shuffled = [...order].map((at) => all[at]).filter((group) => group !== undefined);
  // Largest first, each into the fold with the fewest bads, then the fewest records.
  shuffled.sort((a, b) => b.bads - a.bads || b.rows.length - a.rows.length);
  const load = Array.from({ length: folds }, () => ({ bads: 0, count: 0 }));
  const fold = new Uint8Array(bad.length);
  for (const group of shuffled) {
    let best = 0;
    load.forEach((one, at) => {
      const least = load[best] ?? { bads: 0, count: 0 };
      if (one.bads < least.bads || (one.bads === least.bads && one.count < least.count)) best = at;
    });
    const target = load[best];
    if (target !== undefined) {
      target.bads += group.bads;
      target.count += group.rows.length;
    }
    for (const at of group.rows) fold[at] = best;
  }
  return fold;
}
