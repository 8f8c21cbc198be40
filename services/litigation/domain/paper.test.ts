import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { type DebtType, Party } from '@recourse/proto/litigation/v1/matters.ts';
import type { DocumentKind } from '@recourse/proto/litigation/v1/papers.ts';
import { debtWords, templates } from '../rules/templates.ts';
import { type CaseBasis, open } from './matter.ts';
import { compose } from './paper.ts';

const debtType: DebtType = 'DEBT_TYPE_SALE_OF_GOODS';
const at = Temporal.Instant.from('2026-01-05T01:00:00Z');

const basis: CaseBasis = {
  caseId: '01956f3e-0000-7000-8000-00000000c001',
  caseNumber: 'C-2026-000001',
  debtorId: '01956f3e-0000-7000-8000-00000000d001',
  debtorName: '上海恒达机械有限公司',
  open: { currency: 'CNY', minor: 50_000_000n },
  daysOverdue: 189,
  oldestDueDate: '2025-06-30',
  readAt: undefined,
  isOpen: true,
};

function matterOf(bases: readonly CaseBasis[] = [basis]) {
  const matterId = '01956f3e-0000-7000-8000-00000000a001';
  const caseIds = bases.map((one) => one.caseId);
  const creditor = { orgId: 'o', orgName: '远望机电' };
  const command = { matterId, title: '', debtType, province: '', caseIds };
  return open(undefined, command, { bases, taken: undefined, serial: 1, creditor }, at).state;
}

const filling = {
  matter: matterOf(),
  court: '上海市浦东新区人民法院',
  facts: '',
  evidence: ['买卖合同'],
  debtWord: debtWords[debtType],
  today: day('2026-01-05'),
};

describe('a document', () => {
  it.each(templates.map((template) => [template.title, template] as const))(
    '%s names both sides, what is asked, the court and the day',
    (title, template) => {
      const { blocks, blanks } = compose(template, filling);
      const text = blocks.map((block) => block.text).join('\n');
      expect(blocks[0]).toEqual({ kind: 'title', text: title });
      expect(text).toContain(`${template.plaintiff}：远望机电，`);
      expect(text).toContain(`${template.defendant}：上海恒达机械有限公司，`);
      expect(text).toContain('货款人民币500000.00元（大写：伍拾万元整）');
      expect(text).toContain('上海市浦东新区人民法院');
      expect(text).toContain('2026年1月5日');
      expect(text).toContain('1. 买卖合同');
      expect(blanks).toHaveLength(8);
    },
  );

  it('says which words are missing, the court among them', () => {
    const [template] = templates;
    if (template === undefined) throw new Error('no template');
    expect(compose(template, { ...filling, court: '' }).blanks).toContain('court');
  });
});

describe('a guarantor', () => {
  const { matter } = filling;
  const role = 'PARTY_ROLE_GUARANTOR' as const;
  const guarantor = Party.fromPartial({ partyId: 'g', role, name: '保证公司' });
  const parties = [...matter.parties, guarantor];
  const textOf = (kind: DocumentKind): string => {
    const template = templates.find((one) => one.kind === kind);
    if (template === undefined) throw new Error('no template');
    const { blocks } = compose(template, { ...filling, matter: { ...matter, parties } });
    return blocks.map((block) => block.text).join('\n');
  };

  it('stands in a suit, and not in the application for a payment order (legal.md 2.5)', () => {
    expect(textOf('DOCUMENT_KIND_STATEMENT_OF_CLAIM')).toContain('被告（保证人）');
    expect(textOf('DOCUMENT_KIND_PAYMENT_ORDER_APPLICATION')).not.toContain('保证公司');
  });
});

describe('opening a matter', () => {
  const other = { ...basis, caseId: '01956f3e-0000-7000-8000-00000000c002' };
  const usd = { currency: 'USD', minor: 1n };
  it.each([
    [[{ ...basis, isOpen: false }], 'case_closed'],
    [[basis, { ...other, debtorId: 'x' }], 'cases_of_several_debtors'],
    [[basis, { ...other, open: usd }], 'cases_in_several_currencies'],
    [[{ ...basis, open: { currency: 'CNY', minor: 0n } }], 'nothing_owed'],
    [[], 'case_unknown'],
  ])('of %j is refused: %s', (bases: CaseBasis[], reason) => {
    expect(() => matterOf(bases)).toThrow(expect.objectContaining({ reason }));
  });
});
