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

/** The width most records have: titles and totals are narrower than the table. */
function commonWidth(rows: readonly Row[]): number {
  const widths = new Map<number, number>();
  for (const row of rows) widths.set(row.cells.length, (widths.get(row.cells.length) ?? 0) + 1);
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

/** How much a record looks like headings: known words, all text, as wide as the table. */
function headerScore(row: Row, width: number): number {
  const cells = filled(row);
  if (cells.length < 2 || cells.length * 2 < width) return 0;
  const values = cells.filter(isValue).length;
  if (values * 4 > cells.length) return 0;
  const known = cells.filter((cell) => {
    const heading = readHeading(cell);
    return cell.length <= 60 && fields.some((field) => headingScore(heading, field) >= 0.4);
  }).length;
  const different = new Set(cells).size / cells.length;
  return (known * 2 + (cells.length - values)) * different;
}

/** A record whose cells are all text may still be data when no heading word is in it. */
function looksLikeHeader(row: Row, below: readonly Row[]): boolean {
  const cells = filled(row);
  const known = cells.filter((cell) => {
    const heading = readHeading(cell);
    return fields.some((field) => headingScore(heading, field) >= 0.4);
  }).length;
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

/**
 * Finds the header among the first records, below titles and parameters. A file that begins with
 * data has none: its columns are named by position (`Column 1`).
 */
export function findHeader(rows: readonly Row[]): Header {
  const width = Math.max(commonWidth(rows), 1);
  let best: { row: Row; index: number; score: number } | undefined;
  rows.slice(0, titleRows).forEach((row, index) => {
    const score = headerScore(row, width);
    if (score > (best?.score ?? 0)) best = { row, index, score };
  });
  if (best !== undefined) {
    const { row, index } = best;
    if (looksLikeHeader(row, rows.slice(index + 1, index + 20))) {
      return { line: row.line, names: columnNames(row.cells, Math.max(row.cells.length, width)) };
    }
  }
  return { line: 0, names: columnNames([], width) };
}
