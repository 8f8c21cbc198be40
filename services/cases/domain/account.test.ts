import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { type AccountDocument, type AccountFacts, accountPaper } from './account.ts';

function document(more: Partial<AccountDocument>): AccountDocument {
  return {
    documentNumber: 'D-1',
    documentDate: '2026-08-01',
    dueDate: '2026-09-01',
    currency: 'CNY',
    amountMinor: 1_000_000_01n,
    openMinor: 400_000_01n,
    ...more,
  };
}

const paid = {
  receivedOn: '2026-10-01',
  means: 'bank_transfer',
  reference: 'R-7',
  currency: 'CNY',
  amountMinor: 600_000_00n,
  reversedAt: null,
};

const facts: AccountFacts = {
  caseId: 'c1',
  number: 'C-2026-000007',
  state: 'OPEN',
  orgName: '苏州精工机械有限公司',
  debtorName: '常州宏远机电设备有限公司',
  customerNumber: '0001032',
  currency: 'CNY',
  openMinor: 450_000_01n,
  documents: [
    document({}),
    document({ documentNumber: 'D-2', documentDate: null, dueDate: '2026-12-01', openMinor: 0n }),
  ],
  payments: [paid, { ...paid, amountMinor: 5n, means: 'cash', reversedAt: '2026-10-05T00:00:00Z' }],
};

function printed(more: Partial<AccountFacts> = {}, language: 'zh-CN' | 'en' = 'zh-CN') {
  return accountPaper({ ...facts, ...more }, { language, asOf: day('2026-11-24') });
}

const rows = (of: readonly (readonly string[])[] = []) => of.map((cells) => cells.join('|'));

describe('the account of an open case', () => {
  it('says to whom, by whom, as of when and how much', () => {
    expect(printed().facts).toEqual([
      ['致', '常州宏远机电设备有限公司'],
      ['债权人', '苏州精工机械有限公司'],
      ['客户编号', '0001032'],
      ['案件', 'C-2026-000007'],
      ['截止日', '2026-11-24'],
      ['未付合计', 'CNY 450,000.01'],
    ]);
  });

  it('has every document with what was paid on it, what is open and since when', () => {
    const [documents] = printed().tables;
    expect(rows(documents?.rows)).toEqual([
      'D-1|2026-08-01|2026-09-01|1,000,000.01|600,000.00|400,000.01|84',
      'D-2||2026-12-01|1,000,000.01|1,000,000.01|0.00|',
    ]);
    expect(documents?.foot).toEqual([
      '合计',
      '',
      '',
      '2,000,000.02',
      '1,600,000.01',
      '400,000.01',
      '',
    ]);
  });

  it('counts no payment that was returned, and tells that it was', () => {
    const payments = printed({}, 'en').tables[1];
    expect(rows(payments?.rows)).toEqual([
      '2026-10-01|Bank transfer|R-7|600,000.00|Counted',
      '2026-10-01|Cash|R-7|0.05|Returned, not in the total',
    ]);
    expect(payments?.foot?.[3]).toBe('600,000.00');
  });

  it('sets what is claimed besides documents apart, when there is any', () => {
    expect(rows(printed().tables.at(-1)?.rows)).toEqual([
      '单据未付|400,000.01',
      '费用与利息|50,000.00',
    ]);
    const bare = printed({ openMinor: 400_000_01n }).tables.at(-1);
    expect(rows(bare?.rows)).toEqual(['单据未付|400,000.01']);
    expect(bare?.foot).toEqual(['未付合计', '400,000.01']);
  });

  it('says that nothing was paid, and leaves room for both seals', () => {
    const paper = printed({ payments: [] });
    expect(paper.tables.map(({ heading }) => heading)).toEqual(['应收单据 (CNY)', '合计 (CNY)']);
    expect(paper.remarks[0]).toContain('没有收款记录');
    expect(paper.signatures).toEqual([
      '苏州精工机械有限公司（盖章）　日期：',
      expect.stringContaining('常州宏远机电设备有限公司（盖章）'),
    ]);
  });

  it('never adds another currency', () => {
    const documents = [...facts.documents, document({ currency: 'USD' })];
    expect(() => printed({ documents })).toThrow('currencies_differ');
  });
});

describe('the account of a closed case', () => {
  it('is refused: what was given up is not to be told as paid', () => {
    expect(() => printed({ state: 'CLOSED' })).toThrow('account_of_closed_case');
  });
});
