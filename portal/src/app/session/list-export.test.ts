import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ExportFormat, ExportState } from '@recourse/proto/web/type/v1/export';
import { Subject } from 'rxjs';
import { Api, read } from './api';
import { chooseLanguage } from './language';
import { listExport } from './list-export';
import type { ListExport } from './list-export';
import { Live } from './live';
import type { LiveNote } from './live';
import { Problem } from './problem';

type Answer = Record<string, unknown> | Problem;

/** What was asked of the server, and what it answers one after the other. */
let asked: unknown[];
let answers: Answer[];
let notes: Subject<LiveNote>;

const at = (state: ExportState, more: object = {}): Answer => ({
  export: { exportId: 'e1', state, ...more },
});
const writing = (done: number): Answer =>
  at(ExportState.WRITING, { progress: { jobId: 'e1', stage: 'exporting', done, total: 9 } });
const done = at(ExportState.DONE, { rows: '9', file: { fileId: 'f1', fileName: '案件.xlsx' } });

function answer(decode: (json: unknown) => unknown): Promise<unknown> {
  const next = answers.shift();
  if (next === undefined) throw new Error('nothing more was expected');
  return next instanceof Problem ? Promise.reject(next) : Promise.resolve(decode(next));
}

const server = {
  get: (path: string, decode: (json: unknown) => unknown) => {
    asked.push(['get', path]);
    return answer(decode);
  },
  put: (path: string, body: unknown, decode: (json: unknown) => unknown) => {
    asked.push(['put', path, body]);
    return answer(decode);
  },
  post: (path: string, _body: unknown, decode: (json: unknown) => unknown) => {
    asked.push(['post', path]);
    return answer(decode);
  },
  download: (path: string, name: string) => {
    asked.push(['download', path, name]);
    return Promise.resolve();
  },
};

function made(): ListExport {
  const question = read('/v1/cases', (json) => json, {
    states: ['CASE_STATE_OPEN'],
    sort: '-open',
    page: { size: 50, cursor: 'x' },
  });
  return TestBed.runInInjectionContext(() =>
    listExport({ asked: signal(question) }, 'cases', { also: () => ['creditor'] }),
  );
}

/** As soon as something is heard of the job the server is asked again. */
async function hear(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  notes.next({ noun: 'job', id: 'e1', change: 'done' });
  await new Promise((resolve) => setTimeout(resolve));
}

beforeEach(() => {
  chooseLanguage('zh-CN');
  sessionStorage.clear();
  [asked, answers, notes] = [[], [], new Subject()];
  TestBed.configureTestingModule({
    providers: [
      { provide: Api, useValue: server },
      { provide: Live, useValue: { notes } },
    ],
  });
});

describe('an export on the server', () => {
  it('is asked for with filter, sort and columns of the screen, and handed over', async () => {
    answers = [writing(3), done];
    const one = made();
    const over = one.start(['debtor', 'open'], ExportFormat.XLSX);
    await new Promise((resolve) => setTimeout(resolve));
    expect(one.progress()).toEqual({ stage: 'exporting', done: 3, total: 9 });
    await hear();
    await over;
    const [[verb, path, body], looked, fetched] = asked as [
      [string, string, unknown],
      ...unknown[],
    ];
    expect([verb, path]).toEqual(['put', expect.stringMatching(/^\/v1\/exports\/[0-9a-f-]{36}$/)]);
    expect(body).toEqual({
      look: {
        format: ExportFormat.XLSX,
        columns: ['debtor', 'creditor', 'open'],
        language: 'zh-CN',
      },
      cases: { states: ['CASE_STATE_OPEN'], sort: '-open' },
    });
    expect(looked).toEqual(['get', '/v1/exports/e1']);
    expect(fetched).toEqual(['download', '/v1/files/f1', '案件.xlsx']);
    expect([one.progress(), one.problem(), one.saved()]).toEqual([undefined, undefined, 9n]);
    expect(sessionStorage).toHaveLength(0);
  });

  it('goes on after a reload of the page', async () => {
    answers = [writing(0), new Problem({ status: 0, reason: 'unreachable' })];
    const over = made().start(['debtor'], ExportFormat.CSV);
    await hear();
    await over;
    answers = [done];
    const again = made();
    await again.resume();
    expect(again.saved()).toBe(9n);
    expect(asked.at(-1)).toEqual(['download', '/v1/files/f1', '案件.xlsx']);
    asked = [];
    await made().resume();
    expect(asked).toEqual([]);
  });

  it('says nothing of one that is long over', async () => {
    sessionStorage.setItem('recourse.export./v1/exports.cases', 'e1');
    answers = [new Problem({ status: 404, reason: 'export_unknown' })];
    const one = made();
    await one.resume();
    expect(one.problem()).toBeUndefined();
    expect(sessionStorage).toHaveLength(0);
  });

  it('that failed says why; it begins anew under a new id once that one is known', async () => {
    answers = [new Problem({ status: 503, reason: 'unavailable' })];
    const one = made();
    await one.start(['debtor'], ExportFormat.CSV);
    expect(one.problem()?.reason).toBe('unavailable');
    answers = [at(ExportState.FAILED, { failureReason: 'file_store_full' })];
    await one.again();
    expect(one.problem()?.reason).toBe('file_store_full');
    const [[, first], [, second]] = asked as [[string, string], [string, string]];
    expect(second).toBe(first);
    answers = [done];
    await one.again();
    expect((asked.at(-2) as [string, string])[1]).not.toBe(first);
    expect(one.saved()).toBe(9n);
  });

  it('is cancelled there as well', async () => {
    answers = [writing(1), at(ExportState.CANCELLED)];
    const one = made();
    const over = one.start(['debtor'], ExportFormat.CSV);
    await new Promise((resolve) => setTimeout(resolve));
    await one.cancel();
    expect(one.progress()).toBeUndefined();
    await hear();
    await over;
    expect(asked.map((each) => (each as string[])[0])).toEqual(['put', 'post']);
    expect([one.progress(), one.problem(), one.saved()]).toEqual([undefined, undefined, undefined]);
  });
});
