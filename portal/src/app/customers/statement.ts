import type { FinancialStatement } from '@recourse/proto/web/credit/v1/ratings';
import { formatMoney, minorDigits } from '../ui/format';
import { t } from './file-words';

/** A figure of a statement by its field of the contract. */
export type FigureName = Extract<keyof FinancialStatement, `${string}Minor`>;
export type Figures = Readonly<Record<FigureName, bigint>>;

export const balanceFigures: readonly FigureName[] = [
  'cashMinor',
  'receivablesMinor',
  'inventoryMinor',
  'currentAssetsMinor',
  'totalAssetsMinor',
  'currentLiabilitiesMinor',
  'totalLiabilitiesMinor',
  'equityMinor',
];

export const incomeFigures: readonly FigureName[] = [
  'revenueMinor',
  'costOfSalesMinor',
  'operatingProfitMinor',
  'interestExpenseMinor',
  'netProfitMinor',
  'operatingCashFlowMinor',
];

export type BalanceFault =
  | 'statement_has_no_assets'
  | 'statement_does_not_balance'
  | 'current_assets_exceed_assets'
  | 'parts_exceed_current_assets'
  | 'current_liabilities_exceed_liabilities';

/**
 * What the service would refuse in a statement, said while it is typed; undefined when it balances.
 * Both sides may differ by one major unit, since statements are often told in whole units.
 */
export function balanceFault(of: Figures, currency: string): BalanceFault | undefined {
  const allowed = 10n ** BigInt(minorDigits(currency));
  if (of.totalAssetsMinor <= 0n) return 'statement_has_no_assets';
  const difference = differenceOf(of);
  if (difference > allowed || difference < -allowed) return 'statement_does_not_balance';
  if (of.currentAssetsMinor > of.totalAssetsMinor + allowed) return 'current_assets_exceed_assets';
  const parts = of.cashMinor + of.receivablesMinor + of.inventoryMinor;
  if (parts > of.currentAssetsMinor + allowed) return 'parts_exceed_current_assets';
  return of.currentLiabilitiesMinor > of.totalLiabilitiesMinor + allowed
    ? 'current_liabilities_exceed_liabilities'
    : undefined;
}

/** Assets less liabilities and equity, in minor units. */
export function differenceOf(of: Figures): bigint {
  return of.totalAssetsMinor - of.totalLiabilitiesMinor - of.equityMinor;
}

/** The balance check in words. */
export function balanceText(of: Figures, currency: string): string {
  const wrong = balanceFault(of, currency);
  if (wrong === undefined) return t('balances');
  if (wrong !== 'statement_does_not_balance') return t(wrong);
  const difference = differenceOf(of);
  const minor = difference < 0n ? -difference : difference;
  return t('statement_does_not_balance', {
    difference: formatMoney({ currency, minor }),
    direction: difference > 0n ? t('more') : t('less'),
  });
}
