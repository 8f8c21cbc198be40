import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Case, CaseStage, CaseState, Handling } from '@recourse/proto/web/cases/v1/cases';
import {
  Closing,
  ClosingKind,
  ClosingReason,
  ClosingState,
  GetClosingResponse,
  ListClosingsResponse,
  PreviewClosingResponse,
} from '@recourse/proto/web/cases/v1/closings';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { CaseEndings } from './case-endings';
import { ClosingDialog } from './closing-dialog';
import { ClosingPage } from './closing-page';

const yuan = (minor: bigint) => ({ currency: 'CNY', minor });
const of = Case.fromPartial({
  caseId: 'c',
  number: 'C-2026-000001',
  state: CaseState.OPEN,
  handling: Handling.INTERNAL,
  open: yuan(100_000n),
});
const waiting = Closing.fromPartial({
  closingId: 'k',
  kind: ClosingKind.SALE,
  reason: ClosingReason.PORTFOLIO,
  state: ClosingState.PROPOSED,
  caseCount: 2,
  debtorName: '上海宏达',
  open: yuan(100_000n),
  loss: yuan(88_000n),
  stopLoss: { expected: yuan(20_000n), chanceBps: 2_000, cost: yuan(72_000n), worthIt: false },
  sale: { buyerName: '江南资产', buyerIdentifier: '91320500', price: yuan(12_000n) },
  deciders: ['collector', 'supervisor'],
  note: '三家询价',
  actor: { name: '陈静' },
});

beforeEach(() => chooseLanguage('zh-CN'));

async function endings(file: Case, listed: readonly Closing[], roles: string[]) {
  TestBed.configureTestingModule({ providers: pageProviders({ roles }) });
  const shown = show(CaseEndings, { of: file });
  const answered = ListClosingsResponse.fromPartial({ closings: [...listed] });
  await answer('/v1/closings', ListClosingsResponse.toJSON(answered));
  const screen = await shown;
  await screen.settle();
  return screen.texts('[data-screen] button, [data-screen] a');
}

describe('the ends of a case', () => {
  const sued = { ...of, stage: CaseStage.LITIGATION };
  const placed = { ...of, handling: Handling.PLACED };
  it.each<[string, Case, Closing[], string[], string[]]>([
    ['are two for a director', of, [], ['director'], ['核销或撤回', '以和解结案']],
    ['are one for a collector', of, [], ['collector'], ['核销或撤回']],
    ['are not given up while an agency works it', placed, [], ['collector'], []],
    ['are not given up while a court has it', sued, [], ['collector'], []],
    ['lead to what waits', of, [waiting], ['collector'], ['打包转让待审批']],
  ])('%s', async (_what, file, listed, roles, expected) => {
    expect(await endings(file, listed, roles)).toEqual(expected);
  });
});

describe('one closing', () => {
  it.each([
    ['decided by who may', { mayDecide: true }, ['否决', '批准']],
    ['withdrawn by who made it', { mayWithdraw: true }, ['撤回提议']],
  ])('is %s, told price, loss and whether to go on', async (_what, more, expected) => {
    TestBed.configureTestingModule({ providers: pageProviders({ roles: ['director'] }) });
    const shown = show(ClosingPage, { closingId: 'k' });
    const found = { closing: { ...waiting, ...more }, cases: [] };
    const answered = GetClosingResponse.toJSON(GetClosingResponse.fromPartial(found));
    await answer('/v1/closings/k', answered);
    const screen = await shown;
    await screen.settle();
    expect(screen.texts('rc-object-header button')).toEqual(expected);
    const all = screen.texts('[data-screen]').join();
    for (const part of ['¥120.00', '¥880.00', '江南资产', '价格不低于', '上海宏达 等 2 件']) {
      expect(all).toContain(part);
    }
  });
});

describe('a proposal', () => {
  it('shows what may come in against the cost before anything is written', async () => {
    TestBed.configureTestingModule({ providers: pageProviders({ roles: ['collector'] }) });
    const shown = show(ClosingDialog, { cases: [of] });
    const looked = { open: waiting.open, stopLoss: waiting.stopLoss, deciders: ['supervisor'] };
    const answered = PreviewClosingResponse.fromPartial(looked);
    await answer('/v1/closings:preview', PreviewClosingResponse.toJSON(answered));
    const screen = await shown;
    await screen.settle();
    for (const part of ['¥200.00 · 20%', '¥720.00', '建议止损', '主管']) {
      expect(document.body.textContent).toContain(part);
    }
  });
});
