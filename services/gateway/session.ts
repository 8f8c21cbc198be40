import { createPublicKey, type KeyObject, type webcrypto } from 'node:crypto';
import type { Request, Response } from 'express';
import Keycloak from 'keycloak-connect';
import { type Caller, createVerifier, mayCall } from '@recourse/kit/caller.ts';
import { Fault, fault } from '@recourse/kit/fault.ts';
import { exchangeOf } from './exchange.ts';
import { pass, type Step } from './step.ts';

/** Where tokens come from. */
export type Oidc = {
  /** `http://localhost:8081/realms/recourse`: tokens must name it. */
  issuer: string;
  audience: string;
  /** Where keys are read when the issuer's public address cannot be reached from here. */
  jwksUrl?: string | undefined;
};

/**
 * Lets a request through when its token is good and one of the roles is held. Throws
 * `unauthenticated` (401) without a good token, `denied` (403) without a role, `unavailable` while
 * no keys can be had.
 */
export type Guard = (request: Request, response: Response) => Promise<Caller>;

/** The parts of Keycloak's issuer address; the embedded provider has the same form. */
export function realmOf(issuer: string): { url: string; realm: string } {
  const match = /^(https?:\/\/.+)\/realms\/([\w-]+)$/.exec(issuer);
  const [, url, realm] = match ?? [];
  if (url === undefined || realm === undefined) {
    throw fault('invalid', 'issuer_not_a_realm', { issuer });
  }
  return { url, realm };
}

const keysTimeoutMs = 5_000;

type Keys = ReadonlyMap<string, KeyObject>;

async function readKeys(url: string): Promise<Keys> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(keysTimeoutMs),
    redirect: 'error',
  });
  if (!response.ok) throw new Error(`keys answered ${response.status}`);
  const set: { keys: (webcrypto.JsonWebKey & { kid?: string })[] } = Object(await response.json());
  const usable = set.keys.filter((key) => key.kty === 'RSA');
  return new Map(
    usable.map((key) => [key.kid ?? '', createPublicKey({ key, format: 'jwk' })] as const),
  );
}

/**
 * Keys for keycloak-connect. Its own look-up reads them only at the issuer's public address, and
 * refuses every token of a new key for ten seconds after it has read them. Tokens with unknown keys
 * are stopped before they come here, so nobody can make it read them over and over.
 */
function keySource(url: string): { getJWK(kid: string): Promise<KeyObject> } {
  let keys: Keys = new Map();
  return {
    async getJWK(kid) {
      if (!keys.has(kid)) keys = await readKeys(url);
      const key = keys.get(kid);
      if (key === undefined) throw new Error('the issuer has no such key');
      return key;
    },
  };
}

/**
 * keycloak-connect as a bearer-only guard. Its own `middleware()` is not mounted: it brings
 * unauthenticated admin routes (stack.md, Identity). What it does when it refuses, and where it
 * finds keys, are replaced.
 */
function connectKeycloak(oidc: Oidc, jwksUrl: string): Keycloak.Keycloak {
  const { url, realm } = realmOf(oidc.issuer);
  const config = {
    realm,
    'auth-server-url': url,
    resource: oidc.audience,
    'bearer-only': true,
    'verify-token-audience': true,
    'ssl-required': 'none',
    'confidential-port': 0,
  };
  const keycloak = new Keycloak({}, config);
  Object.assign(keycloak, {
    accessDenied: (_request: Request, _response: Response, next: (error: Fault) => void) =>
      next(fault('denied', 'role_not_allowed')),
  });
  Object.assign(keycloak.grantManager, { rotation: keySource(jwksUrl) });
  return keycloak;
}

function bearerToken(request: Request): string {
  const header = request.headers.authorization;
  const token = header === undefined ? undefined : /^[Bb]earer ([\w.~+/=-]+)$/.exec(header)?.[1];
  if (token === undefined) throw fault('unauthenticated', 'token_missing');
  return token;
}

/** When the caller's token ends, in epoch milliseconds; the token was verified before. */
export function tokenEndsAtMs(caller: Caller): number {
  const part = caller.token.split('.')[1] ?? '';
  const claims: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  const isClaims = typeof claims === 'object' && claims !== null && 'exp' in claims;
  return isClaims && typeof claims.exp === 'number' ? claims.exp * 1000 : 0;
}

export type Session = { guard(roles: readonly string[]): Guard };

/**
 * Checks tokens twice: by the kit's verifier (jose), which names the reason and refuses a future
 * nbf or iat and a missing exp, then by keycloak-connect, which also decides by role.
 */
export function createSession(oidc: Oidc): Session {
  const jwksUrl = oidc.jwksUrl ?? `${oidc.issuer}/protocol/openid-connect/certs`;
  const verify = createVerifier({ ...oidc, jwksUrl });
  const keycloak = connectKeycloak(oidc, jwksUrl);
  // The verifier gives the same caller for the same token while it remembers it, so the grant goes
  // along.
  const grants = new WeakMap<Caller, Keycloak.Grant>();

  async function grantOf(caller: Caller, request: Request, response: Response) {
    const known = grants.get(caller);
    if (known !== undefined && known.access_token?.isExpired() === false) return known;
    try {
      const grant = await keycloak.getGrant(request, response);
      grants.set(caller, grant);
      return grant;
    } catch (cause) {
      throw new Fault('unauthenticated', 'token_refused', {}, { cause });
    }
  }

  return {
    guard(roles) {
      const protect: Step = keycloak.protect((_token, request) => {
        const { caller } = exchangeOf(request);
        return caller !== undefined && mayCall(caller, roles);
      });
      return async (request, response) => {
        const caller = await verify(bearerToken(request));
        const grant = await grantOf(caller, request, response);
        exchangeOf(request).caller = caller;
        Object.assign(request, { kauth: { grant } });
        await pass(protect, request, response);
        return caller;
      };
    },
  };
}
