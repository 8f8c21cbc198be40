import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fault, faultFrom } from '@recourse/kit/fault.ts';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { analyse } from './analyse.ts';
import { pieces, rowsOf, withTable } from './fixture/delivery.ts';
import { workbookParts, zip } from './fixture/workbook.ts';
import { defaultLimits } from './limits.ts';
import type { Limits } from './limits.ts';
import { openTable } from './open-table.ts';
import type { Table } from './table.ts';

let limits: Limits = defaultLimits;

beforeAll(async () => {
  limits = { ...defaultLimits, folder: await mkdtemp(join(tmpdir(), 'intake-test-')) };
});

afterAll(() => rm(limits.folder, { recursive: true, force: true }));

const table =
  'invoice number,customer,due date,amount\n1,上海,2024-01-31,5.50\n2,北京,2024-02-29,6.50\n';

describe('a workbook of several sheets', () => {
  it('is read from the sheet of receivables though that of payments is longer', async () => {
    const receivables = table
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const payments = Array.from({ length: 9 }, (_, at) => [`P${at}`, '1', '2024-03-01', '1.00']);
    const bytes = zip(
      workbookParts({
        Payments: [['payment id', 'invoice', 'payment date', 'paid amount'], ...payments],
        Open: receivables,
      }),
    );
    await withTable(bytes, async (found) => {
      expect(found.sheet).toBe('Open');
      expect((await rowsOf(found)).length).toBe(3);
    });
  });
});

describe('a small table', () => {
  it.each<[string, Buffer, Partial<Table>]>([
    ['UTF-8', Buffer.from(table), { encoding: 'utf-8', byteOrderMark: false, delimiter: ',' }],
    [
      'UTF-8 with a mark',
      Buffer.from(`\ufeff${table}`),
      { encoding: 'utf-8', byteOrderMark: true },
    ],
    ['GBK', iconv.encode(table, 'gbk'), { encoding: 'gb18030' }],
    ['UTF-16 BE', iconv.encode(table, 'utf16-be', { addBOM: true }), { encoding: 'utf-16be' }],
    [
      'XLSX',
      zip(
        workbookParts({
          'Sheet 1': table
            .trimEnd()
            .split('\n')
            .map((line) => line.split(',')),
        }),
      ),
      { encoding: '', sheet: 'Sheet 1' },
    ],
  ])('is read alike from %s', async (_, bytes, expected) => {
    await withTable(bytes, async (found) => {
      expect(found).toMatchObject(expected);
      const rows = await rowsOf(found);
      expect(rows.map((row) => row.cells)).toEqual(
        table
          .trimEnd()
          .split('\n')
          .map((line) => line.split(',')),
      );
    });
  });
});

async function refusal(bytes: Buffer | AsyncIterable<Uint8Array>, within = limits): Promise<Fault> {
  try {
    const found = await openTable(Buffer.isBuffer(bytes) ? pieces(bytes) : bytes, within);
    try {
      await analyse(found);
    } finally {
      await found.close();
    }
  } catch (error) {
    return faultFrom(error);
  }
  throw new Error('was not refused');
}

const leftovers = (): Promise<string[]> => readdir(limits.folder);

const good = workbookParts({
  Items: [
    ['invoice', 'amount'],
    ['1', { number: '5' }],
  ],
});
const zeros = Buffer.alloc(40_000_000, 48);

describe('a file that is no table', () => {
  it.each<[string, () => Buffer, string, Record<string, string>]>([
    ['nothing', () => Buffer.alloc(0), 'file_empty', {}],
    ['blank lines', () => Buffer.from('\n\n \n'), 'delimiter_not_found', {}],
    ['a header alone', () => Buffer.from('invoice number,amount\n'), 'file_without_rows', {}],
    ['a PDF', () => Buffer.from('%PDF-1.7 …'), 'file_kind_refused', { found: 'pdf' }],
    [
      'a zip of other things',
      () => zip([{ name: 'a.csv', content: 'x' }]),
      'file_kind_refused',
      { found: 'zip' },
    ],
    [
      'a Word document',
      () => zip([{ name: 'word/document.xml', content: '<a/>' }]),
      'file_kind_refused',
      { found: 'docx' },
    ],
    ['a workbook cut short', () => zip(good).subarray(0, -40), 'xlsx_truncated', {}],
    ['a workbook cut in the middle', () => zip(good).subarray(0, 300), 'xlsx_truncated', {}],
    [
      'a sheet that ends too early',
      () =>
        zip(
          good.map((p) =>
            p.name.includes('sheet1') ? { ...p, content: '<worksheet><sheetData><row>' } : p,
          ),
        ),
      'xlsx_damaged',
      {},
    ],
    [
      'a zip bomb',
      () => zip(good.map((p) => (p.name.includes('sheet1') ? { ...p, content: zeros } : p))),
      'zip_bomb',
      {},
    ],
    [
      'a bomb whose directory lies',
      () =>
        zip(
          good.map((p) => (p.name.includes('sheet1') ? { ...p, content: zeros, stated: 1000 } : p)),
        ),
      'xlsx_damaged',
      {},
    ],
    [
      'a zip of countless files',
      () => zip(Array.from({ length: 3000 }, (_, n) => ({ name: `xl/${n}.xml`, content: '' }))),
      'zip_bomb',
      {},
    ],
    [
      'bytes of no encoding',
      () => Buffer.from([97, 44, 98, 10, 0xff, 0xfe, 0x80, 10]),
      'encoding_unknown',
      {},
    ],
    [
      'a thousand columns',
      () => Buffer.from(`${'a,'.repeat(1000)}a\n1,2\n`),
      'too_many_columns',
      {},
    ],
  ])('because it is %s is refused, named and removed', async (_, make, reason, facts) => {
    const fault = await refusal(make());
    expect(fault).toMatchObject({ reason, facts });
    expect(fault.facts['repair']).not.toBe(undefined);
    expect(await leftovers()).toEqual([]);
  });

  it('past the size limit is refused while it is still arriving', async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) {
        sent += 65_536;
        yield Buffer.from('1,2\n'.repeat(16_384));
      }
    }
    const fault = await refusal(endless(), { ...limits, fileBytes: 1_000_000 });
    expect(fault).toMatchObject({ kind: 'exhausted', reason: 'file_too_large' });
    expect(sent).toBeLessThan(3_000_000);
  });

  it('with a byte changed anywhere gives rows or a fault, and leaves nothing behind', async () => {
    const file = zip(good);
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(255), async (at, value) => {
        const bytes = Buffer.from(file);
        bytes[at] = value;
        try {
          await withTable(bytes, rowsOf, limits);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 150 },
    );
    expect(await leftovers()).toEqual([]);
  });

  it('of any text gives an analysis or a fault', async () => {
    const word = fc.constantFrom(
      'invoice',
      'amount',
      'due date',
      '1/2/2024',
      '5.5',
      ',',
      ';',
      '\n',
      '"',
      '客户',
      '\t',
      '',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 40 }), async (words) => {
        try {
          await withTable(Buffer.from(words.join('')), (found) => analyse(found), limits);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('an upload that breaks off', () => {
  it('leaves nothing behind', async () => {
    const source = createReadStream(import.meta.filename, { highWaterMark: 100 });
    async function* broken(): AsyncGenerator<Uint8Array> {
      for await (const chunk of source) {
        yield chunk;
        throw new Error('connection lost');
      }
    }
    await expect(openTable(broken(), limits)).rejects.toThrow('connection lost');
    expect(await leftovers()).toEqual([]);
  });
});
