import { day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Actor, Envelope, EventOf } from '@recourse/kit/events.ts';
import { contentHash, namedUuid } from '@recourse/kit/hash.ts';
import { consume, type Consumer } from '@recourse/kit/inbox.ts';
import type { LitigationEvent } from '@recourse/proto/litigation/v1/events.ts';
import { takeWhatIsLeft } from './domain/debtor-credit.ts';
import { firstDue, raiseInterest, takeCostBack } from './domain/matter-money.ts';
import { recordPayment } from './domain/payment.ts';
import { inForce } from './domain/rule.ts';
import { followMatter } from './matter-stage.ts';
import { lateClaims } from './rpc/late-payment.ts';
import { keepPayment } from './rpc/payments.ts';
import { noteMissing, takePaymentBack } from './rpc/reversals.ts';
import { dayAndRules } from './rpc/rooms.ts';
import { matterCosts } from './rules/matter-costs.ts';
import { lockCase } from './store/cases.ts';
import {
  findPut,
  isTakenBack,
  lockReceivable,
  lockReceivables,
  type MatterEntry,
  type Put,
  raise,
  saveEntry,
} from './store/matter-money.ts';
import { lockCredit, moveCredit, type Movement } from './store/debtor-credit.ts';
import { findPayment, lockWithClaims } from './store/payments.ts';
import { refreshCases } from './store/refresh.ts';
import { note } from './store/timeline.ts';
import { litigationTopic } from './topic.ts';

type Told = EventOf<LitigationEvent>;

const nothing: Put = { receivableId: undefined, raisedMinor: 0n };

/** Each case's share of a cost or a recovery; shares of nothing do nothing. */
function entriesOf(event: Told): MatterEntry[] {
  if (event.$case !== 'costRecorded' && event.$case !== 'recoveryRecorded') return [];
  const { matterId, what, shares, reversesId } = event.value;
  const named =
    event.$case === 'costRecorded'
      ? { entryId: event.value.costId, kind: 'cost' as const, on: event.value.paidOn }
      : { entryId: event.value.recoveryId, kind: 'recovery' as const, on: event.value.receivedOn };
  return shares.flatMap(({ caseId, amount }) => {
    if (amount === undefined || amount.minor === 0n) return [];
    const money = { currency: amount.currency, amountMinor: amount.minor };
    return [{ ...named, ...money, caseId, matterId, what, reversesId: reversesId || undefined }];
  });
}

/** The payment that a case's share of a recovery is. */
function paymentIdOf({ entryId, caseId }: Pick<MatterEntry, 'entryId' | 'caseId'>): string {
  return namedUuid(entryId, caseId);
}

async function show(tx: Tx, entry: MatterEntry, what: string, by: Actor, at: Temporal.Instant) {
  const { caseId, currency, amountMinor, on } = entry;
  const facts = { matter_id: entry.matterId, cost: entry.what, day: on };
  const amount = { currency, minor: amountMinor };
  await note(tx, at, [{ caseId, kind: 'case', what, actor: by, amount, facts }]);
}

/** Who told it, and when. */
type By = { actor: Actor; at: Temporal.Instant };

function movedBy(entry: MatterEntry, debtorId: string, by: By): Omit<Movement, 'kind' | 'minor'> {
  const { caseId, currency, entryId: sourceId, on } = entry;
  return { debtorId, currency, caseId, sourceId, on, ...by };
}

/** A cost that the debtor owes goes onto the receivable of the open case that is due first. */
async function layCost(tx: Tx, entry: MatterEntry, at: Temporal.Instant): Promise<Put> {
  const { caseId, amountMinor, entryId } = entry;
  const { state } = await lockCase(tx, caseId);
  const { onDebtor } = inForce(matterCosts, day(entry.on)).value;
  const isGone = await isTakenBack(tx, entryId, caseId);
  if (state === 'CLOSED' || isGone || !onDebtor.includes(entry.what)) return nothing;
  const receivableId = firstDue(await lockReceivables(tx, caseId))?.receivableId;
  if (receivableId === undefined) return nothing;
  await raise(tx, receivableId, { costsMinor: amountMinor, interestMinor: 0n });
  await refreshCases(tx, { caseIds: [caseId] }, at);
  return { receivableId, raisedMinor: amountMinor };
}

/**
 * Takes a cost off again; what the debtor has paid of it is his credit. Gives what that took off
 * the claim.
 */
async function liftCost(tx: Tx, entry: MatterEntry, put: Put, by: By): Promise<Put> {
  const { receivableId, raisedMinor } = put;
  if (receivableId === undefined) return nothing;
  const { debtorId } = await lockCase(tx, entry.caseId);
  const { costsMinor } = await lockReceivable(tx, receivableId);
  const { openMinor, paidMinor } = takeCostBack(raisedMinor, costsMinor);
  await raise(tx, receivableId, { costsMinor: -openMinor, interestMinor: 0n });
  if (paidMinor > 0n) {
    const move = { kind: 'cost_lifted', minor: paidMinor } as const;
    await moveCredit(tx, { ...movedBy(entry, debtorId, by), ...move });
  }
  await refreshCases(tx, { caseIds: [entry.caseId] }, by.at);
  return { receivableId, raisedMinor: -openMinor };
}

/**
 * Money of a matter is a payment on the case, also on one that was written off; on a closed case it
 * is the debtor's credit.
 */
async function receive(
  tx: Tx,
  entry: MatterEntry,
  actor: Actor,
  at: Temporal.Instant,
): Promise<Put> {
  const { caseId, currency, amountMinor, on: receivedOn } = entry;
  const paymentId = paymentIdOf(entry);
  const { before, open: found } = await lockWithClaims(tx, caseId, paymentId);
  if (await isTakenBack(tx, entry.entryId, caseId)) return nothing;
  const { debtorId } = before;
  const isWrittenOff = before.outcome === 'WRITTEN_OFF';
  const open = isWrittenOff ? await lateClaims(tx, before, found) : found;
  if (before.state === 'CLOSED' && open.writeOff === undefined) {
    const move = { kind: 'recovery', minor: amountMinor } as const;
    await moveCredit(tx, { ...movedBy(entry, debtorId, { actor, at }), ...move });
    await show(tx, entry, 'recovery_after_closing', actor, at);
    return nothing;
  }
  // Of what was given up nothing is open that interest could be put beside.
  const { claims, receivableId, interestMinor } =
    open.writeOff === undefined
      ? raiseInterest(open.claims, amountMinor)
      : { claims: open.claims, receivableId: undefined, interestMinor: 0n };
  if (receivableId !== undefined) await raise(tx, receivableId, { costsMinor: 0n, interestMinor });
  const amount = { currency, minor: amountMinor };
  const { today } = dayAndRules(at);
  const command = { amount, receivedOn: day(receivedOn), today };
  const effect = recordPayment({ ...before, isWrittenOff }, claims, command);
  const about = { paymentId, caseId, agencyId: undefined, debtorId, currency, amountMinor };
  const said = { receivedOn, means: 'court', reference: '', note: '', actor, recordedAt: at };
  const payment = { ...about, ...said, contentHash: contentHash(entry) };
  await keepPayment(tx, before, { ...open, claims }, payment, effect, { at });
  return { receivableId, raisedMinor: interestMinor };
}

/** What came after the closing was held as credit; what of that was used is put on record. */
async function dropCredit(tx: Tx, entry: MatterEntry, debtorId: string, by: By): Promise<void> {
  const { caseId, currency, amountMinor } = entry;
  const held = await lockCredit(tx, { debtorId, currency });
  const { takenMinor, missingMinor } = takeWhatIsLeft(-amountMinor, held);
  const move = { kind: 'recovery_reversed', minor: -takenMinor, missingMinor } as const;
  await moveCredit(tx, { ...movedBy(entry, debtorId, by), ...move });
  await noteMissing(tx, { caseId, currency, missingMinor }, by);
}

/** Takes the payment back, and the interest that only its amount had put there. */
async function giveBack(
  tx: Tx,
  entry: MatterEntry & { reversesId: string },
  put: Put,
  by: By,
): Promise<Put> {
  const { caseId, reversesId } = entry;
  const { debtorId } = await lockCase(tx, caseId);
  const paymentId = paymentIdOf({ entryId: reversesId, caseId });
  const payment = await findPayment(tx, paymentId);
  if (payment === undefined) {
    await dropCredit(tx, entry, debtorId, by);
    return nothing;
  }
  // Finance may have taken it back by hand before.
  if (payment.reversedAt !== null) return nothing;
  const request = { caseId, paymentId, reason: entry.what };
  await takePaymentBack(tx, request, { ...by, takesWhatIsLeft: true });
  const { receivableId, raisedMinor } = put;
  if (receivableId === undefined) return nothing;
  await raise(tx, receivableId, { costsMinor: 0n, interestMinor: -raisedMinor });
  await refreshCases(tx, { caseIds: [caseId] }, by.at);
  return { receivableId, raisedMinor: -raisedMinor };
}

/** Nobody signed it: litigation's own clock did, for the organisation. */
function actorOf(envelope: Envelope): Actor {
  const { actor, orgId } = envelope;
  return actor ?? { userId: orgId, name: '', orgId, orgName: '' };
}

async function hear(tx: Tx, entry: MatterEntry, envelope: Envelope): Promise<void> {
  const { at } = envelope;
  const actor = actorOf(envelope);
  const { reversesId, caseId, kind } = entry;
  if (reversesId === undefined) {
    const put =
      kind === 'cost' ? await layCost(tx, entry, at) : await receive(tx, entry, actor, at);
    await saveEntry(tx, entry, put);
  } else {
    const put = await findPut(tx, reversesId, caseId);
    if (put === undefined) {
      await saveEntry(tx, entry, nothing);
      return;
    }
    const taken =
      kind === 'cost'
        ? await liftCost(tx, entry, put, { actor, at })
        : await giveBack(tx, { ...entry, reversesId }, put, { actor, at });
    await saveEntry(tx, entry, taken);
  }
  const what = reversesId === undefined ? 'matter_cost' : 'matter_cost_reversed';
  if (kind === 'cost') await show(tx, entry, what, actor, at);
}

/**
 * What matters cost and bring flows back to their cases: costs that the debtor owes stand open on
 * its receivables, recoveries are payments. An entry and its reversal do nothing when the reversal
 * is told first. How far matters come is the stage of their cases.
 */
export function matterMoney(): Consumer {
  return consume({
    name: 'cases',
    topic: litigationTopic,
    handles: ['costRecorded', 'recoveryRecorded', 'matterOpened', 'matterMoved', 'matterClosed'],
    handle: async (tx, event, envelope) => {
      await followMatter(tx, event, envelope.at);
      for (const entry of entriesOf(event)) await hear(tx, entry, envelope);
    },
  });
}
