import { fault } from '@recourse/kit/fault.ts';
import { contentHash, namedUuid } from '@recourse/kit/hash.ts';
import { type Money, sum } from '@recourse/kit/money.ts';
import type { LitigationEvent } from '@recourse/proto/litigation/v1/events.ts';
import type {
  Claim,
  DebtType,
  Engagement,
  Matter as MatterMessage,
  MatterCase,
  MatterOutcome,
  Party,
} from '@recourse/proto/litigation/v1/matters.ts';

export type Told = NonNullable<LitigationEvent['event']>;

/** What is made anew each time a matter is shown, from what stands beside it. */
type Derived =
  | 'claimed'
  | 'recovered'
  | 'spent'
  | 'nextDeadline'
  | 'unconfirmedDeadlines'
  | 'limitationExpiresOn'
  | 'evidenceGaps'
  | 'mayBegin';

/** A matter as it is kept: the contract's own shape without what is derived. */
export type Matter = Omit<MatterMessage, Derived>;

/** A case as cases tells it, before anything was decided. */
export type CaseBasis = MatterCase & { isOpen: boolean };

export type OpenCommand = {
  matterId: string;
  title: string;
  debtType: DebtType;
  province: string;
  caseIds: readonly string[];
};

export type OpenFacts = {
  bases: readonly CaseBasis[];
  /** An open matter that has one of the cases already. */
  taken: { caseId: string; matterNumber: string } | undefined;
  serial: number;
  creditor: { orgId: string; orgName: string };
};

/** What is claimed in all. */
export function claimed(matter: Pick<Matter, 'claims' | 'currency'>): Money {
  return sum(
    matter.claims.map((claim) => claim.amount ?? { currency: matter.currency, minor: 0n }),
    matter.currency,
  );
}

function principalOf(matterId: string, basis: CaseBasis): Claim {
  return {
    claimId: namedUuid(matterId, `principal ${basis.caseId}`),
    kind: 'CLAIM_KIND_PRINCIPAL',
    amount: basis.open,
    caseId: basis.caseId,
    basis: '',
    interestFrom: '',
  };
}

function party(matterId: string, role: Party['role'], name: string): Party {
  const partyId = namedUuid(matterId, `${role} ${name}`);
  return { partyId, role, name, creditCode: '', address: '', legalRepresentative: '', phone: '' };
}

/** Throws unless these cases can be claimed for in one matter. */
function checkBases(command: OpenCommand, facts: OpenFacts): CaseBasis {
  const { bases, taken } = facts;
  const [first] = bases;
  const missing = command.caseIds.find((id) => !bases.some((basis) => basis.caseId === id));
  if (first === undefined || missing !== undefined) {
    throw fault('missing', 'case_unknown', { caseId: missing ?? '' });
  }
  const closed = bases.find((basis) => !basis.isOpen);
  if (closed !== undefined) throw fault('refused', 'case_closed', { number: closed.caseNumber });
  if (bases.some((basis) => basis.debtorId !== first.debtorId)) {
    throw fault('refused', 'cases_of_several_debtors');
  }
  if (bases.some((basis) => basis.open?.currency !== first.open?.currency)) {
    throw fault('refused', 'cases_in_several_currencies');
  }
  const paid = bases.find((basis) => (basis.open?.minor ?? 0n) <= 0n);
  if (paid !== undefined) throw fault('refused', 'nothing_owed', { number: paid.caseNumber });
  if (taken !== undefined) throw fault('refused', 'case_in_open_matter', taken);
  return first;
}

/** The same opening again is the same answer; the id with other content is refused. */
function repeated(before: Matter, command: OpenCommand): void {
  const caseIds = before.cases.map((one) => one.caseId).toSorted();
  const same =
    contentHash(caseIds) === contentHash([...command.caseIds].toSorted()) &&
    before.debtType === command.debtType;
  if (!same) throw fault('exists', 'matter_exists_with_other_content');
}

function openingOf(command: OpenCommand, facts: OpenFacts, at: Temporal.Instant): Matter {
  const { matterId, title, debtType, province } = command;
  const { bases, creditor } = facts;
  const first = checkBases(command, facts);
  const year = at.toZonedDateTimeISO('Asia/Shanghai').year;
  return {
    matterId,
    number: `L-${year}-${String(facts.serial).padStart(4, '0')}`,
    title: title.trim() === '' ? `${creditor.orgName}诉${first.debtorName}` : title.trim(),
    state: 'MATTER_STATE_OPEN',
    outcome: 'MATTER_OUTCOME_UNSPECIFIED',
    debtType,
    debtorId: first.debtorId,
    debtorName: first.debtorName,
    currency: first.open?.currency ?? '',
    cases: bases.map(({ isOpen: _open, ...snapshot }) => snapshot),
    claims: bases.map((basis) => principalOf(matterId, basis)),
    parties: [
      party(matterId, 'PARTY_ROLE_PLAINTIFF', creditor.orgName),
      party(matterId, 'PARTY_ROLE_DEFENDANT', first.debtorName),
    ],
    engagement: undefined,
    proceedings: [],
    judgments: [],
    province,
    openedAt: at.toString(),
    closedAt: undefined,
    closeReason: '',
    version: 1n,
  };
}

/**
 * Opens a matter from cases of one debtor and currency, with their open amounts as the first
 * claims. Faults: `exists` matter_exists_with_other_content; `missing` case_unknown; `refused`
 * case_closed, cases_of_several_debtors, cases_in_several_currencies, nothing_owed,
 * case_in_open_matter.
 */
export function open(
  before: Matter | undefined,
  command: OpenCommand,
  facts: OpenFacts,
  at: Temporal.Instant,
): { state: Matter; events: Told[] } {
  if (before !== undefined) {
    repeated(before, command);
    return { state: before, events: [] };
  }
  const state = openingOf(command, facts, at);
  const { matterId, number: matterNumber, debtorId } = state;
  const caseIds = state.cases.map((one) => one.caseId);
  const value = { matterId, matterNumber, caseIds, debtorId, claimed: claimed(state) };
  return { state, events: [{ $case: 'matterOpened', value }] };
}

/** Faults: `missing` matter_unknown; `stale` matter_changed_meanwhile; `refused` matter_closed. */
export function checkOpen(before: Matter | undefined, expectedVersion = 0n): Matter {
  if (before === undefined) throw fault('missing', 'matter_unknown');
  if (expectedVersion !== 0n && expectedVersion !== before.version) {
    const facts = { expected: expectedVersion, present: before.version };
    throw fault('stale', 'matter_changed_meanwhile', facts);
  }
  if (before.state !== 'MATTER_STATE_OPEN') throw fault('refused', 'matter_closed');
  return before;
}

/** The next version of a matter, told as a change of one of its parts. */
export function changed(state: Matter, what: string): { state: Matter; events: Told[] } {
  const { matterId } = state;
  return {
    state: { ...state, version: state.version + 1n },
    events: [{ $case: 'matterChanged', value: { matterId, what } }],
  };
}

/**
 * Replaces what is claimed. Faults: see `checkOpen`; `refused` claims_already_decided once a
 * judgment is recorded; `invalid` claim_twice, claim_in_other_currency, claim_of_foreign_case,
 * nothing_claimed.
 */
export function setClaims(
  present: Matter | undefined,
  claims: readonly Claim[],
  expectedVersion: bigint,
): { state: Matter; events: Told[] } {
  const before = checkOpen(present, expectedVersion);
  if (before.judgments.length > 0) throw fault('refused', 'claims_already_decided');
  const ids = new Set(claims.map((claim) => claim.claimId));
  if (ids.size !== claims.length) throw fault('invalid', 'claim_twice');
  const foreign = claims.find((claim) => claim.amount?.currency !== before.currency);
  if (foreign !== undefined) {
    throw fault('invalid', 'claim_in_other_currency', { claimId: foreign.claimId });
  }
  const known = new Set(['', ...before.cases.map((one) => one.caseId)]);
  const strange = claims.find((claim) => !known.has(claim.caseId));
  if (strange !== undefined) {
    throw fault('invalid', 'claim_of_foreign_case', { claimId: strange.claimId });
  }
  if (!claims.some((claim) => claim.kind === 'CLAIM_KIND_PRINCIPAL')) {
    throw fault('invalid', 'nothing_claimed');
  }
  return changed({ ...before, claims: [...claims] }, 'claims');
}

/**
 * Replaces the parties. Faults: see `checkOpen`; `invalid` party_twice, no_plaintiff, no_defendant.
 */
export function setParties(
  present: Matter | undefined,
  parties: readonly Party[],
  expectedVersion: bigint,
): { state: Matter; events: Told[] } {
  const before = checkOpen(present, expectedVersion);
  const ids = new Set(parties.map((one) => one.partyId));
  if (ids.size !== parties.length) throw fault('invalid', 'party_twice');
  const has = (role: Party['role']): boolean => parties.some((one) => one.role === role);
  if (!has('PARTY_ROLE_PLAINTIFF')) throw fault('invalid', 'no_plaintiff');
  if (!has('PARTY_ROLE_DEFENDANT')) throw fault('invalid', 'no_defendant');
  return changed({ ...before, parties: [...parties] }, 'parties');
}

/** Says who conducts the matter. Faults: see `checkOpen`; `invalid` fee_in_other_currency. */
export function setEngagement(
  present: Matter | undefined,
  engagement: Engagement,
  expectedVersion: bigint,
): { state: Matter; events: Told[] } {
  const before = checkOpen(present, expectedVersion);
  const fixed = engagement.fee?.fixed;
  if (fixed !== undefined && fixed.currency !== before.currency) {
    throw fault('invalid', 'fee_in_other_currency', { currency: fixed.currency });
  }
  return changed({ ...before, engagement }, 'engagement');
}

/**
 * Closes a matter. Faults: see `checkOpen`; `refused` proceedings_still_run unless the outcome is a
 * settlement, a payment or a withdrawal that ends them.
 */
export function close(
  present: Matter | undefined,
  command: { outcome: MatterOutcome; reason: string; expectedVersion: bigint },
  at: Temporal.Instant,
): { state: Matter; events: Told[] } {
  const before = checkOpen(present, command.expectedVersion);
  const { outcome, reason } = command;
  const running = before.proceedings.filter((one) => !one.ended);
  const decidedByCourt =
    outcome === 'MATTER_OUTCOME_LOST' || outcome === 'MATTER_OUTCOME_NO_ASSETS';
  if (decidedByCourt && running.length > 0) {
    throw fault('refused', 'proceedings_still_run', { count: running.length });
  }
  const { matterId, number: matterNumber, debtorId } = before;
  const caseIds = before.cases.map((one) => one.caseId);
  return {
    state: {
      ...before,
      state: 'MATTER_STATE_CLOSED',
      outcome,
      closeReason: reason,
      closedAt: at.toString(),
      version: before.version + 1n,
    },
    events: [
      { $case: 'matterClosed', value: { matterId, matterNumber, caseIds, debtorId, outcome } },
    ],
  };
}
