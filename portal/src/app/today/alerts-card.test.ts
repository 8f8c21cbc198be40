import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ListWarningsResponse } from '@recourse/proto/web/credit/v1/ratings';
import { Deadline } from '@recourse/proto/web/litigation/v1/deadlines';
import { ListDebtsResponse } from '@recourse/proto/web/litigation/v1/limitation';
import { pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { AlertsCard } from './alerts-card';

const warnings = ListWarningsResponse.fromJSON({
  warnings: [{ warningId: 'w', customerId: 'c', customerName: '泉州昌川', code: 'limit_exceeded' }],
  page: { count: '236' },
});
const debts = ListDebtsResponse.fromJSON({
  debts: [
    { debtId: 'd', debtorName: '苏州恒德', clock: { expiresOn: '2001-01-01', daysLeft: 0 } },
    { debtId: 'e', debtorName: '济南金航', clock: { expiresOn: '2199-01-01', daysLeft: 21 } },
  ],
  page: { count: '2' },
});
const deadline = Deadline.fromPartial({
  deadlineId: 'l',
  matterId: 'm',
  titleZh: '提起上诉',
  debtorName: '广州诚宇',
  rightLostZh: '判决生效',
  dueDay: '2026-01-05',
  daysLeft: -3,
});

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

describe('alerts of the first page', () => {
  it('tell limits, limitation and court deadlines, each with the way to all of them', async () => {
    const inputs = { warnings, debts, deadlines: [deadline], until: '2026-03-01' };
    const screen = await show(AlertsCard, inputs);
    expect(screen.texts('h3')).toEqual(['信用额度与预警', '诉讼时效', '诉讼期限']);
    expect(screen.texts('.kind a')).toEqual(['全部 236 条', '全部 2 条', '全部 1 条']);
    const lines = screen.texts('li');
    expect(lines[1]).toContain('2001-01-01 已届满');
    expect(lines[1]).toContain('已过时效');
    expect(lines[2]).toContain('21');
    expect(lines[3]).toContain('广州诚宇 · 判决生效');
    const links = screen.all('li a').map((one) => one.getAttribute('href'));
    expect(links[3]).toBe('/litigation/m?tab=deadlines');
  });

  it('leave out what a person may not see, and say when there is nothing', async () => {
    const nothing = ListWarningsResponse.fromJSON({});
    const inputs = { warnings: nothing, debts: undefined, deadlines: undefined, until: '' };
    const screen = await show(AlertsCard, inputs);
    expect(screen.texts('p')).toEqual(['没有需要处理的预警']);
  });
});
