import { randomUUIDv7 } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@recourse/kit/eventually.ts';
import type { Page } from 'playwright-core';
import { go, picture, settled } from './browser.ts';
import { manyOf, runNow } from './desk.ts';
import type { Ground } from './ground.ts';
import { publishLongAgo, subjects } from './published.ts';
import { button, confirm, dialog, factOf, inState, numberOf, rowsWith, write } from './screen.ts';

const { alike, namesake, proven } = subjects;

/** The customers of a member: two bear the name of somebody listed, of one the code is known. */
const customers = [
  { name: alike.name, creditCode: '' },
  { name: namesake.name, creditCode: '' },
  { name: '海通船务（连云港）有限公司', creditCode: proven.creditCode },
] as const;

const howKnown = 'Another founder and another place, seen on its licence';

/** A file as a spreadsheet saves it; of the person no consent is on record. */
const file = [
  'kind,name,credit_code,id_number,consent_reference',
  `,,${alike.creditCode},,`,
  `,${namesake.name},,,`,
  ',北京远山不相干贸易有限公司,,,',
  'person,赵小满,,,',
].join('\r\n');

/** Alerts follow by event and by the index of names, a moment after the listings. */
async function nightPasses({ house, world }: Ground): Promise<void> {
  const { member } = world.people;
  await eventually(async () => {
    await runNow(house, 'blacklist', 'customers-screen');
    const { alerts } = await member.get('/v1/blacklist/alerts');
    expect(manyOf(alerts).length).toBe(customers.length);
  }, 30_000);
}

/** What a member is told of its own customers, and of a whole list of names. */
export function screeningSuite(ground: () => Ground): void {
  let page: Page;

  async function settle(name: string): Promise<void> {
    await button(rowsWith(page, name), `Verify “${name}”`).click();
    await dialog(page)
      .getByRole('heading', { name: `Verify “${name}”` })
      .waitFor();
  }

  describe('a member whose customers are screened every night', () => {
    beforeAll(async () => {
      const { member } = ground().world.people;
      const about = { kind: 'CUSTOMER_KIND_COMPANY' };
      await Promise.all(
        customers.map((one) => member.put(`/v1/customers/${randomUUIDv7()}`, { ...about, ...one })),
      );
      await publishLongAgo(ground(), [alike, namesake, proven]);
      await nightPasses(ground());
      ({ page } = await ground().at('haishu.director', 'en'));
    });

    it('sees who may be listed, and whose code says so', async () => {
      await go(page, '/blacklist/alerts');
      await picture(page, 'alerts');
      for (const { name } of [alike, namesake]) {
        const cells = await rowsWith(page, name).locator('td').allInnerTexts();
        const [customer = '', state = '', entry = '', score = ''] = cells;
        expect(customer).toContain(name);
        expect(state).toContain('To be verified');
        expect(entry).toContain(name);
        expect(entry).toContain('Repeated breach');
        expect(numberOf(score)).toBeGreaterThanOrEqual(90);
      }
      const known = rowsWith(page, customers[2].name);
      expect(await known.innerText()).toContain('Confirmed');
      expect(await known.getByRole('button').count()).toBe(0);
    });

    it('settles one by its code, which is the same: it is the listed party', async () => {
      await settle(alike.name);
      await write(dialog(page), { 'Unified social credit code': alike.creditCode });
      await picture(page, 'alert-settle');
      await confirm(page, 'Verify');
      await rowsWith(page, alike.name).filter({ hasText: 'Confirmed' }).waitFor();
      expect(await rowsWith(page, alike.name).getByRole('button').count()).toBe(0);
    });

    it('settles the other as a namesake, with how that is known', async () => {
      await settle(namesake.name);
      await dialog(page).getByLabel('A namesake, known by other means').check();
      await write(dialog(page), { 'How you know': howKnown });
      await confirm(page, 'Verify');
      const row = rowsWith(page, namesake.name).filter({ hasText: 'Namesake, unrelated' });
      await row.filter({ hasText: howKnown }).waitFor();
      expect(await rowsWith(page, 'To be verified').count()).toBe(0);
    });

    it('has a file screened, and reads the count of each answer', async () => {
      await go(page, '/blacklist/bulk');
      await button(page, 'Screen the file').click();
      const box = dialog(page);
      await write(box, { Purpose: 'PURPOSE_CREDIT_REVIEW' });
      const sheet = { name: 'partners.csv', mimeType: 'text/csv', buffer: Buffer.from(file) };
      await box.locator('input[type=file]').setInputFiles(sheet);
      await confirm(page, 'Screen the file');
      await page.getByRole('link', { name: 'partners.csv' }).click();
      await inState(page, 'Done');
      await picture(page, 'bulk-result');
      for (const answer of ['Not listed', 'To be verified', 'Listed', 'Could not be asked']) {
        expect([answer, await factOf(page, answer)]).toEqual([answer, '1']);
      }
    });

    it('reads of each row what was found and what is missing', async () => {
      await settled(page);
      const cells = async (row: number) =>
        (await rowsWith(page, `Row ${row}`).locator('td').allInnerTexts()).map((one) => one.trim());
      const [, byCode, entry] = await cells(1);
      expect([byCode, entry]).toEqual(['Listed', alike.name]);
      const [, byName, near, asks] = await cells(2);
      expect([byName, near]).toEqual(['A like name: to be verified', namesake.name]);
      expect(asks).toBe('Ask for: unified social credit code');
      expect((await cells(3))[1]).toBe('Not listed');
      expect((await cells(4))[3]).toContain('the number of the consent');
    });
  });
}
