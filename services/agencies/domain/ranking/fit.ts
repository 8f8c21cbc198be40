import type { Cell } from './cells.ts';
import { type Link, quasi, variance } from './link.ts';
import { solver, type Square, square } from './matrix.ts';

/** Columns of the model: 0 is the general level, then features' levels, then agencies. */
type Design = {
  columns: number;
  firstAgency: number;
  agencies: readonly string[];
  /** Feature and level of each column before the agencies'. */
  named: readonly { feature: number; level: string }[];
  /** The columns of each cell that are 1 besides the general level. */
  ones: readonly Int32Array[];
};

export type Fit = {
  link: Link;
  design: Design;
  coefficients: Float64Array;
  /** The case's part of the linear predictor, without its agency. */
  etas: Float64Array;
  /** How much wider than by its own cases alone an agency's effect is known, at least 1. */
  confounding: number[];
  /** Pearson dispersion of outcomes about their mean, and per agency that of its weighted sum. */
  dispersion: number[];
  /** Minus twice the quasi-likelihood: less is better, between links on the same cells. */
  deviance: number;
};

function designOf(cells: readonly Cell[]): Design {
  const named: { feature: number; level: string }[] = [];
  const columnOf = new Map<string, number>();
  const agencyAt = new Map<string, number>();
  for (const cell of cells) {
    for (const [feature, level] of cell.levels.entries()) {
      const key = `${feature} ${level}`;
      if (columnOf.has(key)) continue;
      columnOf.set(key, 1 + named.length);
      named.push({ feature, level });
    }
    if (!agencyAt.has(cell.agency)) agencyAt.set(cell.agency, agencyAt.size);
  }
  const firstAgency = 1 + named.length;
  const ones = cells.map((cell) =>
    Int32Array.from([
      ...cell.levels.map((level, feature) => columnOf.get(`${feature} ${level}`) ?? 0),
      firstAgency + (agencyAt.get(cell.agency) ?? 0),
    ]),
  );
  const agencies = [...agencyAt.keys()];
  return { columns: firstAgency + agencies.length, firstAgency, agencies, named, ones };
}

/**
 * Standard deviation that a level's part is thought to have before the cases speak: back-off. Wide,
 * for a slope drawn to 0 leaves those that get the hard cases with part of their hardness.
 */
const levelScale = 2.5;

function etaOf(ones: Int32Array, coefficients: Float64Array): number {
  return ones.reduce((sum, column) => sum + (coefficients[column] ?? 0), coefficients[0] ?? 0);
}

function addTo(matrix: Square, ones: Int32Array, weight: number): void {
  const { size, at } = matrix;
  at[0] = (at[0] ?? 0) + weight;
  for (const row of ones) {
    at[row * size] = (at[row * size] ?? 0) + weight;
    at[row] = (at[row] ?? 0) + weight;
    for (const column of ones) {
      at[row * size + column] = (at[row * size + column] ?? 0) + weight;
    }
  }
}

type Step = { matrix: Square; score: Float64Array; deviance: number };

/** Information, score and deviance at some coefficients; penalties included in the first two. */
function stepAt(
  cells: readonly Cell[],
  design: Design,
  link: Link,
  given: { coefficients: Float64Array; spread: number; dispersion: readonly number[] },
): Step {
  const { columns, firstAgency, ones } = design;
  const { coefficients, spread, dispersion } = given;
  const matrix = square(columns);
  const score = new Float64Array(columns);
  let deviance = 0;
  for (const [index, cell] of cells.entries()) {
    const mine = ones[index] ?? new Int32Array();
    const phi = dispersion[(mine[mine.length - 1] ?? firstAgency) - firstAgency] ?? 1;
    const eta = etaOf(mine, coefficients);
    const mean = cell.ripe * link.mean(eta);
    const slope = cell.ripe * link.slope(eta);
    const v = variance(link, mean);
    addTo(matrix, mine, (cell.w * slope * slope) / v / phi);
    const pull = ((cell.wy - cell.w * mean) * slope) / v / phi;
    score[0] = (score[0] ?? 0) + pull;
    for (const column of mine) score[column] = (score[column] ?? 0) + pull;
    deviance -= 2 * quasi(link, cell.w, cell.wy, mean);
  }
  for (let at = 0; at < columns; at += 1) {
    const scale = at === 0 ? 100 : at < firstAgency ? levelScale : spread;
    const penalty = 1 / (scale * scale);
    matrix.at[at * columns + at] = (matrix.at[at * columns + at] ?? 0) + penalty;
    score[at] = (score[at] ?? 0) - penalty * (coefficients[at] ?? 0);
  }
  return { matrix, score, deviance };
}

/** Where the iteration begins: the general mean and nothing else. */
function start(cells: readonly Cell[], design: Design, link: Link): Float64Array {
  const coefficients = new Float64Array(design.columns);
  const whole = cells.reduce((sum, cell) => sum + cell.w * cell.ripe, 0);
  const mean = cells.reduce((sum, cell) => sum + cell.wy, 0) / Math.max(whole, 1e-9);
  const p = Math.min(link.bounded ? 0.95 : 1e6, Math.max(1e-4, mean));
  coefficients[0] =
    link.name === 'log'
      ? Math.log(p)
      : link.name === 'logit'
        ? Math.log(p / (1 - p))
        : Math.log(-Math.log1p(-p));
  return coefficients;
}

/** Fisher scoring with steps of bounded length. */
function iterate(
  cells: readonly Cell[],
  design: Design,
  link: Link,
  given: { coefficients: Float64Array; spread: number; dispersion: readonly number[] },
): { coefficients: Float64Array; last: Step } {
  let coefficients = given.coefficients;
  let last = stepAt(cells, design, link, { ...given, coefficients });
  for (let round = 0; round < 40; round += 1) {
    const move = solver(last.matrix)(last.score);
    const longest = move.reduce((most, part) => Math.max(most, Math.abs(part)), 0);
    const factor = longest > 1 ? 1 / longest : 1;
    coefficients = coefficients.map((value, at) => value + factor * (move[at] ?? 0));
    last = stepAt(cells, design, link, { ...given, coefficients });
    if (longest < 1e-6) break;
  }
  return { coefficients, last };
}

/**
 * Dispersion of one case's outcome, pooled over all, turned into that of each agency's weighted
 * sums: a portfolio of a few large cases is known less well than one of many equal ones.
 */
function dispersions(
  cells: readonly Cell[],
  design: Design,
  link: Link,
  coefficients: Float64Array,
): number[] {
  let squares = 0;
  let expected = 0;
  const sums = design.agencies.map(() => ({ spread: 0, information: 0 }));
  for (const [index, cell] of cells.entries()) {
    const mine = design.ones[index] ?? new Int32Array();
    const eta = etaOf(mine, coefficients);
    const mean = cell.ripe * link.mean(eta);
    const v = variance(link, mean);
    squares += Math.max(0, cell.w2yy - 2 * mean * cell.w2y + mean * mean * cell.w2);
    expected += cell.w2 * v;
    const sum = sums[(mine[mine.length - 1] ?? 0) - design.firstAgency];
    const gain = (cell.ripe * link.slope(eta)) ** 2 / v;
    if (sum !== undefined) {
      sum.spread += cell.w2 * gain;
      sum.information += cell.w * gain;
    }
  }
  const one = expected > 0 ? squares / expected : 1;
  return sums.map(({ spread, information }) =>
    Math.max(1e-6, information > 0 ? (one * spread) / information : one),
  );
}

/** What agencies spread by, about, where only the size of errors hangs on it. */
const usualSpread = 0.3;

/**
 * The contrast of an agency with the mean of all agencies, in the inverse information of the whole
 * model, against what its own cases would tell were the case mix known. The agencies are drawn to
 * their mean as usual here, or one of a single case would blur the mean for all.
 */
function confounding(design: Design, last: Step, spread: number): number[] {
  const { columns, firstAgency, agencies } = design;
  const penalty = 1 / (usualSpread * usualSpread);
  for (let at = firstAgency; at < columns; at += 1) {
    const here = last.matrix.at[at * (columns + 1)] ?? 0;
    last.matrix.at[at * (columns + 1)] = here + penalty - 1 / (spread * spread);
  }
  const inverse = solver(last.matrix);
  return agencies.map((_name, index) => {
    const contrast = new Float64Array(columns);
    contrast.fill(-1 / agencies.length, firstAgency);
    contrast[firstAgency + index] = 1 - 1 / agencies.length;
    const solved = inverse(contrast);
    const v = contrast.reduce((sum, part, at) => sum + part * (solved[at] ?? 0), 0);
    const own = (last.matrix.at[(firstAgency + index) * (columns + 1)] ?? 0) - penalty;
    const effective = Math.max(1 / Math.max(v, 1e-12) - penalty, own / 1000, 1e-9);
    return Math.max(1, own / effective);
  });
}

/**
 * Fits what a case brings by its features and its agency together: fitted without the agencies, a
 * feature of cases that good agencies get would take the credit. Agencies are drawn to their mean
 * with the given spread, levels of features to the general level.
 */
export function fit(cells: readonly Cell[], link: Link, spread: number): Fit {
  const design = designOf(cells);
  const even = design.agencies.map(() => 1);
  const first = { coefficients: start(cells, design, link), spread, dispersion: even };
  const rough = iterate(cells, design, link, first);
  const dispersion = dispersions(cells, design, link, rough.coefficients);
  const from = { coefficients: rough.coefficients, spread, dispersion };
  const { coefficients, last } = iterate(cells, design, link, from);
  const etas = Float64Array.from(design.ones, (mine) =>
    etaOf(mine.subarray(0, mine.length - 1), coefficients),
  );
  return {
    link,
    design,
    coefficients,
    etas,
    dispersion,
    confounding: confounding(design, last, spread),
    deviance: last.deviance,
  };
}
