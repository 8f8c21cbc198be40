import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { numberOf, readSheet } from './csv.ts';
import { rolesOf } from './roles.ts';

const folder = mkdtempSync(join(tmpdir(), 'rank-'));
afterAll(() => rmSync(folder, { recursive: true }));

function sheetOf(content: string | Buffer) {
  const path = join(folder, 'cases.csv');
  writeFileSync(path, content);
  return readSheet(path);
}

const plain = 'agency,amount,recovered\nNorth,1234.56,1200\nSouth,1234,0.5\n';

describe('a file of cases', () => {
  it.each([
    ['plain', plain],
    ['in UTF-16', Buffer.from(`\ufeff${plain}`, 'utf16le')],
    ['below titles, above a total', `Report\n2024\n\n${plain}Total,2468.56,1200.5\n`],
    [
      'with decimal commas',
      'agency;amount;recovered\nNorth;1.234,56;1.200,00\nSouth;1.234,00;0,5\n',
    ],
  ])('%s is read alike', (_, content) => {
    const { columns, rows } = sheetOf(content);
    expect(columns).toEqual(['agency', 'amount', 'recovered']);
    expect(rows.map(([group = '', ...cells]) => [group, ...cells.map(numberOf)])).toEqual([
      ['North', 1234.56, 1200],
      ['South', 1234, 0.5],
    ]);
  });

  it.each([
    ['1,234.50', 1234.5],
    ['￥1,234.50', 1234.5],
    ['１２３４', 1234],
    ['12.5万元', 125_000],
    ['(500)', -500],
    ['SH12', undefined],
    ['n/a', undefined],
  ])('%s is the number %s', (text, value) => {
    expect(numberOf(text)).toBe(value);
  });

  it('that is not there is named', () => {
    expect(() => readSheet(join(folder, 'none.csv'))).toThrow('none.csv: cannot be read');
  });

  it('without a row is refused', () => {
    expect(() => sheetOf('agency,amount\n')).toThrow('no row below a header');
  });

  it('with a rate is not taken for one with amounts recovered', () => {
    const sheet = sheetOf('agency,principal,recovery_rate\nNorth,100,45%\nSouth,100,30%\n');
    expect(() => rolesOf(sheet, {})).toThrow('found agency, principal, recovery_rate');
  });

  it('keeps the balance after payments out of what is expected', () => {
    const sheet = sheetOf(
      'agency,Original Balance,Current Balance,Amount Collected\nNorth,100,40,60\nSouth,90,70,20\n',
    );
    expect(rolesOf(sheet, {})).toMatchObject({
      amount: 'Original Balance',
      recovered: 'Amount Collected',
      features: [],
    });
  });
});
