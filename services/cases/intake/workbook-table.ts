import type { Fault } from '@recourse/kit/fault.ts';
import type { Row } from '../domain/import/csv.ts';
import { fileFault, refusedKind } from '../domain/import/file-fault.ts';
import { sheetReader } from '../domain/import/sheet.ts';
import type { SheetContext } from '../domain/import/sheet.ts';
import {
  readRelations,
  readStyles,
  readWorkbook,
  sharedStrings,
} from '../domain/import/workbook.ts';
import { chooseSheet } from './choose-sheet.ts';
import type { Sheet } from './choose-sheet.ts';
import type { Limits } from './limits.ts';
import type { Spool } from './spool.ts';
import type { Table } from './table.ts';
import { openZip } from './zip.ts';
import type { Zip } from './zip.ts';

/** Other formats that are zip files, by an entry that only they have. */
const otherZips: readonly [RegExp, string][] = [
  [/^xl\/workbook\.bin$/, 'xlsb'],
  [/^word\//, 'docx'],
  [/^ppt\//, 'pptx'],
  [/^content\.xml$/, 'ods'],
  [/^META-INF\/MANIFEST\.MF$/, 'jar'],
];

function notAWorkbook(zip: Zip): Fault {
  const names = [...zip.entries.keys()];
  const other = otherZips.find(([pattern]) => names.some((name) => pattern.test(name)));
  const found = other?.[1] ?? 'zip';
  const repair =
    found === 'zip'
      ? 'Unpack the archive and upload the CSV or XLSX file that is in it.'
      : 'Save the table as XLSX or CSV and upload that.';
  return refusedKind(found, repair);
}

/** Small parts of a workbook are read whole; larger ones than this are not what they seem. */
const partChars = 33_554_432;

async function part(zip: Zip, name: string): Promise<string | undefined> {
  const entry = zip.entries.get(name);
  if (entry === undefined) return undefined;
  let text = '';
  for await (const piece of zip.read(entry)) {
    text += piece;
    if (text.length > partChars) throw tooLarge(name);
  }
  return text;
}

function tooLarge(found: string): Fault {
  const repair = 'Save the sheet as CSV and upload that.';
  return fileFault('xlsx_too_large', { found }, repair, 'exhausted');
}

async function strings(zip: Zip, name: string, limits: Limits): Promise<readonly string[]> {
  const entry = zip.entries.get(name);
  if (entry === undefined) return [];
  const shared = sharedStrings();
  for await (const piece of zip.read(entry)) {
    shared.feed(piece);
    if (shared.chars() > limits.sharedChars) throw tooLarge(name);
  }
  return shared.finish();
}

async function* rowsOf(
  zip: Zip,
  name: string,
  context: SheetContext,
  passed: (chars: number) => void = () => undefined,
): AsyncGenerator<Row[]> {
  const entry = zip.entries.get(name);
  if (entry === undefined) throw notAWorkbook(zip);
  const reader = sheetReader(context);
  for await (const piece of zip.read(entry)) {
    const batch = reader.feed(piece);
    passed(piece.length);
    if (batch.length > 0) yield batch;
  }
  const last = reader.finish();
  if (last.length > 0) yield last;
}

type Part = Sheet & { size: number };

async function read(zip: Zip, limits: Limits): Promise<Part> {
  const main = await part(zip, 'xl/workbook.xml');
  if (main === undefined) throw notAWorkbook(zip);
  const workbook = readWorkbook(main);
  const relations = readRelations((await part(zip, 'xl/_rels/workbook.xml.rels')) ?? '');
  const context: SheetContext = {
    strings: await strings(zip, 'xl/sharedStrings.xml', limits),
    styles: readStyles((await part(zip, 'xl/styles.xml')) ?? ''),
    date1904: workbook.date1904,
  };
  const sheets = workbook.sheets.flatMap(({ name, relation, hidden }): Part[] => {
    const path = relations.get(relation) ?? '';
    const entry = zip.entries.get(path);
    if (entry === undefined) return [];
    const size = entry.uncompressedSize;
    return [{ name, hidden, size, rows: (passed) => rowsOf(zip, path, context, passed) }];
  });
  const chosen = await chooseSheet(sheets);
  if (chosen === undefined) throw notAWorkbook(zip);
  return chosen;
}

/** Opens a workbook. Throws `zip_bomb`, `file_encrypted`, `xlsx_truncated`, `xlsx_damaged`. */
export async function workbookTable(file: Spool, limits: Limits): Promise<Table> {
  const zip = await openZip(file.path, limits);
  try {
    const chosen = await read(zip, limits);
    let done = 0;
    return {
      encoding: '',
      byteOrderMark: false,
      delimiter: '',
      sheet: chosen.name,
      rows: async function* rows() {
        done = 0;
        for await (const batch of chosen.rows((chars) => {
          done += chars;
        })) {
          yield [...batch];
        }
      },
      share: () => Math.min(1, done / Math.max(1, chosen.size)),
      close: async () => {
        zip.close();
        await file.remove();
      },
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}
