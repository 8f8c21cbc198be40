import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@recourse/kit/eventually.ts';
import type { Page } from 'playwright-core';
import { debtorOf, namesakeOf } from './book.ts';
import { go, type Language, picture, settled } from './browser.ts';
import { dayAgo } from './desk.ts';
import type { Ground } from './ground.ts';
import { papers } from './published.ts';
import { button, confirm, dialog, field, inState, write } from './screen.ts';

const words = {
  'zh-CN': {
    report: '上报失信',
    code: '统一社会信用代码',
    category: '失信类型',
    from: '行为起始',
    until: '行为截止',
    note: '说明',
    saveDraft: '保存草稿',
    save: '保存',
    addEvidence: '添加证据',
    evidenceKind: '证据种类',
    submit: '提交协会',
    submitted: '已提交',
    serve: '登记告知',
    toServe: '待告知',
    delivery: '送达方式',
    servedOn: '送达日期',
    noticed: '已告知',
    openDispute: '登记异议',
    ground: '理由类别',
    receivedOn: '收到日期',
    statement: '对方原文',
    objected: '异议处理中',
    answer: '答复',
    outcome: '结论',
    decide: '表决',
    reason: '理由',
    published: '已公布',
    purpose: '用途',
    name: '名称',
    ask: '查询',
    possible: '名称相近，须核实',
    verify: '请核对统一社会信用代码',
    listed: '已列入',
    clear: '未列入',
    excluded: '另有 1 条同名或近名条目，因识别码不同已排除',
  },
  en: {
    report: 'Report to blacklist',
    code: 'Unified social credit code',
    category: 'Category',
    from: 'Conduct from',
    until: 'Conduct until',
    note: 'Facts',
    saveDraft: 'Save draft',
    save: 'Save',
    addEvidence: 'Add evidence',
    evidenceKind: 'Kind',
    submit: 'Hand in',
    submitted: 'Handed in',
    serve: 'Record the notice',
    toServe: 'Party to be told',
    delivery: 'Delivered by',
    servedOn: 'Served on',
    noticed: 'Party told',
    openDispute: 'Record an objection',
    ground: 'Ground',
    receivedOn: 'Received on',
    statement: 'In their words',
    objected: 'Objected to',
    answer: 'Answer',
    outcome: 'Outcome',
    decide: 'Vote',
    reason: 'Reason',
    published: 'Published',
    purpose: 'Purpose',
    name: 'Name',
    ask: 'Look up',
    possible: 'A like name: to be verified',
    verify: 'Ask for: unified social credit code',
    listed: 'Listed',
    clear: 'Not listed',
    excluded: '1 entry of the same or a like name ruled out',
  },
} as const;

/** How long ago the listed party was told: its fifteen days to object are over. */
const toldDaysAgo = 20;

/** A member reports, stewards of the association review, another member is warned. */
export function blacklistSuite(ground: () => Ground, language: Language): void {
  const w = words[language];
  const debtor = debtorOf('listed', language);
  const at = (username: string) =>
    ground()
      .at(username, language)
      .then((one) => one.page);
  let listing = '';

  async function addPaper(page: Page, kind: (typeof papers)[number]): Promise<void> {
    await button(page, w.addEvidence).click();
    const box = dialog(page);
    await field(box, w.evidenceKind).selectOption(`EVIDENCE_KIND_${kind}`);
    const buffer = Buffer.from(`${debtor.name} ${kind}`);
    const file = {
      name: `证据${papers.indexOf(kind) + 1}.pdf`,
      mimeType: 'application/pdf',
      buffer,
    };
    await box.locator('input[type=file]').setInputFiles(file);
    await confirm(page, w.save);
  }

  async function screen(page: Page, values: Readonly<Record<string, string>>): Promise<string> {
    await write(page, { [w.purpose]: 'PURPOSE_ONBOARDING', ...values });
    await button(page, w.ask).click();
    await page.waitForSelector('rc-answer-view');
    await settled(page);
    return page.locator('rc-answer-view').innerText();
  }

  async function vote(page: Page): Promise<void> {
    await go(page, listing);
    await button(page, w.decide).click();
    await write(dialog(page), { [w.outcome]: 'yes', [w.reason]: '证据充分，程序合规' });
    await picture(page, `blacklist-vote-${language}`);
    await confirm(page, w.decide);
  }

  describe(`a blacklist and its association, in ${language}`, () => {
    beforeAll(() => ground().house.goBack(toldDaysAgo));
    afterAll(() => ground().house.goBack(0));

    it('takes the report of a member: from the case, with all four pillars', async () => {
      const page = await at('jinggong.credit_manager');
      const { caseId = '' } = ground().world.files.get(debtor.name) ?? {};
      await go(page, `/cases/${caseId}`);
      await page.getByRole('link', { name: w.report }).click();
      await field(page, w.code).fill(debtor.creditCode);
      await write(page, {
        [w.category]: 'CATEGORY_REPEATED_BREACH',
        [w.from]: dayAgo(debtor.daysOverdue),
        [w.until]: dayAgo(toldDaysAgo + 5),
        [w.note]: '多次承诺未兑现，货已签收。',
      });
      await picture(page, `blacklist-draft-${language}`);
      await button(page, w.saveDraft).click();
      await page.waitForURL(/\/blacklist\/[0-9a-f-]{36}/);
      listing = new URL(page.url()).pathname;
      await settled(page);
      for (const kind of papers) await addPaper(page, kind);
      await picture(page, `blacklist-evidence-${language}`);
      await button(page, w.submit).click();
      await confirm(page, w.submit);
      await inState(page, w.submitted);
    });

    it('is opened by a steward, who records that the party was told', async () => {
      const page = await at('xiehui.steward');
      await go(page, '/review');
      await page.locator('rc-stat-tile').filter({ hasText: w.toServe }).click();
      await page.getByRole('link', { name: debtor.name }).click();
      await button(page, w.serve).click();
      const told = { [w.delivery]: 'DELIVERY_EMS', [w.servedOn]: dayAgo(toldDaysAgo) };
      await write(dialog(page), told);
      await picture(page, `blacklist-notice-${language}`);
      await confirm(page, w.save);
      await inState(page, w.noticed);
    });

    it('records an objection, which has to be answered in writing', async () => {
      const page = await at('xiehui.steward');
      await button(page, w.openDispute).click();
      await write(dialog(page), {
        [w.ground]: 'DISPUTE_GROUND_NOT_OWED',
        [w.receivedOn]: dayAgo(toldDaysAgo),
        [w.statement]: '货物存在质量问题，已书面通知供方。',
      });
      await confirm(page, w.save);
      await inState(page, w.objected);
      expect(await button(page, w.decide).count()).toBe(0);
      await button(page.locator('rc-dispute-thread'), w.answer).click();
      const outcome = 'DISPUTE_OUTCOME_REJECTED';
      await write(dialog(page), { [w.outcome]: outcome, [w.answer]: '签收单与检验单齐全。' });
      await picture(page, `blacklist-answer-${language}`);
      await confirm(page, w.answer);
      await inState(page, w.noticed);
    });

    it('publishes it when two stewards agree after fifteen days', async () => {
      await ground().house.goBack(0);
      const first = await at('xiehui.steward');
      await go(first, '/review');
      await vote(first);
      await inState(first, w.noticed);
      expect(await button(first, w.decide).count()).toBe(0);
      const second = await at('xiehui.reviewer');
      await vote(second);
      await inState(second, w.published);
      await picture(second, `blacklist-published-${language}`);
    });

    it('warns another member: by name to be verified, by its code found', async () => {
      const page = await at('haishu.director');
      await go(page, '/blacklist/screening');
      // The index of names is at most a second behind.
      await eventually(async () => {
        const byName = await screen(page, { [w.name]: debtor.name });
        expect(byName).toContain(w.possible);
        expect(byName).toContain(w.verify);
      });
      await picture(page, `blacklist-possible-${language}`);
      const byCode = await screen(page, { [w.code]: debtor.creditCode });
      await picture(page, `blacklist-listed-${language}`);
      expect(byCode).toContain(w.listed);
      expect(byCode).not.toContain(w.verify);
    });

    it('does not hurt a namesake, which has another code', async () => {
      const page = await at('haishu.director');
      const { name, creditCode } = namesakeOf(debtor);
      const found = await screen(page, { [w.name]: name, [w.code]: creditCode });
      await picture(page, `blacklist-namesake-${language}`);
      expect(found).toContain(w.clear);
      expect(found).toContain(w.excluded);
      expect(await page.locator('rc-answer-view li').count()).toBe(0);
    });
  });
}
