import { damagedWorkbook, truncatedWorkbook } from './file-fault.ts';

/** A workbook stream of Excel 97 to 2003 ([MS-XLS]), and a record in it: its data's bounds. */
export type Biff = { bytes: Uint8Array; view: DataView };
export type BiffRecord = { id: number; at: number; end: number };

/** Records by their numbers ([MS-XLS] 2.3.2). */
export const biff = {
  FORMULA: 0x0006,
  EOF: 0x000a,
  DATE1904: 0x0022,
  FILEPASS: 0x002f,
  CONTINUE: 0x003c,
  BOUNDSHEET: 0x0085,
  MULRK: 0x00bd,
  RSTRING: 0x00d6,
  XF: 0x00e0,
  SST: 0x00fc,
  LABELSST: 0x00fd,
  NUMBER: 0x0203,
  LABEL: 0x0204,
  BOOLERR: 0x0205,
  STRING: 0x0207,
  RK: 0x027e,
  FORMAT: 0x041e,
  BOF: 0x0809,
} as const;

export function biffStream(bytes: Uint8Array): Biff {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** The record whose header is at an offset; undefined at the end of the stream. */
export function recordAt({ view }: Biff, at: number): BiffRecord | undefined {
  if (at + 4 > view.byteLength) return undefined;
  const record = { id: view.getUint16(at, true), at: at + 4, end: at + 4 };
  record.end += view.getUint16(at + 2, true);
  if (record.end > view.byteLength) throw truncatedWorkbook('a record cut short');
  return record;
}

/**
 * The records of the substream that begins at an offset ([MS-XLS] 2.1.4), from its BOF to its EOF;
 * those of charts within it are passed over.
 */
export function* substream(stream: Biff, from: number): Generator<BiffRecord> {
  let depth = 0;
  for (let at = from; ;) {
    const record = recordAt(stream, at);
    if (record === undefined) throw truncatedWorkbook('a sheet without an end');
    at = record.end;
    if (record.id === biff.BOF) depth += 1;
    if (depth === 0) throw damagedWorkbook('a sheet without a beginning');
    if (depth === 1) yield record;
    if (record.id === biff.EOF) depth -= 1;
    if (depth === 0) return;
  }
}

/** Reads what a record and the CONTINUE records behind it hold, in order. */
export type BiffCursor = {
  u8(): number;
  u16(): number;
  u32(): number;
  skip(bytes: number): void;
  /** Characters: two bytes each when `wide`, else the low byte of each. */
  text(count: number, wide: boolean): string;
  done(): boolean;
};

/**
 * A cursor over a record. Where CONTINUE breaks a text, a byte there says anew how wide its
 * characters are ([MS-XLS] 2.5.293); nothing else has such a byte.
 */
export function cursor(stream: Biff, record: BiffRecord): BiffCursor {
  const { view } = stream;
  let { at, end } = record;

  function more(): boolean {
    const next = at >= end ? recordAt(stream, end) : undefined;
    if (next?.id !== biff.CONTINUE) return at < end;
    ({ at, end } = next);
    return at < end || more();
  }
  function u8(): number {
    if (at >= end && !more()) throw damagedWorkbook('a record that ends too early');
    const byte = view.getUint8(at);
    at += 1;
    return byte;
  }
  const u16 = (): number => u8() + u8() * 256;
  const u32 = (): number => u16() + u16() * 65_536;
  function skip(bytes: number): void {
    for (let left = bytes; left > 0;) {
      if (at >= end && !more()) throw damagedWorkbook('a record that ends too early');
      const step = Math.min(left, end - at);
      at += step;
      left -= step;
    }
  }
  function text(count: number, wide: boolean): string {
    let isWide = wide;
    let out = '';
    for (let left = count; left > 0; left -= 1) {
      if (at >= end) isWide = (u8() & 1) === 1;
      out += String.fromCharCode(isWide ? u16() : u8());
    }
    return out;
  }
  return { u8, u16, u32, skip, text, done: () => !more() };
}

/** An XLUnicodeString ([MS-XLS] 2.5.294): count of characters, their width, the characters. */
export function plainString(from: BiffCursor): string {
  const count = from.u16();
  return count === 0 && from.done() ? '' : from.text(count, (from.u8() & 1) === 1);
}

/** A ShortXLUnicodeString ([MS-XLS] 2.5.240), whose count is one byte. */
export function shortString(from: BiffCursor): string {
  const count = from.u8();
  return from.text(count, (from.u8() & 1) === 1);
}

/**
 * An XLUnicodeRichExtendedString ([MS-XLS] 2.5.293); its runs of fonts and its phonetic text are
 * passed over.
 */
export function richString(from: BiffCursor): string {
  const count = from.u16();
  const flags = from.u8();
  const runs = (flags & 8) === 0 ? 0 : from.u16();
  const extra = (flags & 4) === 0 ? 0 : from.u32();
  const text = from.text(count, (flags & 1) === 1);
  from.skip(runs * 4 + extra);
  return text;
}
