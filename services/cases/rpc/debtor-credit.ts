import { actorOf } from '@recourse/kit/caller.ts';
import { day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { type Money, zero } from '@recourse/kit/money.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type ApplyCreditRequest,
  type ApplyCreditResponse,
  type CreditMovement,
  type CreditRefund,
  type DebtorCreditServiceServer,
  type ListCreditResponse,
  type RefundCreditRequest,
  type RefundCreditResponse,
  type ReverseRefundRequest,
  ReverseRefundResponse,
} from '@recourse/proto/cases/v1/debtor_credit.ts';
import { applyCredit, creditMeans, refundCredit, reverseRefund } from '../domain/debtor-credit.ts';
import { type CaseRow, getCase, lockCase } from '../store/cases.ts';
import { lockCredit, type MovementRow, moveCredit, movementsOf } from '../store/debtor-credit.ts';
import { lockWithClaims } from '../store/payments.ts';
import { findRefund, type RefundRow, saveRefund, saveRefundReversal } from '../store/refunds.ts';
import { note } from '../store/timeline.ts';
import { casesTopic } from '../topic.ts';
import { keepPayment, repeated } from './payments.ts';
import { dayAndRules, type Rooms, sightOf, takenId } from './rooms.ts';

const most = 500;

function movementMessage(row: MovementRow, currency: string): CreditMovement {
  const money = (minor: bigint): Money => ({ currency, minor });
  const { place, kind, reference, reason, recordedAt } = row;
  return {
    place,
    kind,
    day: row.day,
    reference,
    reason,
    recordedAt,
    amount: money(row.minor),
    balance: money(row.balanceMinor),
    missing: row.missingMinor === 0n ? undefined : money(row.missingMinor),
    sourceId: row.sourceId ?? '',
    caseId: row.caseId ?? '',
    caseNumber: row.caseNumber ?? '',
    actor: row.actor ?? undefined,
    reversed: row.isReversed,
  };
}

function refundMessage(row: RefundRow): CreditRefund {
  const { refundId, caseId, paidOn, reference, reason, actor, recordedAt } = row;
  return {
    refundId,
    caseId,
    paidOn,
    reference,
    reason,
    actor,
    recordedAt,
    amount: { currency: row.currency, minor: row.amountMinor },
    reversed: row.reversedAt !== null,
    reversalReason: row.reversalReason ?? '',
    reversedAt: row.reversedAt ?? undefined,
  };
}

async function list(tx: Tx, caseId: string, call: Call): Promise<ListCreditResponse> {
  const row = await getCase(tx, sightOf(call.caller), caseId);
  const { currency } = row;
  const rows = await movementsOf(tx, row, most + 1);
  return {
    movements: rows.slice(0, most).map((one) => movementMessage(one, currency)),
    credit: { currency, minor: rows[0]?.balanceMinor ?? 0n },
    hasMore: rows.length > most,
  };
}

async function apply(
  tx: Tx,
  request: ApplyCreditRequest,
  call: Call,
): Promise<ApplyCreditResponse> {
  const { caseId, applicationId: paymentId } = request;
  const hash = contentHash(request);
  const { before, open } = await lockWithClaims(tx, caseId, paymentId);
  const { debtorId, currency } = before;
  const held = await lockCredit(tx, { debtorId, currency });
  if (open.knownHash !== null) {
    const answer = await repeated(tx, before, paymentId, open.knownHash === hash, call);
    return { ...answer, credit: { currency, minor: held } };
  }
  const { today } = dayAndRules(call.at);
  const amount = request.amount ?? zero(currency);
  const effect = applyCredit(before, open.claims, held, { amount, today });
  const named = { paymentId, caseId, debtorId, currency, agencyId: undefined, reference: '' };
  const said = { means: creditMeans, receivedOn: today.toString(), note: request.note };
  const by = { actor: actorOf(call.caller), recordedAt: call.at, contentHash: hash };
  const payment = { ...named, ...said, ...by, amountMinor: amount.minor };
  const answer = await keepPayment(tx, before, open, payment, effect, call);
  return { ...answer, credit: { currency, minor: held - amount.minor } };
}

/** Credit that moved by a refund or its reversal, shown on the case and told. */
async function tellRefund(
  tx: Tx,
  refund: RefundRow,
  by: { reversed: boolean; text: string },
  call: Call,
): Promise<void> {
  const { caseId, refundId, debtorId, currency, amountMinor, paidOn, reference } = refund;
  const actor = actorOf(call.caller);
  const amount = { currency, minor: amountMinor };
  const what = by.reversed ? 'refund_reversed' : 'credit_refunded';
  const facts = { refund_id: refundId, paid_on: paidOn, reference };
  await note(tx, call.at, [{ caseId, kind: 'payment', what, actor, amount, text: by.text, facts }]);
  const about = { aggregateId: caseId, at: call.at, actor };
  const value = { caseId, refundId, debtorId, amount };
  await emit(tx, casesTopic, about, [
    by.reversed
      ? { $case: 'refundReversed', value }
      : { $case: 'creditRefunded', value: { ...value, paidOn } },
  ]);
}

async function knownRefund(
  tx: Tx,
  request: RefundCreditRequest,
  before: CaseRow,
): Promise<RefundCreditResponse | undefined> {
  const { refundId } = request;
  const known = await findRefund(tx, refundId);
  if (known === undefined) return undefined;
  if (known.contentHash !== contentHash(request)) {
    throw fault('exists', 'credit_refund_exists_with_other_content', { refundId });
  }
  const { currency } = before;
  const minor = await lockCredit(tx, before);
  return { refund: refundMessage(known), credit: { currency, minor } };
}

async function refund(
  tx: Tx,
  request: RefundCreditRequest,
  call: Call,
): Promise<RefundCreditResponse> {
  const { caseId, refundId, paidOn, reference, reason } = request;
  const before = await lockCase(tx, caseId);
  const known = await knownRefund(tx, request, before);
  if (known !== undefined) return known;
  const { debtorId, currency } = before;
  const { today } = dayAndRules(call.at);
  const amount = request.amount ?? zero(currency);
  const held = await lockCredit(tx, before);
  refundCredit(before, held, { amount, paidOn: day(paidOn), today });
  const actor = actorOf(call.caller);
  const about = { refundId, caseId, debtorId, currency, amountMinor: amount.minor };
  const said = { paidOn, reference, reason, actor, recordedAt: call.at.toString() };
  const row = { ...about, ...said, contentHash: contentHash(request) };
  await saveRefund(tx, row);
  const moved = { debtorId, currency, caseId, reference, reason, actor, at: call.at };
  const move = { kind: 'refunded', minor: -amount.minor, on: paidOn, sourceId: refundId } as const;
  const left = await moveCredit(tx, { ...moved, ...move });
  const kept = { ...row, reversalReason: null, reversedAt: null };
  await tellRefund(tx, kept, { reversed: false, text: reason }, call);
  return { refund: refundMessage(kept), credit: { currency, minor: left } };
}

async function takeRefundBack(
  tx: Tx,
  { refundId, reason }: ReverseRefundRequest,
  call: Call,
): Promise<ReverseRefundResponse> {
  const found = await findRefund(tx, refundId);
  if (found === undefined) throw fault('missing', 'refund_unknown', { refundId });
  const { caseId, debtorId, currency, amountMinor: minor, reference } = found;
  await lockCase(tx, caseId);
  const now = (await findRefund(tx, refundId)) ?? found;
  reverseRefund({ refundId, isReversed: now.reversedAt !== null });
  const actor = actorOf(call.caller);
  const { at } = call;
  await saveRefundReversal(tx, { refundId, reason, actor, at });
  const moved = { debtorId, currency, caseId, reference, reason, actor, at, minor };
  const on = dayAndRules(at).today;
  const move = { kind: 'refund_reversed', on, sourceId: refundId } as const;
  const left = await moveCredit(tx, { ...moved, ...move });
  const undone = { ...now, reversalReason: reason, reversedAt: at.toString() };
  await tellRefund(tx, undone, { reversed: true, text: reason }, call);
  return { refund: refundMessage(undone), credit: { currency, minor: left } };
}

/**
 * The credit of debtors: shown, put onto cases, paid back. Faults: `missing` case_unknown,
 * refund_unknown; `exists` payment_exists_with_other_content,
 * credit_refund_exists_with_other_content; `invalid` currencies_differ, amount_too_large; `refused`
 * case_closed, credit_too_small, credit_above_open, refund_in_future, refund_already_reversed.
 */
export function debtorCreditHandlers({ db }: Rooms): Handlers<DebtorCreditServiceServer> {
  return {
    listCredit: (request, call) =>
      db.tenant(call.caller.orgId, (tx) => list(tx, request.caseId, call)),

    applyCredit: async (request, call) => {
      try {
        return await db.tenant(call.caller.orgId, (tx) => apply(tx, request, call));
      } catch (thrown) {
        throw takenId(thrown, 'payment_pkey', request.applicationId);
      }
    },

    refundCredit: async (request, call) => {
      try {
        return await db.tenant(call.caller.orgId, (tx) => refund(tx, request, call));
      } catch (thrown) {
        throw takenId(thrown, 'credit_refund_pkey', request.refundId);
      }
    },

    reverseRefund: (request, call) => {
      const { requestId, ...content } = request;
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, { requestId, content }, ReverseRefundResponse, () =>
          takeRefundBack(tx, request, call),
        ),
      );
    },
  };
}
