import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Case, CaseState } from '@recourse/proto/web/cases/v1/cases';
import {
  ListSettlementsResponse,
  PreviewSettlementResponse,
  Settlement,
  SettlementState,
} from '@recourse/proto/web/cases/v1/settlements';
import { answer, openBody, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import type { Caller } from '../session/caller';
import { chooseLanguage } from '../session/language';
import { SettlementDialog } from './settlement-dialog';
import { Settlements } from './settlements';
import { loadSettlements } from './terms-load';

const yuan = (minor: bigint) => ({ currency: 'CNY', minor });
const of = Case.fromPartial({ caseId: 'c', state: CaseState.OPEN, open: yuan(100_000n) });
const terms = {
  open: yuan(100_000n),
  discount: yuan(40_000n),
  discountBps: 4_000,
  suggestedBps: 3_000,
  suggestedAmount: yuan(70_000n),
  deeper: true,
  deciders: ['director', 'general_manager'],
};
const waiting = Settlement.fromPartial({
  settlementId: 's',
  caseId: 'c',
  state: SettlementState.PROPOSED,
  amount: yuan(60_000n),
  dueDay: '2026-11-30',
  reason: '争议货款',
  actor: { name: '陈静' },
  terms,
});

async function opened(
  settlements: readonly Settlement[],
  person: Partial<Caller> = { roles: ['director'] },
): Promise<Screen<Settlements>> {
  TestBed.configureTestingModule({ providers: pageProviders(person) });
  const loaded = TestBed.runInInjectionContext(() => loadSettlements(() => 'c'));
  const shown = show(Settlements, { of, loaded });
  const listed = ListSettlementsResponse.fromPartial({ settlements: [...settlements] });
  await answer('/v1/cases/c/settlements', ListSettlementsResponse.toJSON(listed));
  const screen = await shown;
  await screen.settle();
  return screen;
}

const buttons = (screen: Screen<Settlements>): string[] => screen.texts('[data-screen] button');

beforeEach(() => chooseLanguage('zh-CN'));

describe('the settlements of a case', () => {
  it('tell the discount, what policy suggests and who may decide', async () => {
    const screen = await opened([{ ...waiting, mayDecide: true }]);
    expect(screen.texts('rc-chip')).toEqual(['待审批', '超出政策']);
    const facts = screen.texts('dd');
    expect(facts).toContain('¥400.00（40%）');
    expect(facts.join()).toContain('折让 30%');
    expect(facts).toContain('¥700.00');
    expect(facts.join()).toMatch(/催收总监.*总经理/);
    expect(buttons(screen)).toEqual(expect.arrayContaining(['否决', '批准']));
  });

  it('offer no decision to who may make none', async () => {
    const screen = await opened([{ ...waiting, mayWithdraw: true }]);
    expect(buttons(screen)).toContain('撤回');
    expect(buttons(screen)).not.toContain('批准');
  });

  it('tell an agency nothing of policy', async () => {
    const told = { open: terms.open, discount: terms.discount, discountBps: 4_000 };
    const one = Settlement.fromPartial({ ...waiting, terms: told });
    const screen = await opened([one], { orgKind: 'agency', roles: ['agency_agent'] });
    expect(screen.texts('dt')).not.toContain('政策最多');
    expect(screen.texts('dt')).not.toContain('可审批');
  });

  it('tell what came and what is left once approved, and nothing to be proposed', async () => {
    const state = SettlementState.APPROVED;
    const money = { received: yuan(20_000n), left: yuan(40_000n) };
    const screen = await opened([{ ...waiting, state, ...money }], { roles: ['auditor'] });
    expect(screen.texts('dd')).toEqual(expect.arrayContaining(['¥200.00', '¥400.00']));
    expect(buttons(screen)).not.toContain('提出和解');
  });
});

describe('a settlement that is proposed', () => {
  const preview = '/v1/cases/c/settlements:preview';
  const suggested = PreviewSettlementResponse.toJSON(
    PreviewSettlementResponse.fromPartial({
      amount: yuan(70_000n),
      terms: { ...terms, discount: yuan(30_000n), discountBps: 3_000, deeper: false },
      latestDueDay: '2999-01-01',
    }),
  );

  it('begins with what policy suggests and tells what is written at once', async () => {
    TestBed.configureTestingModule({ providers: pageProviders({ roles: ['collector'] }) });
    const shown = show(SettlementDialog, { of });
    expect(await answer(preview, suggested)).not.toHaveProperty('amount');
    const screen = await shown;
    await screen.settle();
    expect(screen.texts('[role=dialog] p').join()).toContain('折让在政策之内');
    const typed = screen.type('rc-money-field input', '600');
    const body = PreviewSettlementResponse.fromPartial({ amount: yuan(60_000n), terms });
    const asked = await answer(preview, PreviewSettlementResponse.toJSON(body));
    await typed;
    expect(asked).toMatchObject({ amount: { currency: 'CNY', minor: '60000' } });
    await screen.settle();
    expect(screen.texts('[role=dialog] p').join()).toContain('须上一级审批');
    await screen.type('textarea', '争议货款');
    const send = screen.all('[role=dialog] footer button').at(-1) as HTMLButtonElement;
    expect(send.disabled).toBe(false);
    send.click();
    expect(await openBody()).toMatchObject({
      amount: { currency: 'CNY', minor: '60000' },
      reason: '争议货款',
    });
  });
});
