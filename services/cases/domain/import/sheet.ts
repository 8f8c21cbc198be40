import { Fault } from '@recourse/kit/fault.ts';
import { isBlank } from './csv.ts';
import type { Row } from './csv.ts';
import { styledNumber } from './workbook.ts';
import type { NumberStyle } from './workbook.ts';
import { attribute, plainText, xmlReader } from './xml.ts';

/** What the cells of a sheet refer to. */
export type SheetContext = {
  strings: readonly string[];
  styles: readonly NumberStyle[];
  date1904: boolean;
};

/**
 * Takes the XML of a sheet in order and gives the rows that are complete; blank rows are left out.
 */
export type SheetReader = { feed(xml: string): Row[]; finish(): Row[] };

/** Columns that a table of receivables can have; the contract maps no more. */
export const mostColumns = 500;

export function tooManyColumns(found: number): Fault {
  const repair = 'Export the columns of receivables only.';
  return new Fault(
    'invalid',
    'too_many_columns',
    { found, expected: mostColumns, repair },
    {
      violations: [{ field: 'file', rule: 'too_many_columns', repair }],
    },
  );
}

/** Column of a cell reference, from 0: `A1` is 0, `AB7` is 27; −1 when there is none. */
function columnOf(reference: string): number {
  let column = 0;
  for (let index = 0; index < reference.length; index += 1) {
    const code = reference.charCodeAt(index);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
    if (column > 100_000) break;
  }
  return column - 1;
}

type Cell = { column: number; type: string; style: number; value: string; inline: string };

function cellText(cell: Cell, context: SheetContext): string {
  switch (cell.type) {
    case 's':
      return context.strings[Number(cell.value)] ?? '';
    case 'inlineStr':
      return plainText(cell.inline);
    case 'b':
      return cell.value === '1' ? 'TRUE' : cell.value === '' ? '' : 'FALSE';
    case '':
    case 'n':
      if (cell.value === '') return '';
      return styledNumber(cell.value, context.styles[cell.style] ?? 'number', context.date1904);
    default:
      // Text of formulas (`str`), ISO dates (`d`) and errors (`e`) are as they stand.
      return plainText(cell.value);
  }
}

/**
 * Reads the rows of a worksheet (ECMA-376 part 1, 18.3.1) without holding more than one of them.
 */
export function sheetReader(context: SheetContext): SheetReader {
  let rows: Row[] = [];
  let line = 0;
  let cells: string[] = [];
  let cell: Cell | undefined;
  let within: 'value' | 'inline' | undefined;
  let phonetic = 0;

  function open(name: string, attributes: string): void {
    if (name === 'v') within = 'value';
    else if (name === 't') within = phonetic === 0 ? 'inline' : undefined;
    else if (name === 'c') {
      const at = columnOf(attribute(attributes, 'r'));
      cell = {
        column: at < 0 ? cells.length : at,
        type: attribute(attributes, 't'),
        style: Number(attribute(attributes, 's') || '0'),
        value: '',
        inline: '',
      };
    } else if (name === 'row') {
      const stated = Number(attribute(attributes, 'r') || '0');
      line = stated > 0 ? stated : line + 1;
      cells = [];
    } else if (name === 'rPh') phonetic += 1;
  }

  function close(name: string): void {
    if (name === 'v' || name === 't') within = undefined;
    else if (name === 'rPh') phonetic -= 1;
    else if (name === 'c' && cell !== undefined) {
      const text = cellText(cell, context);
      if (text !== '') {
        if (cell.column >= mostColumns) throw tooManyColumns(cell.column + 1);
        while (cells.length < cell.column) cells.push('');
        cells[cell.column] = text;
      }
      cell = undefined;
    } else if (name === 'row' && !isBlank(cells)) rows.push({ line, cells });
  }

  function text(raw: string): void {
    if (cell === undefined || within === undefined) return;
    if (within === 'value') cell.value += raw;
    else cell.inline += raw;
  }

  const reader = xmlReader({ open, close, text });
  function taken(): Row[] {
    const ready = rows;
    rows = [];
    return ready;
  }
  return {
    feed: (xml) => {
      reader.feed(xml);
      return taken();
    },
    finish: () => {
      reader.finish();
      return taken();
    },
  };
}
