import { fault } from '@recourse/kit/fault.ts';
import { isMissing } from './missing-text.ts';

/** A table as text: column names and one array of cells per row. */
export type TextTable = {
  names: string[];
  rows: string[][];
  notes: string[];
  /** Columns a file declares as codes although they look like numbers (nominal in ARFF). */
  coded?: ReadonlySet<string>;
  /** Columns without a name beside others that have one: as a rule the row's number. */
  unnamed?: ReadonlySet<string>;
};

/** What to do about a table without a row. */
export const noRows = 'Give a table with a line of names and at least one row below it.';

const delimiters = [',', ';', '\t', '|'] as const;

const numberLike = /^[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?%?$/i;

/** The count that comes most often; of several the largest. */
function commonest(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  return [...times].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 1;
}

/** The delimiter that cuts the first lines into most cells, and into equally many. */
function delimiterOf(lines: readonly string[]): string {
  let best = ' ';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const counts = lines.map((line) => cellsOf(line, delimiter).length);
    const usual = commonest(counts);
    const same = counts.filter((count) => count === usual).length / counts.length;
    const score = usual > 1 ? same * 1_000 + usual : 0;
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** A cell without the single quotes around it that some programs write. */
function bare(cell: string): string {
  return cell.length > 2 && /^'[^']*'$/.test(cell) ? cell.slice(1, -1) : cell;
}

/** Blanks part the cells of a line, but not inside double quotes (R writes names so). */
function cellsBetweenBlanks(line: string): string[] {
  return (line.match(/"(?:[^"]|"")*"|\S+/g) ?? []).map((cell) =>
    /^"[\s\S]*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );
}

/** The cells of one line; quotes are doubled inside quotes (RFC 4180). */
function cellsOf(line: string, delimiter: string): string[] {
  if (!line.includes('"')) {
    const cells = delimiter === ' ' ? line.trim().split(/\s+/) : line.split(delimiter);
    return cells.map((cell) => bare(cell.trim()));
  }
  if (delimiter === ' ') return cellsBetweenBlanks(line.trim());
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

/**
 * Whether a quoted cell is still open behind a line, which may begin inside one. A quote opens a
 * cell only where the cell begins: `5" pipe` is a cell as it stands.
 */
function isOpenBehind(line: string, isOpen: boolean): boolean {
  let inside = isOpen;
  let begins = true;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (inside) {
      if (character !== '"') continue;
      if (line.charAt(at + 1) === '"') at += 1;
      else inside = false;
    } else if (character === '"' && begins) {
      inside = true;
      begins = false;
    } else if (/[,;\t|]/.test(character)) begins = true;
    else if (character !== ' ') begins = false;
  }
  return inside;
}

/** Lines of a text; a line break inside quotes belongs to its cell. Blank lines are left out. */
export function linesOf(text: string): string[] {
  const raw = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const lines: string[] = [];
  let open: string[] = [];
  raw.forEach((line) => {
    const isInside = open.length > 0;
    open.push(line);
    if ((isInside || line.includes('"')) && isOpenBehind(line, isInside)) return;
    const joined = open.join('\n');
    open = [];
    if (joined.trim() !== '') lines.push(joined);
  });
  if (open.length > 0) {
    const line = raw.length - open.length + 1;
    const repair = 'Close the quotes, or double those that belong to the text.';
    const facts = { line, text: (open[0] ?? '').slice(0, 80), repair };
    throw fault('invalid', 'table_quote_not_closed', facts);
  }
  return lines;
}

/** `0,1,2,3`, as programs number columns without names. */
function isNumbering(row: readonly string[]): boolean {
  const [first = ''] = row;
  return (
    row.length > 3 &&
    /^[01]$/.test(first) &&
    row.every((cell, at) => cell === `${at + Number(first)}`)
  );
}

/** A line of names has one in every cell, each its own, and none is a value of its column. */
function isNaming(row: readonly string[], below: readonly string[][]): boolean {
  if (row.some(isMissing) || new Set(row).size < row.length) return false;
  return row.every((cell, at) => below.every((other) => other[at] !== cell));
}

/**
 * How many lines stand above the first record; the last of them names the columns. Where the lines
 * before the first number are several, some may be records without one.
 */
function headerRows(rows: readonly string[][]): number {
  if (isNumbering(rows[0] ?? [])) return 1;
  const firstWithNumbers = rows
    .slice(0, 4)
    .findIndex((row) => row.some((cell) => numberLike.test(cell)));
  if (firstWithNumbers < 2) return firstWithNumbers < 0 ? 1 : firstWithNumbers;
  for (let headers = firstWithNumbers; headers > 1; headers -= 1) {
    if (isNaming(rows[headers - 1] ?? [], rows.slice(headers, headers + 200))) return headers;
  }
  return 1;
}

/** A row without the empty cells that stand beyond the header's width. */
function withoutTail(row: string[], width: number): string[] {
  let end = row.length;
  while (end > width && row[end - 1] === '') end -= 1;
  return end === row.length ? row : row.slice(0, end);
}

/** Titles above a table and remarks below it, told by having hardly any cells. */
function inner(rows: string[][], notes: string[]): string[][] {
  const usual = commonest(rows.slice(0, 200).map((row) => row.length));
  const isNarrow = (row: string[] | undefined): boolean =>
    row !== undefined && row.filter((cell) => cell !== '').length * 2 < usual && usual > 2;
  let from = 0;
  while (from < 30 && isNarrow(rows[from]) && from < rows.length - 1) from += 1;
  let to = rows.length;
  while (rows.length - to < 10 && to > from + 1 && isFootnote(rows[to - 1], usual)) to -= 1;
  if (from > 0) notes.push(`${from} lines above the table were passed over`);
  if (to < rows.length) notes.push(`${rows.length - to} lines below the table were passed over`);
  return from === 0 && to === rows.length ? rows : rows.slice(from, to);
}

const totalWords = /^((grand|sub)[ _-]?)?(total|sum)s?\b|^(gesamt|summe)\b|^(合计|总计|小计)/i;

/** A remark, or a line of totals: a word of such and hardly another cell. */
function isFootnote(row: string[] | undefined, usual: number): boolean {
  if (row === undefined || usual <= 2) return false;
  if (row.length < usual && row.length <= 2) return true;
  const filled = row.filter((cell) => cell !== '');
  return filled.length * 2 < usual && totalWords.test(filled[0] ?? '');
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
  if (lines.length === 0) throw fault('invalid', 'table_is_empty', { repair: noRows });
  const delimiter = delimiterOf(lines.slice(0, 50));
  const notes: string[] = [];
  const all = inner(
    lines.map((line) => cellsOf(line, delimiter)),
    notes,
  );
  const headers = headerRows(all);
  const rows = all.slice(headers);
  const width = rows[0]?.length ?? all[0]?.length ?? 0;
  if (width < 2) {
    const repair = 'Divide the columns by commas, semicolons, tabs, bars or blanks.';
    throw fault('invalid', 'table_has_one_column', {
      found: (lines[0] ?? '').slice(0, 80),
      repair,
    });
  }
  const given =
    headers === 0 ? Array<string>(width).fill('') : withoutTail(all[headers - 1] ?? [], width);
  if (headers > 1) notes.push(`${headers} header lines; the last names the columns`);
  // R writes row names without a heading: the first name is missing. Where the last cell of every
  // row is empty, rows end in a delimiter instead.
  const hasRowNames = given.length === width - 1 && rows.some((row) => row.at(-1) !== '');
  const names = hasRowNames ? ['', ...given] : [...given];
  const level = rows.map((row) => withoutTail(row, names.length));
  const other = level.findIndex((row) => row.length !== names.length);
  if (other >= 0) {
    const found = level[other]?.length ?? 0;
    const repair = 'Quote cells that have the delimiter in them, or delete the row.';
    const shown = (rows[other] ?? []).join(delimiter).slice(0, 80);
    const facts = { row: other + 1, found, expected: names.length, text: shown, repair };
    throw fault('invalid', 'row_has_other_width', facts);
  }
  if (rows.length === 0) throw fault('invalid', 'table_is_empty', { repair: noRows });
  const own = columnNames(names, notes);
  const unnamed = new Set(headers === 0 ? [] : own.filter((_name, at) => names[at] === ''));
  return { names: own, rows: level, notes, unnamed };
}
