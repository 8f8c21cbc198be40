import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { debtorOf, debtors } from './book.ts';
import { go, type Language, picture, settled } from './browser.ts';
import { textOf } from './desk.ts';
import type { Ground } from './ground.ts';
import { otherThan } from './language.ts';
import { button, confirm, dialog, factOf, inState, numberOf, numbers, write } from './screen.ts';

const words = {
  'zh-CN': {
    fit: '拟合模型',
    name: '名称',
    data: '数据',
    target: '目标列',
    folds: '交叉验证折数',
    start: '开始拟合',
    fitted: '待启用',
    records: '记录',
    bad: '坏样本',
    gini: '基尼系数',
    facts: ['流动比率', '资产负债率'],
    base: '基准分',
    own: '自己拟合的模型须由他人启用',
    activate: '启用',
    note: '说明',
    active: '使用中',
    activatedBy: (name: string) => new RegExp(`${name} 于 [\\d: -]+ 启用`),
    rated: '已评级客户',
    tooFew: '结果太少',
    retire: '停用',
    retired: '已停用',
    model: '两项比率',
    table: '历史结果.csv',
  },
  en: {
    fit: 'Fit a model',
    name: 'Name',
    data: 'Data',
    target: 'Target column',
    folds: 'Folds',
    start: 'Fit',
    fitted: 'To activate',
    records: 'Records',
    bad: 'Bad',
    gini: 'Gini',
    facts: ['Current ratio', 'Debt ratio'],
    base: 'Base',
    own: 'Your own model is for somebody else to activate',
    activate: 'Activate',
    note: 'Note',
    active: 'In use',
    activatedBy: (name: string) =>
      new RegExp(`Activated by ${name}, [A-Z][a-z]{2} \\d+, \\d{4}, \\d{2}:\\d{2}`),
    rated: 'Customers rated',
    tooFew: 'too few outcomes',
    retire: 'Retire',
    retired: 'Retired',
    model: 'Two ratios',
    table: 'outcomes.csv',
  },
} as const;

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

/**
 * A model from its table to its use, which takes a second person, and back: customers are rated by
 * one model at a time, and each walk gives them back to the shipped card.
 */
export function modelSuite(ground: () => Ground, language: Language): void {
  const w = words[language];
  // The second person.
  const v = words[otherThan(language)];
  const debtor = debtorOf('rated', language);
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

  describe(`a credit model, in ${language}`, () => {
    beforeAll(async () => {
      ({ page } = await ground().at('jinggong.credit_manager', language));
      director = (await ground().at('jinggong.director', otherThan(language))).page;
    });

    it('is fitted on a table of outcomes', async () => {
      await go(page, '/customers/models');
      await button(page, w.fit).click();
      const box = dialog(page);
      await write(box, { [w.name]: w.model, [w.data]: 'file' });
      const sheet = { name: w.table, mimeType: 'text/csv', buffer: Buffer.from(table) };
      await box.locator('input[type=file]').setInputFiles(sheet);
      await write(box, { [w.target]: 'bad', [w.folds]: '2' });
      await picture(page, `model-fit-${language}`);
      await button(box, w.start).click();
      await page.waitForURL(/\/models\/[0-9a-f-]{36}$/);
      model = new URL(page.url()).pathname;
      await inState(page, w.fitted);
    });

    it('says how good it is, on how many outcomes, and by which bins', async () => {
      await picture(page, `model-report-${language}`);
      expect(await factOf(page, w.records)).toBe('300');
      expect(await factOf(page, w.bad)).toBe(String(badCount));
      const [auc, gini] = [await factOf(page, 'AUC'), await factOf(page, w.gini)].map(numberOf);
      expect(auc).toBeGreaterThan(0.75);
      expect(auc).toBeLessThan(1);
      expect(gini).toBeCloseTo(2 * (auc ?? 0) - 1, 2);
      const parts = page.locator('rc-model-bins details');
      expect(await parts.count()).toBe(2);
      for (const name of w.facts) {
        expect(await parts.filter({ hasText: name }).count()).toBe(1);
      }
      const bins = parts.first().locator('tbody');
      expect(sum(await numbers(bins.locator('td:nth-child(2)')))).toBe(300);
      expect(sum(await numbers(bins.locator('td:nth-child(3)')))).toBe(badCount);
    });

    it('is not for its maker to activate; another person does', async () => {
      await page.getByText(w.own).waitFor();
      expect(await button(page, w.activate).count()).toBe(0);
      await go(director, model);
      await button(director, v.activate).click();
      await write(dialog(director), { [v.note]: '两折结果相近' });
      await picture(director, `model-activate-${language}`);
      await confirm(director, v.activate);
      await inState(director, v.active);
      const { name } = ground().world.people.director;
      await director.getByText(v.activatedBy(name)).waitFor();
    });

    it('rates the customers from then on, by its two facts alone', async () => {
      await ratedBy(model.split('/').at(-1) ?? '');
      await picture(page, `model-rating-${language}`);
      const lines = page.locator('rc-reasons-table table');
      const names = await lines.locator('tbody th').allInnerTexts();
      const [base = '', ...facts] = names;
      expect(base).toContain(w.base);
      expect(facts.length).toBeGreaterThan(0);
      for (const fact of facts) expect(fact).toMatch(new RegExp(w.facts.join('|')));
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
      const tile = page.locator('rc-stat-tile').filter({ hasText: w.rated });
      const rated = await numbers(tile.locator('.value'));
      expect(rated[0]).toBeGreaterThanOrEqual(debtors.length);
      await page.getByText(w.tooFew).waitFor();
    });

    it('gives way to the shipped card when it is retired', async () => {
      await button(director, v.retire).click();
      await confirm(director, v.retire);
      await inState(director, v.retired);
      await ratedBy('expert');
      const names = await page.locator('rc-reasons-table tbody th').allInnerTexts();
      const ofModel = new RegExp([...w.facts, w.base].join('|'));
      expect(names.filter((one) => ofModel.test(one))).not.toEqual(names);
    });
  });
}
