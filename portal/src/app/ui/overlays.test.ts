import { Component, inject, signal } from '@angular/core';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { Confirm } from './confirm';
import { Dialog } from './dialog';
import { FilterChoice } from './filter-choice';
import { Toast, toastMs } from './toast';
import { ToastArea } from './toast-area';
import { Why } from './why';
import type { WhyValue } from './why';

beforeEach(() => chooseLanguage('zh-CN'));

@Component({
  imports: [Dialog],
  template: `
    <button class="opener" (click)="open.set(true)">open</button>
    @if (open()) {
      <rc-dialog heading="委托" (closed)="open.set(false)">
        <input />
        <button actions class="act">go</button>
      </rc-dialog>
    }
  `,
})
class DialogPage {
  readonly open = signal(false);
}

describe('a dialog', () => {
  it('is named, takes the focus to its first control, and gives it back', async () => {
    const screen = await show(DialogPage);
    screen.all('.opener')[0]?.focus();
    await screen.click('.opener');
    const box = screen.all('[role=dialog]')[0];
    const name = document.getElementById(box?.getAttribute('aria-labelledby') ?? '');
    expect(name?.textContent).toBe('委托');
    expect(document.activeElement?.tagName).toBe('INPUT');
    await screen.press('Escape');
    expect(screen.page.open()).toBe(false);
    expect(screen.all('[role=dialog]')).toEqual([]);
    expect(document.activeElement).toBe(screen.all('.opener')[0]);
  });

  it('closes by its cross and by a click outside', async () => {
    const screen = await show(DialogPage);
    await screen.click('.opener');
    await screen.click('header button');
    expect(screen.all('[role=dialog]')).toEqual([]);
    await screen.click('.opener');
    await screen.click('.cdk-overlay-backdrop');
    expect(screen.page.open()).toBe(false);
  });
});

@Component({ template: '' })
class AskPage {
  readonly confirm = inject(Confirm);
}

describe('a question', () => {
  it.each([
    ['取消', 0, false],
    ['关闭案件', 1, true],
  ])('answered with %s is %s', async (_name, at, wanted) => {
    const screen = await show(AskPage);
    const asked = screen.page.confirm.ask({ heading: '关闭？', text: '12 张', action: '关闭案件' });
    await screen.settle();
    expect(screen.all('[role=alertdialog]')).toHaveLength(1);
    await screen.click('rc-confirm-box button', at);
    expect(await asked).toBe(wanted);
  });

  it('left with Escape is no', async () => {
    const screen = await show(AskPage);
    const asked = screen.page.confirm.ask({ heading: '?', text: '', action: 'x' });
    await screen.settle();
    await screen.press('Escape');
    expect(await asked).toBe(false);
  });
});

@Component({ imports: [ToastArea], template: '<rc-toast-area />' })
class ToastPage {
  readonly toast = inject(Toast);
}

describe('a toast', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('undoes and goes', async () => {
    const screen = await show(ToastPage);
    let undone = 0;
    screen.page.toast.undo('已撤回', () => Promise.resolve((undone += 1)));
    await screen.settle();
    expect(screen.texts('[role=status] span')).toEqual(['已撤回']);
    await screen.click('.undo');
    expect([undone, screen.all('.toast').length]).toEqual([1, 0]);
  });

  it('goes by itself, but not while it is pointed at', async () => {
    const screen = await show(ToastPage);
    jest.useFakeTimers();
    screen.page.toast.say('已复制');
    screen.fixture.detectChanges();
    screen.all('.toast')[0]?.dispatchEvent(new Event('pointerenter'));
    screen.fixture.detectChanges();
    jest.advanceTimersByTime(toastMs * 2);
    screen.fixture.detectChanges();
    expect(screen.texts('.toast span')).toEqual(['已复制']);
    screen.all('.toast')[0]?.dispatchEvent(new Event('pointerleave'));
    screen.fixture.detectChanges();
    jest.advanceTimersByTime(toastMs);
    screen.fixture.detectChanges();
    expect(screen.all('.toast')).toEqual([]);
  });
});

@Component({
  imports: [Why],
  template: `<rc-why value="高" [why]="why()" [words]="words" />`,
})
class WhyPage {
  readonly why = signal<WhyValue | undefined>({
    rule: 'large_and_late',
    source: 'tier_rules#2',
    facts: { days: '67' },
    effectiveFrom: '2026-01-01',
  });
  readonly words = (key: string): string | undefined =>
    ({ 'rule.large_and_late': '金额大且逾期久', 'fact.days': '逾期天数' })[key];
}

describe('a value that answers why', () => {
  it('shows the rule, the facts and the source, in the noun’s words', async () => {
    const screen = await show(WhyPage);
    await screen.click('rc-why button');
    expect(screen.texts('[role=dialog] p')).toEqual([
      '金额大且逾期久',
      '出处: tier_rules#2 2026-01-01 起施行',
    ]);
    expect(screen.texts('[role=dialog] dl')).toEqual(['逾期天数67']);
    await screen.press('Escape');
    expect(screen.all('[role=dialog]')).toEqual([]);
  });

  it('is plain text when nothing explains it', async () => {
    const screen = await show(WhyPage);
    screen.page.why.set(undefined);
    await screen.settle();
    expect(screen.texts('rc-why')).toEqual(['高']);
    expect(screen.all('rc-why button')).toEqual([]);
  });
});

@Component({
  imports: [FilterChoice],
  template: `
    <rc-filter-choice label="优先级" [options]="options" [(value)]="many" />
    <rc-filter-choice label="状态" single [options]="options" [(value)]="one" />
  `,
})
class FilterPage {
  readonly options = [
    { value: 'h', name: '高' },
    { value: 'l', name: '低' },
  ];
  readonly many = signal<readonly string[]>([]);
  readonly one = signal<readonly string[]>(['h']);
}

describe('a filter', () => {
  it('of several says what is chosen', async () => {
    const screen = await show(FilterPage);
    await screen.click('rc-filter-choice button');
    await screen.click('.panel input', 0);
    await screen.click('.panel input', 1);
    expect(screen.page.many()).toEqual(['h', 'l']);
    expect(screen.texts('.trigger')[0]).toBe('优先级: 高、低');
    await screen.click('.panel > button');
    expect(screen.page.many()).toEqual([]);
  });

  it('of one changes to the other', async () => {
    const screen = await show(FilterPage);
    await screen.click('.trigger', 1);
    await screen.click('.panel input', 1);
    expect(screen.page.one()).toEqual(['l']);
  });
});
