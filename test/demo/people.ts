import { readFileSync } from 'node:fs';
import type { Caller, OrgKind } from '@recourse/kit/caller.ts';
import type { TestPlatform } from '@recourse/kit/testing.ts';

type Listed = {
  id: string;
  username: string;
  firstName: string;
  attributes: Record<'org_id' | 'org_kind' | 'org_name', [string]>;
  realmRoles: string[];
};

const file = new URL('../../deploy/keycloak/demo-people.json', import.meta.url);

/** The demo's people, signed in without a page. */
export function demoPeople(platform: TestPlatform): (username: string) => Promise<Caller> {
  const { users } = JSON.parse(readFileSync(file, 'utf8')) as { users: Listed[] };
  const known = new Map<string, Promise<Caller>>();
  return (username) => {
    const one = users.find((user) => user.username === username);
    if (one === undefined) throw new Error(`nobody is ${username}`);
    const { id: userId, firstName: name, attributes, realmRoles: roles } = one;
    const [orgId] = attributes.org_id;
    const [orgName] = attributes.org_name;
    const orgKind = attributes.org_kind[0] as OrgKind;
    const caller =
      known.get(username) ?? platform.caller({ roles, orgId, orgKind, orgName, userId, name });
    known.set(username, caller);
    return caller;
  };
}
