import type { Tx } from '@recourse/kit/db.ts';
import type { Envelope, EventOf } from '@recourse/kit/events.ts';
import { consume, type Consumer, type Read } from '@recourse/kit/inbox.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { creditorDay } from './domain/clock-zone.ts';
import { type DebtEvent, gradeOf } from './domain/debt.ts';
import { awaitsDelivery, letterAct } from './domain/letter-act.ts';
import { contactGrades } from './rules/contact-grades.ts';
import { letterTables } from './rules/letter-grades.ts';
import { debtsClaiming, keepClaims, keepEffects, keepFacts, keepRemoved } from './store/claims.ts';
import { keepClosing, keepDebtorNames, openDebt } from './store/debts.ts';
import { keepSentLetter, keepSettledLetter } from './store/letters.ts';
import { addEvent, strikeEvent } from './store/limitation-events.ts';
import { refreshClocks } from './store/watch.ts';
import { casesTopic } from './topic.ts';

type Told = EventOf<CasesEvent>;
type Of<C extends Told['$case']> = Extract<Told, { $case: C }>['value'];

function dayOf(text: string | undefined, envelope: Envelope): string {
  const at = text === undefined ? envelope.at : Temporal.Instant.from(text);
  return creditorDay(at).toString();
}

type Named = Pick<DebtEvent, 'eventId' | 'debtId' | 'kind' | 'on' | 'proof' | 'source'>;

/** An event with what is common to all that cases tells. */
function debtEvent(envelope: Envelope, named: Named, more: Partial<DebtEvent> = {}): DebtEvent {
  return {
    note: '',
    evidence: undefined,
    details: {},
    receivableIds: [],
    actor: envelope.actor,
    recordedAt: envelope.at.toString(),
    struck: false,
    strikeReason: '',
    ...named,
    ...more,
  };
}

function ofContact(told: Of<'contactLogged'>, envelope: Envelope): DebtEvent | undefined {
  const { contactId: eventId, caseId: debtId, channel, result, party, happenedAt } = told;
  const grade = gradeOf(contactGrades, told);
  if (grade === undefined) return undefined;
  const { proof, source } = grade;
  const kind = party === 'GUARANTOR' ? 'demand_guarantor' : 'demand';
  const on = dayOf(happenedAt, envelope);
  const note = `${channel} ${result}`;
  return debtEvent(envelope, { eventId, debtId, kind, on, proof, source }, { note });
}

function ofSentLetter(told: Of<'letterSent'>, envelope: Envelope): DebtEvent | undefined {
  const { letterId: eventId, caseId: debtId, sentOn: on, kind, means, trackingNumber } = told;
  const letter = { ...told, outcome: 'SENT', signer: '', hasPaper: false };
  const act = letterAct(letter, letterTables);
  if (act === undefined) return undefined;
  const note = [kind, means, trackingNumber, 'SENT'].filter((word) => word !== '').join(' ');
  return debtEvent(envelope, { ...act, eventId, debtId, on }, { note });
}

function ofSettledLetter(told: Of<'letterSettled'>, envelope: Envelope): DebtEvent | undefined {
  const { deliveryId: eventId, caseId: debtId, on, kind, means, outcome, proof: paper } = told;
  const act = letterAct({ ...told, hasPaper: paper !== undefined }, letterTables);
  if (act === undefined) return undefined;
  const note = [kind, means, outcome, told.signer].filter((word) => word !== '').join(' ');
  return debtEvent(envelope, { ...act, eventId, debtId, on }, { note, evidence: paper });
}

/** Keeps whether a letter is under way; a delivery may be heard of before the sending. */
async function followLetter(tx: Tx, event: Told): Promise<void> {
  if (event.$case === 'letterSettled') {
    const { letterId, caseId: debtId } = event.value;
    await keepSettledLetter(tx, { letterId, debtId });
  }
  if (event.$case === 'letterSent' && awaitsDelivery(event.value, letterTables)) {
    const { caseId: debtId, ...letter } = event.value;
    await keepSentLetter(tx, { ...letter, debtId });
  }
}

/** The event of a debt that something told of its case is; undefined when it is none. */
function debtEventOf(event: Told, envelope: Envelope): DebtEvent | undefined {
  const source = '时效规定 14';
  switch (event.$case) {
    case 'contactLogged':
      return ofContact(event.value, envelope);
    case 'letterSent':
      return ofSentLetter(event.value, envelope);
    case 'letterSettled':
      return ofSettledLetter(event.value, envelope);
    case 'promiseMade': {
      const { promiseId: eventId, caseId: debtId } = event.value;
      const on = dayOf(undefined, envelope);
      // Only our own note of it: the debtor has signed nothing.
      const named = { kind: 'acknowledgement', on, proof: 'weak', source } as const;
      return debtEvent(envelope, { ...named, eventId, debtId });
    }
    case 'paymentRecorded': {
      const { paymentId: eventId, caseId: debtId, receivedOn: on, effects } = event.value;
      const named = { kind: 'part_payment', on, proof: 'proven', source } as const;
      // Who pays one invoice has not agreed to pay the others.
      const receivableIds = effects.map((effect) => effect.receivableId);
      return debtEvent(envelope, { ...named, eventId, debtId }, { receivableIds });
    }
    default:
      return undefined;
  }
}

/** Receivables as cases tells them; gives the debts that claim them, whose clocks follow. */
async function settleFacts(tx: Tx, event: Told, { at }: Envelope): Promise<readonly string[]> {
  switch (event.$case) {
    case 'receivablesImported': {
      const { customers, receivables } = event.value;
      await keepDebtorNames(tx, customers, at);
      await keepFacts(tx, receivables, at);
      return debtsClaiming(
        tx,
        receivables.map((fact) => fact.receivableId),
      );
    }
    case 'receivablesRemoved': {
      const { removedReceivableIds, restored } = event.value;
      await keepRemoved(tx, removedReceivableIds, at);
      await keepFacts(tx, restored, at);
      const restoredIds = restored.map((fact) => fact.receivableId);
      return debtsClaiming(tx, [...removedReceivableIds, ...restoredIds]);
    }
    case 'receivablesJoined': {
      const { caseId, debtorId, receivables } = event.value;
      await keepClaims(tx, caseId, debtorId, receivables, at);
      return [caseId];
    }
    default:
      return [];
  }
}

/** What is told of one case, laid into its debt and the debt's events; gives the debt. */
async function settleCase(tx: Tx, event: Told, envelope: Envelope): Promise<readonly string[]> {
  const at = envelope.at.toString();
  switch (event.$case) {
    case 'caseOpened':
      await openDebt(tx, event.value);
      return [event.value.caseId];
    case 'caseClosed':
    case 'caseReopened': {
      const { caseId } = event.value;
      const reopened = event.$case === 'caseReopened';
      const { at: toldAt, version } = envelope;
      await keepClosing(tx, { caseId, at: toldAt, version, reopened });
      return [caseId];
    }
    case 'paymentReversed': {
      const { paymentId: eventId, caseId: debtId, effects } = event.value;
      await keepEffects(tx, effects, envelope.at);
      await strikeEvent(tx, { eventId, debtId, reason: 'payment_reversed', at });
      return [debtId];
    }
    // Money that was held already is no act of the debtor: the claim is less, its clock runs on.
    case 'creditApplied':
    case 'creditFreed': {
      await keepEffects(tx, event.value.effects, envelope.at);
      return [event.value.caseId];
    }
    default: {
      if (event.$case === 'paymentRecorded')
        await keepEffects(tx, event.value.effects, envelope.at);
      await followLetter(tx, event);
      // What came back has reached nobody, whatever its sending was worth.
      if (event.$case === 'letterSettled' && event.value.outcome === 'RETURNED') {
        const { letterId: eventId, caseId: debtId } = event.value;
        await strikeEvent(tx, { eventId, debtId, reason: 'letter_returned', at });
        return [debtId];
      }
      const found = debtEventOf(event, envelope);
      if (found === undefined) return [];
      await addEvent(tx, found);
      return [found.debtId];
    }
  }
}

const facts: readonly Told['$case'][] = [
  'receivablesImported',
  'receivablesRemoved',
  'receivablesJoined',
];

function settle(tx: Tx, event: Told, envelope: Envelope): Promise<readonly string[]> {
  return facts.includes(event.$case)
    ? settleFacts(tx, event, envelope)
    : settleCase(tx, event, envelope);
}

/** Several events of a debt, as an agency's calls of an hour, run its clock once. */
async function settleAll(tx: Tx, read: readonly Read<CasesEvent>[]): Promise<void> {
  const debtIds = new Set<string>();
  for (const { event, envelope } of read) {
    for (const debtId of await settle(tx, event, envelope)) debtIds.add(debtId);
  }
  if (debtIds.size > 0) await refreshClocks(tx, [...debtIds]);
}

/**
 * The limitation of debts follows what cases tells. Events are kept under the ids of what they tell
 * of, and a clock is a function of all of them, so the result is the same in any order and however
 * often an event comes: a reversal before its payment, a delivery before its letter, a contact
 * before the case's opening.
 */
export function litigationInbox(): Consumer {
  return consume({
    name: 'litigation',
    topic: casesTopic,
    unhurried: true,
    handles: [
      ...facts,
      'caseOpened',
      'caseClosed',
      'caseReopened',
      'contactLogged',
      'letterSent',
      'letterSettled',
      'promiseMade',
      'paymentRecorded',
      'paymentReversed',
      'creditApplied',
      'creditFreed',
    ],
    handle: (tx, event, envelope) => settleAll(tx, [{ event, envelope }]),
    handleAll: settleAll,
  });
}
