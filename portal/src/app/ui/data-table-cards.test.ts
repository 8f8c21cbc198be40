import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Column } from './column';

// A phone: cards are drawn instead of a table, as `viewport` finds when it is loaded.
Object.defineProperty(globalThis, 'matchMedia', {
  value: (media: string) => Object.assign(new EventTarget(), { matches: true, media }),
});
const { chooseLanguage } = await import('../session/language');
const { DataTable } = await import('./data-table');
const { DataTableCell } = await import('./data-table-cell');

type Job = { name: string; stage: string; reason: string; detail: string; endedAt?: string };

const rows: readonly Job[] = [
  { name: 'fit-model', stage: '', reason: '', detail: '' },
  { name: 'import', stage: '50 / 100', reason: '', detail: 'no such file', endedAt: '2026-11-22' },
];

@Component({
  imports: [DataTable, DataTableCell],
  template: `
    <rc-data-table name="jobs" label="任务" [columns]="columns" [rows]="rows" [rowKey]="keyOf">
      <ng-template rcCell="mark" [rcCellRows]="rows" let-row>{{ row.stage }}</ng-template>
      <ng-template rcCell="retry" [rcCellRows]="rows" let-row>
        @if (row.detail !== '') {
          <button type="button">重试</button>
        }
      </ng-template>
    </rc-data-table>
  `,
})
class Host {
  readonly rows = rows;
  readonly columns: Column<Job>[] = [
    { id: 'name', title: () => '任务', value: (job) => job.name, card: 'title' },
    { id: 'stage', title: () => '进度', value: (job) => job.stage },
    {
      id: 'reason',
      title: () => '失败原因',
      value: (job) => job.reason,
      note: (job) => job.detail,
    },
    { id: 'ended', title: () => '结束', kind: 'day', value: (job) => job.endedAt },
    { id: 'count', title: () => '条数', kind: 'count', value: () => 0 },
    { id: 'mark', title: () => '标记', kind: 'own', text: (job) => job.stage },
    { id: 'retry', title: () => '操作', kind: 'own' },
  ];
  readonly keyOf = (job: Job): string => job.name;
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('a card', () => {
  it('names a value only where there is one; a note and a zero are values', async () => {
    const fixture = TestBed.createComponent(Host);
    await fixture.whenStable();
    const element: HTMLElement = fixture.nativeElement;
    const named = [...element.querySelectorAll('.cards li')].map((card) =>
      [...card.querySelectorAll('dt')].map((name) => name.textContent),
    );
    expect(named).toEqual([
      ['条数', '操作'],
      ['进度', '失败原因', '结束', '条数', '标记', '操作'],
    ]);
  });

  it('leaves nothing at all where a button is not for the row', async () => {
    const fixture = TestBed.createComponent(Host);
    await fixture.whenStable();
    const element: HTMLElement = fixture.nativeElement;
    const cells = [...element.querySelectorAll('.cards li')].map((card) =>
      [...card.querySelectorAll('dd')].at(-1),
    );
    expect(cells.map((cell) => cell?.matches(':empty'))).toEqual([true, false]);
  });
});
