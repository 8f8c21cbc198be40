import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Case, Handling } from '@recourse/proto/web/cases/v1/cases';
import { PaymentPromise, PromiseState } from '@recourse/proto/web/cases/v1/work';
import { Matter } from '@recourse/proto/web/litigation/v1/matters';
import { pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { awaited, OverviewTab, recoveredBps } from './overview-tab';

const money = (minor: bigint) => ({ currency: 'CNY', minor });
const promise = (promiseId: string, dueDay: string, state: PromiseState) =>
  PaymentPromise.fromPartial({ promiseId, dueDay, state, amount: money(90_000n) });

const of = Case.fromPartial({
  caseId: 'c',
  open: money(150_000n),
  recovered: money(50_000n),
  handling: Handling.PLACED,
  agencyName: '恒信商账',
  receivableCount: 3n,
  nextAction: { step: 'first_call', dueDay: '2000-01-01' },
  allowance: { usedToday: 2, limitToday: 3, permittedNow: true },
  contacts: [{ name: '冯勇', phone: '19907814516' }],
});

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

describe('what came in of a claim', () => {
  it.each([
    [money(150n), money(50n), 2_500],
    [money(0n), money(0n), 0],
    [money(0n), money(70n), 10_000],
  ])('is a share of it: %j open, %j in', (open, recovered, bps) => {
    expect(recoveredBps({ open, recovered })).toBe(bps);
  });
});

describe('the promise that is awaited', () => {
  it('is the pending one that is due first', () => {
    const promises = [
      promise('late', '2026-12-20', PromiseState.PENDING),
      promise('broken', '2026-11-01', PromiseState.BROKEN),
      promise('first', '2026-12-01', PromiseState.PENDING),
    ];
    expect(awaited(promises)?.promiseId).toBe('first');
    expect(awaited(promises.slice(1, 2))).toBeUndefined();
    expect(awaited(undefined)).toBeUndefined();
  });
});

describe('a case at a glance', () => {
  const promises = [promise('p', '2026-12-01', PromiseState.PENDING)];

  it('says what to do, when it may be done, and who is at work', async () => {
    const screen = await show(OverviewTab, { of, promises, timeline: [], matters: undefined });
    const text = screen.texts('section').join(' ');
    for (const part of [
      '首次电话',
      '现在可以联系',
      '2/3',
      '¥900.00',
      '已收 25%',
      '恒信商账（已委外）',
      '冯勇',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('诉讼案件');
  });

  it('names the matters to who may see them', async () => {
    const matters = [Matter.fromPartial({ matterId: 'm', number: 'L-2026-0007' })];
    const screen = await show(OverviewTab, { of, promises: [], timeline: [], matters });
    const text = screen.texts('section').join(' ');
    expect(text).toContain('L-2026-0007');
    expect(text).toContain('没有待兑现的承诺');
  });
});
