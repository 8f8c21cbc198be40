import { describe, expect, it } from '@jest/globals';
import { go, type Language, picture, settled } from './browser.ts';
import type { Ground } from './ground.ts';
import { pixelsTooWide } from './in-page.ts';
import { button, dialog, numbers } from './screen.ts';

const words = {
  'zh-CN': {
    ranking: '机构排名',
    refresh: '重新计算',
    standing: '我的排名',
    place: /第 [12] 名，共 2 家/,
  },
  en: {
    ranking: 'Ranking',
    refresh: 'Make again',
    standing: 'My ranking',
    place: /place [12] of 2/,
  },
} as const;

/** The ranking as a creditor reads it, and each agency's own part of it on a phone. */
export function rankingSuite(ground: () => Ground, language: Language): void {
  const w = words[language];
  const { manager, part } =
    language === 'en'
      ? ({ manager: 'chengda.manager', part: 'second' } as const)
      : ({ manager: 'hengxin.manager', part: 'first' } as const);
  const sum = (lines: readonly number[]) =>
    Math.round(lines.reduce((all, one) => all + one, 0) * 100);

  describe(`the ranking of agencies, in ${language}`, () => {
    it('is made, and explained line by line: they add up to the score', async () => {
      const { page } = await ground().at('jinggong.director', language);
      await go(page, '/agencies');
      await page.locator('main').getByRole('link', { name: w.ranking }).first().click();
      await button(page, w.refresh).click();
      const rows = page.locator('table.board tbody tr');
      await rows.nth(1).waitFor();
      await picture(page, `ranking-${language}`);
      // Of the one that took contacts and money; the other has little to be explained.
      const { orgName } = ground().world.people.first;
      await rows.filter({ hasText: orgName }).locator('button.link').click();
      const table = dialog(page).locator('rc-score-lines table').first();
      await table.waitFor();
      const effects = table.locator('tbody td:last-child', { hasNotText: /^\s*–\s*$/ });
      const lines = await numbers(effects);
      const score = await numbers(table.locator('tfoot td:last-child'));
      await picture(page, `ranking-lines-${language}`);
      expect(lines.length).toBeGreaterThan(3);
      expect(lines[0]).toBe(50);
      expect(sum(lines)).toBe(sum(score));
      await page.keyboard.press('Escape');
    });

    it('shows an agency its own standing on a phone, and nobody else’s', async () => {
      const { page } = await ground().at(manager, language, 390);
      await go(page, '/standing');
      const own = page.locator('rc-own-standing');
      await own.getByText(w.place).first().waitFor();
      await settled(page);
      await picture(page, `ranking-standing-${language}`);
      const { first, second } = ground().world.people;
      const [mine, other] = part === 'first' ? [first, second] : [second, first];
      const text = await page.locator('main').innerText();
      expect(text).toContain(mine.orgName);
      expect(text).not.toContain(other.orgName);
      expect(await page.evaluate<number>(pixelsTooWide)).toBeLessThanOrEqual(0);
    });
  });
}
