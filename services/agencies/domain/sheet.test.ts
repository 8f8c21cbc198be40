import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import { csvText, guarded, type ListedLine, statementSheet } from './sheet.ts';
import { type Statement, totals } from './statement.ts';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const statement: Statement = {
  statementId: 's1',
  number: 'CS-2026-03-0001',
  creditorId: 'c',
  creditorName: '远望机电',
  agencyId: 'a',
  agencyName: '正信, 资产',
  month: '2026-03',
  currency: 'CNY',
  state: 'OPEN',
  closedBy: undefined,
  closedAt: undefined,
  version: 1n,
};
const line: ListedLine = {
  lineId: 'l1',
  caseNumber: 'C-2026-000001',
  debtorName: '=cmd|calc',
  kind: 'CLAW_BACK',
  rateBps: 1250,
  term: 'flat',
  receivedOn: day('2026-03-10'),
  paymentId: 'p1',
  payment: cny(-100_000n),
  commission: cny(-12_500n),
  vat: cny(-750n),
  mark: 'HELD',
  holdReason: '金额"不符"',
};

describe('a statement as CSV', () => {
  const text = csvText(statementSheet(statement, [line], totals([line], 'CNY')));

  it('begins with a byte-order mark and ends its lines as RFC 4180 says', () => {
    expect(text.startsWith('\uFEFF结算单 Statement,CS-2026-03-0001\r\n')).toBe(true);
    expect(text.endsWith('应付 Payable,0.00\r\n')).toBe(true);
  });

  it('guards texts against being formulas, and leaves negative amounts numbers', () => {
    expect(text).toContain(
      "C-2026-000001,'=cmd|calc,冲回 Claw-back,2026-03-10,-1000.00,12.50,固定费率 / flat rate," +
        '-125.00,-7.50,HELD,"金额""不符""",p1\r\n',
    );
  });

  it('quotes what has commas', () => {
    expect(text).toContain('机构 Agency,"正信, 资产"\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+86', "'+86"],
    ['-x', "'-x"],
    ['@a', "'@a"],
    ['\tx', "'\tx"],
    ['plain', 'plain'],
  ])('guards %j as %j', (value, safe) => {
    expect(guarded(value)).toBe(safe);
  });
});
