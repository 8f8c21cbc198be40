import {
  type DecideOrganisationRequest,
  type DecideOrganisationResponse,
  type DecideUserRequest,
  DirectoryServiceService,
  type ListOrganisationsRequest,
  type ListOrganisationsResponse,
  type ListUsersRequest,
  type ListUsersResponse,
  type Organisation,
  type OrganisationUser,
} from '@recourse/proto/platform/v1/directory.ts';
import type { PageInfo, PageRequest } from '@recourse/proto/type/v1/type.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { dayIn } from './day.ts';
import { contentHash } from './hash.ts';
import { decideAboutColleague, listColleagues } from './platform-colleagues.ts';
import { carryOut, listDecisions, wasDone } from './platform-decisions.ts';
import {
  attributeOf,
  type IdentityApi,
  type OrganisationRecord,
  type UserRecord,
} from './platform-identity.ts';
import {
  decideOrganisation,
  decideUser,
  followOrganisation,
  organisationStateOf,
  userStateOf,
} from './platform-organisations.ts';
import {
  atOnce,
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
import type { RepairWord } from './platform-repairs.ts';
import { type Call, type Implementation, implement } from './rpc.ts';

/** Whose calendar says since when an organisation is in its state. */
const platformZone = 'Asia/Shanghai';
const usualSize = 50;
/** Organisations that a list looks through; more are found by a part of their name. */
const mostOrganisations = 1_000;
/** People are followed while this much of the call's time is left. */
const spareMs = 5_000;
const peopleAtOnce = 100;

const organisationActions: readonly RepairWord[] = [
  'approve_organisation',
  'refuse_organisation',
  'suspend_organisation',
  'reinstate_organisation',
];
async function shownOrganisation(
  identity: IdentityApi,
  record: OrganisationRecord,
): Promise<Organisation> {
  const orgId = attributeOf(record, 'org_id');
  return {
    orgId,
    name: record.name,
    kind: attributeOf(record, 'org_kind'),
    state: organisationStateOf(record),
    since: attributeOf(record, 'since'),
    users: BigInt(orgId === '' ? 0 : await identity.countUsers(orgId)),
    reason: attributeOf(record, 'reason'),
  };
}

async function shownUser(identity: IdentityApi, record: UserRecord): Promise<OrganisationUser> {
  const { id, username, createdTimestamp } = record;
  return {
    userId: id,
    login: username,
    name: nameOf(record),
    roles: await rolesHeldBy(identity, id),
    state: userStateOf(record),
    createdAt:
      createdTimestamp === undefined
        ? undefined
        : Temporal.Instant.fromEpochMilliseconds(createdTimestamp).toString(),
    machine: isMachine(record),
  };
}

/** Where a page begins in a list that the provider orders, and the cursor of the next. */
function placeIn(request: PageRequest | undefined, asked: unknown) {
  const hash = contentHash(asked);
  const cursor = request?.cursor ?? '';
  const first = cursor === '' ? 0 : Number(decodeCursor(cursor, hash)[0]);
  const max = request?.size || usualSize;
  const info = (count: number, countEstimated = false): PageInfo => ({
    nextCursor: first + max < count ? encodeCursor([first + max], hash) : '',
    count: BigInt(count),
    countEstimated,
  });
  return { first, max, info };
}

async function listOrganisations(
  o: DirectoryRoom,
  { filter, page }: ListOrganisationsRequest,
): Promise<ListOrganisationsResponse> {
  const identity = providerOf(o);
  const { query = '', kind = '', states = [] } = filter ?? {};
  const search = query.trim();
  // The provider takes a part of the name or attributes, not both; the rest is looked at here.
  const wanted = kind === '' ? {} : { attributes: { org_kind: kind } };
  const asked = search === '' ? wanted : { search };
  const all = await identity.organisations({ ...asked, first: 0, max: mostOrganisations });
  const found = all.filter(
    (one) =>
      attributeOf(one, 'org_id') !== '' &&
      (kind === '' || attributeOf(one, 'org_kind') === kind) &&
      (states.length === 0 || states.includes(organisationStateOf(one))),
  );
  const place = placeIn(page, { list: 'organisations', search, kind, states });
  const shown = found.slice(place.first, place.first + place.max);
  return {
    organisations: await eachOf(shown, (one) => shownOrganisation(identity, one)),
    page: place.info(found.length, all.length === mostOrganisations),
  };
}

async function listUsers(
  o: DirectoryRoom,
  { orgId, page }: ListUsersRequest,
): Promise<ListUsersResponse> {
  const identity = providerOf(o);
  await organisationOf(identity, orgId);
  const place = placeIn(page, { list: 'users', orgId });
  const [count, users] = await Promise.all([
    identity.countUsers(orgId),
    identity.users(orgId, place.first, place.max),
  ]);
  return {
    users: await eachOf(users, (one) => shownUser(identity, one)),
    page: place.info(count),
  };
}

/**
 * Closes or opens the way in for all people of an organisation, as far as the call's time goes. The
 * organisation's own state is saved before, so that a repeat finds what is left.
 */
async function followAll(
  identity: IdentityApi,
  orgId: string,
  isIn: boolean,
  call: Pick<Call, 'deadlineMs'>,
): Promise<{ changed: number; left: number }> {
  const count = await identity.countUsers(orgId);
  let changed = 0;
  for (let first = 0; first < count; first += peopleAtOnce) {
    const users = await identity.users(orgId, first, peopleAtOnce);
    const due = users.flatMap((one) => followOrganisation(one, isIn) ?? []);
    for (let at = 0; at < due.length; at += atOnce) {
      if (call.deadlineMs < spareMs) return { changed, left: count - first - at };
      const some = due.slice(at, at + atOnce);
      await eachOf(some, (one) => saveUser(identity, one));
      changed += some.length;
    }
  }
  return { changed, left: 0 };
}

async function decideAboutOrganisation(
  o: DirectoryRoom,
  request: DecideOrganisationRequest,
  call: Call,
): Promise<DecideOrganisationResponse> {
  const identity = providerOf(o);
  const { orgId, decision, reason } = request;
  const by = byOf(request, call);
  const record = await organisationOf(identity, orgId);
  if (await wasDone(o.db, by, { subjectId: orgId, actions: organisationActions })) {
    const organisation = await shownOrganisation(identity, record);
    return { organisation, usersChanged: 0n, usersLeft: 0n };
  }
  const on = dayIn(platformZone, call.at).toString();
  const made = decideOrganisation(record, { decision, reason, on, by: call.caller });
  const about = { action: made.action, aboutOrgId: orgId, subjectId: orgId, subject: record.name };
  const { changed, left } = await carryOut(o, by, about, async () => {
    if (made.after !== record) await identity.saveOrganisation(made.after);
    return followAll(identity, orgId, made.isIn, call);
  });
  call.log.info({ action: made.action, orgId, reason, changed, left }, 'organisation decided');
  return {
    organisation: await shownOrganisation(identity, made.after),
    usersChanged: BigInt(changed),
    usersLeft: BigInt(left),
  };
}

async function decideAboutUser(
  o: DirectoryRoom,
  request: DecideUserRequest,
  call: Call,
): Promise<OrganisationUser> {
  const identity = providerOf(o);
  const { orgId, userId, decision, reason } = request;
  const by = byOf(request, call);
  const organisation = await organisationOf(identity, orgId);
  const record = await userOf(identity, orgId, userId);
  if (await wasDone(o.db, by, { subjectId: userId, actions: userActions })) {
    return shownUser(identity, record);
  }
  const made = decideUser(record, organisation, { decision, by: call.caller });
  const subject = record.username;
  const about = { action: made.action, aboutOrgId: orgId, subjectId: userId, subject };
  await carryOut(o, by, about, () => saveUser(identity, made.after));
  call.log.info({ action: made.action, orgId, subjectId: userId, reason }, 'user decided');
  return shownUser(identity, made.after);
}

/**
 * Organisations and their people for the platform's own, and for each organisation its own people;
 * served by one service for all.
 */
export function directoryImplementation(o: DirectoryRoom): Implementation {
  return implement(DirectoryServiceService, {
    listOrganisations: (request) => listOrganisations(o, request),
    getOrganisation: async ({ orgId }, call) => {
      const identity = providerOf(o);
      const record = await organisationOf(identity, orgId);
      const decisions = await o.db.tenant(call.caller.orgId, (tx) => listDecisions(tx, orgId));
      return { organisation: await shownOrganisation(identity, record), decisions };
    },
    decideOrganisation: (request, call) => decideAboutOrganisation(o, request, call),
    listUsers: (request) => listUsers(o, request),
    decideUser: async (request, call) => ({ user: await decideAboutUser(o, request, call) }),
    listColleagues: (request, call) => listColleagues(o, request, call),
    decideColleague: async (request, call) => ({
      colleague: await decideAboutColleague(o, request, call),
    }),
  });
}
