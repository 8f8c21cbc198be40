import { fault } from '@recourse/kit/fault.ts';
import { columnNames, noRows, type TextTable } from './delimited.ts';

const attribute = /^@attribute\s+('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s{]+)\s*(.*)$/is;

function bare(text: string): string {
  const trimmed = text.trim();
  const quoted = /^(['"])(.*)\1$/s.exec(trimmed);
  return quoted === null ? trimmed : (quoted[2] ?? '').replaceAll(/\\(.)/g, '$1');
}

/** Where a quoted word ends that begins here; the line's end when it does not. */
function quoteEnd(line: string, from: number): number {
  const quote = line.charAt(from);
  for (let at = from + 1; at < line.length; at += 1) {
    if (line.charAt(at) === '\\') at += 1;
    else if (line.charAt(at) === quote) return at;
  }
  return line.length;
}

/**
 * Cuts where a character is one of `marks` and not inside quotes; a quote opens only where a word
 * begins, so that `O'Neill` is one.
 */
function split(line: string, marks: RegExp): string[] {
  const pieces: string[] = [];
  let from = 0;
  let begins = true;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (begins && (character === "'" || character === '"')) {
      at = quoteEnd(line, at);
      begins = false;
    } else if (marks.test(character)) {
      pieces.push(line.slice(from, at));
      from = at + 1;
      begins = true;
    } else begins = /\s/.test(character);
  }
  return [...pieces, line.slice(from)];
}

/** The line without a remark behind it: a `%` outside quotes, at the start or after a blank. */
function withoutRemark(line: string): string {
  if (!line.includes('%')) return line.trim();
  const [first = ''] = split(line.replaceAll(/(^|\s)%/g, '$1\0%'), /\0/);
  return first.replaceAll('\0', '').trim();
}

/** Cells of a data line, parted by commas, or by blanks and tabs where there is no comma. */
function cellsOf(line: string): string[] {
  const pieces = line.includes(',') ? split(line, /,/) : [line];
  if (pieces.length > 1) return pieces.map(bare);
  return split(line, /[ \t]/)
    .filter((piece) => piece !== '')
    .map(bare);
}

/** `{index value, index value}`: what is not named is the first level, or nought. */
function sparseCells(line: string, blanks: readonly string[]): string[] {
  const cells = [...blanks];
  const [inside = ''] = split(line.slice(1), /\}/);
  for (const part of split(inside, /,/)) {
    const [, index, value] = /^\s*(\d+)\s+(.*)$/s.exec(part) ?? [];
    if (index !== undefined) cells[Number(index)] = bare(value ?? '');
  }
  return cells;
}

/** A row without its weight in braces (Weka) and without the empty cell behind a last comma. */
function inWidth(row: string[], width: number): string[] {
  const last = row.at(-1) ?? '';
  const isSpare = row.length === width + 1 && (last === '' || /^\{[\d.]+\}$/.test(last));
  return isSpare ? row.slice(0, width) : row;
}

type Head = { names: string[]; blanks: string[]; codedAt: number[] };

function headOf(lines: readonly string[]): Head {
  const head: Head = { names: [], blanks: [], codedAt: [] };
  lines.forEach((line, at) => {
    if (!/^@attribute\b/i.test(line)) return;
    const [, name = '', kind = ''] = attribute.exec(line) ?? [];
    if (name === '') {
      const repair = 'Write @attribute, a name (in quotes if it has blanks) and a type.';
      throw fault('invalid', 'arff_attribute_unreadable', { line: at + 1, text: line, repair });
    }
    const inner = /^\{(.*)\}/s.exec(kind)?.[1];
    const levels = inner === undefined ? undefined : split(inner, /,/).map(bare);
    if (levels?.some((level) => !/^[-+.\d]+$/.test(level)) === true) {
      head.codedAt.push(head.names.length);
    }
    head.blanks.push(levels?.[0] ?? '0');
    head.names.push(bare(name));
  });
  return head;
}

/**
 * Reads Weka's ARFF: numeric and nominal attributes, `?` for missing, dense and sparse rows.
 * Faults: `invalid` arff_without_data, arff_attribute_unreadable, table_is_empty,
 * row_has_other_width.
 */
export function readArff(text: string): TextTable {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map(withoutRemark);
  const start = lines.findIndex((line) => /^@data\b/i.test(line));
  if (start < 0) {
    const repair = 'Write @data on a line of its own above the rows.';
    throw fault('invalid', 'arff_without_data', { repair });
  }
  const { names: given, blanks, codedAt } = headOf(lines.slice(0, start));
  const data = lines.slice(start + 1).filter((line) => line !== '');
  const rows = data.map((line) =>
    line.startsWith('{') ? sparseCells(line, blanks) : inWidth(cellsOf(line), given.length),
  );
  if (rows.length === 0) throw fault('invalid', 'table_is_empty', { repair: noRows });
  const other = rows.findIndex((row) => row.length !== given.length);
  if (other >= 0) {
    const found = rows[other]?.length ?? 0;
    const shown = (data[other] ?? '').slice(0, 80);
    const repair = 'Give each row as many values as there are attributes; quote those with commas.';
    const facts = { row: other + 1, found, expected: given.length, text: shown, repair };
    throw fault('invalid', 'row_has_other_width', facts);
  }
  const notes: string[] = [];
  const names = columnNames(given, notes);
  return { names, rows, notes, coded: new Set(codedAt.map((at) => names[at] ?? '')) };
}
