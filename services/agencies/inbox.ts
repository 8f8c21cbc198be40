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
import { due, earningOf } from './domain/commission.ts';
import { complete } from './domain/placement.ts';
import { askToMeasure, type Measuring } from './store/measuring.ts';
import { keepPayments, type PaymentNews } from './store/payments.ts';
import { keepClosed, livePlacements } from './store/placements.ts';
import { accrue, savePlacements } from './store/telling.ts';
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
  const earnings = earners.map(earningOf).filter((earning) => earning !== undefined);
  const lines = due(earnings, facts, new Set());
  if (lines.length > 0) await accrue(tx, lines, at);
}

/** A closed case is worked by nobody: its live placement is complete. */
async function settleClosing(
  tx: Tx,
  caseId: string,
  at: Temporal.Instant,
  measuring: Measuring,
): Promise<void> {
  await keepClosed(tx, caseId, at);
  const live = await livePlacements(tx, [caseId]);
  const changes = [...live.values()].map((before) => {
    const { state: after, events } = complete(before, at);
    return { before, after, events };
  });
  await savePlacements(tx, changes, { at });
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

/** Payments all at once, then closings: the order among them makes no difference. */
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
      await settleClosing(tx, event.value.caseId, envelope.at, measuring);
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
    handles: ['paymentRecorded', 'paymentReversed', 'caseClosed'],
    handle: (tx, event, envelope) => settle(tx, [{ event, envelope }], measuring),
    handleAll: (tx, told) => settle(tx, told, measuring),
  });
}
