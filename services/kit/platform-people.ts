import { actorOf, rolesByKind } from './caller.ts';
import type { Db } from './db.ts';
import { fault } from './fault.ts';
import type { TellAccess } from './platform-decisions.ts';
import {
  attributeOf,
  type IdentityApi,
  type OrganisationRecord,
  type UserRecord,
} from './platform-identity.ts';
import type { Decision, RepairWord } from './platform-repairs.ts';
import type { Call } from './rpc.ts';

/** Where organisations and people are read and decided about. */
export type DirectoryRoom = {
  db: Db;
  /** Undefined where nobody gave the service the provider's machine login. */
  identity: IdentityApi | undefined;
  /** Undefined where nobody is told who is out. */
  tellAccess?: TellAccess | undefined;
};

/** Requests to the provider at a time. */
export const atOnce = 8;

/** What may be decided about a person. */
export const userActions: readonly RepairWord[] = ['suspend_user', 'reinstate_user'];

/** Fault: `unavailable` directory_not_configured. */
export function providerOf(o: DirectoryRoom): IdentityApi {
  if (o.identity === undefined) throw fault('unavailable', 'directory_not_configured');
  return o.identity;
}

/** The results of work on each, some at a time, in their order. */
export async function eachOf<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < all.length; at += atOnce) {
    results.push(...(await Promise.all(all.slice(at, at + atOnce).map(work))));
  }
  return results;
}

/** A program with a login of its own: Keycloak names its user after the client. */
export function isMachine({ username }: UserRecord): boolean {
  return username.startsWith('service-account-');
}

/** The name that a person is shown by; empty when the provider keeps none. */
export function nameOf({ firstName = '', lastName = '' }: UserRecord): string {
  return [firstName, lastName].filter((part) => part !== '').join(' ');
}

const platformRoles: ReadonlySet<string> = new Set(Object.values(rolesByKind).flat());

/** Roles that the platform knows; Keycloak gives everybody roles of its own besides. */
export async function rolesHeldBy(identity: IdentityApi, userId: string): Promise<string[]> {
  const roles = await identity.rolesOf(userId);
  return roles.filter((role) => platformRoles.has(role)).toSorted();
}

/** Fault: `missing` organisation_not_found. */
export async function organisationOf(
  identity: IdentityApi,
  orgId: string,
): Promise<OrganisationRecord> {
  const record = await identity.organisation(orgId);
  if (record === undefined) throw fault('missing', 'organisation_not_found', { orgId });
  return record;
}

/** Fault: `missing` user_not_found, for those of another organisation too. */
export async function userOf(
  identity: IdentityApi,
  orgId: string,
  userId: string,
): Promise<UserRecord> {
  const record = await identity.user(userId);
  if (record === undefined || attributeOf(record, 'org_id') !== orgId) {
    throw fault('missing', 'user_not_found', { userId });
  }
  return record;
}

/** Keeps a person as changed; whoever is out now has no session left. */
export async function saveUser(identity: IdentityApi, after: UserRecord): Promise<void> {
  await identity.saveUser(after);
  if (!after.enabled) await identity.endSessions(after.id);
}

/** Who decides, and why, as it is written down. */
export function byOf(request: { requestId: string; reason: string }, call: Call): Decision {
  const { requestId, reason } = request;
  return { orgId: call.caller.orgId, actor: actorOf(call.caller), requestId, reason };
}
