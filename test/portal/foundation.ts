import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { go, picture, settled } from './browser.ts';
import { deskOf, textOf } from './desk.ts';
import type { Ground } from './ground.ts';

/**
 * The main journey as people make it, in a browser, on the platform as it is started. The file is a
 * third-party export that lies in `shared/`, beside the repository.
 */
const exportFile = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  'shared',
  'data',
  'receivables',
  'highradius_open_invoices.csv',
);

async function importFile(page: Page, file: string): Promise<void> {
  await go(page, '/receivables/imports/new');
  await page.setInputFiles('input[type=file]', file);
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
  await page.click(
    'rc-mapping-step button[matButton="filled"], rc-mapping-step button.mat-mdc-unelevated-button',
  );
  await page.waitForSelector('rc-check-step rc-stat-tile', { timeout: 240_000 });
}

/** The figure of a tile by its name. */
async function tile(page: Page, name: string): Promise<string> {
  const text = await page.locator('rc-stat-tile', { hasText: name }).first().innerText();
  return text.replace(name, '').trim().split('\n').at(-1)?.trim() ?? '';
}

/** How many of the tiles of the check stand in each row. */
async function tilesByRow(page: Page): Promise<number[]> {
  const tiles = await page.locator('rc-check-step rc-stat-tile').all();
  const tops = await Promise.all(tiles.map(async (one) => (await one.boundingBox())?.y ?? 0));
  return [...Map.groupBy(tops, (top) => top).values()].map((row) => row.length);
}

/**
 * The same export with other dates and other spellings of its numbers: what a second system sends.
 */
function rewritten(): string {
  const [header = '', ...rows] = readFileSync(exportFile, 'utf8').trimEnd().split(/\r?\n/);
  const dates = /\b(\d{2})-(\d{2})-(\d{4})\b/g;
  const lines = rows.map((row) => {
    const cells = row.replaceAll(dates, '$3/$2/$1').split(',');
    // Column 6 is the document number: now as the float that a spreadsheet makes of it.
    return cells.map((cell, at) => (at === 6 && /^\d+$/.test(cell) ? `${cell}.0` : cell)).join(',');
  });
  const path = join(mkdtempSync(join(tmpdir(), 'recourse-export-')), 'again.csv');
  writeFileSync(path, [header, ...lines].join('\r\n'));
  return path;
}

/** Import, cases, placement, the agency's work, its report and its commission. */
export function foundationSuite(ground: () => Ground): void {
  if (!existsSync(exportFile)) {
    process.stderr.write(`\nSKIPPED: the main journey: ${exportFile} is not there\n\n`);
    return;
  }
  describe('a creditor, an agency, and the money between them', () => {
    let creditor: Page;
    let agency: Page;

    beforeAll(async () => {
      const { house, at } = ground();
      const manager = await deskOf(house, 'ruiheng.manager');
      await manager.put(`/v1/agencies/${manager.orgId}`, {
        name: manager.orgName,
        sectors: ['贸易'],
        regions: ['江苏'],
        languages: ['zh-CN'],
        licences: [{ kind: '营业执照', number: 'YY-1', expiresOn: '2099-12-31' }],
        agentCount: 100,
        capacityCases: 1000,
        listTerms: { flat: { rateBps: 1500 }, vatBps: 600, tailDays: 30 },
      });
      creditor = (await at('xinqi.owner', 'zh-CN')).page;
      agency = (await at('ruiheng.manager', 'zh-CN')).page;
    });

    it('imports the export and sees 9,681 receivables of 553 customers', async () => {
      const page = creditor;
      await importFile(page, exportFile);
      await picture(page, 'import-check-zh');
      expect(await tile(page, '新增')).toBe('9,681');
      expect(await tile(page, '涉及客户')).toBe('553');
      expect(new Set(await tilesByRow(page)).size).toBe(1);
      await page.getByRole('button', { name: /^写入/ }).click();
      await page.waitForSelector('rc-result-step [data-state=IMPORT_STATE_COMMITTED]', {
        timeout: 240_000,
      });
      await picture(page, 'import-result-zh');
    });

    it('sees the aging as of a past day, to the cent', async () => {
      const page = creditor;
      await go(page, '/receivables?asOf=2020-05-20');
      await page.waitForSelector('rc-aging-table tbody tr');
      await picture(page, 'aging-zh');
      const lines = await page.locator('rc-aging-table tbody tr').allInnerTexts();
      const figures = lines.map((line) =>
        line
          .split(/\s+/)
          .filter((word) => /^[\d,.]+$/.test(word))
          .slice(-2),
      );
      expect(figures.slice(0, 4)).toEqual([
        ['782', '19,550,247.62'],
        ['3,543', '114,123,175.06'],
        ['4,407', '147,255,481.13'],
        ['949', '29,498,955.10'],
      ]);
    });

    it.each([
      ['the same file again', () => exportFile],
      ['the same documents with other dates and numbers as floats', rewritten],
    ])('adds nothing from %s', async (_words, file) => {
      const page = creditor;
      await importFile(page, file());
      expect(await tile(page, '新增')).toBe('0');
      expect(await tile(page, '变化')).toBe('0');
      expect(await tile(page, '无变化')).toBe('9,681');
    });

    it('opens cases from what is overdue', async () => {
      const page = creditor;
      await go(page, '/cases?dialog=open');
      const open = page.getByRole('button', { name: /^立 .* 件$/ });
      await open.waitFor();
      await picture(page, 'open-cases-zh');
      await open.click();
      await page.waitForSelector('rc-data-table tbody tr a');
      await picture(page, 'cases-zh');
      await page
        .locator('rc-page-header')
        .filter({ hasText: /5\d\d 件/ })
        .waitFor();
    });

    it('places fifty of them with an agency', async () => {
      const page = creditor;
      await page.locator('thead input[type=checkbox]').click();
      await page.getByRole('button', { name: '委外 50 件' }).click();
      await page.waitForSelector('.offer');
      await picture(page, 'place-zh');
      await page.locator('.offer input[type=radio]').first().check();
      await page.locator('footer').getByRole('button', { name: '委外 50 件' }).click();
      await page.waitForSelector('rc-place-dialog', { state: 'detached', timeout: 120_000 });
    });

    it('is masked for the agency until it accepts all fifty', async () => {
      const page = agency;
      await go(page, '/placements');
      const masked = page.locator('tbody tr').first().filter({ hasText: '接受后显示全名' });
      await masked.waitFor();
      await picture(page, 'offers-zh');
      await page.locator('thead input[type=checkbox]').click();
      await page.getByRole('button', { name: '接受 50 件' }).click();
      // Cases open to the agency one by one, as they learn of it by event.
      const manager = await deskOf(ground().house, 'ruiheng.manager');
      await manager.until('/v1/cases', (json) => textOf(json['page']?.['count']) === '50');
      await go(page, '/cases');
      await page.locator('rc-page-header').getByText('50 件').waitFor();
      await picture(page, 'my-cases-zh');
    });

    it('is worked by the agency: a contact in three taps, then a payment', async () => {
      const page = agency;
      await page.locator('rc-data-table tbody tr a').first().click();
      await page.getByRole('button', { name: '记录联系' }).click();
      // E-mail may be refused at night like any contact; either answer is the governor's.
      await page.getByText('联系上', { exact: true }).click();
      await page.getByText('愿意付', { exact: true }).click();
      await picture(page, 'contact-zh');
      // In quiet hours it is told before, and the button says that it is logged all the same.
      await page.getByRole('button', { name: /^(保存|照实记录)$/ }).click();
      const understood = page.getByRole('button', { name: '知道了' });
      const gone = page.locator('rc-contact-dialog').waitFor({ state: 'detached' });
      await Promise.race([gone, understood.waitFor()]);
      if (await understood.isVisible()) {
        await picture(page, 'contact-refused-zh');
        await understood.click();
      }
      await gone;
      await page.getByRole('button', { name: '收款' }).click();
      await page.getByLabel('金额').fill('1000');
      await page.getByRole('button', { name: '保存' }).click();
      await page.waitForSelector('rc-payment-dialog', { state: 'detached' });
      await page.locator('rc-timeline').getByText('收到回款').first().waitFor();
      await picture(page, 'case-zh');
    });

    it('is reported for the week', async () => {
      const page = agency;
      await go(page, '/reports?dialog=write');
      await page.getByLabel('委托方').selectOption({ index: 1 });
      await page.locator('footer').getByRole('button', { name: '写周报' }).click();
      await page.waitForURL(/\/reports\/[0-9a-f-]{36}/);
      await page.getByLabel('本周小结').fill('已与全部客户建立联系，首笔回款到账。');
      await picture(page, 'report-zh');
      await page.getByRole('button', { name: '提交周报' }).click();
      await page.getByText('已提交').first().waitFor();
    });

    it('earns the agency its commission: 15 % and 6 % VAT on it', async () => {
      const page = agency;
      await go(page, '/commission');
      const line = page.locator('rc-lines-table tbody tr').filter({ hasText: '1,000.00' });
      await line.first().waitFor();
      await picture(page, 'commission-zh');
      const text = await line.first().innerText();
      expect(text).toContain('150.00');
      expect(text).toContain('9.00');
    });

    it('is read by the creditor, in English too, and acknowledged', async () => {
      const { page } = await ground().at('xinqi.owner', 'en');
      await go(page, '/reports');
      await page.locator('rc-data-table tbody tr a').first().click();
      await page.getByRole('button', { name: 'Acknowledge' }).click();
      await page.getByText('Acknowledged', { exact: true }).first().waitFor();
      await settled(page);
      await picture(page, 'report-en');
    });
  });
}
