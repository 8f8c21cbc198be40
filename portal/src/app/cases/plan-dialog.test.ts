import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Case } from '@recourse/proto/web/cases/v1/cases';
import { answer, openBody, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { PlanDialog } from './plan-dialog';

const of = Case.fromPartial({
  caseId: 'c',
  open: { currency: 'CNY', minor: 10_000n },
  contacts: [{ name: '王敏' }],
});
const preview = '/v1/cases/c/plans:preview';
const proposed = {
  instalments: [
    { dueDay: '2999-01-31', amount: { currency: 'CNY', minor: '3333' } },
    { dueDay: '2999-02-28', amount: { currency: 'CNY', minor: '3333' } },
    { dueDay: '2999-03-31', amount: { currency: 'CNY', minor: '3334' } },
  ],
};

async function opened(): Promise<Screen<PlanDialog>> {
  const shown = show(PlanDialog, { of });
  expect(await answer(preview, proposed)).toMatchObject({
    caseId: 'c',
    amount: { currency: 'CNY', minor: '10000' },
    count: 3,
    period: 'PLAN_PERIOD_MONTH',
  });
  return shown;
}

const save = (screen: Screen<PlanDialog>): HTMLButtonElement | undefined =>
  screen.all('[role=dialog] footer button').at(-1) as HTMLButtonElement | undefined;

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders({ roles: ['director'] }) });
});

describe('a plan that is agreed', () => {
  it('is proposed by the server and sent as it stands', async () => {
    const screen = await opened();
    await screen.settle();
    expect(screen.texts('[role=status]').join()).toContain('合计 ¥100.00，与计划金额一致');
    save(screen)?.click();
    expect(await openBody()).toMatchObject({
      amount: { currency: 'CNY', minor: '10000' },
      instalments: proposed.instalments,
      accelerates: true,
      agreedWith: '王敏',
    });
  });

  it('is not sent while a cent is missing, and says so at once', async () => {
    const screen = await opened();
    await screen.settle();
    await screen.type('rc-form-rows rc-money-field input', '33.32');
    expect(screen.texts('[role=status]').join()).toContain('合计 ¥99.99，还差 ¥0.01');
    expect(save(screen)?.disabled).toBe(true);
    await screen.type('rc-form-rows rc-money-field input', '33.33');
    expect(save(screen)?.disabled).toBe(false);
  });

  it('says why the server proposes none', async () => {
    const shown = show(PlanDialog, { of });
    const problem = { reason: 'plan_above_authority', status: 403, facts: {} };
    await answer(preview, problem, 403);
    const screen = await shown;
    await screen.settle();
    expect(screen.all('rc-problem-panel')).toHaveLength(1);
    expect(save(screen)?.disabled).toBe(true);
  });
});
