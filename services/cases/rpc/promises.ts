import { actorOf } from '@recourse/kit/caller.ts';
import { day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { zero } from '@recourse/kit/money.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  Channel,
  type PaymentPromise,
  PromiseState,
  type RecordPromiseRequest,
  type WorkServiceServer,
} from '@recourse/proto/cases/v1/work.ts';
import { makePromise } from '../domain/promise.ts';
import { audienceOf, type CaseRow, lockCase } from '../store/cases.ts';
import { wantedPage } from '../store/page.ts';
import { addPromise, findPromise, listPromises, type PromiseRow } from '../store/promises.ts';
import { refreshCases } from '../store/refresh.ts';
import { note } from '../store/timeline.ts';
import { casesTopic } from '../topic.ts';
import { dayAndRules, onCase, type Rooms, sightOf, takenId } from './rooms.ts';
import { wordOf, wordsOf } from './words.ts';

function promiseMessage(row: PromiseRow): PaymentPromise {
  const { promiseId, caseId, caseNumber, debtorName, dueDay, promisedBy, actor, madeAt } = row;
  const { currency, amountMinor, receivedMinor } = row;
  return {
    promiseId,
    caseId,
    caseNumber,
    debtorName,
    dueDay,
    promisedBy,
    actor,
    madeAt,
    amount: { currency, minor: amountMinor },
    received: { currency, minor: receivedMinor },
    channel: Channel[row.channel],
    state: PromiseState[row.state],
  };
}

async function record(
  tx: Tx,
  request: RecordPromiseRequest,
  call: Call,
  agencyId: string | undefined,
): Promise<PaymentPromise> {
  const { caseId, promiseId, dueDay, promisedBy } = request;
  const hash = contentHash(request);
  const before = await lockCase(tx, caseId);
  const known = await findPromise(tx, promiseId);
  if (known !== undefined) return repeated(known, hash);
  const { today, rules } = dayAndRules(call.at);
  const amount = request.amount ?? zero(before.currency);
  makePromise(before, { amount, dueDay: day(dueDay), today }, rules.work.value);
  await addPromise(tx, {
    promiseId,
    caseId,
    agencyId,
    dueDay,
    promisedBy,
    debtorId: before.debtorId,
    currency: amount.currency,
    amountMinor: amount.minor,
    madeOn: today,
    channel: wordOf(Channel, request.channel) ?? 'UNSPECIFIED',
    actor: actorOf(call.caller),
    madeAt: call.at,
    contentHash: hash,
  });
  await refreshCases(tx, { caseIds: [caseId] }, call.at);
  await tell(tx, before, request, amount, call);
  const made = await findPromise(tx, promiseId);
  if (made === undefined) throw fault('internal', 'promise_not_kept', { promiseId });
  return promiseMessage(made);
}

function repeated(known: PromiseRow, hash: string): PaymentPromise {
  if (known.contentHash === hash) return promiseMessage(known);
  const { promiseId } = known;
  throw fault('exists', 'promise_exists_with_other_content', { promiseId });
}

async function tell(
  tx: Tx,
  row: CaseRow,
  request: RecordPromiseRequest,
  amount: { currency: string; minor: bigint },
  call: Call,
): Promise<void> {
  const { caseId, promiseId, dueDay, promisedBy } = request;
  const actor = actorOf(call.caller);
  const facts = { promise_id: promiseId, due_day: dueDay, promised_by: promisedBy };
  await note(tx, call.at, [
    { caseId, kind: 'promise', what: 'promise_made', actor, amount, facts },
  ]);
  const about = { aggregateId: caseId, at: call.at, audience: audienceOf(row), actor };
  const value = { caseId, promiseId, debtorId: row.debtorId, amount, dueDay };
  await emit(tx, casesTopic, about, [{ $case: 'promiseMade', value }]);
}

/**
 * Promises to pay. Faults: `missing` case_unknown; `exists` promise_exists_with_other_content;
 * `refused` case_closed, promise_in_past, promise_too_far; `invalid` currencies_differ.
 */
export function promiseHandlers({
  db,
}: Rooms): Pick<Handlers<WorkServiceServer>, 'recordPromise' | 'listPromises'> {
  return {
    recordPromise: async (request, call) => {
      try {
        const promise = await onCase(db, call.caller, request.caseId, (tx, agencyId) =>
          record(tx, request, call, agencyId),
        );
        return { promise };
      } catch (thrown) {
        throw takenId(thrown, 'promise_pkey', request.promiseId);
      }
    },

    listPromises: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        const { page: wantedFrom, ...asked } = request;
        const { caseId, dueFrom, dueTo } = request;
        const filter = { caseId, dueFrom, dueTo, states: wordsOf(PromiseState, request.states) };
        const wanted = wantedPage(wantedFrom, asked);
        const { rows, page } = await listPromises(tx, sightOf(call.caller), filter, wanted);
        return { promises: rows.map(promiseMessage), page };
      }),
  };
}
