import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { debtorOf } from './book.ts';
import { go, type Language, picture, settled } from './browser.ts';
import { dayAgo } from './desk.ts';
import type { Ground } from './ground.ts';
import { button, confirm, dialog, numbers, write } from './screen.ts';

const words = {
  'zh-CN': {
    sue: '起诉',
    province: '法院所在省份',
    open: '新建诉讼案',
    begin: '启动程序',
    procedure: '程序',
    court: '法院',
    startedOn: '开始日期',
    move: '推进',
    stage: '进入阶段',
    on: '日期',
    served: '已送达',
    month: '30 天内',
    calendar: '日历',
    nextMonth: '下个月',
    claimed: '标的额',
    calculate: '计算',
    judgmentDebt: '生效文书确定的金钱债务',
    performBy: '履行期最后一日',
    until: '计至',
    principal: '本金',
    from: '起算日',
    rate: '利率',
    fixed: '年利率',
    draw: '生成文书',
    kind: '种类',
    facts: '事实与理由',
    download: '下载',
    fees: ['案件受理费', '支付令申请费', '执行申请费', '保全申请费'],
  },
  en: {
    sue: 'Sue',
    province: 'Province of the court',
    open: 'Open a matter',
    begin: 'Begin a procedure',
    procedure: 'Procedure',
    court: 'Court',
    startedOn: 'Begun on',
    move: 'Move on',
    stage: 'To stage',
    on: 'Day',
    served: 'Served',
    month: 'Within 30 days',
    calendar: 'Calendar',
    nextMonth: 'Next month',
    claimed: 'Amount claimed',
    calculate: 'Calculate',
    judgmentDebt: 'Judgment debt',
    performBy: 'Last day to perform',
    until: 'Until',
    principal: 'Principal',
    from: 'From',
    rate: 'Rate',
    fixed: 'Yearly rate',
    draw: 'Draw up a document',
    kind: 'Kind',
    facts: 'Facts and grounds',
    download: 'Download',
    fees: ['Acceptance fee', 'Payment-order fee', 'Enforcement fee', 'Preservation fee'],
  },
} as const;

/** Vectors of legal.md 2.1 and 2.2: acceptance, payment order, enforcement, preservation. */
const vectors = {
  'zh-CN': ['500000', [8_800, 2_933.33, 7_400, 3_020]],
  en: ['1000000', [13_800, 4_600, 12_400, 5_000]],
} as const;

const calculators = {
  fees: ['fees', 'rc-fees-calculator'],
  interest: ['interest', 'rc-interest-calculator'],
  double: ['double', 'rc-double-interest-calculator'],
} as const;

type Calculator = keyof typeof calculators;

/** The text of `word/document.xml` of a DOCX, which is a ZIP archive. */
function textOf(docx: Buffer): string {
  const name = 'word/document.xml';
  const entry = docx.indexOf('PK\u0001\u0002');
  for (let at = entry; docx.readUInt32LE(at) === 0x02014b50;) {
    const lengths = [28, 30, 32].map((offset) => docx.readUInt16LE(at + offset));
    const [nameLength = 0, extra = 0, comment = 0] = lengths;
    if (docx.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const local = docx.readUInt32LE(at + 42);
      const from = local + 30 + docx.readUInt16LE(local + 26) + docx.readUInt16LE(local + 28);
      const packed = docx.subarray(from, from + docx.readUInt32LE(at + 20));
      return inflateRawSync(packed)
        .toString('utf8')
        .replaceAll(/<[^>]+>/g, '');
    }
    at += 46 + nameLength + extra + comment;
  }
  throw new Error(`the document has no ${name}`);
}

/** A suit from its case to its paper, with the deadlines that follow and the figures of law. */
export function litigationSuite(ground: () => Ground, language: Language): void {
  const w = words[language];
  const debtor = debtorOf('sued', language);
  let page: Page;
  let matter = '';

  async function move(stage: string, daysAgo: number): Promise<void> {
    await button(page, w.move).click();
    await write(dialog(page), { [w.stage]: stage, [w.on]: dayAgo(daysAgo) });
    await picture(page, `litigation-move-${stage}-${language}`);
    await confirm(page, w.move);
    await settled(page);
  }

  async function calculate(name: Calculator, values: Readonly<Record<string, string>>) {
    const [tab, element] = calculators[name];
    await go(page, `/litigation/calculators?tab=${tab}`);
    const shown = page.locator(element);
    await write(shown, values);
    await button(shown, w.calculate).click();
    const results = shown.locator('[role=status] section h2');
    await results.first().waitFor();
    await picture(page, `litigation-${tab}-${language}`);
    return results;
  }

  /** Turns the calendar, which begins at the present month, on until it shows the entry. */
  async function turnTo(entry: Locator): Promise<void> {
    await settled(page);
    for (let months = 0; months < 3 && (await entry.count()) === 0; months += 1) {
      await button(page, w.nextMonth).click();
      await settled(page);
    }
    await entry.first().waitFor();
  }

  describe(`a legal officer, in ${language}`, () => {
    beforeAll(async () => {
      ({ page } = await ground().at('jinggong.legal_officer', language));
    });

    it('opens a matter from the case of a debtor', async () => {
      const { caseId = '' } = ground().world.files.get(debtor.name) ?? {};
      await go(page, `/cases/${caseId}`);
      await page.getByRole('link', { name: w.sue, exact: true }).click();
      await dialog(page).getByText(debtor.name).waitFor();
      await write(dialog(page), { [w.province]: '浙江省' });
      await picture(page, `litigation-open-${language}`);
      await button(dialog(page), w.open).click();
      await page.waitForURL(/\/litigation\/[0-9a-f-]{36}/);
      matter = new URL(page.url()).pathname;
      await page.getByRole('heading', { level: 1 }).filter({ hasText: debtor.name }).waitFor();
    });

    it('takes the suit through its stages until it is served', async () => {
      await settled(page);
      await button(page, w.begin).click();
      await write(dialog(page), {
        [w.procedure]: 'PROCEDURE_ORDINARY',
        [w.court]: '宁波市海曙区人民法院',
        [w.startedOn]: dayAgo(12),
      });
      await confirm(page, w.begin);
      await settled(page);
      await move('filed', 12);
      await move('docketed', 9);
      await move('served', 4);
      await picture(page, `litigation-track-${language}`);
      const current = page.locator('rc-track-view [aria-current=step]');
      await current.filter({ hasText: w.served }).waitFor();
    });

    it('sees on board and calendar what is due because of it', async () => {
      await go(page, '/litigation/deadlines');
      const cards = page.locator('rc-deadline-card').filter({ hasText: debtor.name });
      await cards.first().waitFor();
      await picture(page, `litigation-board-${language}`);
      const title = await cards.first().locator('h3').innerText();
      await button(page, w.calendar).click();
      await turnTo(page.locator('rc-month-grid a').filter({ hasText: title }));
      await picture(page, `litigation-calendar-${language}`);
    });

    it('computes the court fees of the schedule, to the fen', async () => {
      const [amount, expected] = vectors[language];
      const results = await calculate('fees', { [w.claimed]: amount });
      const shown = w.fees.map((fee) =>
        results.filter({ hasText: new RegExp(`^\\s*${fee}\\s+[¥\\d]`) }).locator('.rc-figure'),
      );
      const found = await Promise.all(shown.map((one) => numbers(one)));
      expect(found).toEqual(expected.map((fee) => [fee]));
    });

    it('computes double interest and interest: 1,575.00 and 76,109.59', async () => {
      // 法释〔2014〕8号 1, legal.md 2.7: 100,000 × 0.0175 % × 90 days.
      const double = await calculate('double', {
        [w.judgmentDebt]: '100000',
        [w.performBy]: '2025-01-31',
        [w.until]: '2025-05-01',
      });
      expect(await numbers(double.locator('.rc-figure'))).toEqual([1_575]);
      // 500,000 × 6 % × 926 days / 365.
      const simple = await calculate('interest', {
        [w.principal]: '500000',
        [w.from]: '2023-07-01',
        [w.until]: '2026-01-12',
        [w.rate]: 'fixed',
        // Asked for once the rate is a fixed one.
        [w.fixed]: '6',
      });
      expect(await numbers(simple.locator('.rc-figure'))).toEqual([76_109.59]);
    });

    it('draws up the statement of claim and downloads it as a Word file', async () => {
      await go(page, `${matter}?tab=papers`);
      await button(page, w.draw).click();
      const kind = 'DOCUMENT_KIND_STATEMENT_OF_CLAIM';
      const facts = '被告收货后未付款，原告多次催告。';
      await write(dialog(page), { [w.kind]: kind, [w.facts]: facts });
      await confirm(page, w.draw);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: w.download }).click();
      const file = await download;
      await picture(page, `litigation-papers-${language}`);
      expect(file.suggestedFilename()).toMatch(/民事起诉状.*\.docx$/);
      const text = textOf(readFileSync(await file.path()));
      expect(text).toContain(debtor.name);
      expect(text).toContain(facts);
    });
  });
}
