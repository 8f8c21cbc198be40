import type { Tx } from '@recourse/kit/db.ts';
import type { Envelope, EventOf } from '@recourse/kit/events.ts';
import { consume, type Consumer } from '@recourse/kit/inbox.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { creditorDay } from './domain/clock-zone.ts';
import { type DebtEvent, gradeOf } from './domain/debt.ts';
import { contactGrades } from './rules/contact-grades.ts';
import { keepClosedCase, keepDebtorNames, openDebt } from './store/debts.ts';
import { addEvent, strikeEvent } from './store/limitation-events.ts';
import { refreshClocks } from './store/watch.ts';
import { casesTopic } from './topic.ts';

type Told = EventOf<CasesEvent>;

function dayOf(text: string | undefined, envelope: Envelope): string {
  const at = text === undefined ? envelope.at : Temporal.Instant.from(text);
  return creditorDay(at).toString();
}

/** The event of a debt that something told of its case is; undefined when it is none. */
function debtEventOf(event: Told, envelope: Envelope): DebtEvent | undefined {
  const common = {
    note: '',
    evidence: undefined,
    details: {},
    actor: envelope.actor,
    recordedAt: envelope.at.toString(),
    struck: false,
    strikeReason: '',
  };
  switch (event.$case) {
    case 'contactLogged': {
      const { contactId, caseId, channel, result, happenedAt } = event.value;
      const grade = gradeOf(contactGrades, event.value);
      if (grade === undefined) return undefined;
      const { proof, source } = grade;
      const on = dayOf(happenedAt, envelope);
      const named = { eventId: contactId, debtId: caseId, note: `${channel} ${result}` };
      return { ...common, ...named, kind: 'demand', on, proof, source };
    }
    case 'promiseMade': {
      const { promiseId: eventId, caseId: debtId } = event.value;
      const on = dayOf(undefined, envelope);
      const source = '时效规定 14';
      // Only our own note of it: the debtor has signed nothing.
      return { ...common, eventId, debtId, kind: 'acknowledgement', on, proof: 'weak', source };
    }
    case 'paymentRecorded': {
      const { paymentId: eventId, caseId: debtId, receivedOn: on } = event.value;
      const source = '时效规定 14';
      return { ...common, eventId, debtId, kind: 'part_payment', on, proof: 'proven', source };
    }
    default:
      return undefined;
  }
}

/** What is told of cases, laid into debts and their events. */
async function settle(tx: Tx, event: Told, envelope: Envelope): Promise<void> {
  switch (event.$case) {
    case 'receivablesImported':
      return keepDebtorNames(tx, event.value.customers, envelope.at);
    case 'caseOpened':
      await openDebt(tx, event.value);
      return refreshClocks(tx, [event.value.caseId]);
    case 'caseClosed':
      return keepClosedCase(tx, event.value.caseId, envelope.at);
    case 'paymentReversed': {
      const { paymentId: eventId, caseId: debtId } = event.value;
      const at = envelope.at.toString();
      await strikeEvent(tx, { eventId, debtId, reason: 'payment_reversed', at });
      return refreshClocks(tx, [debtId]);
    }
    default: {
      const found = debtEventOf(event, envelope);
      if (found === undefined) return undefined;
      await addEvent(tx, found);
      return refreshClocks(tx, [found.debtId]);
    }
  }
}

/**
 * The limitation of debts follows what cases tells. Events are kept under the ids of what they tell
 * of, and a clock is a function of all of them, so the result is the same in any order and however
 * often an event comes: a reversal before its payment, a contact before the case's opening.
 */
export function litigationInbox(): Consumer {
  return consume({
    name: 'litigation',
    topic: casesTopic,
    handles: [
      'receivablesImported',
      'caseOpened',
      'caseClosed',
      'contactLogged',
      'promiseMade',
      'paymentRecorded',
      'paymentReversed',
    ],
    handle: settle,
  });
}
