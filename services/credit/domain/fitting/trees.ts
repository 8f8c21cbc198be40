import { type Cut, type NumericCut, binned, cut, standInsOf } from './binning.ts';
import { logLoss } from './figures.ts';
import { foldsOf } from './folds.ts';
import { sigmoid } from './logistic.ts';
import type { Random } from './random.ts';
import { type Column, type NumericColumn, rowsOf } from './table.ts';
import {
  addTree,
  type Binned,
  growTree,
  type Tree,
  type TreeRules,
  workshop,
} from './tree-growing.ts';

/** Gradient-boosted trees for the log-odds of a bad outcome (Friedman 2001, logistic loss). */
export type Forest = { cuts: Cut[]; base: number; trees: Tree[] };

/** From so many records on a table is large: there finer bins and smaller shares of rows pay. */
const largeCount = 15_000;

/** Bins of a column for trees: many, cut by count alone; fits a byte with the missing bin. */
function treeBinsOf(count: number): number {
  return count >= largeCount ? 128 : 64;
}

function quantileCut(column: NumericColumn): NumericCut {
  const treeBins = treeBinsOf(column.values.length);
  const present = column.values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = present.filter((value, at) => at === 0 || value !== present[at - 1]);
  const edges: number[] = [];
  if (distinct.length <= treeBins) {
    for (let at = 1; at < distinct.length; at += 1) edges.push(distinct[at] ?? 0);
  } else {
    for (let at = 1; at < treeBins; at += 1) {
      const edge = present[Math.floor((at * present.length) / treeBins)] ?? 0;
      if (edge > (edges.at(-1) ?? present[0] ?? 0)) edges.push(edge);
    }
  }
  // Trees choose where to split; counts and lifts are the scorecard's.
  const bins = Array.from({ length: edges.length + 2 }, () => ({ count: 0, bads: 0, lift: 0 }));
  return { name: column.name, kind: 'numeric', edges, bins, ...standInsOf(column) };
}

/** Coded columns are cut as a scorecard cuts them: levels in the order of their share of bads. */
export function treeCuts(columns: readonly Column[], bad: Uint8Array): Cut[] {
  return columns.map((column) =>
    column.kind === 'numeric' ? quantileCut(column) : cut(column, bad),
  );
}

export function binAll(cuts: readonly Cut[], columns: readonly Column[], count: number): Binned {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return {
    columns: cuts.map((made) => {
      const column = byName.get(made.name);
      if (column !== undefined) return binned(made, column);
      return new Uint8Array(count).fill(made.bins.length - 1);
    }),
    binCounts: cuts.map((made) => made.bins.length),
  };
}

export type BoostRules = TreeRules & {
  rounds: number;
  /** Rounds without a better held-out figure after which to stop. */
  patience: number;
};

/** Smaller tables take smaller steps and smaller trees: less is known of each leaf. */
export function boostRules(count: number, columns: number): BoostRules {
  if (count < 2_500) {
    return {
      rounds: 400,
      patience: 60,
      leaves: 6,
      learningRate: 0.04,
      rowShare: 0.7,
      columnShare: 0.3,
      leastHessian: 2,
      leastCount: 10,
      ridge: 5,
    };
  }
  const isLarge = count >= largeCount;
  return {
    rounds: 600,
    patience: isLarge ? 25 : 40,
    leaves: 12,
    learningRate: isLarge ? 0.08 : 0.06,
    rowShare: isLarge ? 0.5 : 0.7,
    // Of few columns a tree that sees but three or four cannot tell how they go together.
    columnShare: Math.min(1, Math.max(0.35, 6 / columns)),
    leastHessian: isLarge ? 8 : 1,
    leastCount: isLarge ? 40 : 6,
    ridge: isLarge ? 10 : 3,
  };
}

/** Gradient and hessian of the logistic loss at the present log-odds. */
function slopes(
  shop: { gradient: Float64Array; hessian: Float64Array },
  logOdds: Float64Array,
  bad: Uint8Array,
): void {
  for (let at = 0; at < bad.length; at += 1) {
    const probability = sigmoid(logOdds[at] ?? 0);
    shop.gradient[at] = probability - (bad[at] ?? 0);
    shop.hessian[at] = Math.max(probability * (1 - probability), 1e-9);
  }
}

function baseOf(bad: Uint8Array): number {
  const rate = bad.reduce((total, one) => total + one, 0) / bad.length;
  return Math.log(rate / (1 - rate));
}

type Judge = { binned: Binned; bad: Uint8Array };

/** Boosts; with a judge it stops when the judge's loss no longer falls, and keeps the best. */
function boost(
  table: Binned,
  bad: Uint8Array,
  rules: BoostRules,
  random: Random,
  judge?: Judge,
): Tree[] {
  const shop = workshop(table, bad.length);
  const base = baseOf(bad);
  const logOdds = new Float64Array(bad.length).fill(base);
  const judged = new Float64Array(judge?.bad.length ?? 0).fill(base);
  const trees: Tree[] = [];
  let best = { loss: Infinity, rounds: 0 };
  for (let round = 1; round <= rules.rounds; round += 1) {
    slopes(shop, logOdds, bad);
    const tree = growTree(table, shop, bad.length, rules, random);
    addTree(tree, table, logOdds);
    trees.push(tree);
    if (judge === undefined) continue;
    addTree(tree, judge.binned, judged);
    if (round % 5 !== 0) continue;
    const loss = logLoss(judged, judge.bad);
    if (loss < best.loss) best = { loss, rounds: round };
    if (round - best.rounds >= rules.patience) break;
  }
  return judge === undefined ? trees : trees.slice(0, best.rounds);
}

/** How many rounds to boost: found on a fifth of the records that is held back. */
function chooseRounds(
  columns: readonly Column[],
  bad: Uint8Array,
  rules: BoostRules,
  random: Random,
  groups?: readonly string[],
): number {
  const fold = foldsOf(bad, 5, random, groups);
  const rows = Int32Array.from(fold, (_one, at) => at);
  const inner = rows.filter((at) => fold[at] !== 0);
  const outer = rows.filter((at) => fold[at] === 0);
  const innerBad = Uint8Array.from(inner, (at) => bad[at] ?? 0);
  const innerColumns = columns.map((column) => rowsOf(column, inner));
  const cuts = treeCuts(innerColumns, innerBad);
  const judge: Judge = {
    binned: binAll(
      cuts,
      columns.map((column) => rowsOf(column, outer)),
      outer.length,
    ),
    bad: Uint8Array.from(outer, (at) => bad[at] ?? 0),
  };
  const table = binAll(cuts, innerColumns, inner.length);
  const found = boost(table, innerBad, rules, random, judge).length;
  return Math.max(20, Math.ceil(found * 1.1));
}

/** Fits a forest. `rounds` is what an earlier fit of the same table found, when there is one. */
export function fitForest(
  columns: readonly Column[],
  bad: Uint8Array,
  random: Random,
  o: { groups?: readonly string[] | undefined; rounds?: number | undefined } = {},
): Forest {
  const rules = boostRules(bad.length, columns.length);
  const rounds = o.rounds ?? chooseRounds(columns, bad, rules, random, o.groups);
  const cuts = treeCuts(columns, bad);
  const table = binAll(cuts, columns, bad.length);
  const trees = boost(table, bad, { ...rules, rounds }, random);
  return { cuts, base: baseOf(bad), trees };
}

/** Log-odds of bad for every record of a binned table. */
export function forestLogOdds(forest: Forest, table: Binned, count: number): Float64Array {
  const logOdds = new Float64Array(count).fill(forest.base);
  for (const tree of forest.trees) addTree(tree, table, logOdds);
  return logOdds;
}

/**
 * What each column did to one record's log-odds: the change of the node's value at every split is
 * the splitting column's. All parts and `constant` add up to the record's log-odds.
 */
export function forestParts(
  forest: Forest,
  table: Binned,
  row: number,
): { constant: number; parts: Float64Array } {
  const parts = new Float64Array(forest.cuts.length);
  let constant = forest.base;
  for (const tree of forest.trees) {
    constant += tree.value[0] ?? 0;
    let node = 0;
    let asked = tree.feature[0] ?? -1;
    while (asked >= 0) {
      const bin = table.columns[asked]?.[row] ?? 0;
      const isMissing = bin === (table.binCounts[asked] ?? 0) - 1;
      const isLeft = isMissing ? tree.missingLeft[node] === 1 : bin <= (tree.threshold[node] ?? 0);
      const next = (isLeft ? tree.left[node] : tree.right[node]) ?? 0;
      parts[asked] = (parts[asked] ?? 0) + (tree.value[next] ?? 0) - (tree.value[node] ?? 0);
      node = next;
      asked = tree.feature[node] ?? -1;
    }
  }
  return { constant, parts };
}
