import { actorOf } from '@recourse/kit/caller.ts';
import { day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit, type EventOf } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { zero } from '@recourse/kit/money.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import { CaseOutcome } from '@recourse/proto/cases/v1/cases.ts';
import type { CasesEvent, ReceivableEffect } from '@recourse/proto/cases/v1/events.ts';
import type {
  Allocation,
  Payment,
  RecordPaymentRequest,
  RecordPaymentResponse,
  WorkServiceServer,
} from '@recourse/proto/cases/v1/work.ts';
import { creditMeans, movementOf } from '../domain/debtor-credit.ts';
import {
  type AllocationLine,
  changesOf,
  creditOf,
  type PaymentEffect,
  recordPayment,
  type ReceivableChange,
} from '../domain/payment.ts';
import { owedOf, paidDown, type Standing, standingOf } from '../domain/standing.ts';
import { creditorZone } from '../rules/in-force.ts';
import { audienceOf, type CaseRow, getCase } from '../store/cases.ts';
import { moveCredit, type Movement } from '../store/debtor-credit.ts';
import { wantedPage } from '../store/page.ts';
import {
  findPayment,
  linesOf,
  listPayments,
  type NewPayment,
  lockWithClaims,
  type OpenClaims,
  type PaidCase,
  type PaymentRow,
  savePayment,
} from '../store/payments.ts';
import { refreshCases } from '../store/refresh.ts';
import { settleAgreed } from '../store/plan-settling.ts';
import { workOf } from '../store/standing.ts';
import { type Happening, note } from '../store/timeline.ts';
import { casesTopic } from '../topic.ts';
import { caseMessage } from './case-message.ts';
import { bringBack, lateClaims, standingAfter } from './late-payment.ts';
import { dayAndRules, onCase, type Rooms, sightOf, takenId } from './rooms.ts';

type Line = AllocationLine & { documentNumber: string };

function allocationMessage(line: Line, currency: string): Allocation {
  return {
    receivableId: line.receivableId ?? '',
    documentNumber: line.documentNumber,
    part: line.part,
    amount: { currency, minor: line.amountMinor },
  };
}

export function paymentMessage(row: PaymentRow, lines: readonly Line[]): Payment {
  const { paymentId, caseId, receivedOn, means, reference, note, actor, recordedAt } = row;
  return {
    paymentId,
    caseId,
    receivedOn,
    means,
    reference,
    note,
    actor,
    recordedAt,
    amount: { currency: row.currency, minor: row.amountMinor },
    allocations: lines.map((line) => allocationMessage(line, row.currency)),
    reversed: row.reversedAt !== null,
    reversalReason: row.reversalReason ?? '',
    reversedAt: row.reversedAt ?? undefined,
  };
}

async function record(
  tx: Tx,
  request: RecordPaymentRequest,
  call: Call,
  agencyId: string | undefined,
): Promise<RecordPaymentResponse> {
  const { caseId, paymentId } = request;
  const hash = contentHash(request);
  const { before, open: known } = await lockWithClaims(tx, caseId, paymentId);
  if (known.knownHash !== null)
    return repeated(tx, before, paymentId, known.knownHash === hash, call);
  const open = before.state === 'CLOSED' ? await lateClaims(tx, before, known) : known;
  const { today } = dayAndRules(call.at);
  const amount = request.amount ?? zero(before.currency);
  const command = { amount, receivedOn: day(request.receivedOn), today };
  const isWrittenOff = open.writeOff !== undefined;
  const effect = recordPayment({ ...before, isWrittenOff }, open.claims, command);
  const payment: NewPayment = {
    paymentId,
    caseId,
    agencyId,
    debtorId: before.debtorId,
    currency: amount.currency,
    amountMinor: amount.minor,
    receivedOn: request.receivedOn,
    means: request.means,
    reference: request.reference,
    note: request.note,
    actor: actorOf(call.caller),
    recordedAt: call.at,
    contentHash: hash,
  };
  return keepPayment(tx, before, open, payment, effect, call);
}

/** Writes a decided payment with all that follows from it, and tells of it. */
export async function keepPayment(
  tx: Tx,
  before: CaseRow,
  open: OpenClaims,
  payment: NewPayment,
  effect: PaymentEffect,
  call: Pick<Call, 'at'>,
): Promise<RecordPaymentResponse> {
  const { today, rules } = dayAndRules(call.at);
  const changes = changesOf(effect.lines);
  const { caseId } = before;
  const isLate = open.writeOff !== undefined;
  const standing = isLate ? standingAfter(before) : standingPaid(before, open, changes, call);
  const claimMinor = payment.amountMinor - creditOf(effect.lines);
  const { settlesCase } = effect;
  const paid: PaidCase = { standing, claimMinor, settlesCase, isOver: settlesCase || isLate };
  // What a late payment brings back and pays leaves its receivables as they are.
  const saved = savePayment(tx, payment, effect.lines, isLate ? [] : changes, paid);
  if (isLate) await saved;
  await bringBack(tx, open, payment, effect.lines);
  await keepCredit(tx, payment, effect);
  if (open.hasAgreed) await saved;
  const settled = open.hasAgreed ? await settleAgreed(tx, [caseId], today, call.at) : undefined;
  const news = [
    ...recordedNews(payment, claimMinor, open.claims, changes),
    ...(settled?.get(caseId) ?? []),
    ...(settlesCase ? [closedNews(before)] : []),
  ];
  const audience = audienceOf(before);
  const about = { aggregateId: caseId, at: call.at, audience, actor: payment.actor };
  // Nothing of the answer waits for what is written: the case is locked, so its version is known.
  tx.withCommit(saved);
  await emit(tx, casesTopic, about, news);
  if (settlesCase) tx.withCommit(note(tx, call.at, [closedNote(payment)]));
  const documents = new Map(open.claims.map((one) => [one.receivableId, one.documentNumber]));
  const lines = effect.lines.map((line) => ({
    ...line,
    documentNumber: documents.get(line.receivableId ?? '') ?? '',
  }));
  const row = {
    ...payment,
    recordedAt: call.at.toString(),
    reversedAt: null,
    reversalReason: null,
  };
  const isKnown = settled === undefined && !isLate;
  const after = isKnown ? paidCase(before, paid, payment) : await refreshed(tx, caseId, call);
  return { payment: paymentMessage(row, lines), case: caseMessage(after, today, rules) };
}

/** Where the case stands when what was paid is off what is open. */
function standingPaid(
  before: CaseRow,
  open: OpenClaims,
  changes: readonly ReceivableChange[],
  call: Pick<Call, 'at'>,
): Standing {
  const { today, rules } = dayAndRules(call.at);
  const left = owedOf(paidDown(open.claims, changes), today);
  const work = workOf(before, open.awaited, creditorZone);
  const { currency, oldestDueDate } = before;
  return standingOf(currency, left, work, oldestDueDate, today, rules.standing);
}

/**
 * Promises and plans that were decided change the next step, so the case is made anew from what
 * stands.
 */
async function refreshed(tx: Tx, caseId: string, call: Pick<Call, 'at'>): Promise<CaseRow> {
  await refreshCases(tx, { caseIds: [caseId] }, call.at);
  return getCase(tx, { kind: 'creditor', orgId: tx.orgId }, caseId);
}

/** The case as the statement has left it, without reading it again. */
function paidCase(before: CaseRow, paid: PaidCase, payment: NewPayment): CaseRow {
  const after: CaseRow = {
    ...before,
    ...paid.standing,
    version: before.version + 1n,
    recoveredMinor: before.recoveredMinor + paid.claimMinor,
  };
  if (!paid.settlesCase) return after;
  return {
    ...after,
    state: 'CLOSED',
    outcome: 'PAID',
    closedAt: payment.recordedAt.toString(),
    nextStep: '',
    nextDay: 'infinity',
    nextWhy: null,
  };
}

/**
 * A payment that was all credit changed nothing that is owed, so it is not told. Money out of
 * credit is told as what it is: nothing was received by it.
 */
function recordedNews(
  payment: NewPayment,
  claimMinor: bigint,
  claims: OpenClaims['claims'],
  changes: readonly ReceivableChange[],
): EventOf<CasesEvent>[] {
  if (claimMinor === 0n) return [];
  const { caseId, paymentId, debtorId, currency, receivedOn } = payment;
  const after = new Map(
    paidDown(claims, changes).map((claim) => [claim.receivableId, claim.openMinor]),
  );
  const effects = changes.map(({ receivableId }): ReceivableEffect => {
    const minor = after.get(receivableId) ?? 0n;
    const settledDate = minor === 0n ? receivedOn : '';
    return { receivableId, open: { currency, minor }, settledDate };
  });
  const amount = { currency, minor: claimMinor };
  const recordedAt = payment.recordedAt.toString();
  const named = { caseId, paymentId, debtorId, amount, recordedAt, effects };
  if (payment.means === creditMeans) {
    return [{ $case: 'creditApplied', value: { ...named, appliedOn: receivedOn } }];
  }
  const held = payment.amountMinor - claimMinor;
  const credit = held === 0n ? undefined : { currency, minor: held };
  return [{ $case: 'paymentRecorded', value: { ...named, receivedOn, credit } }];
}

/** What is left over is held as credit; a payment out of credit takes it from there. */
async function keepCredit(
  tx: Tx,
  payment: NewPayment,
  { lines }: Pick<PaymentEffect, 'lines'>,
): Promise<void> {
  const move = movementOf(payment.means, lines);
  if (move === undefined) return;
  await moveCredit(tx, { ...movedBy(payment), ...move });
  if (move.kind !== 'overpaid') return;
  const { caseId, actor, currency, recordedAt } = payment;
  const amount = { currency, minor: move.minor };
  await note(tx, recordedAt, [
    { caseId, kind: 'payment', what: 'credit_held', actor, amount, facts: {} },
  ]);
}

function movedBy(payment: NewPayment): Omit<Movement, 'kind' | 'minor'> {
  const { debtorId, currency, caseId, actor, reference } = payment;
  const { receivedOn: on, paymentId: sourceId, recordedAt: at } = payment;
  return { debtorId, currency, on, sourceId, caseId, reference, actor, at };
}

function closedNews({ caseId, debtorId }: CaseRow): EventOf<CasesEvent> {
  return { $case: 'caseClosed', value: { caseId, debtorId, outcome: CaseOutcome.PAID } };
}

function closedNote({ caseId, actor }: NewPayment): Happening {
  return { caseId, kind: 'case', what: 'case_closed', actor, facts: { outcome: 'PAID' } };
}

/** The answer to a payment that was recorded before: the payment as it was, the case as it is. */
export async function repeated(
  tx: Tx,
  row: CaseRow,
  paymentId: string,
  isSame: boolean,
  call: Pick<Call, 'at'>,
): Promise<RecordPaymentResponse> {
  const known = await findPayment(tx, paymentId);
  if (!isSame || known === undefined) {
    throw fault('exists', 'payment_exists_with_other_content', { paymentId });
  }
  const { today, rules } = dayAndRules(call.at);
  const lines = await linesOf(tx, tx.orgId, [paymentId]);
  return { payment: paymentMessage(known, lines), case: caseMessage(row, today, rules) };
}

/**
 * Recording payments. Faults: `missing` case_unknown; `exists` payment_exists_with_other_content;
 * `refused` case_closed, case_sold, received_in_future; `invalid` currencies_differ.
 */
export function paymentHandlers({
  db,
}: Rooms): Pick<Handlers<WorkServiceServer>, 'recordPayment' | 'listPayments'> {
  return {
    recordPayment: async (request, call) => {
      try {
        return await onCase(db, call.caller, request.caseId, (tx, agencyId) =>
          record(tx, request, call, agencyId),
        );
      } catch (thrown) {
        throw takenId(thrown, 'payment_pkey', request.paymentId);
      }
    },

    listPayments: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        const row = await getCase(tx, sightOf(call.caller), request.caseId);
        const wanted = wantedPage(request.page, { caseId: request.caseId });
        const { rows, page } = await listPayments(tx, row, wanted);
        const lines = await linesOf(
          tx,
          row.orgId,
          rows.map((one) => one.paymentId),
        );
        const byPayment = Map.groupBy(lines, (line) => line.paymentId);
        const payments = rows.map((one) => paymentMessage(one, byPayment.get(one.paymentId) ?? []));
        return { payments, page };
      }),
  };
}
