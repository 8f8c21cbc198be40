/**
 * The part of Keycloak's admin REST API that manages organisations and people (`IdentityApi` in
 * kit/platform-identity.ts): the same addresses, records and refusals, over the realm file with
 * what administrators made of it since, kept beside the sessions.
 */
import type { KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Log } from '@recourse/kit/log.ts';
import { jwtVerify } from 'jose';
import { isEnabled, type Realm, type RealmGroup, type RealmUser, serviceAccount } from './realm.ts';
import type { Sessions } from './sessions.ts';

export type AdminOptions = {
  realm: Realm;
  sessions: Sessions;
  publicKey: KeyObject;
  issuer: string;
  log: Log;
};

type Answer = { status: number; content?: object | undefined };
type Asked = { verb: string; path: readonly string[]; query: URLSearchParams; body: unknown };
type Attributed = { attributes: Readonly<Record<string, readonly string[]>> };

export function adminPath(realm: Realm): string {
  return `/admin/realms/${realm.realm}`;
}

/** Puts what administrators changed before the last stop back into the realm. */
export function applyChanges(realm: Realm, sessions: Sessions): void {
  for (const { kind, id, content } of sessions.changes()) {
    const records = kind === 'user' ? realm.users : realm.groups;
    const record = records.find((one) => one.id === id);
    if (record !== undefined) Object.assign(record, content);
  }
}

/** `org_kind:agency state:pending` as Keycloak reads its parameter `q`: all must be equal. */
function fits(one: Attributed, query: URLSearchParams): boolean {
  const wanted = (query.get('q') ?? '').split(' ').filter((part) => part !== '');
  return wanted.every((part) => {
    const at = part.indexOf(':');
    return one.attributes[part.slice(0, at)]?.includes(part.slice(at + 1)) === true;
  });
}

function paged<T>(all: readonly T[], query: URLSearchParams): T[] {
  const first = Number(query.get('first') ?? 0);
  return all.slice(first, first + Number(query.get('max') ?? 10));
}

/** A person as the administration shows them: no password, no roles. */
function shown(user: RealmUser): object {
  const { credentials: _password, realmRoles: _roles, clientRoles: _more, ...record } = user;
  return { ...record, enabled: isEnabled(user) };
}

/** What of a record an administrator may change; the attributes are replaced as a whole. */
function changeOf(body: unknown): { enabled?: boolean; attributes?: Attributed['attributes'] } {
  const given = Object(body);
  return {
    ...(typeof given.enabled === 'boolean' ? { enabled: given.enabled } : {}),
    ...(typeof given.attributes === 'object' ? { attributes: given.attributes } : {}),
  };
}

const missing = (what: string): Answer => ({
  status: 404,
  content: { error: `${what} not found` },
});

function askGroups({ realm, sessions }: AdminOptions, asked: Asked): Answer {
  const { verb, query } = asked;
  const [, id] = asked.path;
  const search = query.get('search')?.toLowerCase() ?? '';
  const isFound = (one: RealmGroup): boolean =>
    fits(one, query) && one.name.toLowerCase().includes(search);
  const found = realm.groups.filter(isFound).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (id === undefined) return { status: 200, content: paged(found, query) };
  if (id === 'count') return { status: 200, content: Object(found.length) };
  const record = realm.groups.find((one) => one.id === id);
  if (record === undefined) return missing('Group');
  if (verb === 'GET') return { status: 200, content: record };
  if (verb !== 'PUT') return { status: 405 };
  const content = changeOf(asked.body);
  Object.assign(record, content);
  sessions.keepChange({ kind: 'group', id, content });
  return { status: 204 };
}

function askUser(o: AdminOptions, asked: Asked, user: RealmUser): Answer {
  const { verb, path } = asked;
  const below = path.slice(2).join('/');
  if (verb === 'GET' && below === '') return { status: 200, content: shown(user) };
  if (verb === 'GET' && below === 'role-mappings/realm') {
    return { status: 200, content: user.realmRoles.map((name) => ({ name })) };
  }
  if (verb === 'PUT' && below === '') {
    const content = changeOf(asked.body);
    Object.assign(user, content);
    o.sessions.keepChange({ kind: 'user', id: user.id, content });
    return { status: 204 };
  }
  if (verb === 'POST' && below === 'logout') {
    o.sessions.endOf(user.id);
    return { status: 204 };
  }
  return { status: 405 };
}

function askUsers(o: AdminOptions, asked: Asked): Answer {
  const [, id] = asked.path;
  const found = o.realm.users.filter((one) => fits(one, asked.query));
  if (id === undefined) return { status: 200, content: paged(found, asked.query).map(shown) };
  if (id === 'count') return { status: 200, content: Object(found.length) };
  const user = o.realm.users.find((one) => one.id === id);
  return user === undefined ? missing('User') : askUser(o, asked, user);
}

/** The roles of `realm-management` that each part asks for, reading or changing. */
function mayAsk(held: ReadonlySet<string>, { verb, path }: Asked): boolean {
  if (path[0] !== 'groups' && path[0] !== 'users') return false;
  const reads = held.has('view-users') || held.has('manage-users');
  return verb === 'GET' ? reads : held.has('manage-users');
}

async function rolesIn(o: AdminOptions, req: IncomingMessage): Promise<string[] | undefined> {
  const token = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? '';
  const expected = { issuer: o.issuer, algorithms: ['RS256'], requiredClaims: ['exp', 'azp'] };
  const read = await jwtVerify(token, o.publicKey, expected).catch(() => undefined);
  if (read === undefined) return undefined;
  const machine = serviceAccount(o.realm, String(read.payload['azp']));
  const isMachine = machine !== undefined && machine.id === read.payload.sub;
  return isMachine ? [...(machine.clientRoles?.['realm-management'] ?? [])] : [];
}

/** A record with its attributes is small; more is nobody's change. */
const mostBytes = 65_536;

async function bodyOf(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > mostBytes) return undefined;
    chunks.push(bytes);
  }
  return size === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** Answers one request to `/admin/realms/<realm>/…`. */
export function createAdmin(o: AdminOptions): (req: IncomingMessage) => Promise<Answer> {
  return async (req) => {
    const { pathname, searchParams } = new URL(req.url ?? '/', o.issuer);
    const path = pathname.slice(adminPath(o.realm).length + 1).split('/');
    const verb = req.method ?? 'GET';
    const held = await rolesIn(o, req);
    if (held === undefined) return { status: 401, content: { error: 'HTTP 401 Unauthorized' } };
    const asked: Asked = { verb, path, query: searchParams, body: undefined };
    if (!mayAsk(new Set(held), asked)) {
      return { status: 403, content: { error: 'HTTP 403 Forbidden' } };
    }
    const answered = { ...asked, body: verb === 'PUT' ? await bodyOf(req) : undefined };
    const answer = path[0] === 'users' ? askUsers(o, answered) : askGroups(o, answered);
    if (verb !== 'GET') o.log.info({ event: 'ADMIN', verb, path: path.join('/') }, 'administered');
    return answer;
  };
}
