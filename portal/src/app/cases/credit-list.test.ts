import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ListCreditResponse } from '@recourse/proto/web/cases/v1/debtor_credit';
import type { CreditMovement } from '@recourse/proto/web/cases/v1/debtor_credit';
import { pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { CreditList } from './credit-list';

const yuan = (minor: bigint) => ({ currency: 'CNY', minor });
const of = ListCreditResponse.fromPartial({
  credit: yuan(120_000n),
  movements: [
    {
      place: 4n,
      kind: 'recovery_reversed',
      day: '2026-11-05',
      amount: yuan(-10_000n),
      balance: yuan(120_000n),
      missing: yuan(3_000n),
    },
    {
      place: 3n,
      kind: 'refunded',
      sourceId: 'r-2',
      day: '2026-11-04',
      amount: yuan(-20_000n),
      balance: yuan(130_000n),
      reference: 'T-2',
      reason: '客户要求',
    },
    {
      place: 2n,
      kind: 'refunded',
      sourceId: 'r-1',
      day: '2026-11-03',
      amount: yuan(-5_000n),
      balance: yuan(145_000n),
      reversed: true,
    },
    {
      place: 1n,
      kind: 'overpaid',
      day: '2026-11-02',
      amount: yuan(150_000n),
      balance: yuan(150_000n),
      caseNumber: 'C-2026-000007',
    },
  ],
});

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

describe('the credit of a debtor', () => {
  it('is told with every movement, where it came from and what is missing', async () => {
    const screen = await show(CreditList, { of });
    expect(screen.texts('p')[0]).toBe('现存预收款 ¥1,200.00');
    const text = screen.texts('tbody tr').join('\n');
    expect(text).toContain('多付');
    expect(text).toContain('C-2026-000007');
    expect(text).toContain('T-2 · 客户要求');
    expect(text).toContain('另有 ¥30.00 此前已用掉');
    expect(text).toContain('已撤回');
    expect(screen.all('button.mat-mdc-outlined-button, td button')).toHaveLength(0);
  });

  it('has a refund that stands taken back by who may', async () => {
    const screen = await show(CreditList, { of, mayApply: true, mayRefund: true });
    const taken: CreditMovement[] = [];
    let [applied, refunded] = [0, 0];
    screen.page.takeBack.subscribe((one) => taken.push(one));
    screen.page.apply.subscribe(() => (applied += 1));
    screen.page.refund.subscribe(() => (refunded += 1));
    const named = (name: string) =>
      screen.all('button').filter((one) => one.textContent?.trim() === name);
    expect(named('撤回退还')).toHaveLength(1);
    for (const name of ['撤回退还', '冲抵欠款', '退还预收款']) named(name)[0]?.click();
    expect(taken.map((one) => one.sourceId)).toEqual(['r-2']);
    expect([applied, refunded]).toEqual([1, 1]);
  });

  it('of which nothing is left is not refunded', async () => {
    const none = { ...of, credit: yuan(0n) };
    const screen = await show(CreditList, { of: none, mayRefund: true });
    expect(screen.texts('p')[0]).toBe('没有预收款');
    expect(screen.texts('button')).not.toContain('退还预收款');
  });

  it('is read in English as well', async () => {
    chooseLanguage('en');
    const screen = await show(CreditList, { of });
    expect(screen.texts('tbody tr').join()).toContain('Refunded');
    expect(screen.texts('p')[0]).toContain('held as credit');
  });
});
