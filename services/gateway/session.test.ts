import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimsFor } from '@recourse/kit/issuer.ts';
import { realmOf } from './session.ts';
import { startTrial, type Trial } from './trial.ts';

const caseId = '01956f3e-0000-7000-8000-000000000001';
const path = `/v1/cases/${caseId}`;
const nowSeconds = Math.floor(Date.now() / 1000);

let trial: Trial;
let stranger: KeyObject;
beforeAll(async () => {
  trial = await startTrial();
  trial.answer('GetCase', async () => ({ case: { caseId } }));
  stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
});
afterAll(() => trial.stop());

type Claims = Record<string, unknown>;

function good(): Claims {
  return { ...claimsFor({ role: 'supervisor' }, trial.issuer.issuer) };
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A token written by hand, for what no library would sign. */
function raw(header: object, claims: Claims, key?: KeyObject): string {
  const signed = `${part(header)}.${part(claims)}`;
  const signature = key === undefined ? '' : sign('RSA-SHA256', Buffer.from(signed), key);
  return `${signed}.${typeof signature === 'string' ? signature : signature.toString('base64url')}`;
}

function without(name: string): Claims {
  const { [name]: _gone, ...rest } = good();
  return rest;
}

const kid = 'test-1';

/** Each way to make a token that must be refused. */
const badTokens: [what: string, make: () => string | Promise<string>][] = [
  ['garbage', () => 'garbage'],
  ['three empty parts', () => '..'],
  ['JSON that is not base64', () => '{}.{}.{}'],
  ['signed with none', () => raw({ alg: 'none' }, good())],
  ['signed with None and a key id', () => raw({ alg: 'None', kid }, good())],
  ['signed by a stranger under our key id', () => raw({ alg: 'RS256', kid }, good(), stranger)],
  ['signed with an unknown key', () => raw({ alg: 'RS256', kid: 'other' }, good(), stranger)],
  ['bringing its own key', () => raw({ alg: 'RS256', kid, jwk: { kty: 'RSA' } }, good(), stranger)],
  [
    'naming a key address',
    () => raw({ alg: 'RS256', jku: 'http://127.0.0.1:1/' }, good(), stranger),
  ],
  ['claiming HS256', () => raw({ alg: 'HS256', kid }, good(), stranger)],
  ['expired', () => trial.issuer.sign({ ...good(), exp: nowSeconds - 120 })],
  ['without exp', () => trial.issuer.sign(without('exp'))],
  ['without iat', () => trial.issuer.sign(without('iat'))],
  ['without sub', () => trial.issuer.sign(without('sub'))],
  ['issued in the future', () => trial.issuer.sign({ ...good(), iat: nowSeconds + 3600 })],
  ['not valid yet', () => trial.issuer.sign({ ...good(), nbf: nowSeconds + 3600 })],
  [
    'of another issuer',
    () => trial.issuer.sign({ ...good(), iss: 'https://elsewhere/realms/recourse' }),
  ],
  ['without issuer', () => trial.issuer.sign(without('iss'))],
  ['for another audience', () => trial.issuer.sign({ ...good(), aud: ['account'] })],
  ['without audience', () => trial.issuer.sign(without('aud'))],
  ['an ID token', () => trial.issuer.sign({ ...good(), typ: 'ID' })],
  ['a refresh token', () => trial.issuer.sign({ ...good(), typ: 'Refresh' })],
  ['without type', () => trial.issuer.sign(without('typ'))],
  ['without organisation', () => trial.issuer.sign(without('org_id'))],
  [
    'of an organisation that is no UUID',
    () => trial.issuer.sign({ ...good(), org_id: '1 OR 1=1' }),
  ],
  ['of an unknown kind of organisation', () => trial.issuer.sign({ ...good(), org_kind: 'bank' })],
  [
    'changed after signing',
    async () => {
      const [header = '', , signature = ''] = (await trial.issuer.sign(good())).split('.');
      return `${header}.${part({ ...good(), org_id: caseId })}.${signature}`;
    },
  ],
  [
    'without its signature',
    async () => {
      const [header = '', claims = ''] = (await trial.issuer.sign(good())).split('.');
      return `${header}.${claims}.`;
    },
  ],
];

describe('a request', () => {
  it.each(badTokens)('with a token %s is answered 401', async (_what, make) => {
    const before = trial.calls.length;
    const answered = await trial.send('GET', path, { token: await make() });
    expect(answered.status).toBe(401);
    expect(answered.headers.get('www-authenticate')).toContain('Bearer');
    expect(answered.json).toMatchObject({ type: '/api/problems/unauthenticated' });
    expect(trial.calls).toHaveLength(before);
  });

  it('without a token is answered 401 and told how to sign in', async () => {
    const answered = await trial.send('GET', path, { role: '' });
    expect(answered.status).toBe(401);
    expect(answered.headers.get('www-authenticate')).toBe('Bearer realm="recourse"');
    expect(answered.json['reason']).toBe('token_missing');
  });

  it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer a b', 'bearer\ttoken'])(
    'with the header "%s" counts as one without a token',
    async (authorization) => {
      const answered = await trial.send('GET', path, { role: '', headers: { authorization } });
      expect(answered.json['reason']).toBe('token_missing');
    },
  );

  it('names in its token who it is, whatever its headers say', async () => {
    const headers = { 'x-user-id': 'admin', 'x-org-id': caseId, 'x-forwarded-user': 'admin' };
    const answered = await trial.send('GET', path, { headers });
    expect(answered.status).toBe(200);
    expect(trial.calls.at(-1)?.call.caller).toMatchObject({ userName: 'Wang Fang' });
    expect(trial.calls.at(-1)?.call.caller.orgId).not.toBe(caseId);
  });
});

describe('a role', () => {
  it.each([
    ['collector', 'creditor', 200],
    ['auditor', 'creditor', 200],
    ['org_admin', 'creditor', 200],
    ['agency_agent', 'agency', 200],
    ['org_admin', 'agency', 200],
    ['org_admin', 'association', 403],
    ['steward', 'association', 403],
    ['platform_admin', 'platform', 403],
    // Roles that the kind of organisation does not have count for nothing.
    ['platform_admin', 'creditor', 403],
    ['supervisor', 'agency', 403],
    ['offline_access', 'creditor', 403],
    ['service', 'platform', 403],
  ] as const)('%s of a %s reading a case is answered %d', async (role, orgKind, status) => {
    const token = await trial.issuer.token({ role, orgKind });
    const answered = await trial.send('GET', path, { token });
    expect(answered.status).toBe(status);
    if (status === 403) expect(answered.json['reason']).toBe('role_not_allowed');
  });

  it('of a creditor’s admin does not open what an agency’s admin may do', async () => {
    trial.answer('PutAgency', async () => ({ agency: { agencyId: caseId } }));
    const body = { name: 'A', listTerms: { flat: { rateBps: 1 } } };
    const statuses: number[] = [];
    for (const orgKind of ['creditor', 'agency'] as const) {
      const token = await trial.issuer.token({ role: 'org_admin', orgKind });
      statuses.push((await trial.send('PUT', `/v1/agencies/${caseId}`, { token, body })).status);
    }
    expect(statuses).toEqual([403, 200]);
  });
});

describe('while the identity provider is away', () => {
  it('good tokens go on, old and new; unknown keys are refused', async () => {
    const known = await trial.issuer.token({ role: 'supervisor' });
    expect((await trial.send('GET', path, { token: known })).status).toBe(200);
    trial.issuer.fail(true);
    try {
      const fresh = await trial.issuer.token({ role: 'director' });
      const unknown = raw({ alg: 'RS256', kid: 'other' }, good(), stranger);
      const statuses = [known, fresh, unknown].map(
        async (token) => (await trial.send('GET', path, { token })).status,
      );
      expect(await Promise.all(statuses)).toEqual([200, 200, 401]);
    } finally {
      trial.issuer.fail(false);
    }
  });

  it('a gateway that never saw the keys says that it cannot tell', async () => {
    const young = await startTrial();
    try {
      young.issuer.fail(true);
      const answered = await young.send('GET', path);
      expect(answered.status).toBe(503);
      expect(answered.headers.get('retry-after')).toBe('2');
      expect(answered.json['reason']).toBe('identity_unavailable');
      young.issuer.fail(false);
      young.answer('GetCase', async () => ({ case: { caseId } }));
      expect((await young.send('GET', path)).status).toBe(200);
    } finally {
      await young.stop();
    }
  });
});

describe('when the identity provider takes a new key', () => {
  it('its tokens are good within seconds, without a restart', async () => {
    const turning = await startTrial();
    try {
      turning.answer('GetCase', async () => ({ case: { caseId } }));
      const old = await turning.issuer.token({ role: 'supervisor' });
      expect((await turning.send('GET', path, { token: old })).status).toBe(200);
      await turning.issuer.rotate();
      const statuses: number[] = [];
      for (let tries = 0; tries < 200 && statuses.at(-1) !== 200; tries += 1) {
        statuses.push((await turning.send('GET', path)).status);
        if (statuses.at(-1) !== 200) await wait(100);
      }
      expect(statuses.at(-1)).toBe(200);
    } finally {
      await turning.stop();
    }
  });
});

describe('an issuer', () => {
  it('is a realm’s address', () => {
    expect(realmOf('https://id.example/auth/realms/recourse')).toEqual({
      url: 'https://id.example/auth',
      realm: 'recourse',
    });
    expect(() => realmOf('https://id.example')).toThrow('invalid: issuer_not_a_realm');
  });
});
