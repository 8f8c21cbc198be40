import { randomUUIDv7 } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@recourse/kit/eventually.ts';
import type { Page } from 'playwright-core';
import { go, type Language, picture, settled } from './browser.ts';
import { type Desk, manyOf, runNow, textOf } from './desk.ts';
import type { Ground } from './ground.ts';
import { publishedLongAgo, subjects } from './published.ts';
import { button, confirm, dialog, factOf, inState, numberOf, rowsWith, write } from './screen.ts';

const words = {
  'zh-CN': {
    known: '顺帆渔业（舟山）有限公司',
    howKnown: '营业执照所载法定代表人与住所均不同',
    file: '往来单位.csv',
    columns: '类型,名称,统一社会信用代码,身份证号,授权书编号',
    person: '个人',
    verify: '核实',
    verifyName: (name: string) => `核实“${name}”`,
    toVerify: '须核实',
    category: '多次违约',
    confirmed: '已确认',
    code: '统一社会信用代码',
    otherMeans: '其他方式已判断为同名',
    how: '依据',
    unrelated: '同名，无关',
    screen: '开始批量查询',
    purpose: '用途',
    done: '已完成',
    answers: ['未列入', '须核实', '已列入', '未能查询'],
    row: (number: number) => `行 ${number}`,
    verdicts: { listed: '已列入', possible: '名称相近，须核实', clear: '未列入' },
    askForCode: '请核对统一社会信用代码',
    consent: '本人授权书编号',
  },
  en: {
    known: '海通船务（连云港）有限公司',
    howKnown: 'Another founder and another place, seen on its licence',
    file: 'partners.csv',
    columns: 'kind,name,credit_code,id_number,consent_reference',
    person: 'person',
    verify: 'Verify',
    verifyName: (name: string) => `Verify “${name}”`,
    toVerify: 'To be verified',
    category: 'Repeated breach',
    confirmed: 'Confirmed',
    code: 'Unified social credit code',
    otherMeans: 'A namesake, known by other means',
    how: 'How you know',
    unrelated: 'Namesake, unrelated',
    screen: 'Screen the file',
    purpose: 'Purpose',
    done: 'Done',
    answers: ['Not listed', 'To be verified', 'Listed', 'Could not be asked'],
    row: (number: number) => `Row ${number}`,
    verdicts: { listed: 'Listed', possible: 'A like name: to be verified', clear: 'Not listed' },
    askForCode: 'Ask for: unified social credit code',
    consent: 'the number of the consent',
  },
} as const;

/** A file as a spreadsheet saves it; of the person no consent is on record. */
function fileIn(language: Language): string {
  const { columns, person } = words[language];
  const { alike, namesake } = subjects[language];
  return [
    columns,
    `,,${alike.creditCode},,`,
    `,${namesake.name},,,`,
    ',北京远山不相干贸易有限公司,,,',
    `${person},赵小满,,,`,
  ].join('\r\n');
}

/** How many alerts the member has, and how many of them wait to be settled. */
async function alertsOf(member: Desk): Promise<{ all: number; waiting: number }> {
  const { alerts } = await member.get('/v1/blacklist/alerts');
  const states = manyOf(alerts).map((one) => textOf(one['state']));
  const waiting = states.filter((state) => state === 'ALERT_STATE_POSSIBLE');
  return { all: states.length, waiting: waiting.length };
}

/** Alerts follow by event and by the index of names, a moment after the listings. */
async function nightPasses({ house, world }: Ground, raised: number): Promise<void> {
  await eventually(async () => {
    await runNow(house, 'blacklist', 'customers-screen');
    expect((await alertsOf(world.people.member)).all).toBe(raised);
  }, 60_000);
}

/** What a member is told of its own customers, and of a whole list of names. */
export function screeningSuite(ground: () => Ground, language: Language): void {
  const w = words[language];
  const { alike, namesake, proven } = subjects[language];
  // Of the member's customers two bear the name of somebody listed, of one the code is known.
  const customers = [
    { name: alike.name, creditCode: '' },
    { name: namesake.name, creditCode: '' },
    { name: w.known, creditCode: proven.creditCode },
  ];
  let page: Page;
  let before = { all: 0, waiting: 0 };

  async function settle(name: string): Promise<void> {
    await button(rowsWith(page, name), w.verifyName(name)).click();
    await dialog(page)
      .getByRole('heading', { name: w.verifyName(name) })
      .waitFor();
  }

  describe(`a member whose customers are screened every night, in ${language}`, () => {
    beforeAll(async () => {
      const { member } = ground().world.people;
      await publishedLongAgo(ground());
      before = await alertsOf(member);
      const about = { kind: 'CUSTOMER_KIND_COMPANY' };
      await Promise.all(
        customers.map((one) => member.put(`/v1/customers/${randomUUIDv7()}`, { ...about, ...one })),
      );
      await nightPasses(ground(), before.all + customers.length);
      ({ page } = await ground().at('haishu.director', language));
    });

    it('sees who may be listed, and whose code says so', async () => {
      await go(page, '/blacklist/alerts');
      await picture(page, `alerts-${language}`);
      for (const { name } of [alike, namesake]) {
        const cells = await rowsWith(page, name).locator('td').allInnerTexts();
        const [customer = '', state = '', entry = '', score = ''] = cells;
        expect(customer).toContain(name);
        expect(state).toContain(w.toVerify);
        expect(entry).toContain(name);
        expect(entry).toContain(w.category);
        expect(numberOf(score)).toBeGreaterThanOrEqual(90);
      }
      const known = rowsWith(page, w.known);
      expect(await known.innerText()).toContain(w.confirmed);
      expect(await known.getByRole('button').count()).toBe(0);
    });

    it('settles one by its code, which is the same: it is the listed party', async () => {
      await settle(alike.name);
      await write(dialog(page), { [w.code]: alike.creditCode });
      await picture(page, `alert-settle-${language}`);
      await confirm(page, w.verify);
      await rowsWith(page, alike.name).filter({ hasText: w.confirmed }).waitFor();
      expect(await rowsWith(page, alike.name).getByRole('button').count()).toBe(0);
    });

    it('settles the other as a namesake, with how that is known', async () => {
      await settle(namesake.name);
      await dialog(page).getByLabel(w.otherMeans).check();
      await write(dialog(page), { [w.how]: w.howKnown });
      await confirm(page, w.verify);
      const row = rowsWith(page, namesake.name).filter({ hasText: w.unrelated });
      await row.filter({ hasText: w.howKnown }).waitFor();
      expect(await rowsWith(page, w.toVerify).count()).toBe(before.waiting);
    });

    it('has a file screened, and reads the count of each answer', async () => {
      await go(page, '/blacklist/bulk');
      await button(page, w.screen).click();
      const box = dialog(page);
      await write(box, { [w.purpose]: 'PURPOSE_CREDIT_REVIEW' });
      const buffer = Buffer.from(fileIn(language));
      const sheet = { name: w.file, mimeType: 'text/csv', buffer };
      await box.locator('input[type=file]').setInputFiles(sheet);
      await confirm(page, w.screen);
      await page.getByRole('link', { name: w.file }).click();
      await inState(page, w.done);
      await picture(page, `bulk-result-${language}`);
      for (const answer of w.answers) {
        expect([answer, await factOf(page, answer)]).toEqual([answer, '1']);
      }
    });

    it('reads of each row what was found and what is missing', async () => {
      await settled(page);
      const cells = async (row: number) =>
        (await rowsWith(page, w.row(row)).locator('td').allInnerTexts()).map((one) => one.trim());
      const [, byCode, entry] = await cells(1);
      expect([byCode, entry]).toEqual([w.verdicts.listed, alike.name]);
      const [, byName, near, asks] = await cells(2);
      expect([byName, near]).toEqual([w.verdicts.possible, namesake.name]);
      expect(asks).toBe(w.askForCode);
      expect((await cells(3))[1]).toBe(w.verdicts.clear);
      expect((await cells(4))[3]).toContain(w.consent);
    });
  });
}
