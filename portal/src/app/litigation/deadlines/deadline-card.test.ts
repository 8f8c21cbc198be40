import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Deadline, DeadlineState } from '@recourse/proto/web/litigation/v1/deadlines';
import { show } from '../../../testing/screen';
import { signedIn } from '../../../testing/signed-in';
import { chooseLanguage } from '../../session/language';
import { DeadlineCard } from './deadline-card';

const me = '01900000-0000-7000-8000-000000000001';
const other = '01900000-0000-7000-8000-00000000000f';

const deadline = (computedBy: string): Deadline =>
  Deadline.fromPartial({
    deadlineId: 'd',
    matterId: 'm',
    matterNumber: 'L-2026-0001',
    debtorName: '上海恒达机械有限公司',
    titleZh: '提起上诉',
    titleEn: 'appeal',
    rightLostZh: '判决生效，丧失上诉权',
    fromDay: '2026-11-16',
    fromWhat: '4eab1848-b15d-8895-ba13-20a9b43bb2cb',
    dueDay: '2026-12-01',
    unmovedDay: '2026-11-30',
    atRisk: { currency: 'CNY', minor: 50_000_000n },
    fatal: true,
    state: DeadlineState.OPEN,
    daysLeft: 6,
    computedBy: { userId: computedBy, name: '林静' },
  });

function host(computedBy: string, more: Partial<Deadline> = {}) {
  @Component({
    imports: [DeadlineCard],
    template: `<rc-deadline-card [deadline]="one" (confirm)="asked = $event" />`,
  })
  class Host {
    readonly one = { ...deadline(computedBy), ...more };
    asked = '';
  }
  return Host;
}

function signIn(role: string): void {
  TestBed.configureTestingModule({
    providers: [provideRouter([]), ...signedIn({ roles: [role] })],
  });
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('a fatal deadline that nobody has confirmed', () => {
  it('says the right lost, the money at risk and that it was moved', async () => {
    signIn('legal_officer');
    const text = (await show(host(other))).texts('article')[0] ?? '';
    expect(text).not.toContain('4eab1848');
    for (const words of [
      '自 2026-11-16 起算',
      '还有 6 天',
      '丧失上诉权',
      '¥500,000.00',
      '由 2026-11-30 顺延',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('says that one counted back from an event was moved up', async () => {
    signIn('legal_officer');
    const moved = { dueDay: '2026-12-11', unmovedDay: '2026-12-13' };
    const [text] = (await show(host(other, moved))).texts('article');
    expect(text).toContain('遇节假日由 2026-12-13 提前');
  });

  it('offers the confirmation to another person', async () => {
    signIn('supervisor');
    const screen = await show(host(other));
    await screen.click('button');
    expect(screen.page.asked).toBe('d');
  });

  it('asks whoever computed it for somebody else', async () => {
    signIn('legal_officer');
    const screen = await show(host(me));
    expect(screen.texts('button')).toEqual(['完成']);
    expect(screen.texts('rc-chip')).toContain('须由另一人复核');
  });
});
