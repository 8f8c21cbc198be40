import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { debtorOf, debtors } from './book.ts';
import { go, picture, settled } from './browser.ts';
import { textOf } from './desk.ts';
import type { Ground } from './ground.ts';
import { button, confirm, dialog, factOf, inState, numberOf, numbers, write } from './screen.ts';

/** Outcomes that mostly follow two facts which every customer's file can answer. */
const outcomes = Array.from({ length: 300 }, (_none, row) => {
  const ratio = ((row * 37) % 100) / 40;
  const debt = ((row * 53) % 100) / 100;
  // No hundred rows are like another.
  const chance = ((row * 29 + Math.floor(row / 100) * 41) % 100) / 100;
  return { ratio, debt, isBad: debt * 2 - ratio + chance > 0.7 };
});

const table = [
  'current_ratio,debt_ratio,bad',
  ...outcomes.map(({ ratio, debt, isBad }) => `${ratio},${debt},${isBad ? 1 : 0}`),
].join('\n');

const badCount = outcomes.filter(({ isBad }) => isBad).length;

const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);

/** A model from its table to its use, which takes a second person, and back. */
export function modelSuite(ground: () => Ground): void {
  const debtor = debtorOf('rated', 'en');
  let page: Page;
  let director: Page;
  let model = '';

  /** Waits until the customer is rated anew, by a model or by the shipped card. */
  async function ratedBy(modelId: string): Promise<void> {
    const { people, files } = ground().world;
    const { customerId = '' } = files.get(debtor.name) ?? {};
    const at = `/v1/customers/${customerId}/rating`;
    await people.creditManager.until(at, ({ rating }) => textOf(rating?.['modelId']) === modelId);
    await go(page, `/customers/${customerId}`);
    await settled(page);
  }

  describe('a credit model', () => {
    beforeAll(async () => {
      ({ page } = await ground().at('jinggong.credit_manager', 'en'));
      director = (await ground().at('jinggong.director', 'zh-CN')).page;
    });

    it('is fitted on a table of outcomes', async () => {
      await go(page, '/customers/models');
      await button(page, 'Fit a model').click();
      const box = dialog(page);
      await write(box, { Name: 'Two ratios', Data: 'file' });
      const sheet = { name: 'outcomes.csv', mimeType: 'text/csv', buffer: Buffer.from(table) };
      await box.locator('input[type=file]').setInputFiles(sheet);
      await write(box, { 'Target column': 'bad', Folds: '2' });
      await picture(page, 'model-fit');
      await button(box, 'Fit').click();
      await page.waitForURL(/\/models\/[0-9a-f-]{36}$/);
      model = new URL(page.url()).pathname;
      await inState(page, 'To activate');
    });

    it('says how good it is, on how many outcomes, and by which bins', async () => {
      await picture(page, 'model-report');
      expect(await factOf(page, 'Records')).toBe('300');
      expect(await factOf(page, 'Bad')).toBe(String(badCount));
      const [auc, gini] = [await factOf(page, 'AUC'), await factOf(page, 'Gini')].map(numberOf);
      expect(auc).toBeGreaterThan(0.75);
      expect(auc).toBeLessThan(1);
      expect(gini).toBeCloseTo(2 * (auc ?? 0) - 1, 2);
      const parts = page.locator('rc-model-bins details');
      expect(await parts.count()).toBe(2);
      for (const name of ['Current ratio', 'Debt ratio']) {
        expect(await parts.filter({ hasText: name }).count()).toBe(1);
      }
      const bins = parts.first().locator('tbody');
      expect(sum(await numbers(bins.locator('td:nth-child(2)')))).toBe(300);
      expect(sum(await numbers(bins.locator('td:nth-child(3)')))).toBe(badCount);
    });

    it('is not for its maker to activate; another person does', async () => {
      await page.getByText('Your own model is for somebody else to activate').waitFor();
      expect(await button(page, 'Activate').count()).toBe(0);
      await go(director, model);
      await button(director, '启用').click();
      await write(dialog(director), { 说明: '两折结果相近' });
      await picture(director, 'model-activate');
      await confirm(director, '启用');
      await inState(director, '使用中');
      const { name } = ground().world.people.director;
      await director.getByText(new RegExp(`${name} 于 [\\d: -]+ 启用`)).waitFor();
    });

    it('rates the customers from then on, by its two facts alone', async () => {
      await ratedBy(model.split('/').at(-1) ?? '');
      await picture(page, 'model-rating');
      const lines = page.locator('rc-reasons-table table');
      const names = await lines.locator('tbody th').allInnerTexts();
      const [base = '', ...facts] = names;
      expect(base).toContain('Base');
      expect(facts.length).toBeGreaterThan(0);
      for (const fact of facts) expect(fact).toMatch(/Current ratio|Debt ratio/);
      const points = await numbers(lines.locator('tbody td:nth-last-child(2)'));
      expect([sum(points)]).toEqual(await numbers(lines.locator('tfoot td:nth-last-child(2)')));
    });

    it('is watched while it is in use', async () => {
      const { creditManager } = ground().world.people;
      await creditManager.until(
        `/v1/credit-models/${model.split('/').at(-1) ?? ''}/monitoring`,
        (json) => Number(textOf(json['ratedCount'])) >= debtors.length,
      );
      await go(page, model);
      const tile = page.locator('rc-stat-tile').filter({ hasText: 'Customers rated' });
      const rated = await numbers(tile.locator('.value'));
      expect(rated[0]).toBeGreaterThanOrEqual(debtors.length);
      await page.getByText('too few outcomes').waitFor();
    });

    it('gives way to the shipped card when it is retired', async () => {
      await button(director, '停用').click();
      await confirm(director, '停用');
      await inState(director, '已停用');
      await ratedBy('expert');
      const names = await page.locator('rc-reasons-table tbody th').allInnerTexts();
      expect(names.filter((one) => /Current ratio|Debt ratio|Base/.test(one))).not.toEqual(names);
    });
  });
}
