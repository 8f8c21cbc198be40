import { createHash, randomBytes } from 'node:crypto';
import type { Caller, OrgKind } from '@recourse/kit/caller.ts';

/**
 * Signs people in as a browser does (code flow with PKCE), at the embedded provider or a real
 * Keycloak.
 */
export type SignIn = { issuer: string; portalUrl: string; password: string };

type Cookies = Map<string, string>;

function keepCookies(jar: Cookies, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    if (at > 0) jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
}

/** Follows redirects inside the provider until it leaves for the portal or shows a page. */
async function follow(
  url: string,
  jar: Cookies,
  init: RequestInit,
  stopAt: string,
): Promise<Response> {
  let next = url;
  let request = init;
  for (let hops = 0; hops < 10; hops += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(next, {
      ...request,
      redirect: 'manual',
      headers: { ...request.headers, cookie },
    });
    keepCookies(jar, response);
    const location = response.headers.get('location');
    if (location === null || location.startsWith(stopAt)) return response;
    next = new URL(location, next).href;
    request = {};
  }
  throw new Error(`sign-in at ${url} never ended`);
}

function formAction(html: string, base: string): string {
  const action = /<form[^>]*\saction="([^"]+)"/.exec(html)?.[1];
  if (action === undefined) throw new Error('the sign-in page has no form');
  return new URL(action.replaceAll('&amp;', '&'), base).href;
}

async function codeFor(signIn: SignIn, username: string, challenge: string): Promise<string> {
  const jar: Cookies = new Map();
  const redirectUri = `${signIn.portalUrl}/`;
  const start = new URL(`${signIn.issuer}/protocol/openid-connect/auth`);
  start.search = new URLSearchParams({
    client_id: 'recourse-portal',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    state: 'demo',
    nonce: randomBytes(12).toString('hex'),
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }).toString();
  const page = await follow(start.href, jar, {}, redirectUri);
  const body = new URLSearchParams({ username, password: signIn.password });
  const sent = { method: 'POST', body, headers: {} };
  const done = await follow(
    formAction(await page.text(), page.url || start.href),
    jar,
    sent,
    redirectUri,
  );
  const location = done.headers.get('location') ?? '';
  const code = URL.canParse(location) ? new URL(location).searchParams.get('code') : null;
  if (code === null) throw new Error(`${username} could not sign in`);
  return code;
}

type Claims = {
  sub: string;
  name?: string;
  org_id: string;
  org_kind: OrgKind;
  org_name: string;
  exp: number;
  realm_access: { roles: string[] };
};

function claimsOf(token: string): Claims {
  const body = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  return JSON.parse(body) as Claims;
}

async function callerFor(
  signIn: SignIn,
  username: string,
): Promise<{ caller: Caller; ends: number }> {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const code = await codeFor(signIn, username, challenge);
  const response = await fetch(`${signIn.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'recourse-portal',
      code,
      code_verifier: verifier,
      redirect_uri: `${signIn.portalUrl}/`,
    }),
  });
  if (!response.ok)
    throw new Error(`no token for ${username}: ${response.status} ${await response.text()}`);
  const { access_token: token } = (await response.json()) as { access_token: string };
  const claims = claimsOf(token);
  const caller: Caller = {
    userId: claims.sub,
    userName: claims.name ?? username,
    orgId: claims.org_id,
    orgName: claims.org_name,
    orgKind: claims.org_kind,
    roles: claims.realm_access.roles,
    token,
  };
  return { caller, ends: claims.exp * 1000 };
}

/** Signed-in people by user name; a token about to end is replaced by signing in again. */
export function people(signIn: SignIn): (username: string) => Promise<Caller> {
  const known = new Map<string, { caller: Caller; ends: number }>();
  return async (username) => {
    const present = known.get(username);
    if (present !== undefined && present.ends - Date.now() > 60_000) return present.caller;
    const fresh = await callerFor(signIn, username);
    known.set(username, fresh);
    return fresh.caller;
  };
}
