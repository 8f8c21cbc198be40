import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { debtorOf } from './book.ts';
import { go, type Language, picture, settled } from './browser.ts';
import type { Ground } from './ground.ts';
import { lookClosely, readyToLook, widths } from './look.ts';
import { button, confirm, dialog, factOf, numberOf, write } from './screen.ts';

const words = {
  'zh-CN': {
    agree: '约定还款计划',
    amount: '计划金额',
    count: '期数',
    propose: '按期生成',
    share: '金额',
    short: '还差 ¥0.01',
    agrees: '与计划金额一致',
    who: '对方约定人',
    left: '未付',
    active: '进行中',
    outstanding: '书面确认待补',
    record: '登记书面确认',
    reference: '协议编号或存放处',
    cancel: '取消计划',
    reason: '理由',
    cancelled: '已取消',
    settle: '提出和解',
    less: '和解金额',
    within: '折让在政策之内',
    deeper: '折让超出政策，须上一级审批',
    waits: '待审批',
    approve: '批准',
    approved: '待付款',
    onToday: '待我审批的和解',
  },
  en: {
    agree: 'Agree a plan',
    amount: 'Amount of the plan',
    count: 'Instalments',
    propose: 'Propose instalments',
    share: 'Amount',
    short: '¥0.01 short',
    agrees: 'as the plan says',
    who: 'Agreed with',
    left: 'Left',
    active: 'Under way',
    outstanding: 'Confirmation outstanding',
    record: 'Record the confirmation',
    reference: 'Reference of the confirmation',
    cancel: 'Cancel the plan',
    reason: 'Reason',
    cancelled: 'Cancelled',
    settle: 'Propose a settlement',
    less: 'Amount to be paid',
    within: 'Within what policy suggests',
    deeper: 'Deeper than policy suggests: it needs one level more',
    waits: 'Waits for approval',
    approve: 'Approve',
    approved: 'Waits for payment',
    onToday: 'Settlements for you to decide',
  },
} as const;

/**
 * A director agrees a plan, has it confirmed in writing, cancels it and proposes a settlement
 * instead; in en on a phone.
 */
export function planSuite(ground: () => Ground, language: Language): void {
  const w = words[language];
  const width = language === 'en' ? widths.phone : widths.wide;
  let page: Page;

  describe(`a director and an instalment plan, in ${language}`, () => {
    beforeAll(async () => {
      ({ page } = await ground().at('jinggong.director', language, width));
      const { caseId } = ground().world.files.get(debtorOf('rated', language).name) ?? {};
      await readyToLook(page);
      await go(page, `/cases/${caseId}?tab=promises&dialog=plan`);
    });

    it('is proposed one, and told at once when it does not add up', async () => {
      const box = dialog(page);
      await write(box, { [w.amount]: '100000', [w.count]: '3' });
      await button(box, w.propose).click();
      const rows = box.locator('rc-form-rows');
      await rows.locator('fieldset').nth(2).waitFor();
      const sum = box.locator('.sum');
      await sum.filter({ hasText: w.agrees }).waitFor();
      await write(rows.locator('fieldset').first(), { [w.share]: '33333.32' });
      await sum.filter({ hasText: w.short }).waitFor();
      expect(await button(box, w.agree).isDisabled()).toBe(true);
      await write(rows.locator('fieldset').last(), { [w.share]: '33333.35' });
      await sum.filter({ hasText: w.agrees }).waitFor();
      await write(box, { [w.who]: '财务总监 周敏' });
      await picture(page, `plan-agree-${language}`);
      expect(await lookClosely(page)).toEqual([]);
      await confirm(page, w.agree);
    });

    it('sees what is left, records the confirmation, and cancels it with a reason', async () => {
      const plan = page.locator('rc-plans article').first();
      await plan.locator('rc-chip', { hasText: w.active }).waitFor();
      await settled(page);
      await plan.locator('rc-data-table').scrollIntoViewIfNeeded();
      await picture(page, `plan-active-${language}`);
      expect(await lookClosely(page)).toEqual([]);
      expect(numberOf((await factOf(plan, w.left)).replace('¥', ''))).toBe(100_000);
      await button(plan, w.record).click();
      await write(dialog(page), { [w.reference]: 'HK-2026-18' });
      await confirm(page, w.record);
      await plan.locator('rc-chip', { hasText: w.outstanding }).waitFor({ state: 'detached' });
      await button(plan, w.cancel).click();
      await write(dialog(page), { [w.reason]: '债务人改为一次付清' });
      await confirm(page, w.cancel);
      await plan.locator('rc-chip', { hasText: w.cancelled }).waitFor();
      await picture(page, `plan-cancelled-${language}`);
    });

    it('proposes a settlement, told what it means, that somebody else decides', async () => {
      await button(page.locator('rc-settlements'), w.settle).click();
      const box = dialog(page);
      await box.getByText(w.within).waitFor();
      await write(box, { [w.less]: '300000' });
      await box.getByText(w.deeper).waitFor();
      await write(box, { [w.reason]: '货款有争议，客户一次付清' });
      await picture(page, `settlement-propose-${language}`);
      // A phone is where it may not fit.
      if (language === 'en') expect(await lookClosely(page)).toEqual([]);
      await confirm(page, w.settle);
      const own = page.locator('rc-settlements article').first();
      await own.locator('rc-chip', { hasText: w.waits }).waitFor();
      expect(await button(own, w.approve).count()).toBe(0);
    });

    if (language === 'en') return;
    it('is followed by who may decide it, from Today', async () => {
      const { page: other } = await ground().at('jinggong.general_manager', language, width);
      await go(other, '/today');
      const card = other.locator('rc-settlements-card');
      await card.getByText(w.onToday).waitFor();
      await settled(other);
      await card.scrollIntoViewIfNeeded();
      await picture(other, `settlement-today-${language}`);
      await card.getByRole('link', { name: debtorOf('rated', language).name }).click();
      const theirs = other.locator('rc-settlements article').first();
      await button(theirs, w.approve).click();
      await confirm(other, w.approve);
      await theirs.locator('rc-chip', { hasText: w.approved }).waitFor();
      await settled(other);
      await theirs.scrollIntoViewIfNeeded();
      await picture(other, `settlement-approved-${language}`);
    });
  });
}
