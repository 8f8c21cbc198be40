import { describe, expect, it } from '@jest/globals';
import {
  OrganisationDecision,
  OrganisationState,
  UserDecision,
  UserState,
} from '@recourse/proto/platform/v1/directory.ts';
import type { OrganisationRecord, UserRecord } from './platform-identity.ts';
import {
  decideOrganisation,
  decideUser,
  followOrganisation,
  organisationStateOf,
  userStateOf,
} from './platform-organisations.ts';

const by = { userId: 'admin', orgId: 'platform-org' };
const { APPROVE, REFUSE, SUSPEND, REINSTATE } = OrganisationDecision;

function organisation(state: string, kind = 'agency', orgId = 'org'): OrganisationRecord {
  const attributes = { org_id: [orgId], org_kind: [kind], state: [state], city: ['苏州'] };
  return { id: '1', name: 'A', attributes };
}

function user(enabled: boolean, suspension?: string): UserRecord {
  const attributes = {
    org_id: ['org'],
    ...(suspension === undefined ? {} : { suspension: [suspension] }),
  };
  return { id: 'u', username: 'u', enabled, attributes };
}

function decide(record: OrganisationRecord, decision: OrganisationDecision) {
  return decideOrganisation(record, { decision, reason: 'because', on: '2026-11-22', by });
}

describe('an organisation', () => {
  it.each([
    ['pending', APPROVE, OrganisationState.ACTIVE, 'approve_organisation'],
    ['refused', APPROVE, OrganisationState.ACTIVE, 'approve_organisation'],
    ['pending', REFUSE, OrganisationState.REFUSED, 'refuse_organisation'],
    ['active', SUSPEND, OrganisationState.SUSPENDED, 'suspend_organisation'],
    ['suspended', REINSTATE, OrganisationState.ACTIVE, 'reinstate_organisation'],
  ])('that is %s becomes, by %s, %s', (state, decision, expected, action) => {
    const { after, action: done, isIn } = decide(organisation(state), decision);
    expect([organisationStateOf(after), done]).toEqual([expected, action]);
    expect(isIn).toBe(expected === OrganisationState.ACTIVE);
    expect(after.attributes).toMatchObject({
      since: ['2026-11-22'],
      reason: ['because'],
      city: ['苏州'],
    });
  });

  it.each([
    ['active', APPROVE, 'organisation_not_waiting'],
    ['suspended', APPROVE, 'organisation_not_waiting'],
    ['active', REFUSE, 'organisation_not_waiting'],
    ['pending', SUSPEND, 'organisation_not_active'],
    ['refused', SUSPEND, 'organisation_not_active'],
    ['pending', REINSTATE, 'organisation_not_suspended'],
    ['refused', REINSTATE, 'organisation_not_suspended'],
  ])('that is %s is not decided by %s', (state, decision, reason) => {
    expect(() => decide(organisation(state), decision)).toThrow(
      expect.objectContaining({ kind: 'refused', reason, facts: { state } }),
    );
  });

  it.each([
    ['suspended', SUSPEND],
    ['active', REINSTATE],
  ])('that is %s already is left as it is, so that its people can follow', (state, decision) => {
    const record = organisation(state);
    expect(decide(record, decision).after).toBe(record);
  });

  it.each([
    ['of the platform', organisation('active', 'platform')],
    ['of who decides', organisation('active', 'agency', 'platform-org')],
  ])('%s stays', (_what, record) => {
    expect(() => decide(record, SUSPEND)).toThrow(
      expect.objectContaining({ reason: 'platform_stays' }),
    );
  });

  it.each(['', 'unknown', 'pending'])('said to be "%s" waits to be vetted', (state) => {
    expect(organisationStateOf(organisation(state))).toBe(OrganisationState.PENDING);
  });
});

describe('people of an organisation', () => {
  it.each([
    ['in', false, user(true), true, UserState.SUSPENDED_WITH_ORGANISATION],
    ['suspended for themselves', false, user(false, 'person'), false, UserState.SUSPENDED],
    ['kept out with it', true, user(false, 'organisation'), true, UserState.ACTIVE],
    ['suspended for themselves', true, user(false, 'person'), false, UserState.SUSPENDED],
    ['in', true, user(true), false, UserState.ACTIVE],
  ])('who are %s follow it (in: %s)', (_what, isIn, record, changes, state) => {
    const after = followOrganisation(record, isIn);
    expect(after !== undefined).toBe(changes);
    expect(userStateOf(after ?? record)).toBe(state);
  });

  it.each([
    [UserDecision.SUSPEND, user(true), 'active', UserState.SUSPENDED, 'suspend_user'],
    [
      UserDecision.SUSPEND,
      user(false, 'organisation'),
      'suspended',
      UserState.SUSPENDED,
      'suspend_user',
    ],
    [UserDecision.REINSTATE, user(false, 'person'), 'active', UserState.ACTIVE, 'reinstate_user'],
  ])('are decided by %s', (decision, record, state, expected, action) => {
    const made = decideUser(record, organisation(state), { decision, by });
    expect([userStateOf(made.after), made.action]).toEqual([expected, action]);
  });

  it.each([
    ['themselves', UserDecision.SUSPEND, { ...user(true), id: 'admin' }, 'active', 'own_login'],
    ['twice', UserDecision.SUSPEND, user(false, 'person'), 'active', 'user_not_active'],
    ['who is in', UserDecision.REINSTATE, user(true), 'active', 'user_not_suspended'],
    [
      'of a suspended organisation',
      UserDecision.REINSTATE,
      user(false, 'person'),
      'suspended',
      'organisation_not_active',
    ],
  ])('%s are not decided by %s', (_who, decision, record, state, reason) => {
    expect(() => decideUser(record, organisation(state), { decision, by })).toThrow(
      expect.objectContaining({ kind: 'refused', reason }),
    );
  });
});
