import { isBlank } from './csv.ts';
import type { Row } from './csv.ts';
import { damagedWorkbook } from './file-fault.ts';
import { htmlAttribute, htmlText } from './html-text.ts';
import { mostColumns, tooManyColumns } from './sheet.ts';
import type { SheetReader } from './sheet.ts';

/** What the reader of markup is told; names are in lower case. */
type Listener = {
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(raw: string): void;
};

const longestPiece = 4_194_304;
/** Elements whose content is no markup, or none of the table's. */
const passedOver = /^(?:script|style|title|xml|noscript|select)$/;

/** The `>` of a tag: the first that is not inside quotation marks of a value; −1 for none. */
function tagEnd(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '>') return at;
    else if ((char === '"' || char === "'") && text[at - 1] === '=') quote = char;
  }
  return -1;
}

function tag(body: string, listener: Listener): string {
  const [, slash = '', name = '', rest = ''] = /^(\/?)([\w:-]+)([\s\S]*)$/.exec(body) ?? [];
  const plain = name.toLowerCase();
  if (slash === '') listener.open(plain, rest);
  else listener.close(plain);
  return slash === '' && !rest.endsWith('/') && passedOver.test(plain) ? plain : '';
}

/** Reads markup as browsers do: nothing in it is a mistake, and what has no meaning is left out. */
function markupReader(listener: Listener) {
  let rest = '';
  /** The element whose content is passed over. */
  let within = '';

  /** Where the markup at an offset ends; undefined when more text is needed. */
  function markup(text: string, at: number): number | undefined {
    const ends = (mark: string): number | undefined => {
      const end = text.indexOf(mark, at + 2);
      return end < 0 ? undefined : end + mark.length;
    };
    if (text.startsWith('<!--', at)) return ends('-->');
    const next = text[at + 1] ?? '';
    if (next === '!' || next === '?') return ends('>');
    if (!/[a-z/]/i.test(next)) {
      listener.text('<');
      return at + 1;
    }
    const end = tagEnd(text, at);
    if (end < 0) return undefined;
    within = tag(text.slice(at + 1, end), listener);
    return end + 1;
  }

  /** Where the element that is passed over ends. */
  function closing(text: string, from: number): number {
    const found = new RegExp(`</${within}[\\s>]`, 'i').exec(text.slice(from));
    if (found === null) return -1;
    within = '';
    return from + found.index;
  }

  function feed(more: string): void {
    const text = rest + more;
    let at = 0;
    for (;;) {
      const isText = within === '';
      const start = isText ? text.indexOf('<', at) : closing(text, at);
      // A comment is known by its first four characters.
      if (start < 0 || text.length - start < 4) break;
      if (isText && start > at) listener.text(text.slice(at, start));
      at = start;
      const next = markup(text, at);
      if (next === undefined) break;
      at = next;
    }
    rest = at === 0 ? text : text.slice(at);
    if (rest.length > longestPiece) throw damagedWorkbook('a piece of markup without an end');
  }
  return { feed };
}

/** A table under way: its row, the cell in it, and cells of rows above that reach down. */
type Open = {
  cells: string[] | undefined;
  cell: string | undefined;
  across: number;
  down: number;
  /** For each column how many more rows a cell of above takes, and whether it takes this one. */
  reach: number[];
  taken: boolean[];
};

function span(attributes: string, name: string, most: number): number {
  const stated = Number.parseInt(htmlAttribute(attributes, name), 10);
  return Math.min(most, Math.max(1, stated || 1));
}

function beginRow(table: Open): void {
  table.cells = [];
  table.taken = table.reach.map((rows) => rows > 0);
  table.reach = table.reach.map((rows) => Math.max(0, rows - 1));
}

/** Ends the cell under way and puts it into the first column that is free. */
function endCell(table: Open): void {
  const { cell, cells, across, down } = table;
  if (cell === undefined || cells === undefined) return;
  table.cell = undefined;
  while (table.taken[cells.length] === true) cells.push('');
  const at = cells.length;
  const text = htmlText(cell);
  if (at >= mostColumns) {
    if (text !== '') throw tooManyColumns(at + 1);
    return;
  }
  for (let column = at; column < Math.min(mostColumns, at + across); column += 1) {
    cells.push(column === at ? text : '');
    while (table.reach.length <= column) table.reach.push(0);
    if (down > 1) table.reach[column] = Math.max(table.reach[column] ?? 0, down - 1);
  }
}

/**
 * Reads the rows of the tables in an HTML file, which ERPs like to name `.xls`: all of them in
 * order, for a title and each page may have a table of its own. A cell that reaches over others
 * leaves those empty, as in a workbook. What stands outside tables is left out.
 */
export function htmlTableReader(): SheetReader {
  let rows: Row[] = [];
  let line = 0;
  const tables: Open[] = [];

  function endRow(table: Open): void {
    endCell(table);
    const { cells } = table;
    if (cells === undefined) return;
    table.cells = undefined;
    line += 1;
    if (!isBlank(cells)) rows.push({ line, cells });
  }
  function open(name: string, attributes: string): void {
    const table = tables.at(-1);
    if (name === 'table') {
      tables.push({ cells: undefined, cell: undefined, across: 1, down: 1, reach: [], taken: [] });
    } else if (table === undefined) return;
    else if (name === 'tr') {
      endRow(table);
      beginRow(table);
    } else if (name === 'td' || name === 'th') {
      endCell(table);
      if (table.cells === undefined) beginRow(table);
      table.cell = '';
      table.across = span(attributes, 'colspan', mostColumns);
      table.down = span(attributes, 'rowspan', 65_536);
    } else if (table.cell !== undefined && /^(?:br|p|div|li)$/.test(name)) table.cell += ' ';
  }
  function close(name: string): void {
    const table = tables.at(-1);
    if (table === undefined) return;
    if (name === 'td' || name === 'th') endCell(table);
    else if (name === 'tr') endRow(table);
    else if (name === 'table') {
      endRow(table);
      tables.pop();
    }
  }
  function text(raw: string): void {
    const table = tables.at(-1);
    if (table?.cell !== undefined) table.cell += raw;
  }
  const reader = markupReader({ open, close, text });
  function taken(): Row[] {
    const ready = rows;
    rows = [];
    return ready;
  }
  return {
    feed: (html) => {
      reader.feed(html);
      return taken();
    },
    finish: () => {
      reader.feed('    ');
      for (const table of tables.toReversed()) endRow(table);
      return taken();
    },
  };
}
