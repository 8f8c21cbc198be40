import { describe, expect, it } from '@jest/globals';
import { Fault, faultFrom } from '@recourse/kit/fault.ts';
import fc from 'fast-check';
import { fileKind } from './file-kind.ts';
import { sheetReader } from './sheet.ts';
import {
  numberText,
  readRelations,
  readStyles,
  readWorkbook,
  sharedStrings,
  styledNumber,
} from './workbook.ts';
import { plainText } from './xml.ts';

const bytes = (...values: number[]): Buffer => Buffer.from(values);

describe('the first bytes of an upload', () => {
  it.each<[string, Buffer, string]>([
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'pdf'],
    ['a workbook of Excel 4', bytes(0x09, 0x04, 0x06, 0x00, 0, 0, 0x10, 0), 'xls_before_97'],
    ['a PNG', bytes(0x89, 0x50, 0x4e, 0x47), 'png'],
    ['a JPEG', bytes(0xff, 0xd8, 0xff, 0xe0), 'jpeg'],
    ['gzip', bytes(0x1f, 0x8b, 8, 0), 'gzip'],
    ['an invoice as XML', Buffer.from('<?xml version="1.0"?><Invoice>'), 'xml'],
    ['a page in parts', Buffer.from('MIME-Version: 1.0\n'), 'mhtml'],
    ['JSON', Buffer.from('[{"a":1}]'), 'json'],
    ['a program', Buffer.from('\u007fELF\u0001\u0001'), 'elf_program'],
    ['noise', bytes(1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17), 'binary'],
  ])('of %s are named and refused with a repair', (_, head, found) => {
    try {
      fileKind(head);
      expect('refused').toBe('accepted');
    } catch (error) {
      const fault = faultFrom(error);
      expect(fault).toMatchObject({
        kind: 'invalid',
        reason: 'file_kind_refused',
        facts: { found },
      });
      expect(fault.violations[0]?.repair).not.toBe('');
    }
  });

  it('of nothing are an empty file', () => {
    expect(() => fileKind(Buffer.alloc(0))).toThrow('file_empty');
  });

  it.each<[string, Buffer, string]>([
    ['a zip', Buffer.from('PK\u0003\u0004'), 'zip'],
    ['a table', Buffer.from('a,b\n1,2'), 'text'],
    ['a table in brackets', Buffer.from('[id],[name]\n'), 'text'],
    ['a table in angle brackets', Buffer.from('<id>,<name>\n'), 'text'],
    ['an old or encrypted workbook', bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), 'compound'],
    ['an old workbook alone', bytes(0x09, 0x08, 0x10, 0, 0, 6, 5, 0), 'biff'],
    ['HTML named .xls', Buffer.from('<!-- x --><html><table><tr><td>1'), 'html'],
    ['XHTML', Buffer.from('\ufeff<?xml version="1.0"?>\n<!DOCTYPE html><html>'), 'html'],
    ['a workbook as XML', Buffer.from('<?xml version="1.0"?><ss:Workbook>'), 'xml_workbook'],
  ])('of %s are taken', (_, head, kind) => {
    expect(fileKind(head)).toBe(kind);
  });
});

describe('a number in a cell', () => {
  it.each([
    ['2309.7899999999999', '2309.79'],
    ['64982.589', '64982.589'],
    ['2.960623488E9', '2960623488'],
    ['1E-7', '0.0000001'],
    ['1.5e22', '15000000000000000000000'],
    ['20240101000000123', '20240101000000123'],
    ['-0.1', '-0.1'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['12', '12'],
    ['x', 'x'],
    ['', ''],
  ])('%s is written %s', (stored, expected) => {
    expect(numberText(stored)).toBe(expected);
  });

  it('is a day, or keeps its zeros, by its style', () => {
    expect(styledNumber('43914', 'day', false)).toBe('2020-03-24');
    expect(styledNumber('43914.75', 'day', false)).toBe('2020-03-24');
    expect(styledNumber('42452', 'day', true)).toBe('2020-03-24');
    expect(styledNumber('611365', { width: 10 }, false)).toBe('0000611365');
  });

  it('survives as the double that its writer meant', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (cents) => {
        const value = cents / 100;
        expect(Number(numberText(value.toPrecision(17)))).toBe(value);
      }),
    );
  });
});

describe('the parts of a workbook', () => {
  it('tell its sheets, dates and links', () => {
    const workbook = readWorkbook(
      '<x:workbook xmlns:x="m"><x:workbookPr date1904="1"/><x:sheets>' +
        '<x:sheet name="A &amp; B" r:id="r1"/><x:sheet name="h" state="hidden" r:id="r2"/>' +
        '</x:sheets></x:workbook>',
    );
    expect(workbook).toEqual({
      date1904: true,
      sheets: [
        { name: 'A & B', relation: 'r1', hidden: false },
        { name: 'h', relation: 'r2', hidden: true },
      ],
    });
    const links = readRelations(
      '<R><Relationship Id="r1" Target="/xl/a.xml"/><Relationship Id="r2" Target="b.xml"/></R>',
    );
    expect([...links]).toEqual([
      ['r1', 'xl/a.xml'],
      ['r2', 'xl/b.xml'],
    ]);
  });

  it('tell days from durations and codes', () => {
    const formats = [
      'yyyy\\-mm\\-dd',
      '[h]:mm:ss',
      '#,##0.00 "day"',
      '0000000000',
      'yyyy"年"m"月"d"日"',
    ];
    const numbers = formats.map(
      (code, index) =>
        `<numFmt numFmtId="${170 + index}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
    );
    const cells = [0, 14, 22, 45, ...formats.map((_, index) => 170 + index)].map(
      (id) => `<xf numFmtId="${id}"/>`,
    );
    const xml =
      `<s><numFmts>${numbers.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
      `<cellXfs>${cells.join('')}</cellXfs></s>`;
    expect(readStyles(xml)).toEqual([
      'number',
      'day',
      'day',
      'number',
      'day',
      'number',
      'number',
      { width: 10 },
      'day',
    ]);
  });

  it('share strings, rich text joined and phonetic hints left out', () => {
    const shared = sharedStrings();
    const xml =
      '<sst><si><t>a</t></si><si><r><t>客</t></r><r><t xml:space="preserve">户 </t></r>' +
      '<rPh><t>ke</t></rPh></si><si/></sst>';
    for (const piece of xml.split(/(?=<)/)) shared.feed(piece);
    expect(shared.finish()).toEqual(['a', '客户 ', '']);
  });

  it('give rows with gaps, in pieces of any size', () => {
    const xml =
      '<worksheet><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c>' +
      '<c r="D2"><f>1+1</f><v>2</v></c></row>' +
      '<row r="3"/><row r="5">' +
      '<c r="A5" t="inlineStr"><is><t>x&lt;y</t></is></c><c r="B5" t="b"><v>1</v></c>' +
      '<c r="C5" t="str"><v>s</v></c><c r="D5" s="1"><v>43914</v></c></row>' +
      '</sheetData></worksheet>';
    for (const size of [xml.length, 1, 7]) {
      const reader = sheetReader({ strings: ['hi'], styles: ['number', 'day'], date1904: false });
      const rows = [];
      for (let at = 0; at < xml.length; at += size)
        rows.push(...reader.feed(xml.slice(at, at + size)));
      rows.push(...reader.finish());
      expect(rows).toEqual([
        { line: 2, cells: ['', 'hi', '', '2'] },
        { line: 5, cells: ['x<y', 'TRUE', 's', '2020-03-24'] },
      ]);
    }
  });

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a/>'],
    ['an open element', '<a><b></b>'],
    ['a tag without end', '<a'],
    ['an unknown mark', '<!ELEMENT a b><a/>'],
  ])('with %s are damaged', (_, xml) => {
    expect(() => readWorkbook(xml)).toThrow('xlsx_damaged');
  });

  it('of any text give rows or a fault', () => {
    const text = fc.string({
      unit: fc.constantFrom('<', '>', '/', 'c', 'row', ' r="A1"', '"', '&#1;', 'v', '!', '-'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, (xml) => {
        const reader = sheetReader({ strings: [], styles: [], date1904: false });
        try {
          expect([...reader.feed(xml), ...reader.finish()].length).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
    );
  });

  it('resolve entities and the escapes of Excel', () => {
    expect(plainText('a&amp;b&#65;&#x4e2d;_x0041_&unknown;')).toBe('a&bA中A&unknown;');
  });
});
