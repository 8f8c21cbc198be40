import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@recourse/kit/eventually.ts';
import type { Page } from 'playwright-core';
import { debtorOf } from './book.ts';
import { go, type Person, picture, settled } from './browser.ts';
import { dayAgo } from './desk.ts';
import type { Ground } from './ground.ts';
import { button, confirm, dialog, factOf, numberOf, numbers, rowsWith, write } from './screen.ts';

const act = '补正起诉材料';
const dueDay = dayAgo(-12);
const hearing = { from: dayAgo(-9), to: dayAgo(-23), reason: '法官另有庭审' };
const struck = '对方否认签字';

/** How many days later the second day is. */
function daysFrom(first: string, second: string): number {
  const from = Temporal.PlainDate.from(first);
  return from.until(Temporal.PlainDate.from(second), { largestUnit: 'day' }).days;
}

/** Days that a court waits for, and the day on which a debt is out of time. */
export function courtSuite(ground: () => Ground): void {
  const sued = debtorOf('kept', 'zh-CN');
  let page: Page;
  let director: Person;

  const cardOf = (on: Page, title: string) =>
    on.locator('rc-deadline-card').filter({ hasText: title });
  const dayOf = (card: ReturnType<typeof cardOf>) => card.locator('strong').innerText();

  /** The figures of the line above the board: open ones, and those to be confirmed. */
  async function counts(): Promise<number[]> {
    await settled(director.page);
    const lead = director.page.getByText(/^\s*\d+ open, \d+ to be confirmed\s*$/);
    return [...(await lead.innerText()).matchAll(/\d+/g)].map(([digits]) => Number(digits));
  }

  /** Writes the second person's own day into the open dialog and hands it in. */
  async function hands(day: string): Promise<void> {
    await write(dialog(director.page), { 'The day you computed': day });
    await button(dialog(director.page), 'Confirm').click();
  }

  describe('the days of a matter in court', () => {
    beforeAll(async () => {
      ({ page } = await ground().at('jinggong.legal_officer', 'zh-CN'));
      director = await ground().at('jinggong.director', 'en');
    });

    it('are told by the legal officer, who cannot confirm a fatal one alone', async () => {
      await go(page, '/litigation');
      await rowsWith(page, sued.name).getByRole('link').first().click();
      await page.getByRole('tab', { name: '期限与庭审' }).click();
      await button(page, '添加期限').click();
      const box = dialog(page);
      await write(box, { 名称: act, 到期日: dueDay });
      await box.getByLabel('逾期即丧失权利').check();
      await write(box, { 逾期后果: '按撤回起诉处理' });
      await picture(page, 'court-deadline');
      await confirm(page, '添加期限');
      const card = cardOf(page, act);
      await card.filter({ hasText: '须由另一人复核' }).waitFor();
      const text = await card.innerText();
      for (const part of [dueDay, '还有 12 天', '失权', '按撤回起诉处理']) {
        expect(text).toContain(part);
      }
      expect(await card.getByRole('button', { name: /^复核/ }).count()).toBe(0);
    });

    it('are computed by a second person, and another day is refused', async () => {
      await go(director.page, '/litigation/deadlines');
      await cardOf(director.page, act)
        .getByRole('button', { name: /^Confirm/ })
        .click();
      const refused = director.page.waitForEvent('console', (one) => one.type() === 'error');
      await hands(dayAgo(-13));
      await dialog(director.page).getByText('The recorded day differs.').waitFor();
      await picture(director.page, 'court-refused');
      // The browser notes every refusal; this one is what is asked for here.
      await refused;
      expect(director.errors.splice(0)).toEqual([expect.stringContaining(':confirm')]);
    });

    it('are confirmed by the same day, and one less waits for it', async () => {
      const [open = 0, unconfirmed = 0] = await counts();
      await hands(dueDay);
      await dialog(director.page).waitFor({ state: 'detached' });
      const card = cardOf(director.page, act);
      const { name } = ground().world.people.director;
      await card.filter({ hasText: `Confirmed by ${name}` }).waitFor();
      await picture(director.page, 'court-confirmed');
      await eventually(async () => expect(await counts()).toEqual([open, unconfirmed - 1]));
      expect(await card.getByRole('button', { name: /^Confirm/ }).count()).toBe(0);
    });

    it('move with the hearing that they are counted from', async () => {
      const card = cardOf(page, '法院通知开庭');
      const before = await dayOf(card);
      // 民事诉讼法 art. 139: three days before, earlier where that is a day of rest.
      expect(daysFrom(before, hearing.from)).toBeGreaterThanOrEqual(3);
      await button(page, `改期 ${hearing.from} 09:00`).click();
      await write(dialog(page), { 日期: hearing.to, 时间: '14:30', 原因: hearing.reason });
      await picture(page, 'court-postpone');
      await confirm(page, '改期');
      const row = rowsWith(page, `${hearing.to} 14:30`);
      await row.filter({ hasText: `原为 ${hearing.from} 09:00：${hearing.reason}` }).waitFor();
      await card.filter({ hasText: `重新计算过 1 次，原为 ${before}` }).waitFor();
      const after = await dayOf(card);
      expect(daysFrom(after, hearing.to)).toBeGreaterThanOrEqual(3);
      expect(daysFrom(before, after)).toBeGreaterThan(0);
      await picture(page, 'court-postponed');
    });
  });

  describe('the limitation of a debt', () => {
    const debtor = debtorOf('kept', 'en');
    const due = dayAgo(debtor.daysOverdue);
    const on = dayAgo(2);
    let expiresOn = '';

    const nextAct = () =>
      page.locator('rc-clock-cards section').filter({ hasText: '成本最低的下一步' }).innerText();

    beforeAll(async () => {
      ({ page } = await ground().at('jinggong.legal_officer', 'zh-CN'));
    });

    it('ends three years after the oldest document was due', async () => {
      await go(page, '/litigation/limitation');
      await rowsWith(page, debtor.name).getByRole('link', { name: debtor.name }).click();
      await page.getByRole('heading', { level: 1, name: debtor.name }).waitFor();
      await settled(page);
      await picture(page, 'limitation');
      expect(numberOf(await factOf(page, '未清'))).toBe(debtor.yuan);
      expiresOn = await factOf(page, '届满');
      // 民法典 art. 188, 203: a day of rest moves the end on.
      const end = Temporal.PlainDate.from(due).add({ years: 3 });
      expect(daysFrom(end.toString(), expiresOn)).toBeGreaterThanOrEqual(0);
      expect(daysFrom(end.toString(), expiresOn)).toBeLessThan(12);
      const documents = rowsWith(page, `${debtor.number}-A`);
      expect(await documents.count()).toBe(2);
      expect(await numbers(documents.locator('td:nth-child(3)'))).toEqual([
        debtor.yuan * 0.6,
        debtor.yuan * 0.4,
      ]);
    });

    it('names what saves it cheapest, what that costs and its last day', async () => {
      const text = await nextAct();
      expect(text).toContain('向约定地址发送电子催告并留存');
      expect(text).toContain('成本 ¥0.00');
      expect(text).toContain(`最迟 ${dayBefore(expiresOn, 2)}`);
      expect(text).toContain('得到较强的证据 · 及时可行的办法中成本最低');
    });

    it('runs anew from an acknowledgement', async () => {
      await button(page, '登记事件').click();
      await write(dialog(page), { 事件: 'acknowledgement', 日期: on, 说明: '对账单签字' });
      await picture(page, 'limitation-event');
      await confirm(page, '登记事件');
      const row = rowsWith(page, '承认债务').filter({ hasText: '对账单签字' });
      await row.filter({ hasText: '中断，重新起算' }).waitFor();
      await settled(page);
      expect(await factOf(page, '最近中断')).toBe(on);
      const later = await factOf(page, '届满');
      const end = Temporal.PlainDate.from(on).add({ years: 3 });
      expect(daysFrom(end.toString(), later)).toBeGreaterThanOrEqual(0);
      expect(daysFrom(expiresOn, later)).toBeGreaterThan(0);
      expect(await nextAct()).toContain(`最迟 ${dayBefore(later, 2)}`);
      await picture(page, 'limitation-interrupted');
    });

    it('is as it was when the event is struck with a reason', async () => {
      await button(page, `剔除“承认债务” ${on}`).click();
      await write(dialog(page), { 理由: struck });
      await confirm(page, '剔除');
      await rowsWith(page, `已剔除：${struck}`).waitFor();
      await settled(page);
      expect(await factOf(page, '届满')).toBe(expiresOn);
    });
  });
}

function dayBefore(day: string, days: number): string {
  return Temporal.PlainDate.from(day).subtract({ days }).toString();
}
