import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Where screenshots of the journey go, when they are asked for. */
const pictures = process.env['RECOURSE_SCREENSHOTS'];

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

/** A person at a screen: signed in, with the errors their browser reported. */
export type Person = { page: Page; context: BrowserContext; errors: string[] };

export type PersonOptions = {
  address: string;
  username: string;
  password: string;
  language?: 'zh-CN' | 'en';
  width?: number;
};

/** Signs a person in through the provider's own page. */
export async function signIn(browser: Browser, o: PersonOptions): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width: o.width ?? 1280, height: 900 },
    locale: o.language ?? 'zh-CN',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(o.address);
  await page.fill('input[name=username]', o.username);
  await page.fill('input[name=password]', o.password);
  await page.press('input[name=password]', 'Enter');
  await page.waitForSelector('h1');
  return { page, context, errors };
}

/** Keeps a picture of what stands on the screen, when pictures are wanted. */
export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
