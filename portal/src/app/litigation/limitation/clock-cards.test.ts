import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { GuarantorPeriod } from '@recourse/proto/web/litigation/v1/limitation';
import { pageProviders } from '../../../testing/answers';
import { show } from '../../../testing/screen';
import { chooseLanguage } from '../../session/language';
import { ClockCards } from './clock-cards';

const period = GuarantorPeriod.fromPartial({
  guarantor: { name: '王某', kind: 'joint' },
  expiresOn: '2026-03-30',
  state: 'open',
  openCount: 2,
  releasedCount: 1,
});
const guarantor = signal<GuarantorPeriod>(period);

@Component({
  imports: [ClockCards],
  template: '<rc-clock-cards [clock]="undefined" [guarantor]="guarantor()" />',
})
class Page {
  protected readonly guarantor = guarantor;
}

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

describe('the guarantor of a debt', () => {
  it('of several documents stands for some and not for others', async () => {
    guarantor.set(period);
    const facts = (await show(Page)).texts('section').join(' ');
    expect(facts).toContain('期间内 2 笔 · 已保住 0 笔 · 已免责 1 笔');
    expect(facts).toContain('最先届满的一笔');
  });

  it('of one document has one period', async () => {
    guarantor.set({ ...period, openCount: 1, releasedCount: 0 });
    const facts = (await show(Page)).texts('section').join(' ');
    expect(facts).toContain('王某');
    expect(facts).not.toContain('笔');
  });
});
