import { crc32, deflateRawSync } from 'node:zlib';
import type { Cell, Sheet } from '../domain/sheet.ts';

/**
 * A small XLSX writer: one sheet, texts inline, numbers as numbers. ECMA-376 part 1 for the parts,
 * APPNOTE 4.3 for the ZIP around them; a library for this would be a hundred times the code.
 */
function escaped(text: string): string {
  return (
    text
      // Of control characters XML 1.0 takes tab, line feed and carriage return only.
      .replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  );
}

/** `A`, `B`, … `Z`, `AA` for a column counted from 0. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

function cellXml(cell: Cell, at: string): string {
  return 'number' in cell
    ? `<c r="${at}" s="1"><v>${cell.number}</v></c>`
    : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell.text)}</t></is></c>`;
}

function sheetXml(sheet: Sheet): string {
  const rows = sheet.rows.map((cells, index) => {
    const row = index + 1;
    const inside = cells.map((cell, column) => cellXml(cell, `${columnName(column)}${row}`));
    return `<row r="${row}">${inside.join('')}</row>`;
  });
  return `<worksheet xmlns="${main}"><sheetData>${rows.join('')}</sheetData></worksheet>`;
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const openXml = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function relationships(all: readonly (readonly [type: string, target: string])[]): string {
  const each = all.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${relations}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${packages}/relationships">${each.join('')}</Relationships>`;
}

/** Style 1 is a number with thousands and two digits (built-in format 4). */
const styles = `<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts>
<fills count="1"><fill/></fills><borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="2"><xf/><xf numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>`;

const types = `<Types xmlns="${packages}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="${openXml}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${openXml}.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="${openXml}.styles+xml"/></Types>`;

/** Excel refuses these characters in a sheet's name, and more than 31 of any. */
function sheetName(name: string): string {
  return escaped(name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31)).replaceAll('"', '&quot;');
}

function parts(sheet: Sheet): (readonly [path: string, xml: string])[] {
  const book = `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>
<sheet name="${sheetName(sheet.name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  const bookRelations = relationships([
    ['worksheet', 'worksheets/sheet1.xml'],
    ['styles', 'styles.xml'],
  ]);
  return [
    ['[Content_Types].xml', types],
    ['_rels/.rels', relationships([['officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', book],
    ['xl/_rels/workbook.xml.rels', bookRelations],
    ['xl/worksheets/sheet1.xml', sheetXml(sheet)],
    ['xl/styles.xml', styles],
  ];
}

/** 1980-01-01, the first day a ZIP can name: the same statement gives the same bytes. */
const zipDate = 0x0021;

function header(signature: number, length: number, fields: readonly [at: number, value: number][]) {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(signature, 0);
  for (const [at, value] of fields) bytes.writeUInt16LE(value, at);
  return bytes;
}

function sizes(bytes: Buffer, at: number, crc: number, packed: number, plain: number): void {
  bytes.writeUInt32LE(crc, at);
  bytes.writeUInt32LE(packed, at + 4);
  bytes.writeUInt32LE(plain, at + 8);
}

function zip(files: readonly (readonly [path: string, text: string])[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of files) {
    const name = Buffer.from(path);
    const plain = Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${text}`);
    const packed = deflateRawSync(plain);
    const crc = crc32(plain);
    const local = header(0x04034b50, 30, [
      [4, 20],
      [8, 8],
      [12, zipDate],
      [26, name.length],
    ]);
    sizes(local, 14, crc, packed.length, plain.length);
    const entry = header(0x02014b50, 46, [
      [4, 20],
      [6, 20],
      [10, 8],
      [14, zipDate],
      [28, name.length],
    ]);
    sizes(entry, 16, crc, packed.length, plain.length);
    entry.writeUInt32LE(offset, 42);
    bodies.push(local, name, packed);
    directory.push(entry, name);
    offset += local.length + name.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = header(0x06054b50, 22, [
    [8, files.length],
    [10, files.length],
  ]);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listed, end]);
}

/** A sheet as the bytes of an XLSX file. Nothing in it is a formula. */
export function workbook(sheet: Sheet): Buffer {
  return zip(parts(sheet));
}
