import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { EventOf } from '@recourse/kit/events.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { type Decision, decidePromises } from '../domain/promise.ts';
import { type CasePromise, promisesAndReceipts, saveDecisions } from './promises.ts';
import { note } from './timeline.ts';

/** What became of promises: by case, the news to be told. */
export type Settled = ReadonlyMap<string, EventOf<CasesEvent>[]>;

type Changed = { promise: CasePromise; decision: Decision };

/**
 * Decides the promises of cases anew from the money that stands, and writes and notes those that
 * came out otherwise than before. The cases' rows are locked by the caller.
 */
export async function settlePromises(
  tx: Tx,
  caseIds: readonly string[],
  today: Day,
  at: Temporal.Instant,
): Promise<Settled> {
  const { promises, receipts } = await promisesAndReceipts(tx, caseIds);
  const changed = caseIds.flatMap((caseId) => {
    const own = promises.filter((one) => one.caseId === caseId);
    const byId = new Map(own.map((one) => [one.promiseId, one]));
    const records = own.map((one) => ({ ...one, madeAt: Temporal.Instant.from(one.madeAt) }));
    const paid = receipts
      .filter((one) => one.caseId === caseId)
      .map((one) => ({ ...one, recordedAt: Temporal.Instant.from(one.recordedAt) }));
    return decidePromises(records, paid, today).flatMap((decision): Changed[] => {
      const promise = byId.get(decision.promiseId);
      return promise === undefined || isSame(promise, decision) ? [] : [{ promise, decision }];
    });
  });
  if (changed.length === 0) return new Map();
  await saveDecisions(
    tx,
    changed.map((one) => one.decision),
    at,
  );
  const turned = changed.filter(({ promise, decision }) => promise.state !== decision.state);
  await note(tx, at, turned.map(happening));
  const byCase = Map.groupBy(turned, ({ promise }) => promise.caseId);
  return new Map([...byCase].map(([caseId, ones]) => [caseId, ones.flatMap(news)]));
}

function isSame(promise: CasePromise, decision: Decision): boolean {
  return promise.state === decision.state && promise.receivedMinor === decision.receivedMinor;
}

/** A reversed payment may leave a promise undecided again. */
const words = {
  PENDING: 'promise_pending_again',
  KEPT: 'promise_kept',
  PARTLY_KEPT: 'promise_partly_kept',
  BROKEN: 'promise_broken',
} as const;

function happening({ promise, decision }: Changed) {
  return {
    caseId: promise.caseId,
    kind: 'promise' as const,
    what: words[decision.state],
    actor: undefined,
    amount: { currency: promise.currency, minor: promise.amountMinor },
    facts: {
      promise_id: promise.promiseId,
      due_day: promise.dueDay,
      received_minor: String(decision.receivedMinor),
    },
  };
}

function news({ promise, decision }: Changed): EventOf<CasesEvent>[] {
  if (decision.state === 'PENDING') return [];
  const { caseId, promiseId, debtorId } = promise;
  return [
    { $case: 'promiseSettled', value: { caseId, promiseId, debtorId, state: decision.state } },
  ];
}
