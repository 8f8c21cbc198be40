import { markOf, numberOf } from './number-text.ts';
import type { CodedColumn, Column, NumericColumn } from './table.ts';

/** Records in a bin; `lift` is its weight of evidence: log-odds of bad against the whole. */
export type Bin = { count: number; bads: number; lift: number };

/**
 * How a column is cut. Numeric: bin i holds values below `edges[i]`, the last one the rest; coded:
 * each level has its bin, all others `otherBin`. The last bin of `bins` is for missing values.
 */
export type NumericCut = {
  name: string;
  kind: 'numeric';
  edges: number[];
  bins: Bin[];
  /** Numbers that stand for missing, as the table fitted on wrote it. */
  standIns?: readonly number[];
};
export type CodedCut = {
  name: string;
  kind: 'coded';
  binOf: Record<string, number>;
  otherBin: number;
  bins: Bin[];
};
export type Cut = NumericCut | CodedCut;

export type BinningRules = {
  /** Equal-count bins to begin with. */
  fineBins: number;
  /** A bin holds at least this share of the records that are not missing. */
  leastShare: number;
  /** Neighbours that differ less than this χ² (1 degree of freedom) become one. */
  leastChi2: number;
  maxBins: number;
  /**
   * Records of the average outcome that are thought into every bin where three in ten are bad; of
   * rarer outcomes a record says less, and as many more are.
   */
  priorCount: number;
};

/** χ² 2.7 is the 10 % point of one degree of freedom. */
export const usualBinning: BinningRules = {
  fineBins: 64,
  leastShare: 0.02,
  leastChi2: 2.7,
  maxBins: 12,
  priorCount: 4,
};

type Cell = { count: number; bads: number };

function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}

/** What a record tells of a share is in proportion to its variance. */
const priorVariance = 0.3 * 0.7;

function lift(cell: Cell, rate: number, rules: BinningRules): number {
  const prior = (rules.priorCount * priorVariance) / (rate * (1 - rate));
  const shrunk = (cell.bads + prior * rate) / (cell.count + prior);
  return logit(Math.min(Math.max(shrunk, 1e-6), 1 - 1e-6)) - logit(rate);
}

/** χ² of two cells with Yates' correction left out. */
function chi2(a: Cell, b: Cell): number {
  const count = a.count + b.count;
  const rate = (a.bads + b.bads) / count;
  if (rate === 0 || rate === 1) return 0;
  const difference = a.bads / a.count - b.bads / b.count;
  return (difference * difference) / (rate * (1 - rate) * (1 / a.count + 1 / b.count));
}

type Run = Cell & { until: number };

function joined(a: Run, b: Run): Run {
  return { count: a.count + b.count, bads: a.bads + b.bads, until: b.until };
}

/** Pools neighbours until the share of bads only rises (direction 1) or only falls (−1). */
function pooled(runs: readonly Run[], direction: 1 | -1): Run[] {
  const done: Run[] = [];
  for (const run of runs) {
    let last = run;
    let before = done.at(-1);
    while (
      before !== undefined &&
      direction * (before.bads / before.count - last.bads / last.count) >= 0
    ) {
      last = joined(before, last);
      done.pop();
      before = done.at(-1);
    }
    done.push(last);
  }
  return done;
}

function mergeAt(runs: Run[], at: number): void {
  const a = runs[at];
  const b = runs[at + 1];
  if (a !== undefined && b !== undefined) runs.splice(at, 2, joined(a, b));
}

/** Joins the two most alike neighbours until all are large enough and differ enough. */
function merged(given: readonly Run[], rules: BinningRules, total: number): Run[] {
  const runs = [...given];
  const least = Math.max(rules.leastShare * total, 5);
  while (runs.length > 1) {
    let weakest = 0;
    let strength = Infinity;
    for (let at = 0; at + 1 < runs.length; at += 1) {
      const a = runs[at] ?? { count: 1, bads: 0 };
      const b = runs[at + 1] ?? { count: 1, bads: 0 };
      const small = a.count < least || b.count < least;
      const found = chi2(a, b) - (small ? 1e6 : 0);
      if (found < strength) {
        weakest = at;
        strength = found;
      }
    }
    if (strength >= rules.leastChi2 && runs.length <= rules.maxBins) break;
    mergeAt(runs, weakest);
  }
  return runs;
}

/** Information value: how much a cut column tells. */
export function informationValue(bins: readonly Bin[]): number {
  const bads = bins.reduce((total, bin) => total + bin.bads, 0);
  const goods = bins.reduce((total, bin) => total + bin.count - bin.bads, 0);
  return bins.reduce((total, bin) => {
    if (bin.count === 0) return total;
    return total + (bin.bads / bads - (bin.count - bin.bads) / goods) * bin.lift;
  }, 0);
}

function worth(runs: readonly Run[], rate: number, rules: BinningRules): number {
  return runs.reduce((total, run) => {
    const own = lift(run, rate, rules);
    return total + own * (run.bads - run.count * rate);
  }, 0);
}

/**
 * The best monotone cut; or one that turns once, where the turn tells much more than the best
 * monotone one: many ratios are bad at both ends.
 */
function shaped(runs: readonly Run[], rate: number, rules: BinningRules, total: number): Run[] {
  const monotone = ([1, -1] as const)
    .map((direction) => merged(pooled(runs, direction), rules, total))
    .reduce((a, b) => (worth(a, rate, rules) >= worth(b, rate, rules) ? a : b));
  let best = monotone;
  let bestWorth = worth(monotone, rate, rules) * turnGain + turnLeast;
  for (let turn = 2; turn + 2 <= runs.length; turn += Math.max(1, Math.floor(runs.length / 24))) {
    for (const direction of [1, -1] as const) {
      const left = pooled(runs.slice(0, turn), direction);
      const right = pooled(runs.slice(turn), direction === 1 ? -1 : 1);
      const both = merged([...left, ...right], rules, total);
      const found = worth(both, rate, rules);
      if (found > bestWorth) {
        best = both;
        bestWorth = found;
      }
    }
  }
  return best;
}

/** A cut that turns must be worth this much more than a monotone one, and this much at all. */
const turnGain = 1.15;
const turnLeast = 4;

function fineRuns(
  sorted: Float64Array,
  badOf: Uint8Array,
  rules: BinningRules,
): { runs: Run[]; edges: number[] } {
  const runs: Run[] = [];
  const edges: number[] = [];
  const step = sorted.length / rules.fineBins;
  let current: Cell = { count: 0, bads: 0 };
  for (let at = 0; at < sorted.length; at += 1) {
    current.count += 1;
    current.bads += badOf[at] ?? 0;
    const next = sorted[at + 1];
    const isEdge = next !== undefined && next !== sorted[at];
    if (isEdge && current.count >= step) {
      edges.push(next);
      runs.push({ ...current, until: edges.length });
      current = { count: 0, bads: 0 };
    }
  }
  if (current.count > 0) runs.push({ ...current, until: edges.length + 1 });
  return { runs, edges };
}

function binsOf(cells: readonly Cell[], missing: Cell, rate: number, rules: BinningRules): Bin[] {
  return [...cells, missing].map((cell) => ({
    count: cell.count,
    bads: cell.bads,
    lift: cell.count === 0 ? 0 : lift(cell, rate, rules),
  }));
}

/** What a numeric cut keeps of its column, for tables that are scored later. */
export function standInsOf({ standIns }: NumericColumn): Pick<NumericCut, 'standIns'> {
  return standIns === undefined ? {} : { standIns };
}

function cutNumeric(
  column: NumericColumn,
  bad: Uint8Array,
  rate: number,
  rules: BinningRules,
): NumericCut {
  const { name, values } = column;
  const present: number[] = [];
  const missing: Cell = { count: 0, bads: 0 };
  values.forEach((value, at) => {
    if (!Number.isNaN(value)) present.push(at);
    else {
      missing.count += 1;
      missing.bads += bad[at] ?? 0;
    }
  });
  const order = Int32Array.from(present).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const sorted = Float64Array.from(order, (at) => values[at] ?? 0);
  const badOf = Uint8Array.from(order, (at) => bad[at] ?? 0);
  const { runs, edges } = fineRuns(sorted, badOf, rules);
  const final = runs.length > 1 ? shaped(runs, rate, rules, sorted.length) : runs;
  const kept = final.slice(0, -1).map((run) => edges[run.until - 1] ?? Infinity);
  const bins = binsOf(final, missing, rate, rules);
  return { name, kind: 'numeric', edges: kept, bins, ...standInsOf(column) };
}

/** A level with fewer records than this, or this share, is one of the others. */
const rareLeast = 15;
const rareShare = 0.005;

function cutCoded(
  column: CodedColumn,
  bad: Uint8Array,
  rate: number,
  rules: BinningRules,
): CodedCut {
  const { name, codes, levels } = column;
  const cells: Cell[] = levels.map(() => ({ count: 0, bads: 0 }));
  const missing: Cell = { count: 0, bads: 0 };
  codes.forEach((code, at) => {
    const cell = code < 0 ? missing : (cells[code] ?? missing);
    cell.count += 1;
    cell.bads += bad[at] ?? 0;
  });
  const least = Math.max(rareLeast, rareShare * codes.length);
  const rare: Cell = { count: 0, bads: 0 };
  const groups: (Cell & { levels: string[] })[] = [];
  cells.forEach((cell, code) => {
    if (cell.count >= least) groups.push({ ...cell, levels: [levels[code] ?? ''] });
    else {
      rare.count += cell.count;
      rare.bads += cell.bads;
    }
  });
  groups.sort((a, b) => a.bads / a.count - b.bads / b.count);
  mergeLevels(groups, rules);
  const binOf: Record<string, number> = {};
  groups.forEach((group, at) => {
    for (const level of group.levels) binOf[level] = at;
  });
  const bins = binsOf([...groups, rare], missing, rate, rules);
  return { name, kind: 'coded', binOf, otherBin: groups.length, bins };
}

function mergeLevels(groups: (Cell & { levels: string[] })[], rules: BinningRules): void {
  while (groups.length > 2) {
    let weakest = 0;
    let strength = Infinity;
    for (let at = 0; at + 1 < groups.length; at += 1) {
      const a = groups[at];
      const b = groups[at + 1];
      const found = a === undefined || b === undefined ? Infinity : chi2(a, b);
      if (found < strength) {
        weakest = at;
        strength = found;
      }
    }
    if (strength >= 1 && groups.length <= rules.maxBins) return;
    const [a, b] = groups.slice(weakest, weakest + 2);
    if (a === undefined || b === undefined) return;
    groups.splice(weakest, 2, {
      count: a.count + b.count,
      bads: a.bads + b.bads,
      levels: [...a.levels, ...b.levels],
    });
  }
}

/** Cuts a column into bins of weight of evidence; what is missing is a bin of its own. */
export function cut(column: Column, bad: Uint8Array, rules: BinningRules = usualBinning): Cut {
  const bads = bad.reduce((total, one) => total + one, 0);
  const rate = bads / bad.length;
  return column.kind === 'numeric'
    ? cutNumeric(column, bad, rate, rules)
    : cutCoded(column, bad, rate, rules);
}

/** The bin of a number: by halving. */
export function numericBin(edges: readonly number[], value: number): number {
  if (Number.isNaN(value)) return edges.length + 1;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value < (edges[middle] ?? Infinity)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function knownBin({ edges, standIns }: NumericCut, value: number): number {
  const isUnknown = standIns?.includes(value) === true;
  return isUnknown ? edges.length + 1 : numericBin(edges, value);
}

/**
 * The bin of every record of a column; the column may be another table's of the same name, and of
 * the other kind where its few cells looked otherwise: its numbers count as numbers all the same.
 */
export function binned(made: Cut, column: Column): Uint8Array {
  const missingBin = made.bins.length - 1;
  if (column.kind === 'coded') {
    const bins = binsOfLevels(made, column.levels);
    return Uint8Array.from(column.codes, (code) => bins[code] ?? missingBin);
  }
  if (made.kind === 'numeric') {
    return Uint8Array.from(column.values, (value) => knownBin(made, value));
  }
  const byNumber = new Map(
    Object.entries(made.binOf).map(([level, bin]) => [numberOf(level), bin] as const),
  );
  return Uint8Array.from(column.values, (value) =>
    Number.isNaN(value) ? missingBin : (byNumber.get(value) ?? made.otherBin),
  );
}

function binsOfLevels(made: Cut, levels: readonly string[]): number[] {
  if (made.kind === 'coded') return levels.map((level) => made.binOf[level] ?? made.otherBin);
  const mark = markOf(levels);
  return levels.map((level) => knownBin(made, numberOf(level, mark)));
}
