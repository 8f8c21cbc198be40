import { binned, type Cut, cut } from './binning.ts';
import { discrimination } from './figures.ts';
import type { Column } from './table.ts';

/** A column that may know the outcome; `auc` is what it reaches alone. */
export type Leak = {
  column: string;
  code: 'separates_too_well' | 'known_only_later' | 'missing_tells_outcome' | 'named_like_target';
  auc: number;
};

/** One honest column alone seldom passes this; the outcome in disguise does. */
const tooWell = 0.93;
const missingTooWell = 0.75;

/** Words of things that are known only when the outcome is. */
const laterWords = new RegExp(
  [
    'settle|paid[_ -]?(off|date|time|on)|pay[_ -]?off|payment[_ -]?date|days?[_ -]?late',
    'past[_ -]?due[_ -]?days|outcome|clos(ed|ing|e[_ -]?date)|recover|charge[_ -]?off',
    'writ(e|ten)[_ -]?off|default[_ -]?(date|day)|disput|duration|last[_ -]?pym?n?t',
    'collection|结清|结果|争议',
  ].join('|'),
  'i',
);

function missingOf(column: Column): Uint8Array {
  return column.kind === 'numeric'
    ? Uint8Array.from(column.values, (value) => (Number.isNaN(value) ? 1 : 0))
    : Uint8Array.from(column.codes, (code) => (code < 0 ? 1 : 0));
}

function eitherWay(auc: number): number {
  return Number.isNaN(auc) ? 0.5 : Math.max(auc, 1 - auc);
}

function aloneAuc(made: Cut, column: Column, bad: Uint8Array): number {
  const risk = Float64Array.from(binned(made, column), (bin) => made.bins[bin]?.lift ?? 0);
  return eitherWay(discrimination(risk, bad).auc);
}

function words(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9\u4e00-\u9fff]+/g, '');
}

/** Camel case read as words, so that `DaysToSettle` is found. */
function spaced(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1_$2');
}

function codeOf(
  column: Column,
  target: string,
  found: { auc: number; missingAuc: number },
): Leak['code'] | undefined {
  if (found.auc >= tooWell) return 'separates_too_well';
  if (found.missingAuc >= missingTooWell) return 'missing_tells_outcome';
  if (laterWords.test(spaced(column.name))) return 'known_only_later';
  const isNamedLike = words(target).length >= 4 && words(column.name).includes(words(target));
  return isNamedLike ? 'named_like_target' : undefined;
}

/** Columns to look at before a fit is believed: those that tell too well, or too late. */
export function leaksOf(columns: readonly Column[], bad: Uint8Array, target: string): Leak[] {
  return columns.flatMap((column) => {
    const auc = aloneAuc(cut(column, bad), column, bad);
    const missing = Float64Array.from(missingOf(column));
    const missingAuc = eitherWay(discrimination(missing, bad).auc);
    const code = codeOf(column, target, { auc, missingAuc });
    return code === undefined
      ? []
      : [{ column: column.name, code, auc: Math.max(auc, missingAuc) }];
  });
}
