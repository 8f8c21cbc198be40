import type { Row } from '../domain/import/csv.ts';
import { exportTable, refusedKind } from '../domain/import/file-fault.ts';
import { htmlTableReader } from '../domain/import/html-table.ts';
import type { SheetReader } from '../domain/import/sheet.ts';
import { xmlSheetReader, xmlSheets } from '../domain/import/xml-workbook.ts';
import { chooseSheet } from './choose-sheet.ts';
import type { Sheet } from './choose-sheet.ts';
import type { Spool } from './spool.ts';
import type { Table } from './table.ts';
import { textOf } from './text-table.ts';

type Found = NonNullable<Spool['encoding']>;

async function* read(
  file: Spool,
  { encoding }: Found,
  reader: SheetReader,
  passed: (bytes: number) => void = () => undefined,
): AsyncGenerator<Row[]> {
  for await (const text of textOf(file.path, encoding, passed)) {
    const batch = reader.feed(text);
    if (batch.length > 0) yield batch;
  }
  const last = reader.finish();
  if (last.length > 0) yield last;
}

/** The tables of a page as the one sheet that it is; none where no table has a row. */
async function pageOf(file: Spool, found: Found): Promise<Sheet | undefined> {
  const rows: Sheet['rows'] = (passed) => read(file, found, htmlTableReader(), passed);
  for await (const batch of rows()) {
    if (batch.length > 0) return { name: '', hidden: false, rows };
  }
  return undefined;
}

async function sheetOf(file: Spool, found: Found): Promise<Sheet | undefined> {
  const list = xmlSheets();
  for await (const text of textOf(file.path, found.encoding)) list.feed(text);
  const sheets = list.finish().map((sheet, nth): Sheet => ({
    ...sheet,
    rows: (passed) => read(file, found, xmlSheetReader(nth), passed),
  }));
  return chooseSheet(sheets);
}

/**
 * Opens the table in an HTML page or in an XML Spreadsheet 2003. Throws `file_kind_refused` where
 * there is none, `xlsx_damaged` where the XML is broken.
 */
export async function markupTable(file: Spool): Promise<Table> {
  const found = file.encoding ?? { encoding: 'utf-8', byteOrderMark: false, certain: true };
  const chosen = file.kind === 'html' ? await pageOf(file, found) : await sheetOf(file, found);
  if (chosen === undefined) throw refusedKind(file.kind, exportTable);
  let done = 0;
  return {
    encoding: found.encoding,
    byteOrderMark: found.byteOrderMark,
    delimiter: '',
    sheet: chosen.name,
    rows: async function* rows() {
      done = 0;
      for await (const batch of chosen.rows((bytes) => {
        done += bytes;
      })) {
        yield [...batch];
      }
    },
    share: () => Math.min(1, done / Math.max(1, file.sizeBytes)),
    close: file.remove,
  };
}
