import { cleanCell, isNullWord } from './cell.ts';
import { columnProfiler, filledCount } from './column-profile.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Row } from './csv.ts';
import { linesScan } from './document-lines.ts';
import type { ApartRows, DocumentLines } from './document-lines.ts';
import { keyColumns, rowKind } from './row-kind.ts';
import type { HeadingCell, RowKind } from './row-kind.ts';
import { labelsOf, saysTotalOf } from './row-words.ts';
import type { Label, LabelField } from './row-words.ts';
import { sparseScan } from './sparse.ts';

/** A column whose cells come from rows above the lines: a report's headings, or their labels. */
export type GroupColumn = {
  /** The column that is completed; past the table's own width where it has none for it. */
  position: number;
  from: 'heading' | LabelField;
  /** Where the heading stands; the label's own text is `header`. */
  column: number;
  header: string;
  /** What stands above the table, for lines before the first such row. */
  above: string;
};

/** How the rows of a file belong together; kept with the analysis and shown before the check. */
export type Layout = {
  /** Columns of the table itself. */
  width: number;
  groups: readonly GroupColumn[];
  /** Rows that named a customer for the lines below. */
  groupRows: number;
  /**
   * Whether a total ends the lines of each heading, so that a name among lines is none for sure;
   * undefined in analyses kept before it was looked at.
   */
  endsInTotals?: boolean;
  /** Columns whose blanks repeat the cell above, all together, and in how many rows. */
  carried: readonly number[];
  carriedRows: number;
  /** Documents of several rows; undefined where no column of document numbers is known. */
  lines: DocumentLines | undefined;
  /** Undefined in analyses kept before it was looked at. */
  apart?: ApartRows | undefined;
};

/** What stood for each kind of group column, with its profile over the lines below. */
type Seen = { from: GroupColumn['from']; column: number; header: string; rows: number };

const headingColumns = 8;
/** Groups that a total ended before it is the report's way. */
const enoughTotals = 3;
const all = /^(?:all|any|alle|todos|tous|全部|所有|\*|%)|\bto\b|至|~/i;

/** Collects what rows that are no lines say, and what the lines below them are given by it. */
function groupScan(above: readonly Label[]) {
  const seen: Seen[] = [];
  const values: string[] = [];
  const profiler = columnProfiler(Array.from({ length: headingColumns + 3 }, () => ''));
  let groupRows = 0;
  let pending = false;
  let given = 0;
  let inGroup = false;
  const ends = { byTotal: 0, byHeading: 0 };

  function set(from: GroupColumn['from'], column: number, header: string, value: string): void {
    let at = seen.findIndex((one) => one.from === from && one.column === column);
    if (at < 0) {
      if (seen.length === headingColumns + 3) return;
      at = seen.push({ from, column, header, rows: 0 }) - 1;
    }
    values[at] = value;
  }
  for (const { field, label, value } of above) set(field, -1, label, value);

  function labels(found: readonly Label[]): void {
    for (const { field, label, value } of found) set(field, -1, label, value);
    pending = true;
  }
  function total(): void {
    if (inGroup) ends.byTotal += 1;
    inGroup = false;
  }
  /** Whether the cells are the total of the heading above, as `ACME - Subtotal` is. */
  const isTotalOf = (cells: readonly HeadingCell[]): boolean =>
    values.some((value) => cells.some(({ text }) => saysTotalOf(text, value)));
  function heading(cells: readonly HeadingCell[]): void {
    if (isTotalOf(cells)) {
      total();
      return;
    }
    if (inGroup) ends.byHeading += 1;
    inGroup = false;
    seen.forEach((one, at) => {
      if (one.from === 'heading') values[at] = '';
    });
    for (const { position, text } of cells) set('heading', position, '', text);
    pending = true;
  }
  function line(row: Row): void {
    if (pending) groupRows += 1;
    pending = false;
    inGroup = true;
    if (seen.length === 0) return;
    given += 1;
    seen.forEach((one, at) => {
      if (values[at] !== undefined && values[at] !== '') one.rows += 1;
    });
    profiler.add(values, row.line);
  }
  /** The labels of another customer begin. */
  function renew(): void {
    values.fill('');
  }
  const endsInTotals = (): boolean =>
    ends.byTotal >= enoughTotals && ends.byHeading * 3 <= ends.byTotal;
  const finish = () => ({ seen, profiles: profiler.finish(), groupRows, given });
  return { labels, heading, total, line, renew, endsInTotals, finish };
}

/** Labels that stand above the table, as a report of one customer has them. */
function labelsAbove(titles: readonly Row[]): Label[] {
  const found: Label[] = [];
  for (const row of titles) {
    const filled = row.cells.map(cleanCell).filter((cell) => !isNullWord(cell));
    if (filled.length > 8) continue;
    const more = labelsOf(filled, found.length > 0);
    found.push(...more.filter(({ value }) => !all.test(value)));
  }
  return found;
}

/** What the analysis makes of the outline, once it knows which columns are the customer's. */
export type LayoutFinding = { layout: Layout; groupProfiles: readonly ColumnProfile[] };

export type LayoutScan = {
  /** Takes a row below the header and says whether it is a line, to be looked at by columns. */
  add(row: Row): boolean;
  /**
   * `customers` are the columns suggested for the customer, `document` that of the document number.
   */
  finish(o: {
    profiles: readonly ColumnProfile[];
    customers: readonly number[];
    currency: number | undefined;
    document: number | undefined;
  }): LayoutFinding;
};

/** Lines of which a group's value must be known before it is taken for the customer's. */
const enoughGiven = 0.5;

/**
 * Looks at how the rows of a table belong together. `titles` are the rows above its header. A table
 * without a header is read as lines only.
 */
export function layoutScan(names: readonly string[], titles: readonly Row[]): LayoutScan {
  const keys = keyColumns(names);
  const groups = groupScan(labelsAbove(titles));
  const sparse = sparseScan(names.length);
  const lines = linesScan(names);
  let afterCustomer = false;
  let lineCount = 0;

  function take(kind: Exclude<RowKind, { kind: 'line' }>): void {
    if (kind.kind === 'labels') groups.labels(kind.labels);
    if (kind.kind === 'heading') groups.heading(kind.cells);
    if (kind.kind === 'total') groups.total();
    sparse.between();
  }

  function add(row: Row): boolean {
    const kind = rowKind(row.cells, keys, afterCustomer);
    const isNew = kind.kind === 'labels' && !afterCustomer;
    if (isNew) groups.renew();
    afterCustomer = kind.kind === 'labels' || (afterCustomer && kind.kind !== 'line');
    if (kind.kind !== 'line') {
      take(kind);
      return false;
    }
    lineCount += 1;
    groups.line(row);
    sparse.line(row.cells);
    lines.add(row.cells);
    return true;
  }

  const finish: LayoutScan['finish'] = ({ profiles, customers, currency, document }) => {
    const width = names.length;
    const { seen, profiles: found, groupRows } = groups.finish();
    const filled = (position: number): boolean =>
      profiles[position] !== undefined && filledCount(profiles[position]) > 0;
    const usable = seen
      .map((one, at) => ({ ...one, at }))
      .filter((one) => one.rows >= lineCount * enoughGiven && lineCount > 0);
    const labelled = usable.filter(({ from }) => from !== 'heading');
    const headed = usable.filter(({ from }) => from === 'heading');
    const chosen = customers.some(filled) ? [] : labelled.length > 0 ? labelled : headed;
    let next = width;
    const columns = chosen.map(({ from, column, header, at }) => {
      const inTable = from === 'heading' && !filled(column);
      return { at, column: { position: inTable ? column : next++, from, column, header } };
    });
    const initial = new Map(labelsAbove(titles).map(({ field, value }) => [field, value]));
    const carried = sparse.finish(customers.filter(filled), currency);
    const layout: Layout = {
      width,
      groups: columns.map(({ column }) => ({
        ...column,
        above: column.from === 'heading' ? '' : (initial.get(column.from) ?? ''),
      })),
      groupRows: columns.length > 0 ? groupRows : 0,
      endsInTotals: groups.endsInTotals(),
      carried: carried.positions,
      carriedRows: carried.rows,
      lines: lines.finish(document),
      apart: lines.apart(),
    };
    const groupProfiles = columns.flatMap(({ at, column }) => {
      const profile = found[at];
      if (profile === undefined) return [];
      const header = names[column.position] ?? column.header;
      return [{ ...profile, position: column.position, header }];
    });
    return { layout, groupProfiles };
  };
  return { add, finish };
}
