import { describe, expect, it } from '@jest/globals';
import { analyser } from './analysis.ts';
import { applyProfile, profileOf } from './source-profile.ts';
import type { SourceProfile } from './source-profile.ts';
import { layoutFacts, suggestedMapping, summarise } from './summary.ts';
import type { AnalysisSummary } from './summary.ts';

const ledger = [
  ['凭证字号', '客户', '到期日', '借方金额', '贷方金额'],
  ['1', '甲公司', '2026-02-05', '1000.00', ''],
  ['2', '乙公司', '2026-02-06', '', '300.00'],
];

function analysed(): AnalysisSummary {
  const work = analyser();
  work.add(ledger.map((cells, at) => ({ line: at + 1, cells })));
  const file = { encoding: 'utf-8', byteOrderMark: false, delimiter: ',', sheet: '' };
  return summarise(work.finish(), file);
}

/** A profile of the ledger with its credits as what was paid. */
function withPaid(change: (profile: SourceProfile) => SourceProfile): SourceProfile {
  const summary = analysed();
  const mapping = { ...suggestedMapping(summary), profileName: '用友' };
  const columns = mapping.columns.map((column) =>
    column.field === 'CREDIT_AMOUNT' ? { ...column, field: 'PAID_AMOUNT' as const } : column,
  );
  return change(profileOf(summary, { ...mapping, columns }));
}

const fieldOf = ({ columns }: AnalysisSummary, header: string): unknown =>
  columns.find((column) => column.header === header)?.field;

describe('a saved profile that has a column of credits as what was paid', () => {
  it('stands where the person could have chosen credits', () => {
    const applied = applyProfile(
      analysed(),
      withPaid((profile) => profile),
    );
    expect(fieldOf(applied, '贷方金额')).toBe('PAID_AMOUNT');
    expect(applied.columns.every(({ reasons }) => reasons[0] === 'saved_profile')).toBe(true);
  });

  it('gives way where it was kept before that, and the change is told', () => {
    const applied = applyProfile(
      analysed(),
      withPaid((profile) => ({
        ...profile,
        columns: profile.columns.map(({ header, field, format }) => ({ header, field, format })),
      })),
    );
    expect(fieldOf(applied, '贷方金额')).toBe('CREDIT_AMOUNT');
    expect(fieldOf(applied, '借方金额')).toBe('AMOUNT');
    expect(applied.profileName).toBe('用友');
    const column = applied.columns.find(({ header }) => header === '贷方金额');
    expect(column?.reasons).not.toContain('saved_profile');
    expect(layoutFacts(applied).map(({ kind }) => kind)).toContain('credit_amounts');
  });
});
