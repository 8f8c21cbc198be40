import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { debtorOf } from './book.ts';
import { go, type Language, picture, settled } from './browser.ts';
import type { Ground } from './ground.ts';
import { button, confirm, dialog, numberOf, numbers, write } from './screen.ts';

const words = {
  'zh-CN': {
    search: '名称、编号或信用代码',
    taxes: '欠税',
    paid: '逾期款全部付清',
    ask: '试算',
    settle: '处理',
    settleNote: '处理说明',
    admission: '申请准入',
    customerKind: '客户来源',
    newName: '客户名称',
    limit: '申请额度',
    note: '说明',
    own: '自己提出的申请须由他人决定',
    decide: '决定',
    decision: '决定',
    reason: '决定理由',
    admit: '准入',
    admitted: '已准入',
    company: '泰州新科传动设备有限公司',
  },
  en: {
    search: 'Name, number or credit code',
    taxes: 'Tax arrears',
    paid: 'Everything overdue were paid',
    ask: 'Try',
    settle: 'Settle',
    settleNote: 'What was done',
    admission: 'Ask for admission',
    customerKind: 'Customer is',
    newName: 'Name of the customer',
    limit: 'Limit asked',
    note: 'Note',
    own: 'Your own request is for somebody else to decide',
    decide: 'Decide',
    decision: 'Decision',
    reason: 'Reason',
    admit: 'Admit',
    admitted: 'Admitted',
    company: '扬州明锐仪表有限公司',
  },
} as const;

/** The customer's list, its rating and why, what would change it, its warnings, an admission. */
export function creditSuite(ground: () => Ground, language: Language): void {
  const w = words[language];
  const debtor = debtorOf('rated', language);
  let page: Page;

  async function findsCustomer(): Promise<void> {
    await go(page, '/customers');
    await page.getByRole('searchbox', { name: w.search }).fill(debtor.name);
    const link = page.getByRole('link', { name: debtor.name });
    await link.waitFor();
    // Typing rests a moment before it is asked for.
    await page.locator('rc-data-table tbody tr').nth(1).waitFor({ state: 'detached' });
    await picture(page, `credit-list-${language}`);
    await link.click();
    await page.getByRole('heading', { level: 1, name: debtor.name }).waitFor();
  }

  describe(`a credit manager at a customer, in ${language}`, () => {
    beforeAll(async () => {
      ({ page } = await ground().at('jinggong.credit_manager', language));
    });

    it('finds it and reads why it is rated so: the lines add up to its score', async () => {
      await findsCustomer();
      const table = page.locator('rc-reasons-table table');
      await table.waitFor();
      const lines = await numbers(table.locator('tbody td:nth-last-child(2)'));
      const score = await numbers(table.locator('tfoot td:nth-last-child(2)'));
      await picture(page, `credit-rating-${language}`);
      expect(lines.length).toBeGreaterThan(6);
      expect([lines.reduce((sum, points) => sum + points, 0)]).toEqual(score);
      await table.filter({ hasText: w.taxes }).waitFor();
    });

    it('asks what would be if it paid: more points, nothing kept', async () => {
      const trial = page.locator('rc-what-if');
      await trial.getByLabel(w.paid).check();
      await button(trial, w.ask).click();
      const answer = trial.locator('.answer li');
      await answer.first().waitFor();
      await picture(page, `credit-what-if-${language}`);
      expect(numberOf(await answer.nth(1).innerText())).toBeGreaterThan(0);
    });

    it('settles its early warning, which leaves the list', async () => {
      await go(page, '/customers/warnings');
      const rows = page.locator('rc-data-table tbody tr').filter({ hasText: debtor.name });
      const warning = rows.filter({ hasText: w.taxes });
      await warning.waitFor();
      await picture(page, `credit-warnings-${language}`);
      await button(warning, w.settle).click();
      await write(dialog(page), { [w.settleNote]: '税务机关已出具完税证明' });
      await confirm(page, w.settle);
      await warning.waitFor({ state: 'detached' });
    });

    it('asks to admit a new customer, which another person decides', async () => {
      await go(page, '/customers/admissions?dialog=ask');
      await write(dialog(page), { [w.customerKind]: 'new' });
      await write(dialog(page), { [w.newName]: w.company, [w.limit]: '50000', [w.note]: '首单' });
      await picture(page, `credit-admission-ask-${language}`);
      await button(dialog(page), w.admission).click();
      await page.waitForURL(/\/admissions\/[0-9a-f-]{36}/);
      await page.getByText(w.own).waitFor();
      await picture(page, `credit-admission-${language}`);
      expect(await button(page, w.decide).count()).toBe(0);
      const director = await ground().at('jinggong.director', language);
      await go(director.page, new URL(page.url()).pathname);
      await button(director.page, w.decide).click();
      const box = dialog(director.page);
      await write(box, { [w.decision]: 'admit', [w.reason]: '现款结算过两单，信誉良好' });
      await picture(director.page, `credit-decide-${language}`);
      await confirm(director.page, w.admit);
      await director.page.locator('rc-object-header rc-chip', { hasText: w.admitted }).waitFor();
      await settled(director.page);
    });
  });
}
