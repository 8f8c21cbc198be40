import {
  OrganisationDecision,
  OrganisationState,
  UserDecision,
  UserState,
} from '@recourse/proto/platform/v1/directory.ts';
import { fault } from './fault.ts';
import { attributeOf, type OrganisationRecord, type UserRecord } from './platform-identity.ts';
import type { RepairWord } from './platform-repairs.ts';

/** Who decides, and about whose organisation. */
export type Decider = { userId: string; orgId: string };

/** How each state is written in the record of an organisation. */
const stateWords = {
  pending: OrganisationState.PENDING,
  active: OrganisationState.ACTIVE,
  suspended: OrganisationState.SUSPENDED,
  refused: OrganisationState.REFUSED,
} as const;
export type StateWord = keyof typeof stateWords;

type Effect = {
  action: RepairWord;
  /** States in which it can be decided; its own outcome is one, for a repeat goes on. */
  from: readonly StateWord[];
  to: StateWord;
  reason: string;
};

const organisationEffects: Readonly<Partial<Record<OrganisationDecision, Effect>>> = {
  [OrganisationDecision.APPROVE]: {
    action: 'approve_organisation',
    from: ['pending', 'refused'],
    to: 'active',
    reason: 'organisation_not_waiting',
  },
  [OrganisationDecision.REFUSE]: {
    action: 'refuse_organisation',
    from: ['pending'],
    to: 'refused',
    reason: 'organisation_not_waiting',
  },
  [OrganisationDecision.SUSPEND]: {
    action: 'suspend_organisation',
    from: ['active', 'suspended'],
    to: 'suspended',
    reason: 'organisation_not_active',
  },
  [OrganisationDecision.REINSTATE]: {
    action: 'reinstate_organisation',
    from: ['suspended', 'active'],
    to: 'active',
    reason: 'organisation_not_suspended',
  },
};

/** An organisation that was made without a word of its state waits to be vetted. */
export function wordOf(record: OrganisationRecord): StateWord {
  const word = attributeOf(record, 'state');
  return word === 'active' || word === 'suspended' || word === 'refused' ? word : 'pending';
}

export function organisationStateOf(record: OrganisationRecord): OrganisationState {
  return stateWords[wordOf(record)];
}

export function userStateOf(record: UserRecord): UserState {
  if (record.enabled) return UserState.ACTIVE;
  return attributeOf(record, 'suspension') === 'organisation'
    ? UserState.SUSPENDED_WITH_ORGANISATION
    : UserState.SUSPENDED;
}

/**
 * What a decision makes of an organisation. Faults: `refused` platform_stays,
 * organisation_not_waiting, organisation_not_active, organisation_not_suspended.
 */
export function decideOrganisation(
  record: OrganisationRecord,
  o: { decision: OrganisationDecision; reason: string; on: string; by: Decider },
): { after: OrganisationRecord; action: RepairWord; isIn: boolean } {
  const effect = organisationEffects[o.decision];
  if (effect === undefined) throw fault('invalid', 'decision_unknown');
  const state = wordOf(record);
  const isPlatform = attributeOf(record, 'org_kind') === 'platform';
  if (isPlatform || attributeOf(record, 'org_id') === o.by.orgId) {
    throw fault('refused', 'platform_stays');
  }
  if (!effect.from.includes(state)) throw fault('refused', effect.reason, { state });
  const { action, to } = effect;
  const isIn = to === 'active';
  if (state === to) return { after: record, action, isIn };
  const said = { state: [to], since: [o.on], reason: [o.reason] };
  const after = { ...record, attributes: { ...record.attributes, ...said } };
  return { after, action, isIn };
}

/** A person as they are once their organisation is in or out; undefined when nothing changes. */
export function followOrganisation(record: UserRecord, isIn: boolean): UserRecord | undefined {
  const isHeld = attributeOf(record, 'suspension') === 'organisation';
  if (isIn) return !record.enabled && isHeld ? opened(record) : undefined;
  return record.enabled ? closed(record, 'organisation') : undefined;
}

function closed(record: UserRecord, suspension: 'person' | 'organisation'): UserRecord {
  const attributes = { ...record.attributes, suspension: [suspension] };
  return { ...record, enabled: false, attributes };
}

function opened(record: UserRecord): UserRecord {
  const attributes = { ...record.attributes, suspension: [] };
  return { ...record, enabled: true, attributes };
}

/**
 * What a decision makes of a person. Faults: `refused` own_login, platform_stays,
 * user_not_active, user_not_suspended, organisation_not_active.
 */
export function decideUser(
  record: UserRecord,
  organisation: OrganisationRecord,
  o: { decision: UserDecision; by: Decider },
): { after: UserRecord; action: RepairWord } {
  if (record.id === o.by.userId) throw fault('refused', 'own_login');
  const state = userStateOf(record);
  if (o.decision === UserDecision.SUSPEND) {
    if (state === UserState.SUSPENDED) throw fault('refused', 'user_not_active');
    return { after: closed(record, 'person'), action: 'suspend_user' };
  }
  if (o.decision !== UserDecision.REINSTATE) throw fault('invalid', 'decision_unknown');
  if (state === UserState.ACTIVE) throw fault('refused', 'user_not_suspended');
  const word = wordOf(organisation);
  if (word !== 'active') throw fault('refused', 'organisation_not_active', { state: word });
  return { after: opened(record), action: 'reinstate_user' };
}
