import { fault } from '@recourse/kit/fault.ts';
import { columnNames, linesOf, type TextTable } from './delimited.ts';

const attribute = /^@attribute\s+('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\S+)\s+(.*)$/i;

function bare(text: string): string {
  const trimmed = text.trim();
  const quoted = /^(['"])(.*)\1$/s.exec(trimmed);
  return quoted === null ? trimmed : (quoted[2] ?? '').replaceAll(/\\(.)/g, '$1');
}

/** Cells of a data line; single and double quotes both hold commas. */
function cellsOf(line: string): string[] {
  if (!/['"]/.test(line)) return line.split(',').map((cell) => cell.trim());
  return (line.match(/(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^,'"])+|(?<=^|,)(?=,|$)/g) ?? []).map(
    bare,
  );
}

/** `{index value, index value}`: what is not named is the first level, or nought. */
function sparseCells(line: string, blanks: readonly string[]): string[] {
  const cells = [...blanks];
  for (const part of line.slice(1, line.lastIndexOf('}')).split(',')) {
    const [, index, value] = /^\s*(\d+)\s+(.*)$/.exec(part) ?? [];
    if (index !== undefined) cells[Number(index)] = bare(value ?? '');
  }
  return cells;
}

/**
 * Reads Weka's ARFF: numeric and nominal attributes, `?` for missing, dense and sparse rows.
 * Faults: `invalid` arff_without_data, arff_attribute_unreadable, table_is_empty,
 * row_has_other_width.
 */
export function readArff(text: string): TextTable {
  const lines = linesOf(text.replaceAll(/^%.*$/gm, ''));
  const start = lines.findIndex((line) => /^\s*@data\b/i.test(line));
  if (start < 0) throw fault('invalid', 'arff_without_data');
  const given: string[] = [];
  const blanks: string[] = [];
  const codedAt: number[] = [];
  for (const line of lines.slice(0, start)) {
    if (!/^\s*@attribute\b/i.test(line)) continue;
    const [, name = '', kind = ''] = attribute.exec(line.trim()) ?? [];
    if (name === '') throw fault('invalid', 'arff_attribute_unreadable', { line });
    const inner = /^\{(.*)\}/s.exec(kind)?.[1];
    const levels = inner === undefined ? undefined : cellsOf(inner);
    if (levels?.some((level) => !/^[-+.\d]+$/.test(level)) === true) codedAt.push(given.length);
    blanks.push(levels?.[0] ?? '0');
    given.push(bare(name));
  }
  const rows = lines
    .slice(start + 1)
    .map((line) => line.trim())
    .map((line) => (line.startsWith('{') ? sparseCells(line, blanks) : cellsOf(line)));
  if (rows.length === 0) throw fault('invalid', 'table_is_empty');
  const other = rows.findIndex((row) => row.length !== given.length);
  if (other >= 0) {
    const facts = { row: other + 1, found: rows[other]?.length ?? 0, expected: given.length };
    throw fault('invalid', 'row_has_other_width', facts);
  }
  const notes: string[] = [];
  const names = columnNames(given, notes);
  return { names, rows, notes, coded: new Set(codedAt.map((at) => names[at] ?? '')) };
}
