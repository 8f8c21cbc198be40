import { Fault } from './fault.ts';
import { cyrillicByte, cyrillicOf, noCyrillic } from './cyrillic.ts';
import type { Cyrillic } from './cyrillic.ts';
import { eucJpByte, isEucJp, noEucJp } from './euc-jp.ts';
import type { EucJp } from './euc-jp.ts';
import { hangulPair, isKorean, noHangul } from './korean.ts';
import type { Hangul } from './korean.ts';
import { isShiftJis, noShiftJis, shiftJisByte } from './shift-jis.ts';
import type { ShiftJis } from './shift-jis.ts';

/** Encodings that are found by themselves; the names are those of the WHATWG Encoding Standard. */
export type Encoding =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'gb18030'
  | 'big5'
  | 'shift_jis'
  | 'euc-jp'
  | 'euc-kr'
  | 'windows-1251'
  | 'koi8-r'
  | 'windows-1252';

/**
 * The verdict on a whole file. `certain` is false where Western text was told by likelihood only.
 */
export type EncodingFinding = { encoding: Encoding; byteOrderMark: boolean; certain: boolean };

/** Takes the bytes of a file in order, then says what they are. */
export type EncodingScan = { feed(chunk: Uint8Array): void; finish(): EncodingFinding };

type Automaton = { need: number; low: number; high: number; start: number };

/** What has been seen so far. Offsets are bytes from the start of the file. */
type Seen = {
  size: number;
  head: number[];
  nulEven: number;
  nulOdd: number;
  utf8: Automaton & { sequences: number; errors: number; firstError: number };
  gb: { state: number; lead: number; start: number; errors: number; firstError: number };
  pairsChinese: number;
  pairsWithAscii: number;
  big5: { lead: number; pairs: number; common: number; errors: number };
  shiftJis: ShiftJis;
  eucJp: EucJp;
  hangul: Hangul;
  cyrillic: Cyrillic;
  high: number;
  /** High bytes without another beside them, and those of them beside an ASCII letter. */
  alone: number;
  highAlone: number;
  /** High bytes with an ASCII letter before or behind, others high between them or not. */
  besideLetter: number;
  letterBefore: boolean;
  neverWestern: number;
};

function nothingSeen(): Seen {
  return {
    size: 0,
    head: [],
    nulEven: 0,
    nulOdd: 0,
    utf8: { need: 0, low: 0x80, high: 0xbf, start: 0, sequences: 0, errors: 0, firstError: -1 },
    gb: { state: 0, lead: 0, start: 0, errors: 0, firstError: -1 },
    pairsChinese: 0,
    pairsWithAscii: 0,
    big5: { lead: 0, pairs: 0, common: 0, errors: 0 },
    shiftJis: noShiftJis(),
    eucJp: noEucJp(),
    hangul: noHangul(),
    cyrillic: noCyrillic(),
    high: 0,
    alone: 0,
    highAlone: 0,
    besideLetter: 0,
    letterBefore: false,
    neverWestern: 0,
  };
}

/** First byte of a UTF-8 sequence (Unicode 16 table 3-7); false when no sequence starts so. */
function utf8Start(a: Automaton, byte: number, offset: number): boolean {
  a.start = offset;
  a.low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
  a.high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
  a.need =
    byte >= 0xc2 && byte <= 0xdf
      ? 1
      : byte >= 0xe0 && byte <= 0xef
        ? 2
        : byte >= 0xf0 && byte <= 0xf4
          ? 3
          : 0;
  return a.need > 0;
}

function utf8Error(seen: Seen): void {
  seen.utf8.errors += 1;
  if (seen.utf8.firstError < 0) seen.utf8.firstError = seen.utf8.start;
  seen.utf8.need = 0;
}

function utf8Byte(seen: Seen, byte: number, offset: number): void {
  const a = seen.utf8;
  if (a.need > 0) {
    if (byte >= a.low && byte <= a.high) {
      a.low = 0x80;
      a.high = 0xbf;
      a.need -= 1;
      if (a.need === 0) a.sequences += 1;
      return;
    }
    utf8Error(seen);
  }
  if (byte >= 0x80 && !utf8Start(a, byte, offset)) utf8Error(seen);
}

function gbError(seen: Seen): void {
  seen.gb.errors += 1;
  if (seen.gb.firstError < 0) seen.gb.firstError = seen.gb.start;
  seen.gb.state = 0;
}

/**
 * A finished two-byte code: GB 2312 has both bytes high, which nearly all Chinese business text
 * has.
 */
function gbPair(seen: Seen, trail: number): void {
  hangulPair(seen.hangul, seen.gb.lead, trail);
  if (seen.gb.lead <= 0xf7 && trail >= 0xa1) seen.pairsChinese += 1;
  else if (trail < 0x80) seen.pairsWithAscii += 1;
}

/** One byte of GB 18030-2022: one, two or four bytes a character. */
function gbByte(seen: Seen, byte: number, offset: number): void {
  const gb = seen.gb;
  if (gb.state === 0) {
    if (byte < 0x80) return;
    gb.start = offset;
    gb.lead = byte;
    if (byte === 0x80 || byte === 0xff) gbError(seen);
    else gb.state = 1;
    return;
  }
  const digit = byte >= 0x30 && byte <= 0x39;
  if (gb.state === 1 && digit) gb.state = 2;
  else if (gb.state === 1 && byte >= 0x40 && byte !== 0x7f && byte !== 0xff) {
    gbPair(seen, byte);
    gb.state = 0;
  } else if (gb.state === 2 && byte >= 0x81 && byte <= 0xfe) gb.state = 3;
  else if (gb.state === 3 && digit) gb.state = 0;
  else gbError(seen);
}

/** One byte of Big5; leads A4 to C6 have its 5,401 common characters. */
function big5Byte(seen: Seen, byte: number): void {
  const { big5 } = seen;
  if (big5.lead === 0) {
    if (byte < 0x80) return;
    if (byte < 0xa1 || byte > 0xf9) big5.errors += 1;
    else big5.lead = byte;
    return;
  }
  const trail = (byte >= 0x40 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xfe);
  if (!trail) big5.errors += 1;
  else {
    big5.pairs += 1;
    if (big5.lead >= 0xa4 && big5.lead <= 0xc6) big5.common += 1;
  }
  big5.lead = 0;
}

/** Bytes that Western text does not have: undefined in windows-1252, or y with diaeresis. */
const notWestern = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d, 0xff]);

function isAsciiLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** Whether the file is UTF-16, by its order mark or, without one, by where its zero bytes are. */
function utf16(seen: Seen): EncodingFinding | undefined {
  const [first, second] = seen.head;
  if (first === 0xff && second === 0xfe) {
    return { encoding: 'utf-16le', byteOrderMark: true, certain: true };
  }
  if (first === 0xfe && second === 0xff) {
    return { encoding: 'utf-16be', byteOrderMark: true, certain: true };
  }
  const zeros = seen.nulEven + seen.nulOdd;
  if (zeros === 0 || zeros < seen.size / 20) return undefined;
  // 一 is 4E00 and the ideographic blank 3000: a few zeros stand on the other side, too.
  const few = zeros / 10;
  if (seen.nulEven <= few) return { encoding: 'utf-16le', byteOrderMark: false, certain: true };
  if (seen.nulOdd <= few) return { encoding: 'utf-16be', byteOrderMark: false, certain: true };
  return undefined;
}

const repair = 'Save the file as CSV (UTF-8) and upload it again.';

function undecodable(reason: string, facts: Record<string, number | string>): Fault {
  return new Fault(
    'invalid',
    reason,
    { ...facts, repair },
    {
      violations: [{ field: 'file', rule: reason, repair }],
    },
  );
}

/**
 * Western text: most high bytes stand alone beside an ASCII letter, as in `Fälligkeit`. In Chinese
 * text nearly all stand in pairs; even of random characters of GBK only a quarter have an ASCII
 * trail.
 */
function isWestern(seen: Seen): boolean {
  const { high, highAlone, pairsChinese } = seen;
  if (seen.neverWestern > 0 || high === 0) return false;
  // Two marked letters in a row (`Größe`) are within a word; of Chinese words no more than two
  // bytes in four are beside a letter.
  if (seen.besideLetter * 10 >= high * 9) return true;
  return highAlone * 10 >= high * 6 && pairsChinese * 4 <= high;
}

/**
 * Western text of which little is marked but its signs: `12,50 €`, `£1,234.00`. Asked when nothing
 * else can read the file, for such a sign stands alone and beside no letter.
 */
function hasWesternSigns({ high, alone, neverWestern, utf8 }: Seen): boolean {
  return neverWestern === 0 && utf8.sequences === 0 && alone * 10 >= high * 6;
}

/**
 * Traditional text of Taiwan and Hong Kong: valid Big5 of common characters, of which a good part
 * have an ASCII trail, as hardly any of GBK's business text have.
 */
function isBig5(seen: Seen): boolean {
  const { big5, pairsChinese, pairsWithAscii, gb } = seen;
  if (big5.errors > 0 || big5.lead !== 0 || big5.pairs < 4) return false;
  if (big5.common * 20 < big5.pairs * 19) return false;
  return gb.errors > 0 || pairsWithAscii * 5 >= pairsChinese + pairsWithAscii;
}

/** A UTF-8 file with damage is not a GB 18030 file, though its bytes may pass for one. */
function isDamagedUtf8(seen: Seen, mark: boolean): boolean {
  const { sequences, errors } = seen.utf8;
  return mark || (sequences >= 10 && sequences >= errors * 10);
}

function decide(seen: Seen): EncodingFinding {
  const wide = utf16(seen);
  if (wide !== undefined) {
    if (seen.size % 2 === 1) throw undecodable('file_truncated', { offset: seen.size - 1 });
    return wide;
  }
  if (seen.nulEven + seen.nulOdd > 0) {
    throw undecodable('file_kind_refused', { found: 'binary', expected: 'CSV or XLSX' });
  }
  const mark = seen.head[0] === 0xef && seen.head[1] === 0xbb && seen.head[2] === 0xbf;
  const { utf8, gb } = seen;
  if (utf8.errors === 0 && utf8.need === 0) {
    return { encoding: 'utf-8', byteOrderMark: mark, certain: true };
  }
  if (utf8.errors === 0 && (mark || utf8.sequences >= 10)) {
    throw undecodable('file_truncated', { offset: utf8.start });
  }
  if (utf8.firstError < 0) utf8.firstError = utf8.start;
  if (isDamagedUtf8(seen, mark)) {
    throw undecodable('encoding_broken', { encoding: 'utf-8', offset: utf8.firstError });
  }
  if (isEucJp(seen.eucJp)) return { encoding: 'euc-jp', byteOrderMark: false, certain: false };
  if (isShiftJis(seen.shiftJis)) {
    return { encoding: 'shift_jis', byteOrderMark: false, certain: false };
  }
  if (isWestern(seen)) return { encoding: 'windows-1252', byteOrderMark: false, certain: false };
  const cyrillic = cyrillicOf(seen.cyrillic);
  if (cyrillic !== undefined) {
    return { encoding: cyrillic, byteOrderMark: false, certain: false };
  }
  if (isBig5(seen)) return { encoding: 'big5', byteOrderMark: false, certain: false };
  if (gb.errors === 0 && isKorean(seen.hangul)) {
    return { encoding: 'euc-kr', byteOrderMark: false, certain: false };
  }
  if (gb.errors === 0) {
    if (gb.state !== 0) throw undecodable('file_truncated', { offset: gb.start });
    return { encoding: 'gb18030', byteOrderMark: false, certain: true };
  }
  if (hasWesternSigns(seen)) {
    return { encoding: 'windows-1252', byteOrderMark: false, certain: false };
  }
  throw undecodable('encoding_unknown', { utf8_offset: utf8.firstError, offset: gb.firstError });
}

/** The slow lane: a byte that is high, or follows one. */
function markedByte(seen: Seen, byte: number, offset: number, before: number, after: number): void {
  utf8Byte(seen, byte, offset);
  gbByte(seen, byte, offset);
  big5Byte(seen, byte);
  shiftJisByte(seen.shiftJis, byte);
  eucJpByte(seen.eucJp, byte);
  if (byte < 0x80) {
    if (before >= 0x80 && !seen.letterBefore && isAsciiLetter(byte)) seen.besideLetter += 1;
    return;
  }
  seen.high += 1;
  cyrillicByte(seen.cyrillic, byte);
  if (notWestern.has(byte)) seen.neverWestern += 1;
  seen.letterBefore = isAsciiLetter(before);
  if (seen.letterBefore) seen.besideLetter += 1;
  const alone = before < 0x80 && after < 0x80;
  if (alone) seen.alone += 1;
  if (alone && (isAsciiLetter(before) || isAsciiLetter(after))) seen.highAlone += 1;
}

/**
 * Decides the encoding from every byte of the file: a byte order mark, else valid UTF-8, else
 * Japanese text, else Western, else Cyrillic, else Big5 where it is likelier, else Korean where it
 * is, else valid GB 18030 (which contains GBK and GB 2312), else Western signs. `finish` throws
 * `encoding_unknown` with the byte offsets, `encoding_broken` for damaged UTF-8, or
 * `file_truncated`.
 */
export function encodingScan(): EncodingScan {
  const seen = nothingSeen();
  let before = 0;
  function feed(chunk: Uint8Array): void {
    const length = chunk.length;
    for (let index = 0; index < length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (byte < 0x80 && before < 0x80 && seen.gb.state === 0 && seen.big5.lead === 0) {
        // Plain ASCII, nearly all of nearly every file: only a zero is worth a note.
        if (byte === 0) seen[(seen.size + index) % 2 === 0 ? 'nulEven' : 'nulOdd'] += 1;
        before = byte;
        continue;
      }
      markedByte(seen, byte, seen.size + index, before, chunk[index + 1] ?? 0);
      before = byte;
    }
    if (seen.head.length < 3) seen.head.push(...chunk.subarray(0, 3 - seen.head.length));
    seen.size += length;
  }
  return { feed, finish: () => decide(seen) };
}
