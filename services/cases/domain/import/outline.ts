import { cleanCell, isNullWord } from './cell.ts';
import type { Row, WholeRow } from './csv.ts';
import { finding } from './finding.ts';
import type { Finding } from './finding.ts';
import type { GroupColumn, Layout } from './layout.ts';
import type { RowPlan } from './reading.ts';
import { rowKind } from './row-kind.ts';
import type { HeadingCell, KeyColumns } from './row-kind.ts';
import type { Label } from './row-words.ts';
import { saysTotalOf } from './row-words.ts';

/** A row with its blanks filled from above, or what is told of one that is no line of its own. */
export type Outlined = { row: WholeRow; left: Finding | undefined };

function isBlank(cell: string | undefined): boolean {
  return cell === undefined || cell === '' || isNullWord(cleanCell(cell));
}

/** The group columns' values as the rows so far have set them, by position. */
type Current = Map<number, string>;

function byLabels(groups: readonly GroupColumn[], labels: readonly Label[], now: Current): boolean {
  let isOurs = false;
  for (const { field, value } of labels) {
    const group = groups.find((one) => one.from === field);
    if (group === undefined) continue;
    isOurs = true;
    now.set(group.position, value);
  }
  return isOurs;
}

function byHeading(
  groups: readonly GroupColumn[],
  cells: readonly HeadingCell[],
  now: Current,
): boolean {
  const ours = groups.filter((group) => group.from === 'heading');
  const found = ours.flatMap((group) => {
    const cell = cells.find(({ position }) => position === group.column);
    return cell === undefined ? [] : [{ group, text: cell.text }];
  });
  // A heading of another kind (a region above customers) ends the group, so that no line below it
  // goes to the customer of before.
  for (const group of ours) now.set(group.position, '');
  for (const { group, text } of found) now.set(group.position, text);
  return found.length > 0;
}

/** Completes the cells of a line with the group's values; those that it has itself stay. */
function completed(row: Row, layout: Layout, now: Current): WholeRow {
  const { width, groups } = layout;
  const cells = row.cells.slice(0, width);
  const most = groups.reduce((last, group) => Math.max(last, group.position), width - 1);
  while (cells.length <= most) cells.push('');
  for (const { position } of groups) {
    if (isBlank(cells[position])) cells[position] = now.get(position) ?? '';
  }
  const beside = row.cells.slice(width);
  return beside.length === 0 ? { line: row.line, cells } : { line: row.line, cells, beside };
}

/** Copies down the customer's cells where a row has none of them. */
function carrier(positions: readonly number[]) {
  let last: readonly string[] | undefined;
  function carry(row: Row): Row {
    if (positions.some((position) => !isBlank(row.cells[position]))) {
      last = positions.map((position) => row.cells[position] ?? '');
      return row;
    }
    if (last === undefined) return row;
    const cells = [...row.cells];
    positions.forEach((position, at) => {
      while (cells.length <= position) cells.push('');
      cells[position] = last?.[at] ?? '';
    });
    return { line: row.line, cells };
  }
  const forget = (): void => {
    last = undefined;
  };
  return { carry, forget };
}

function told(row: Row): string {
  return row.cells
    .map(cleanCell)
    .filter((cell) => !isNullWord(cell))
    .join(' ')
    .slice(0, 80);
}

/**
 * Makes the reader of a report's outline, as the analysis found it and a person has seen it: rows
 * that name a customer are taken as headings of the lines below; a customer written once is carried
 * down to the rows that have none, until a total ends it. A table without either passes as it is.
 */
export function outline(plan: RowPlan): (row: Row) => Outlined {
  const { layout, fields } = plan;
  if (layout === undefined || layout.groups.length + layout.carried.length === 0) {
    return (row) => ({ row, left: undefined });
  }
  const { groups } = layout;
  const now: Current = new Map(groups.map((group) => [group.position, group.above]));
  const keys = keysOf(plan, layout);
  const { carry, forget } = carrier(layout.carried);
  let afterCustomer = false;
  let inGroup = false;

  function isTotalOfGroup(row: Row): boolean {
    const names = [...now.values()].filter((name) => name !== '');
    return row.cells.some((cell) => names.some((name) => saysTotalOf(cleanCell(cell), name)));
  }

  function group(row: Row): Outlined | undefined {
    const kind = rowKind(row.cells, keys, afterCustomer);
    const isNew = kind.kind === 'labels' && !afterCustomer;
    afterCustomer = kind.kind === 'labels' || (afterCustomer && kind.kind !== 'line');
    const isAmong = inGroup;
    inGroup = kind.kind === 'line';
    if (kind.kind === 'line') return undefined;
    // The labels of another customer begin: what was said of the one before is over.
    if (isNew) for (const { position } of groups) now.set(position, '');
    const column = plan.names[groups[0]?.position ?? -1] ?? '';
    if (kind.kind === 'total' || isTotalOfGroup(row)) {
      forget();
      return { row, left: finding('total_line', row.line, '', told(row)) };
    }
    if (groups.length === 0) {
      // Whatever stands between the lines, what is below it is not surely the same customer's.
      forget();
      return undefined;
    }
    if (kind.kind === 'note') {
      inGroup = isAmong;
      return { row, left: finding('note_line', row.line, '', told(row)) };
    }
    if (kind.kind === 'heading' && isAmong && layout?.endsInTotals === true) {
      for (const { position } of groups) now.set(position, '');
      return { row, left: finding('heading_unclear', row.line, column, told(row)) };
    }
    const isOurs =
      kind.kind === 'labels'
        ? byLabels(groups, kind.labels, now)
        : byHeading(groups, kind.cells, now);
    const rule = isOurs ? 'group_row' : 'note_line';
    return { row, left: finding(rule, row.line, isOurs ? column : '', told(row)) };
  }

  return (row) => {
    const left = group(row);
    if (left !== undefined) return left;
    if (groups.length > 0) return { row: completed(row, layout, now), left: undefined };
    const isLine =
      fields.DOCUMENT_NUMBER !== undefined && !isBlank(row.cells[fields.DOCUMENT_NUMBER]);
    return { row: isLine ? carry(row) : row, left: undefined };
  };
}

/** The key columns as they are mapped. */
function keysOf({ fields }: RowPlan, { width, groups }: Layout): KeyColumns {
  const physical = (list: readonly (number | undefined)[]): number[] =>
    list.flatMap((position) => (position === undefined || position >= width ? [] : [position]));
  const { DOCUMENT_NUMBER, DOCUMENT_DATE, DUE_DATE } = fields;
  const { CUSTOMER_NUMBER, CUSTOMER_NAME, CREDIT_CODE } = fields;
  const columns = groups.filter((group) => group.from === 'heading').map((group) => group.column);
  return {
    width,
    documents: physical([DOCUMENT_NUMBER, DOCUMENT_DATE, DUE_DATE]),
    customers: physical([CUSTOMER_NUMBER, CUSTOMER_NAME, CREDIT_CODE, ...columns]).filter(
      (position) => position !== DOCUMENT_NUMBER,
    ),
  };
}
