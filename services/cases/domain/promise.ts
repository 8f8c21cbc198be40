import { addDays, type Day, day, isBefore } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Money } from '@recourse/kit/money.ts';

/** Promises to pay: made by the debtor, decided by payments and never by hand (domain.md 4). */

export type PromiseStateName = 'PENDING' | 'KEPT' | 'PARTLY_KEPT' | 'BROKEN';

export type PromiseRecord = {
  promiseId: string;
  amountMinor: bigint;
  /** Day on which it was made; money received before it does not count. */
  madeOn: string;
  /** Money that was known by then does not count either: it is not what was promised. */
  madeAt: Temporal.Instant;
  dueDay: string;
};

/** Money that stands, reversed payments left out. */
export type Receipt = { receivedOn: string; recordedAt: Temporal.Instant; amountMinor: bigint };

export type Decision = { promiseId: string; state: PromiseStateName; receivedMinor: bigint };

/**
 * Checks a promise that is to be noted. Refusals in this order: `case_closed`, `currencies_differ`,
 * `promise_in_past`, `promise_too_far`.
 */
export function makePromise(
  file: { caseId: string; state: 'OPEN' | 'CLOSED'; currency: string },
  command: { amount: Money; dueDay: Day; today: Day },
  terms: { promiseAheadDays: number },
): void {
  const { amount, dueDay, today } = command;
  const facts = { dueDay: dueDay.toString(), today: today.toString() };
  if (file.state === 'CLOSED') throw fault('refused', 'case_closed', { caseId: file.caseId });
  if (amount.currency !== file.currency) {
    throw fault('invalid', 'currencies_differ', { left: file.currency, right: amount.currency });
  }
  if (isBefore(dueDay, today)) throw fault('refused', 'promise_in_past', facts);
  if (isBefore(addDays(today, terms.promiseAheadDays), dueDay)) {
    throw fault('refused', 'promise_too_far', { ...facts, days: terms.promiseAheadDays });
  }
}

/**
 * Decides all promises of one case from all money received on it. Money counts once: for the
 * promise due first among those whose time it fell into, from the making of the promise to its due
 * day. Fully received is KEPT at once; the rest is decided when the due day is over.
 */
export function decidePromises(
  promises: readonly PromiseRecord[],
  receipts: readonly Receipt[],
  today: Day,
): Decision[] {
  let purses = receipts
    .map((receipt) => ({ ...receipt, left: receipt.amountMinor }))
    .sort((a, b) => order(a.receivedOn, b.receivedOn) || compare(a.recordedAt, b.recordedAt));
  const dueFirst = [...promises].sort(
    (a, b) =>
      order(a.dueDay, b.dueDay) || order(a.madeOn, b.madeOn) || order(a.promiseId, b.promiseId),
  );
  return dueFirst.map((promise) => {
    const received = take(purses, promise);
    // What is spent is not looked at again: a case may have thousands of payments.
    if (received > 0n) purses = purses.filter((purse) => purse.left > 0n);
    const state = stateOf(promise, received, today);
    return { promiseId: promise.promiseId, state, receivedMinor: received };
  });
}

type Purse = Receipt & { left: bigint };

/** Takes what a promise still lacks out of the purses that fall into its time, oldest first. */
function take(purses: readonly Purse[], promise: PromiseRecord): bigint {
  let missing = promise.amountMinor;
  for (const purse of purses) {
    if (missing === 0n || purse.receivedOn > promise.dueDay) break;
    if (!falls(purse, promise)) continue;
    const taken = purse.left < missing ? purse.left : missing;
    purse.left -= taken;
    missing -= taken;
  }
  return promise.amountMinor - missing;
}

const { compare } = Temporal.Instant;

function falls(receipt: Receipt, promise: PromiseRecord): boolean {
  const { receivedOn, recordedAt } = receipt;
  if (receivedOn < promise.madeOn || receivedOn > promise.dueDay) return false;
  return compare(recordedAt, promise.madeAt) >= 0;
}

function stateOf(promise: PromiseRecord, received: bigint, today: Day): PromiseStateName {
  if (received >= promise.amountMinor) return 'KEPT';
  if (!isBefore(day(promise.dueDay), today)) return 'PENDING';
  return received > 0n ? 'PARTLY_KEPT' : 'BROKEN';
}

/** Days as text sort as days. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
