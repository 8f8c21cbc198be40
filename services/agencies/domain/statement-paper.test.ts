import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import type { ListedLine } from './sheet.ts';
import { statementPaper } from './statement-paper.ts';
import { type Statement, totals } from './statement.ts';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const statement: Statement = {
  statementId: 's1',
  number: 'CS-2026-02-0001',
  creditorId: 'c',
  creditorName: '远望机电',
  agencyId: 'a',
  agencyName: '正信资产',
  month: '2026-02',
  currency: 'CNY',
  state: 'OPEN',
  closedBy: undefined,
  closedAt: undefined,
  version: 1n,
};

function line(more: Partial<ListedLine>): ListedLine {
  return {
    lineId: 'l',
    caseNumber: 'C-1',
    debtorName: 'D-7F3A',
    kind: 'ACCRUAL',
    rateBps: 1250,
    term: 'flat',
    receivedOn: day('2026-02-10'),
    paymentId: 'p',
    payment: cny(100_000_001n),
    commission: cny(12_500_000n),
    vat: cny(750_001n),
    mark: 'TICKED',
    holdReason: '',
    ...more,
  };
}

const lines = [
  line({}),
  line({ kind: 'CLAW_BACK', payment: cny(-1n), commission: cny(-2n), vat: cny(-3n) }),
  line({
    kind: 'RETAINER',
    paymentId: '',
    payment: cny(0n),
    rateBps: 0,
    term: 'retainer',
    commission: cny(100n),
    vat: cny(6n),
    mark: 'HELD',
    holdReason: '尚未开票',
  }),
];

function printed(language: 'zh-CN' | 'en', more: Partial<Statement> = {}, of = lines) {
  const how = { language, day: day('2026-03-02') };
  return statementPaper({ ...statement, ...more }, of, totals(of, 'CNY'), how);
}

describe('a statement on paper', () => {
  it('says who, what month, and what is payable and held', () => {
    expect(printed('zh-CN').facts).toEqual([
      ['委托方', '远望机电'],
      ['受托机构', '正信资产'],
      ['编号', 'CS-2026-02-0001'],
      ['期间', '2026-02'],
      ['币种', 'CNY'],
      ['状态', '核对中'],
      ['出具日', '2026-03-02'],
      ['应付', 'CNY 132,499.96'],
      ['搁置', 'CNY 1.06'],
    ]);
    expect(printed('zh-CN').remarks[0]).toContain('2026-02-28');
  });

  it('has a line each, with no payment and no rate where there is none', () => {
    const [detail] = printed('zh-CN').tables;
    expect(detail?.rows.map((cells) => cells.join('|'))).toEqual([
      'C-1|D-7F3A|计提|2026-02-10|1,000,000.01|12.5%|固定费率|125,000.00|7,500.01|已核',
      'C-1|D-7F3A|冲回|2026-02-10|-0.01|12.5%|固定费率|-0.02|-0.03|已核',
      'C-1|D-7F3A|基础费|2026-02-10|–||基础费|1.00|0.06|搁置',
    ]);
    expect(detail?.foot?.filter((text) => text !== '')).toEqual([
      '合计',
      '1,000,000.00',
      '125,000.98',
      '7,500.04',
    ]);
  });

  it('tells held lines again with their reasons, when there are any', () => {
    const [, held] = printed('zh-CN').tables;
    expect(held?.rows).toEqual([['C-1', 'D-7F3A', '2026-02-10', '1.06', '尚未开票']]);
    const headings = printed('zh-CN', {}, lines.slice(0, 2)).tables.map(({ heading }) => heading);
    expect(headings).toEqual(['明细 (CNY)', '按种类合计 (CNY)']);
  });

  it('sums each kind that there is, and all of them', () => {
    const kinds = printed('en').tables.at(-1);
    expect(kinds?.rows).toEqual([
      ['Accrual', '1', '1,000,000.01', '125,000.00', '7,500.01', '132,500.01'],
      ['Claw-back', '1', '-0.01', '-0.02', '-0.03', '-0.05'],
      ['Retainer', '1', '0.00', '1.00', '0.06', '1.06'],
    ]);
    expect(kinds?.foot).toEqual([
      'Total',
      '3',
      '1,000,000.00',
      '125,000.98',
      '7,500.04',
      '132,501.02',
    ]);
  });

  it('never adds another currency', () => {
    const made = totals(lines, 'CNY');
    const yen = { currency: 'JPY', minor: 1n };
    const mixed = [...lines, line({ payment: yen, commission: yen, vat: yen })];
    const how = { language: 'en', day: day('2026-03-02') } as const;
    expect(() => statementPaper(statement, mixed, made, how)).toThrow('currencies_differ');
  });

  it('warns while it is open; closed it says by whom and on which day', () => {
    expect(printed('en').note).toContain('Still being checked');
    const closed = printed('en', {
      state: 'CLOSED',
      closedBy: { userId: 'u', orgId: 'c', orgName: '远望机电', name: '张敏' },
      closedAt: Temporal.Instant.from('2026-03-01T17:00:00Z'),
    });
    expect(closed.note).toBe('');
    expect(closed.facts).toContainEqual(['State', 'Closed · 张敏 · 2026-03-02']);
  });
});
