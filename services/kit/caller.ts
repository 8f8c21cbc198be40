import {
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWSHeaderParameters,
  type FlattenedJWSInput,
  type JWTPayload,
  jwtVerify,
} from 'jose';
import { isUuid } from './check.ts';
import { fault, Fault } from './fault.ts';

/** The kinds of organisation, and the roles that people of each may have. */
export const rolesByKind = {
  creditor: [
    'collector',
    'supervisor',
    'director',
    'general_manager',
    'legal_officer',
    'finance',
    'credit_manager',
    'auditor',
    'org_admin',
  ],
  agency: ['agency_manager', 'agency_agent', 'org_admin'],
  association: ['steward', 'org_admin'],
  platform: ['platform_admin'],
} as const;

export type OrgKind = keyof typeof rolesByKind;

/** `service` is the role of machine clients: our own services acting for nobody. */
export type Role = (typeof rolesByKind)[OrgKind][number] | 'service';

/** Who calls, as the token says; `token` is kept to be handed on to the next service. */
export type Caller = {
  userId: string;
  userName: string;
  orgId: string;
  orgName: string;
  orgKind: OrgKind;
  /** Only roles that exist for the organisation's kind; others in the token are dropped. */
  roles: readonly string[];
  token: string;
};

export type Verifier = (token: string) => Promise<Caller>;

const orgKinds = Object.keys(rolesByKind) as OrgKind[];

function isOrgKind(text: unknown): text is OrgKind {
  return typeof text === 'string' && Object.hasOwn(rolesByKind, text);
}

function kindHasRole(kind: OrgKind, role: string): boolean {
  const roles: readonly string[] = rolesByKind[kind];
  return role === 'service' || roles.includes(role);
}

/**
 * True when a role as written in the contract exists: `finance`, `agency:org_admin`, `agency:*`,
 * `*`.
 */
export function isKnownRole(written: string): boolean {
  if (written === '*' || written === 'service') return true;
  const colon = written.indexOf(':');
  if (colon < 0) return orgKinds.some((kind) => kindHasRole(kind, written));
  const kind = written.slice(0, colon);
  const role = written.slice(colon + 1);
  return isOrgKind(kind) && (role === '*' || kindHasRole(kind, role));
}

function matches(caller: Caller, written: string): boolean {
  const colon = written.indexOf(':');
  if (colon >= 0 && caller.orgKind !== written.slice(0, colon)) return false;
  const role = written.slice(colon + 1);
  // A person needs some role to count as one; a machine is nobody's `*`.
  return role === '*'
    ? caller.roles.some((held) => held !== 'service')
    : caller.roles.includes(role);
}

/** Methods that declare this role may be asked without a token; the gateway alone reaches them. */
export const anyone = 'anyone';

/** Who asks without a token: of no organisation, with no role. */
export const nobody: Caller = {
  userId: '',
  userName: '',
  orgId: '',
  orgName: '',
  orgKind: 'platform',
  roles: [],
  token: '',
};

/**
 * True when the caller has one of the roles: a plain name in any kind of organisation, `kind:role`
 * in one, `*` for every person with a role, `kind:*` for every such person of that kind.
 */
export function mayCall(caller: Caller, roles: readonly string[]): boolean {
  return roles.some((written) => matches(caller, written));
}

/**
 * Clocks of two hosts may differ by this much before a token counts as expired or not yet valid.
 */
const leewaySeconds = 60;
/**
 * Keys older than this are read again beside the calls, which go on with the old ones meanwhile.
 */
const keysFreshMs = 600_000;
/** A token with an unknown key id makes us look for new keys, but no more often than this. */
const keysCooldownMs = 10_000;
const keysTimeoutMs = 5_000;

type KeySource = (header: JWSHeaderParameters, input: FlattenedJWSInput) => Promise<CryptoKey>;

/**
 * Signing keys by URL. Old keys serve on while the identity provider is away; jose's own remote set
 * would refuse every token then.
 */
function remoteKeys(url: string): KeySource {
  let known: ReturnType<typeof createLocalJWKSet> | undefined;
  let readAt = 0;
  let triedAt = 0;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    triedAt = Date.now();
    const response = await fetch(url, {
      signal: AbortSignal.timeout(keysTimeoutMs),
      redirect: 'error',
    });
    if (!response.ok) throw new Error(`keys at ${url} answered ${response.status}`);
    known = createLocalJWKSet((await response.json()) as JSONWebKeySet);
    readAt = Date.now();
  }

  function refresh(): Promise<void> {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  return async (header, input) => {
    if (known === undefined) {
      await refresh().catch((cause: unknown) => {
        throw new Fault('unavailable', 'identity_unavailable', {}, { cause });
      });
    } else if (Date.now() - readAt > keysFreshMs && Date.now() - triedAt > keysCooldownMs) {
      refresh().catch(() => undefined); // The old keys serve on; the next call tries again.
    }
    if (known === undefined) throw fault('unavailable', 'identity_unavailable');
    try {
      return await known(header, input);
    } catch (thrown) {
      if (!(thrown instanceof errors.JWKSNoMatchingKey)) throw thrown;
      if (reading === undefined && Date.now() - triedAt < keysCooldownMs) throw thrown;
      await refresh().catch(() => undefined);
      return await known(header, input);
    }
  };
}

function refusal(reason: string, cause?: unknown): Fault {
  return new Fault('unauthenticated', reason, {}, cause === undefined ? {} : { cause });
}

/** The named reason for a token that jose refused. */
function refusalOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  if (thrown instanceof errors.JWTExpired) return refusal('token_expired', thrown);
  if (thrown instanceof errors.JWTClaimValidationFailed) {
    if (thrown.claim === 'aud') return refusal('token_for_another_audience', thrown);
    if (thrown.claim === 'iss') return refusal('token_of_another_issuer', thrown);
    if (thrown.claim === 'nbf') return refusal('token_not_yet_valid', thrown);
    return refusal('token_incomplete', thrown);
  }
  if (thrown instanceof errors.JOSEAlgNotAllowed) return refusal('token_algorithm', thrown);
  if (thrown instanceof errors.JWKSNoMatchingKey) return refusal('token_key_unknown', thrown);
  if (thrown instanceof errors.JWSSignatureVerificationFailed) {
    return refusal('token_signature', thrown);
  }
  return refusal('token_malformed', thrown);
}

function textClaim(payload: JWTPayload, name: string): string | undefined {
  const value = payload[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function realmRoles(payload: JWTPayload): string[] {
  const access = payload['realm_access'];
  if (typeof access !== 'object' || access === null || !('roles' in access)) return [];
  const { roles } = access;
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
}

/** The organisation that a machine of the platform acts in when its token names none. */
export const platformOrgId = '00000000-0000-8000-8000-000000000000';

type Organisation = Pick<Caller, 'orgId' | 'orgName' | 'orgKind'>;

function organisation(payload: JWTPayload, isMachine: boolean): Organisation {
  const orgId = textClaim(payload, 'org_id');
  const orgKind = payload['org_kind'];
  if (orgId === undefined && isMachine) {
    return { orgId: platformOrgId, orgName: 'Recourse', orgKind: 'platform' };
  }
  if (orgId === undefined || !isUuid(orgId)) throw refusal('token_without_organisation');
  if (!isOrgKind(orgKind)) throw refusal('token_without_organisation');
  return { orgId, orgName: textClaim(payload, 'org_name') ?? '', orgKind };
}

/**
 * Reads the caller from claims whose signature, issuer, audience and times were already checked.
 */
function callerFrom(payload: JWTPayload, token: string): Caller {
  const now = Date.now() / 1000;
  if ((payload.iat ?? Infinity) > now + leewaySeconds) throw refusal('token_not_yet_valid');
  // Keycloak marks what a token is for in a claim; an ID or refresh token must not open an API.
  if (payload['typ'] !== 'Bearer') throw refusal('token_not_bearer');
  const userId = textClaim(payload, 'sub');
  if (userId === undefined) throw refusal('token_incomplete');
  const roles = realmRoles(payload);
  const org = organisation(payload, roles.includes('service'));
  return Object.freeze({
    userId,
    userName: textClaim(payload, 'name') ?? textClaim(payload, 'preferred_username') ?? userId,
    ...org,
    roles: Object.freeze(roles.filter((role) => kindHasRole(org.orgKind, role))),
    token,
  });
}

/**
 * Tokens verified lately; a person makes many calls with one, and RS256 costs more than a look-up.
 */
const mostRemembered = 5_000;

type Remembered = { caller: Caller; expiresAtMs: number };

function remember(known: Map<string, Remembered>, token: string, entry: Remembered): void {
  if (known.size >= mostRemembered) {
    const oldest = known.keys().next();
    if (oldest.done !== true) known.delete(oldest.value);
  }
  known.set(token, entry);
}

/**
 * Makes the function that turns a bearer token into a caller. RS256 only; `exp`, `iat` and `sub`
 * must be there; issuer and audience must be ours; future `nbf` and `iat` are refused
 * (keycloak-connect lets them pass). Throws `Fault('unauthenticated', reason)`; `unavailable` when
 * no keys could ever be read.
 */
export function createVerifier(o: {
  issuer: string;
  audience: string;
  jwksUrl?: string | undefined;
}): Verifier {
  const keys = remoteKeys(o.jwksUrl ?? `${o.issuer}/protocol/openid-connect/certs`);
  const known = new Map<string, Remembered>();
  const options = {
    algorithms: ['RS256'],
    issuer: o.issuer,
    audience: o.audience,
    clockTolerance: leewaySeconds,
    requiredClaims: ['exp', 'iat', 'sub'],
  };
  return async (token) => {
    if (token === '') throw refusal('token_missing');
    const entry = known.get(token);
    if (entry !== undefined) {
      if (entry.expiresAtMs > Date.now()) return entry.caller;
      known.delete(token);
    }
    try {
      const { payload } = await jwtVerify(token, keys, options);
      const caller = callerFrom(payload, token);
      const expiresAtMs = ((payload.exp ?? 0) + leewaySeconds) * 1000;
      remember(known, token, { caller, expiresAtMs });
      return caller;
    } catch (thrown) {
      throw refusalOf(thrown);
    }
  };
}

/** A caller as it is shown beside what they did: the contract's `Actor`. */
export function actorOf(
  caller: Caller,
): Pick<Caller, 'userId' | 'orgId' | 'orgName'> & { name: string } {
  const { userId, userName, orgId, orgName } = caller;
  return { userId, name: userName, orgId, orgName };
}
