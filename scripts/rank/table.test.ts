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
