import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { readSheet } from 'read-excel-file/node';
import { go, type Language, picture, settled } from './browser.ts';
import type { Ground } from './ground.ts';
import { lookClosely, readyToLook, widths } from './look.ts';
import { button, dialog, write } from './screen.ts';

const words = {
  'zh-CN': {
    filter: '办理',
    placed: '已委外',
    export: '导出',
    views: '视图',
    name: '视图名称',
    save: '保存当前视图',
    view: '已委外的案件',
    share: '把视图 已委外的案件 共享给团队',
    number: '案件号',
    handling: '办理',
    open: '未清',
    title: '案件',
  },
  en: {
    filter: 'Handling',
    placed: 'Placed',
    export: 'Export',
    views: 'Views',
    name: 'Name of the view',
    save: 'Save this view',
    view: 'Placed cases',
    share: 'Share view Placed cases with the team',
    number: 'Case',
    handling: 'Handling',
    open: 'Open',
    title: 'Cases',
  },
} as const;

/** Numbers of the cases on the screen, in their order, in a table or on a phone's cards. */
async function numbersOn(page: Page): Promise<string[]> {
  const notes = page.locator('rc-data-table .row-link .note');
  await notes.first().waitFor();
  return (await notes.allInnerTexts()).map((text) => text.trim());
}

/** What opens from the list's toolbar, one after the other; its filters open alike. */
async function lookAtMenus(page: Page, named: string): Promise<string[]> {
  const opens = (part: string) =>
    page.locator(`rc-data-table .bar .${part} button[aria-haspopup=dialog]:visible`);
  const menus = [opens('filters').first(), ...(await opens('tools').all())];
  const found: string[] = [];
  for (const menu of menus) {
    const name = (await menu.getAttribute('aria-label')) ?? (await menu.innerText());
    await menu.click();
    await dialog(page).waitFor();
    await settled(page);
    await picture(page, `menu-${named}-${name.trim()}`);
    found.push(...(await lookClosely(page)).map((what) => `${name}: ${what}`));
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
  }
  return found;
}

/** The rows of the file that a click hands to the browser. */
async function downloaded(page: Page, click: () => Promise<void>) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), rows: await readSheet(await download.path()) };
}

async function openMenu(page: Page, name: string): Promise<Locator> {
  await button(page.locator('rc-data-table').first(), name).click();
  const panel = dialog(page);
  await panel.waitFor();
  return panel;
}

/** A list as people filter it, take it away and pass it on to each other. */
export function listSuite(ground: () => Ground, language: Language): void {
  const w = words[language];

  describe(`the list of cases, filtered, in ${language}`, () => {
    let page: Page;
    let shown: string[];

    beforeAll(async () => {
      ({ page } = await ground().at('jinggong.director', language));
      await readyToLook(page);
      await go(page, '/cases');
      const all = await numbersOn(page);
      const panel = await openMenu(page, w.filter);
      await panel.getByLabel(w.placed, { exact: true }).check();
      await page.keyboard.press('Escape');
      await page.waitForURL(/handlings=/);
      await settled(page);
      shown = await numbersOn(page);
      expect(shown.length).toBeGreaterThan(0);
      expect(shown.length).toBeLessThan(all.length);
    });

    it('becomes a workbook with exactly its rows', async () => {
      const { name, rows } = await downloaded(page, async () => {
        const panel = await openMenu(page, w.export);
        await panel.getByRole('button', { name: /XLSX/ }).click();
      });
      const [head = [], ...lines] = rows;
      const column = (title: string) => lines.map((line) => line[head.indexOf(title)]);
      expect(name).toMatch(new RegExp(`^${w.title}-\\d{4}-\\d{2}-\\d{2}\\.xlsx$`));
      expect(column(w.number)).toEqual(shown);
      expect(new Set(column(w.handling))).toEqual(new Set([w.placed]));
      expect(column(w.open).every((amount) => Number(amount) > 0)).toBe(true);
    });

    it('is saved as a view and shared with the team', async () => {
      const panel = await openMenu(page, w.views);
      await write(panel, { [w.name]: w.view });
      await button(panel, w.save).click();
      await button(panel, w.share).click();
      await panel.locator('ul.team').getByRole('button', { name: w.view, exact: true }).waitFor();
      await page.keyboard.press('Escape');
    });

    it('has menus that are free of findings, in light and dark', async () => {
      expect(await lookAtMenus(page, `wide-${language}`)).toEqual([]);
    });

    it('opens for a colleague on a phone as it was shared', async () => {
      const { at } = ground();
      const colleague = (await at('jinggong.supervisor', language, widths.phone)).page;
      await readyToLook(colleague);
      await go(colleague, '/cases');
      expect(await lookAtMenus(colleague, `phone-${language}`)).toEqual([]);
      const panel = await openMenu(colleague, w.views);
      await panel.locator('ul.team').getByRole('button', { name: w.view, exact: true }).click();
      await colleague.waitForURL(/handlings=HANDLING_PLACED/);
      await settled(colleague);
      await picture(colleague, `view-shared-${language}`);
      expect(await numbersOn(colleague)).toEqual(shown);
    });
  });
}
