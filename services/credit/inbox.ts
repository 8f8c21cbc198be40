import type { Tx } from '@recourse/kit/db.ts';
import { consume, type Consumer } from '@recourse/kit/inbox.ts';
import type { CasesEvent, CustomerFact } from '@recourse/proto/cases/v1/events.ts';
import { dayIn } from '@recourse/kit/day.ts';
import { type Customer, defaultTimeZone, learn } from './domain/customer.ts';
import { lastBehaviourDay, refreshBehaviours } from './store/behaviours.ts';
import { refreshStale } from './store/refresh.ts';
import type { ContactSeals } from './store/contacts.ts';
import { customersForUpdate, dropCustomers, markStale, saveLearned } from './store/customers.ts';
import { type Asked, rateCustomers } from './rerating.ts';
import { tellPromise } from './store/credit-files.ts';
import { dropFacts, keepEffects, keepFacts, keepSold, type Paid } from './store/facts.ts';
import { casesTopic } from './topic.ts';

type Told = NonNullable<CasesEvent['event']>;

async function learnCustomers(
  tx: Tx,
  contacts: ContactSeals,
  facts: readonly CustomerFact[],
  at: Temporal.Instant,
): Promise<void> {
  const seal = await contacts(tx.orgId);
  const rows = await customersForUpdate(
    tx,
    facts.map((fact) => fact.debtorId),
  );
  const known = new Map(rows.map((row) => [row.customerId, row]));
  const learned = facts.map((fact) => {
    const row = known.get(fact.debtorId);
    const before: Customer | undefined =
      row === undefined ? undefined : { ...row, contacts: seal.open(row.contactsSealed) };
    const { contacts: people, ...customer } = learn(before, fact);
    return { customer, contactsSealed: seal.seal(people) };
  });
  await saveLearned(tx, learned, at);
}

/** A promise, or a plan of several, as cases decided it; one that is broken rates anew. */
async function followPromise(
  tx: Tx,
  promise: { promiseId: string; debtorId: string; state: string },
  at: Temporal.Instant,
): Promise<void> {
  await tellPromise(tx, promise, at);
  if (promise.state !== 'BROKEN') return;
  const cause = 'RATING_CAUSE_PROMISE_BROKEN';
  await rateCustomers(tx, [{ customerId: promise.debtorId, cause }], { at });
}

const payments = ['paymentRecorded', 'paymentReversed', 'creditApplied', 'creditFreed'] as const;

type Payment = Extract<Told, { $case: (typeof payments)[number] }>;

function isPayment(event: Told): event is Payment {
  return (payments as readonly string[]).includes(event.$case);
}

function paidBy({ value: { debtorId: customerId, effects } }: Payment, at: Temporal.Instant): Paid {
  return { customerId, effects, at };
}

/**
 * A month's end pays by the hundred: all that came together is summed and rated together, each
 * customer once, as of the last that was heard. A day that was reached is not gone back from.
 */
async function hearPayments(tx: Tx, paid: readonly Paid[]): Promise<void> {
  await keepEffects(tx, paid);
  const at = paid.map((one) => one.at).reduce((a, b) => (a.until(b).sign > 0 ? b : a));
  const customerIds = paid.map(({ customerId }) => customerId);
  await renew(tx, customerIds, 'RATING_CAUSE_PAYMENT', at);
}

/** Behaviour and rating of customers by what is open now. */
async function renew(
  tx: Tx,
  whose: readonly string[],
  cause: Asked['cause'],
  at: Temporal.Instant,
): Promise<void> {
  const customerIds = [...new Set(whose)].toSorted();
  const today = dayIn(defaultTimeZone, at).toString();
  const reached = (await lastBehaviourDay(tx, customerIds)) ?? today;
  await refreshBehaviours(tx, customerIds, reached > today ? reached : today);
  await rateCustomers(
    tx,
    customerIds.map((customerId) => ({ customerId, cause })),
    { at },
  );
}

async function hear(
  tx: Tx,
  contacts: ContactSeals,
  event: Told,
  at: Temporal.Instant,
): Promise<void> {
  switch (event.$case) {
    case 'receivablesImported': {
      const { customers, receivables } = event.value;
      await learnCustomers(tx, contacts, customers, at);
      await keepFacts(tx, receivables, at);
      await markStale(tx, [...new Set(receivables.map((fact) => fact.debtorId))]);
      return;
    }
    case 'receivablesRemoved': {
      const { removedReceivableIds, restored, removedDebtorIds } = event.value;
      const losers = await dropFacts(tx, removedReceivableIds);
      await keepFacts(tx, restored, at);
      await markStale(tx, [...new Set([...losers, ...restored.map((fact) => fact.debtorId)])]);
      await dropCustomers(tx, removedDebtorIds);
      return;
    }
    case 'importFinished':
      await refreshStale(tx, at);
      return;
    case 'paymentRecorded':
    case 'paymentReversed':
    case 'creditApplied':
    case 'creditFreed':
      return hearPayments(tx, [paidBy(event, at)]);
    case 'receivablesSold': {
      const { debtorId: customerId, soldOn, effects } = event.value;
      await keepSold(tx, { customerId, soldOn, effects, at });
      return renew(tx, [customerId], 'RATING_CAUSE_RECEIVABLES', at);
    }
    case 'promiseSettled':
      await followPromise(tx, event.value, at);
      return;
    case 'planSettled':
      await followPromise(tx, { ...event.value, promiseId: event.value.planId }, at);
      return;
    case 'caseOpened':
    case 'caseAssigned':
    case 'caseClosed':
    case 'caseReopened':
    case 'contactLogged':
    case 'promiseMade':
    case 'letterSent':
    case 'letterSettled':
    case 'receivablesJoined':
    case 'exportAsked':
    case 'creditRefunded':
    case 'refundReversed':
    case 'suitForgone':
    case 'planAgreed':
    case 'planConfirmed':
    case 'planCancelled':
    case 'instalmentSettled':
    case 'settlementChanged':
    case 'closingChanged':
      return;
    default:
      return event satisfies never;
  }
}

/**
 * Customers and payment behaviour follow what cases tells. Facts carry the instant they were told,
 * so the result is the same in any order and however often an event comes.
 */
export function creditInbox(contacts: ContactSeals): Consumer {
  return consume({
    name: 'credit',
    topic: casesTopic,
    unhurried: true,
    handles: [
      'receivablesImported',
      'receivablesRemoved',
      'importFinished',
      'receivablesSold',
      ...payments,
      'promiseSettled',
      'planSettled',
    ],
    handle: (tx, event: Told, { at }) => hear(tx, contacts, event, at),
    handleAll: async (tx, read) => {
      const paid = read.flatMap(({ event, envelope }) =>
        isPayment(event) ? [paidBy(event, envelope.at)] : [],
      );
      for (const { event, envelope } of read) {
        if (!isPayment(event)) await hear(tx, contacts, event, envelope.at);
      }
      if (paid.length > 0) await hearPayments(tx, paid);
    },
  });
}
