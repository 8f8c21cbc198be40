import { storedWidths } from './column-widths';
import type { ColumnWidths } from './column-widths';
import {
  formatBps,
  formatCount,
  formatDay,
  formatInstant,
  formatMoney,
  formatRelativeDay,
  formatRelativeInstant,
  nothing,
} from './format';
import type { MoneyValue } from './format';

type Common<Row> = {
  /** Stable name: kept in preferences, and what `<ng-template rcCell="…">` refers to. */
  id: string;
  /** Head of the column in the language now. */
  title: () => string;
  /** The contract's sort field; a column without one cannot be sorted by. */
  sort?: string;
  /** Off until a person turns it on. */
  hidden?: boolean;
  /** Cannot be turned off. */
  fixed?: boolean;
  /** A number in words, such as `12.5 天`: it stands at the end of the line as numbers do. */
  isFigure?: true;
  /** CSS width, such as `12ch`; by content when absent. */
  width?: string;
  /** Where it stands on a phone's card; `line` (name and value) when absent. */
  card?: 'title' | 'figure' | 'chip' | 'line' | 'none';
  /** A second, quieter line below the value. */
  note?: (row: Row) => string | undefined;
  /** Head of the note in an export; a note without one is not exported. */
  noteTitle?: () => string;
};

/** A column: its name, its value, where it stands. The value's kind says how it reads. */
export type Column<Row> = Common<Row> &
  (
    | { kind?: 'text'; value: (row: Row) => string | undefined }
    | { kind: 'money'; value: (row: Row) => MoneyValue | undefined }
    | { kind: 'count'; value: (row: Row) => number | bigint | undefined }
    | { kind: 'bps'; value: (row: Row) => number | undefined }
    | {
        kind: 'day' | 'relative-day' | 'instant' | 'relative-instant';
        value: (row: Row) => string | undefined;
      }
    /** Drawn by the page's own `<ng-template rcCell="id">`; without `text` it is not exported. */
    | { kind: 'own'; text?: (row: Row) => string | undefined }
  );

const ending: ReadonlySet<string> = new Set(['money', 'count', 'bps']);

/** Whether a column's values are numbers, which stand at the end of the line. */
export function isNumeric<Row>(column: Column<Row>): boolean {
  return column.isFigure === true || ending.has(column.kind ?? 'text');
}

/** The one currency of a money column's values on this page; undefined when they differ. */
export function oneCurrency<Row>(column: Column<Row>, rows: readonly Row[]): string | undefined {
  if (column.kind !== 'money') return undefined;
  const currencies = new Set(
    rows.map((row) => column.value(row)?.currency).filter((code) => code !== undefined),
  );
  return currencies.size === 1 ? [...currencies][0] : undefined;
}

/** A cell's text; `bare` leaves the currency out because the head names it. */
export function cellText<Row>(column: Column<Row>, row: Row, bare: boolean): string {
  switch (column.kind) {
    case 'money':
      return formatMoney(column.value(row), bare);
    case 'count':
      return formatCount(column.value(row));
    case 'bps':
      return formatBps(column.value(row));
    case 'day':
      return formatDay(column.value(row));
    case 'relative-day':
      return formatRelativeDay(column.value(row));
    case 'instant':
      return formatInstant(column.value(row));
    case 'relative-instant':
      return formatRelativeInstant(column.value(row));
    case 'own':
      return '';
    default:
      return column.value(row) ?? '';
  }
}

/**
 * Whether a row has something to say in a column: a card leaves out the name of what it has not. A
 * drawing without words, such as a button, is not known from here.
 */
export function hasValue<Row>(column: Column<Row>, row: Row): boolean {
  if (column.kind === 'own' && column.text === undefined) return true;
  const text = column.kind === 'own' ? column.text?.(row) : cellText(column, row, true);
  return Boolean(column.note?.(row)) || !['', nothing].includes(text?.trim() ?? '');
}

/** What a person chose of a table's columns: the order, which are shown, how wide they are. */
export type ColumnChoice = {
  order: readonly string[];
  shown: readonly string[];
  /** Pixels by column; absent while the content decides. */
  widths?: ColumnWidths;
};

const storageKey = (table: string): string => `recourse.columns.${table}`;

function texts(from: object, name: string): string[] {
  const list: unknown = Reflect.get(from, name);
  return Array.isArray(list) ? list.map(String) : [];
}

/** The choice kept in this browser; undefined when there is none or it is unreadable. */
export function storedChoice(table: string): ColumnChoice | undefined {
  try {
    const json: unknown = JSON.parse(localStorage.getItem(storageKey(table)) ?? 'null');
    if (typeof json !== 'object' || json === null) return undefined;
    const widths = storedWidths(Reflect.get(json, 'widths'));
    return {
      order: texts(json, 'order'),
      shown: texts(json, 'shown'),
      ...(widths === undefined ? {} : { widths }),
    };
  } catch {
    return undefined;
  }
}

export function storeChoice(table: string, choice: ColumnChoice | undefined): void {
  if (choice === undefined) localStorage.removeItem(storageKey(table));
  else localStorage.setItem(storageKey(table), JSON.stringify(choice));
}

/**
 * Columns in the chosen order. A column the choice does not know (made later) keeps its place after
 * the one it follows and its own `hidden`; one that is gone is left out.
 */
export function arrange<Row>(
  columns: readonly Column<Row>[],
  choice: ColumnChoice | undefined,
): { column: Column<Row>; isShown: boolean }[] {
  if (choice === undefined) {
    return columns.map((column) => ({ column, isShown: column.hidden !== true }));
  }
  const order = choice.order.filter((id) => columns.some((column) => column.id === id));
  columns.forEach((column, index) => {
    if (order.includes(column.id)) return;
    const before = columns[index - 1]?.id;
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, column.id);
  });
  return order.flatMap((id) => {
    const column = columns.find((one) => one.id === id);
    if (column === undefined) return [];
    const known = choice.order.includes(id);
    const isShown =
      column.fixed === true || (known ? choice.shown.includes(id) : column.hidden !== true);
    return [{ column, isShown }];
  });
}
