import type { Column } from './column';
import { csvLine } from './csv';
import { decimalText, formatInstant } from './format';

/** What stands in a CSV for a value; numbers and days as a spreadsheet reads them. */
function cellsOf<Row>(column: Column<Row>, row: Row): string[] {
  switch (column.kind) {
    case 'money': {
      const amount = column.value(row);
      return amount === undefined ? ['', ''] : [decimalText(amount), amount.currency];
    }
    case 'count':
      return [column.value(row)?.toString() ?? ''];
    case 'bps': {
      const bps = column.value(row);
      return [bps === undefined ? '' : `${bps / 100}%`];
    }
    case 'instant':
    case 'relative-instant': {
      const instant = column.value(row) ?? '';
      return [instant === '' ? '' : formatInstant(instant)];
    }
    case 'own':
      return [column.text?.(row) ?? ''];
    default:
      return [column.value(row) ?? ''];
  }
}

/** The columns that say something in a file: a page's own drawing needs its text. */
export function exported<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  return columns.filter((column) => column.kind !== 'own' || column.text !== undefined);
}

/**
 * The head of an export. Money takes two columns, amount and currency, since the pages that follow
 * may bring other currencies.
 */
export function csvHead<Row>(columns: readonly Column<Row>[], currency: string): string {
  const heads = columns.flatMap((column) => [
    column.title(),
    ...(column.kind === 'money' ? [`${column.title()} ${currency}`] : []),
    ...(column.noteTitle === undefined ? [] : [column.noteTitle()]),
  ]);
  return csvLine(heads);
}

export function csvRow<Row>(columns: readonly Column<Row>[], row: Row): string {
  const cells = columns.flatMap((column) => [
    ...cellsOf(column, row),
    ...(column.noteTitle === undefined ? [] : [column.note?.(row) ?? '']),
  ]);
  return csvLine(cells);
}
