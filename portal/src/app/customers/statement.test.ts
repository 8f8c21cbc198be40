import { beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage } from '../session/language';
import { balanceFault, balanceText } from './statement';
import type { Figures } from './statement';

const whole: Figures = {
  cashMinor: 100_00n,
  receivablesMinor: 200_00n,
  inventoryMinor: 100_00n,
  currentAssetsMinor: 500_00n,
  totalAssetsMinor: 1_000_00n,
  currentLiabilitiesMinor: 300_00n,
  totalLiabilitiesMinor: 600_00n,
  equityMinor: 400_00n,
  revenueMinor: 0n,
  costOfSalesMinor: 0n,
  operatingProfitMinor: 0n,
  interestExpenseMinor: 0n,
  netProfitMinor: 0n,
  operatingCashFlowMinor: 0n,
};

beforeEach(() => chooseLanguage('zh-CN'));

describe('a statement that is being typed', () => {
  it.each<[string, Partial<Figures>, string | undefined]>([
    ['balances', {}, undefined],
    ['balances within one major unit', { totalAssetsMinor: 1_001_00n }, undefined],
    ['lacks assets', { totalAssetsMinor: 0n }, 'statement_has_no_assets'],
    ['differs by more', { totalAssetsMinor: 1_001_01n }, 'statement_does_not_balance'],
    ['has current above all', { currentAssetsMinor: 1_002_00n }, 'current_assets_exceed_assets'],
    ['has parts above current', { cashMinor: 202_00n }, 'parts_exceed_current_assets'],
    [
      'owes more soon than in all',
      { currentLiabilitiesMinor: 602_00n },
      'current_liabilities_exceed_liabilities',
    ],
  ])('%s', (_words, change, fault) => {
    expect(balanceFault({ ...whole, ...change }, 'CNY')).toBe(fault);
  });

  it('says the difference and its direction, with the currency', () => {
    const short = { ...whole, totalAssetsMinor: 900_00n };
    expect(balanceText(short, 'CNY')).toBe('不平衡：资产比负债加权益少 ¥100.00');
    chooseLanguage('en');
    expect(balanceText(short, 'CNY')).toBe(
      'Does not balance: assets are ¥100.00 less than liabilities and equity',
    );
  });

  it('allows one yen where there are no cents', () => {
    expect(balanceFault({ ...whole, totalAssetsMinor: 100_002n }, 'JPY')).toBe(
      'statement_does_not_balance',
    );
  });
});
