import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ExportFormat } from '@recourse/proto/web/type/v1/export';
import { chooseLanguage } from '../session/language';
import type { ExportProgress, ListExport } from '../session/list-export';
import { Problem } from '../session/problem';
import { show } from '../../testing/screen';
import type { Column } from './column';
import { DataTable } from './data-table';

type Row = { name: string };

const progress = signal<ExportProgress | undefined>(undefined);
const problem = signal<Problem | undefined>(undefined);
const saved = signal<bigint | undefined>(undefined);
let called: unknown[] = [];

const exports: ListExport = {
  progress,
  problem,
  saved,
  start: async (...asked) => void called.push(asked),
  again: async () => void called.push('again'),
  cancel: async () => void called.push('cancel'),
  resume: async () => void called.push('resume'),
};

@Component({
  imports: [DataTable],
  template: `<rc-data-table
    name="test"
    label="案件"
    [columns]="columns"
    [rows]="rows"
    [rowKey]="keyOf"
    [exports]="exports"
  />`,
})
class Host {
  readonly exports = exports;
  readonly rows: Row[] = [{ name: '上海宏达' }];
  readonly columns: Column<Row>[] = [
    { id: 'name', title: () => '客户', value: (row) => row.name },
    { id: 'act', title: () => '处理', kind: 'own' },
    { id: 'spare', title: () => '备用', value: (row) => row.name, hidden: true },
  ];
  readonly keyOf = (row: Row): string => row.name;
}

beforeEach(() => {
  chooseLanguage('zh-CN');
  called = [];
  for (const one of [progress, problem, saved]) one.set(undefined);
  TestBed.configureTestingModule({ providers: [provideRouter([])] });
});

describe('a table that the server exports', () => {
  it('asks which kind of file, and names the columns that say something', async () => {
    const screen = await show(Host);
    await screen.click('rc-export-menu .trigger');
    expect(screen.texts('[role=dialog] strong')).toEqual(['Excel (XLSX)', 'CSV']);
    await screen.click('[role=dialog] .kind');
    expect(called).toEqual(['resume', [['name'], ExportFormat.XLSX]]);
  });

  it('shows how far it is, what went wrong and what was saved', async () => {
    const screen = await show(Host);
    progress.set({ stage: 'exporting', done: 1, total: 3 });
    await screen.settle();
    expect(screen.texts('rc-list-export-line rc-progress-line')[0]).toContain('1 / 3');
    await screen.click('rc-list-export-line button');
    problem.set(new Problem({ status: 503, reason: 'unavailable', requestId: 'r7' }));
    await screen.settle();
    await screen.click('rc-list-export-line rc-problem-panel button');
    expect(called).toEqual(['resume', 'cancel', 'again']);
    progress.set(undefined);
    problem.set(undefined);
    saved.set(3n);
    await screen.settle();
    expect(screen.texts('rc-list-export-line')).toEqual(['已导出 3 项']);
  });
});
