import type { Money } from '@recourse/kit/money.ts';

/** How far cases have come: opened, reached, promised, paid in part, paid in full. */

export const funnelStages = [
  'OPENED',
  'REACHED',
  'PROMISED',
  'PAID_IN_PART',
  'PAID_IN_FULL',
] as const;

export type FunnelStage = (typeof funnelStages)[number];

/** Cases alike in what they have come to. */
export type FunnelRow = {
  currency: string;
  isReached: boolean;
  isPromised: boolean;
  isPaidInPart: boolean;
  isPaidInFull: boolean;
  cases: bigint;
  baseMinor: bigint;
  recoveredMinor: bigint;
};

export type FunnelStep = { stage: FunnelStage; cases: bigint; base: Money; recovered: Money };

const hasCome: Readonly<Record<FunnelStage, (row: FunnelRow) => boolean>> = {
  OPENED: () => true,
  REACHED: (row) => row.isReached,
  PROMISED: (row) => row.isPromised,
  PAID_IN_PART: (row) => row.isPaidInPart || row.isPaidInFull,
  PAID_IN_FULL: (row) => row.isPaidInFull,
};

/**
 * Five steps for each currency, by its code. Each counts the cases to which just that has happened:
 * who pays without ever having been reached is paid and not reached. Only paid in part has those
 * paid in full in it.
 */
export function funnelSteps(rows: readonly FunnelRow[]): FunnelStep[] {
  const byCurrency = Map.groupBy(rows, (row) => row.currency);
  return [...byCurrency.keys()].sort().flatMap((currency) =>
    funnelStages.map((stage) => {
      const own = (byCurrency.get(currency) ?? []).filter(hasCome[stage]);
      const sum = (of: (row: FunnelRow) => bigint): bigint =>
        own.reduce((all, row) => all + of(row), 0n);
      return {
        stage,
        cases: sum((row) => row.cases),
        base: { currency, minor: sum((row) => row.baseMinor) },
        recovered: { currency, minor: sum((row) => row.recoveredMinor) },
      };
    }),
  );
}

/** Currencies by how many cases are in them, most first; by code where that is the same. */
export function currenciesByCases(
  counted: readonly { currency: string; cases: bigint }[],
): string[] {
  const sums = new Map<string, bigint>();
  for (const { currency, cases } of counted) {
    sums.set(currency, (sums.get(currency) ?? 0n) + cases);
  }
  return [...sums]
    .toSorted(([a, one], [b, other]) => (one === other ? (a < b ? -1 : 1) : one > other ? -1 : 1))
    .map(([currency]) => currency);
}
