import { fault } from '@recourse/kit/fault.ts';
import type { TextTable } from './delimited.ts';
import { isMissing, saysNothing, standInsOf } from './missing-text.ts';
import { markOf, numberOf } from './number-text.ts';

/** Numbers; NaN is missing, and `standIns` are numbers that the file writes for it. */
export type NumericColumn = {
  name: string;
  kind: 'numeric';
  values: Float64Array;
  standIns?: readonly number[];
};

/** Codes into `levels`; −1 is missing. */
export type CodedColumn = {
  name: string;
  kind: 'coded';
  codes: Int32Array;
  levels: readonly string[];
};

export type Column = NumericColumn | CodedColumn;

/** Why a column does not take part in a fit. */
export type LeftOut = {
  name: string;
  reason: 'empty' | 'constant' | 'identifier' | 'date' | 'asked' | 'group';
};

export type Table = { count: number; columns: Column[]; leftOut: LeftOut[]; notes: string[] };

const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
const dateLike = new RegExp(
  '^(?:\\d{4}[-/.]\\d{1,2}(?:[-/.]\\d{1,2})?|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}|' +
    `(?:\\d{1,2}[-/. ]?)?${month}[-/. ,]{0,2}(?:\\d{1,2}, ?)?\\d{2,4}|` +
    '\\d{4}年\\d{1,2}月(?:\\d{1,2}日)?)(?:[ T:]\\d{1,2}:\\d{2}.*)?$',
  'i',
);

/** Of the cells that are not missing, at least this many are of a kind to make the column so. */
const typeShare = 0.95;

function codedColumn(name: string, cells: readonly string[]): CodedColumn {
  const places = new Map<string, number>();
  const codes = new Int32Array(cells.length);
  cells.forEach((cell, at) => {
    if (isMissing(cell)) {
      codes[at] = -1;
      return;
    }
    let code = places.get(cell);
    if (code === undefined) {
      code = places.size;
      places.set(cell, code);
    }
    codes[at] = code;
  });
  return { name, kind: 'coded', codes, levels: [...places.keys()] };
}

type Reading = {
  values: Float64Array;
  present: number;
  numbers: number;
  /** What is no number and how often it comes; only so many are told apart. */
  words: ReadonlyMap<string, number>;
};

const mostWords = 50;

function numbersIn(cells: readonly string[]): Reading {
  const values = new Float64Array(cells.length).fill(Number.NaN);
  const mark = markOf(cells);
  const words = new Map<string, number>();
  let present = 0;
  let numbers = 0;
  cells.forEach((cell, at) => {
    if (isMissing(cell)) return;
    present += 1;
    const value = numberOf(cell, mark);
    values[at] = value;
    if (!Number.isNaN(value)) numbers += 1;
    else if (words.has(cell) || words.size < mostWords) words.set(cell, (words.get(cell) ?? 0) + 1);
  });
  return { values, present, numbers, words };
}

/** Beside more different numbers than these, up to three words are remarks and no codes. */
const mostCodes = 8;
const mostRemarks = 3;

function isMostlyNumbers({ values, present, numbers, words }: Reading): boolean {
  if (numbers === 0) return false;
  const empty = [...words].filter(([word]) => saysNothing(word));
  const said = present - empty.reduce((total, [, count]) => total + count, 0);
  if (numbers >= said * typeShare) return true;
  if (words.size > mostRemarks || numbers * 2 < present) return false;
  const distinct = new Set<number>();
  for (const value of values) {
    if (!Number.isNaN(value)) distinct.add(value);
    if (distinct.size > mostCodes) return true;
  }
  return false;
}

/** `none (120), x (3)`: what counts as missing, the commonest first. */
function shownWords(words: ReadonlyMap<string, number>): string {
  const shown = [...words].toSorted((a, b) => b[1] - a[1]).slice(0, mostRemarks);
  return shown.map(([word, count]) => `${word.slice(0, 20)} (${count})`).join(', ');
}

function numericColumn(name: string, reading: Reading, notes: string[]): NumericColumn {
  const { values, present, numbers, words } = reading;
  if (numbers < present) {
    const which = shownWords(words);
    notes.push(`${name}: ${present - numbers} cells are no numbers and count as missing: ${which}`);
  }
  const standIns = standInsOf(values);
  if (standIns.length === 0) return { name, kind: 'numeric', values };
  const isStandIn = (value: number): boolean => standIns.includes(value);
  const count = values.reduce((total, value) => total + (isStandIn(value) ? 1 : 0), 0);
  notes.push(`${name}: ${standIns.join(', ')} stands for missing in ${count} cells`);
  const own = values.map((value) => (isStandIn(value) ? Number.NaN : value));
  return { name, kind: 'numeric', values: own, standIns };
}

/** A column of cells as numbers where nearly all are numbers, else as codes. */
export function typed(
  name: string,
  cells: readonly string[],
  notes: string[],
  isCoded = false,
): Column {
  if (isCoded) return codedColumn(name, cells);
  const reading = numbersIn(cells);
  if (isMostlyNumbers(reading)) return numericColumn(name, reading, notes);
  const { present, numbers } = reading;
  if (numbers * 2 > present) {
    const found = `${numbers} of ${present} cells are numbers`;
    notes.push(`${name}: ${found}, too few to take it for numeric`);
  }
  return codedColumn(name, cells);
}

function isSequence(values: Float64Array): boolean {
  let low = Infinity;
  let high = -Infinity;
  const seen = new Set<number>();
  for (const value of values) {
    if (!Number.isInteger(value) || seen.has(value)) return false;
    seen.add(value);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low + 1 === values.length;
}

/** Whole numbers that all rise with the rows: a file's own numbering, with gaps where rows went. */
function isRising(values: Float64Array): boolean {
  return values.every(
    (value, at) => Number.isInteger(value) && (at === 0 || value > (values[at - 1] ?? 0)),
  );
}

/** `20240131` and its like, in every cell. */
function isDayNumber(values: Float64Array): boolean {
  let known = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const [monthOf, day] = [Math.floor(value / 100) % 100, value % 100];
    if (!Number.isInteger(value) || value < 19_000_101 || value > 20_991_231) return false;
    if (monthOf < 1 || monthOf > 12 || day < 1 || day > 31) return false;
    known += 1;
  }
  return known > 0;
}

const identifierName = new RegExp(
  '(^|[_.\\s-])(id|uuid|guid|key|no|nr|number)$|Id$|ID$|^id[_.\\s]|Number$|编号$|' +
    '(^|[_.\\s-])(id|ID)[_.\\s-]|^([Uu]nnamed.*|[Ii]ndex|[Rr]ow ?(names?|id)?|obs|OBS)$',
);
/** Names of what a party is known by; such a column identifies even where rows share one. */
const partyName = new RegExp(
  '(^|[_.\\s-])(customer|client|member|borrower|applicant|account|loan|user|cust|person)s?' +
    '[_.\\s-]?(id|no|nr|number|key|code)$|^id$',
  'i',
);

function isParty(name: string, distinct: number, count: number): boolean {
  return partyName.test(name) && distinct > Math.max(50, count / 20);
}

/** Why a column cannot say anything about others' outcomes; undefined when it may. */
export function uselessness(column: Column): LeftOut['reason'] | undefined {
  if (column.kind === 'coded') {
    if (column.levels.length === 0) return 'empty';
    const dates = column.levels.filter((level) => dateLike.test(level)).length;
    if (dates >= column.levels.length * typeShare) return 'date';
    const hasMissing = column.codes.includes(-1);
    if (column.levels.length === 1 && !hasMissing) return 'constant';
    const many = column.levels.length > column.codes.length / 2 && column.levels.length > 50;
    return many || isParty(column.name, column.levels.length, column.codes.length)
      ? 'identifier'
      : undefined;
  }
  const distinct = new Set<number>();
  for (const value of column.values) {
    distinct.add(value);
    if (distinct.size > column.values.length / 2) break;
  }
  if (distinct.size === 1) return distinct.has(Number.NaN) ? 'empty' : 'constant';
  if (isDayNumber(column.values)) return 'date';
  if (isParty(column.name, distinct.size, column.values.length)) return 'identifier';
  if (distinct.size <= column.values.length / 2) return undefined;
  if (isSequence(column.values) || isRising(column.values)) return 'identifier';
  const isWhole = column.values.every((value) => Number.isInteger(value) || Number.isNaN(value));
  return isWhole && identifierName.test(column.name) ? 'identifier' : undefined;
}

/** A whole number of its own for every row. */
function hasOwnNumbers(column: Column): boolean {
  if (column.kind === 'coded') return false;
  const isWhole = column.values.every((value) => Number.isInteger(value));
  return isWhole && new Set(column.values).size === column.values.length;
}

/** The place of a column by name, or by its number from 1; undefined when there is none. */
export function columnIndex(names: readonly string[], wanted: string): number | undefined {
  const exact = names.indexOf(wanted);
  if (exact >= 0) return exact;
  const folded = wanted.trim().toLowerCase();
  const close = names.findIndex((name) => name.trim().toLowerCase() === folded);
  if (close >= 0) return close;
  if (/^\d+$/.test(wanted) && Number(wanted) >= 1 && Number(wanted) <= names.length) {
    return Number(wanted) - 1;
  }
  if (/^(last|-1)$/.test(folded)) return names.length - 1;
  return undefined;
}

/** Throws `invalid` column_unknown with the names there are. */
export function mustFind(names: readonly string[], wanted: string): number {
  const at = columnIndex(names, wanted);
  if (at === undefined) {
    const known = names.slice(0, 80).join(', ');
    const repair = 'Name a column as the table does, by its number from 1, or "last".';
    throw fault('invalid', 'column_unknown', { column: wanted, columns: known, repair });
  }
  return at;
}

/** The columns of a text table that may take part in a fit, and those that may not with the why. */
export function tableOf(text: TextTable, without: ReadonlyMap<number, LeftOut['reason']>): Table {
  const notes = [...text.notes];
  const columns: Column[] = [];
  const leftOut: LeftOut[] = [];
  text.names.forEach((name, at) => {
    const asked = without.get(at);
    const cells = text.rows.map((row) => row[at] ?? '');
    const column = typed(name, cells, notes, text.coded?.has(name) ?? false);
    const isIndex = text.unnamed?.has(name) === true && hasOwnNumbers(column);
    const reason = asked ?? (isIndex ? 'identifier' : uselessness(column));
    if (reason === undefined) columns.push(column);
    else leftOut.push({ name, reason });
  });
  return { count: text.rows.length, columns, leftOut, notes };
}

/** The rows of `at` only, in that order. */
export function rowsOf(column: Column, at: Int32Array): Column {
  if (column.kind === 'numeric') {
    const { values } = column;
    return { ...column, values: Float64Array.from(at, (row) => values[row] ?? Number.NaN) };
  }
  const { codes } = column;
  return { ...column, codes: Int32Array.from(at, (row) => codes[row] ?? -1) };
}
