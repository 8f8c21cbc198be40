import { describe, expect, it } from '@jest/globals';
import { extractText, getDocumentProxy } from 'unpdf';
import { day } from './day.ts';
import { amountOnPaper, type Paper } from './paper.ts';
import { mostPaperRows, pdfBytes } from './pdf.ts';

const paper: Paper = {
  language: 'zh-CN',
  title: '对账单 CS-1',
  note: '',
  day: day('2026-11-24'),
  facts: [
    ['委托方', '苏州精工机械有限公司'],
    ['受托机构', '昇峯㛃镕堃商賬有限公司'],
  ],
  tables: [
    {
      heading: '明细',
      columns: [
        { title: '案件', share: 1 },
        { title: '金额', share: 1, isAmount: true },
      ],
      rows: [['C-1', '1.00']],
      foot: ['合计', '1.00'],
    },
  ],
  remarks: ['到此为止。'],
  signatures: ['委托方（盖章）', '受托机构（盖章）'],
};

/** The text of each page, as a reader copies it. */
async function pagesOf(one: Paper): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(await pdfBytes(one)));
  const { text } = await extractText(document);
  return text.map((page) => page.replaceAll(/\s+/g, ' '));
}

function withRows(rows: readonly (readonly string[])[]): Paper {
  const tables = paper.tables.map((table) => ({ ...table, rows }));
  return { ...paper, tables };
}

describe('a paper', () => {
  it('can be read back in its order, rare characters of names too', async () => {
    const [text = ''] = await pagesOf(paper);
    const order = [
      '对账单 CS-1',
      '委托方：苏州精工机械有限公司',
      '受托机构：昇峯㛃镕堃商賬有限公司',
      '明细',
      '案件 金额',
      'C-1 1.00',
      '合计 1.00',
      '到此为止。',
      '委托方（盖章）',
      '受托机构（盖章）',
      '第 1 页，共 1 页',
    ].map((part) => text.indexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('has its letters in it, so that it looks the same where they are not installed', async () => {
    const text = (await pdfBytes(paper)).toString('latin1');
    expect(text).toMatch(/\/FontFile3 /);
    expect(text).toMatch(/\/FontName \/[A-Z]{6}\+NotoSansHans-Regular/);
  });

  it('is the same file whenever it is made, and another on another day', async () => {
    const [one, again] = [await pdfBytes(paper), await pdfBytes(paper)];
    expect(one.equals(again)).toBe(true);
    expect(one.equals(await pdfBytes({ ...paper, day: day('2026-11-25') }))).toBe(false);
  });

  it('goes on over pages, each with the titles of its columns and its number', async () => {
    const rows = Array.from({ length: 90 }, (_none, at) => [`C-${at}`, '1.00']);
    const pages = await pagesOf({ ...withRows(rows), language: 'en' });
    expect(pages.length).toBeGreaterThan(2);
    for (const [at, text] of pages.entries()) {
      expect(text).toContain('案件 金额');
      expect(text).toContain(`Page ${at + 1} of ${pages.length}`);
    }
    const all = pages.join(' ');
    expect(rows.filter(([name = '']) => !all.includes(`${name} 1.00`))).toEqual([]);
  });

  it('breaks what is long into lines, and cuts visibly what no page holds', async () => {
    const long = '金额不符，'.repeat(60);
    expect((await pagesOf(withRows([[long, '']])))[0]?.replaceAll(' ', '')).toContain(long);
    const [, text] = await pagesOf(withRows([['长'.repeat(9_000), '2.00']]));
    expect(text).toMatch(/长… 2\.00/);
  });

  it('stands upright, or lies on its side where its tables are wide', async () => {
    for (const [one, across, down] of [
      [paper, '595.28', '841.89'],
      [{ ...paper, isWide: true } satisfies Paper, '841.89', '595.28'],
    ] as const) {
      const text = (await pdfBytes(one)).toString('latin1');
      expect(text).toContain(`/MediaBox [0 0 ${across} ${down}]`);
    }
  });

  it('is refused when it would have more rows than anybody checks', async () => {
    const rows = Array.from({ length: mostPaperRows + 1 }, () => ['C-1', '1.00']);
    await expect(pdfBytes(withRows(rows))).rejects.toMatchObject({ reason: 'paper_too_long' });
  });

  it('keeps what is no character away', async () => {
    const [text = ''] = await pagesOf(withRows([['甲\u0000\n乙\ud800', '']]));
    expect(text).toContain('甲 乙');
  });
});

describe('an amount on paper', () => {
  it.each([
    ['CNY', 0n, '0.00'],
    ['CNY', 99_999n, '999.99'],
    ['CNY', 100_000n, '1,000.00'],
    ['CNY', -123_456_789n, '-1,234,567.89'],
    ['CNY', -10_000n, '-100.00'],
    ['JPY', 1_234_567n, '1,234,567'],
    ['KWD', 1_234_567n, '1,234.567'],
  ])('in %s of %d is %s', (currency, minor, text) => {
    expect(amountOnPaper({ currency, minor })).toBe(text);
  });
});
