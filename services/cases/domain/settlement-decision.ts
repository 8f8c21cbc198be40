import { type Day, day, isBefore } from '@recourse/kit/day.ts';
import type { Receipt } from './promise.ts';

/** What became of settlements: decided by payments and the clock (domain.md 4). */

export type SettlementStateName =
  | 'PROPOSED'
  | 'APPROVED'
  | 'REFUSED'
  | 'WITHDRAWN'
  | 'FULFILLED'
  | 'LAPSED';

export type SettlementRecord = {
  settlementId: string;
  state: SettlementStateName;
  amountMinor: bigint;
  dueDay: string;
  /** Money received before this day, or known before this moment, is not of it. */
  approved: { on: string; at: Temporal.Instant } | undefined;
};

export type SettlementDecision = {
  settlementId: string;
  state: SettlementStateName;
  receivedMinor: bigint;
  /** The day on which the last of it was received. */
  fulfilledOn: string | undefined;
};

const { compare } = Temporal.Instant;

/**
 * Decides all settlements of one case from all money received on it. Money is of the settlement
 * that was approved last before it came. One is fulfilled when what was received by its day reaches
 * the amount, and lapses in the night after that day; the full claim stands then. Money that came
 * in time and is recorded late still fulfils it, and money taken back brings it back. A proposal
 * that nobody decided by its day is withdrawn. What was refused or withdrawn stays so.
 */
export function decideSettlements(
  settlements: readonly SettlementRecord[],
  receipts: readonly Receipt[],
  today: Day,
): SettlementDecision[] {
  const approved = settlements
    .flatMap((one) => (one.approved === undefined ? [] : [{ ...one, approved: one.approved }]))
    .toSorted((a, b) => compare(a.approved.at, b.approved.at));
  const sorted = receipts.toSorted((a, b) => order(a.receivedOn, b.receivedOn));
  const ownOf = ({ receivedOn, recordedAt }: Receipt): string | undefined =>
    approved.findLast(
      (one) => receivedOn >= one.approved.on && compare(recordedAt, one.approved.at) >= 0,
    )?.settlementId;
  const byId = Map.groupBy(sorted, ownOf);
  return settlements.flatMap((one) => decide(one, byId.get(one.settlementId) ?? [], today));
}

function decide(
  settlement: SettlementRecord,
  receipts: readonly Receipt[],
  today: Day,
): SettlementDecision[] {
  const { settlementId, state, amountMinor, dueDay } = settlement;
  const isOver = isBefore(day(dueDay), today);
  if (state === 'REFUSED' || state === 'WITHDRAWN') return [];
  if (state === 'PROPOSED') {
    const now = isOver ? 'WITHDRAWN' : 'PROPOSED';
    return [{ settlementId, state: now, receivedMinor: 0n, fulfilledOn: undefined }];
  }
  let receivedMinor = 0n;
  let fulfilledOn: string | undefined;
  for (const receipt of receipts.filter(({ receivedOn }) => receivedOn <= dueDay)) {
    receivedMinor += receipt.amountMinor;
    if (receivedMinor >= amountMinor) fulfilledOn ??= receipt.receivedOn;
  }
  const now = fulfilledOn !== undefined ? 'FULFILLED' : isOver ? 'LAPSED' : 'APPROVED';
  return [{ settlementId, state: now, receivedMinor, fulfilledOn }];
}

/** Days as text sort as days. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
