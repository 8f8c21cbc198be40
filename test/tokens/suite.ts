import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startTrial, type Trial } from '@recourse/gateway/trial.ts';
import { type SignedIn, signOut } from '@recourse/identity/sign-in.ts';
import { type Caller, createVerifier, rolesByKind, type Verifier } from '@recourse/kit/caller.ts';
import { directoryTests } from './directory.ts';
import {
  askMachineToken,
  askToken,
  type Claims,
  claimsOf,
  endpoint,
  mint,
  portalUrl,
  type Provider,
  refreshAt,
  signInAt,
} from './provider.ts';
import { refused } from './refused.ts';

const systemNow = Date.now;
const audience = 'recourse-api';
const caseId = '01956f3e-0000-7000-8000-000000000001';
const path = `/v1/cases/${caseId}`;

/** A kind of organisation, someone of it, and what a request for a case answers them. */
const people: readonly [Caller['orgKind'], string, string[], number][] = [
  ['creditor', 'jinggong.director', ['director'], 200],
  ['agency', 'ruiheng.agent', ['agency_agent'], 200],
  ['association', 'xiehui.reviewer', ['org_admin', 'steward'], 403],
  ['platform', 'platform.admin', ['platform_admin'], 403],
];

/** What is running while the tests run. */
type Ground = { provider: Provider; trial: Trial; verify: Verifier; person: SignedIn };

/** All that a provider of the realm has to hold, through the real gateway and verifier. */
export function tokenSuite(open: () => Promise<Provider>): void {
  const at: { ground?: Ground } = {};
  const ground = (): Ground => {
    if (at.ground === undefined) throw new Error('the provider did not start');
    return at.ground;
  };
  beforeAll(async () => {
    const provider = await open();
    const oidc = { issuer: provider.issuer, audience };
    const trial = await startTrial({ oidc });
    trial.answer('GetCase', async () => ({ case: { caseId } }));
    const person = await signInAt(provider, 'jinggong.director');
    at.ground = { provider, trial, person, verify: createVerifier(oidc) };
  }, 480_000);
  afterAll(async () => {
    await at.ground?.trial.stop();
    await at.ground?.provider.stop();
  });
  afterEach(() => {
    Date.now = systemNow;
  });
  accepted(ground);
  refusedTokens(ground);
  sessions(ground);
  signIns(ground);
  machines(ground);
  describe('The administration of organisations and people', () => {
    directoryTests(() => ground().provider);
  });
  keys(ground);
}

function accepted(ground: () => Ground): void {
  describe('A person who signs in', () => {
    it.each(people)('of a %s, %s, has its claims and its access', async (...row) => {
      const [kind, username, roles, status] = row;
      const { provider, trial, verify } = ground();
      const { accessToken } = await signInAt(provider, username);
      const claims = claimsOf(accessToken);
      expect(claims).toMatchObject({
        iss: provider.issuer,
        azp: 'recourse-portal',
        typ: 'Bearer',
        preferred_username: username,
        name: expect.stringMatching(/^\p{Script=Han}+$/u),
        org_id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        org_kind: kind,
        org_name: expect.stringMatching(/\S/),
      });
      expect([claims['aud']].flat()).toContain(audience);
      expect(Number(claims['exp']) - Number(claims['iat'])).toBe(300);
      const caller = await verify(accessToken);
      expect([caller.orgKind, caller.roles.toSorted()]).toEqual([kind, roles]);
      expect((await trial.send('GET', path, { token: accessToken })).status).toBe(status);
    });

    it('may ask who they are', async () => {
      const { provider, person } = ground();
      const headers = { authorization: `Bearer ${person.accessToken}`, origin: portalUrl };
      const answer = await fetch(endpoint(provider, 'userinfo'), { headers });
      expect(answer.headers.get('access-control-allow-origin')).toBe(portalUrl);
      expect(await answer.json()).toMatchObject({ name: '王志强', org_kind: 'creditor' });
    });

    it('keeps only the roles that their kind of organisation has', async () => {
      const { provider, verify, person } = ground();
      const roles = [...Object.values(rolesByKind).flat(), 'offline_access'];
      const claims = { ...claimsOf(person.accessToken), realm_access: { roles } };
      const caller = await verify(mint(provider.key(), claims));
      expect(new Set(caller.roles)).toEqual(new Set(rolesByKind.creditor));
    });
  });
}

function refusedTokens(ground: () => Ground): void {
  describe('A token', () => {
    it('signed as the provider signs is let in, so the others fail by what is wrong', async () => {
      const { provider, trial, person } = ground();
      const token = mint(provider.key(), claimsOf(person.accessToken));
      expect((await trial.send('GET', path, { token })).status).toBe(200);
    });

    it.each(refused)('%s is refused: %s', async (_what, reason, make) => {
      const { provider, trial, verify, person } = ground();
      const good: Claims = claimsOf(person.accessToken);
      const token = await make({ provider, good, person });
      await expect(verify(token)).rejects.toMatchObject({ kind: 'unauthenticated', reason });
      const calls = trial.calls.length;
      const answered = await trial.send('GET', path, { token });
      expect([answered.status, trial.calls.length]).toEqual([401, calls]);
    });
  });
}

function sessions(ground: () => Ground): void {
  const refusal = { reason: 'token_refused' };
  describe('A session', () => {
    it('goes on by its refresh token, which works once', async () => {
      const { provider, verify } = ground();
      const first = await signInAt(provider, 'haishu.collector');
      const second = await refreshAt(provider, first);
      expect((await verify(second.accessToken)).orgKind).toBe('creditor');
      await expect(refreshAt(provider, first)).rejects.toMatchObject(refusal);
      // Who used it twice may be a thief: the one that came of it is worth nothing either.
      await expect(refreshAt(provider, second)).rejects.toMatchObject(refusal);
    });

    it('ends by signing out, which leads back to the portal', async () => {
      const { provider } = ground();
      const person = await signInAt(provider, 'haishu.director');
      const o = { issuer: provider.issuer, backTo: `${portalUrl}/` };
      const answer = await signOut(o, person);
      expect([answer.status, answer.headers.get('location')]).toEqual([302, `${portalUrl}/`]);
      await expect(refreshAt(provider, person)).rejects.toMatchObject(refusal);
    });

    it('does not end in another browser of the same person', async () => {
      const { provider } = ground();
      const here = await signInAt(provider, 'haishu.director');
      const there = await signInAt(provider, 'haishu.director');
      await signOut({ issuer: provider.issuer, backTo: `${portalUrl}/` }, here);
      await expect(refreshAt(provider, there)).resolves.toMatchObject({});
    });

    it('leads nowhere else when it ends', async () => {
      const { provider } = ground();
      const person = await signInAt(provider, 'haishu.director');
      const o = { issuer: provider.issuer, backTo: 'http://evil.example/' };
      const answer = await signOut(o, person);
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    });
  });
}

function signIns(ground: () => Ground): void {
  const refusal = { reason: 'sign_in_refused' };
  describe('A sign-in', () => {
    it.each([
      ['with a wrong password', { password: 'Wrong-Horse-2026' }],
      ['that leads elsewhere', { redirectUri: 'http://evil.example/' }],
      ['that leads to what looks like the portal', { redirectUri: `${portalUrl}.evil.example/` }],
      ['that leads to a page of the portal', { redirectUri: `${portalUrl}/cases?tier=A` }],
    ])('%s is refused', async (_what, more) => {
      const asked = signInAt(ground().provider, 'yunqi.collector', more);
      await expect(asked).rejects.toMatchObject(refusal);
    });

    it.each([
      ['without PKCE', {}],
      ['with PKCE that hides nothing', { code_challenge_method: 'plain' }],
    ])('%s is refused', async (_what, more) => {
      const query = new URLSearchParams({
        client_id: 'recourse-portal',
        redirect_uri: `${portalUrl}/`,
        response_type: 'code',
        scope: 'openid',
        ...(Object.keys(more).length === 0 ? {} : { code_challenge: 'x'.repeat(43), ...more }),
      });
      const asked = `${endpoint(ground().provider, 'auth')}?${query}`;
      const answer = await fetch(asked, { redirect: 'manual' });
      const location = new URL(answer.headers.get('location') ?? '', portalUrl);
      expect(location.searchParams.get('error')).toBe('invalid_request');
    });

    it('by name and password alone, without the page, is refused', async () => {
      const { status, said } = await askToken(ground().provider, {
        grant_type: 'password',
        client_id: 'recourse-portal',
        username: 'jinggong.director',
        password: 'whatever-it-is',
      });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(said['access_token']).toBeUndefined();
    });

    it('is refused for a while after five failures, even with the right password', async () => {
      const { provider } = ground();
      for (let tries = 0; tries < 5; tries += 1) {
        const asked = signInAt(provider, 'yunqi.director', { password: 'Guess-Horse-2026' });
        await expect(asked).rejects.toMatchObject(refusal);
      }
      await expect(signInAt(provider, 'yunqi.director')).rejects.toMatchObject(refusal);
    });
  });
}

function machines(ground: () => Ground): void {
  describe('A machine', () => {
    it('gets a token of its organisation for its secret, and no refresh token', async () => {
      const { provider, verify } = ground();
      const { said } = await askMachineToken(provider);
      const caller = await verify(said['access_token'] ?? '');
      expect(caller).toMatchObject({ orgKind: 'creditor', roles: ['credit_manager'] });
      expect(said['refresh_token']).toBeUndefined();
    });

    it.each([
      ['director', 'director', 'creditor'],
      ['collector', 'collector', 'creditor'],
      ['finance', 'finance', 'creditor'],
      ['manager', 'agency_manager', 'agency'],
      ['agent', 'agency_agent', 'agency'],
    ])('for load as %s has the role and the organisation', async (name, role, orgKind) => {
      const { provider, verify } = ground();
      const { said } = await askMachineToken(provider, undefined, `recourse-load-${name}`);
      const caller = await verify(said['access_token'] ?? '');
      expect(caller).toMatchObject({ orgKind, roles: [role] });
    });

    it('gets none for another secret', async () => {
      expect((await askMachineToken(ground().provider, 'guess')).status).toBe(401);
    });
  });
}

function keys(ground: () => Ground): void {
  describe('When the signing key is changed', () => {
    it('tokens of the new key open, and those of the old one no more', async () => {
      const { provider, trial, verify, person } = ground();
      const claims = claimsOf(person.accessToken);
      const old = mint(provider.key(), { ...claims, jti: 'old' });
      await provider.rotate();
      // Verifiers look for a new key once in ten seconds at most.
      const ahead = Date.now() + 11_000;
      Date.now = () => ahead;
      const { accessToken } = await signInAt(provider, 'jinggong.auditor');
      expect(await verify(accessToken)).toMatchObject({ roles: ['auditor'] });
      expect((await trial.send('GET', path, { token: accessToken })).status).toBe(200);
      await expect(verify(old)).rejects.toMatchObject({ reason: 'token_key_unknown' });
      expect((await trial.send('GET', path, { token: old })).status).toBe(401);
    });
  });
}
