import { mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createVerifier } from '@recourse/kit/caller.ts';
import { createLog } from '@recourse/kit/log.ts';
import { freePort } from '@recourse/kit/parts.ts';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { isEnabled, readRealm } from './realm.ts';
import { startIdentity, type Identity } from './server.ts';
import { refresh, signIn, signOut, type Tokens } from './sign-in.ts';

const portal = 'http://localhost:9999';
const password = 'Correct-Horse-2026';
const realmFile = join(import.meta.dirname, '../../deploy/keycloak/realm.json');
const realm = readRealm(realmFile, {
  PORTAL_URL: portal,
  DEMO_USERS: 'true',
  DEMO_PASSWORD: password,
  MACHINE_CLIENT_SECRET: 'machine',
});
const dir = mkdtempSync(join(tmpdir(), 'recourse-identity-'));
let port = 0;
let identity: Identity;

function start(): Promise<Identity> {
  const log = createLog('identity', 'silent');
  return startIdentity({ realm, origin: `http://localhost:${port}`, port, dir, log });
}

beforeAll(async () => {
  port = await freePort();
  identity = await start();
});

afterAll(async () => {
  await identity.stop();
  rmSync(dir, { recursive: true, force: true });
});

function as(username: string, more: { password?: string; redirectUri?: string } = {}) {
  return signIn({
    issuer: identity.issuer,
    clientId: 'recourse-portal',
    redirectUri: `${portal}/`,
    username,
    password,
    ...more,
  });
}

const endpoint = (name: string) => `${identity.issuer}/protocol/openid-connect/${name}`;

function machineToken(secret: string): Promise<Response> {
  return fetch(endpoint('token'), {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`recourse-machine:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
}

describe('A person who signs in', () => {
  let tokens: Tokens;
  beforeAll(async () => {
    tokens = await as('jinggong.director');
  });

  it('gets the claims that Keycloak gives', () => {
    const claims = decodeJwt(tokens.accessToken);
    expect(claims).toMatchObject({
      iss: identity.issuer,
      aud: ['recourse-api', 'recourse-gateway'],
      azp: 'recourse-portal',
      typ: 'Bearer',
      realm_access: { roles: ['director'] },
      preferred_username: 'jinggong.director',
      name: '王志强',
      org_kind: 'creditor',
      org_name: '苏州精工机械有限公司',
    });
    expect(claims['org_id']).toBe(
      realm.users.find((user) => user.username === 'jinggong.director')?.attributes['org_id']?.[0],
    );
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(realm.accessTokenLifespan);
    expect(decodeProtectedHeader(tokens.accessToken)).toMatchObject({ alg: 'RS256', typ: 'JWT' });
  });

  it('is a caller to the services', async () => {
    const verify = createVerifier({ issuer: identity.issuer, audience: 'recourse-api' });
    expect(await verify(tokens.accessToken)).toMatchObject({
      userName: '王志强',
      orgKind: 'creditor',
      roles: ['director'],
    });
  });

  it('may ask who they are', async () => {
    const headers = { authorization: `Bearer ${tokens.accessToken}`, origin: portal };
    const answer = await fetch(endpoint('userinfo'), { headers });
    expect(await answer.json()).toMatchObject({ name: '王志强', org_kind: 'creditor' });
    expect(answer.headers.get('access-control-allow-origin')).toBe(portal);
  });

  it('has a refresh token that keycloak-js can decode and that works once', async () => {
    const { issuer } = identity;
    const expiry = decodeJwt(tokens.refreshToken).exp ?? 0;
    expect(expiry * 1000).toBeGreaterThan(Date.now());
    const next = await refresh({ issuer, clientId: 'recourse-portal' }, tokens.refreshToken);
    expect(decodeJwt(next.accessToken)).toMatchObject({ name: '王志强' });
    const again = refresh({ issuer, clientId: 'recourse-portal' }, tokens.refreshToken);
    await expect(again).rejects.toMatchObject({ reason: 'token_refused' });
  });
});

describe('Every demo login', () => {
  const logins = realm.users.filter((user) => user.credentials !== undefined && isEnabled(user));

  it.each(logins)('$username signs in with the roles of the realm file', async (user) => {
    const claims = decodeJwt((await as(user.username)).accessToken);
    expect(claims['realm_access']).toEqual({ roles: user.realmRoles });
    expect([claims['org_kind']]).toEqual(user.attributes['org_kind']);
  });

  it('is there for every role', () => {
    const roles = new Set(logins.flatMap((user) => user.realmRoles));
    expect([...roles].toSorted()).toEqual([
      'agency_agent',
      'agency_manager',
      'auditor',
      'collector',
      'credit_manager',
      'director',
      'finance',
      'general_manager',
      'legal_officer',
      'org_admin',
      'platform_admin',
      'steward',
      'supervisor',
    ]);
  });
});

describe('A sign-in that is wrong', () => {
  it.each([
    ['a wrong password', { password: 'Wrong-Horse-2026' }],
    ['a redirect to elsewhere', { redirectUri: 'http://evil.example/' }],
    ['a redirect to a page of the portal', { redirectUri: `${portal}/cases?tier=A` }],
    ['a redirect that only looks like ours', { redirectUri: `${portal}.evil.example/` }],
  ])('is refused: %s', async (_case, more) => {
    await expect(as('haishu.director', more)).rejects.toMatchObject({ reason: 'sign_in_refused' });
  });

  it('is refused without PKCE', async () => {
    const query = new URLSearchParams({
      client_id: 'recourse-portal',
      redirect_uri: `${portal}/`,
      response_type: 'code',
      scope: 'openid',
      response_mode: 'query',
    });
    const answer = await fetch(`${endpoint('auth')}?${query}`, { redirect: 'manual' });
    const location = new URL(answer.headers.get('location') ?? '');
    expect(location.searchParams.get('error')).toBe('invalid_request');
  });

  it('locks the name for a while after five failures, even for the right password', async () => {
    for (let tries = 0; tries < realm.failureFactor; tries += 1) {
      await expect(as('yunqi.director', { password: 'x' })).rejects.toThrow();
    }
    await expect(as('yunqi.director')).rejects.toMatchObject({ reason: 'sign_in_refused' });
  });
});

describe('A machine', () => {
  it('gets a token of its own organisation for its secret', async () => {
    const answer = await machineToken('machine');
    const said = (await answer.json()) as { access_token: string; refresh_token?: string };
    expect(decodeJwt(said.access_token)).toMatchObject({
      azp: 'recourse-machine',
      org_kind: 'creditor',
      realm_access: { roles: ['credit_manager'] },
      aud: ['recourse-api', 'recourse-gateway'],
      preferred_username: 'service-account-recourse-machine',
    });
    expect(said.refresh_token).toBeUndefined();
  });

  it('gets none for another secret', async () => {
    expect((await machineToken('guess')).status).toBe(401);
  });
});

describe('Signing out', () => {
  it('ends the refresh token and leads back to the portal', async () => {
    const tokens = await as('haishu.collector');
    const visit = await as('haishu.collector');
    const answer = await signOut({ issuer: identity.issuer, backTo: portal }, visit);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `${portal}/`]);
    const o = { issuer: identity.issuer, clientId: 'recourse-portal' };
    await expect(refresh(o, visit.refreshToken)).rejects.toMatchObject({ reason: 'token_refused' });
    // Another browser of the same person stays signed in.
    await expect(refresh(o, tokens.refreshToken)).resolves.toBeDefined();
  });

  it('leads nowhere else', async () => {
    const visit = await as('haishu.collector');
    const backTo = 'http://evil.example/';
    const answer = await signOut({ issuer: identity.issuer, backTo }, visit);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });
});

describe('The sign-in page', () => {
  async function page(language: string): Promise<Response> {
    const query = new URLSearchParams({
      client_id: 'recourse-portal',
      redirect_uri: `${portal}/`,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
      ui_locales: language,
    });
    const asked = await fetch(`${endpoint('auth')}?${query}`, { redirect: 'manual' });
    const cookie = asked.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const location = new URL(asked.headers.get('location') ?? '', identity.issuer);
    return fetch(location, { headers: { cookie } });
  }

  it.each([
    ['zh-CN', '登录'],
    ['en', 'Sign in'],
  ])('speaks %s', async (language, title) => {
    const answer = await page(language);
    const html = await answer.text();
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain(`<h1>${title}</h1>`);
    expect(html).not.toContain('<script');
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(new URL(answer.url).pathname).toBe('/realms/recourse/login-actions/authenticate');
  });

  it('says so when it is opened without a sign-in under way', async () => {
    const answer = await fetch(`${identity.issuer}/login-actions/authenticate`);
    expect([answer.status, (await answer.text()).includes(`${portal}/`)]).toEqual([400, true]);
  });
});

describe('After a restart', () => {
  it('old tokens verify and sessions go on', async () => {
    const tokens = await as('ruiheng.manager');
    const before = await (await fetch(endpoint('certs'))).json();
    await identity.stop();
    identity = await start();
    // Kept-alive connections to the one that stopped fail once each.
    while ((await fetch(endpoint('certs')).catch(() => undefined)) === undefined);
    expect(await (await fetch(endpoint('certs'))).json()).toEqual(before);
    const o = { issuer: identity.issuer, clientId: 'recourse-portal' };
    const next = await refresh(o, tokens.refreshToken);
    expect(decodeJwt(next.accessToken)).toMatchObject({ org_kind: 'agency' });
  });
});

describe('In production', () => {
  it('refuses to start', () => {
    const ended = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      encoding: 'utf8',
      env: {
        NODE_ENV: 'production',
        IDENTITY_DIR: dir,
        DEMO_PASSWORD: 'x',
        MACHINE_CLIENT_SECRET: 'x',
      },
    });
    expect(ended.status).toBe(1);
    expect(ended.stdout).toContain('embedded_identity_in_production');
  });

  it('the realm file alone holds nobody and no enabled demo machine', () => {
    const imported = readRealm(realmFile, {
      PORTAL_URL: portal,
      DEMO_PASSWORD: '',
      MACHINE_CLIENT_SECRET: '',
    });
    const people = imported.users.filter((user) => user.serviceAccountClientId === undefined);
    expect([people, imported.groups]).toEqual([[], []]);
    expect(imported.clients.filter(isEnabled).map((one) => one.clientId)).toEqual([
      'recourse-portal',
      'recourse-gateway',
    ]);
    const machine = imported.clients.find((one) => one.clientId === 'recourse-machine');
    expect(machine?.enabled).toBe('false');
  });
});
