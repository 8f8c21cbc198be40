import { fault } from '@recourse/kit/fault.ts';
import type { ModelFigures } from '@recourse/proto/credit/v1/models.ts';
import { answerable } from './domain/facts.ts';
import { informationValue } from './domain/fitting/binning.ts';
import type { CalibrationRow, Figures } from './domain/fitting/figures.ts';
import {
  crossValidate,
  type FitAsked,
  fitModel,
  leaksIn,
  type ModelKind,
  type Prepared,
  prepare,
  preparedLate,
  validate,
} from './domain/fitting/fit.ts';
import { type Invoice, lateDays } from './domain/fitting/late-payment.ts';
import { binLabel, columnsOf, type Model, writeModel } from './domain/fitting/model.ts';
import { readTable } from './domain/fitting/reading.ts';
import type { CreditModel } from '@recourse/proto/credit/v1/models.ts';

/** A fit on a table's text or on own receivables; or a validation of a fitted model. */
export type FittingTask =
  | { do: 'fit'; kind: ModelKind; text: string; asked: FitAsked }
  | { do: 'fit-own'; kind: ModelKind; invoices: Invoice[]; today: number; asked: FitAsked }
  | { do: 'validate'; model: Model; text: string; asked: FitAsked };

type Report = Pick<
  CreditModel,
  | 'target'
  | 'badValue'
  | 'figures'
  | 'characteristics'
  | 'leaks'
  | 'leftOut'
  | 'notes'
  | 'unanswered'
>;

export type FittingResult = { report?: Report; fitted?: string; figures?: ModelFigures };

function millionths(value: number): number {
  return Number.isNaN(value) ? 0 : Math.round(value * 1_000_000);
}

function bps(value: number): number {
  return Math.round(value * 10_000);
}

function figuresMessage(
  made: Figures & { psi: number; calibration: CalibrationRow[]; aucSpread?: number },
  prepared: Prepared,
): ModelFigures {
  return {
    recordCount: BigInt(prepared.outcome.bad.length),
    badCount: BigInt(prepared.outcome.badCount),
    aucMillionths: millionths(made.auc),
    giniMillionths: millionths(made.gini),
    ksMillionths: millionths(made.ks),
    brierMillionths: millionths(made.brier),
    aucSpreadMillionths: millionths(made.aucSpread ?? 0),
    psiMillionths: millionths(made.psi),
    calibration: made.calibration.map((row) => ({
      count: BigInt(row.count),
      expectedBps: bps(row.meanExpected),
      seenBps: bps(row.seen),
    })),
  };
}

function characteristicsOf(model: Model): Report['characteristics'] {
  if (model.kind !== 'scorecard') return [];
  return model.card.columns.map(({ cut, points }) => ({
    column: cut.name,
    informationMillionths: millionths(informationValue(cut.bins)),
    bins: cut.bins
      .map((bin, at) => ({
        label: binLabel(cut, at),
        count: BigInt(bin.count),
        bads: BigInt(bin.bads),
        points: points[at] ?? 0,
        evidenceMillionths: millionths(bin.lift),
      }))
      .filter((bin) => bin.count > 0n),
  }));
}

function fitted(prepared: Prepared, kind: ModelKind, asked: FitAsked): FittingResult {
  const validated = crossValidate(prepared, kind, asked);
  const model = fitModel(prepared, kind, asked.seed);
  const report: Report = {
    target: prepared.target,
    badValue: prepared.outcome.badValue,
    figures: figuresMessage(validated, prepared),
    characteristics: characteristicsOf(model),
    leaks: leaksIn(prepared).map(({ column, code, auc }) => ({
      column,
      code,
      aucMillionths: millionths(auc),
    })),
    leftOut: prepared.leftOut.map(({ name, reason }) => ({ column: name, reason })),
    notes: prepared.notes,
    unanswered: columnsOf(model).filter((name) => !answerable.has(name)),
  };
  return { report, fitted: writeModel(model) };
}

/** Does a task; throws the engine's faults. */
export function work(task: FittingTask): FittingResult {
  switch (task.do) {
    case 'fit':
      return fitted(prepare(readTable(task.text), task.asked), task.kind, task.asked);
    case 'fit-own':
      return fitted(preparedLate(task.invoices, lateDays, task.today), task.kind, task.asked);
    case 'validate': {
      const prepared = prepare(readTable(task.text), task.asked);
      const known = new Set(prepared.columns.map((column) => column.name));
      if (!columnsOf(task.model).some((name) => known.has(name))) {
        const columns = columnsOf(task.model).slice(0, 20).join(', ');
        const repair = 'Give a table with the columns that the model was fitted on.';
        throw fault('invalid', 'table_has_none_of_the_columns', { columns, repair });
      }
      return { figures: figuresMessage(validate(task.model, prepared), prepared) };
    }
  }
}
