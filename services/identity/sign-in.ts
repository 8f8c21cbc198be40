/**
 * Signs a person in as a browser does, without one: authorization code with PKCE, the page's form
 * filled in by its names. Works on the embedded provider and on Keycloak. For tests and demo data.
 */
import { createHash, randomBytes } from 'node:crypto';
import { fault } from '@recourse/kit/fault.ts';

export type SignIn = {
  issuer: string;
  clientId: string;
  /** One of the client's redirect addresses; nothing has to listen there. */
  redirectUri: string;
  username: string;
  password: string;
};

export type Tokens = { accessToken: string; refreshToken: string; idToken: string };

/** Tokens, and the cookies of the provider's own session as a browser would send them. */
export type SignedIn = Tokens & { cookie: string };

/** Cookies of one visit, enough for a sign-in: names and values, no rules of path or age. */
function cookieJar() {
  const kept = new Map<string, string>();
  const header = () => [...kept].map(([name, value]) => `${name}=${value}`).join('; ');
  async function visit(address: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(address, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie: header() },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) kept.set(name, value);
    }
    return answer;
  }
  return { visit, header };
}

type Visit = ReturnType<typeof cookieJar>['visit'];

/** Follows redirects until a page, or until the address begins with `until`. */
async function follow(visit: Visit, first: Response, until: string): Promise<Response | URL> {
  let answer = first;
  for (let hops = 0; hops < 10; hops += 1) {
    const location = answer.headers.get('location');
    if (location === null) return answer;
    const next = new URL(location, answer.url);
    if (next.href.startsWith(until)) return next;
    answer = await visit(next.href);
  }
  throw fault('unavailable', 'too_many_redirects', { from: first.url });
}

/** Tokens of a person. Throws `sign_in_refused` when name or password is wrong. */
export async function signIn(o: SignIn): Promise<SignedIn> {
  const { visit, header } = cookieJar();
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: o.clientId,
    redirect_uri: o.redirectUri,
    response_type: 'code',
    scope: 'openid',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const asked = await visit(`${o.issuer}/protocol/openid-connect/auth?${query}`);
  const page = await follow(visit, asked, o.redirectUri);
  if (page instanceof URL) throw refusal(page.searchParams.get('error') ?? 'no page', o);
  const action = /<form[^>]*action="([^"]+)"/.exec(await page.text())?.[1];
  if (action === undefined) throw refusal(`status ${page.status}`, o);
  const sent = await visit(new URL(action.replaceAll('&amp;', '&'), page.url).href, {
    method: 'POST',
    body: new URLSearchParams({ username: o.username, password: o.password }),
  });
  const back = await follow(visit, sent, o.redirectUri);
  const code = back instanceof URL ? back.searchParams.get('code') : null;
  if (code === null) throw refusal('name or password', o);
  const granted = await tokens(o, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: o.redirectUri,
    code_verifier: verifier,
  });
  return { ...granted, cookie: header() };
}

/** Signs out as the portal does: by the ID token, back to an address of the client. */
export function signOut(
  o: Pick<SignIn, 'issuer'> & { backTo: string },
  person: Pick<SignedIn, 'idToken' | 'cookie'>,
): Promise<Response> {
  const query = new URLSearchParams({
    id_token_hint: person.idToken,
    post_logout_redirect_uri: o.backTo,
  });
  return fetch(`${o.issuer}/protocol/openid-connect/logout?${query}`, {
    redirect: 'manual',
    headers: { cookie: person.cookie },
  });
}

/** New tokens for a refresh token, which is used up by it. */
export function refresh(
  o: Pick<SignIn, 'issuer' | 'clientId'>,
  refreshToken: string,
): Promise<Tokens> {
  return tokens(o, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

async function tokens(
  o: Pick<SignIn, 'issuer' | 'clientId'>,
  form: Record<string, string>,
): Promise<Tokens> {
  const answer = await fetch(`${o.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...form, client_id: o.clientId }),
  });
  const said = (await answer.json()) as Record<string, string>;
  const { access_token: accessToken, refresh_token: refreshToken, id_token: idToken } = said;
  if (accessToken === undefined || refreshToken === undefined || idToken === undefined) {
    throw fault('denied', 'token_refused', { error: said['error'] ?? String(answer.status) });
  }
  return { accessToken, refreshToken, idToken };
}

function refusal(why: string, o: SignIn): Error {
  return fault('denied', 'sign_in_refused', { why, username: o.username, issuer: o.issuer });
}
