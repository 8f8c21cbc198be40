import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { GuarantorPeriod, LetterUnderWay } from '@recourse/proto/web/litigation/v1/limitation';
import { pageProviders } from '../../../testing/answers';
import { show } from '../../../testing/screen';
import { chooseLanguage } from '../../session/language';
import { ClockCards } from './clock-cards';
import { underWayText } from './letter-text';

const period = GuarantorPeriod.fromPartial({
  guarantor: { name: '王某', kind: 'joint' },
  expiresOn: '2026-03-30',
  state: 'open',
  openCount: 2,
  releasedCount: 1,
});
const guarantor = signal<GuarantorPeriod>(period);

const letters = signal<readonly LetterUnderWay[]>([]);
const settleAt = signal<readonly string[] | undefined>(undefined);

@Component({
  imports: [ClockCards],
  template: `<rc-clock-cards
    [clock]="undefined"
    [guarantor]="guarantor()"
    [letters]="letters()"
    [settleAt]="settleAt()"
  />`,
})
class Page {
  protected readonly guarantor = guarantor;
  protected readonly letters = letters;
  protected readonly settleAt = settleAt;
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

describe('letters under way', () => {
  const demand = LetterUnderWay.fromPartial({
    letterId: 'l-1',
    kind: 'DEMAND',
    party: 'DEBTOR',
    means: 'EMS',
    trackingNumber: '1091',
    sentOn: '2026-11-02',
  });
  const guarantors = { ...demand, letterId: 'l-2', party: 'GUARANTOR', trackingNumber: '' };

  it('stand with the next act, and lead to where their delivery is recorded', async () => {
    letters.set([demand, guarantors]);
    settleAt.set(['/cases', 'c-1']);
    const screen = await show(Page);
    expect(screen.texts('section li')).toEqual([
      '催款函 · EMS 1091 · 2026-11-02 寄出 登记送达',
      '催款函 · 致保证人 · EMS · 2026-11-02 寄出 登记送达',
    ]);
    expect(screen.all('section li a').map((link) => link.getAttribute('href'))).toEqual([
      '/cases/c-1?tab=documents&dialog=delivery&on=l-1',
      '/cases/c-1?tab=documents&dialog=delivery&on=l-2',
    ]);
  });

  it('are told to who may not record it, and not named where there are none', async () => {
    settleAt.set(undefined);
    letters.set([demand]);
    const screen = await show(Page);
    expect(screen.texts('section li')).toEqual(['催款函 · EMS 1091 · 2026-11-02 寄出']);
    letters.set([]);
    await screen.settle();
    expect(screen.texts('section').join()).not.toContain('在途');
  });

  it('are one line in a list', () => {
    chooseLanguage('en');
    expect(underWayText([])).toBe('');
    expect(underWayText([demand])).toBe('Under way: Demand · sent Nov 2, 2026');
    expect(underWayText([demand, guarantors])).toMatch(/^2 under way, the oldest: Demand · sent/);
  });
});
