import { Location } from '@angular/common';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { untilThere } from '../../testing/screen';
import { dayFilter, flagFilter, manyFilter, oneFilter, textFilter } from './list-filter';
import { listState } from './list-state';

@Component({ template: '' })
class Page {
  readonly list = listState({
    filters: {
      query: textFilter(),
      tiers: manyFilter(['HIGH', 'LOW']),
      state: oneFilter(['OPEN', 'CLOSED']),
      mine: flagFilter(),
      due: dayFilter(),
    },
    sort: '-open',
  });
}

let harness: RouterTestingHarness;

async function open(url: string): Promise<Page['list']> {
  return (await harness.navigateByUrl(url, Page)).list;
}

function url(): string {
  return TestBed.inject(Router).url;
}

beforeEach(async () => {
  TestBed.configureTestingModule({ providers: [provideRouter([{ path: '**', component: Page }])] });
  TestBed.inject(Router).setUpLocationChangeListener();
  harness = await RouterTestingHarness.create();
});

describe('a list without anything in the URL', () => {
  it('has no filter, its own sort and the first page', async () => {
    const list = await open('/cases');
    expect(list.values()).toEqual({ query: '', tiers: [], state: undefined, mine: false, due: '' });
    expect([list.sort(), list.pageNumber(), list.active()]).toEqual(['-open', 1, 0]);
    expect(list.page()).toEqual({ size: 50, cursor: '' });
  });
});

describe('a list whose URL names filters', () => {
  it('reads them, and nothing that it does not know', async () => {
    const list = await open(
      '/cases?query=%E4%B8%8A&tiers=LOW&tiers=ODD&state=ODD&mine=yes&due=2026-1-1&sort=open',
    );
    expect(list.values()).toEqual({
      query: '上',
      tiers: ['LOW'],
      state: undefined,
      mine: true,
      due: '',
    });
    expect([list.sort(), list.active()]).toEqual(['open', 3]);
  });
});

describe('changing a list', () => {
  it('writes filters to the URL and goes to the first page', async () => {
    const list = await open('/cases?cursor=c1&tab=x');
    list.set({ query: 'a b', tiers: ['HIGH', 'LOW'], mine: true });
    await harness.fixture.whenStable();
    expect(url()).toBe('/cases?tab=x&query=a%20b&tiers=HIGH&tiers=LOW&mine=yes');
    list.clear();
    await harness.fixture.whenStable();
    expect(url()).toBe('/cases?tab=x');
  });

  it('sorts downwards first and turns at the second time', async () => {
    const list = await open('/cases');
    list.sortBy('number');
    await harness.fixture.whenStable();
    expect(list.sort()).toBe('-number');
    list.sortBy('number');
    await harness.fixture.whenStable();
    expect(list.sort()).toBe('number');
  });

  it('goes on and back by key, also with the browser’s Back', async () => {
    const list = await open('/cases');
    list.next('c1');
    await harness.fixture.whenStable();
    list.next('c2');
    await harness.fixture.whenStable();
    expect([list.page().cursor, list.pageNumber()]).toEqual(['c2', 3]);
    TestBed.inject(Location).back();
    await untilThere(() => (list.pageNumber() === 2 ? list : undefined));
    expect([list.page().cursor, list.pageNumber()]).toEqual(['c1', 2]);
    list.previous();
    await harness.fixture.whenStable();
    expect([url(), list.pageNumber()]).toEqual(['/cases', 1]);
  });
});
