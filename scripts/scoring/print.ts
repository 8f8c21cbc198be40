import type { Validated } from '@recourse/credit/domain/fitting/fit.ts';
import type { CalibrationRow, Figures } from '@recourse/credit/domain/fitting/figures.ts';
import { binLabel, type Model } from '@recourse/credit/domain/fitting/model.ts';
import { informationValue } from '@recourse/credit/domain/fitting/binning.ts';

export function say(text = ''): void {
  process.stdout.write(`${text}\n`);
}

export function fixed(value: number, digits = 4): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits);
}

function percent(value: number): string {
  return `${(value * 100).toFixed(2)} %`;
}

/** `key  value` lines, values under each other. */
export function pairs(lines: readonly (readonly [string, string])[]): void {
  const width = Math.max(...lines.map(([name]) => name.length));
  for (const [name, value] of lines) say(`  ${name.padEnd(width)}  ${value}`);
}

const names = { scorecard: 'Scorecard', trees: 'Boosted trees' } as const;

export function printFigures(made: Figures): void {
  pairs([
    ['AUC', fixed(made.auc)],
    ['Gini', fixed(made.gini)],
    ['KS', fixed(made.ks)],
    ['Brier', fixed(made.brier)],
  ]);
}

export function printValidated(made: Validated, seconds: number): void {
  say();
  say(`${names[made.kind]}, ${made.folds}-fold cross-validation (${fixed(seconds, 1)} s)`);
  pairs([
    ['AUC', `${fixed(made.auc)} ± ${fixed(made.aucSpread)}`],
    ['AUC by fold', made.foldAucs.map((auc) => fixed(auc)).join(' ')],
    ['Gini', fixed(made.gini)],
    ['KS', fixed(made.ks)],
    ['Brier', fixed(made.brier)],
    ['PSI held-out', fixed(made.psi)],
  ]);
}

export function printCalibration(rows: readonly CalibrationRow[]): void {
  say('  calibration (held-out, ten groups)');
  say('     records   expected       seen');
  for (const row of rows) {
    const cells = [
      String(row.count).padStart(10),
      percent(row.meanExpected).padStart(10),
      percent(row.seen).padStart(10),
    ];
    say(`  ${cells.join(' ')}`);
  }
}

/** The card itself: every bin with its records, bads, weight of evidence and points. */
export function printCard(model: Model): void {
  if (model.kind !== 'scorecard') return;
  say();
  say(`The scorecard: ${model.card.base} points and`);
  const columns = model.card.columns.map((column) => ({
    ...column,
    information: informationValue(column.cut.bins),
  }));
  columns.sort((a, b) => b.information - a.information);
  for (const { cut, points, information } of columns) {
    say(`  ${cut.name}  (information value ${fixed(information, 3)})`);
    cut.bins.forEach((bin, at) => {
      if (bin.count === 0) return;
      const label = binLabel(cut, at);
      const shown = label.length > 36 ? `${label.slice(0, 35)}…` : label;
      const numbers = [
        `${bin.count}`.padStart(8),
        `${bin.bads}`.padStart(7),
        percent(bin.bads / bin.count).padStart(9),
        fixed(bin.lift, 3).padStart(8),
        `${points[at] ?? 0}`.padStart(6),
      ];
      say(`    ${shown.padEnd(36)} ${numbers.join(' ')}`);
    });
  }
  say('    bins show: records, bads, share of bads, weight of evidence (bad), points');
}
