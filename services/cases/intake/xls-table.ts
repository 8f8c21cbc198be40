import { readFile } from 'node:fs/promises';
import { biffStream } from '../domain/import/biff-record.ts';
import type { Biff } from '../domain/import/biff-record.ts';
import { biffRows } from '../domain/import/biff-sheet.ts';
import { readBiffWorkbook } from '../domain/import/biff-workbook.ts';
import { compoundFile } from '../domain/import/compound-file.ts';
import type { Row } from '../domain/import/csv.ts';
import {
  encryptedWorkbook,
  exportTable,
  fileFault,
  refusedKind,
  saveAsXlsx,
} from '../domain/import/file-fault.ts';
import { chooseSheet } from './choose-sheet.ts';
import type { Sheet } from './choose-sheet.ts';
import type { Limits } from './limits.ts';
import type { Spool } from './spool.ts';
import type { Table } from './table.ts';

/** A sheet of 65,536 rows and 40 columns has about 40 MB; the file is held in memory as it is. */
const mostBytes = 134_217_728;
const batchRows = 1000;

/** What else is kept in compound files, by a stream that only it has. */
const others: readonly [string, string][] = [
  ['worddocument', 'doc'],
  ['powerpoint document', 'ppt'],
  ['__properties_version1.0', 'outlook_message'],
];

/** The stream of the workbook. An XLSX with a password is a compound file, too (MS-OFFCRYPTO). */
function workbookIn(bytes: Uint8Array): Uint8Array {
  const file = compoundFile(bytes);
  const found = file.stream('workbook');
  if (found !== undefined) return found;
  if (file.names.has('encryptedpackage')) throw encryptedWorkbook('xlsx');
  // Excel 5 and 95 call the stream so.
  if (file.names.has('book')) throw refusedKind('xls_before_97', saveAsXlsx);
  const other = others.find(([name]) => file.names.has(name));
  throw refusedKind(other?.[1] ?? 'compound_file', exportTable);
}

async function* batches(rows: Iterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < batchRows) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function open(file: Spool, limits: Limits): Promise<{ stream: Biff; chosen: Sheet }> {
  if (file.sizeBytes > mostBytes) {
    const repair = 'Save the sheet as CSV or XLSX and upload that.';
    throw fileFault('xlsx_too_large', { limit_bytes: mostBytes }, repair, 'exhausted');
  }
  const bytes = await readFile(file.path);
  const stream = biffStream(file.kind === 'compound' ? workbookIn(bytes) : bytes);
  const { sheets, context } = readBiffWorkbook(stream, limits.sharedChars);
  const all = sheets.map(({ name, hidden, at }): Sheet => {
    return { name, hidden, rows: (passed) => batches(biffRows(stream, at, context, passed)) };
  });
  const chosen = await chooseSheet(all);
  if (chosen === undefined) throw refusedKind('xls', exportTable);
  return { stream, chosen };
}

/**
 * Opens a workbook of Excel 97 to 2003. Throws `file_encrypted`, `xlsx_damaged`, `xlsx_truncated`,
 * `xlsx_too_large`, and `file_kind_refused` for older ones and for what is no workbook.
 */
export async function xlsTable(file: Spool, limits: Limits): Promise<Table> {
  const { stream, chosen } = await open(file, limits);
  let done = 0;
  return {
    encoding: '',
    byteOrderMark: false,
    delimiter: '',
    sheet: chosen.name,
    rows: async function* rows() {
      done = 0;
      for await (const batch of chosen.rows((offset) => {
        done = offset;
      })) {
        yield [...batch];
      }
    },
    share: () => Math.min(1, done / Math.max(1, stream.bytes.length)),
    close: file.remove,
  };
}
