import { Fault } from '@recourse/kit/fault.ts';
import { likeReceivables } from '../domain/import/analysis.ts';
import type { Row } from '../domain/import/csv.ts';
import { sheetReader } from '../domain/import/sheet.ts';
import type { SheetContext } from '../domain/import/sheet.ts';
import {
  readRelations,
  readStyles,
  readWorkbook,
  sharedStrings,
} from '../domain/import/workbook.ts';
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
  return new Fault(
    'invalid',
    'file_kind_refused',
    { found, expected: 'CSV or XLSX', repair },
    {
      violations: [{ field: 'file', rule: 'file_kind_refused', repair }],
    },
  );
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
  return new Fault(
    'exhausted',
    'xlsx_too_large',
    { found, repair },
    {
      violations: [{ field: 'file', rule: 'xlsx_too_large', repair }],
    },
  );
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

/** Rows from which a sheet is judged. */
const judgedRows = 200;

type Judged = { rows: number; like: number };

async function judge(zip: Zip, name: string, context: SheetContext): Promise<Judged> {
  let rows = 0;
  const first: Row[] = [];
  for await (const batch of rowsOf(zip, name, context)) {
    rows += batch.length;
    if (first.length < judgedRows) first.push(...batch.slice(0, judgedRows - first.length));
  }
  return { rows, like: likeReceivables(first) };
}

type Chosen = { sheet: string; name: string };

/**
 * The sheet most like receivables, of several the one with the most rows: payments or customers
 * may well stand in a longer one. Hidden ones only when there are no others.
 */
async function chooseSheet(
  zip: Zip,
  sheets: readonly (Chosen & { hidden: boolean })[],
  context: SheetContext,
): Promise<Chosen | undefined> {
  const present = sheets.filter((sheet) => zip.entries.has(sheet.name));
  const visible = present.filter((sheet) => !sheet.hidden);
  const among = visible.length > 0 ? visible : present;
  if (among.length < 2) return among[0];
  let best: (Judged & { sheet: Chosen }) | undefined;
  for (const sheet of among) {
    const found = await judge(zip, sheet.name, context);
    const better =
      best === undefined ||
      found.like > best.like ||
      (found.like === best.like && found.rows > best.rows);
    if (better) best = { ...found, sheet };
  }
  return best?.sheet;
}

async function read(zip: Zip, limits: Limits): Promise<{ chosen: Chosen; context: SheetContext }> {
  const main = await part(zip, 'xl/workbook.xml');
  if (main === undefined) throw notAWorkbook(zip);
  const workbook = readWorkbook(main);
  const relations = readRelations((await part(zip, 'xl/_rels/workbook.xml.rels')) ?? '');
  const context: SheetContext = {
    strings: await strings(zip, 'xl/sharedStrings.xml', limits),
    styles: readStyles((await part(zip, 'xl/styles.xml')) ?? ''),
    date1904: workbook.date1904,
  };
  const sheets = workbook.sheets.map(({ name, relation, hidden }) => {
    return { sheet: name, name: relations.get(relation) ?? '', hidden };
  });
  const chosen = await chooseSheet(zip, sheets, context);
  if (chosen === undefined) throw notAWorkbook(zip);
  return { chosen, context };
}

/** Opens a workbook. Throws `zip_bomb`, `file_encrypted`, `xlsx_truncated`, `xlsx_damaged`. */
export async function workbookTable(file: Spool, limits: Limits): Promise<Table> {
  const zip = await openZip(file.path, limits);
  try {
    const { chosen, context } = await read(zip, limits);
    let done = 0;
    return {
      encoding: '',
      byteOrderMark: false,
      delimiter: '',
      sheet: chosen.sheet,
      rows: async function* rows() {
        done = 0;
        yield* rowsOf(zip, chosen.name, context, (chars) => {
          done += chars;
        });
      },
      share: () =>
        Math.min(1, done / Math.max(1, zip.entries.get(chosen.name)?.uncompressedSize ?? 1)),
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
