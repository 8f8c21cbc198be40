import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Case, CaseState } from '@recourse/proto/web/cases/v1/cases';
import { InstalmentState, ListPlansResponse, PlanState } from '@recourse/proto/web/cases/v1/plans';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import type { Caller } from '../session/caller';
import { chooseLanguage } from '../session/language';
import { Plans } from './plans';
import { loadPlans } from './terms-load';

const yuan = (minor: bigint) => ({ currency: 'CNY', minor });
const of = Case.fromPartial({ caseId: 'c', state: CaseState.OPEN, open: yuan(10_000n) });
const running = {
  planId: 'p',
  caseId: 'c',
  state: PlanState.ACTIVE,
  amount: yuan(10_000n),
  received: yuan(4_000n),
  left: yuan(6_000n),
  accelerates: true,
  agreedOn: '2026-11-02',
  instalments: [
    {
      number: 1,
      dueDay: '2026-11-10',
      amount: yuan(4_000n),
      received: yuan(4_000n),
      state: InstalmentState.MET,
      metOn: '2026-11-09',
    },
    {
      number: 2,
      dueDay: '2026-12-10',
      amount: yuan(6_000n),
      received: yuan(0n),
      state: InstalmentState.PENDING,
    },
  ],
};

async function opened(plans: readonly object[], person: Partial<Caller>): Promise<Screen<Plans>> {
  TestBed.configureTestingModule({ providers: pageProviders(person) });
  const loaded = TestBed.runInInjectionContext(() => loadPlans(() => 'c'));
  const shown = show(Plans, { of, loaded });
  const body = ListPlansResponse.toJSON(ListPlansResponse.fromPartial({ plans: [...plans] }));
  await answer('/v1/cases/c/plans', body);
  const screen = await shown;
  await screen.settle();
  return screen;
}

const buttons = (screen: Screen<Plans>): string[] => screen.texts('[data-screen] button');

beforeEach(() => chooseLanguage('zh-CN'));

describe('the plans of a case', () => {
  it('show what is paid and left, each instalment, and that nothing is in writing', async () => {
    const screen = await opened([running], { roles: ['director'] });
    const text = screen.texts('[data-screen]').join();
    expect(text).toContain('计划金额¥100.00');
    expect(text).toContain('已收¥40.00');
    expect(text).toContain('未付¥60.00');
    expect(screen.texts('rc-chip')).toEqual([
      '进行中',
      '加速到期',
      '书面确认待补',
      '已付清',
      '待付',
    ]);
    expect(buttons(screen)).toEqual(expect.arrayContaining(['登记书面确认', '取消计划']));
    expect(buttons(screen)).not.toContain('约定还款计划');
  });

  it('show the confirmation, and offer another plan once one is broken', async () => {
    const said = { confirmedOn: '2026-11-03', confirmationReference: 'HK-18' };
    const screen = await opened([{ ...running, ...said, state: PlanState.BROKEN }], {
      roles: ['general_manager'],
    });
    expect(screen.texts('[data-screen]').join()).toContain('书面确认，HK-18');
    expect(buttons(screen)).toContain('约定还款计划');
    expect(buttons(screen)).not.toContain('取消计划');
  });

  it('are agreed by nobody else', async () => {
    const collector = await opened([running], { roles: ['collector'] });
    expect(buttons(collector)).not.toContain('取消计划');
    expect(buttons(collector)).toContain('登记书面确认');
  });

  it('are nothing to see for an agency whose case has none', async () => {
    const agent = { orgKind: 'agency' as const, roles: ['agency_agent'] };
    const screen = await opened([], agent);
    expect(screen.all('[data-screen] h2')).toHaveLength(0);
  });
});
