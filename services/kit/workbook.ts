import { isDay, isInstant } from './check.ts';
import type { Cell, Sheet } from './sheet.ts';
import { zipBytes, type ZipEntry } from './zip-stream.ts';

/**
 * XLSX row by row (ECMA-376 part 1): texts inline and in the text format, so that no id loses its
 * zeros and nothing is a formula; numbers, days and times as such; the head stays in sight.
 */
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const openXml = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** Rows of a sheet that Excel reads, its head among them. */
const mostRows = 1_048_576;
/** Characters of a cell that Excel reads. */
const mostChars = 32_767;
/** Digits that a spreadsheet's number keeps (IEEE 754); a longer amount is written as text. */
const mostDigits = 15;

function escaped(text: string): string {
  if (!/[^\P{Cc}\t\n\r]|[\ufffe\uffff&<>"]|\p{Cs}/u.test(text)) return text;
  return (
    text
      .toWellFormed()
      // Of control characters XML 1.0 takes tab, line feed and carriage return only.
      .replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

/** Places of the formats in `cellXfs` below. */
const style = { text: 1, head: 2, day: 3, instant: 4, number: 5 } as const;
/** Numbers with 0, 1, … digits after the point stand one after the other from `style.number`. */
const mostAfterPoint = 4;

const numberFormats = Array.from(
  { length: mostAfterPoint + 1 },
  (_unused, digits) => `#,##0${digits === 0 ? '' : `.${'0'.repeat(digits)}`}`,
);

const formats = ['yyyy\\-mm\\-dd', 'yyyy\\-mm\\-dd hh:mm', ...numberFormats];

/** Ids of own formats begin at 164; 49 is text. */
const styles = `${xml}<styleSheet xmlns="${main}"><numFmts count="${formats.length}">${formats
  .map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${code}"/>`)
  .join('')}</numFmts>
<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="${3 + formats.length}"><xf/><xf numFmtId="49" applyNumberFormat="1"/>
<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/>${formats
  .map((_code, at) => `<xf numFmtId="${164 + at}" applyNumberFormat="1"/>`)
  .join('')}</cellXfs></styleSheet>`;

/** `A`, `B`, … `Z`, `AA` for a column counted from 0. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

function textXml(text: string, at: string, format: number): string {
  if (text === '') return '';
  const inside = escaped(text.slice(0, mostChars));
  const value = `<is><t xml:space="preserve">${inside}</t></is>`;
  return `<c r="${at}" s="${format}" t="inlineStr">${value}</c>`;
}

function valueXml(value: string | number, at: string, format: number): string {
  return `<c r="${at}" s="${format}"><v>${value}</v></c>`;
}

const dayMs = 86_400_000;
/** Days from the first of a spreadsheet's calendar (1899-12-30) to 1970-01-01. */
const epoch = 25_569;
/** Before it the calendar of spreadsheets has a day that never was (1900-02-29). */
const firstDay = '1900-03-01';

function dayXml(text: string, at: string): string {
  if (!isDay(text)) return '';
  if (text < firstDay) return textXml(text, at, style.text);
  return valueXml(Date.parse(`${text}T00:00:00Z`) / dayMs + epoch, at, style.day);
}

function instantXml(text: string, at: string, zone: string): string {
  if (!isInstant(text)) return '';
  const there = Temporal.Instant.from(text).toZonedDateTimeISO(zone);
  const ms = there.epochMilliseconds + there.offsetNanoseconds / 1_000_000;
  return valueXml(ms / dayMs + epoch, at, style.instant);
}

function numberXml(cell: { number: string; digits: number }, at: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(cell.number)) return textXml(cell.number, at, style.text);
  const significant = cell.number.replace(/^-?0*/, '').replace('.', '');
  if (significant.length > mostDigits) return textXml(cell.number, at, style.text);
  return valueXml(cell.number, at, style.number + Math.min(cell.digits, mostAfterPoint));
}

function cellXml(cell: Cell, at: string, zone: string): string {
  if (typeof cell === 'string') return textXml(cell, at, style.text);
  if ('number' in cell) return numberXml(cell, at);
  return 'day' in cell ? dayXml(cell.day, at) : instantXml(cell.instant, at, zone);
}

function sheetStart({ heads }: Sheet): string {
  const widths = heads.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  const titles = heads.map(({ title }, at) => textXml(title, `${columnName(at)}1`, style.head));
  return `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">
<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
<cols>${widths.join('')}</cols><sheetData><row r="1">${titles.join('')}</row>`;
}

type Rows = { next(): Promise<readonly Cell[] | undefined> };

/** One sheet of a table, as many rows as it holds; what is left is for the next one. */
async function* sheetXml(
  sheet: Sheet,
  rows: Rows,
  first: readonly Cell[] | undefined,
  most: number,
) {
  yield sheetStart(sheet);
  const names = sheet.heads.map((_head, at) => columnName(at));
  let piece = '';
  let number = 1;
  for (let row = first; row !== undefined; row = number < most ? await rows.next() : undefined) {
    number += 1;
    const cells = row.map((cell, at) => cellXml(cell, `${names[at]}${number}`, sheet.zone));
    piece += `<row r="${number}">${cells.join('')}</row>`;
    if (piece.length < 64 * 1024) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}</sheetData></worksheet>`;
}

function relationships(all: readonly (readonly [type: string, target: string])[]): string {
  const each = all.map(
    ([type, target], at) =>
      `<Relationship Id="rId${at + 1}" Type="${relations}/${type}" Target="${target}"/>`,
  );
  return `${xml}<Relationships xmlns="${packages}/relationships">${each.join('')}</Relationships>`;
}

/** Excel refuses these characters in a sheet's name, and more than 31 of any. */
function sheetName(name: string, at: number): string {
  const suffix = at === 0 ? '' : ` ${at + 1}`;
  return escaped(name.replaceAll(/[[\]:*?/\\']/g, ' ').slice(0, 31 - suffix.length) + suffix);
}

/** The parts that name the sheets; written last, when it is known how many there are. */
function frame(name: string, sheets: readonly string[]): ZipEntry[] {
  const overrides = sheets.map(
    (path) => `<Override PartName="/xl/${path}" ContentType="${openXml}.worksheet+xml"/>`,
  );
  const types = `${xml}<Types xmlns="${packages}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="${openXml}.sheet.main+xml"/>
<Override PartName="/xl/styles.xml" ContentType="${openXml}.styles+xml"/>
${overrides.join('')}</Types>`;
  const listed = sheets.map(
    (_path, at) => `<sheet name="${sheetName(name, at)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const book = `${xml}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${listed.join('')}
</sheets></workbook>`;
  const bookRelations = [...sheets.map((path) => ['worksheet', path] as const), styleRelation];
  return [
    { path: 'xl/styles.xml', content: [styles] },
    { path: 'xl/_rels/workbook.xml.rels', content: [relationships(bookRelations)] },
    { path: 'xl/workbook.xml', content: [book] },
    { path: '_rels/.rels', content: [relationships([['officeDocument', 'xl/workbook.xml']])] },
    { path: '[Content_Types].xml', content: [types] },
  ];
}

const styleRelation = ['styles', 'styles.xml'] as const;

async function* entriesOf(sheet: Sheet, mostInSheet: number): AsyncGenerator<ZipEntry> {
  const reading = sheet.rows[Symbol.asyncIterator]();
  const rows: Rows = {
    next: async () => {
      const { done, value } = await reading.next();
      return done === true ? undefined : value;
    },
  };
  const paths: string[] = [];
  let first = await rows.next();
  do {
    const path = `worksheets/sheet${paths.length + 1}.xml`;
    paths.push(path);
    yield { path: `xl/${path}`, content: sheetXml(sheet, rows, first, mostInSheet) };
    first = await rows.next();
  } while (first !== undefined);
  yield* frame(sheet.name, paths);
}

/**
 * A table as the bytes of an XLSX file, in as many sheets as it fills (`o.rowsInSheet`, Excel's own
 * limit when not given); a sheet's rows stream through and are never held together.
 */
export function workbookBytes(
  sheet: Sheet,
  o: { rowsInSheet?: number } = {},
): AsyncGenerator<Uint8Array> {
  return zipBytes(entriesOf(sheet, o.rowsInSheet ?? mostRows));
}
