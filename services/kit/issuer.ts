import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import type { OrgKind } from './caller.ts';

/** Who a test's token speaks for. Without a kind of organisation it follows from the first role. */
export type TokenClaims = {
  role?: string;
  roles?: readonly string[];
  userId?: string;
  name?: string;
  orgId?: string;
  orgKind?: OrgKind;
  orgName?: string;
};

/** A token issuer for tests: real keys, served over HTTP the way Keycloak serves them. */
export type Issuer = {
  issuer: string;
  jwksUrl: string;
  audience: string;
  /** A good token, five minutes long. */
  token(claims: TokenClaims): Promise<string>;
  /** Any token at all, signed with the issuer's key: for the ones that must be refused. */
  sign(payload: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string>;
  /** Signs with a new key from now on; the old one is served no more. */
  rotate(): Promise<void>;
  /** Makes the key endpoint answer 503, as an identity provider that is down. */
  fail(failing: boolean): void;
  /** How often the keys were read. */
  reads(): number;
  stop(): Promise<void>;
};

export const testAudience = 'recourse-api';

const agencyRoles = ['agency_manager', 'agency_agent'];

function kindFor(roles: readonly string[]): OrgKind {
  if (roles.some((role) => agencyRoles.includes(role))) return 'agency';
  if (roles.includes('steward')) return 'association';
  return roles.includes('platform_admin') ? 'platform' : 'creditor';
}

/** The claims of a good token, as Keycloak writes them for the realm. */
export function claimsFor(o: TokenClaims, issuer: string): JWTPayload {
  const roles = o.roles ?? (o.role === undefined ? [] : [o.role]);
  const nowSeconds = Math.floor(Date.now() / 1000);
  const name = o.name ?? 'Wang Fang';
  return {
    iss: issuer,
    sub: o.userId ?? '01956f3e-0000-7000-8000-00000000aaaa',
    aud: [testAudience],
    azp: 'portal',
    typ: 'Bearer',
    iat: nowSeconds,
    exp: nowSeconds + 300,
    realm_access: { roles: [...roles, 'offline_access'] },
    preferred_username: name.toLowerCase().replaceAll(' ', '.'),
    name,
    org_id: o.orgId ?? '01956f3e-0000-7000-8000-00000000bbbb',
    org_kind: o.orgKind ?? kindFor(roles),
    org_name: o.orgName ?? 'Test Organisation',
  };
}

type Key = { kid: string; privateKey: CryptoKey; jwk: object };

async function newKey(serial: number): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = `test-${serial}`;
  const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' };
  return { kid, privateKey, jwk };
}

export async function startIssuer(): Promise<Issuer> {
  let serial = 1;
  let key = await newKey(serial);
  let failing = false;
  let reads = 0;
  const server = createServer((_request, response) => {
    reads += 1;
    response.writeHead(failing ? 503 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: [key.jwk] }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}/realms/recourse`;

  function sign(payload: JWTPayload, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid, ...header })
      .sign(key.privateKey);
  }

  return {
    issuer,
    jwksUrl: `${issuer}/protocol/openid-connect/certs`,
    audience: testAudience,
    sign,
    token: (claims) => sign(claimsFor(claims, issuer)),
    async rotate() {
      serial += 1;
      key = await newKey(serial);
    },
    fail(yes) {
      failing = yes;
    },
    reads: () => reads,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
