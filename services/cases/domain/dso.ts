import { divide } from '@recourse/kit/money.ts';

/**
 * Days sales outstanding in tenths of a day, by the count-back-free standard formula
 *   DSO = open receivables at the end of the window ÷ sales on credit in it × days of it
 * (domain.md 9; target 45 days). Both amounts in minor units of one currency; 0 without sales.
 */
export function dsoTenths(openMinor: bigint, salesMinor: bigint, windowDays: number): number {
  if (salesMinor <= 0n || openMinor <= 0n) return 0;
  return Number(divide(openMinor * BigInt(windowDays) * 10n, salesMinor, 'half-even'));
}
