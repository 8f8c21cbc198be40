import type { Crypto } from '@recourse/kit/crypto.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Envelope } from '@recourse/kit/events.ts';
import { consume, type Consumer, type Read } from '@recourse/kit/inbox.ts';
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

/** Whose listings may have to follow what was told. */
type Touched = { debtorIds: readonly string[]; caseIds: readonly string[] };

const debtors = (debtorIds: readonly string[]): Touched => ({ debtorIds, caseIds: [] });

/** Keeps what an event tells of claims. */
async function keep(tx: Tx, event: Told, told: Envelope): Promise<Touched> {
  const { at } = told;
  switch (event.$case) {
    case 'receivablesImported': {
      const { customers, receivables } = event.value;
      await keepCustomers(tx, customers.map(customerOf), at);
      await keepFacts(tx, receivables, at);
      return debtors(receivables.map((fact) => fact.debtorId));
    }
    case 'receivablesRemoved': {
      const { removedReceivableIds, restored, removedDebtorIds } = event.value;
      const losers = await dropFacts(tx, removedReceivableIds);
      await keepFacts(tx, restored, at);
      await dropCustomers(tx, removedDebtorIds);
      return debtors([...losers, ...restored.map((fact) => fact.debtorId)]);
    }
    case 'paymentRecorded':
    case 'creditApplied':
    case 'paymentReversed':
    case 'creditFreed': {
      const { caseId, debtorId, effects } = event.value;
      await keepEffects(tx, debtorId, effects, at);
      const owesAgain = effects.some((effect) => (effect.open?.minor ?? 0n) > 0n);
      // Another case of the debtor may have taken the debt over: then this one is not reopened.
      const isTakenBack = event.$case === 'paymentReversed' || event.$case === 'creditFreed';
      if (!isTakenBack || !owesAgain) return debtors([debtorId]);
      await keepOutcome(tx, caseId, '', told);
      return { debtorIds: [debtorId], caseIds: [caseId] };
    }
    case 'caseClosed':
    case 'caseReopened': {
      const { caseId, debtorId } = event.value;
      const outcome = event.$case === 'caseClosed' ? event.value.outcome : undefined;
      const word = outcome === undefined ? undefined : wordOf(CaseOutcome, outcome);
      await keepOutcome(tx, caseId, word ?? '', told);
      return { debtorIds: [debtorId], caseIds: [caseId] };
    }
    default:
      return debtors([]);
  }
}

/** Listings follow once, however many payments on their claims came together. */
async function hear(tx: Tx, crypto: Crypto, read: readonly Read<CasesEvent>[]): Promise<void> {
  const debtorIds = new Set<string>();
  const caseIds = new Set<string>();
  for (const { event, envelope } of read) {
    const touched = await keep(tx, event, envelope);
    for (const debtorId of touched.debtorIds) debtorIds.add(debtorId);
    for (const caseId of touched.caseIds) caseIds.add(caseId);
  }
  const latest = read.map(({ envelope }) => envelope.at).sort(Temporal.Instant.compare);
  const at = latest.at(-1);
  if (at === undefined || debtorIds.size + caseIds.size === 0) return;
  await settleClaims(tx, crypto, { debtorIds: [...debtorIds], caseIds: [...caseIds] }, byEvent(at));
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
    unhurried: true,
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
    handle: (tx, event, envelope) => hear(tx, crypto, [{ event, envelope }]),
    handleAll: (tx, read) => hear(tx, crypto, read),
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
