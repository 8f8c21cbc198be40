import { describe, expect, it } from '@jest/globals';
import type { Sheet } from './csv.ts';
import { rolesOf } from './roles.ts';
import { rankTable, readCases } from './table.ts';

/** Two agencies; one has mostly old cases, which bring less. */
function sheet(): Sheet {
  const rows = Array.from({ length: 200 }, (_none, at) => {
    const agency = at % 2 === 0 ? 'North' : 'South';
    const old = agency === 'North' ? at % 10 !== 0 : at % 10 === 1;
    const share = (old ? 0.2 : 0.6) * (agency === 'North' ? 1.3 : 1) * (0.8 + (at % 5) * 0.1);
    return [String(at), agency, old ? 'old' : 'new', '1,000.00', (1000 * share).toFixed(2)];
  });
  return { columns: ['case_id', 'agency', 'age_band', 'placed_amount', 'recovered'], rows };
}

describe('a table of cases', () => {
  it('is understood by its headers', () => {
    expect(rolesOf(sheet(), {})).toMatchObject({
      group: 'agency',
      amount: 'placed_amount',
      recovered: 'recovered',
      features: ['age_band'],
      leftOut: [{ column: 'case_id', why: 'an identity' }],
    });
  });

  it('ranks against what was expected of the very cases', () => {
    const roles = rolesOf(sheet(), {});
    const { groups } = rankTable(readCases(sheet(), roles), roles);
    expect(groups.map((one) => [one.name, one.place, one.rawPlace])).toEqual([
      ['North', 1, 2],
      ['South', 2, 1],
    ]);
  });

  it('without what was recovered, or with a column that is not there, is refused by name', () => {
    const bare = { columns: ['agency', 'amount'], rows: [['a', '1']] };
    expect(() => rolesOf(bare, {})).toThrow('--recovered');
    expect(() => rolesOf(sheet(), { group: 'nobody' })).toThrow('there is no column nobody');
  });
});

describe('rows that do not fit', () => {
  const columns = ['agency', 'amount', 'recovered'];
  const usual = Array.from({ length: 200 }, () => ['North', '100', '50']);
  const readRows = (...rows: string[][]) => {
    const made = { columns, rows: [...usual, ...rows] };
    return readCases(made, rolesOf(made, {}));
  };

  it('are left out, each for its reason', () => {
    const { cases, skipped } = readRows(
      ['', '100', '50'],
      ['North', '0', '0'],
      ['North', '1', '234.50', '50'],
      ['North', '100', 'soon'],
    );
    expect(cases).toHaveLength(200);
    expect([...skipped]).toEqual([
      ['no group', 1],
      ['no amount above 0', 1],
      ['more cells than the header', 1],
      ['recovered is not a number', 1],
    ]);
  });

  it('are told of when they are taken for less or more', () => {
    const { cases, bent, outcomes } = readRows(['North', '100', '-5'], ['North', '100', '130']);
    expect(cases.slice(-2).map(({ recovered }) => recovered)).toEqual([0, 130]);
    expect(outcomes).toBe('shares');
    expect([...bent.values()]).toEqual([1, 1]);
  });

  it('and no other rows leave nothing to judge', () => {
    const rows = [
      ['North', '0', '1'],
      ['South', '-3', '1'],
    ];
    const made = { columns, rows };
    expect(() => readCases(made, rolesOf(made, {}))).toThrow('2 rows no amount above 0');
  });
});

describe('a market in which the good get the hard end of every part', () => {
  it('is ranked by what they can do', () => {
    const rows = Array.from({ length: 900 }, (_none, at) => ((at * 37) % 900) / 900).flatMap(
      (even, at) =>
        [0.5, 0].map((skill) => {
          const age = Math.round(360 * (skill > 0 ? even ** 0.25 : even ** 4));
          const likely = 1 / (1 + Math.exp(age / 70 - 2.4 - skill));
          const paid = ((at * 7919 + 26 * skill) % 1000) / 1000 < likely;
          return [skill > 0 ? 'good' : 'poor', '100', String(age), paid ? '100' : '0'];
        }),
    );
    const made = { columns: ['agency', 'amount', 'age_days', 'recovered'], rows };
    const roles = rolesOf(made, {});
    const [first] = rankTable(readCases(made, roles), roles).groups;
    expect([first?.name, first?.rawPlace]).toEqual(['good', 2]);
  });
});
