import { createReadStream } from 'node:fs';
import iconv from 'iconv-lite';
import { csvReader } from '../domain/import/csv.ts';
import type { Row } from '../domain/import/csv.ts';
import { findDelimiter, hasOldLines, sniffChars } from '../domain/import/delimiter.ts';
import type { Encoding } from '@recourse/kit/encoding.ts';
import { mostColumns, tooManyColumns } from '../domain/import/sheet.ts';
import type { Spool } from './spool.ts';
import type { Table } from './table.ts';

const chunkBytes = 262_144;

/** Our names of encodings in iconv-lite's terms. */
const codecs: Readonly<Record<Encoding, string>> = {
  'utf-8': 'utf8',
  'utf-16le': 'utf16-le',
  'utf-16be': 'utf16-be',
  gb18030: 'gb18030',
  big5: 'big5hkscs',
  shift_jis: 'cp932',
  'euc-jp': 'eucjp',
  'euc-kr': 'cp949',
  'windows-1251': 'win1251',
  'koi8-r': 'koi8-r',
  'windows-1252': 'win1252',
};

/** The file's text in pieces, without a byte order mark. */
export async function* textOf(
  path: string,
  encoding: Encoding,
  passed: (bytes: number) => void = () => undefined,
): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(codecs[encoding]);
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    const text = decoder.write(chunk);
    passed(chunk.length);
    if (text !== '') yield text;
  }
  const rest = decoder.end();
  if (rest !== undefined && rest !== '') yield rest;
}

/** The first part of the text, from which delimiter and line ends are decided. */
async function sampleOf(
  path: string,
  encoding: Encoding,
): Promise<{ sample: string; whole: boolean }> {
  let sample = '';
  for await (const piece of textOf(path, encoding)) {
    sample += piece;
    if (sample.length >= sniffChars) return { sample: sample.slice(0, sniffChars), whole: false };
  }
  return { sample, whole: true };
}

function checkWidth(rows: readonly Row[]): Row[] {
  return rows.map((row) => {
    if (row.cells.length <= mostColumns) return row;
    const cells = row.cells.slice(0, mostColumns + 1);
    if (row.cells.slice(mostColumns).some((cell) => cell.trim() !== '')) {
      throw tooManyColumns(row.cells.length);
    }
    return { line: row.line, cells };
  });
}

/** Opens a delimited text file whose encoding is known. Throws `delimiter_not_found`. */
export async function textTable(file: Spool): Promise<Table> {
  const found = file.encoding ?? { encoding: 'utf-8' as const, byteOrderMark: false };
  const { sample, whole } = await sampleOf(file.path, found.encoding);
  const delimiter = findDelimiter(sample, whole);
  const oldLines = hasOldLines(sample);
  let done = 0;
  const passed = (bytes: number): void => {
    done += bytes;
  };
  async function* rows(): AsyncGenerator<Row[]> {
    done = 0;
    const reader = csvReader(delimiter, oldLines);
    for await (const text of textOf(file.path, found.encoding, passed)) {
      const batch = checkWidth(reader.feed(text));
      if (batch.length > 0) yield batch;
    }
    const last = checkWidth(reader.finish());
    if (last.length > 0) yield last;
  }
  return {
    encoding: found.encoding,
    byteOrderMark: found.byteOrderMark,
    delimiter,
    sheet: '',
    rows,
    share: () => Math.min(1, done / Math.max(1, file.sizeBytes)),
    close: file.remove,
  };
}
