import { describe, expect, it } from '@jest/globals';
import { Fault, faultFrom } from '@recourse/kit/fault.ts';
import fc from 'fast-check';
import * as biff from './fixture/biff.ts';
import { deliverBytes, rowsOf, withTable } from './fixture/delivery.ts';
import { workbookOfXlwt } from './fixture/xlwt.ts';
import { defaultLimits } from './limits.ts';

const { cellRecord, compound, double, label, record, u16, u32, wide, workbookStream } = biff;

/** The cells of a workbook's rows, with their line. */
const read = (bytes: Buffer): Promise<[number, ...string[]][]> =>
  withTable(bytes, async (table) => {
    const rows = await rowsOf(table);
    return rows.map(({ line, cells }): [number, ...string[]] => [line, ...cells]);
  });

const book = (cells: readonly Buffer[], globals: readonly Buffer[] = []): Buffer =>
  compound('Workbook', workbookStream([{ name: 'S', cells }], globals));

async function refusal(bytes: Buffer): Promise<Fault> {
  try {
    await withTable(bytes, rowsOf);
  } catch (error) {
    return faultFrom(error);
  }
  throw new Error('was not refused');
}

const at = (column: number, style = 0): Buffer => u16(0, column, style);
const formula = (column: number, value: Buffer): Buffer =>
  record(0x0006, at(column), value, Buffer.alloc(8));
const special = (kind: number, value = 0): Buffer =>
  Buffer.from([kind, 0, value, 0, 0, 0, 0xff, 0xff]);

describe('a workbook of Excel 97 to 2003', () => {
  it('that another program wrote is read as receivables', async () => {
    const found = await deliverBytes(workbookOfXlwt);
    expect(
      found.records.map(({ customerNumber, customerName, documentNumber, dueDate, amountMinor }) =>
        [customerNumber, customerName, documentNumber, dueDate, amountMinor].join(' '),
      ),
    ).toEqual([
      '0000001001 上海华东钢铁有限公司 AR-1 2026-02-05 123456',
      '0000001002 Müller Maschinenbau GmbH AR-2 2026-03-31 -30000',
      '0000001003 北京首钢股份 AR-3 2026-12-31 100000000',
    ]);
    expect(found.kinds).toEqual({ accepted: 3, skipped: 1 });
  });

  it.each<[string, Buffer[], string[]]>([
    ['a number', [record(0x0203, at(0), double(1234.5))], ['1234.5']],
    ['an integer', [record(0x027e, at(0), u32((-42 << 2) | 2))], ['-42']],
    ['an integer in hundredths', [record(0x027e, at(0), u32((123456 << 2) | 3))], ['1234.56']],
    ['half of a double', [record(0x027e, at(0), u32(0x3ff80000))], ['1.5']],
    ['half of a double in hundredths', [record(0x027e, at(0), u32(0x40590001))], ['1']],
    [
      'several in a record',
      [record(0x00bd, u16(0, 0), u16(0), u32(6), u16(1), u32((45323 << 2) | 2), u16(1))],
      ['1', '2024-02-01'],
    ],
    ['a day of a format of its own', [record(0x0203, at(0, 3), double(45323.75))], ['2024-02-01']],
    ['a number padded with zeros', [cellRecord(0, 0, { zeros: '42' })], ['0000000042']],
    ['a text in the cell', [cellRecord(0, 0, '上海')], ['上海']],
    ['a text of low bytes', [record(0x0204, at(0), u16(2), Buffer.from([0, 0x4d, 0xfc]))], ['Mü']],
    ['truth', [record(0x0205, at(0), Buffer.from([1, 0]))], ['TRUE']],
    ['an error', [record(0x0205, at(0), Buffer.from([0x2a, 1]))], ['#N/A']],
    ['a formula’s number', [formula(0, double(7.25))], ['7.25']],
    [
      'a formula’s text',
      [formula(0, special(0)), record(0x04bc, u16(0)), record(0x0207, label('合计'))],
      ['合计'],
    ],
    ['a formula’s truth', [formula(0, special(1, 0))], ['FALSE']],
    ['a formula’s error', [formula(0, special(2, 0x07))], ['#DIV/0!']],
    ['a formula’s empty text', [formula(0, special(3)), cellRecord(0, 1, 'x')], ['', 'x']],
    ['a gap', [cellRecord(0, 0, null), cellRecord(0, 2, 'x')], ['', '', 'x']],
  ])('shows %s', async (_, cells, shown) => {
    expect(await read(book(cells))).toEqual([[1, ...shown]]);
  });

  it('shares texts that records break, each time in characters of another width', async () => {
    const shared = record(
      0x00fc,
      u32(3, 3),
      Buffer.concat([u16(4), Buffer.from([0]), Buffer.from('ab')]),
    );
    // The first goes on wide, the second has runs of fonts and phonetic text behind it.
    const more = record(0x003c, Buffer.from([1]), wide('客户'), u16(2), Buffer.from([0x0d]));
    const rich = record(0x003c, u16(1), u32(4), wide('名称'), u32(1), u32(9), label('末'));
    const cells = [0, 1, 2].map((nth) => record(0x00fd, at(nth), u32(nth)));
    expect(await read(book(cells, [shared, more, rich]))).toEqual([[1, 'ab客户', '名称', '末']]);
  });

  it('counts days from 1904 where it says so', async () => {
    const cells = [cellRecord(0, 0, { day: '2020-01-31' })];
    expect(await read(book(cells, [record(0x0022, u16(1))]))).toEqual([[1, '2024-02-01']]);
  });

  it('has its rows in order whatever the order of its records', async () => {
    const cells = [cellRecord(2, 0, 'c'), cellRecord(0, 0, 'a'), cellRecord(2, 1, 'd')];
    expect(await read(book(cells))).toEqual([
      [1, 'a'],
      [3, 'c', 'd'],
    ]);
  });

  const many = Array.from({ length: 300 }, (_, row) => cellRecord(row, 0, `row ${row}`));
  it.each<[string, Buffer]>([
    ['in sectors of its own', compound('Workbook', workbookStream([{ name: 'S', cells: many }]))],
    [
      'in sectors backwards',
      compound('Workbook', workbookStream([{ name: 'S', cells: many }]), true),
    ],
    ['without a container', workbookStream([{ name: 'S', cells: many }])],
    ['of one sheet alone', Buffer.concat([biff.bof(0x0010), ...many, biff.eof])],
  ])('is read %s', async (_, bytes) => {
    const rows = await read(bytes);
    expect(rows).toHaveLength(300);
    expect(rows.at(-1)).toEqual([300, 'row 299']);
  });

  it('is read from the sheet of receivables, not from one that is longer or hidden', async () => {
    const head = ['invoice number', 'customer', 'due date', 'amount'];
    const line = ['1', 'ACME', '2024-01-31', '5.50'];
    const sheet = (rows: readonly (readonly string[])[]): Buffer[] =>
      rows.flatMap((cells, row) => cells.map((cell, column) => cellRecord(row, column, cell)));
    const bytes = compound(
      'Workbook',
      workbookStream([
        { name: 'Notes', cells: sheet([['a'], ['b'], ['c'], ['d']]) },
        { name: '应收', cells: sheet([head, line]) },
        { name: 'Old', hidden: true, cells: sheet([head, line, line, line]) },
      ]),
    );
    await withTable(bytes, async (table) => {
      expect(table.sheet).toBe('应收');
      expect(await rowsOf(table)).toHaveLength(2);
    });
  });
});

describe('a compound file that is no table', () => {
  const one = [cellRecord(0, 0, 'x')];
  const old = Buffer.concat([biff.bof(0x0005, 0x0500), biff.eof]);

  it.each<[string, Buffer, string, string]>([
    ['of Excel 95', compound('Book', old), 'file_kind_refused', 'xls_before_97'],
    ['of Excel 95 by its version', compound('Workbook', old), 'file_kind_refused', 'xls_before_97'],
    [
      'of Excel 2 without a container',
      Buffer.from([9, 0, 4, 0, 2, 0, 16, 0]),
      'file_kind_refused',
      'xls_before_97',
    ],
    ['with a password', book(one, [record(0x002f, u16(1, 1))]), 'file_encrypted', 'xls'],
    [
      'an XLSX with a password',
      compound('EncryptedPackage', Buffer.alloc(99)),
      'file_encrypted',
      'xlsx',
    ],
    ['a Word document', compound('WordDocument', Buffer.alloc(99)), 'file_kind_refused', 'doc'],
    [
      'of something else',
      compound('Contents', Buffer.alloc(99)),
      'file_kind_refused',
      'compound_file',
    ],
    ['cut in its directory', book(one).subarray(0, 1600), 'xlsx_truncated', ''],
    [
      'without a sheet’s end',
      compound('Workbook', workbookStream([{ name: 'S', cells: one }]).subarray(0, -4)),
      'xlsx_truncated',
      '',
    ],
  ])('%s is refused with its repair', async (_, bytes, reason, found) => {
    const fault = await refusal(bytes);
    expect(fault.reason).toBe(reason);
    if (found !== '') expect(fault.facts['found']).toBe(found);
    expect(String(fault.facts['repair'])).toMatch(/\w/);
    expect(fault.violations).toMatchObject([{ field: 'file', rule: reason }]);
  });

  it('past the limit of shared texts is refused', async () => {
    const shared = record(0x00fc, u32(1, 1), label('x'.repeat(50)));
    const limits = { ...defaultLimits, sharedChars: 49 };
    const work = withTable(book(one, [shared]), rowsOf, limits);
    await expect(work).rejects.toMatchObject({ kind: 'exhausted', reason: 'xlsx_too_large' });
  });

  it('with a byte changed anywhere gives rows or a fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(workbookOfXlwt.length - 1), fc.nat(255), async (place, value) => {
        const bytes = Buffer.from(workbookOfXlwt);
        bytes[place] = value;
        try {
          await withTable(bytes, rowsOf);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 200 },
    );
  });
});
