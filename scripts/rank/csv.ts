import { readFileSync } from 'node:fs';
import { plainDecimal } from '@recourse/cases/domain/import/amount-text.ts';
import { markOf, numberOf as readNumber } from '@recourse/credit/domain/fitting/number-text.ts';
import type { Mark } from '@recourse/credit/domain/fitting/number-text.ts';
import { decoded } from '@recourse/kit/decoded.ts';

/** A table as its file has it: names of the columns, and rows of as many texts. */
export type Sheet = { columns: string[]; rows: string[][] };

/** The separator that cuts most lines alike, and of several the one that cuts them finest. */
function separatorOf(text: string): string {
  const lines = text
    .slice(0, 65_536)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '');
  const score = (one: string): number => {
    const counts = lines.slice(0, 50).map((line) => line.split(one).length);
    const typical = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 1;
    const alike = counts.filter((count) => count === typical).length;
    return typical < 2 ? 0 : alike * 1_000 + typical;
  };
  const scored = [',', ';', '\t', '|'].map((one) => ({ one, score: score(one) }));
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).one;
}

/** Fields by RFC 4180, quotes doubled; rows that are empty are not rows. */
function rowsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endRow = (): void => {
    row.push(field.trim());
    if (row.some((one) => one !== '')) rows.push(row);
    row = [];
    field = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign !== '"') field += sign;
      else if (text.charAt(at + 1) === '"') field += text.charAt((at += 1));
      else quoted = false;
    } else if (sign === '"' && field.trim() === '') {
      field = '';
      quoted = true;
    } else if (sign === separator) {
      row.push(field.trim());
      field = '';
    } else if (sign === '\n' || sign === '\r') endRow();
    else field += sign;
  }
  endRow();
  return rows;
}

const total = /^(?:(?:grand |sub-?)?totals?|sum|summe|合 ?计|总 ?计|小 ?计)[\s:：]*$/i;

/** Titles above the table have hardly any cells. */
function titles(rows: readonly string[][]): number {
  const widths = rows.slice(0, 200).map((row) => row.filter((cell) => cell !== '').length);
  const usual = widths.toSorted((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 0;
  const first = widths.findIndex((width) => width * 2 > usual);
  return usual > 2 && first > 0 ? first : 0;
}

/** Names of all columns; empty ones by their place, repeated ones told apart. */
function namesOf(cells: readonly string[]): string[] {
  const seen = new Set<string>();
  return cells.map((cell, at) => {
    const name = cell === '' ? `column ${at + 1}` : cell;
    const own = seen.has(name) ? `${name} (${at + 1})` : name;
    seen.add(own);
    return own;
  });
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    throw new Error(`${path}: cannot be read; give the path of a file that is there`);
  }
}

/**
 * Reads a file of separated values; the first row that is no title names the columns, and lines of
 * totals are left out. Throws when there is no row below the header.
 */
export function readSheet(path: string): Sheet {
  const text = decoded(bytesOf(path));
  const all = rowsOf(text, separatorOf(text));
  const [header = [], ...below] = all.slice(titles(all));
  const columns = namesOf(header);
  const rows = below.filter((row) => !row.some((cell) => total.test(cell)));
  if (rows.length === 0) {
    throw new Error(`${path}: found no row below a header; expected a table of cases`);
  }
  const marks = columns.map((_, at) => markOf(rows.map((row) => row[at] ?? '')));
  const plain = rows.map((row) => row.map((cell, at) => plainCell(cell, marks[at] ?? 'point')));
  return { columns, rows: plain };
}

/** A number of a column with decimal commas as all others write it; other cells as they are. */
function plainCell(cell: string, mark: Mark): string {
  if (mark === 'point') return cell;
  const value = readNumber(cell, mark);
  return Number.isNaN(value) ? cell : String(value);
}

/** What stands for nothing in exports. */
const nothing = /^(|\?|-|-0-|nan|na|n\/a|null|none)$/i;

export function isNothing(text: string): boolean {
  return nothing.test(text.trim());
}

/**
 * A number with or without thousands' commas and a currency sign, `12万元` and digits of full width
 * among them; undefined for anything else.
 */
export function numberOf(text: string): number | undefined {
  if (isNothing(text)) return undefined;
  const value = readNumber(text.trim());
  if (Number.isFinite(value)) return value;
  // Letters before or behind make it a code, not an amount in a currency.
  if (/[A-Za-z]/.test(text)) return undefined;
  const plain = plainDecimal(text.trim(), { mark: 'point', tens: 0 });
  return plain === undefined ? undefined : Number(plain);
}
