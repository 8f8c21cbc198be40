import { describe, expect, it } from '@jest/globals';
import type { FinancialStatement } from '@recourse/proto/credit/v1/ratings.ts';
import { checkBalance, ratios, readStatements } from './statement.ts';

const csv = [
  'item,2024,2025',
  'Total assets,1000,"1,200"',
  'Current assets,500,600',
  'Total liabilities,400,500',
  'Current liabilities,250,300',
  'Equity,600,700',
  'Net profit,(20),60',
  'Revenue,800,900',
].join('\n');

const newest = (): FinancialStatement => {
  const [, one] = readStatements(csv, 'CNY', 1_000n);
  if (one === undefined) throw new Error('nothing read');
  return one;
};

describe('a financial statement', () => {
  it('is read from CSV, a year as its last day, brackets as less than nothing', () => {
    expect(readStatements(csv, 'CNY', 1_000n)).toMatchObject([
      { periodEnd: '2024-12-31', totalAssetsMinor: 1_000_000_00n, netProfitMinor: -20_000_00n },
      { periodEnd: '2025-12-31', totalAssetsMinor: 1_200_000_00n, netProfitMinor: 60_000_00n },
    ]);
  });

  it('gives the ratios a rating looks at', () => {
    expect(ratios(newest())).toMatchObject({
      current_ratio: 2,
      debt_ratio: 0.4166,
      net_margin: 0.0666,
      interest_cover: undefined,
    });
  });

  it('may differ by one unit of rounding', () => {
    const one = newest();
    expect(() => checkBalance({ ...one, equityMinor: one.equityMinor + 100n })).not.toThrow();
  });

  it.each([
    ['that does not balance', { equityMinor: 1n }, 'statement_does_not_balance'],
    ['without assets', { totalAssetsMinor: 0n }, 'statement_has_no_assets'],
    [
      'whose current assets exceed all',
      { currentAssetsMinor: 9_000_000_00n },
      'current_assets_exceed_assets',
    ],
    ['whose parts exceed the whole', { cashMinor: 700_000_00n }, 'parts_exceed_current_assets'],
    [
      'whose current liabilities exceed all',
      { currentLiabilitiesMinor: 900_000_00n },
      'current_liabilities_exceed_liabilities',
    ],
  ])('%s is refused', (_words, over, reason) => {
    expect(() => checkBalance({ ...newest(), ...over })).toThrow(
      expect.objectContaining({ reason }),
    );
  });

  it.each([
    ['an unreadable period', csv.replace('2025', 'soon'), 'period_unreadable'],
    ['a figure that is no number', csv.replace('600,700', '600,many'), 'figure_is_no_number'],
    ['no equity', csv.replace('Equity', 'Other'), 'figure_missing'],
    [
      'a period that does not balance',
      csv.replace('600,700', '600,1'),
      'statement_does_not_balance',
    ],
    ['nothing in it', '', 'table_is_empty'],
  ])('in CSV with %s is refused', (_words, text, reason) => {
    expect(() => readStatements(text, 'CNY', 1n)).toThrow(expect.objectContaining({ reason }));
  });
});
