import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { Language } from './browser.ts';
import { axeFindings, pixelsTooWide, standStill } from './in-page.ts';

/** How a screen is looked at: what axe finds, words that are keys, phones that scroll sideways. */

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Narrower than this is a phone; on it 390 CSS pixels are usual. */
export const widths = { wide: 1280, phone: 390 } as const;

export type Look = { language: Language; width: keyof typeof widths };

type Scheme = 'light' | 'dark';

/**
 * Keys that nobody has put into words look like `CASE_STATE_OPEN`, `tax_arrears`, `problem.reason`
 * or `{count}`; a login, `jinggong.credit_manager`, is none.
 */
const keys = /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|(?<![.\w])[a-z]+_[a-z_0-9]+\b|\{\w+\}/g;

/** Columns of the file for bulk screening, and names that the platform's people look for. */
const known: ReadonlySet<string> = new Set([
  'credit_code',
  'id_number',
  'consent_reference',
  'event_is_malformed',
  'run_schedule',
]);

async function wrongWords(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText();
  const found = [...text.matchAll(keys)].map(([word]) => word).filter((word) => !known.has(word));
  return found.map((word) => `says ${word}`);
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

/** Has to be done once to a page before it is looked at. */
export async function readyToLook(page: Page): Promise<void> {
  await page.evaluate(axeSource);
  await page.evaluate(standStill);
}

/** A page of many. Wide screens in both schemes, the second for its colours; phones in the dark. */
export async function lookAt(page: Page, { width }: Look): Promise<string[]> {
  const words = await wrongWords(page);
  if (width === 'phone') {
    return [...words, ...(await scrolls(page)), ...(await seen(page, 'dark', 'all'))];
  }
  const light = await seen(page, 'light', 'all');
  return [...words, ...light, ...(await seen(page, 'dark', 'colours'))];
}

/** What stands open on a page, in both schemes at every width. The page is left in the light. */
export async function lookClosely(page: Page): Promise<string[]> {
  const words = [...(await wrongWords(page)), ...(await scrolls(page))];
  const dark = await seen(page, 'dark', 'colours');
  return [...words, ...dark, ...(await seen(page, 'light', 'all'))];
}
