import { cleanCell } from './cell.ts';
import type { DateOrder } from './date-text.ts';
import { anyOrder, bit, valueShape } from './value-shape.ts';
import type { ValueShape } from './value-shape.ts';

/** One kind of value in a column: how many there are, and the first one with its line. */
export type Kind = { count: number; sample: string; line: number };

/** What a column's values look like, from all of its rows. */
export type ColumnProfile = {
  position: number;
  header: string;
  rows: number;
  /** By the bits of `value-shape.ts`. */
  kinds: ReadonlyMap<number, Kind>;
  /** The first different values. */
  samples: readonly string[];
  /** Different values among the first filled ones, and how many those were. */
  distinct: number;
  distinctOf: number;
  /** Sum and count of rough days under each order, and the years they span. */
  dates: Readonly<Record<DateOrder, { sum: number; count: number; first: number; last: number }>>;
};

const samplesKept = 5;
const sampleChars = 80;
/** Filled values among which different ones are counted; enough to tell keys from categories. */
const distinctWithin = 5000;
const remembered = 4096;

type Mutable = {
  kinds: Map<number, Kind>;
  samples: string[];
  seen: Set<string>;
  filled: number;
  known: Map<string, ValueShape>;
  hits: number;
  repeats: boolean;
  lastText: string;
  lastShape: ValueShape;
  dates: Record<DateOrder, { sum: number; count: number; first: number; last: number }>;
};

const orders: readonly DateOrder[] = ['ymd', 'dmy', 'mdy'];

function countDays(column: Mutable, days: Readonly<Record<DateOrder, number>>): void {
  for (const order of orders) {
    const value = days[order];
    if (value === 0) continue;
    const span = column.dates[order];
    span.sum += value;
    span.count += 1;
    if (span.count === 1 || value < span.first) span.first = value;
    if (value > span.last) span.last = value;
  }
}

/** Looks a value up among those seen; a column whose values do not repeat stops looking. */
function shapeIn(column: Mutable, text: string): ValueShape {
  if (text === column.lastText) return column.lastShape;
  column.lastText = text;
  let shape = column.repeats ? column.known.get(text) : undefined;
  if (shape === undefined) {
    shape = valueShape(text);
    if (column.repeats) remember(column, text, shape);
  } else column.hits += 1;
  column.lastShape = shape;
  return shape;
}

function remember(column: Mutable, text: string, shape: ValueShape): void {
  column.known.set(text, shape);
  if (column.known.size < remembered) return;
  column.repeats = column.hits > column.known.size;
  column.known.clear();
  column.hits = 0;
}

function addValue(column: Mutable, raw: string, line: number): void {
  const text = cleanCell(raw);
  const shape = shapeIn(column, text);
  const kind = column.kinds.get(shape.mask);
  if (kind === undefined) {
    column.kinds.set(shape.mask, { count: 1, sample: text.slice(0, sampleChars), line });
  } else kind.count += 1;
  if (shape.days !== undefined) countDays(column, shape.days);
  if (shape.mask === bit.blank) return;
  if (column.filled < distinctWithin) {
    column.filled += 1;
    if (column.samples.length < samplesKept && !column.seen.has(text)) {
      column.samples.push(text.slice(0, sampleChars));
    }
    column.seen.add(text);
  }
}

function emptyColumn(): Mutable {
  const span = () => ({ sum: 0, count: 0, first: 0, last: 0 });
  return {
    kinds: new Map(),
    samples: [],
    seen: new Set(),
    filled: 0,
    known: new Map(),
    hits: 0,
    repeats: true,
    lastText: '',
    lastShape: valueShape(''),
    dates: { ymd: span(), dmy: span(), mdy: span() },
  };
}

/** Takes rows in order and says what each column's values look like. */
export type ColumnProfiler = {
  add(cells: readonly string[], line: number): void;
  finish(): ColumnProfile[];
};

/** A profiler for columns of these headers; cells beyond them are the row check's business. */
export function columnProfiler(headers: readonly string[]): ColumnProfiler {
  const columns = headers.map(emptyColumn);
  let rows = 0;
  function add(cells: readonly string[], line: number): void {
    rows += 1;
    for (let position = 0; position < columns.length; position += 1) {
      const column = columns[position];
      if (column !== undefined) addValue(column, cells[position] ?? '', line);
    }
  }
  function finish(): ColumnProfile[] {
    return columns.map((column, position) => ({
      position,
      header: headers[position] ?? '',
      rows,
      kinds: column.kinds,
      samples: column.samples,
      distinct: column.seen.size,
      distinctOf: column.filled,
      dates: column.dates,
    }));
  }
  return { add, finish };
}

/** How many values have one of these bits. */
export function countOf(profile: ColumnProfile, mask: number): number {
  let count = 0;
  for (const [bits, kind] of profile.kinds) if ((bits & mask) !== 0) count += kind.count;
  return count;
}

/** How many values have something in them; words for 'no date' do not count as something. */
export function filledCount(profile: ColumnProfile): number {
  return profile.rows - countOf(profile, bit.blank | bit.noDate);
}

/** Of the filled values, the share that has one of these bits; 0 for an empty column. */
export function shareOf(profile: ColumnProfile, mask: number): number {
  const filled = filledCount(profile);
  return filled === 0 ? 0 : countOf(profile, mask) / filled;
}

/** The share of filled values that are dates of any style. */
export function dateShare(profile: ColumnProfile): number {
  return shareOf(profile, anyOrder | bit.compact | bit.serial);
}

/** The share of filled values that are amounts of any style. */
export function amountShare(profile: ColumnProfile): number {
  return shareOf(profile, bit.point | bit.comma);
}

/** The first value (in file order) whose kind passes a test. */
export function firstKind(
  profile: ColumnProfile,
  passes: (mask: number) => boolean,
): Kind | undefined {
  let first: Kind | undefined;
  for (const [mask, kind] of profile.kinds) {
    if (passes(mask) && (first === undefined || kind.line < first.line)) first = kind;
  }
  return first;
}
