import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { go, picture, settled } from './browser.ts';
import { dayAgo, runNow, today } from './desk.ts';
import type { Ground } from './ground.ts';
import { daysAgo, publishLongAgo, subjects } from './published.ts';
import { button, confirm, dialog, factOf, inState, rowsWith, write } from './screen.ts';

const reason = '行为仍未改正';
const note = '双方已签和解协议';

/** Of the history of a listing, the lines that say this. */
async function historyOf(page: Page, what: string): Promise<string[]> {
  await settled(page);
  return page.locator('aside ol li').filter({ hasText: what }).allInnerTexts();
}

/** What is published, as stewards keep it: the list, a listing, its year, its end. */
export function associationSuite(ground: () => Ground): void {
  const { name, creditCode } = subjects.reviewed;
  let page: Page;
  let listing = '';

  describe('a steward of an association, a year after the publication', () => {
    beforeAll(async () => {
      const [listingId = ''] = await publishLongAgo(ground(), [subjects.reviewed]);
      listing = `/blacklist/${listingId}`;
      await runNow(ground().house, 'blacklist', 'listing-clock');
      ({ page } = await ground().at('xiehui.steward', 'zh-CN'));
    });

    it('finds it in the list of what is published, and who reported it', async () => {
      const { creditManager: reporter } = ground().world.people;
      await go(page, '/blacklist?state=LISTING_STATE_PUBLISHED');
      const row = rowsWith(page, name);
      const text = await row.innerText();
      for (const part of ['已公布', '待年度复核', '多次违约', '10 万–50 万', reporter.orgName]) {
        expect(text).toContain(part);
      }
      await picture(page, 'association-list');
      const rows = page.locator('rc-data-table tbody tr');
      expect(await rowsWith(page, '已公布').count()).toBe(await rows.count());
      await row.getByRole('link', { name }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
    });

    it('reads what proves it, who decided it and when it ends', async () => {
      const { creditManager: reporter, steward, reviewer } = ground().world.people;
      await settled(page);
      await picture(page, 'association-listing');
      const expiresOn = Temporal.PlainDate.from(dayAgo(daysAgo.ended)).add({ years: 3 });
      expect(await factOf(page, '期满')).toBe(expiresOn.toString());
      expect(await factOf(page, '公布')).toBe(dayAgo(daysAgo.decided));
      expect(await factOf(page, '上报成员')).toBe(reporter.orgName);
      expect(await factOf(page, '协会')).toBe(reviewer.orgName);
      const pillars = page.getByRole('list', { name: '证据标准' }).getByRole('listitem');
      expect(await pillars.filter({ hasText: '齐全' }).count()).toBe(4);
      const decision = page.locator('section').filter({ hasText: '两人决定' });
      const decided = await decision.innerText();
      for (const part of ['已表决 2 / 2', steward.name, reviewer.name]) {
        expect(decided).toContain(part);
      }
    });

    it('keeps it at the yearly review for another year', async () => {
      await go(page, '/review');
      await page.locator('rc-stat-tile').filter({ hasText: '待年度复核' }).click();
      await rowsWith(page, name).getByRole('link', { name }).click();
      await button(page, '年度复核').click();
      await write(dialog(page), { 结论: 'REVIEW_OUTCOME_KEEP', 理由: reason });
      await picture(page, 'association-review');
      await confirm(page, '保存');
      await button(page, '年度复核').waitFor({ state: 'detached' });
      expect(await historyOf(page, '年度复核')).toEqual([expect.stringContaining(reason)]);
      expect(await factOf(page, '下次复核')).toBe(today.add({ years: 1 }).toString());
      await go(page, '/review?step=review');
      expect(await rowsWith(page, name).count()).toBe(0);
    });

    it('removes it with the reason, and members are not warned any more', async () => {
      await go(page, listing);
      await button(page, '移除').click();
      await write(dialog(page), { 理由: 'REMOVAL_REASON_SETTLED', 说明: note });
      await picture(page, 'association-remove');
      await confirm(page, '移除');
      await inState(page, '已移除');
      expect(await historyOf(page, '移除')).toEqual([expect.stringContaining(`已和解：${note}`)]);
      const member = (await ground().at('haishu.director', 'zh-CN')).page;
      await go(member, '/blacklist/screening');
      await write(member, { 用途: 'PURPOSE_ONBOARDING', 统一社会信用代码: creditCode });
      await button(member, '查询').click();
      const answer = member.locator('rc-answer-view');
      await answer.filter({ hasText: '未列入' }).waitFor();
      expect(await answer.locator('li').count()).toBe(0);
    });

    it('leaves the reporter to read why, in English too', async () => {
      const reporter = (await ground().at('jinggong.credit_manager', 'en')).page;
      await go(reporter, '/blacklist');
      await rowsWith(reporter, name).filter({ hasText: 'Removed' }).getByRole('link').click();
      await inState(reporter, 'Removed');
      expect(await historyOf(reporter, 'removed')).toEqual([
        expect.stringContaining(`Settled: ${note}`),
      ]);
    });
  });
}
