import { describe, expect, it } from '@jest/globals';
import { callerOf, mayCall } from './caller';
import type { Caller } from './caller';

const claims = {
  sub: 'u1',
  name: '林静',
  org_id: 'o1',
  org_name: '华东精密',
  org_kind: 'creditor',
  realm_access: { roles: ['supervisor', 'org_admin'] },
};

describe('a caller read from a token', () => {
  it('has the organisation and roles of its claims', () => {
    expect(callerOf(claims)).toEqual({
      userId: 'u1',
      userName: '林静',
      orgId: 'o1',
      orgName: '华东精密',
      orgKind: 'creditor',
      roles: ['supervisor', 'org_admin'],
    });
  });

  it.each([
    ['no organisation', { ...claims, org_id: '' }],
    ['an unknown kind', { ...claims, org_kind: 'bank' }],
    ['nothing', {}],
  ])('is nobody with %s', (_what, given) => {
    expect(callerOf(given)).toBeUndefined();
  });

  it('takes the sign-in name when there is no other, and no roles when there are none', () => {
    const bare = { ...claims, name: '', preferred_username: 'lin', realm_access: 'x' };
    expect(callerOf(bare)).toMatchObject({ userName: 'lin', roles: [] });
  });
});

const signedIn: Caller = {
  userId: 'u1',
  userName: '林静',
  orgId: 'o1',
  orgName: '华东精密',
  orgKind: 'creditor',
  roles: ['supervisor', 'org_admin'],
};

describe('what a caller may', () => {
  const caller = signedIn;

  it.each([
    ['*', true],
    ['supervisor', true],
    ['collector', false],
    ['creditor:*', true],
    ['agency:*', false],
    ['creditor:org_admin', true],
    ['agency:org_admin', false],
    ['creditor:collector', false],
  ])('%s is %s', (role, wanted) => {
    expect(mayCall(caller, [role])).toBe(wanted);
  });

  it('is nothing when nobody is named', () => {
    expect(mayCall(caller, [])).toBe(false);
  });
});
