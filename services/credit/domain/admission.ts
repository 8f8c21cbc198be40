import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type {
  Admission,
  AdmissionLookUp,
  AdmissionProposal,
  CreditPolicy,
  PaymentTerms,
  Rating,
} from '@recourse/proto/credit/v1/ratings.ts';
import type { Actor, Money } from '@recourse/proto/type/v1/type.ts';

export type AdmissionAsked = {
  admissionId: string;
  customerId: string;
  customerName: string;
  askedLimit: Money | undefined;
  askedTerms: PaymentTerms | undefined;
  note: string;
  rating: Rating;
  by: Actor;
  at: string;
};

/** Whether the asked terms give the customer more time than the granted ones. */
function isLonger(asked: PaymentTerms, granted: PaymentTerms): boolean {
  if (asked.prepaid) return false;
  return granted.prepaid || asked.netDays > granted.netDays;
}

const openTerms: PaymentTerms = { prepaid: true, netDays: 0, discountBps: 0, discountDays: 0 };

type Proposed = Pick<
  Admission,
  'proposal' | 'conditions' | 'limit' | 'terms' | 'guaranteeRequired'
>;

/** What the policy says to the request: admit, admit on conditions, refuse; each with its why. */
export function propose(
  rating: Rating,
  policy: CreditPolicy,
  asked: { limit: Money | undefined; terms: PaymentTerms | undefined },
): Proposed {
  const granted = rating.terms ?? openTerms;
  const row = policy.rows.find((one) => one.grade === rating.grade);
  const blocked = rating.rules.filter((rule) => rule.code === 'registry_status');
  const refusals = [
    ...(row?.admissible === false ? ['grade_too_low'] : []),
    ...(blocked.length > 0 ? ['registry_not_active'] : []),
  ];
  const limit = rating.limit;
  const isLowered =
    asked.limit !== undefined && limit !== undefined && asked.limit.minor > limit.minor;
  const terms = asked.terms ?? granted;
  const isShortened = isLonger(terms, granted);
  const conditions = [
    ...(granted.prepaid ? ['prepay_only'] : []),
    ...(isLowered && !granted.prepaid ? ['limit_lowered'] : []),
    ...(isShortened && !granted.prepaid ? ['terms_shortened'] : []),
    ...(rating.guaranteeRequired ? ['guarantee_required'] : []),
    ...(rating.knownBps < 4_000 ? ['file_incomplete'] : []),
  ];
  const isRefused = refusals.length > 0;
  const proposal: AdmissionProposal = isRefused
    ? 'ADMISSION_PROPOSAL_REFUSE'
    : conditions.length > 0
      ? 'ADMISSION_PROPOSAL_ADMIT_WITH_CONDITIONS'
      : 'ADMISSION_PROPOSAL_ADMIT';
  return {
    proposal,
    conditions: [...refusals, ...conditions],
    limit: isLowered || asked.limit === undefined ? limit : asked.limit,
    terms: isShortened ? granted : terms,
    guaranteeRequired: rating.guaranteeRequired,
  };
}

const refusing: ReadonlySet<string> = new Set([
  'grade_too_low',
  'registry_not_active',
  'blacklist_listed',
]);
const ofLookUp: ReadonlySet<string> = new Set([
  'look_up_outstanding',
  'blacklist_listed',
  'blacklist_possible',
]);

/** Whether the blacklist has answered, or there is nobody to ask. */
export function isLookedUp(lookUp: AdmissionLookUp | undefined): boolean {
  return lookUp !== undefined && (lookUp.verdict !== '' || lookUp.unasked === 'not_a_member');
}

function saidBy(lookUp: AdmissionLookUp | undefined): string[] {
  if (!isLookedUp(lookUp)) return ['look_up_outstanding'];
  if (lookUp?.verdict === 'listed') return ['blacklist_listed'];
  return lookUp?.verdict === 'possible' ? ['blacklist_possible'] : [];
}

/** The proposal as it is with what the look-up says; what refuses stands first. */
function weighed(
  proposed: Pick<Admission, 'conditions'>,
  lookUp: AdmissionLookUp | undefined,
): Pick<Admission, 'proposal' | 'conditions' | 'lookUp'> {
  const others = proposed.conditions.filter((code) => !ofLookUp.has(code));
  const all = [...others, ...saidBy(lookUp)];
  const refusals = all.filter((code) => refusing.has(code));
  const conditions = [...refusals, ...all.filter((code) => !refusing.has(code))];
  const isBound = conditions.length > 0;
  const bound = isBound ? 'ADMISSION_PROPOSAL_ADMIT_WITH_CONDITIONS' : 'ADMISSION_PROPOSAL_ADMIT';
  const proposal = refusals.length > 0 ? 'ADMISSION_PROPOSAL_REFUSE' : bound;
  return { proposal, conditions, lookUp };
}

function isOlder(one: AdmissionLookUp, other: AdmissionLookUp): boolean {
  const at = (lookUp: AdmissionLookUp) => Temporal.Instant.from(lookUp.at ?? '1970-01-01T00:00Z');
  return Temporal.Instant.compare(at(one), at(other)) < 0;
}

/**
 * Lays a look-up into a request that waits: the newest answer counts, in whatever order they come,
 * and what could not be asked replaces no answer. A decided request stays as it was decided.
 */
export function withLookUp(before: Admission, lookUp: AdmissionLookUp): Admission {
  if (before.state !== 'ADMISSION_STATE_ASKED') return before;
  const known = before.lookUp;
  const isLess = known !== undefined && known.verdict !== '' && lookUp.verdict === '';
  const isMore = known !== undefined && known.verdict === '' && lookUp.verdict !== '';
  if (isLess) return before;
  if (known !== undefined && !isMore && !isOlder(known, lookUp)) return before;
  return { ...before, ...weighed(before, lookUp), version: before.version + 1n };
}

/** A request to admit a customer; nothing is granted by it. */
export function ask(command: AdmissionAsked, policy: CreditPolicy): Admission {
  const { askedLimit, askedTerms, rating } = command;
  const proposed = propose(rating, policy, { limit: askedLimit, terms: askedTerms });
  return {
    admissionId: command.admissionId,
    customerId: command.customerId,
    customerName: command.customerName,
    state: 'ADMISSION_STATE_ASKED',
    askedLimit,
    askedTerms,
    ...proposed,
    ...weighed(proposed, undefined),
    withoutLookUp: false,
    rating,
    askedBy: command.by,
    askedAt: command.at,
    decidedBy: undefined,
    decidedAt: undefined,
    note: command.note,
    decisionNote: '',
    version: 1n,
  };
}

/** Fault `exists` admission_exists_with_other_content when the id already asks something else. */
export function checkSameRequest(
  before: Admission,
  asked: Pick<Admission, 'customerId' | 'askedLimit' | 'askedTerms' | 'note'>,
): void {
  const content = (one: typeof asked): string =>
    contentHash([one.customerId, one.askedLimit, one.askedTerms, one.note]);
  if (content(before) !== content(asked)) {
    throw fault('exists', 'admission_exists_with_other_content', {
      admissionId: before.admissionId,
    });
  }
}

export type Decision = {
  admit: boolean;
  limit: Money | undefined;
  terms: PaymentTerms | undefined;
  guaranteeRequired: boolean;
  note: string;
  expectedVersion: bigint;
  withoutLookUp: boolean;
  by: Actor;
  at: string;
};

/** Nobody is admitted before the blacklist has answered, unless somebody says why. */
function refuseUnknown(before: Admission, decision: Decision): void {
  if (!decision.admit || isLookedUp(before.lookUp)) return;
  const facts = { unasked: before.lookUp?.unasked ?? '' };
  if (!decision.withoutLookUp) throw fault('refused', 'look_up_outstanding', facts);
  if (decision.note.trim() === '') {
    throw fault('refused', 'reason_needed_without_look_up', facts);
  }
}

/**
 * A person decides. Refusals, in this order: `stale` admission_changed_meanwhile, `refused`
 * admission_already_decided, own_request_decided (nobody decides his own), look_up_outstanding,
 * reason_needed_without_look_up, and reason_needed_against_proposal when the decision departs from
 * the policy.
 */
export function decide(before: Admission, decision: Decision): Admission {
  if (decision.expectedVersion !== 0n && decision.expectedVersion !== before.version) {
    const facts = { expected: decision.expectedVersion, present: before.version };
    throw fault('stale', 'admission_changed_meanwhile', facts);
  }
  if (before.state !== 'ADMISSION_STATE_ASKED') {
    throw fault('refused', 'admission_already_decided', { state: before.state });
  }
  if (before.askedBy?.userId === decision.by.userId) throw fault('refused', 'own_request_decided');
  refuseUnknown(before, decision);
  const isProposedRefused = before.proposal === 'ADMISSION_PROPOSAL_REFUSE';
  const limit = decision.limit ?? before.limit;
  const terms = decision.terms ?? before.terms;
  const isMore =
    decision.admit &&
    ((limit?.minor ?? 0n) > (before.limit?.minor ?? 0n) ||
      isLonger(terms ?? openTerms, before.terms ?? openTerms) ||
      (before.guaranteeRequired && !decision.guaranteeRequired));
  const departs = decision.admit === isProposedRefused || isMore;
  if (departs && decision.note.trim() === '') {
    throw fault('refused', 'reason_needed_against_proposal', { proposal: before.proposal });
  }
  return {
    ...before,
    state: decision.admit ? 'ADMISSION_STATE_ADMITTED' : 'ADMISSION_STATE_REFUSED',
    limit,
    terms,
    guaranteeRequired: decision.guaranteeRequired,
    decidedBy: decision.by,
    decidedAt: decision.at,
    decisionNote: decision.note,
    withoutLookUp: decision.admit && !isLookedUp(before.lookUp),
    version: before.version + 1n,
  };
}
