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
    'writ(e|ten)[_ -]?off|default[_ -]?(date|day|time)|disput|last[_ -]?pym?n?t',
    'total[_ -]?(rec|pym)|out[_ -]?prncp|collection|结清|结果|争议',
  ].join('|'),
  'i',
);
/** A contact's length is known after it, a loan's before: what it tells says which. */
const perhapsLater = /duration|时长/i;
const perhapsTells = 0.7;
/** Counts and sums over earlier months are known in time, whatever they count. */
const historyWords = new RegExp(
  'number|times|count|(^|[_ -])(num|no|nr|cnt|n)([_ -]|$)|histor|previous|prior|earlier|ever|' +
    '\\d+[_ -]?m(on)?ths?|\\d+[_ -]?ye?a?rs?|过去|历史|次数',
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

/** Camel case read as words, so that `DaysToSettle` is found. */
function spaced(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1_$2');
}

/** `_days_to_settle_`: words to be found whole. */
function words(name: string): string {
  return `_${spaced(name)
    .toLowerCase()
    .replaceAll(/[^a-z0-9\u4e00-\u9fff]+/g, '_')}_`;
}

function isKnownLater(name: string, auc: number): boolean {
  const own = spaced(name);
  if (perhapsLater.test(own) && auc >= perhapsTells) return true;
  return laterWords.test(own) && !historyWords.test(own);
}

function isNamedLike(name: string, target: string): boolean {
  const [own, asked] = [words(name), words(target)];
  if (/^_(column)?\d*_$/.test(asked) || asked.length < 6) return false;
  return /[\u4e00-\u9fff]/.test(asked)
    ? own.includes(asked.replaceAll('_', ''))
    : own.includes(asked.replaceAll(/_+/g, '_'));
}

function codeOf(
  column: Column,
  target: string,
  found: { auc: number; missingAuc: number },
): Leak['code'] | undefined {
  if (found.auc >= tooWell) return 'separates_too_well';
  if (found.missingAuc >= missingTooWell) return 'missing_tells_outcome';
  if (isKnownLater(column.name, found.auc)) return 'known_only_later';
  return isNamedLike(column.name, target) ? 'named_like_target' : undefined;
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
