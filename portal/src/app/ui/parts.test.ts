import { Component, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { Chart } from './chart';
import type { ChartSpec } from './chart-spec';
import { FileDrop } from './file-drop';
import { ObjectHeader } from './object-header';
import { OverdueChip } from './overdue-chip';
import { ProgressLine } from './progress-line';
import { SearchBox } from './search-box';
import { StatTile } from './stat-tile';
import { Timeline } from './timeline';
import type { TimelineItem } from './timeline';
import { Wizard } from './wizard';
import { WizardStep } from './wizard-step';

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: [provideRouter([])] });
});
afterEach(() => chooseLanguage('zh-CN'));

@Component({
  imports: [Wizard, WizardStep],
  template: `
    <rc-wizard [steps]="steps" [(at)]="at" goBack>
      <rc-wizard-step><input id="one" /></rc-wizard-step>
      <rc-wizard-step>two</rc-wizard-step>
      <p summary>9,681</p>
    </rc-wizard>
  `,
})
class WizardPage {
  readonly steps = [
    { id: 'a', name: '文件' },
    { id: 'b', name: '检查' },
  ];
  readonly at = signal(0);
}

describe('a wizard', () => {
  it('shows one step, keeps the others, and goes back without losing anything', async () => {
    const screen = await show(WizardPage);
    await screen.type('#one', 'kept');
    screen.page.at.set(1);
    await screen.settle();
    expect(screen.all('rc-wizard-step').map((step) => step.hidden)).toEqual([true, false]);
    expect(screen.texts('[aria-current=step]')).toEqual(['2 检查']);
    expect(document.activeElement?.className).toBe('now');
    await screen.click('ol button');
    expect(screen.page.at()).toBe(0);
    expect(screen.all('#one')[0]).toHaveProperty('value', 'kept');
    expect(screen.texts('aside')).toEqual(['9,681']);
  });
});

@Component({
  imports: [Timeline],
  template: `
    <rc-timeline
      label="时间线"
      [items]="items()"
      [kinds]="kinds"
      hasMore
      (more)="asked.set(true)"
    />
  `,
})
class TimelinePage {
  readonly kinds = [
    { value: 'payment', name: '付款' },
    { value: 'contact', name: '联系' },
  ];
  readonly items = signal<readonly TimelineItem[] | undefined>([
    { id: '1', kind: 'contact', icon: 'call', at: new Date().toISOString(), title: '致电' },
    {
      id: '2',
      kind: 'payment',
      icon: 'payments',
      at: '2020-05-20T08:00:00Z',
      title: '到账',
      amount: '¥5.00',
      tone: 'in',
      actor: '李娜',
    },
  ]);
  readonly asked = signal(false);
}

describe('a timeline', () => {
  it('groups by day and filters by kind', async () => {
    const screen = await show(TimelinePage);
    expect(screen.texts('h3')[0]).toMatch(/^今天 · /);
    expect(screen.texts('h3')[1]).toBe('2020-05-20');
    await screen.click('.kinds button', 1);
    expect(screen.texts('li strong')).toEqual(['到账']);
    expect(screen.texts('.amount.in')).toEqual(['¥5.00']);
    await screen.click('.kinds button', 0);
    expect(screen.texts('li strong')).toEqual(['致电', '到账']);
  });

  it('asks for older items, and says when there are none at all', async () => {
    const screen = await show(TimelinePage);
    await screen.click('.more');
    expect(screen.page.asked()).toBe(true);
    screen.page.items.set([]);
    await screen.settle();
    expect(screen.texts('rc-empty-panel h2')).toEqual(['还没有记录']);
  });
});

@Component({
  imports: [FileDrop],
  template: `<rc-file-drop accept=".csv,.xlsx" [maxBytes]="10" (picked)="got.set($event)" />`,
})
class DropPage {
  readonly got = signal<File | undefined>(undefined);
}

describe('a place for files', () => {
  it.each([
    ['x.CSV', 'a', 'x.CSV', ''],
    ['x.pdf', 'a', undefined, '不支持“x.pdf”这种文件，请使用 .csv .xlsx'],
    ['x.csv', 'more than ten', undefined, '文件“x.csv”有 13 B，超过 10 B'],
  ])('takes or refuses %s', async (name, content, taken, says) => {
    const screen = await show(DropPage);
    const drop = new Event('drop', { cancelable: true });
    Object.assign(drop, { dataTransfer: { files: [new File([content], name)] } });
    screen.all('.drop')[0]?.dispatchEvent(drop);
    await screen.settle();
    expect(screen.page.got()?.name).toBe(taken);
    expect(screen.texts('.wrong').join('')).toBe(says);
    expect(drop.defaultPrevented).toBe(true);
  });
});

@Component({
  imports: [ObjectHeader, OverdueChip, ProgressLine, StatTile],
  template: `
    <rc-object-header
      [heading]="name()"
      [figures]="[{ name: '已收', value: '¥1', tone: 'in' }]"
      [crumbs]="[{ name: '案件', link: '/cases' }]"
    >
      <rc-overdue-chip chips overdueClass="OVERDUE_CLASS_SEVERE" [days]="67" />
    </rc-object-header>
    <rc-stat-tile name="到期" value="42" link="/cases" [query]="{ due: 'today' }" />
    <rc-stat-tile name="空" [value]="undefined" />
    <rc-progress-line stage="writing" [done]="431200" [total]="1000000" [perSecond]="82000" />
    <rc-progress-line stage="reading" />
  `,
})
class PartsPage {
  readonly name = signal('上海宏达');
}

describe('the parts of a page', () => {
  it('name the tab after the object', async () => {
    const screen = await show(PartsPage);
    expect(TestBed.inject(Title).getTitle()).toBe('上海宏达 · Recourse');
    screen.page.name.set('杭州锦程');
    await screen.settle();
    expect(TestBed.inject(Title).getTitle()).toBe('杭州锦程 · Recourse');
  });

  it('say the class of risk in a word beside its days, in the language now', async () => {
    const screen = await show(PartsPage);
    expect(screen.texts('rc-overdue-chip')).toEqual(['67 天 严重']);
    chooseLanguage('en');
    await screen.settle();
    expect(screen.texts('rc-overdue-chip')).toEqual(['67 days Severe']);
    expect(screen.all('rc-chip')[0]?.className).toBe('warn');
  });

  it('lead from a number to what it counts', async () => {
    const screen = await show(PartsPage);
    expect(screen.all('a.tile')[0]?.getAttribute('href')).toBe('/cases?due=today');
    expect(screen.all('.tile .bone')).toHaveLength(1);
  });

  it('tell how far something is, and what is not known', async () => {
    const screen = await show(PartsPage);
    const [known, open] = screen.all('[role=progressbar]');
    expect(known?.getAttribute('aria-valuenow')).toBe('43');
    expect(open?.hasAttribute('aria-valuenow')).toBe(false);
    expect(screen.texts('rc-progress-line .rc-figure')[0]).toBe(
      '431,200 / 1,000,000 · 82,000/秒 · 还需 7秒',
    );
  });
});

@Component({
  imports: [SearchBox],
  template: `<rc-search-box [value]="text()" (changed)="told.push($event)" />`,
})
class SearchPage {
  readonly text = signal('a');
  readonly told: string[] = [];
}

describe('a search box', () => {
  it('tells after a rest, once, and shows what the URL says', async () => {
    const screen = await show(SearchPage);
    expect(screen.all('input')[0]).toHaveProperty('value', 'a');
    // In one step: a machine that pauses between two keys would make a rest of it.
    const typing = ['ab', 'abc'].map((text) => screen.type('input', text, false));
    expect(screen.page.told).toEqual([]);
    await Promise.all(typing);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(screen.page.told).toEqual(['abc']);
    screen.page.text.set('');
    await screen.settle();
    expect(screen.all('input')[0]).toHaveProperty('value', '');
  });
});

@Component({
  imports: [Chart],
  template: `<rc-chart heading="账龄" [spec]="spec()" />`,
})
class ChartPage {
  readonly spec = signal<ChartSpec | undefined>({
    kind: 'bars',
    unit: 'money',
    categoryName: '账龄',
    categories: ['1–30', '>90'],
    series: [{ name: '金额', values: [{ currency: 'CNY', minor: 123456n }, undefined] }],
  });
}

describe('a chart', () => {
  it('has its numbers as a table', async () => {
    const screen = await show(ChartPage);
    await screen.click('.tools button');
    expect(screen.texts('tr')).toEqual(['账龄金额', '1–30¥1,234.56', '>90–']);
  });

  it('says when there is nothing to draw', async () => {
    const screen = await show(ChartPage);
    screen.page.spec.set({
      kind: 'lines',
      unit: 'count',
      categoryName: 'x',
      categories: ['a'],
      series: [{ name: 's', values: [undefined] }],
    });
    await screen.settle();
    expect(screen.texts('.none')).toEqual(['没有可显示的数据']);
  });
});
