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
import { changesOf, creditOf, reversePayment } from '../domain/payment.ts';
import { audienceOf, type CaseRow, getCase, lockCase } from '../store/cases.ts';
import { findPayment, linesOf, moveCredit, type PaymentRow } from '../store/payments.ts';
import { tellJoined } from '../store/joining.ts';
import { refreshCases } from '../store/refresh.ts';
import {
  lowerRecovered,
  moveToCase,
  otherOpenCase,
  reopen,
  type Restored,
  saveReversal,
} from '../store/reversals.ts';
import { settlePromises } from '../store/settling.ts';
import { note } from '../store/timeline.ts';
import { casesTopic } from '../topic.ts';
import { caseMessage } from './case-message.ts';
import { paymentMessage } from './payments.ts';
import { dayAndRules, type Rooms } from './rooms.ts';

/** When a payment is taken back, and by whom. */
type By = { at: Temporal.Instant; actor: Actor };

/** Takes a payment back with all that follows from it, and tells of it. */
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
  const restored = await saveReversal(tx, reversal, back, changesOf(back));
  await moveCredit(tx, payment.debtorId, payment.currency, creditOf(back));
  await lowerRecovered(tx, caseId, payment.amountMinor);
  const settled = await settlePromises(tx, [caseId], today, call.at);
  const reopened = await workAgain(tx, before, restored, call);
  const news = [...(settled.get(caseId) ?? []), ...(reopened ? [reopenedNews(payment)] : [])];
  await tell(tx, before, payment, restored, news, request, call);
  const after = await getCase(tx, { kind: 'creditor', orgId: tx.orgId }, caseId);
  const undone = { ...payment, reversalReason: reason, reversedAt: call.at.toString() };
  return { payment: paymentMessage(undone, lines), case: caseMessage(after, today, rules) };
}

/**
 * What is owed again is worked again: a case that was closed as paid opens, unless the debtor has
 * another open one by now, which then takes it over. Tells whether it opened.
 */
async function workAgain(
  tx: Tx,
  before: CaseRow,
  restored: readonly Restored[],
  { actor, at }: By,
): Promise<boolean> {
  const { caseId, debtorId, currency } = before;
  const own = restored.filter((one) => one.caseId === caseId).map((one) => one.receivableId);
  let [worked, reopens] = [caseId, false];
  if (before.outcome === 'PAID' && own.length > 0) {
    const other = await otherOpenCase(tx, debtorId, currency);
    if (other === undefined) {
      reopens = true;
      await reopen(tx, caseId);
      await note(tx, at, [{ caseId, kind: 'case', what: 'case_reopened', actor }]);
    } else {
      await tellJoined(tx, await moveToCase(tx, own, other), { at, actor });
    }
    worked = other ?? caseId;
  }
  const others = restored.flatMap((one) => (one.caseId === null ? [] : [one.caseId]));
  await refreshCases(tx, { caseIds: [...new Set([worked, ...others])] }, at);
  return reopens;
}

function reopenedNews({ caseId, debtorId, paymentId }: PaymentRow): EventOf<CasesEvent> {
  return { $case: 'caseReopened', value: { caseId, debtorId, paymentId } };
}

async function tell(
  tx: Tx,
  row: CaseRow,
  payment: PaymentRow,
  restored: readonly Restored[],
  news: readonly EventOf<CasesEvent>[],
  request: Pick<ReversePaymentRequest, 'reason'>,
  { actor, at }: By,
): Promise<void> {
  const { caseId, paymentId, debtorId, currency, receivedOn } = payment;
  const amount = { currency, minor: payment.amountMinor };
  const facts = { payment_id: paymentId, received_on: receivedOn };
  const happening = { caseId, kind: 'payment' as const, what: 'payment_reversed', actor, amount };
  await note(tx, at, [{ ...happening, text: request.reason, facts }]);
  const effects = restored.map(({ receivableId, openMinor }) => ({
    receivableId,
    open: { currency, minor: openMinor },
    settledDate: '',
  }));
  const reversedAt = at.toString();
  const about = { aggregateId: caseId, at, audience: audienceOf(row), actor };
  await emit(tx, casesTopic, about, [
    {
      $case: 'paymentReversed',
      value: { caseId, paymentId, debtorId, amount, receivedOn, reversedAt, effects },
    },
    ...news,
  ]);
}

/**
 * Taking payments back. Faults: `missing` case_unknown, payment_unknown; `refused`
 * payment_already_reversed, receivable_changed_since.
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
