/**
 * The realm file, `deploy/keycloak/realm.json`: the very file a real Keycloak imports. Read here as
 * far as the embedded provider acts on it; placeholders `${NAME}` and `${NAME:default}` are filled
 * as Keycloak fills them at import. The people of a demonstration stand in a file beside it, so
 * that no realm of production ever holds them.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fault } from '@recourse/kit/fault.ts';
import { namedUuid } from '@recourse/kit/hash.ts';

export type Mapper = { protocolMapper: string; config: Readonly<Record<string, string>> };

export type RealmClient = {
  clientId: string;
  enabled: boolean | string;
  publicClient: boolean;
  bearerOnly?: boolean;
  standardFlowEnabled: boolean;
  serviceAccountsEnabled: boolean;
  secret?: string;
  baseUrl?: string;
  redirectUris?: readonly string[];
  webOrigins?: readonly string[];
  attributes?: Readonly<Record<string, string>>;
  protocolMappers?: readonly Mapper[];
};

export type RealmUser = {
  id: string;
  username: string;
  enabled: boolean | string;
  firstName: string;
  email?: string;
  serviceAccountClientId?: string;
  attributes: Readonly<Record<string, readonly string[]>>;
  realmRoles: readonly string[];
  /** Roles of other clients; the administration asks for those of `realm-management`. */
  clientRoles?: Readonly<Record<string, readonly string[]>>;
  credentials?: readonly { type: string; value: string }[];
};

/** A group of the realm: the record of an organisation, whose people have its `org_id`. */
export type RealmGroup = {
  id: string;
  name: string;
  attributes: Readonly<Record<string, readonly string[]>>;
};

export type Realm = {
  realm: string;
  displayName: string;
  defaultLocale: string;
  accessTokenLifespan: number;
  accessCodeLifespan: number;
  accessCodeLifespanLogin: number;
  ssoSessionIdleTimeout: number;
  ssoSessionMaxLifespan: number;
  failureFactor: number;
  waitIncrementSeconds: number;
  maxFailureWaitSeconds: number;
  clients: readonly RealmClient[];
  users: readonly RealmUser[];
  groups: readonly RealmGroup[];
};

/** What the placeholders stand for. */
export type Fillings = Readonly<Record<string, string>>;

/**
 * The realm as Keycloak imports it, placeholders and all; with the demonstration's people when they
 * are asked for. Throws `realm_unreadable`.
 */
export function importOf(file: string, people: 'with demo people' | 'alone'): string {
  if (people === 'alone') return readFileSync(file, 'utf8');
  const realm = Object(parse(file));
  const { users, groups } = Object(parse(join(dirname(file), 'demo-people.json')));
  const own = Array.isArray(realm.users) ? realm.users : [];
  return JSON.stringify({ ...realm, users: [...own, ...users], groups }, undefined, 1);
}

function parse(file: string, text = readFileSync(file, 'utf8')): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fault('invalid', 'realm_unreadable', { file, why: String(error) });
  }
}

/**
 * Reads and fills a realm file, with the demonstration's people when `DEMO_USERS` is `true`. Throws
 * `realm_unreadable`, `placeholder_unfilled`.
 */
export function readRealm(file: string, fillings: Fillings): Realm {
  const people = fillings['DEMO_USERS'] === 'true' ? 'with demo people' : 'alone';
  const filled = importOf(file, people).replaceAll(
    /\$\{([A-Z_]+)(?::([^}]*))?\}/g,
    (_whole, name: string, fallback: string | undefined) => {
      const value = fillings[name] ?? fallback;
      if (value === undefined) throw fault('invalid', 'placeholder_unfilled', { file, name });
      // The value stands inside a JSON string.
      return JSON.stringify(value).slice(1, -1);
    },
  );
  const realm = { users: [], groups: [], ...Object(parse(file, filled)) };
  if (isRealm(realm)) return completed(realm);
  throw fault('invalid', 'realm_unreadable', { file, why: 'no realm, clients and users in it' });
}

/** What Keycloak makes up where a file leaves it out: ids, names, empty lists. */
function completed(realm: Realm): Realm {
  const idOf = (name: string): string => namedUuid(realm.realm, name);
  const empty = { firstName: '', attributes: {}, realmRoles: [] };
  const users = realm.users.map((user) =>
    Object.assign({ id: idOf(user.username), ...empty }, user),
  );
  const groups = realm.groups.map((one) =>
    Object.assign({ id: idOf(one.name), attributes: {} }, one),
  );
  return { ...realm, users, groups };
}

function isRealm(read: unknown): read is Realm {
  if (typeof read !== 'object' || read === null) return false;
  if (!('realm' in read && 'clients' in read && 'users' in read)) return false;
  return Array.isArray(read.clients) && Array.isArray(read.users);
}

/** Keycloak takes the words as well as the values, which is what a placeholder leaves. */
export function isEnabled(one: { enabled: boolean | string }): boolean {
  return one.enabled === true || one.enabled === 'true';
}

/** The person with this name or e-mail address who may sign in. */
export function userNamed(realm: Realm, name: string): RealmUser | undefined {
  const wanted = name.trim().toLowerCase();
  return realm.users.find(
    (user) =>
      isEnabled(user) &&
      user.serviceAccountClientId === undefined &&
      (user.username === wanted || user.email === wanted),
  );
}

export function userById(realm: Realm, id: string): RealmUser | undefined {
  return realm.users.find((user) => isEnabled(user) && user.id === id);
}

export function serviceAccount(realm: Realm, clientId: string): RealmUser | undefined {
  return realm.users.find((user) => isEnabled(user) && user.serviceAccountClientId === clientId);
}

/** Claims that the client's mappers make of a user's attributes. */
export function mappedClaims(client: RealmClient, user: RealmUser): Record<string, string> {
  const claims: Record<string, string> = {};
  for (const { protocolMapper, config } of client.protocolMappers ?? []) {
    if (protocolMapper !== 'oidc-usermodel-attribute-mapper') continue;
    const name = config['claim.name'];
    const value = user.attributes[config['user.attribute'] ?? '']?.[0];
    if (name !== undefined && value !== undefined) claims[name] = value;
  }
  return claims;
}

/** Audiences that the client's mappers add to its access tokens. */
export function mappedAudiences(client: RealmClient): string[] {
  return (client.protocolMappers ?? [])
    .filter((mapper) => mapper.protocolMapper === 'oidc-audience-mapper')
    .flatMap(({ config }) =>
      [config['included.custom.audience'] ?? [], config['included.client.audience'] ?? []].flat(),
    );
}

/**
 * Keycloak's rule for redirect addresses: equal, or the registered one ends in `*` and what stands
 * before it begins the address (RedirectUtils, matchesRedirects). An address without the `/` before
 * the star is allowed too.
 */
export function mayRedirect(registered: readonly string[], address: string): boolean {
  return registered.some((one) => {
    if (!one.endsWith('*')) return one === address;
    const start = one.slice(0, -1);
    return address.startsWith(start) || address === start.replace(/\/$/, '');
  });
}
