import { cleanCell, isNullWord } from './cell.ts';

type Column = { blanks: number; orphans: number; repeats: number; runs: number; last: string };

/** Which columns are written once for the rows below, and how many rows have them so. */
export type Sparse = { positions: readonly number[]; rows: number };

export type SparseScan = {
  line(cells: readonly string[]): void;
  /** A total or a heading: what is below it is not surely of the customer above. */
  between(): void;
  finish(customers: readonly number[], currency: number | undefined): Sparse;
};

/** A column is written once for several rows only where at least so many of its cells are blank. */
const leastBlank = 0.2;
/** Blanks with nothing above them that a sparse column may have. */
const mostOrphans = 0.1;

/**
 * Watches which columns are written once and blank below (merged cells, sparse reports). It is
 * evident for a column when blanks follow filled cells and no filled cell repeats the one right
 * above it: who writes a name again on the next row leaves none out on purpose, and a blank there
 * is a mistake to be reported.
 */
export function sparseScan(width: number): SparseScan {
  const columns = Array.from({ length: width }, (): Column => ({
    blanks: 0,
    orphans: 0,
    repeats: 0,
    runs: 0,
    last: '',
  }));
  let lines = 0;
  let before: readonly string[] = [];
  let broken = true;

  function look(column: Column, raw: string | undefined, above: string | undefined): void {
    const isBlank = raw === undefined || raw === '' || isNullWord(cleanCell(raw));
    if (!isBlank) {
      if (raw === above && !broken) column.repeats += 1;
      column.runs += 1;
      column.last = raw;
      return;
    }
    column.blanks += 1;
    if (column.last === '') column.orphans += 1;
  }

  function line(cells: readonly string[]): void {
    lines += 1;
    columns.forEach((column, position) => look(column, cells[position], before[position]));
    before = cells;
    broken = false;
  }
  function between(): void {
    for (const column of columns) column.last = '';
    broken = true;
  }
  const isSparse = (column: Column | undefined): boolean =>
    column !== undefined &&
    column.runs > 0 &&
    column.repeats === 0 &&
    column.blanks >= lines * leastBlank &&
    column.blanks > 0 &&
    column.orphans <= column.blanks * mostOrphans;

  function finish(customers: readonly number[], currency: number | undefined): Sparse {
    const all = customers.length > 0 && customers.every((position) => isSparse(columns[position]));
    if (!all) return { positions: [], rows: 0 };
    const rows = Math.min(...customers.map((position) => columns[position]?.blanks ?? 0));
    const together =
      currency !== undefined && isSparse(columns[currency]) && columns[currency]?.blanks === rows;
    return { positions: together ? [...customers, currency] : [...customers], rows };
  }
  return { line, between, finish };
}
