import { describe, expect, it } from '@jest/globals';
import { content, deliverBytes } from './fixture/delivery.ts';

const told = async (text: string): Promise<string[]> => {
  const { findings } = await deliverBytes(Buffer.from(text));
  return findings
    .filter(({ rejects }) => rejects)
    .map(({ row, rule, column, found }) => `${row} ${rule} ${column}: ${found}`);
};

describe('one document number of several documents', () => {
  it('names the year where it tells them apart and is not known for the document’s', async () => {
    const text = `公司代码,客户编码,单据编号,年度,单据日期,到期日,金额
1000,C1,1800000001,2025,2024-01-05,2025-02-05,1000.00
1000,C3,1800000001,2026,2024-01-05,2026-02-05,2000.00
2000,C2,1800000001,2025,2024-01-05,2025-02-07,2000.00
1000,C4,1800000002,2026,2024-01-05,2026-02-05,2000.00
1000,C5,1800000001,2027,2024-01-05,2027-02-05,3000.00
`;
    expect(await told(text)).toEqual([
      '3 number_told_by_column 年度: 1800000001 (row 2)',
      '6 number_told_by_column 年度: 1800000001 (row 2)',
    ]);
  });

  it('keeps company codes apart by themselves, the same in each delivery', async () => {
    const text = `BUKRS,KUNNR,BELNR,GJAHR,FAEDT,WRBTR,WAERS
1000,C1,1800000001,2025,2025-02-05,1000.00,EUR
2000,C2,1800000001,2025,2025-02-07,2000.00,EUR
`;
    expect(await told(text)).toEqual([]);
    const [one, two] = [
      await deliverBytes(Buffer.from(text)),
      await deliverBytes(Buffer.from(text)),
    ];
    expect(one.records).toHaveLength(2);
    expect(content(two.records)).toEqual(content(one.records));
  });

  it('names no column where the year is the same', async () => {
    const text = `Customer,Document Number,Fiscal Year,Due date,Amount
C1,17,2025,2025-02-05,1000.00
C2,18,2025,2025-02-05,1000.00
C3,17,2025,2025-02-06,2000.00
`;
    expect(await told(text)).toEqual(['4 duplicate_other_content Document Number: 17 (row 2)']);
  });
});

describe('a document number that begins anew each year', () => {
  const keys = async (text: string): Promise<string[]> => {
    const { records, findings } = await deliverBytes(Buffer.from(text));
    expect(findings.filter(({ rejects }) => rejects)).toEqual([]);
    return records.map(({ documentKey }) =>
      documentKey.replaceAll('\u001e', '|').replaceAll('\u001f', '|'),
    );
  };

  it.each([
    [
      'of SAP’s tables',
      `BUKRS,KUNNR,BELNR,GJAHR,BLDAT,FAEDT,WRBTR,WAERS
1000,C1,1800000001,2025,20250105,20250205,1000.00,EUR
1000,C2,1800000001,2026,20260105,20260205,2000.00,EUR
2000,C3,1800000001,2025,20250107,20250207,2000.00,EUR
`,
    ],
    [
      'that is not the calendar’s, far apart',
      `Company Code,Customer,Document Number,Fiscal Year,Document Date,Net due date,Amount
1000,C1,1800000001,2025,2026-02-05,2026-03-05,1000.00
2000,C3,1800000001,2025,2025-05-07,2025-06-07,2000.00
1000,C2,1800000001,2026,2026-05-05,2026-06-05,2000.00
`,
    ],
    [
      'of a Chinese ledger without days of documents',
      `公司代码,客户编码,单据编号,年度,到期日,金额
1000,C1,1800000001,2025年,2025-02-05,1000.00
1000,C2,1800000001,2026年,2026-02-05,2000.00
2000,C3,1800000001,2025年,2026-01-07,2000.00
`,
    ],
  ])('is another document in each: %s', async (_, text) => {
    expect((await keys(text)).toSorted()).toEqual([
      '1000|1800000001|2025',
      '1000|1800000001|2026',
      '2000|1800000001|2025',
    ]);
  });

  it('has the same key in a delivery of one year', async () => {
    const text = `会计年度,客户编码,单据编号,单据日期,到期日,金额
2025,C1,17,2025-01-05,2025-02-05,1000.00
2025,C1,18,2025-01-05,2025-02-05,1000.00
`;
    expect(await keys(text)).toEqual(['17|2025', '18|2025']);
  });

  it('leaves a year alone that is the same for documents of every age', async () => {
    const text = `年度,客户编码,单据编号,单据日期,到期日,金额
2026,C1,17,2024-01-05,2025-02-05,1000.00
2026,C1,18,2025-01-05,2025-02-05,1000.00
2026,C1,19,2026-01-05,2026-02-05,1000.00
`;
    expect(await keys(text)).toEqual(['17', '18', '19']);
  });
});
