import {
  type Colleague,
  type DecideColleagueRequest,
  type ListColleaguesRequest,
  type ListColleaguesResponse,
  UserDecision,
} from '@recourse/proto/platform/v1/directory.ts';
import type { Caller } from './caller.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Db } from './db.ts';
import { fault } from './fault.ts';
import { contentHash } from './hash.ts';
import { carryOut, suspendedBy, wasDone } from './platform-decisions.ts';
import { attributeOf, type IdentityApi, type UserRecord } from './platform-identity.ts';
import { decideUser, userStateOf } from './platform-organisations.ts';
import {
  byOf,
  type DirectoryRoom,
  eachOf,
  isMachine,
  nameOf,
  organisationOf,
  providerOf,
  rolesHeldBy,
  saveUser,
  userActions,
  userOf,
} from './platform-people.ts';
import type { Call } from './rpc.ts';

const usualSize = 50;
/** People of an organisation that a list looks through. */
const mostPeople = 2_000;
const peopleAtOnce = 100;
const administrator = 'org_admin';

/** Somebody with their roles, where these have been asked for. */
type Found = { record: UserRecord; roles?: string[] };

/** How Chinese names are put in order: by their sound. */
const collator = new Intl.Collator('zh-CN');

function shownName(record: UserRecord): string {
  return nameOf(record) || record.username;
}

type Key = readonly [name: string, id: string];

function compareKeys(one: Key, other: Key): number {
  const byName = collator.compare(one[0], other[0]);
  if (byName !== 0) return byName;
  return one[1] < other[1] ? -1 : Number(one[1] > other[1]);
}

const keyOf = ({ record }: Found): Key => [shownName(record), record.id];

/** The people of an organisation without its machines, whatever the provider gave besides. */
async function peopleOf(identity: IdentityApi, orgId: string): Promise<UserRecord[]> {
  const all: UserRecord[] = [];
  for (let first = 0; first < mostPeople; first += peopleAtOnce) {
    const some = await identity.users(orgId, first, peopleAtOnce);
    all.push(...some);
    if (some.length < peopleAtOnce) break;
  }
  return all.filter((one) => !isMachine(one) && attributeOf(one, 'org_id') === orgId);
}

async function shown(
  identity: IdentityApi,
  { record, roles }: Found,
  caller: Caller,
): Promise<Colleague> {
  return {
    userId: record.id,
    login: record.username,
    name: nameOf(record),
    roles: roles ?? (await rolesHeldBy(identity, record.id)),
    state: userStateOf(record),
    email: caller.roles.includes(administrator) ? (record.email ?? '') : '',
  };
}

/**
 * The people of the caller's organisation, by name. Roles are asked for person by person, so a
 * filter by them asks for everybody's, and a page without one for its own only. Faults: `invalid`
 * cursor_is_malformed, cursor_of_other_query, `unavailable` directory_not_configured.
 */
export async function listColleagues(
  o: DirectoryRoom,
  { filter, page }: ListColleaguesRequest,
  { caller }: Call,
): Promise<ListColleaguesResponse> {
  const identity = providerOf(o);
  const { query = '', roles = [], states = [] } = filter ?? {};
  const wanted = query.trim().toLowerCase();
  const people = await peopleOf(identity, caller.orgId);
  const matching = people.filter(
    (one) =>
      `${nameOf(one)} ${one.username}`.toLowerCase().includes(wanted) &&
      (states.length === 0 || states.includes(userStateOf(one))),
  );
  const asked = { list: 'colleagues', orgId: caller.orgId, wanted, roles, states };
  const found = (await withRoles(identity, matching, roles)).toSorted((one, other) =>
    compareKeys(keyOf(one), keyOf(other)),
  );
  const size = page?.size || usualSize;
  const hash = contentHash(asked);
  const rest = found.slice(startOf(found, page?.cursor ?? '', hash));
  const some = rest.slice(0, size);
  const last = rest.length > size ? some.at(-1) : undefined;
  return {
    colleagues: await eachOf(some, (one) => shown(identity, one, caller)),
    page: {
      nextCursor: last === undefined ? '' : encodeCursor([...keyOf(last)], hash),
      count: BigInt(found.length),
      countEstimated: people.length >= mostPeople,
    },
  };
}

async function withRoles(
  identity: IdentityApi,
  people: readonly UserRecord[],
  wanted: readonly string[],
): Promise<Found[]> {
  if (wanted.length === 0) return people.map((record) => ({ record }));
  const all = await eachOf(people, async (record) => ({
    record,
    roles: await rolesHeldBy(identity, record.id),
  }));
  return all.filter(({ roles }) => roles.some((role) => wanted.includes(role)));
}

/** Where the page after a cursor begins, whoever came or went meanwhile. */
function startOf(found: readonly Found[], cursor: string, hash: string): number {
  if (cursor === '') return 0;
  const [name, id] = decodeCursor(cursor, hash);
  const key: Key = [String(name), String(id)];
  const at = found.findIndex((one) => compareKeys(keyOf(one), key) > 0);
  return at < 0 ? found.length : at;
}

/** Whether somebody else of the organisation who is in may administer it; the caller first. */
async function hasOtherAdministrator(
  identity: IdentityApi,
  subject: UserRecord,
  caller: Caller,
): Promise<boolean> {
  const people = await peopleOf(identity, caller.orgId);
  const others = people.filter((one) => one.enabled && one.id !== subject.id);
  const isCaller = (one: UserRecord): number => Number(one.id === caller.userId);
  for (const one of others.toSorted((a, b) => isCaller(b) - isCaller(a))) {
    if ((await rolesHeldBy(identity, one.id)).includes(administrator)) return true;
  }
  return false;
}

/** Fault: `refused` last_org_admin. */
async function checkAdministrators(
  identity: IdentityApi,
  subject: UserRecord,
  call: Call,
): Promise<void> {
  if (!(await rolesHeldBy(identity, subject.id)).includes(administrator)) return;
  // Two who suspend each other within the life of a token would leave nobody.
  if (await hasOtherAdministrator(identity, subject, call.caller)) return;
  throw fault('refused', 'last_org_admin');
}

/**
 * Decisions about an organisation's people wait for each other: two administrators who suspend each
 * other in one instant would each still see the other.
 */
async function oneByOne(db: Db, orgId: string, work: () => Promise<void>): Promise<void> {
  await db.tenant(orgId, async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('colleagues ' || $1, 0))`, [
      orgId,
    ]);
    await work();
  });
}

/**
 * Suspends somebody of the caller's organisation or lets them in again, as the platform's people
 * do, and written down alike. Faults: those of `decideUser`, `missing` user_not_found,
 * organisation_not_found, `refused` last_org_admin, suspended_by_platform.
 */
export async function decideAboutColleague(
  o: DirectoryRoom,
  request: DecideColleagueRequest,
  call: Call,
): Promise<Colleague> {
  const identity = providerOf(o);
  const { orgId } = call.caller;
  const { userId, decision, reason } = request;
  const by = byOf(request, call);
  const record = await userOf(identity, orgId, userId);
  if (isMachine(record)) throw fault('missing', 'user_not_found', { userId });
  if (await wasDone(o.db, by, { subjectId: userId, actions: userActions })) {
    return shown(identity, { record }, call.caller);
  }
  const organisation = await organisationOf(identity, orgId);
  const made = decideUser(record, organisation, { decision, by: call.caller });
  const subject = record.username;
  const about = { action: made.action, aboutOrgId: orgId, subjectId: userId, subject };
  await oneByOne(o.db, orgId, async () => {
    if (decision === UserDecision.SUSPEND) await checkAdministrators(identity, record, call);
    else if ((await suspendedBy(o.db, userId)) !== orgId) {
      throw fault('refused', 'suspended_by_platform');
    }
    await carryOut(o, by, about, () => saveUser(identity, made.after));
  });
  call.log.info({ action: made.action, orgId, subjectId: userId, reason }, 'colleague decided');
  return shown(identity, { record: made.after }, call.caller);
}
