import { describe, expect, it } from '@jest/globals';
import { RuleState } from '@recourse/proto/platform/v1/rules.ts';
import { listRuleTables } from './platform-rules.ts';

const rate = (effectiveFrom: string, value: number) => ({
  rule: 'rate',
  effectiveFrom,
  source: 'art. 1',
  value: { bps: value },
});

const holidays = [2025, 2026].map((year) => ({
  effectiveFrom: `${year}-01-01`,
  effectiveTo: `${year}-12-31`,
  source: 'notice of the year',
  grade: 'P',
  value: [`${year}-01-01`, `${year}-10-01`],
}));

function tables(on: string) {
  const tree = {
    money: { rates: [rate('2024-01-01', 300), rate('2026-06-01', 250), rate('2027-01-01', 200)] },
    holidays,
    // What stands beside tables in a module of rules.
    zone: 'Asia/Shanghai',
    inForce: () => undefined,
    words: ['a', 'b'],
  };
  return listRuleTables(tree, on).tables;
}

describe('rule tables of a service', () => {
  it('are found by their path, and nothing else is', () => {
    expect(tables('2026-11-22').map(({ name }) => name)).toEqual(['money.rates', 'holidays']);
  });

  it('tell which row holds, and end a row where the next begins', () => {
    const [rates] = tables('2026-11-22');
    const dates = rates?.rows.map((row) => [row.effectiveFrom, row.effectiveTo, row.state]);
    expect(dates).toEqual([
      ['2024-01-01', '2026-05-31', RuleState.PAST],
      ['2026-06-01', '2026-12-31', RuleState.IN_FORCE],
      ['2027-01-01', '', RuleState.FUTURE],
    ]);
    expect(rates).toMatchObject({ columns: ['bps'], coversTo: '', needsRenewal: false });
  });

  it('give figures by name, and plain lists in one', () => {
    const [rates, days] = tables('2026-11-22');
    expect(rates?.rows[0]?.cells).toEqual([{ name: 'bps', value: '300' }]);
    expect(days?.rows[1]?.cells).toEqual([{ name: 'value', value: '2026-01-01、2026-10-01' }]);
  });

  it('take all that stands in a row without a value', () => {
    const row = { effectiveFrom: '2026-01-01', source: 'house', bins: [{ points: 5n }], base: 600 };
    const [table] = listRuleTables({ card: [row] }, '2026-11-22').tables;
    expect(table?.rows[0]?.cells).toEqual([
      { name: 'bins.1.points', value: '5' },
      { name: 'base', value: '600' },
    ]);
  });

  it.each([
    ['2026-10-01', false, 'more than 90 days before the end'],
    ['2026-10-02', true, '90 days before the end'],
    ['2026-12-31', true, 'the last day'],
    ['2027-06-01', true, 'after it ended'],
    ['2028-06-01', false, 'long after: it was repealed'],
  ])('on %s need a new row: %s (%s)', (on, needsRenewal) => {
    const [, days] = tables(on);
    expect(days).toMatchObject({ coversTo: '2026-12-31', needsRenewal });
  });
});
