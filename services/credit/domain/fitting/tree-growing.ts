import { type Random, shuffle } from './random.ts';

/**
 * One regression tree over binned columns, as flat arrays. Node 0 is the root. A node with
 * `feature` −1 is a leaf. Bins up to `threshold` go left, higher ones right; missing has the
 * column's last bin and goes where `missingLeft` says.
 */
export type Tree = {
  feature: number[];
  threshold: number[];
  missingLeft: number[];
  left: number[];
  right: number[];
  /** Mean log-odds step of the records in the node, shrunk; a leaf's is what it adds. */
  value: number[];
};

export type TreeRules = {
  leaves: number;
  learningRate: number;
  rowShare: number;
  columnShare: number;
  /** Least sum of second derivatives in a child. */
  leastHessian: number;
  leastCount: number;
  ridge: number;
};

/** Columns as bins; `binCounts[f]` counts the missing bin, which is the last. */
export type Binned = { columns: readonly Uint8Array[]; binCounts: readonly number[] };

type Split = {
  gain: number;
  feature: number;
  threshold: number;
  isMissingLeft: boolean;
};

type Leaf = {
  node: number;
  from: number;
  to: number;
  sumG: number;
  sumH: number;
  histogram: Float64Array;
  split: Split | undefined;
};

/** Memory that all trees of one fit use again. */
export type Workshop = {
  gradient: Float64Array;
  hessian: Float64Array;
  rows: Int32Array;
  spare: Int32Array;
  orderedG: Float64Array;
  orderedH: Float64Array;
  offsets: Int32Array;
  /** Room for the histogram of all columns, and how much of it this tree's columns take. */
  cells: number;
  used: number;
  free: Float64Array[];
};

export function workshop(binned: Binned, count: number): Workshop {
  const offsets = new Int32Array(binned.binCounts.length);
  const cells = binned.binCounts.reduce((total, bins) => total + bins * 3, 0);
  return {
    gradient: new Float64Array(count),
    hessian: new Float64Array(count),
    rows: new Int32Array(count),
    spare: new Int32Array(count),
    orderedG: new Float64Array(count),
    orderedH: new Float64Array(count),
    offsets,
    cells,
    used: cells,
    free: [],
  };
}

function sample(shop: Workshop, count: number, share: number, random: Random): number {
  if (share >= 1) {
    for (let at = 0; at < count; at += 1) shop.rows[at] = at;
    return count;
  }
  let taken = 0;
  for (let at = 0; at < count; at += 1) {
    if (random() < share) {
      shop.rows[taken] = at;
      taken += 1;
    }
  }
  return taken;
}

/** Sums of gradient, hessian and count per bin of the chosen columns, for the rows of a leaf. */
function fill(
  shop: Workshop,
  binned: Binned,
  features: Int32Array,
  from: number,
  to: number,
): Float64Array {
  const histogram = shop.free.pop() ?? new Float64Array(shop.cells);
  histogram.fill(0, 0, shop.used);
  const { rows, orderedG, orderedH, gradient, hessian, offsets } = shop;
  for (let at = from; at < to; at += 1) {
    const row = rows[at] ?? 0;
    orderedG[at] = gradient[row] ?? 0;
    orderedH[at] = hessian[row] ?? 0;
  }
  for (const feature of features) {
    const bins = binned.columns[feature];
    if (bins === undefined) continue;
    fillColumn(histogram, offsets[feature] ?? 0, bins, shop, from, to);
  }
  return histogram;
}

function fillColumn(
  histogram: Float64Array,
  offset: number,
  bins: Uint8Array,
  { rows, orderedG, orderedH }: Workshop,
  from: number,
  to: number,
): void {
  for (let at = from; at < to; at += 1) {
    const cell = offset + (bins[rows[at] ?? 0] ?? 0) * 3;
    histogram[cell] = (histogram[cell] ?? 0) + (orderedG[at] ?? 0);
    histogram[cell + 1] = (histogram[cell + 1] ?? 0) + (orderedH[at] ?? 0);
    histogram[cell + 2] = (histogram[cell + 2] ?? 0) + 1;
  }
}

/** What is in the parent and not in one child is in the other. */
function rest(parent: Float64Array, child: Float64Array, used: number): Float64Array {
  for (let at = 0; at < used; at += 1) parent[at] = (parent[at] ?? 0) - (child[at] ?? 0);
  return parent;
}

type Side = { g: number; h: number; n: number };

function gainOf(left: Side, all: Side, rules: TreeRules): number {
  const rightH = all.h - left.h;
  const rightN = all.n - left.n;
  if (left.n < rules.leastCount || rightN < rules.leastCount) return -1;
  if (left.h < rules.leastHessian || rightH < rules.leastHessian) return -1;
  const rightG = all.g - left.g;
  return (
    (left.g * left.g) / (left.h + rules.ridge) +
    (rightG * rightG) / (rightH + rules.ridge) -
    (all.g * all.g) / (all.h + rules.ridge)
  );
}

function bestOfColumn(
  histogram: Float64Array,
  at: { offset: number; bins: number; feature: number },
  all: Side,
  rules: TreeRules,
  best: Split | undefined,
): Split | undefined {
  const { offset, bins, feature } = at;
  const lastCell = offset + (bins - 1) * 3;
  const missing: Side = {
    g: histogram[lastCell] ?? 0,
    h: histogram[lastCell + 1] ?? 0,
    n: histogram[lastCell + 2] ?? 0,
  };
  let found = best;
  const left: Side = { g: 0, h: 0, n: 0 };
  const withMissing: Side = { g: 0, h: 0, n: 0 };
  for (let bin = 0; bin + 1 < bins; bin += 1) {
    const cell = offset + bin * 3;
    const count = histogram[cell + 2] ?? 0;
    if (count === 0) continue;
    left.g += histogram[cell] ?? 0;
    left.h += histogram[cell + 1] ?? 0;
    left.n += count;
    const gain = gainOf(left, all, rules);
    if (gain > (found?.gain ?? 1e-9)) {
      found = { gain, feature, threshold: bin, isMissingLeft: false };
    }
    if (missing.n === 0) continue;
    withMissing.g = left.g + missing.g;
    withMissing.h = left.h + missing.h;
    withMissing.n = left.n + missing.n;
    const other = gainOf(withMissing, all, rules);
    if (other > (found?.gain ?? 1e-9)) {
      found = { gain: other, feature, threshold: bin, isMissingLeft: true };
    }
  }
  return found;
}

function bestSplit(
  leaf: Leaf,
  shop: Workshop,
  binned: Binned,
  features: Int32Array,
  rules: TreeRules,
): Split | undefined {
  const all: Side = { g: leaf.sumG, h: leaf.sumH, n: leaf.to - leaf.from };
  if (all.n < 2 * rules.leastCount) return undefined;
  let best: Split | undefined;
  for (const feature of features) {
    const at = {
      offset: shop.offsets[feature] ?? 0,
      bins: binned.binCounts[feature] ?? 0,
      feature,
    };
    best = bestOfColumn(leaf.histogram, at, all, rules, best);
  }
  return best;
}

/** Rows that go left to the front, in their order; the place of the first that goes right. */
function partition(leaf: Leaf, split: Split, shop: Workshop, binned: Binned): number {
  const bins = binned.columns[split.feature];
  if (bins === undefined) return leaf.to;
  const missingBin = (binned.binCounts[split.feature] ?? 0) - 1;
  const { rows, spare } = shop;
  let front = leaf.from;
  let back = 0;
  for (let at = leaf.from; at < leaf.to; at += 1) {
    const row = rows[at] ?? 0;
    const bin = bins[row] ?? 0;
    const isLeft = bin === missingBin ? split.isMissingLeft : bin <= split.threshold;
    if (isLeft) {
      rows[front] = row;
      front += 1;
    } else {
      spare[back] = row;
      back += 1;
    }
  }
  rows.set(spare.subarray(0, back), front);
  return front;
}

function totals(shop: Workshop, from: number, to: number): { g: number; h: number } {
  let g = 0;
  let h = 0;
  for (let at = from; at < to; at += 1) {
    const row = shop.rows[at] ?? 0;
    g += shop.gradient[row] ?? 0;
    h += shop.hessian[row] ?? 0;
  }
  return { g, h };
}

function addNode(tree: Tree, sums: { g: number; h: number }, rules: TreeRules): number {
  tree.feature.push(-1);
  tree.threshold.push(0);
  tree.missingLeft.push(0);
  tree.left.push(0);
  tree.right.push(0);
  tree.value.push((-sums.g / (sums.h + rules.ridge)) * rules.learningRate);
  return tree.feature.length - 1;
}

/** Splits one leaf in two; the smaller one's histogram is counted, the other's is the rest. */
function divide(
  leaf: Leaf,
  split: Split,
  tree: Tree,
  o: { shop: Workshop; binned: Binned; features: Int32Array; rules: TreeRules },
): [Leaf, Leaf] {
  const { shop, binned, features, rules } = o;
  const middle = partition(leaf, split, shop, binned);
  const isLeftSmaller = middle - leaf.from <= leaf.to - middle;
  const small = isLeftSmaller
    ? fill(shop, binned, features, leaf.from, middle)
    : fill(shop, binned, features, middle, leaf.to);
  const large = rest(leaf.histogram, small, shop.used);
  const make = (from: number, to: number, histogram: Float64Array): Leaf => {
    const sums = totals(shop, from, to);
    const node = addNode(tree, sums, rules);
    const made = { node, from, to, sumG: sums.g, sumH: sums.h, histogram, split: undefined };
    return { ...made, split: bestSplit(made, shop, binned, features, rules) };
  };
  const left = make(leaf.from, middle, isLeftSmaller ? small : large);
  const right = make(middle, leaf.to, isLeftSmaller ? large : small);
  tree.feature[leaf.node] = split.feature;
  tree.threshold[leaf.node] = split.threshold;
  tree.missingLeft[leaf.node] = split.isMissingLeft ? 1 : 0;
  tree.left[leaf.node] = left.node;
  tree.right[leaf.node] = right.node;
  return [left, right];
}

/** The columns of one tree, their histograms laid side by side. */
function chooseColumns(binned: Binned, shop: Workshop, share: number, random: Random): Int32Array {
  const width = binned.columns.length;
  const all = shuffle(
    Int32Array.from({ length: width }, (_one, at) => at),
    random,
  );
  const features = all.subarray(0, Math.max(1, Math.round(width * share))).sort();
  shop.used = 0;
  for (const feature of features) {
    shop.offsets[feature] = shop.used;
    shop.used += (binned.binCounts[feature] ?? 0) * 3;
  }
  return features;
}

/** Grows one tree, always splitting the leaf that gains most. */
export function growTree(
  binned: Binned,
  shop: Workshop,
  count: number,
  rules: TreeRules,
  random: Random,
): Tree {
  const tree: Tree = {
    feature: [],
    threshold: [],
    missingLeft: [],
    left: [],
    right: [],
    value: [],
  };
  const taken = sample(shop, count, rules.rowShare, random);
  const features = chooseColumns(binned, shop, rules.columnShare, random);
  const sums = totals(shop, 0, taken);
  const histogram = fill(shop, binned, features, 0, taken);
  const node = addNode(tree, sums, rules);
  const root: Leaf = {
    node,
    from: 0,
    to: taken,
    sumG: sums.g,
    sumH: sums.h,
    histogram,
    split: undefined,
  };
  root.split = bestSplit(root, shop, binned, features, rules);
  const leaves: Leaf[] = [root];
  while (leaves.length < rules.leaves) {
    let best: Leaf | undefined;
    for (const leaf of leaves) {
      if (leaf.split !== undefined && leaf.split.gain > (best?.split?.gain ?? 0)) best = leaf;
    }
    if (best?.split === undefined) break;
    leaves.splice(leaves.indexOf(best), 1);
    leaves.push(...divide(best, best.split, tree, { shop, binned, features, rules }));
  }
  for (const leaf of leaves) shop.free.push(leaf.histogram);
  return tree;
}

/** What a tree adds to the log-odds of every record. */
export function addTree(tree: Tree, binned: Binned, logOdds: Float64Array): void {
  const columns = tree.feature.map((feature) => binned.columns[Math.max(feature, 0)]);
  const missing = Int32Array.from(tree.feature, (feature) => (binned.binCounts[feature] ?? 0) - 1);
  const feature = Int32Array.from(tree.feature);
  const threshold = Int32Array.from(tree.threshold);
  const left = Int32Array.from(tree.left);
  const right = Int32Array.from(tree.right);
  const whenMissing = Int32Array.from(tree.missingLeft, (isLeft, node) =>
    isLeft === 1 ? (left[node] ?? 0) : (right[node] ?? 0),
  );
  const value = Float64Array.from(tree.value);
  for (let row = 0; row < logOdds.length; row += 1) {
    let node = 0;
    while ((feature[node] ?? -1) >= 0) {
      const bin = columns[node]?.[row] ?? 0;
      if (bin === missing[node]) node = whenMissing[node] ?? 0;
      else node = (bin <= (threshold[node] ?? 0) ? left[node] : right[node]) ?? 0;
    }
    logOdds[row] = (logOdds[row] ?? 0) + (value[node] ?? 0);
  }
}
