import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findKeycloak } from '../../scripts/machine/keycloak-dist.ts';
import { arrive, enter, type Language, picture } from './browser.ts';
import type { Ground } from './ground.ts';

const say = (words: string) => void process.stderr.write(`${words}\n`);
const tools = join(import.meta.dirname, '..', '..', '.data', 'tools');

/**
 * The real Keycloak signs people in when `RECOURSE_PORTAL_KEYCLOAK=1` asks for it, which takes some
 * minutes more; the suite of tokens runs on it in any case. Else in words why it does not.
 */
const found =
  process.env['RECOURSE_PORTAL_KEYCLOAK'] === '1'
    ? await findKeycloak({ tools, given: process.env, say })
    : { why: 'RECOURSE_PORTAL_KEYCLOAK=1 asks for it' };

export const isReal = 'dist' in found;

/** Says loudly that the embedded provider signs people in in this run. */
export function keycloakSuite(): void {
  if (!('why' in found)) return;
  const { why } = found;
  say(
    `\nSKIPPED: the portal's journeys on a real Keycloak, the embedded provider is used: ${why}\n`,
  );
  describe('A real Keycloak', () => {
    it('is left out for a reason that says what can be done', () => {
      expect(why).toMatch(/RECOURSE_\w+=[01]|needs Java|Maven|mvn|KEYCLOAK_DIST|failed/);
    });
  });
}

const words = {
  'zh-CN': { account: '账号', signOut: '退出登录' },
  en: { account: 'Account', signOut: 'Sign out' },
} as const;

/** Signing in and out by the provider's pages, whichever provider it is. */
export function signInSuite(ground: () => Ground, language: Language): void {
  const w = words[language];
  const asked = (username: string) => ({ username, language, address: ground().house.address });

  const provider = isReal ? 'a real Keycloak' : 'the embedded provider';
  describe(`the sign-in with ${provider}, in ${language}`, () => {
    it('refuses a wrong password, takes the right one, and lets out for good', async () => {
      const { browser, house } = ground();
      const o = { ...asked('xiehui.steward'), password: house.password };
      const { page, context } = await arrive(browser, o);
      await enter(page, { username: o.username, password: 'Wrong-Horse-2026' });
      await page.waitForSelector('#username[aria-invalid=true]');
      await picture(page, `sign-in-refused-${language}`);
      await enter(page, o);
      // The association's people begin at what waits for their review.
      await page.waitForURL(/\/review$/);
      await page.getByRole('button', { name: w.account }).click();
      await page.getByRole('button', { name: w.signOut }).click();
      await page.waitForSelector('#username');
      await page.goto(`${house.address}/review`);
      await page.waitForSelector('#username');
      await context.close();
    });
  });
}
