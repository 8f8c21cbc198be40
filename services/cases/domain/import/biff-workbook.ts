import { biff, cursor, plainString, recordAt, richString, shortString } from './biff-record.ts';
import { substream } from './biff-record.ts';
import type { Biff, BiffRecord } from './biff-record.ts';
import { encryptedWorkbook, fileFault, refusedKind, saveAsXlsx } from './file-fault.ts';
import { damagedWorkbook } from './file-fault.ts';
import type { SheetContext } from './sheet.ts';
import { numberStyle } from './workbook.ts';

/** A sheet, and the offset of its BOF in the stream. */
export type BiffSheet = { name: string; at: number; hidden: boolean };

export type BiffWorkbook = { sheets: readonly BiffSheet[]; context: SheetContext };

/** BOF says the version in its first two bytes and what begins in the next ([MS-XLS] 2.4.21). */
const version8 = 0x0600;
const worksheet = 0x0010;

/** The versions before Excel 97 are told by BOF records of other numbers, or by their version. */
function checkVersion(stream: Biff): BiffRecord {
  const first = recordAt(stream, 0);
  const isOld = first !== undefined && [0x0009, 0x0209, 0x0409].includes(first.id);
  if (first === undefined || (first.id !== biff.BOF && !isOld) || first.end - first.at < 4) {
    throw damagedWorkbook('a workbook without a beginning');
  }
  if (isOld || stream.view.getUint16(first.at, true) !== version8) {
    throw refusedKind('xls_before_97', saveAsXlsx);
  }
  return first;
}

/** The sheet that a BOUNDSHEET record names; undefined for charts and macros. */
function sheetOf(stream: Biff, record: BiffRecord): BiffSheet | undefined {
  const from = cursor(stream, record);
  const at = from.u32();
  const hidden = (from.u8() & 3) !== 0;
  return from.u8() === 0 ? { at, hidden, name: shortString(from) } : undefined;
}

/** The texts that cells share ([MS-XLS] 2.4.265), at most so many characters of them. */
function sharedTexts(stream: Biff, record: BiffRecord, mostChars: number): string[] {
  const from = cursor(stream, record);
  from.skip(4);
  const count = from.u32();
  const texts: string[] = [];
  let chars = 0;
  // Some writers state more texts than they write.
  while (texts.length < count && !from.done()) {
    const text = richString(from);
    texts.push(text);
    chars += text.length;
    if (chars > mostChars) {
      const repair = 'Save the sheet as CSV and upload that.';
      throw fileFault('xlsx_too_large', { found: 'shared texts' }, repair, 'exhausted');
    }
  }
  return texts;
}

/**
 * Reads what a workbook stream says before its sheets: their names, the shared texts, the number
 * formats, and from which year days are counted. Throws `file_encrypted`, `xlsx_damaged`,
 * `xlsx_truncated`, `xlsx_too_large`, and `file_kind_refused` for versions before Excel 97.
 */
export function readBiffWorkbook(stream: Biff, mostChars: number): BiffWorkbook {
  const first = checkVersion(stream);
  const sheets: BiffSheet[] = [];
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let strings: readonly string[] = [];
  let date1904 = false;
  // Small writers leave the container out and begin with the one sheet at once.
  if (stream.view.getUint16(first.at + 2, true) === worksheet) {
    sheets.push({ name: '', at: 0, hidden: false });
  }
  const take = (record: BiffRecord): void => {
    const from = cursor(stream, record);
    if (record.id === biff.FILEPASS) throw encryptedWorkbook('xls');
    if (record.id === biff.DATE1904) date1904 = from.u16() === 1;
    else if (record.id === biff.FORMAT) codes.set(from.u16(), plainString(from));
    else if (record.id === biff.SST) strings = sharedTexts(stream, record, mostChars);
    else if (record.id === biff.XF) {
      from.skip(2);
      formats.push(from.u16());
    } else if (record.id === biff.BOUNDSHEET) {
      const sheet = sheetOf(stream, record);
      if (sheet !== undefined) sheets.push(sheet);
    }
  };
  for (const record of substream(stream, 0)) take(record);
  const styles = formats.map((id) => numberStyle(id, codes.get(id)));
  return { sheets, context: { strings, styles, date1904 } };
}
