import { day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Envelope, EventOf } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { consume, type Consumer } from '@recourse/kit/inbox.ts';
import type {
  CasesEvent,
  PaymentRecorded,
  PaymentReversed,
} from '@recourse/proto/cases/v1/events.ts';
import { complete, creditorDay } from './domain/placement.ts';
import { resume } from './domain/resumption.ts';
import { accrueDue } from './store/accruing.ts';
import { askToMeasure, type Measuring } from './store/measuring.ts';
import { earnersOf, keepPayments, type PaymentNews, paymentsSince } from './store/payments.ts';
import { completedPlacements, keepStanding, livePlacements } from './store/placements.ts';
import { savePlacements } from './store/telling.ts';
import { casesTopic } from './topic.ts';

function newsOf(told: PaymentRecorded | PaymentReversed, at: Temporal.Instant): PaymentNews {
  const { paymentId, caseId, amount } = told;
  if (amount === undefined) throw fault('invalid', 'payment_without_amount', { paymentId });
  const instant = (text: string | undefined): Temporal.Instant =>
    text === undefined ? at : Temporal.Instant.from(text);
  return {
    paymentId,
    caseId,
    amount,
    receivedOn: day(told.receivedOn),
    recordedAt: 'recordedAt' in told ? instant(told.recordedAt) : undefined,
    reversedAt: 'reversedAt' in told ? instant(told.reversedAt) : undefined,
  };
}

/** What payments and reversals make due, given all that is known of them by now. */
async function settlePayments(
  tx: Tx,
  told: readonly PaymentNews[],
  at: Temporal.Instant,
): Promise<void> {
  const { facts, earners } = await keepPayments(tx, told);
  await accrueDue(tx, earners, facts, at);
}

/** A closed case is worked by nobody: its live placement is complete. */
async function settleClosing(
  tx: Tx,
  caseId: string,
  { at, version }: Envelope,
  measuring: Measuring,
): Promise<void> {
  const { isNews } = await keepStanding(tx, { caseId, closedAt: at, version });
  if (!isNews) return;
  const live = await livePlacements(tx, [caseId]);
  const changes = [...live.values()].map((before) => {
    const { state: after, events } = complete(before, at);
    return { before, after, events };
  });
  await savePlacements(tx, changes, { at });
  await askToMeasure(tx, measuring, changes, at);
}

/**
 * The payment that closed the case bounced: what the closing completed stands again, unless the
 * case is with somebody else by now, and earns on what was paid before this was told.
 */
async function settleReopening(
  tx: Tx,
  caseId: string,
  { at, version }: Envelope,
  measuring: Measuring,
): Promise<void> {
  const told = { caseId, closedAt: undefined, version };
  const { closedBefore } = await keepStanding(tx, told);
  if (closedBefore === undefined) return;
  const live = await livePlacements(tx, [caseId]);
  if (live.size > 0) return;
  const completed = await completedPlacements(tx, caseId);
  const changes = completed.slice(0, 1).map((before) => {
    const { state: after, events } = resume(before, closedBefore, at);
    return { before, after, events };
  });
  await savePlacements(tx, changes, { at });
  const payments = await paymentsSince(tx, [caseId], creditorDay(closedBefore));
  await accrueDue(tx, await earnersOf(tx, [caseId]), payments, at);
  await askToMeasure(tx, measuring, changes, at);
}

type Told = { event: EventOf<CasesEvent>; envelope: Envelope };

/** Several news of one payment as one. */
function merged(told: readonly PaymentNews[]): PaymentNews[] {
  const byId = new Map<string, PaymentNews>();
  for (const news of told) {
    const before = byId.get(news.paymentId);
    byId.set(news.paymentId, {
      ...news,
      recordedAt: before?.recordedAt ?? news.recordedAt,
      reversedAt: before?.reversedAt ?? news.reversedAt,
    });
  }
  return [...byId.values()];
}

/**
 * Payments all at once, then closings and reopenings: the order among them makes no difference.
 */
export async function settle(tx: Tx, told: readonly Told[], measuring: Measuring): Promise<void> {
  const payments: PaymentNews[] = [];
  let last: Temporal.Instant | undefined;
  for (const { event, envelope } of told) {
    if (event.$case !== 'paymentRecorded' && event.$case !== 'paymentReversed') continue;
    payments.push(newsOf(event.value, envelope.at));
    last = envelope.at;
  }
  if (last !== undefined) await settlePayments(tx, merged(payments), last);
  for (const { event, envelope } of told) {
    if (event.$case === 'caseClosed')
      await settleClosing(tx, event.value.caseId, envelope, measuring);
    if (event.$case === 'caseReopened')
      await settleReopening(tx, event.value.caseId, envelope, measuring);
  }
}

/**
 * What cases tells becomes commission and completed placements. Facts are kept and lines are
 * unique, so the result is the same in any order and however often an event comes.
 */
export function agenciesInbox(measuring: Measuring): Consumer {
  return consume({
    name: 'agencies',
    topic: casesTopic,
    handles: ['paymentRecorded', 'paymentReversed', 'caseClosed', 'caseReopened'],
    handle: (tx, event, envelope) => settle(tx, [{ event, envelope }], measuring),
    handleAll: (tx, told) => settle(tx, told, measuring),
  });
}
