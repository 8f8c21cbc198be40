import { fault } from '@recourse/kit/fault.ts';
import { cardLogOdds, fitCard } from './card.ts';
import type { TextTable } from './delimited.ts';
import {
  calibration,
  type CalibrationRow,
  edgesOf,
  type Figures,
  figures,
  sharesOf,
  stabilityIndex,
} from './figures.ts';
import { foldsOf } from './folds.ts';
import { type Invoice, lateColumns, lateOutcome } from './late-payment.ts';
import { type Leak, leaksOf } from './leaks.ts';
import { sigmoid } from './logistic.ts';
import { isMissing } from './missing-text.ts';
import { type Model, pointed, type Scaling, scoreRows, usualScaling } from './model.ts';
import { seeded } from './random.ts';
import { type Column, type LeftOut, mustFind, rowsOf, tableOf, uselessness } from './table.ts';
import { readTarget, type Target } from './target.ts';
import { binAll, fitForest, forestLogOdds } from './trees.ts';

export type ModelKind = Model['kind'];

export type FitAsked = {
  target: string;
  bad?: string | undefined;
  group?: string | undefined;
  dropped?: readonly string[];
  folds: number;
  seed: number;
};

/** Below these a model would be chance dressed as knowledge (domain.md section 5). */
export const fitMinimum = { records: 200, bads: 30, goods: 30 } as const;

/** A table made ready: outcomes, columns that take part, and what was left out. */
export type Prepared = {
  target: string;
  outcome: Target;
  columns: Column[];
  groups: string[] | undefined;
  leftOut: LeftOut[];
  notes: string[];
};

/** What cross-validation says of one kind of model. */
export type Validated = Figures & {
  kind: ModelKind;
  folds: number;
  foldAucs: number[];
  /** Standard deviation of the folds' areas. */
  aucSpread: number;
  /** Mean stability index of held-out scores against those fitted on. */
  psi: number;
  calibration: CalibrationRow[];
};

function checkMinimum(outcome: Target): void {
  const count = outcome.bad.length;
  const bad = outcome.badValue;
  if (count < fitMinimum.records) {
    const repair = 'Add records whose outcome is known.';
    throw fault('refused', 'too_few_records', { count, least: fitMinimum.records, repair });
  }
  if (outcome.badCount < fitMinimum.bads) {
    const repair = 'Add records with the bad outcome, or name another value as bad.';
    const facts = { count: outcome.badCount, least: fitMinimum.bads, bad, repair };
    throw fault('refused', 'too_few_bad', facts);
  }
  if (outcome.goodCount < fitMinimum.goods) {
    const repair = 'Add records with a good outcome, or name another value as bad.';
    const facts = { count: outcome.goodCount, least: fitMinimum.goods, bad, repair };
    throw fault('refused', 'too_few_good', facts);
  }
}

/**
 * Makes a table ready for a fit. Faults: `invalid` column_unknown and those of `readTarget`;
 * `refused` too_few_records, too_few_bad, too_few_good, nothing_to_fit_on.
 */
export function prepare(text: TextTable, asked: FitAsked): Prepared {
  const targetAt = mustFind(text.names, asked.target);
  const target = text.names[targetAt] ?? asked.target;
  const without = new Map<number, LeftOut['reason']>([[targetAt, 'asked']]);
  for (const name of asked.dropped ?? []) without.set(mustFind(text.names, name), 'asked');
  const groupAt = asked.group === undefined ? undefined : mustFind(text.names, asked.group);
  if (groupAt !== undefined) without.set(groupAt, 'group');
  const cells = text.rows.map((row) => row[targetAt] ?? '');
  const outcome = readTarget(target, cells, asked.bad);
  checkMinimum(outcome);
  const rows = [...outcome.rows].map((at) => text.rows[at] ?? []);
  const table = tableOf({ ...text, rows }, without);
  const groups = groupAt === undefined ? undefined : rows.map((row) => row[groupAt] ?? '');
  if (table.columns.length === 0) {
    const leftOut = table.leftOut.slice(0, 20).map(({ name, reason }) => `${name} (${reason})`);
    const repair = 'Give a column that differs between records and was known in time.';
    throw fault('refused', 'nothing_to_fit_on', { leftOut: leftOut.join(', '), repair });
  }
  return {
    target,
    outcome,
    columns: table.columns,
    groups,
    leftOut: table.leftOut.filter((one) => one.name !== target),
    notes: [...table.notes, ...groupNotes(groups)],
  };
}

function groupNotes(groups: readonly string[] | undefined): string[] {
  const unnamed = groups?.filter(isMissing).length ?? 0;
  return unnamed === 0 ? [] : [`${unnamed} records name no group: each is one of its own`];
}

/** A table cut in two by rows. */
type Side = { columns: Column[]; bad: Uint8Array; groups: string[] | undefined };

function side(prepared: Prepared, rows: Int32Array): Side {
  const { columns, outcome, groups } = prepared;
  return {
    columns: columns.map((column) => rowsOf(column, rows)),
    bad: Uint8Array.from(rows, (at) => outcome.bad[at] ?? 0),
    groups: groups && [...rows].map((at) => groups[at] ?? ''),
  };
}

type Rated = { inside: Float64Array; outside: Float64Array };

/** Fits on one side and gives the log-odds of both. */
function fitAndRate(kind: ModelKind, fitted: Side, other: Side, seed: number): Rated {
  if (kind === 'scorecard') {
    const card = fitCard(fitted.columns, fitted.bad);
    return {
      inside: cardLogOdds(card, fitted.columns, fitted.bad.length),
      outside: cardLogOdds(card, other.columns, other.bad.length),
    };
  }
  const forest = fitForest(fitted.columns, fitted.bad, seeded(seed), { groups: fitted.groups });
  const rate = ({ columns, bad }: Side): Float64Array =>
    forestLogOdds(forest, binAll(forest.cuts, columns, bad.length), bad.length);
  return { inside: rate(fitted), outside: rate(other) };
}

function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return Math.sqrt(squares / Math.max(values.length - 1, 1));
}

/**
 * Cross-validates: binning, selection and weights are made anew in each fold. The area is the mean
 * of the folds; KS, Brier score and calibration are over all held-out probabilities together.
 * Fault: `invalid` folds_out_of_range.
 */
export function crossValidate(
  prepared: Prepared,
  kind: ModelKind,
  asked: { folds: number; seed: number },
): Validated {
  const { bad, badCount } = prepared.outcome;
  const { folds, seed } = asked;
  if (!Number.isInteger(folds) || folds < 2 || folds > 20 || folds > badCount) {
    throw fault('invalid', 'folds_out_of_range', { folds, least: 2, most: Math.min(20, badCount) });
  }
  const fold = foldsOf(bad, folds, seeded(seed), prepared.groups);
  const all = Int32Array.from(bad, (_one, at) => at);
  const probability = new Float64Array(bad.length);
  const foldAucs: number[] = [];
  let psi = 0;
  for (let held = 0; held < folds; held += 1) {
    const outer = all.filter((at) => fold[at] === held);
    const fitted = side(
      prepared,
      all.filter((at) => fold[at] !== held),
    );
    const other = side(prepared, outer);
    const rated = fitAndRate(kind, fitted, other, seed + held);
    outer.forEach((at, place) => {
      probability[at] = sigmoid(rated.outside[place] ?? 0);
    });
    foldAucs.push(figures(rated.outside.map(sigmoid), other.bad).auc);
    const edges = edgesOf(rated.inside);
    psi += stabilityIndex(sharesOf(rated.inside, edges), sharesOf(rated.outside, edges)) / folds;
  }
  const whole = figures(probability, bad);
  const known = foldAucs.filter((auc) => !Number.isNaN(auc));
  const auc = known.reduce((total, one) => total + one, 0) / known.length;
  return {
    kind,
    folds,
    ...whole,
    auc,
    gini: 2 * auc - 1,
    foldAucs,
    aucSpread: spreadOf(known),
    psi,
    calibration: calibration(probability, bad),
  };
}

/** Fits on the whole table. */
export function fitModel(
  prepared: Prepared,
  kind: ModelKind,
  seed: number,
  scaling: Scaling = usualScaling,
): Model {
  const { columns, outcome, target } = prepared;
  const { bad, badCount, badValue } = outcome;
  const about = {
    format: 'recourse.credit-model/1' as const,
    target,
    badValue,
    count: bad.length,
    badCount,
    scaling,
    scoreEdges: [] as number[],
    scoreShares: [] as number[],
  };
  const made: Model =
    kind === 'scorecard'
      ? { ...about, kind, card: pointed(fitCard(columns, bad), scaling) }
      : {
          ...about,
          kind,
          forest: fitForest(columns, bad, seeded(seed), { groups: prepared.groups }),
        };
  const { score } = scoreRows(made, columns, bad.length);
  const scoreEdges = edgesOf(score);
  return { ...made, scoreEdges, scoreShares: sharesOf(score, scoreEdges) };
}

/** How a model does on a table it has not seen. */
export function validate(
  model: Model,
  prepared: Prepared,
): Figures & {
  psi: number;
  calibration: CalibrationRow[];
} {
  const { columns, outcome } = prepared;
  const { score, probability } = scoreRows(model, columns, outcome.bad.length);
  return {
    ...figures(probability, outcome.bad),
    psi: stabilityIndex(model.scoreShares, sharesOf(score, model.scoreEdges)),
    calibration: calibration(probability, outcome.bad),
  };
}

export function leaksIn(prepared: Prepared): Leak[] {
  return leaksOf(prepared.columns, prepared.outcome.bad, prepared.target);
}

/**
 * Own receivables made ready for a fit: late by more than so many days or not, where that is
 * known, from what was known at each invoice; a customer's receivables stay in one fold.
 */
export function preparedLate(
  invoices: readonly Invoice[],
  moreThanDays: number,
  today: number,
): Prepared {
  const outcomes = invoices.map((invoice) => lateOutcome(invoice, moreThanDays, today));
  const cells = outcomes.map((outcome) => (outcome === undefined ? '' : String(outcome)));
  const target = `late_over_${moreThanDays}_days`;
  const outcome = readTarget(target, cells, '1');
  checkMinimum(outcome);
  const all = lateColumns(invoices).map((column) => rowsOf(column, outcome.rows));
  const judged = all.map((column) => ({ column, reason: uselessness(column) }));
  return {
    target,
    outcome,
    columns: judged.filter((one) => one.reason === undefined).map((one) => one.column),
    groups: [...outcome.rows].map((at) => invoices[at]?.customer ?? ''),
    leftOut: judged.flatMap(({ column, reason }) =>
      reason === undefined ? [] : [{ name: column.name, reason }],
    ),
    notes: [],
  };
}
