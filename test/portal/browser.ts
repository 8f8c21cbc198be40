import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Page,
  type Request,
} from 'playwright-core';
import { framesLater, leaveFor } from './in-page.ts';

/** Where screenshots of the journeys go, when they are asked for. */
const pictures = process.env['RECOURSE_SCREENSHOTS'];

/** Longest wait for anything on a screen: a busy machine is slow, a broken page waits for ever. */
const patienceMs = 120_000;

/** Debian's Chromium, kept from looking anywhere but at this machine. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['RECOURSE_TEST_CHROMIUM'] ?? '/usr/bin/chromium';
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, args });
}

export type Language = 'zh-CN' | 'en';

/** A person at a screen: signed in, with the errors their browser reported. */
export type Person = { page: Page; context: BrowserContext; errors: string[] };

export type PersonOptions = {
  address: string;
  username: string;
  password: string;
  language?: Language;
  /** Of the viewport in CSS pixels; 390 is a phone's. */
  width?: number;
};

/**
 * What the browser notes of an answer after which the portal asks again by itself
 * (session/api.ts). What does not pass fails the journey by what the page then shows.
 */
const isPassing = (text: string): boolean =>
  /^Failed to load resource: .* status of 50[234] /.test(text);

/** A browser of one's own at the provider's page; the embedded one has Keycloak's fields. */
export async function arrive(browser: Browser, o: PersonOptions): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width: o.width ?? 1280, height: 900 },
    locale: o.language ?? 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  watchRequests(page);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() !== 'error' || isPassing(message.text())) return;
    errors.push(`${message.text()} ${message.location().url}`);
  });
  await page.goto(o.address);
  await page.waitForSelector('#username');
  return { page, context, errors };
}

/** Writes name and password on the provider's page. */
export async function enter(page: Page, o: { username: string; password: string }): Promise<void> {
  await page.fill('#username', o.username);
  await page.fill('#password', o.password);
  await page.press('#password', 'Enter');
}

/** Signs a person in through the provider's own page. */
export async function signIn(browser: Browser, o: PersonOptions): Promise<Person> {
  const person = await arrive(browser, o);
  await enter(person.page, o);
  await person.page.waitForSelector('rc-shell h1');
  return person;
}

/** Requests of a page that have not been answered; the live stream never ends and is not one. */
const openRequests = new WeakMap<Page, Set<Request>>();

function watchRequests(page: Page): void {
  const open = new Set<Request>();
  openRequests.set(page, open);
  page.on('request', (request) => {
    if (!request.url().endsWith('/api/live')) open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
}

/**
 * Goes to an address as a link of the portal does, without loading it anew. To another page of the
 * same kind, one case to the next, a person clicks: there is nothing here to wait for.
 */
export async function go(page: Page, path: string): Promise<void> {
  const left = await page.evaluateHandle<{ isConnected: boolean } | null>(leaveFor(path));
  await page.waitForFunction((shown) => shown === null || !shown.isConnected, left);
  await left.dispose();
  if (path.includes('dialog=')) await page.waitForSelector('[role=dialog]');
  await settled(page);
}

/** Waits until the page stands: it has its heading, all its questions are answered and drawn. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('main h1');
  const open = openRequests.get(page) ?? new Set();
  do {
    while (open.size > 0) {
      const ends = ['requestfinished', 'requestfailed'] as const;
      // One may have ended between the look and the wait; then a short one looks again.
      const waits = ends.map((end) =>
        page.waitForEvent(end as 'requestfinished', { timeout: 500 }),
      );
      await Promise.any(waits).catch(() => undefined);
    }
    await page.evaluate(framesLater);
  } while (open.size > 0);
  await page.waitForSelector('[aria-busy=true]', { state: 'detached' });
}

/** Keeps a picture of what stands on the screen, when pictures are wanted. */
export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
