import { isDay, isInstant } from './check.ts';

/**
 * A table on its way into a file: heads, then rows of typed cells that each format writes its own
 * way.
 */
export type Cell =
  /** Text stays text: an id keeps its leading zeros. */
  | string
  /** A plain decimal text such as `-1234.50` and how many digits stand after its point. */
  | { number: string; digits: number }
  /** `YYYY-MM-DD`; anything else is written as the text it is. */
  | { day: string }
  /** An ISO instant, shown in the sheet's zone to the minute. */
  | { instant: string };

/** The head of a column; the width in characters of Latin letters. */
export type Head = { title: string; width: number };

export type Sheet = {
  name: string;
  heads: readonly Head[];
  rows: AsyncIterable<readonly Cell[]>;
  /** Instants are shown as clocks there show them. */
  zone: string;
};

/** `2026-11-22 09:05` in a zone; empty for what is no instant. */
export function localMinute(instant: string, zone: string): string {
  if (!isInstant(instant)) return '';
  const there = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime();
  return there.toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

/** What a cell says where there are only texts. */
export function cellWords(cell: Cell, zone: string): string {
  if (typeof cell === 'string') return cell;
  if ('number' in cell) return cell.number;
  if ('day' in cell) return isDay(cell.day) ? cell.day : '';
  return localMinute(cell.instant, zone);
}

/**
 * A text that a spreadsheet program would run as a formula is made text by an apostrophe in front
 * (OWASP, CSV injection); negative numbers stay what they are.
 */
export function guarded(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvLine(cells: readonly Cell[], zone: string): string {
  const texts = cells.map((cell) => quoted(guarded(cellWords(cell, zone))));
  return `${texts.join(',')}\r\n`;
}

/** Text is handed on in pieces of about this many characters. */
const pieceChars = 64 * 1024;

/**
 * RFC 4180 with a byte-order mark, without which Excel reads Chinese UTF-8 as something else; row
 * by row, so that a file of any length needs the memory of one piece.
 */
export async function* csvBytes(sheet: Sheet): AsyncGenerator<Uint8Array> {
  const heads = sheet.heads.map(({ title }) => title);
  let piece = `\uFEFF${csvLine(heads, sheet.zone)}`;
  for await (const row of sheet.rows) {
    piece += csvLine(row, sheet.zone);
    if (piece.length < pieceChars) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  if (piece !== '') yield Buffer.from(piece);
}
