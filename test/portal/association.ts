import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { go, type Language, picture, settled } from './browser.ts';
import { dayAgo, today } from './desk.ts';
import type { Ground } from './ground.ts';
import { dayIn, otherThan } from './language.ts';
import { daysAgo, publishedLongAgo, subjects } from './published.ts';
import { button, confirm, dialog, factOf, inState, rowsWith, write } from './screen.ts';

const words = {
  'zh-CN': {
    published: '已公布',
    toReview: '待年度复核',
    row: ['多次违约', '10 万–50 万'],
    expires: '期满',
    publishedOn: '公布',
    reporter: '上报成员',
    association: '协会',
    pillars: '证据标准',
    met: '齐全',
    decision: '两人决定',
    votes: '已表决 2 / 2',
    review: '年度复核',
    outcome: '结论',
    reason: '理由',
    save: '保存',
    reviewed: '年度复核',
    reviewDue: '下次复核',
    remove: '移除',
    note: '说明',
    isRemoved: '已移除',
    removed: '移除',
    settled: '已和解：',
    purpose: '用途',
    code: '统一社会信用代码',
    ask: '查询',
    clear: '未列入',
  },
  en: {
    published: 'Published',
    toReview: 'Yearly review',
    row: ['Repeated breach', '100,000–500,000'],
    expires: 'Expires',
    publishedOn: 'Published',
    reporter: 'Reported by',
    association: 'Association',
    pillars: 'Standard of evidence',
    met: 'Met',
    decision: 'Decision of two',
    votes: '2 of 2 votes',
    review: 'Yearly review',
    outcome: 'Outcome',
    reason: 'Reason',
    save: 'Save',
    reviewed: 'reviewed',
    reviewDue: 'Next review',
    remove: 'Remove',
    note: 'Note',
    isRemoved: 'Removed',
    removed: 'removed',
    settled: 'Settled: ',
    purpose: 'Purpose',
    code: 'Unified social credit code',
    ask: 'Look up',
    clear: 'Not listed',
  },
} as const;

const reason = '行为仍未改正';
const note = '双方已签和解协议';

/** Of the history of a listing, the lines that say this. */
async function historyOf(page: Page, what: string): Promise<string[]> {
  await settled(page);
  return page.locator('aside ol li').filter({ hasText: what }).allInnerTexts();
}

/** What is published, as stewards keep it: the list, a listing, its year, its end. */
export function associationSuite(ground: () => Ground, language: Language): void {
  const w = words[language];
  const { name, creditCode } = subjects[language].reviewed;
  let page: Page;
  let listing = '';

  describe(`a steward of an association, a year after the publication, in ${language}`, () => {
    beforeAll(async () => {
      const listings = await publishedLongAgo(ground());
      listing = `/blacklist/${listings.get(name) ?? ''}`;
      ({ page } = await ground().at('xiehui.steward', language));
    });

    it('finds it in the list of what is published, and who reported it', async () => {
      const { creditManager: reporter } = ground().world.people;
      await go(page, '/blacklist?state=LISTING_STATE_PUBLISHED');
      const row = rowsWith(page, name);
      const text = await row.innerText();
      for (const part of [w.published, w.toReview, ...w.row, reporter.orgName]) {
        expect(text).toContain(part);
      }
      await picture(page, `association-list-${language}`);
      const rows = page.locator('rc-data-table tbody tr');
      const chip = page.locator('rc-chip', { hasText: w.published });
      expect(await rows.filter({ has: chip }).count()).toBe(await rows.count());
      await row.getByRole('link', { name }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
    });

    it('reads what proves it, who decided it and when it ends', async () => {
      const { creditManager: reporter, steward, reviewer } = ground().world.people;
      await settled(page);
      await picture(page, `association-listing-${language}`);
      const expiresOn = Temporal.PlainDate.from(dayAgo(daysAgo.ended)).add({ years: 3 });
      expect(await factOf(page, w.expires)).toBe(dayIn(language, expiresOn.toString()));
      expect(await factOf(page, w.publishedOn)).toBe(dayIn(language, dayAgo(daysAgo.decided)));
      expect(await factOf(page, w.reporter)).toBe(reporter.orgName);
      expect(await factOf(page, w.association)).toBe(reviewer.orgName);
      const pillars = page.getByRole('list', { name: w.pillars }).getByRole('listitem');
      const met = page.getByText(w.met, { exact: true });
      expect(await pillars.filter({ has: met }).count()).toBe(4);
      const decision = page.locator('section').filter({ hasText: w.decision });
      const decided = await decision.innerText();
      for (const part of [w.votes, steward.name, reviewer.name]) {
        expect(decided).toContain(part);
      }
    });

    it('keeps it at the yearly review for another year', async () => {
      await go(page, '/review');
      await page.locator('rc-stat-tile').filter({ hasText: w.toReview }).click();
      await rowsWith(page, name).getByRole('link', { name }).click();
      await button(page, w.review).click();
      await write(dialog(page), { [w.outcome]: 'REVIEW_OUTCOME_KEEP', [w.reason]: reason });
      await picture(page, `association-review-${language}`);
      await confirm(page, w.save);
      await button(page, w.review).waitFor({ state: 'detached' });
      expect(await historyOf(page, w.reviewed)).toEqual([expect.stringContaining(reason)]);
      const next = today.add({ years: 1 }).toString();
      expect(await factOf(page, w.reviewDue)).toBe(dayIn(language, next));
      await go(page, '/review?step=review');
      expect(await rowsWith(page, name).count()).toBe(0);
    });

    it('removes it with the reason, and members are not warned any more', async () => {
      await go(page, listing);
      await button(page, w.remove).click();
      await write(dialog(page), { [w.reason]: 'REMOVAL_REASON_SETTLED', [w.note]: note });
      await picture(page, `association-remove-${language}`);
      await confirm(page, w.remove);
      await inState(page, w.isRemoved);
      const line = expect.stringContaining(`${w.settled}${note}`);
      expect(await historyOf(page, w.removed)).toEqual([line]);
      const member = (await ground().at('haishu.director', language)).page;
      await go(member, '/blacklist/screening');
      await write(member, { [w.purpose]: 'PURPOSE_ONBOARDING', [w.code]: creditCode });
      await button(member, w.ask).click();
      const answer = member.locator('rc-answer-view');
      await answer.filter({ hasText: w.clear }).waitFor();
      expect(await answer.locator('li').count()).toBe(0);
    });

    it('leaves the reporter to read why, in the other language too', async () => {
      const other = otherThan(language);
      const v = words[other];
      const reporter = (await ground().at('jinggong.credit_manager', other)).page;
      await go(reporter, '/blacklist');
      await rowsWith(reporter, name).filter({ hasText: v.isRemoved }).getByRole('link').click();
      await inState(reporter, v.isRemoved);
      const line = expect.stringContaining(`${v.settled}${note}`);
      expect(await historyOf(reporter, v.removed)).toEqual([line]);
    });
  });
}
