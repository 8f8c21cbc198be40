import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PageOf } from '../session/every-page';
import { chooseLanguage } from '../session/language';
import { Problem } from '../session/problem';
import { show } from '../../testing/screen';
import type { Column } from './column';
import type { MoneyValue } from './format';
import { TableExport } from './table-export';

type Row = { name: string; number: string; open: MoneyValue | undefined; days: number };

const row = (name: string, minor: bigint, currency = 'CNY'): Row => ({
  name,
  number: `N-${name}`,
  open: { minor, currency },
  days: 31,
});
const columns: Column<Row>[] = [
  {
    id: 'name',
    title: () => '客户',
    value: (one) => one.name,
    note: (one) => one.number,
    noteTitle: () => '案件号',
  },
  { id: 'open', title: () => '未清', kind: 'money', value: (one) => one.open },
  { id: 'days', title: () => '逾期', kind: 'own', text: (one) => String(one.days) },
  { id: 'act', title: () => '处理', kind: 'own' },
];

/** What the browser was given to save. */
let saved: Promise<string>[] = [];
let names: string[] = [];
let asked: string[] = [];

beforeEach(() => {
  chooseLanguage('zh-CN');
  saved = [];
  names = [];
  asked = [];
  // jsdom has no addresses of blobs, and clicking a link would leave the page of the test.
  URL.createObjectURL = (blob: Blob) => {
    saved.push(bytesOf(blob));
    return 'blob:test';
  };
  HTMLAnchorElement.prototype.click = function click(this: HTMLAnchorElement) {
    names.push(this.download);
  };
});

function bytesOf(blob: Blob): Promise<string> {
  const reader = new FileReader();
  const read = new Promise<string>((resolve) =>
    reader.addEventListener('load', () => {
      const bytes = reader.result instanceof ArrayBuffer ? reader.result : undefined;
      resolve(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    }),
  );
  reader.readAsArrayBuffer(blob);
  return read;
}

async function showExport(read: (cursor: string) => Promise<PageOf<Row>>) {
  TestBed.configureTestingModule({});
  const pages = () => (cursor: string) => {
    asked.push(cursor);
    return read(cursor);
  };
  const screen = await show<TableExport<Row>>(TableExport, { name: '案件', columns, pages });
  return { screen, page: screen.page };
}

const end = (nextCursor: string, count = 3n) => ({ nextCursor, count, countEstimated: false });

describe('an export', () => {
  it('writes every page as a spreadsheet reads it, amounts apart from currencies', async () => {
    const { screen, page } = await showExport((cursor) =>
      Promise.resolve(
        cursor === ''
          ? { rows: [row('上海, 宏达', 48230000n), row('=cmd', -1n)], page: end('two') }
          : { rows: [row('X', 5n, 'USD')], page: end('') },
      ),
    );
    await page.start();
    await screen.settle();
    expect(asked).toEqual(['', 'two']);
    expect(await saved[0]).toBe(
      '\uFEFF客户,案件号,未清,未清 币种,逾期\r\n' +
        '"上海, 宏达","N-上海, 宏达",482300.00,CNY,31\r\n' +
        "'=cmd,N-=cmd,-0.01,CNY,31\r\n" +
        'X,N-X,0.05,USD,31\r\n',
    );
    expect(names[0]).toMatch(/^案件-\d{4}-\d{2}-\d{2}\.csv$/);
    expect(screen.texts('[role=status]')).toEqual(['已导出 3 项']);
    expect(screen.all('rc-progress-line')).toHaveLength(0);
  });

  it('shows how far it is, and saves nothing once it is cancelled', async () => {
    let give: (page: PageOf<Row>) => void = () => undefined;
    const { screen, page } = await showExport((cursor) =>
      cursor === ''
        ? Promise.resolve({ rows: [row('a', 1n)], page: end('two') })
        : new Promise((resolve) => (give = resolve)),
    );
    const over = page.start();
    await screen.settle();
    expect(screen.texts('rc-progress-line')[0]).toContain('1 / 3');
    await screen.click('button');
    give({ rows: [row('b', 1n)], page: end('') });
    await over;
    await screen.settle();
    expect(saved).toEqual([]);
    expect(screen.all('rc-progress-line')).toHaveLength(0);
    expect(screen.texts('[role=status]')).toEqual(['已取消导出']);
  });

  it('names what went wrong and goes on at the page that failed', async () => {
    let isDown = true;
    const { screen, page } = await showExport((cursor) => {
      if (cursor === '') return Promise.resolve({ rows: [row('a', 1n)], page: end('two') });
      if (!isDown) return Promise.resolve({ rows: [row('b', 2n)], page: end('') });
      return Promise.reject(new Problem({ status: 503, reason: 'unavailable', requestId: 'r7' }));
    });
    await page.start();
    await screen.settle();
    expect(screen.texts('rc-problem-panel')[0]).toContain('r7');
    isDown = false;
    await screen.click('rc-problem-panel button');
    expect(asked).toEqual(['', 'two', 'two']);
    expect((await saved[0])?.split('\r\n')).toHaveLength(4);
  });
});
