import { divide } from '@recourse/kit/money.ts';

/**
 * A part of a whole in hundredths of a per cent, rounded half to even; undefined when there is no
 * whole that it could be a part of.
 */
export function shareBps(part: bigint, whole: bigint): number | undefined {
  if (whole <= 0n) return undefined;
  return Number(divide(part * 10_000n, whole, 'half-even'));
}
