import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Api } from '../session/api';
import { chooseLanguage } from '../session/language';
import { Live } from '../session/live';
import { Problem } from '../session/problem';
import { signedIn } from '../../testing/signed-in';
import type { ColumnChoice } from './column';
import { chooseDensity } from './density';
import { storedViews, viewQuery } from './saved-view';
import { SavedViews } from './saved-views';

@Component({
  imports: [SavedViews],
  template: `<rc-saved-views table="cases" [(columns)]="columns" />`,
})
class Host {
  readonly columns = signal<ColumnChoice | undefined>({ order: ['a', 'b'], shown: ['b'] });
}

let fixture: ComponentFixture<Host>;

/** The team's views at the server, and what was asked of it. */
let shared: object[] = [];
let asked: unknown[] = [];
let refusal: Problem | undefined;

const server = {
  get: (_path: string, decode: (json: unknown) => unknown) =>
    Promise.resolve(decode({ views: shared })),
  put: (path: string, body: object) => {
    if (refusal !== undefined) return Promise.reject(refusal);
    asked.push(['put', path, body]);
    shared = [{ ...body, mayDelete: true, madeBy: { name: '林静' } }];
    return Promise.resolve({});
  },
  post: (path: string) => {
    asked.push(['post', path]);
    shared = [];
    return Promise.resolve({});
  },
};

const texts = (selector: string): string[] =>
  [...document.querySelectorAll(selector)].map((one) => (one.textContent ?? '').trim());

async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  await fixture.whenStable();
}

function button(text: string): HTMLButtonElement | undefined {
  const all = [...document.querySelectorAll<HTMLButtonElement>('[role=dialog] button')];
  return all.find((one) => `${one.textContent}${one.ariaLabel ?? ''}`.includes(text));
}

async function press(text: string): Promise<void> {
  button(text)?.click();
  await fixture.whenStable();
}

async function openPanel(): Promise<void> {
  fixture.nativeElement.querySelector('.trigger').click();
  await fixture.whenStable();
}

async function save(name: string): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('[role=dialog] input');
  if (input === null) throw new Error('no name field');
  input.value = name;
  input.dispatchEvent(new Event('input'));
  await fixture.whenStable();
  await press('保存当前视图');
}

beforeEach(async () => {
  localStorage.clear();
  chooseLanguage('zh-CN');
  [shared, asked, refusal] = [[], [], undefined];
  TestBed.configureTestingModule({
    providers: [
      provideRouter([{ path: 'cases', children: [] }]),
      ...signedIn(),
      { provide: Api, useValue: server },
      { provide: Live, useValue: { changes: () => () => 0 } },
    ],
  });
  await TestBed.inject(Router).navigateByUrl('/cases?tier=HIGH&sort=-open&cursor=abc');
  fixture = TestBed.createComponent(Host);
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  await openPanel();
});

afterEach(() => fixture.nativeElement.remove());

describe('saved views', () => {
  it('keep filters, sort and columns, and no place in the pages', async () => {
    await save('紧急');
    expect(storedViews('cases')).toEqual([
      { name: '紧急', query: 'tier=HIGH&sort=-open', columns: { order: ['a', 'b'], shown: ['b'] } },
    ]);
  });

  it('bring all of it back', async () => {
    await save('紧急');
    fixture.componentInstance.columns.set(undefined);
    await fixture.whenStable();
    await TestBed.inject(Router).navigateByUrl('/cases');
    await press('紧急');
    expect(TestBed.inject(Router).url).toBe('/cases?tier=HIGH&sort=-open');
    expect(fixture.componentInstance.columns()).toEqual({ order: ['a', 'b'], shown: ['b'] });
  });

  it('are replaced by their name and can be deleted', async () => {
    await save('A');
    await save('B');
    await save('A');
    expect(storedViews('cases').map(({ name }) => name)).toEqual(['A', 'B']);
    await press('删除视图 B');
    expect(storedViews('cases').map(({ name }) => name)).toEqual(['A']);
  });

  it('start from nothing when what is stored is unreadable', () => {
    localStorage.setItem('recourse.views.cases', '{"x":');
    expect(storedViews('cases')).toEqual([]);
    localStorage.setItem('recourse.views.cases', '[{"name":1}]');
    expect(storedViews('cases')).toEqual([]);
  });

  it('know the cursors of several lists on a page', () => {
    expect(viewQuery('/x?a=1&oldCursor=k&cursor=z')).toBe('a=1');
    expect(viewQuery('/x')).toBe('');
  });
});

describe('views of the team', () => {
  it('stand apart from one’s own, which can be shared', async () => {
    expect(texts('[role=dialog] strong')).toEqual(['我的视图', '团队视图']);
    await save('紧急');
    await press('把视图 紧急 共享给团队');
    await settle();
    expect(asked[0]).toEqual([
      'put',
      expect.stringMatching(/^\/v1\/views\//),
      {
        viewId: expect.any(String),
        place: 'cases',
        name: '紧急',
        query: 'tier=HIGH&sort=-open',
        columns: { order: ['a', 'b'], shown: ['b'] },
      },
    ]);
    expect(texts('[role=dialog] .own .open')).toEqual(['紧急']);
    expect(texts('[role=dialog] .team .open')).toEqual(['紧急']);
    await press('为整个团队删除视图 紧急');
    await settle();
    expect(texts('[role=dialog] .team .open')).toEqual([]);
    expect(texts('[role=dialog] .own .open')).toEqual(['紧急']);
  });

  it('bring filters, sort, columns and widths, deleted by whom the server lets', async () => {
    const widths = [{ column: 'a', pixels: 90 }];
    const columns = { order: ['b', 'a'], shown: ['a'], widths };
    shared = [{ viewId: 'v', name: '月末', query: 'sort=open', columns, madeBy: { name: '王' } }];
    document.querySelector<HTMLElement>('.cdk-overlay-backdrop')?.click();
    await settle();
    await openPanel();
    await settle();
    expect(button('为整个团队删除视图 月末')).toBeUndefined();
    await press('月末');
    expect(TestBed.inject(Router).url).toBe('/cases?sort=open');
    expect(fixture.componentInstance.columns()).toEqual({
      order: ['b', 'a'],
      shown: ['a'],
      widths: { a: 90 },
    });
  });

  it('say why one was not taken', async () => {
    await save('紧急');
    refusal = new Problem({ status: 409, reason: 'view_name_taken', requestId: 'r9' });
    await press('把视图 紧急 共享给团队');
    await settle();
    expect(texts('[role=dialog] rc-problem-panel').join()).toContain('r9');
  });
});

describe('the height of rows', () => {
  it('is kept', () => {
    chooseDensity('roomy');
    expect(localStorage.getItem('recourse.density')).toBe('roomy');
    chooseDensity('compact');
  });
});
