import { fault } from '@recourse/kit/fault.ts';

/** A table as text: column names and one array of cells per row. */
export type TextTable = {
  names: string[];
  rows: string[][];
  notes: string[];
  /** Columns a file declares as codes although they look like numbers (nominal in ARFF). */
  coded?: ReadonlySet<string>;
};

const delimiters = [',', ';', '\t', '|'] as const;

const numberLike = /^[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?%?$/i;

/** The delimiter that cuts the first lines into most cells, and into equally many. */
function delimiterOf(lines: readonly string[]): string {
  let best = ' ';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const counts = lines.map((line) => cellsOf(line, delimiter).length);
    const first = counts[0] ?? 1;
    const same = counts.filter((count) => count === first).length / counts.length;
    const score = first > 1 ? same * 1_000 + first : 0;
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** The cells of one line; quotes are doubled inside quotes (RFC 4180). */
function cellsOf(line: string, delimiter: string): string[] {
  if (delimiter === ' ') return line.trim().split(/\s+/);
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let inside = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (inside && character === '"' && line.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"' && (inside || cell.trim() === '')) {
      inside = !inside;
      if (inside) cell = '';
    } else if (character === delimiter && !inside) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  cells.push(cell.trim());
  return cells;
}

/** Lines of a text; a line break inside quotes belongs to its cell. Blank lines are left out. */
export function linesOf(text: string): string[] {
  const raw = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const lines: string[] = [];
  let open = '';
  for (const line of raw) {
    const joined = open === '' ? line : `${open}\n${line}`;
    const quotes = joined.includes('"') ? joined.split('"').length - 1 : 0;
    if (quotes % 2 === 1 && joined.length < 100_000) {
      open = joined;
      continue;
    }
    open = '';
    if (joined.trim() !== '') lines.push(joined);
  }
  if (open !== '') throw fault('invalid', 'table_quote_not_closed', { line: lines.length + 1 });
  return lines;
}

/** Rows before the first with a number are headers; of several, the last names the columns. */
function headerRows(rows: readonly string[][]): number {
  const firstWithNumbers = rows
    .slice(0, 4)
    .findIndex((row) => row.some((cell) => numberLike.test(cell)));
  if (firstWithNumbers >= 0) return firstWithNumbers;
  return 1;
}

/** Names for every column: what has none is called by its place, what repeats gets its place. */
export function columnNames(given: readonly string[], notes: string[]): string[] {
  const seen = new Set<string>();
  return given.map((name, at) => {
    let own = name === '' ? `column${at + 1}` : name;
    if (seen.has(own)) {
      notes.push(`column ${at + 1} repeats the name ${own} and is called ${own}_${at + 1}`);
      own = `${own}_${at + 1}`;
    }
    seen.add(own);
    return own;
  });
}

/**
 * Reads CSV, semicolon, tab, bar or blank separated text, with or without a header. A file without
 * one has columns `column1`, `column2` …. Faults: `invalid` table_is_empty,
 * table_has_one_column, row_has_other_width, table_quote_not_closed.
 */
export function readDelimited(text: string): TextTable {
  const lines = linesOf(text);
  if (lines.length === 0) throw fault('invalid', 'table_is_empty');
  const delimiter = delimiterOf(lines.slice(0, 50));
  const all = lines.map((line) => cellsOf(line, delimiter));
  const notes: string[] = [];
  const headers = headerRows(all);
  const rows = all.slice(headers);
  const width = rows[0]?.length ?? all[0]?.length ?? 0;
  if (width < 2) throw fault('invalid', 'table_has_one_column');
  const given = headers === 0 ? Array<string>(width).fill('') : (all[headers - 1] ?? []);
  if (headers > 1) notes.push(`${headers} header lines; the last names the columns`);
  // R writes row names without a heading: the first name is missing.
  const names = given.length === width - 1 ? ['', ...given] : [...given];
  const other = rows.findIndex((row) => row.length !== names.length);
  if (other >= 0) {
    const found = rows[other]?.length ?? 0;
    const facts = { row: other + 1, found, expected: names.length };
    throw fault('invalid', 'row_has_other_width', facts);
  }
  if (rows.length === 0) throw fault('invalid', 'table_is_empty');
  return { names: columnNames(names, notes), rows, notes };
}
