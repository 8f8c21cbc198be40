import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { type Caller, createVerifier, isKnownRole, mayCall } from './caller.ts';
import { eventually } from './eventually.ts';
import { claimsFor, type Issuer, startIssuer, testAudience } from './issuer.ts';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.stop());

function verifier() {
  return createVerifier({ issuer: issuer.issuer, audience: testAudience });
}

const nowSeconds = Math.floor(Date.now() / 1000);

/** A token whose claims differ from a good one's; `undefined` takes a claim away. */
function altered(changes: Record<string, unknown>): Promise<string> {
  return issuer.sign({ ...claimsFor({ role: 'collector' }, issuer.issuer), ...changes });
}

describe('a good token', () => {
  it('tells who calls, from which organisation and with which of its roles', async () => {
    const token = await issuer.token({ role: 'collector', name: 'Li Na', orgName: 'Huaxing' });
    expect(await verifier()(token)).toEqual({
      userId: '01956f3e-0000-7000-8000-00000000aaaa',
      userName: 'Li Na',
      orgId: '01956f3e-0000-7000-8000-00000000bbbb',
      orgName: 'Huaxing',
      orgKind: 'creditor',
      roles: ['collector'],
      token,
    });
  });

  it('loses roles that do not exist for its kind of organisation', async () => {
    const roles = ['agency_agent', 'collector', 'platform_admin', 'root'];
    const caller = await verifier()(await issuer.token({ roles, orgKind: 'agency' }));
    expect(caller.roles).toEqual(['agency_agent']);
  });

  it('of a machine may name no organisation and acts for the platform', async () => {
    const token = await altered({
      realm_access: { roles: ['service'] },
      org_id: undefined,
      org_kind: undefined,
    });
    expect(await verifier()(token)).toMatchObject({ orgKind: 'platform', roles: ['service'] });
  });

  it('within the leeway of clocks is taken', async () => {
    const verify = verifier();
    const late = await verify(await altered({ exp: nowSeconds - 30 }));
    const early = await verify(await altered({ nbf: nowSeconds + 30, iat: nowSeconds + 30 }));
    expect([late.orgKind, early.orgKind]).toEqual(['creditor', 'creditor']);
  });
});

describe('a token with wrong claims', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['is expired', { exp: nowSeconds - 120 }, 'token_expired'],
    ['never expires', { exp: undefined }, 'token_incomplete'],
    ['expires at a text', { exp: 'never' }, 'token_incomplete'],
    ['is not valid yet', { nbf: nowSeconds + 120 }, 'token_not_yet_valid'],
    ['was issued in the future', { iat: nowSeconds + 120 }, 'token_not_yet_valid'],
    ['was issued never', { iat: undefined }, 'token_incomplete'],
    ['is for nobody', { aud: undefined }, 'token_for_another_audience'],
    ['is for another service', { aud: ['account'] }, 'token_for_another_audience'],
    ['has another issuer', { iss: 'http://evil.example' }, 'token_of_another_issuer'],
    ['has no issuer', { iss: undefined }, 'token_of_another_issuer'],
    ['names no user', { sub: undefined }, 'token_incomplete'],
    ['names an empty user', { sub: '' }, 'token_incomplete'],
    ['is an ID token', { typ: 'ID' }, 'token_not_bearer'],
    ['is a refresh token', { typ: 'Refresh' }, 'token_not_bearer'],
    ['says not what it is', { typ: undefined }, 'token_not_bearer'],
    ['names no organisation', { org_id: undefined }, 'token_without_organisation'],
    ['names an organisation badly', { org_id: "x' or 1=1" }, 'token_without_organisation'],
    ['names no kind', { org_kind: undefined }, 'token_without_organisation'],
    ['names an inherited kind', { org_kind: 'constructor' }, 'token_without_organisation'],
  ])('that %s is refused: %#', async (_state, changes, reason) => {
    await expect(verifier()(await altered(changes))).rejects.toMatchObject({
      kind: 'unauthenticated',
      reason,
    });
  });
});

describe('a token with wrong roles', () => {
  it.each([[undefined], [{ roles: 'collector' }], [{ roles: [1, {}] }], ['collector'], [null]])(
    'has none: %j',
    async (realmAccess) => {
      const caller = await verifier()(await altered({ realm_access: realmAccess }));
      expect(caller.roles).toEqual([]);
    },
  );
});

describe('a forged token', () => {
  it.each<[string, string, () => Promise<string> | string]>([
    ['nothing', 'token_missing', () => ''],
    ['noise', 'token_malformed', () => 'abc'],
    ['three empty parts', 'token_malformed', () => '..'],
    [
      'an unsigned one',
      'token_algorithm',
      () => new UnsecuredJWT(claimsFor({ role: 'director' }, issuer.issuer)).encode(),
    ],
    [
      'one signed with a secret in place of a key',
      'token_algorithm',
      () =>
        new SignJWT(claimsFor({ role: 'director' }, issuer.issuer))
          .setProtectedHeader({ alg: 'HS256', kid: 'test-1' })
          .sign(new TextEncoder().encode('x'.repeat(32))),
    ],
    [
      'one signed with a key of its own under our key id',
      'token_signature',
      () =>
        new SignJWT(claimsFor({ role: 'director' }, issuer.issuer))
          .setProtectedHeader({ alg: 'RS256', kid: 'test-1' })
          .sign(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
    ],
    [
      'one that names its own key',
      'token_key_unknown',
      () => issuer.sign(claimsFor({ role: 'director' }, issuer.issuer), { kid: 'evil' }),
    ],
    [
      'one with a critical header we do not know',
      'token_malformed',
      async () => {
        const [, body, signature] = (await altered({})).split('.');
        const header = { alg: 'RS256', kid: 'test-1', crit: ['x'], x: 1 };
        return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${body}.${signature}`;
      },
    ],
    [
      'one whose body was changed',
      'token_signature',
      async () => {
        const [head, , signature] = (await altered({})).split('.');
        const claims = claimsFor({ role: 'director' }, issuer.issuer);
        return `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
      },
    ],
  ])('%s is refused: %s', async (_what, reason, make) => {
    await expect(verifier()(await make())).rejects.toMatchObject({
      kind: 'unauthenticated',
      reason,
    });
  });
});

/** Lets the clock of this process be `ms` ahead. */
function later(ms: number): void {
  const ahead = Date.now() + ms;
  Date.now = () => ahead;
}
const systemNow = Date.now;
afterEach(() => {
  Date.now = systemNow;
});

describe('the signing keys', () => {
  it('are sought when a token names a new one, but not at every such token', async () => {
    const verify = verifier();
    await verify(await issuer.token({ role: 'collector' }));
    await issuer.rotate();
    const token = await issuer.token({ role: 'collector' });
    await expect(verify(token)).rejects.toMatchObject({ reason: 'token_key_unknown' });
    later(11_000);
    expect(await verify(token)).toMatchObject({ roles: ['collector'] });
    const reads = issuer.reads();
    const unknown = await issuer.sign(claimsFor({ role: 'collector' }, issuer.issuer), {
      kid: 'evil',
    });
    await expect(verify(unknown)).rejects.toMatchObject({ reason: 'token_key_unknown' });
    expect(issuer.reads()).toBe(reads);
  });

  it('that were withdrawn open nothing once the keys have been read anew', async () => {
    const verify = verifier();
    await verify(await issuer.token({ role: 'collector' }));
    const olds = await Promise.all(
      ['one', 'two'].map((userId) => issuer.token({ role: 'collector', userId })),
    );
    await issuer.rotate();
    later(3_600_000);
    const reads = issuer.reads();
    // This call still goes by the old keys; the reading it sets off changes what comes after.
    await verify(olds[0] ?? '');
    await eventually(() => expect(issuer.reads()).toBeGreaterThan(reads));
    await verify(await issuer.token({ role: 'collector' }));
    await expect(verify(olds[1] ?? '')).rejects.toMatchObject({ reason: 'token_key_unknown' });
  });

  it('are read once for many tokens', async () => {
    const verify = verifier();
    const before = issuer.reads();
    const token = await issuer.token({ role: 'collector' });
    await Promise.all([verify(token), verify(token), verify(await altered({ sub: 'other' }))]);
    expect(issuer.reads() - before).toBe(1);
  });

  it('make every token unavailable, not wrong, while they were never read', async () => {
    issuer.fail(true);
    const token = await issuer.token({ role: 'collector' });
    const verify = verifier();
    await expect(verify(token)).rejects.toMatchObject({
      kind: 'unavailable',
      reason: 'identity_unavailable',
    });
    issuer.fail(false);
    expect(await verify(token)).toMatchObject({ roles: ['collector'] });
  });

  it('serve on while the provider is down', async () => {
    const verify = verifier();
    await verify(await issuer.token({ role: 'collector' }));
    issuer.fail(true);
    const caller = await verify(await issuer.token({ role: 'finance' }));
    issuer.fail(false);
    expect(caller.roles).toEqual(['finance']);
  });
});

function caller(orgKind: Caller['orgKind'], ...roles: string[]): Caller {
  return { userId: 'u', userName: 'U', orgId: 'o', orgName: 'O', orgKind, roles, token: 't' };
}

describe('access', () => {
  it.each([
    [caller('creditor', 'finance'), ['finance'], true],
    [caller('creditor', 'finance'), ['collector', 'auditor'], false],
    [caller('creditor', 'finance'), [], false],
    [caller('creditor', 'org_admin'), ['org_admin'], true],
    [caller('creditor', 'org_admin'), ['agency:org_admin'], false],
    [caller('agency', 'org_admin'), ['agency:org_admin'], true],
    [caller('agency', 'agency_agent'), ['agency:*'], true],
    [caller('creditor', 'finance'), ['agency:*'], false],
    [caller('creditor', 'finance'), ['*'], true],
    [caller('creditor'), ['*'], false],
    [caller('platform', 'service'), ['*'], false],
    [caller('platform', 'service'), ['service'], true],
  ])('of %j to %j is %s', (who, roles, may) => {
    expect(mayCall(who, roles)).toBe(may);
  });

  it.each([
    ['finance', true],
    ['agency:org_admin', true],
    ['agency:*', true],
    ['*', true],
    ['service', true],
    ['colector', false],
    ['agency:finance', false],
    ['bank:*', false],
    ['', false],
    ['agency:', false],
  ])('may name %s: %s', (role, known) => {
    expect(isKnownRole(role)).toBe(known);
  });
});
