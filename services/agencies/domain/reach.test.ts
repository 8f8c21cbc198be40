import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import { type Load, noLoad, type Profile } from './agency.ts';
import type { Conflict } from './conflict.ts';
import type { Basis } from './placement.ts';
import { reachOf as reachOfWeighed, weigh } from './reach.ts';
import { basis, fixed, profile } from './sample.ts';

const today = day('2026-03-04');
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const cases: Basis[] = [
  basis({ caseId: '1', region: '江苏省苏州市', open: cny(100n) }),
  basis({ caseId: '2', region: '广东', open: cny(200n) }),
  basis({ caseId: '3', region: '', open: cny(300n) }),
  basis({ caseId: '4', region: '浙江', open: cny(400n) }),
  basis({ caseId: '5', region: '江苏', isOpen: false }),
  basis({ caseId: '6', region: '江苏', isPlaced: true }),
  basis({ caseId: '7', region: '江苏', open: cny(0n) }),
];

const reachOf = (
  of: Profile,
  load: Load,
  conflicts: readonly Conflict[],
  bases: readonly Basis[],
  on: typeof today,
) => {
  const made = reachOfWeighed(of, load, conflicts, weigh(bases, on), on);
  return { ...made, placeable: made.placeable.map((one) => one.basis) };
};

describe('what an agency may be given of some cases', () => {
  it('is not what its list names other money for', () => {
    const dollars = basis({ caseId: '8', open: { currency: 'USD', minor: 100n } });
    const of = profile({ listTerms: fixed(5n) });
    const made = reachOf(of, noLoad, [], [basis(), dollars], today);
    expect(made.placeable).toHaveLength(1);
    expect(made.kept).toEqual([{ reason: 'terms_in_other_currency', caseIds: ['8'], facts: [] }]);
  });

  it('is told case by case, each under the first that keeps it', () => {
    const made = reachOf(profile({ regions: ['江苏'] }), noLoad, [], cases, today);
    expect(made.placeable.map((one) => one.caseId)).toEqual(['1', '3']);
    expect(made).toMatchObject({
      free: 4,
      placeableMinor: 400n,
      regionUnknown: 1,
      kept: [
        { reason: 'region_not_covered', caseIds: ['2', '4'], facts: ['广东', '浙江'] },
        { reason: 'case_not_open', caseIds: ['5'], facts: [] },
        { reason: 'case_already_placed', caseIds: ['6'], facts: [] },
        { reason: 'nothing_owed', caseIds: ['7'], facts: [] },
      ],
    });
  });

  it('fills the desk in the order of the cases, in cases', () => {
    const made = reachOf(profile({ capacityCases: 3 }), { ...noLoad, active: 1 }, [], cases, today);
    expect(made.placeable.map((one) => one.caseId)).toEqual(['1', '2']);
    expect(made.kept[0]).toMatchObject({ reason: 'capacity_exceeded', caseIds: ['3', '4'] });
    expect(made.regionUnknown).toBe(0);
  });

  it('and in money: a smaller one may still fit', () => {
    const load = { ...noLoad, openMinor: 15_000_000_000n - 500n };
    const made = reachOf(profile(), load, [], cases, today);
    expect(made.placeable.map((one) => one.caseId)).toEqual(['1', '2']);
    expect(made.kept[0]).toMatchObject({ reason: 'amount_exceeded', caseIds: ['3', '4'] });
    const small = cases.toReversed();
    expect(reachOf(profile(), load, [], small, today).placeable.map((one) => one.caseId)).toEqual([
      '4',
      '1',
    ]);
  });

  it('is nothing without the papers, which are named', () => {
    const made = reachOf(profile({ licences: [] }), noLoad, [], cases, today);
    expect(made.placeable).toEqual([]);
    expect(made.kept[0]).toMatchObject({ reason: 'licence_missing', facts: ['营业执照'] });
  });

  it('leaves out whom it works for', () => {
    const own = profile({ name: basis().debtorName });
    const made = reachOf(own, noLoad, [], cases.slice(0, 1), today);
    expect(made.kept).toEqual([
      { reason: 'conflict_of_interest', caseIds: ['1'], facts: [basis().debtorName] },
    ]);
  });
});
