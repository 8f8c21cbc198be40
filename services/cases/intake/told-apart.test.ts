import { describe, expect, it } from '@jest/globals';
import { content, deliverBytes } from './fixture/delivery.ts';

const told = async (text: string): Promise<string[]> => {
  const { findings } = await deliverBytes(Buffer.from(text));
  return findings
    .filter(({ rejects }) => rejects)
    .map(({ row, rule, column, found }) => `${row} ${rule} ${column}: ${found}`);
};

describe('one document number of several documents', () => {
  it('names the fiscal year where it tells them apart, next to one another or not', async () => {
    const text = `Company Code,Customer,Document Number,Fiscal Year,Net due date,Amount
1000,C1,1800000001,2025,2025-02-05,1000.00
1000,C3,1800000001,2026,2026-02-05,2000.00
2000,C2,1800000001,2025,2025-02-07,2000.00
1000,C4,1800000002,2026,2026-02-05,2000.00
1000,C5,1800000001,2027,2027-02-05,3000.00
`;
    expect(await told(text)).toEqual([
      '3 number_told_by_column Fiscal Year: 1800000001 (row 2)',
      '6 number_told_by_column Fiscal Year: 1800000001 (row 2)',
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
