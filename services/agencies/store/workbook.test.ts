import { describe, expect, it } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { workbook } from './workbook.ts';

describe('a workbook', () => {
  it('is read by others as it was written: texts, numbers, empty rows and odd signs', async () => {
    const bytes = workbook({
      name: 'CS/2026*03 "A" & B',
      rows: [
        [{ text: '债务人 <&> "x"' }, { number: '-1234567.89' }],
        [],
        [{ text: '=1+1' }, { text: ' padded ' }, { text: 'bell\u0007' }],
        Array.from({ length: 28 }, (_unused, index) => ({ number: String(index) })),
      ],
    });
    const rows = await readSheet(bytes);
    expect(rows[0]?.slice(0, 2)).toEqual(['债务人 <&> "x"', -1234567.89]);
    expect(rows[2]?.slice(0, 3)).toEqual(['=1+1', 'padded', 'bell']);
    expect(rows[3]?.[27]).toBe(27);
  });

  it('is the same bytes for the same sheet', () => {
    const sheet = { name: 'x', rows: [[{ number: '1.00' }]] };
    expect(workbook(sheet).equals(workbook(sheet))).toBe(true);
  });
});
