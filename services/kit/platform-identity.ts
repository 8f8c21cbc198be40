import { fault } from './fault.ts';

/**
 * The identity provider's administration over HTTP, as far as organisations and people need it: the
 * admin REST API of Keycloak 26 (`/admin/realms/{realm}/…`), which the embedded provider of a
 * laptop answers alike. An organisation is a group of the realm with the organisation's id, kind
 * and state as attributes; its people are the users with that id. Keycloak's own organisations are
 * for signing in by the domain of an address: switched on, they ask everybody for name and password
 * on two pages. Asked with a machine login that may manage users and groups, and nothing else of
 * the realm.
 */
export type IdentityApi = {
  organisations(asked: OrganisationsAsked): Promise<OrganisationRecord[]>;
  /** Found by the id that tokens carry, which is not the provider's own. */
  organisation(orgId: string): Promise<OrganisationRecord | undefined>;
  saveOrganisation(record: OrganisationRecord): Promise<void>;
  users(orgId: string, first: number, max: number): Promise<UserRecord[]>;
  countUsers(orgId: string): Promise<number>;
  user(userId: string): Promise<UserRecord | undefined>;
  saveUser(record: UserRecord): Promise<void>;
  /** Names of the realm's roles that a person holds. */
  rolesOf(userId: string): Promise<string[]>;
  /** Ends all sessions of a person, so that no token can be renewed. */
  endSessions(userId: string): Promise<void>;
};

export type OrganisationsAsked = {
  /** A part of the name, or attributes that must be equal; the provider takes only one of both. */
  search?: string;
  attributes?: Readonly<Record<string, string>>;
  first: number;
  max: number;
};

type Attributes = Readonly<Record<string, readonly string[]>>;

/** What is not named here is sent back as it came. */
export type OrganisationRecord = {
  id: string;
  name: string;
  attributes?: Attributes;
};

export type UserRecord = {
  id: string;
  username: string;
  enabled: boolean;
  firstName?: string;
  lastName?: string;
  email?: string;
  createdTimestamp?: number;
  serviceAccountClientId?: string;
  attributes?: Attributes;
};

export type IdentityOptions = {
  /** The realm as services reach it: `http://keycloak:8080/realms/recourse`. */
  realmUrl: string;
  clientId: string;
  clientSecret: string;
};

/** One value of a list-valued attribute. */
export function attributeOf(record: { attributes?: Attributes }, name: string): string {
  return record.attributes?.[name]?.[0] ?? '';
}

const patienceMs = 5_000;
/** A token is asked anew this long before it ends. */
const renewBeforeMs = 20_000;

/** What the provider said that is no answer; its words may name people, so only the status is. */
function refusal(what: string, status: number): Error {
  if (status === 409) return fault('stale', 'identity_record_changed', { what });
  return fault('unavailable', 'identity_refused', { what, status });
}

async function send(url: string, init: RequestInit, what: string): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) });
  } catch {
    throw fault('unavailable', 'identity_unavailable', { what });
  }
}

type Granted = { access_token?: string; expires_in?: number };

/** Gives a token of the machine login, the same one while it is good. */
function machineTokens(o: IdentityOptions): () => Promise<string> {
  let kept: { token: string; untilMs: number } | undefined;
  return async () => {
    if (kept !== undefined && performance.now() < kept.untilMs) return kept.token;
    const answer = await send(
      `${o.realmUrl}/protocol/openid-connect/token`,
      {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${o.clientId}:${o.clientSecret}`)}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      },
      'token',
    );
    if (!answer.ok) throw refusal('token', answer.status);
    const { access_token: token = '', expires_in: seconds = 0 } = (await answer.json()) as Granted;
    kept = { token, untilMs: performance.now() + seconds * 1_000 - renewBeforeMs };
    return token;
  };
}

/** `https://host/realms/recourse` → `https://host/admin/realms/recourse`. */
function adminUrl(realmUrl: string): string {
  return realmUrl.replace(/\/realms\/([^/]+)\/?$/, '/admin/realms/$1');
}

function queryOf(asked: Partial<OrganisationsAsked>): string {
  const { search, attributes = {}, first, max } = asked;
  const query = new URLSearchParams({ briefRepresentation: 'false' });
  const wanted = Object.entries(attributes).map(([name, value]) => `${name}:${value}`);
  if (wanted.length > 0) query.set('q', wanted.join(' '));
  if (search !== undefined) query.set('search', search);
  if (first !== undefined) query.set('first', String(first));
  if (max !== undefined) query.set('max', String(max));
  return query.toString();
}

/** Faults of every method: `unavailable` identity_unavailable, identity_refused. */
export function createIdentityApi(o: IdentityOptions): IdentityApi {
  const token = machineTokens(o);
  const base = adminUrl(o.realmUrl);

  async function ask(verb: string, path: string, body?: object): Promise<Response> {
    const headers = {
      authorization: `Bearer ${await token()}`,
      'content-type': 'application/json',
    };
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const what = `${verb} ${path.split(/[/?]/, 1)[0] ?? ''}`;
    const answer = await send(`${base}/${path}`, { method: verb, headers, ...text }, what);
    if (!answer.ok && answer.status !== 404) throw refusal(what, answer.status);
    return answer;
  }

  /** The caller knows what the provider's documentation says of this path. */
  async function read<T>(path: string): Promise<T | undefined> {
    const answer = await ask('GET', path);
    if (answer.ok) return (await answer.json()) as T;
    await answer.body?.cancel();
    return undefined;
  }

  async function change(verb: string, path: string, body?: object): Promise<void> {
    const answer = await ask(verb, path, body);
    await answer.body?.cancel();
    if (!answer.ok) throw refusal(`${verb} ${path.split('/', 1)[0] ?? ''}`, answer.status);
  }

  const ofOrg = (orgId: string): string => queryOf({ attributes: { org_id: orgId } });
  return {
    organisations: async (asked) =>
      (await read<OrganisationRecord[]>(`groups?${queryOf(asked)}`)) ?? [],
    organisation: async (orgId) =>
      (await read<OrganisationRecord[]>(`groups?${ofOrg(orgId)}`))?.[0],
    saveOrganisation: (record) => change('PUT', `groups/${record.id}`, record),
    users: async (orgId, first, max) =>
      (await read<UserRecord[]>(`users?${ofOrg(orgId)}&first=${first}&max=${max}`)) ?? [],
    countUsers: async (orgId) => (await read<number>(`users/count?${ofOrg(orgId)}`)) ?? 0,
    user: (userId) => read<UserRecord>(`users/${userId}`),
    saveUser: (record) => change('PUT', `users/${record.id}`, record),
    rolesOf: async (userId) =>
      (await read<{ name: string }[]>(`users/${userId}/role-mappings/realm`))?.map(
        ({ name }) => name,
      ) ?? [],
    endSessions: (userId) => change('POST', `users/${userId}/logout`),
  };
}
