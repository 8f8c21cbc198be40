import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { associationSuite } from './association.ts';
import { blacklistSuite } from './blacklist.ts';
import { openBrowser } from './browser.ts';
import { courtSuite } from './court.ts';
import { creditSuite } from './credit.ts';
import { foundationSuite } from './foundation.ts';
import { type Ground, groundOf } from './ground.ts';
import { openHouse, type TestHouse } from './house.ts';
import { isReal, keycloakSuite, signInSuite } from './keycloak.ts';
import { listSuite } from './lists.ts';
import { litigationSuite } from './litigation.ts';
import { modelSuite } from './models.ts';
import { planSuite } from './plans.ts';
import { rankingSuite } from './ranking.ts';
import { screeningSuite } from './screening.ts';
import { sweepSuite } from './sweep.ts';
import { makeWorld } from './world.ts';

/**
 * The portal in a real browser, on the platform as `./scripts/start` brings it up, with a real
 * Keycloak when `RECOURSE_PORTAL_KEYCLOAK=1` asks for it. One platform for all journeys: each has
 * things of its own in it.
 */
const languages = ['zh-CN', 'en'] as const;

let house: TestHouse | undefined;
let opened: Ground | undefined;

function ground(): Ground {
  if (opened === undefined) throw new Error('the platform did not start');
  return opened;
}

beforeAll(async () => {
  house = await openHouse({ keycloak: isReal });
  const [browser, world] = await Promise.all([openBrowser(), makeWorld(house)]);
  opened = groundOf(house, browser, world);
}, 600_000);

afterAll(async () => {
  await opened?.browser.close();
  await house?.stop();
});

keycloakSuite();
for (const language of languages) signInSuite(ground, language);
foundationSuite(ground);
for (const language of languages) creditSuite(ground, language);
for (const language of languages) planSuite(ground, language);
for (const language of languages) modelSuite(ground, language);
for (const language of languages) blacklistSuite(ground, language);
for (const language of languages) associationSuite(ground, language);
for (const language of languages) screeningSuite(ground, language);
for (const language of languages) litigationSuite(ground, language);
for (const language of languages) courtSuite(ground, language);
for (const language of languages) rankingSuite(ground, language);
for (const language of languages) listSuite(ground, language);
sweepSuite(ground);

describe('all of it', () => {
  it('left no error in any browser', () => {
    expect(ground().errors()).toEqual([]);
  });
});
