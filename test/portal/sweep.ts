import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { go, type Language, picture, signIn } from './browser.ts';
import { manyOf, textOf } from './desk.ts';
import type { Ground } from './ground.ts';
import type { TestHouse } from './house.ts';
import { axeFindings, pixelsTooWide, standStill } from './in-page.ts';
import { pages } from './routes.ts';
import { addressesOf, visitedPages, visitors } from './visits.ts';

/**
 * Looks at pages one after the other, in the browser of one person, without loading anything anew:
 * what axe finds in light and in dark, words that are keys, errors of the browser, and a phone's
 * screen that scrolls to the side.
 */
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Narrower than this is a phone; on it 390 CSS pixels are usual. */
const widths = { wide: 1280, phone: 390 } as const;

export type Look = { language: Language; width: keyof typeof widths };

type Scheme = 'light' | 'dark';

/**
 * Keys that nobody has put into words look like `CASE_STATE_OPEN`, `tax_arrears`, `problem.reason`
 * or `{count}`; a login, `jinggong.credit_manager`, is none.
 */
const keys = /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|(?<![.\w])[a-z]+_[a-z_0-9]+\b|\{\w+\}/g;

/** Columns of the file for bulk screening, and a reason that the platform's people look for. */
const known: ReadonlySet<string> = new Set([
  'credit_code',
  'id_number',
  'consent_reference',
  'event_is_malformed',
]);

async function wrongWords(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText();
  return [...text.matchAll(keys)].map(([word]) => word).filter((word) => !known.has(word));
}

async function scrolls(page: Page): Promise<string[]> {
  const pixels = await page.evaluate<number>(pixelsTooWide);
  return pixels > 0 ? [`scrolls ${pixels} px to the side`] : [];
}

async function seen(page: Page, scheme: Scheme, rules: 'all' | 'colours'): Promise<string[]> {
  await page.emulateMedia({ colorScheme: scheme });
  const found = await page.evaluate<string[]>(axeFindings(rules));
  return found.map((one) => `${scheme}: ${one}`);
}

/** Wide screens in both schemes, the second for its colours; phones in the dark. */
async function lookAt(page: Page, { width }: Look): Promise<string[]> {
  const words = (await wrongWords(page)).map((word) => `says ${word}`);
  if (width === 'phone') {
    return [...words, ...(await scrolls(page)), ...(await seen(page, 'dark', 'all'))];
  }
  const light = await seen(page, 'light', 'all');
  return [...words, ...light, ...(await seen(page, 'dark', 'colours'))];
}

/** Everything wrong at these addresses, each with its address; errors of the browser too. */
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
  await page.evaluate(axeSource);
  await page.evaluate(standStill);
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
        const ids = { ...world.ids, service: 'credit', publishedId: await publishedId(ground()) };
        const o = { username: visitor.username, addresses: addressesOf(visitor, ids) };
        const found = await Promise.all(looks.map((look) => sweep(browser, house, { ...o, look })));
        expect(found.flat()).toEqual([]);
      },
      240_000,
    );
  });
}
