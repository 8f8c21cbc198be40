import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { describe, expect, it } from '@jest/globals';
import { Api, read } from './api';
import { everyPage } from './every-page';

type Answer = {
  rows: string[];
  page: { nextCursor: string; count: bigint; countEstimated: boolean };
};

describe('all pages of a list', () => {
  it('keep the filter and the sort of when they were asked', async () => {
    const asked: unknown[] = [];
    const answer: Answer = {
      rows: ['a'],
      page: { nextCursor: 'n', count: 2n, countEstimated: false },
    };
    const get = (at: string, _decode: unknown, query: unknown) => {
      asked.push([at, query]);
      return Promise.resolve(answer);
    };
    TestBed.configureTestingModule({ providers: [{ provide: Api, useValue: { get } }] });
    const question = (tier: string) =>
      read<Answer>('/v1/cases', () => answer, {
        tier,
        sort: '-open',
        page: { size: 50, cursor: 'x' },
      });
    const now = signal(question('HIGH'));
    const every = TestBed.runInInjectionContext(() =>
      everyPage({ asked: now }, (one: Answer) => one.rows),
    );
    const next = every();
    now.set(question('LOW'));
    const stop = new AbortController();
    expect(await next('', stop.signal)).toEqual({ rows: ['a'], page: answer.page });
    await next('n', stop.signal);
    expect(asked).toEqual([
      ['/v1/cases', { tier: 'HIGH', sort: '-open', page: { size: 200, cursor: '' } }],
      ['/v1/cases', { tier: 'HIGH', sort: '-open', page: { size: 200, cursor: 'n' } }],
    ]);
  });
});
