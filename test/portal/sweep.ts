import { describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { go, picture, signIn } from './browser.ts';
import { manyOf, textOf } from './desk.ts';
import type { Ground } from './ground.ts';
import type { TestHouse } from './house.ts';
import { type Look, lookAt, readyToLook, widths } from './look.ts';
import { pages } from './routes.ts';
import { addressesOf, visitedPages, visitors } from './visits.ts';

/**
 * Everything wrong at these addresses, each with its address; errors of the browser too. Pages come
 * one after the other, in the browser of one person, without loading anything anew.
 */
export async function sweep(
  browser: Browser,
  house: TestHouse,
  o: { username: string; addresses: readonly string[]; look: Look },
): Promise<string[]> {
  const { address, password } = house;
  const { username, addresses, look } = o;
  const width = widths[look.width];
  const { language } = look;
  const person = await signIn(browser, { address, password, username, language, width });
  const { page, context, errors } = person;
  await readyToLook(page);
  const found: string[] = [];
  for (const at of addresses) {
    await go(page, at).catch((error: unknown) => {
      throw new Error(`${username} at ${at}: ${String(error)}`);
    });
    await picture(page, `sweep-${look.width}-${username}${at.replaceAll(/[^\w]+/g, '-')}`);
    const here = [...(await lookAt(page, look)), ...errors.splice(0)];
    found.push(...here.map((what) => `${at}: ${what}`));
  }
  await context.close();
  return found;
}

/** The listing that a journey has published; the association sees it. */
async function publishedId({ world }: Ground): Promise<string> {
  const { reviewer } = world.people;
  const { listings } = await reviewer.get('/v1/blacklist/listings?state=LISTING_STATE_PUBLISHED');
  return textOf(manyOf(listings)[0]?.['listingId']);
}

const looks: readonly Look[] = [
  { language: 'zh-CN', width: 'wide' },
  { language: 'en', width: 'phone' },
];

/** Every page of the portal, by somebody who may see it. */
export function sweepSuite(ground: () => Ground): void {
  describe('every page of the portal', () => {
    it('is visited', () => {
      const { addresses, files } = pages();
      expect(files.length).toBeGreaterThanOrEqual(20);
      expect(visitedPages().toSorted()).toEqual(addresses.toSorted());
    });

    it.each(visitors)(
      'that $username sees is free of findings, light and dark, wide and on a phone',
      async (visitor) => {
        const { browser, house, world } = ground();
        const { userId: colleagueId } = world.people.steward;
        const published = await publishedId(ground());
        const ids = { ...world.ids, service: 'credit', publishedId: published, colleagueId };
        const o = { username: visitor.username, addresses: addressesOf(visitor, ids) };
        const found = await Promise.all(looks.map((look) => sweep(browser, house, { ...o, look })));
        expect(found.flat()).toEqual([]);
      },
    );
  });
}
