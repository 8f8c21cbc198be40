import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Case } from '@recourse/proto/web/cases/v1/cases';
import { CreditMovement } from '@recourse/proto/web/cases/v1/debtor_credit';
import { answer, openBody, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { Api } from '../session/api';
import { chooseLanguage } from '../session/language';
import { FormDialog } from '../ui/form-dialog';
import { today } from '../ui/format';
import type { Form } from '../ui/form-values';
import { addDays } from '../ui/parse-day';
import { applyForm, creditHeld, forgoForm, refundBackForm, refundForm } from './credit-forms';

const yuan = (minor: bigint) => ({ currency: 'CNY', minor });
const of = Case.fromPartial({
  caseId: 'c',
  version: 7n,
  open: yuan(120_000n),
  credits: [yuan(150_000n), { currency: 'USD', minor: 900n }],
});
const held = yuan(150_000n);

async function opened(form: (api: Api) => Form): Promise<Screen<FormDialog>> {
  return show(FormDialog, { form: form(TestBed.inject(Api)) });
}

const send = (screen: Screen<FormDialog>): void =>
  screen.all('[role=dialog] footer button').at(-1)?.click();
const isOpen = (screen: Screen<FormDialog>): boolean =>
  screen.all('[role=dialog] footer button').at(-1)?.matches(':enabled') === true;

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders({ roles: ['finance'] }) });
});

describe('what is held for a debtor', () => {
  it('is what there is in the currency of the case', () => {
    expect(creditHeld(of)).toEqual(held);
    expect(creditHeld({ ...of, open: { currency: 'EUR', minor: 1n } })).toBeUndefined();
    expect(creditHeld({ ...of, credits: [] })).toBeUndefined();
  });
});

describe('credit that is applied', () => {
  it('is proposed up to what is open, and says in what order it pays', async () => {
    const screen = await opened((api) => applyForm(api, of, held));
    expect(screen.texts('[role=dialog]').join()).toContain('现存 ¥1,500.00，本案未清 ¥1,200.00');
    expect(screen.texts('[role=dialog]').join()).toContain('费用、利息、本金');
    send(screen);
    expect(await openBody()).toMatchObject({ amount: { currency: 'CNY', minor: '120000' } });
  });

  it('is proposed whole where more is owed', async () => {
    const screen = await opened((api) => applyForm(api, of, yuan(5_000n)));
    send(screen);
    expect(await openBody()).toMatchObject({ amount: { currency: 'CNY', minor: '5000' } });
  });
});

describe('credit that is refunded', () => {
  it('needs a reference and a reason', async () => {
    const screen = await opened((api) => refundForm(api, of, held));
    expect(isOpen(screen)).toBe(false);
    await screen.type('rc-text-field input', 'T-88');
    expect(isOpen(screen)).toBe(false);
    await screen.type('rc-text-field textarea', '客户要求退回');
    expect(isOpen(screen)).toBe(true);
    send(screen);
    expect(await openBody()).toMatchObject({
      amount: { currency: 'CNY', minor: '150000' },
      paidOn: today(),
      reference: 'T-88',
      reason: '客户要求退回',
    });
  });

  it('is taken back by its id, and a refusal says what to do', async () => {
    const refund = { kind: 'refunded', sourceId: 'r', amount: yuan(-150_000n) };
    const screen = await opened((api) => refundBackForm(api, CreditMovement.fromPartial(refund)));
    expect(screen.texts('[role=dialog]').join()).toContain('退还 ¥1,500.00 将撤回');
    await screen.type('rc-text-field textarea', '银行退回');
    send(screen);
    const refused = { kind: 'refused', reason: 'refund_already_reversed', facts: {} };
    expect(await answer('/v1/credit-refunds/r:reverse', refused, 409)).toMatchObject({
      reason: '银行退回',
    });
    await screen.settle();
    expect(screen.texts('[role=alert]').join()).toContain('这笔退还已经撤回');
  });
});

describe('a decision not to sue', () => {
  it('names its reason and the day of the next look, a quarter ahead', async () => {
    const screen = await opened((api) => forgoForm(api, of));
    expect(isOpen(screen)).toBe(false);
    await screen.type('rc-text-field textarea', '无可供执行财产');
    send(screen);
    expect(await answer('/v1/cases/c:forgo', {})).toMatchObject({
      reason: '无可供执行财产',
      lookAgainOn: addDays(today(), 90),
      expectedVersion: '7',
    });
  });
});
