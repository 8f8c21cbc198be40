/** Roles stand in the realm, in the services and in the portal: all three say the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { rolesByKind } from '@recourse/kit/caller.ts';
import { orgKinds, rolesOfKind } from '../portal/src/app/session/caller.ts';

type RealmRole = { name: string; attributes?: { org_kind?: string[] } };

const realmFile = join(import.meta.dirname, '../deploy/keycloak/realm.json');

function realmRoles(): RealmRole[] {
  const realm = JSON.parse(readFileSync(realmFile, 'utf8')) as { roles: { realm: RealmRole[] } };
  return realm.roles.realm;
}

describe('roles', () => {
  it.each(orgKinds)('of people of a %s are the same everywhere', (kind) => {
    const known = new Set<string>(rolesByKind[kind]);
    const inRealm = realmRoles()
      .filter((role) => role.attributes?.org_kind?.includes(kind))
      .map((role) => role.name);
    expect(new Set(rolesOfKind(kind))).toEqual(known);
    expect(new Set(inRealm)).toEqual(known);
  });

  it('exist for the same kinds of organisation', () => {
    expect(orgKinds.toSorted()).toEqual(Object.keys(rolesByKind).toSorted());
  });
});
