import { describe, expect, it } from '@jest/globals';
import { analyser } from './analysis.ts';
import { judgeRows } from './check.ts';
import { csvReader } from './csv.ts';
import { rowPlan } from './plan.ts';
import { asksSide, debitAndCredit, isCreditKind, sideWord } from './side-words.ts';
import { applyProfile, profileOf } from './source-profile.ts';
import { confirmedBy, layoutFacts, suggestedMapping, summarise } from './summary.ts';
import type { AnalysisSummary, Mapping } from './summary.ts';

const file = { encoding: '', byteOrderMark: false, delimiter: ',', sheet: '' };

function read(text: string) {
  const reader = csvReader(',');
  const rows = [...reader.feed(text), ...reader.finish()];
  const work = analyser();
  work.add(rows);
  const summary = summarise(work.finish(), file);
  const amounts = (mapping: Mapping, of: AnalysisSummary = summary): bigint[] => {
    const whole = { ...mapping, defaultCurrency: 'EUR' };
    return judgeRows(rowPlan(confirmedBy(of, whole)), rows.slice(1)).flatMap(({ verdict }) =>
      verdict.kind === 'accepted' ? [verdict.record.amountMinor] : [],
    );
  };
  return { summary, amounts };
}

const head = 'Invoice,D/C,Customer,Due Date,Amount';
const row = (number: number, side: string, amount: string): string =>
  `${number},${side},ACME,2026-02-05,${amount}`;
const table = (...rows: string[]): string => [head, ...rows, ''].join('\n');

describe('a mapping with a side', () => {
  const mixed = table(row(1, 'D', '10.00'), row(2, 'C', '-2.00'), row(3, 'C', '3.00'));

  it('is kept in the profile with how its credits are read', () => {
    const { summary, amounts } = read(mixed);
    const chosen: Mapping = {
      ...suggestedMapping(summary),
      profileName: 'SAP',
      columns: suggestedMapping(summary).columns.map((column) =>
        column.field === 'SIDE' ? { ...column, format: 'signed' } : column,
      ),
    };
    const again = applyProfile(summary, profileOf(summary, chosen));
    expect(amounts(suggestedMapping(again), again)).toEqual([1000n, -200n, 300n]);
  });

  it('does not turn the credits of the next file twice', () => {
    const first = read(table(row(1, 'D', '10.00'), row(2, 'D', '20.00'))).summary;
    const profile = profileOf(first, { ...suggestedMapping(first), profileName: 'SAP' });
    const { summary, amounts } = read(table(row(1, 'D', '10.00'), row(2, 'C', '-2.00')));
    const again = applyProfile(summary, profile);
    expect(amounts(suggestedMapping(again), again)).toEqual([1000n, -200n]);
    expect(layoutFacts(again).map(({ kind }) => kind)).toEqual(['side_signed']);
  });

  it('can be left out, and that its credits count as owed is told', () => {
    const { summary, amounts } = read(table(row(1, 'D', '10.00'), row(2, 'C', '2.00')));
    const mapping = suggestedMapping(summary);
    const left = {
      ...mapping,
      profileName: 'old',
      columns: mapping.columns.filter(({ field }) => field !== 'SIDE'),
    };
    expect(amounts(left)).toEqual([1000n, 200n]);
    const again = applyProfile(summary, profileOf(summary, left));
    expect(layoutFacts(again)).toEqual([
      { kind: 'side_left', column: 'D/C', rows: 1, sample: 'C' },
    ]);
  });

  it('turns positive credits alone where a person maps a column of another heading', () => {
    const text = table(row(1, 'D', '10.00'), row(2, 'C', '2.00'), row(3, 'C', '-3.00'));
    const { summary, amounts } = read(text.replace('D/C', 'Foo'));
    const mapping = suggestedMapping(summary);
    const columns = [...mapping.columns, { position: 1, field: 'SIDE' as const, format: '' }];
    expect(amounts({ ...mapping, columns })).toEqual([1000n, -200n, -300n]);
  });
});

describe('lines of one document', () => {
  it('are debit and credit of one amount, and come to nothing', () => {
    const lines = [1, 2, 3].flatMap((number) => [
      row(number, 'D', '10.00'),
      row(number, 'C', '10.00'),
    ]);
    const { summary, amounts } = read(table(...lines));
    expect(amounts(suggestedMapping(summary))).toEqual([0n, 0n, 0n]);
  });
});

describe('the words of sides', () => {
  it.each([
    ['S', 'debit'],
    ['H', 'credit'],
    ['Dr.', 'debit'],
    ['Ｃ', 'credit'],
    ['贷方', 'credit'],
    ['平', undefined],
    ['Invoice', undefined],
  ])('%s is %s', (text, side) => {
    expect(sideWord(text)).toBe(side);
  });

  it.each([
    ['AR Credit Memo', true],
    ['Avoir', true],
    ['Gutschrift', true],
    ['增值税红字发票', true],
    ['已红冲发票', false],
    ['Credit Invoice', false],
  ])('%s is a credit: %s', (text, isCredit) => {
    expect(isCreditKind(text)).toBe(isCredit);
  });

  it.each([
    ['SHKZG', true],
    ['Debit/Credit Ind.', true],
    ['借贷标志', true],
    ['余额方向', false],
    ['Credit limit', false],
  ])('%s asks for the side: %s', (header, asks) => {
    expect(asksSide(header)).toBe(asks);
  });

  it.each([
    [['本期借方', '本期贷方'], { debit: 0, credit: 1 }],
    [['No', 'Credit Amount (USD)', 'Debit Amount (USD)'], { debit: 2, credit: 1 }],
    [['Soll', 'Haben'], { debit: 0, credit: 1 }],
    [['借方余额', '贷方余额'], undefined],
    [['Debit memo', 'Credit memo'], undefined],
    [['Debit', 'Credit limit'], undefined],
  ])('%j is a pair: %j', (names, pair) => {
    expect(debitAndCredit(names)).toEqual(pair);
  });
});
