import type { Crypto } from '@recourse/kit/crypto.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Envelope } from '@recourse/kit/events.ts';
import { consume, type Consumer } from '@recourse/kit/inbox.ts';
import type { Job, Jobs } from '@recourse/kit/jobs.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import type { AdmissionAsked } from '@recourse/proto/credit/v1/events.ts';
import { CaseOutcome } from '@recourse/proto/cases/v1/cases.ts';
import type { AskedAdmission } from './domain/asked-admission.ts';
import type { By } from './domain/listing.ts';
import { tidyCode } from './domain/screening.ts';
import { dayAt, termsOn } from './rules/in-force.ts';
import { nobody } from './store/changing.ts';
import { dropFacts, keepEffects, keepFacts, keepOutcome } from './store/claims.ts';
import { dropCustomers, keepCustomers } from './store/customers.ts';
import { tellScreened } from './store/screened.ts';
import { settleClaims } from './store/settling.ts';
import { wordOf } from './store/words.ts';
import { casesTopic, creditTopic } from './topic.ts';

type Told = NonNullable<CasesEvent['event']>;

function byEvent(at: Temporal.Instant): By {
  const today = dayAt(at);
  return { at, today, actor: nobody, terms: termsOn(today) };
}

async function hear(tx: Tx, crypto: Crypto, event: Told, told: Envelope): Promise<void> {
  const { at } = told;
  const settleOf = (debtorIds: readonly string[], caseIds: readonly string[] = []) =>
    settleClaims(tx, crypto, { debtorIds, caseIds }, byEvent(at));
  switch (event.$case) {
    case 'receivablesImported': {
      const { customers, receivables } = event.value;
      await keepCustomers(tx, customers.map(customerOf), at);
      await keepFacts(tx, receivables, at);
      return settleOf([...new Set(receivables.map((fact) => fact.debtorId))]);
    }
    case 'receivablesRemoved': {
      const { removedReceivableIds, restored, removedDebtorIds } = event.value;
      const losers = await dropFacts(tx, removedReceivableIds);
      await keepFacts(tx, restored, at);
      await dropCustomers(tx, removedDebtorIds);
      return settleOf([...new Set([...losers, ...restored.map((fact) => fact.debtorId)])]);
    }
    case 'paymentRecorded':
    case 'creditApplied':
    case 'paymentReversed':
    case 'creditFreed': {
      const { debtorId, effects } = event.value;
      await keepEffects(tx, debtorId, effects, at);
      const owesAgain = effects.some((effect) => (effect.open?.minor ?? 0n) > 0n);
      // Another case of the debtor may have taken the debt over: then this one is not reopened.
      const isTakenBack = event.$case === 'paymentReversed' || event.$case === 'creditFreed';
      if (isTakenBack && owesAgain) {
        await keepOutcome(tx, event.value.caseId, '', told);
        return settleOf([debtorId], [event.value.caseId]);
      }
      return settleOf([debtorId]);
    }
    case 'caseClosed': {
      const { caseId, debtorId, outcome } = event.value;
      await keepOutcome(tx, caseId, wordOf(CaseOutcome, outcome) ?? '', told);
      return settleOf([debtorId], [caseId]);
    }
    case 'caseReopened': {
      const { caseId, debtorId } = event.value;
      await keepOutcome(tx, caseId, '', told);
      return settleOf([debtorId], [caseId]);
    }
    default:
  }
}

function customerOf(told: { debtorId: string; name: string; creditCode: string }) {
  const { debtorId: customerId, name, creditCode } = told;
  return { customerId, name, creditCode: tidyCode(creditCode) };
}

/**
 * Claims follow what cases tells: a paid one ends its listing at once. Facts carry the instant they
 * were told, so the result is the same in any order and however often an event comes.
 */
export function casesInbox(crypto: Crypto): Consumer {
  return consume({
    name: 'blacklist',
    topic: casesTopic,
    handles: [
      'receivablesImported',
      'receivablesRemoved',
      'paymentRecorded',
      'paymentReversed',
      'creditApplied',
      'creditFreed',
      'caseClosed',
      'caseReopened',
    ],
    handle: (tx, event, envelope) => hear(tx, crypto, event, envelope),
  });
}

/** What hearing of a request for credit needs: its look-up takes a job. */
export type AdmissionRooms = { jobs: Jobs; admissions: Job<AskedAdmission> };

/** A person is looked up under consent alone, so somebody has to ask. */
async function hearAdmission(
  tx: Tx,
  { jobs, admissions }: AdmissionRooms,
  asked: AdmissionAsked,
  { at, actor = nobody }: Envelope,
): Promise<void> {
  const { admissionId, customerId, name, creditCode, person } = asked;
  if (person) {
    const about = { customerId, admissionId, purpose: 'ONBOARDING' as const, at };
    await tellScreened(tx, { ...about, unasked: 'query_consent_missing' });
    return;
  }
  const data = { admissionId, customerId, name, creditCode, actor };
  await jobs.enqueue(tx, admissions, { id: admissionId, data });
}

/**
 * Present customers follow what credit tells, to be screened every night; whom credit is asked for
 * is looked up at once.
 */
export function creditInbox(rooms: AdmissionRooms): Consumer {
  return consume({
    name: 'blacklist',
    topic: creditTopic,
    handles: ['customerChanged', 'admissionAsked'],
    handle: async (tx, event, envelope) => {
      if (event.$case === 'admissionAsked') await hearAdmission(tx, rooms, event.value, envelope);
      if (event.$case !== 'customerChanged') return;
      const { customerId, name, creditCode, person } = event.value;
      const told = [{ customerId, name, creditCode: tidyCode(creditCode), person }];
      await keepCustomers(tx, told, envelope.at);
    },
  });
}
