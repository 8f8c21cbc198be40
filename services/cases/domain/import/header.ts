import { cleanCell, isNullWord } from './cell.ts';
import type { Row } from './csv.ts';
import { headingScore } from './mapping.ts';
import { fieldRules } from './field-rules.ts';
import type { Field } from './field-rules.ts';
import { readHeading } from './heading-words.ts';
import { anyOrder, bit, valueShape } from './value-shape.ts';

/** Where the headings are. `line` is 0 for a file without a header; columns then go by position. */
export type Header = { line: number; names: readonly string[] };

/** Records looked at to find the header; exports put titles and parameters above it, not pages. */
export const headerWithin = 200;
const titleRows = 40;

const fields = Object.keys(fieldRules) as Field[];

function filled(row: Row): string[] {
  return row.cells.map(cleanCell).filter((cell) => !isNullWord(cell) || cell === '#');
}

/** Cells up to the last one that has something in it: a sheet may end in rows of delimiters. */
function widthOf({ cells }: Row): number {
  let width = cells.length;
  while (width > 0 && (cells[width - 1] ?? '').trim() === '') width -= 1;
  return width;
}

/** The width most records have: titles and totals are narrower than the table. */
function commonWidth(rows: readonly Row[], measure: (row: Row) => number): number {
  const widths = new Map<number, number>();
  for (const row of rows) widths.set(measure(row), (widths.get(measure(row)) ?? 0) + 1);
  let best = 0;
  let count = 0;
  for (const [width, times] of widths) {
    if (times > count || (times === count && width > best)) [best, count] = [width, times];
  }
  return best;
}

function isValue(cell: string): boolean {
  const { mask } = valueShape(cell);
  return (
    (mask & (anyOrder | bit.fraction | bit.email | bit.creditCode)) !== 0 ||
    ((mask & (bit.point | bit.comma)) !== 0 && /^[\d.,\s()-]+$/.test(cell))
  );
}

function isKnownHeading(cell: string): boolean {
  const heading = readHeading(cell);
  return cell.length <= 60 && fields.some((field) => headingScore(heading, field) >= 0.4);
}

/** How much a record looks like headings: known words, all text, as wide as the table. */
function headerScore(row: Row, width: number): number {
  const cells = filled(row);
  if (cells.length < 2 || cells.length * 2 < width) return 0;
  const values = cells.filter(isValue).length;
  if (values * 4 > cells.length) return 0;
  const known = cells.filter(isKnownHeading).length;
  const different = new Set(cells).size / cells.length;
  return (known * 2 + (cells.length - values)) * different;
}

/** A record whose cells are all text may still be data when no heading word is in it. */
function looksLikeHeader(row: Row, below: readonly Row[]): boolean {
  const cells = filled(row);
  const known = cells.filter(isKnownHeading).length;
  if (known >= 2 || known * 2 >= cells.length) return true;
  const valuesBelow = below.filter((other) => other.cells.some((cell) => isValue(cleanCell(cell))));
  return !cells.some(isValue) && below.length > 0 && valuesBelow.length * 2 >= below.length;
}

/** Names for all columns: as written, by position where empty, and told apart where repeated. */
function columnNames(cells: readonly string[], width: number): string[] {
  const used = new Map<string, number>();
  const names: string[] = [];
  for (let position = 0; position < width; position += 1) {
    const written = cleanCell(cells[position] ?? '')
      .replaceAll(/\s+/g, ' ')
      .slice(0, 120);
    const base = written === '' ? `Column ${position + 1}` : written;
    const times = (used.get(base) ?? 0) + 1;
    used.set(base, times);
    names.push(times === 1 ? base : `${base} (${times})`);
  }
  return names;
}

/** A word or two over several columns, as `客户` over `编码` and `名称`; titles have more to say. */
function isGroup(cell: string): boolean {
  const { concepts, unknown } = readHeading(cell);
  return cell.length <= 24 && concepts.length > 0 && unknown === 0 && !/[:：\d]/.test(cell);
}

/**
 * Whether a record and the one below it are a header in two rows: the upper has gaps, for its cells
 * are merged over several columns, all of both are headings, and the lower fills the gaps.
 */
function isTwoRows(upper: Row | undefined, lower: Row | undefined): boolean {
  if (upper === undefined || lower === undefined || lower.line !== upper.line + 1) return false;
  const [above, below] = [filled(upper), filled(lower)];
  if (above.length < 2 || below.length < 2 || [...above, ...below].some(isValue)) return false;
  if (!above.every(isGroup) || below.filter(isGroup).length * 2 < below.length) return false;
  const gaps = lower.cells.filter((cell, at) => {
    return cleanCell(cell) !== '' && cleanCell(upper.cells[at] ?? '') === '';
  });
  return gaps.length > 0;
}

/** The headings of two rows as one: each group's word before the words below it. */
function joined(upper: Row, lower: Row): string[] {
  const width = Math.max(upper.cells.length, lower.cells.length);
  let group = '';
  return Array.from({ length: width }, (_, at) => {
    const own = cleanCell(upper.cells[at] ?? '');
    const below = cleanCell(lower.cells[at] ?? '');
    if (own !== '') group = own;
    return below === '' ? own : group === '' ? below : `${group} ${below}`;
  });
}

/** The names of the header at `index`, which may be either row of a header in two. */
function headerAt(rows: readonly Row[], index: number, width: number): Header | undefined {
  for (const at of [index - 1, index]) {
    const [upper, lower] = [rows[at], rows[at + 1]];
    if (upper === undefined || lower === undefined || !isTwoRows(upper, lower)) continue;
    const cells = joined(upper, lower);
    return { line: lower.line, names: columnNames(cells, Math.max(cells.length, width)) };
  }
  const row = rows[index];
  if (row === undefined) return undefined;
  return { line: row.line, names: columnNames(row.cells, Math.max(row.cells.length, width)) };
}

/**
 * Finds the header among the first records, below titles and parameters. A file that begins with
 * data has none: its columns are named by position (`Column 1`).
 */
export function findHeader(rows: readonly Row[]): Header {
  const width = Math.max(
    commonWidth(rows, ({ cells }) => cells.length),
    1,
  );
  const filledWidth = commonWidth(rows, widthOf);
  let best: { row: Row; index: number; score: number } | undefined;
  rows.slice(0, titleRows).forEach((row, index) => {
    const score = headerScore(row, Math.min(width, filledWidth));
    if (score > (best?.score ?? 0)) best = { row, index, score };
  });
  if (best !== undefined) {
    const { row, index } = best;
    if (looksLikeHeader(row, rows.slice(index + 1, index + 20))) {
      const header = headerAt(rows, index, width);
      if (header !== undefined) return header;
    }
  }
  return { line: 0, names: columnNames([], width) };
}
