import {
  binned,
  type BinningRules,
  type Cut,
  cut,
  informationValue,
  usualBinning,
} from './binning.ts';
import { fitLogistic, type LogisticRules } from './logistic.ts';
import type { Column } from './table.ts';

/** A scorecard before its points: cuts and the coefficient of each one's weight of evidence. */
export type Card = { cuts: Cut[]; coefficients: number[]; constant: number };

export type CardRules = {
  binning: BinningRules;
  logistic: LogisticRules;
  /** Columns that tell less than this are left out. */
  leastInformation: number;
};

export const usualCard: CardRules = {
  binning: usualBinning,
  logistic: { lasso: 2, ridge: 8, isNonNegative: true },
  leastInformation: 0.015,
};

function lifted(made: Cut, column: Column): Float64Array {
  return Float64Array.from(binned(made, column), (bin) => made.bins[bin]?.lift ?? 0);
}

/** Bins, weighs and selects the columns; those with a coefficient of nought are not on the card. */
export function fitCard(
  columns: readonly Column[],
  bad: Uint8Array,
  rules: CardRules = usualCard,
): Card {
  const made = columns.map((column) => ({ column, cut: cut(column, bad, rules.binning) }));
  const kept = made.filter((one) => informationValue(one.cut.bins) >= rules.leastInformation);
  const design = kept.map((one) => lifted(one.cut, one.column));
  const fit = fitLogistic(design, bad, rules.logistic);
  const used = kept
    .map((one, at) => ({ cut: one.cut, coefficient: fit.coefficients[at] ?? 0 }))
    .filter(({ coefficient }) => coefficient > 0);
  return {
    cuts: used.map((one) => one.cut),
    coefficients: used.map((one) => one.coefficient),
    constant: fit.constant,
  };
}

/** Log-odds of bad of every record. */
export function cardLogOdds(card: Card, columns: readonly Column[], count: number): Float64Array {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const logOdds = new Float64Array(count).fill(card.constant);
  card.cuts.forEach((made, j) => {
    const column = byName.get(made.name);
    const coefficient = card.coefficients[j] ?? 0;
    const lifts = made.bins.map((bin) => bin.lift * coefficient);
    const missing = lifts.at(-1) ?? 0;
    if (column === undefined) {
      for (let at = 0; at < count; at += 1) logOdds[at] = (logOdds[at] ?? 0) + missing;
      return;
    }
    binned(made, column).forEach((bin, at) => {
      logOdds[at] = (logOdds[at] ?? 0) + (lifts[bin] ?? 0);
    });
  });
  return logOdds;
}
