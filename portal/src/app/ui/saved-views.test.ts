import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage } from '../session/language';
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
  TestBed.configureTestingModule({ providers: [provideRouter([{ path: 'cases', children: [] }])] });
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

describe('the height of rows', () => {
  it('is kept', () => {
    chooseDensity('roomy');
    expect(localStorage.getItem('recourse.density')).toBe('roomy');
    chooseDensity('compact');
  });
});
