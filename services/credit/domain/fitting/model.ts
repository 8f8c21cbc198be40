import { fault } from '@recourse/kit/fault.ts';
import { binned, type Cut } from './binning.ts';
import type { Card } from './card.ts';
import { sigmoid } from './logistic.ts';
import type { Column } from './table.ts';
import { binAll, type Forest, forestLogOdds, forestParts } from './trees.ts';

/**
 * Points: a score of `basePoints` means `baseOdds` good to 1 bad; `doublePoints` more double the
 * odds (Siddiqi 2006: 600 at 50 : 1, 20 to double).
 */
export type Scaling = { basePoints: number; baseOdds: number; doublePoints: number };

export const usualScaling: Scaling = { basePoints: 600, baseOdds: 50, doublePoints: 20 };

/** A scorecard with whole points: the score is `base` plus the points of each column's bin. */
export type PointCard = { base: number; columns: { cut: Cut; points: number[] }[] };

/** A fitted model as it is kept and written to a file. */
export type Model = {
  format: 'recourse.credit-model/1';
  target: string;
  badValue: string;
  count: number;
  badCount: number;
  scaling: Scaling;
  /** Score edges and shares at the fit, for the stability index of later populations. */
  scoreEdges: number[];
  scoreShares: number[];
} & ({ kind: 'scorecard'; card: PointCard } | { kind: 'trees'; forest: Forest });

/** One column's part in one score; points are against the average record of the fit. */
export type Part = { column: string; points: number; bin: number };

export type Scored = {
  score: Float64Array;
  /** Of the bad outcome. */
  probability: Float64Array;
  /** Why, strongest first; points and the returned base add up to the score. */
  parts(row: number): { base: number; parts: Part[] };
};

export function factorOf(scaling: Scaling): number {
  return scaling.doublePoints / Math.LN2;
}

/** The score of a log-odds of bad, not rounded. */
export function scoreOf(logOdds: number, scaling: Scaling): number {
  const factor = factorOf(scaling);
  return scaling.basePoints - factor * (Math.log(scaling.baseOdds) + logOdds);
}

/** The probability of bad that a score stands for. */
export function probabilityOf(score: number, scaling: Scaling): number {
  const factor = factorOf(scaling);
  return sigmoid(-((score - scaling.basePoints) / factor + Math.log(scaling.baseOdds)));
}

/** Whole points for a fitted card; what rounding moves is below half a point per column. */
export function pointed(card: Card, scaling: Scaling): PointCard {
  const factor = factorOf(scaling);
  return {
    base: Math.round(scoreOf(card.constant, scaling)),
    columns: card.cuts.map((made, at) => ({
      cut: made,
      points: made.bins.map((bin) => {
        const points = Math.round(-factor * (card.coefficients[at] ?? 0) * bin.lift);
        return points === 0 ? 0 : points;
      }),
    })),
  };
}

function strongest(parts: Part[]): Part[] {
  return parts
    .filter((part) => part.points !== 0)
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
}

function scoreCard(
  card: PointCard,
  scaling: Scaling,
  columns: readonly Column[],
  count: number,
): Scored {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const score = new Float64Array(count).fill(card.base);
  const bins = card.columns.map(({ cut: made, points }) => {
    const column = byName.get(made.name);
    const found =
      column === undefined
        ? new Uint8Array(count).fill(made.bins.length - 1)
        : binned(made, column);
    for (let row = 0; row < count; row += 1) {
      score[row] = (score[row] ?? 0) + (points[found[row] ?? 0] ?? 0);
    }
    return found;
  });
  const parts = (row: number): { base: number; parts: Part[] } => ({
    base: card.base,
    parts: strongest(
      card.columns.map(({ cut: made, points }, at) => {
        const bin = bins[at]?.[row] ?? 0;
        return { column: made.name, points: points[bin] ?? 0, bin };
      }),
    ),
  });
  return { score, probability: score.map((value) => probabilityOf(value, scaling)), parts };
}

function scoreForest(
  forest: Forest,
  scaling: Scaling,
  columns: readonly Column[],
  count: number,
): Scored {
  const table = binAll(forest.cuts, columns, count);
  const logOdds = forestLogOdds(forest, table, count);
  const score = logOdds.map((value) => Math.round(scoreOf(value, scaling)));
  const factor = factorOf(scaling);
  const parts = (row: number): { base: number; parts: Part[] } => {
    const made = forestParts(forest, table, row);
    const list = forest.cuts.map((one, at) => ({
      column: one.name,
      points: Math.round(-factor * (made.parts[at] ?? 0)),
      bin: table.columns[at]?.[row] ?? 0,
    }));
    const total = list.reduce((sum, part) => sum + part.points, 0);
    return { base: (score[row] ?? 0) - total, parts: strongest(list) };
  };
  return { score, probability: logOdds.map(sigmoid), parts };
}

/** Scores every row; a column the table lacks counts as missing. */
export function scoreRows(model: Model, columns: readonly Column[], count: number): Scored {
  return model.kind === 'scorecard'
    ? scoreCard(model.card, model.scaling, columns, count)
    : scoreForest(model.forest, model.scaling, columns, count);
}

/** The columns a model asks for. */
export function columnsOf(model: Model): string[] {
  const cuts = cutsOf(model);
  return cuts.map((made) => made.name);
}

export function cutsOf(model: Model): Cut[] {
  return model.kind === 'scorecard'
    ? model.card.columns.map((column) => column.cut)
    : model.forest.cuts;
}

/** A model read back from its JSON. Fault: `invalid` not_a_credit_model. */
export function readModel(value: unknown): Model {
  const isModel =
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === 'recourse.credit-model/1';
  if (!isModel) throw fault('invalid', 'not_a_credit_model');
  return value as Model;
}

/** JSON without infinities: there are none but the open ends that edges do not name. */
export function writeModel(model: Model): string {
  return JSON.stringify(model);
}

/** A bin in words: `< 1.5`, `1.5 … 3`, `A11, A12`, `missing`, `other`. */
export function binLabel(made: Cut, bin: number): string {
  if (bin === made.bins.length - 1) return 'missing';
  if (made.kind === 'numeric') {
    const from = made.edges[bin - 1];
    const until = made.edges[bin];
    if (from === undefined) return until === undefined ? 'any' : `< ${until}`;
    return until === undefined ? `≥ ${from}` : `${from} … ${until}`;
  }
  if (bin === made.otherBin) return 'other';
  const levels = Object.entries(made.binOf).filter(([, at]) => at === bin);
  return levels.map(([level]) => level).join(', ');
}
