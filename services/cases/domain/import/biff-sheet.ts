import { biff, cursor, plainString, substream } from './biff-record.ts';
import type { Biff, BiffRecord } from './biff-record.ts';
import { isBlank } from './csv.ts';
import type { Row } from './csv.ts';
import { damagedWorkbook } from './file-fault.ts';
import type { SheetContext } from './sheet.ts';
import { styledNumber } from './workbook.ts';

type Cell = { row: number; column: number; text: string };

/** Texts of errors by their codes ([MS-XLS] 2.5.10). */
const errors: ReadonlyMap<number, string> = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
]);

function truth(value: number): string {
  return value === 0 ? 'FALSE' : 'TRUE';
}

/**
 * An RkNumber ([MS-XLS] 2.5.218): 30 bits of an integer or of a double's upper half, and two bits
 * that say which, and whether it is a hundredfold.
 */
const scratch = new DataView(new ArrayBuffer(8));
function rkNumber(rk: number): number {
  if ((rk & 2) === 0) scratch.setUint32(0, (rk & ~3) >>> 0);
  const value = (rk & 2) === 0 ? scratch.getFloat64(0) : rk >> 2;
  return (rk & 1) === 0 ? value : value / 100;
}

/** How long the data of a cell's record is at least; a shorter one is damaged. */
const shortest: ReadonlyMap<number, number> = new Map([
  [biff.LABELSST, 10],
  [biff.NUMBER, 14],
  [biff.RK, 10],
  [biff.MULRK, 6],
  [biff.FORMULA, 14],
  [biff.BOOLERR, 8],
  [biff.LABEL, 8],
  [biff.RSTRING, 8],
]);

/** Reads the cells of a sheet in the order of its records. */
function cellReader(stream: Biff, context: SheetContext) {
  const { view } = stream;
  const u16 = (at: number): number => view.getUint16(at, true);
  /** The cell of a formula whose text stands in the STRING record behind it. */
  let waiting: { row: number; column: number } | undefined;

  function number(value: number, style: number): string {
    const text = String(value);
    return styledNumber(text, context.styles[style] ?? 'number', context.date1904);
  }

  /** What a formula came to ([MS-XLS] 2.5.133); a text follows in a record of its own. */
  function result(at: number, style: number): string | undefined {
    if (u16(at + 6) !== 0xffff) return number(view.getFloat64(at, true), style);
    const kind = view.getUint8(at);
    if (kind === 0) return undefined;
    if (kind === 1) return truth(view.getUint8(at + 2));
    return kind === 2 ? (errors.get(view.getUint8(at + 2)) ?? '') : '';
  }

  function several({ at, end }: BiffRecord, row: number, first: number): Cell[] {
    const cells: Cell[] = [];
    for (let from = at + 4, column = first; from + 6 <= end - 2; from += 6, column += 1) {
      const text = number(rkNumber(view.getInt32(from + 2, true)), u16(from));
      cells.push({ row, column, text });
    }
    return cells;
  }

  function textOf(record: BiffRecord, style: number): string | undefined {
    const { id, at } = record;
    if (id === biff.LABELSST) return context.strings[view.getUint32(at + 6, true)] ?? '';
    if (id === biff.NUMBER) return number(view.getFloat64(at + 6, true), style);
    if (id === biff.RK) return number(rkNumber(view.getInt32(at + 6, true)), style);
    if (id === biff.FORMULA) return result(at + 6, style);
    if (id === biff.BOOLERR) {
      const value = view.getUint8(at + 6);
      return view.getUint8(at + 7) === 0 ? truth(value) : (errors.get(value) ?? '');
    }
    return plainString(cursor(stream, { ...record, at: at + 6 }));
  }

  return (record: BiffRecord): Cell[] => {
    const { id, at, end } = record;
    if (id === biff.STRING && waiting !== undefined) {
      const cell = { ...waiting, text: plainString(cursor(stream, record)) };
      waiting = undefined;
      return [cell];
    }
    const least = shortest.get(id);
    if (least === undefined) return [];
    if (end - at < least) throw damagedWorkbook('a cell cut short');
    const [row, column] = [u16(at), u16(at + 2)];
    if (id === biff.MULRK) return several(record, row, column);
    const text = textOf(record, u16(at + 4));
    waiting = text === undefined ? { row, column } : undefined;
    return text === undefined ? [] : [{ row, column, text }];
  };
}

/** Whether the cells stand row by row, as Excel writes them; other writers need not. */
function isInOrder(stream: Biff, from: number): boolean {
  let last = 0;
  for (const { id, at, end } of substream(stream, from)) {
    if (!shortest.has(id) || end - at < 2) continue;
    const row = stream.view.getUint16(at, true);
    if (row < last) return false;
    last = row;
  }
  return true;
}

function put(cells: string[], { column, text }: Cell): void {
  if (text === '') return;
  while (cells.length < column) cells.push('');
  cells[column] = text;
}

/**
 * The rows of a sheet of Excel 97 to 2003 ([MS-XLS] 2.1.7.20.6), blank ones left out. `passed` is
 * told the offset of what is being read.
 */
export function* biffRows(
  stream: Biff,
  from: number,
  context: SheetContext,
  passed: (offset: number) => void = () => undefined,
): Generator<Row> {
  const read = cellReader(stream, context);
  const isStream = isInOrder(stream, from);
  const rows = new Map<number, string[]>();
  function taken(): Row[] {
    const ready = [...rows]
      .toSorted(([a], [b]) => a - b)
      .map(([index, cells]): Row => ({ line: index + 1, cells }));
    rows.clear();
    return ready.filter(({ cells }) => !isBlank(cells));
  }
  for (const record of substream(stream, from)) {
    for (const cell of read(record)) {
      if (!rows.has(cell.row)) {
        if (isStream) yield* taken();
        rows.set(cell.row, []);
        passed(record.at);
      }
      put(rows.get(cell.row) ?? [], cell);
    }
  }
  yield* taken();
}
