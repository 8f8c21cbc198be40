import { describe, expect, it } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { type Cell, csvBytes, type Sheet } from './sheet.ts';
import { workbookBytes } from './workbook.ts';

async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* given(rows: readonly (readonly Cell[])[]): AsyncGenerator<readonly Cell[]> {
  for (const row of rows) yield await Promise.resolve(row);
}

function sheetOf(rows: AsyncIterable<readonly Cell[]>, name = '案件 <"1/2">'): Sheet {
  const titles = ['客户', '单据号', '金额', '到期日', '联系'];
  const heads = titles.map((title) => ({ title, width: 20 }));
  return { name, heads, rows, zone: 'Asia/Shanghai' };
}

const rows: Cell[][] = [
  [
    '上海 <&> "甲", 有限公司',
    '000123',
    { number: '-1234567.80', digits: 2 },
    { day: '2026-02-28' },
    { instant: '2026-11-22T16:30:59Z' },
  ],
  ['=HYPERLINK("http://x")', '-5', { number: '0.00', digits: 2 }, { day: '' }, { instant: '' }],
  ['bell\u0007\ud800', '', { number: '12345678901234567.89', digits: 2 }, { day: 'never' }, ''],
];

describe('a table as CSV', () => {
  it('is read by a spreadsheet as what it says, and runs nothing', async () => {
    expect((await bytesOf(csvBytes(sheetOf(given(rows))))).toString()).toBe(
      '\uFEFF客户,单据号,金额,到期日,联系\r\n' +
        '"上海 <&> ""甲"", 有限公司",000123,-1234567.80,2026-02-28,2026-11-23 00:30\r\n' +
        '"\'=HYPERLINK(""http://x"")",-5,0.00,,\r\n' +
        'bell\u0007\ufffd,,12345678901234567.89,,\r\n',
    );
  });
});

describe('a table as XLSX', () => {
  it('has texts, numbers, days and times as such', async () => {
    const bytes = await bytesOf(workbookBytes(sheetOf(given(rows))));
    const [head, first, second, third] = await readSheet(bytes);
    expect(head).toEqual(['客户', '单据号', '金额', '到期日', '联系']);
    expect(first?.slice(0, 3)).toEqual(['上海 <&> "甲", 有限公司', '000123', -1234567.8]);
    expect(first?.[3]).toEqual(new Date('2026-02-28T00:00:00Z'));
    expect(first?.[4]).toEqual(new Date('2026-11-23T00:30:59Z'));
    expect(second).toEqual(['=HYPERLINK("http://x")', '-5', 0, null, null]);
    expect(third).toEqual(['bell\ufffd', null, '12345678901234567.89', null, null]);
  });

  it('goes on in another sheet when one is full', async () => {
    const many = Array.from({ length: 5 }, (_unused, at): Cell[] => [`row ${at}`]);
    const bytes = await bytesOf(workbookBytes(sheetOf(given(many), 'x'), { rowsInSheet: 3 }));
    const firsts = await Promise.all(
      ['x', 'x 2', 'x 3'].map(async (name) => (await readSheet(bytes, name)).map(([one]) => one)),
    );
    expect(firsts).toEqual([
      ['客户', 'row 0', 'row 1'],
      ['客户', 'row 2', 'row 3'],
      ['客户', 'row 4'],
    ]);
  });

  it('has its head alone when there are no rows', async () => {
    const bytes = await bytesOf(workbookBytes(sheetOf(given([]))));
    expect(await readSheet(bytes)).toEqual([['客户', '单据号', '金额', '到期日', '联系']]);
  });

  it('fails with what the rows fail with', async () => {
    async function* failing(): AsyncGenerator<readonly Cell[]> {
      yield ['one'];
      await Promise.resolve();
      throw new Error('the rows end here');
    }
    await expect(bytesOf(workbookBytes(sheetOf(failing())))).rejects.toThrow('the rows end here');
  });
});
