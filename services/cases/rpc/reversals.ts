import { actorOf } from '@recourse/kit/caller.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { type Actor, emit, type EventOf } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Handlers } from '@recourse/kit/rpc.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import {
  type ReversePaymentRequest,
  ReversePaymentResponse,
  type WorkServiceServer,
} from '@recourse/proto/cases/v1/work.ts';
import { creditMeans, movementOf, takeBack, takeWhatIsLeft } from '../domain/debtor-credit.ts';
import { type AllocationLine, changesOf, creditOf, reversePayment } from '../domain/payment.ts';
import { audienceOf, type CaseRow, getCase, lockCase } from '../store/cases.ts';
import { lockCredit, moveCredit } from '../store/debtor-credit.ts';
import { findPayment, linesOf, type PaymentRow } from '../store/payments.ts';
import { tellJoined } from '../store/joining.ts';
import { refreshCases } from '../store/refresh.ts';
import {
  lowerRecovered,
  moveToCase,
  otherOpenCase,
  openReceivables,
  reopen,
  type Restored,
  saveReversal,
} from '../store/reversals.ts';
import { settleAgreed } from '../store/plan-settling.ts';
import { closeAsSettled } from '../store/settlement-settling.ts';
import { fulfilledSettlement } from '../store/settlements.ts';
import { note } from '../store/timeline.ts';
import { casesTopic } from '../topic.ts';
import { caseMessage } from './case-message.ts';
import { paymentMessage } from './payments.ts';
import { giveUpAgain, undoWriteOff } from './late-payment.ts';
import { dayAndRules, type Rooms } from './rooms.ts';

/**
 * When a payment is taken back, and by whom; by an event, nobody is there to be refused, so credit
 * that was used since is taken as far as it is left.
 */
type By = { at: Temporal.Instant; actor: Actor; takesWhatIsLeft?: boolean };

/**
 * Takes a payment back with all that follows from it, and tells of it. One out of credit gives the
 * credit back.
 */
export async function takePaymentBack(
  tx: Tx,
  request: Omit<ReversePaymentRequest, 'requestId'>,
  call: By,
): Promise<ReversePaymentResponse> {
  const { caseId, paymentId, reason } = request;
  const { today, rules } = dayAndRules(call.at);
  const before = await lockCase(tx, caseId);
  const payment = await findPayment(tx, paymentId);
  if (payment?.caseId !== caseId) throw fault('missing', 'payment_unknown', { paymentId });
  const lines = await linesOf(tx, tx.orgId, [paymentId]);
  const back = reversePayment({ paymentId, isReversed: payment.reversedAt !== null }, lines);
  const { actor } = call;
  const { receivedOn } = payment;
  const reversal = { paymentId, caseId, receivedOn, reason, actor, at: call.at };
  const claimMinor = payment.amountMinor + creditOf(back);
  const givenUp = await giveUpAgain(tx, { paymentId, caseId }, call);
  const isUndone =
    givenUp === undefined && claimMinor > 0n && (await undoWriteOff(tx, before, today, call.at));
  const changes = givenUp === undefined ? changesOf(back) : [];
  const raised = await saveReversal(tx, reversal, back, changes);
  const restored = givenUp ?? raised;
  await lowerRecovered(tx, caseId, claimMinor);
  const settlementId = await fulfilledSettlement(tx, caseId);
  const settled = await settleAgreed(tx, [caseId], today, call.at);
  const stillId = await fulfilledSettlement(tx, caseId);
  const ended = { by: settlementId, stillBy: stillId, isUndone };
  const followed = await workAgain(tx, before, { payment, restored, ended }, call);
  const news = [...(settled.get(caseId) ?? []), ...followed];
  await returnCredit(tx, payment, back, request, call);
  await tell(tx, before, { payment, claimMinor, restored, news }, request, call);
  const after = await getCase(tx, { kind: 'creditor', orgId: tx.orgId }, caseId);
  const undone = { ...payment, reversalReason: reason, reversedAt: call.at.toString() };
  return { payment: paymentMessage(undone, lines), case: caseMessage(after, today, rules) };
}

/**
 * What was left over is no longer held, what was out of credit is held again. Refusal:
 * `credit_already_used`.
 */
async function returnCredit(
  tx: Tx,
  payment: PaymentRow,
  back: readonly AllocationLine[],
  { reason }: Pick<ReversePaymentRequest, 'reason'>,
  { actor, at, takesWhatIsLeft = false }: By,
): Promise<void> {
  const move = movementOf(payment.means, back);
  if (move === undefined) return;
  const { paymentId: sourceId, caseId, debtorId, currency } = payment;
  const named = { kind: move.kind, sourceId, caseId, debtorId, currency, reason, actor, at };
  const by = { ...named, reference: payment.reference, on: dayAndRules(at).today };
  if (move.minor > 0n) {
    await moveCredit(tx, { ...by, minor: move.minor });
    return;
  }
  const held = await lockCredit(tx, { debtorId, currency });
  if (!takesWhatIsLeft) takeBack({ currency, minor: -move.minor }, held);
  const { takenMinor, missingMinor } = takeWhatIsLeft(-move.minor, held);
  await moveCredit(tx, { ...by, minor: -takenMinor, missingMinor });
  await noteMissing(tx, { caseId, currency, missingMinor }, { actor, at });
}

/** Says on the case what credit had been used before its money was taken back. */
export async function noteMissing(
  tx: Tx,
  { caseId, currency, missingMinor }: { caseId: string; currency: string; missingMinor: bigint },
  { actor, at }: Pick<By, 'actor' | 'at'>,
): Promise<void> {
  if (missingMinor === 0n) return;
  const amount = { currency, minor: missingMinor };
  await note(tx, at, [{ caseId, kind: 'payment', what: 'credit_missing', actor, amount }]);
}

/** What was taken back, and by which settlement the case was ended before, and is still. */
type Again = {
  payment: PaymentRow;
  restored: readonly Restored[];
  ended: { by: string | undefined; stillBy: string | undefined; isUndone: boolean };
};

/**
 * What is owed again is worked again: a case that was closed as paid, by a settlement, by a sale or
 * by a write-off that is undone opens, unless the debtor has another open one by now, which then
 * takes it over. One whose settlement is still fulfilled by what is left stays closed, as settled.
 * Gives back what is to be told.
 */
async function workAgain(
  tx: Tx,
  before: CaseRow,
  { payment, restored, ended }: Again,
  by: By,
): Promise<EventOf<CasesEvent>[]> {
  const { caseId, debtorId, currency, outcome } = before;
  const own = await owedAgain(tx, before, restored, ended);
  let worked = caseId;
  let news: EventOf<CasesEvent>[] = [];
  if (own.length > 0 && ended.stillBy !== undefined) {
    const settlement = { caseId, debtorId, settlementId: ended.stillBy };
    if (outcome === 'PAID') news = await closeAsSettled(tx, settlement, by.at);
  } else if (own.length > 0) {
    const other = await otherOpenCase(tx, debtorId, currency);
    if (other === undefined) {
      await reopen(tx, caseId);
      await note(tx, by.at, [{ caseId, kind: 'case', what: 'case_reopened', actor: by.actor }]);
      news = [reopenedNews(payment)];
    } else await tellJoined(tx, await moveToCase(tx, own, other), { at: by.at, actor: by.actor });
    worked = other ?? caseId;
  }
  const others = restored.flatMap((one) => (one.caseId === null ? [] : [one.caseId]));
  await refreshCases(tx, { caseIds: [...new Set([worked, ...others])] }, by.at);
  return news;
}

/**
 * What of a closed case is owed again. Of a paid or a sold one it is what the payment had settled,
 * for the buyer has what was open then; when a settlement or a write-off no longer holds, it is all
 * that was left open as well.
 */
async function owedAgain(
  tx: Tx,
  { caseId, outcome }: CaseRow,
  restored: readonly Restored[],
  ended: Again['ended'],
): Promise<string[]> {
  const isUnsettled = ended.by !== undefined && ended.stillBy === undefined;
  if ((outcome === 'SETTLED' && isUnsettled) || ended.isUndone) return openReceivables(tx, caseId);
  if (outcome !== 'PAID' && outcome !== 'SOLD') return [];
  return restored.filter((one) => one.caseId === caseId).map((one) => one.receivableId);
}

function reopenedNews({ caseId, debtorId, paymentId }: PaymentRow): EventOf<CasesEvent> {
  return { $case: 'caseReopened', value: { caseId, debtorId, paymentId } };
}

/** A payment taken back: what of it had gone onto the claim, in minor units, and what follows. */
type Undone = {
  payment: PaymentRow;
  claimMinor: bigint;
  restored: readonly Restored[];
  news: readonly EventOf<CasesEvent>[];
};

async function tell(
  tx: Tx,
  row: CaseRow,
  undone: Undone,
  request: Pick<ReversePaymentRequest, 'reason'>,
  { actor, at }: By,
): Promise<void> {
  const { payment, news } = undone;
  const { caseId, paymentId, currency, receivedOn, means } = payment;
  const amount = { currency, minor: payment.amountMinor };
  const facts = { payment_id: paymentId, received_on: receivedOn };
  const what = means === creditMeans ? 'credit_freed' : 'payment_reversed';
  const happening = { caseId, kind: 'payment' as const, what, actor, amount };
  await note(tx, at, [{ ...happening, text: request.reason, facts }]);
  const about = { aggregateId: caseId, at, audience: audienceOf(row), actor };
  await emit(tx, casesTopic, about, [...reversedNews(undone, at), ...news]);
}

/** As the payment was told: not when it was all credit, as credit when it was out of that. */
function reversedNews(
  { payment, claimMinor, restored }: Undone,
  at: Temporal.Instant,
): EventOf<CasesEvent>[] {
  if (claimMinor === 0n) return [];
  const { caseId, paymentId, debtorId, currency, receivedOn } = payment;
  const effects = restored.map(({ receivableId, openMinor }) => ({
    receivableId,
    open: { currency, minor: openMinor },
    settledDate: '',
  }));
  const amount = { currency, minor: claimMinor };
  const named = { caseId, paymentId, debtorId, amount, effects };
  const when = at.toString();
  return payment.means === creditMeans
    ? [{ $case: 'creditFreed', value: { ...named, appliedOn: receivedOn, freedAt: when } }]
    : [{ $case: 'paymentReversed', value: { ...named, receivedOn, reversedAt: when } }];
}

/**
 * Taking payments back. Faults: `missing` case_unknown, payment_unknown; `refused`
 * payment_already_reversed, receivable_changed_since, credit_already_used.
 */
export function reversalHandlers({
  db,
}: Rooms): Pick<Handlers<WorkServiceServer>, 'reversePayment'> {
  return {
    reversePayment: (request, call) => {
      const { requestId, ...content } = request;
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, { requestId, content }, ReversePaymentResponse, () =>
          takePaymentBack(tx, request, { at: call.at, actor: actorOf(call.caller) }),
        ),
      );
    },
  };
}
