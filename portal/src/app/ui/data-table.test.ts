import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage } from '../session/language';
import { Problem } from '../session/problem';
import type { Column } from './column';
import { DataTable } from './data-table';
import type { TablePage, TableState } from './data-table';
import { DataTableCell } from './data-table-cell';
import type { MoneyValue } from './format';
import { nothingSelected } from './selection';
import type { Selection } from './selection';
import { switchShortcuts } from './shortcuts';

type Row = { id: string; debtor: string; open: MoneyValue };

const cny = (minor: bigint): MoneyValue => ({ currency: 'CNY', minor });
const rows: readonly Row[] = [
  { id: 'a', debtor: '上海宏达', open: cny(48230000n) },
  { id: 'b', debtor: '杭州锦程', open: cny(-1n) },
  { id: 'c', debtor: '宁波海川', open: cny(0n) },
];

@Component({
  imports: [DataTable, DataTableCell],
  template: `
    <rc-data-table
      name="test"
      label="案件"
      selectable
      [columns]="columns"
      [rows]="rows()"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="state"
      [page]="page()"
      [problem]="problem()"
      [(selection)]="selection"
      (retry)="retried.set(retried() + 1)"
    >
      <ng-template rcCell="mark" [rcCellRows]="rows()" let-row
        ><b>{{ row.debtor[0] }}</b></ng-template
      >
      <input filters type="search" />
      <button bulk class="bulk">place</button>
    </rc-data-table>
  `,
})
class Host {
  readonly columns: Column<Row>[] = [
    { id: 'debtor', title: () => '债务人', value: (row) => row.debtor, fixed: true, sort: 'name' },
    { id: 'open', title: () => '欠款', kind: 'money', value: (row) => row.open, sort: 'open' },
    { id: 'mark', title: () => '标记', kind: 'own' },
    { id: 'extra', title: () => '其他', value: (row) => row.id, hidden: true },
  ];
  readonly rows = signal<readonly Row[] | undefined>(rows);
  readonly page = signal<TablePage>({ nextCursor: 'n', count: 1234n, countEstimated: false });
  readonly problem = signal<Problem | undefined>(undefined);
  readonly selection = signal<Selection>(nothingSelected);
  readonly retried = signal(0);
  readonly asked: string[] = [];
  readonly sort = signal('-open');
  readonly active = signal(0);
  readonly state: TableState = {
    sort: this.sort,
    sortBy: (field) => this.asked.push(`sort ${field}`),
    active: this.active,
    clear: () => this.asked.push('clear'),
    pageNumber: signal(1),
    next: (cursor) => this.asked.push(`next ${cursor}`),
    previous: () => this.asked.push('previous'),
  };
  readonly keyOf = (row: Row): string => row.id;
  readonly linkOf = (row: Row): readonly string[] => ['/cases', row.id];
}

@Component({ template: '' })
class Blank {
  readonly isBlank = true;
}

let fixture: ComponentFixture<Host>;
let host: Host;
let element: HTMLElement;

function all(selector: string): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(selector)];
}

function texts(selector: string): string[] {
  return all(selector).map((found) => (found.textContent ?? '').replace(/\s+/g, ' ').trim());
}

async function press(key: string, target: EventTarget = document.activeElement ?? document) {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await fixture.whenStable();
}

async function click(selector: string, at = 0): Promise<void> {
  all(selector)[at]?.click();
  await fixture.whenStable();
}

beforeEach(async () => {
  localStorage.clear();
  chooseLanguage('zh-CN');
  switchShortcuts(true);
  TestBed.configureTestingModule({
    providers: [provideRouter([{ path: 'cases/:id', component: Blank }])],
  });
  fixture = TestBed.createComponent(Host);
  host = fixture.componentInstance;
  element = fixture.nativeElement;
  document.body.append(element);
  await fixture.whenStable();
});

afterEach(() => element.remove());

describe('a table with rows', () => {
  it('names the one currency in the head and leaves it out of the cells', () => {
    expect(texts('thead th')).toEqual(['', '债务人', '欠款 (CNY)', '标记']);
    expect(texts('tbody td.number')).toEqual(['482,300.00', '−0.01', '0.00']);
  });

  it('writes the currency beside each amount when there are several', async () => {
    host.rows.set([...rows, { id: 'd', debtor: 'X', open: { currency: 'USD', minor: 5n } }]);
    await fixture.whenStable();
    expect(texts('thead th')[2]).toBe('欠款');
    expect(texts('tbody td.number')).toEqual(['¥482,300.00', '−¥0.01', '¥0.00', '$0.05']);
  });

  it('draws the page’s own cells', () => {
    expect(texts('tbody td b')).toEqual(['上', '杭', '宁']);
  });

  it('says how it is sorted, and asks for another sort', async () => {
    expect(all('thead th').map((head) => head.getAttribute('aria-sort'))).toEqual([
      null,
      'none',
      'descending',
      null,
    ]);
    await click('.sort', 0);
    expect(host.asked).toEqual(['sort name']);
  });

  it('says how many there are and goes on by the cursor', async () => {
    expect(texts('.foot > span')).toEqual(['共 1,234 项']);
    await click('.foot button', 1);
    expect(host.asked).toEqual(['next n']);
    host.page.set({ nextCursor: '', count: 10000n, countEstimated: true });
    await fixture.whenStable();
    expect(texts('.foot > span')).toEqual(['约 10,000 项']);
    expect(all('.foot button')).toEqual([]);
  });

  it('hides a column for good, shows a hidden one, and goes back', async () => {
    await click('rc-column-chooser .trigger');
    const boxes = [...document.querySelectorAll<HTMLInputElement>('.panel input[type=checkbox]')];
    expect(boxes.map((box) => [box.checked, box.disabled])).toEqual([
      [true, true],
      [true, false],
      [true, false],
      [false, false],
    ]);
    boxes[1]?.click();
    boxes[3]?.click();
    await fixture.whenStable();
    expect(texts('thead th')).toEqual(['', '债务人', '标记', '其他']);
    expect(localStorage.getItem('recourse.columns.test')).toContain('"shown":["debtor"');
    document.querySelector<HTMLElement>('.panel .reset')?.click();
    await fixture.whenStable();
    expect(texts('thead th')).toHaveLength(4);
    expect(localStorage.getItem('recourse.columns.test')).toBeNull();
  });
});

describe('widths of columns', () => {
  const widths = () =>
    all('thead th[data-column]').map((head) => [head.dataset['column'], head.style.inlineSize]);

  function drag(from: number, to: number): void {
    const at = (type: string, clientX: number, target: EventTarget) =>
      target.dispatchEvent(new MouseEvent(type, { clientX, bubbles: true, cancelable: true }));
    at('pointerdown', from, all('.resize')[0] ?? document);
    at('pointermove', to, document);
    at('pointerup', to, document);
  }

  it('follow the pointer, are kept with the table, and leave on a double click', async () => {
    drag(100, 190);
    await fixture.whenStable();
    expect(widths()).toEqual([
      ['debtor', '154px'],
      ['open', '64px'],
      ['mark', '64px'],
    ]);
    expect(JSON.parse(localStorage.getItem('recourse.columns.test') ?? '{}')).toEqual({
      order: ['debtor', 'open', 'mark', 'extra'],
      shown: ['debtor', 'open', 'mark'],
      widths: { debtor: 154, open: 64, mark: 64 },
    });
    all('.resize')[0]?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    await fixture.whenStable();
    expect(widths().map(([, width]) => width)).toEqual(['', '', '']);
  });

  it('never fall below what can be read, and stay when columns are chosen', async () => {
    drag(100, -900);
    await fixture.whenStable();
    expect(widths()[0]).toEqual(['debtor', '64px']);
    await click('rc-column-chooser .trigger');
    document.querySelectorAll<HTMLInputElement>('.panel input[type=checkbox]')[3]?.click();
    await fixture.whenStable();
    expect(widths()).toHaveLength(4);
    expect(widths()[3]).toEqual(['extra', '160px']);
  });

  it('can be changed without dragging', async () => {
    await click('rc-column-chooser .trigger');
    document.querySelector<HTMLElement>('.panel [aria-label="债务人 变宽"]')?.click();
    await fixture.whenStable();
    expect(widths()[0]).toEqual(['debtor', '88px']);
  });

  it('are part of a saved view', async () => {
    drag(0, 36);
    await fixture.whenStable();
    await click('rc-saved-views .trigger');
    const name = document.querySelector<HTMLInputElement>('.panel input');
    if (name !== null) name.value = '宽的';
    name?.dispatchEvent(new Event('input', { bubbles: true }));
    await fixture.whenStable();
    document.querySelector('.panel form')?.dispatchEvent(new Event('submit', { bubbles: true }));
    expect(localStorage.getItem('recourse.views.test')).toContain('"widths":{"debtor":100');
  });
});

describe('selecting', () => {
  it('counts, shows what can be done, and offers everything that matches', async () => {
    await click('tbody input[type=checkbox]', 1);
    expect(texts('.selection strong')).toEqual(['已选 1 项']);
    expect(texts('.bulk')).toEqual(['place']);
    await click('thead input[type=checkbox]');
    expect(texts('.selection strong')).toEqual(['已选 3 项']);
    await click('.selection button', 0);
    expect(host.selection()).toEqual({ kind: 'matching' });
    expect(texts('.selection strong')).toEqual(['已选全部 1,234 项']);
  });

  it('out of everything keeps the rest of the page', async () => {
    host.selection.set({ kind: 'matching' });
    await fixture.whenStable();
    await click('tbody input[type=checkbox]', 0);
    expect(host.selection()).toEqual({ kind: 'some', keys: new Set(['b', 'c']) });
  });
});

describe('the keyboard', () => {
  it('walks with j and k, selects with x, opens with Enter', async () => {
    await press('j');
    await press('j');
    expect(document.activeElement?.getAttribute('data-row')).toBe('1');
    await press('x');
    expect(host.selection()).toEqual({ kind: 'some', keys: new Set(['b']) });
    await press('k');
    await press('Enter');
    expect(TestBed.inject(Router).url).toBe('/cases/a');
  });

  it('goes to the search with / and lists its keys with ?', async () => {
    await press('/');
    expect(document.activeElement).toBe(element.querySelector('input[type=search]'));
    await press('?', document.body);
    expect(document.querySelector('[role=dialog] dl')?.textContent).toContain('Enter');
  });

  it('does nothing while somebody types, or when single keys are turned off', async () => {
    await press('/');
    await press('x');
    await press('j');
    expect(document.activeElement?.tagName).toBe('INPUT');
    switchShortcuts(false);
    await press('j', document.body);
    expect(document.activeElement?.tagName).toBe('INPUT');
  });
});

describe('a table without rows', () => {
  it('shows bones while it loads', async () => {
    host.rows.set(undefined);
    await fixture.whenStable();
    expect(all('.bone').length).toBeGreaterThan(8);
  });

  it('says that there is nothing yet', async () => {
    host.rows.set([]);
    await fixture.whenStable();
    expect(texts('rc-empty-panel h2')).toEqual(['这里还没有内容']);
  });

  it('says that nothing matches and clears the filters', async () => {
    host.rows.set([]);
    host.active.set(1);
    await fixture.whenStable();
    expect(texts('rc-empty-panel h2')).toEqual(['没有符合条件的结果']);
    await click('rc-empty-panel button');
    expect(host.asked).toEqual(['clear']);
  });

  it('says why it could not load and tries again', async () => {
    host.rows.set(undefined);
    host.problem.set(new Problem({ status: 503, reason: 'unavailable', requestId: 'r9' }));
    await fixture.whenStable();
    expect(texts('rc-problem-panel [role=alert]')[0]).toContain('r9');
    await click('rc-problem-panel button');
    expect(host.retried()).toBe(1);
  });

  it('keeps old rows below the problem of a newer read', async () => {
    host.problem.set(new Problem({ status: 0, reason: 'unreachable' }));
    await fixture.whenStable();
    expect(all('rc-problem-panel .compact')).toHaveLength(1);
    expect(all('tbody tr')).toHaveLength(3);
  });
});
