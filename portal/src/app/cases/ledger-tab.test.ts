import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ListCreditResponse } from '@recourse/proto/web/cases/v1/debtor_credit';
import { LedgerEntry, ListLedgerResponse } from '@recourse/proto/web/cases/v1/work';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { ledgerLines, LedgerTab } from './ledger-tab';

const money = (minor: bigint) => ({ currency: 'CNY', minor });
const ledger = ListLedgerResponse.fromPartial({
  entries: [
    LedgerEntry.fromPartial({
      entryId: 'b',
      kind: 'payment',
      day: '2026-11-02',
      what: 'bank_transfer',
      reference: 'R-7',
      amount: money(120_000n),
      change: money(-105_000n),
      balance: money(0n),
    }),
    LedgerEntry.fromPartial({
      entryId: 'a',
      kind: 'cost',
      day: '2026-10-30',
      what: 'acceptance_fee',
      amount: money(5_000n),
      change: money(5_000n),
      balance: money(105_000n),
      matterId: 'm',
    }),
  ],
  opening: money(100_000n),
  open: money(0n),
});

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

describe('the ledger of a case', () => {
  it('is nothing before it is read', () => {
    expect(ledgerLines(undefined)).toBeUndefined();
  });

  it('says what each entry was, what of it is credit, and ends with what it began with', () => {
    const lines = ledgerLines(ledger) ?? [];
    expect(lines.map(({ name, note }) => [name, note])).toEqual([
      ['回款', '银行转账 · R-7 · 其中 ¥150.00 记为预收'],
      ['诉讼费用', '案件受理费'],
      ['单据合计（期初）', '按现有单据；之后的导入会改变它'],
    ]);
    expect(lines.at(-1)?.balance).toEqual(money(100_000n));
  });

  it('says that older entries are in what it began with', () => {
    const lines = ledgerLines({ ...ledger, hasMore: true });
    expect(lines?.at(-1)?.note).toBe('更早的事项已并入期初。');
  });

  it('has the commission of the case with its sum', async () => {
    const shown = show(LedgerTab, { caseId: 'c', ledger });
    await answer('/v1/cases/c/payments', { payments: [] });
    const line = { kind: 'LINE_KIND_ACCRUAL', agencyName: '恒信', rateBps: 800, term: 'flat' };
    const amounts = { commission: { currency: 'CNY', minor: '960' }, payment: { currency: 'CNY' } };
    const vat = { currency: 'CNY', minor: '58' };
    await answer('/v1/commission/lines', { lines: [{ ...line, ...amounts, vat, lineId: 'l' }] });
    const screen = await shown;
    const text = screen.texts('section').join(' ');
    expect(text).toContain('还没有回款');
    expect(text).toContain('佣金合计 ¥9.60，增值税 ¥0.58');
    expect(text).toContain('固定费率');
    expect(text).toContain('未出账');
  });

  it('has the credit of the debtor once there is some, for those who may see it', async () => {
    const movement = { place: 1n, kind: 'overpaid', amount: money(15_000n) };
    const credit = ListCreditResponse.fromPartial({
      credit: money(15_000n),
      movements: [{ ...movement, balance: money(15_000n), day: '2026-11-02' }],
    });
    for (const [given, isThere] of [
      [credit, true],
      [ListCreditResponse.fromPartial({ credit: money(0n) }), false],
      [undefined, false],
    ] as const) {
      const shown = show(LedgerTab, { caseId: 'c', ledger, credit: given });
      await answer('/v1/cases/c/payments', { payments: [] });
      await answer('/v1/commission/lines', { lines: [] });
      const text = (await shown).texts('section').join(' ');
      expect(text.includes('现存预收款 ¥150.00')).toBe(isThere);
    }
  });

  it('lets the debtor’s account be downloaded by who may have it printed', async () => {
    for (const mayPrint of [true, false]) {
      const shown = show(LedgerTab, { caseId: 'c', ledger, mayPrint });
      await answer('/v1/cases/c/payments', { payments: [] });
      await answer('/v1/commission/lines', { lines: [] });
      const screen = await shown;
      expect(screen.texts('rc-account-button button')).toEqual(
        mayPrint ? ['下载对账单（PDF）'] : [],
      );
      if (!mayPrint) continue;
      screen.all('rc-account-button button')[0]?.click();
      const refused = { reason: 'account_of_closed_case', facts: { number: 'C-1' } };
      await answer('/v1/cases/c/account/file', refused, 409);
      expect(screen.texts('rc-problem-panel').join()).toContain('案件 C-1 已结，不再出对账单');
    }
  });

  it('has a next page of payments where there are more', async () => {
    const shown = show(LedgerTab, { caseId: 'c', ledger });
    const page = { nextCursor: 'more', count: '2602' };
    await answer('/v1/cases/c/payments', { payments: [{ paymentId: 'p' }], page });
    await answer('/v1/commission/lines', { lines: [] });
    const screen = await shown;
    expect(screen.texts('nav').join(' ')).toContain('2,602');
    expect(screen.all('nav button[aria-label="下一页"]')).toHaveLength(1);
    screen.all('nav button[aria-label="下一页"]')[0]?.click();
    await answer('/v1/cases/c/payments', { payments: [{ paymentId: 'q' }], page: {} });
    await screen.settle();
    expect(screen.texts('nav').join(' ')).toContain('第 2 页');
  });
});
