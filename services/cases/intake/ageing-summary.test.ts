import { describe, expect, it } from '@jest/globals';
import { layoutFacts, summarise } from '../domain/import/summary.ts';
import { analyse } from './analyse.ts';
import { withTable } from './fixture/delivery.ts';

async function told(text: string): Promise<string[]> {
  const summary = await withTable(Buffer.from(text), async (table) => {
    const { encoding, byteOrderMark, delimiter, sheet } = table;
    return summarise(await analyse(table), { encoding, byteOrderMark, delimiter, sheet });
  });
  return layoutFacts(summary)
    .filter(({ kind }) => kind === 'ageing_summary')
    .map(({ column, rows }) => `${rows}: ${column}`);
}

describe('a summary of what customers owe by age', () => {
  it.each([
    [
      'of a Chinese ledger',
      `客户编码,客户名称,币别,余额,未到期,1-30天,31-60天,61-90天,91-180天,181天以上
C001,苏州甲公司,CNY,3000.00,1000.00,2000.00,0.00,0.00,0.00,0.00
C002,无锡乙公司,CNY,500.00,0.00,0.00,0.00,500.00,0.00,0.00
`,
      '2: 未到期, 1-30天, 31-60天, 61-90天, 91-180天, 181天以上',
    ],
    [
      'by years',
      `客户,应收余额,1年以内（含1年）,1至2年,2至3年,3年以上
甲公司,100.00,100.00,0.00,0.00,0.00
乙公司,300.00,0.00,200.00,0.00,100.00
`,
      '2: 1至2年, 2至3年, 3年以上',
    ],
    [
      'as bookkeeping programs print it',
      `Customer,Current,1 - 30,31 - 60,61 - 90,91 and over,Total
ACME Inc.,100.00,0.00,50.00,0.00,0.00,150.00
Borealis Ltd,0.00,20.00,0.00,0.00,75.00,95.00
`,
      '2: Current, 1 - 30, 31 - 60, 61 - 90, 91 and over',
    ],
    [
      'with signs',
      `Account;Name;Not due;<30;31-60 days overdue;>60
1;ACME;1.00;2.00;3.00;4.00
2;Borealis;1.00;2.00;3.00;4.00
`,
      '2: Not due, <30, 31-60 days overdue, >60',
    ],
  ])('is told as one %s', async (_name, text, expected) => {
    expect(await told(text)).toEqual([expected]);
  });

  it.each([
    [
      'that lists documents with their days',
      `Customer,Invoice,Due Date,Current,1-30,31-60,61-90
ACME,INV-1,2026-01-31,100.00,,,
Borealis,INV-2,2025-12-15,,20.00,,
`,
    ],
    [
      'of years and quarters',
      `Customer,2024,2025,2026,Q1
ACME,100.00,20.00,3.00,1.00
Borealis,100.00,20.00,3.00,1.00
`,
    ],
  ])('is not one %s', async (_name, text) => {
    expect(await told(text)).toEqual([]);
  });
});
