import { beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage } from './session/language';
import { type Caller, type OrgKind, orgKinds, rolesOfKind } from './session/caller';
import { places, placesOf, railOf, routes } from './routes';

function caller(orgKind: OrgKind, role: string): Caller {
  return { userId: 'u', userName: 'n', orgId: 'o', orgName: 'o', orgKind, roles: [role] };
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('the routes', () => {
  it('have every address of a place once, so that the first guard decides', () => {
    const paths = routes.map((route) => route.path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const place of places) expect(paths).toContain(place.path);
  });
});

describe('the places', () => {
  it('have names and initials', () => {
    for (const place of places) {
      expect(place.name()).toMatch(/\p{Script=Han}/u);
      expect(place.initials).toMatch(/^[a-z]+$/);
    }
  });

  it.each(
    orgKinds.flatMap((kind) => rolesOfKind(kind).map((role): [OrgKind, string] => [kind, role])),
  )('of %s %s are at most eight in the rail, each name and address once', (kind, role) => {
    const seen = placesOf(caller(kind, role));
    expect(railOf(caller(kind, role)).length).toBeLessThanOrEqual(8);
    expect(new Set(seen.map((place) => place.name())).size).toBe(seen.length);
    expect(new Set(seen.map((place) => place.path)).size).toBe(seen.length);
  });
});
