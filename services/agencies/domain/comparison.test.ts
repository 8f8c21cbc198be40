import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import { noLoad } from './agency.ts';
import { type Candidate, compareAgencies, openByCurrency } from './comparison.ts';
import { bands, basis, brackets, fixed, flat, profile } from './sample.ts';
import type { SegmentRecovery } from './segment.ts';

const today = day('2026-03-04');
const cny = (minor: bigint) => ({ currency: 'CNY', minor });

function recoveryOf(rateBps: number): SegmentRecovery {
  return { sample: 30, rateBps, lowBps: rateBps - 500, highBps: rateBps + 500 };
}

function candidate(agencyId: string, rateBps: number, recoveryBps?: number): Candidate {
  return {
    profile: profile({ agencyId, name: agencyId, listTerms: flat(rateBps) }),
    load: noLoad,
    recoveryIn: () => (recoveryBps === undefined ? undefined : recoveryOf(recoveryBps)),
    conflicts: [],
  };
}

const young = basis({ caseId: '1', open: cny(100_000n), daysOverdue: 10, industry: '贸易' });
const old = basis({ caseId: '2', open: cny(200_000n), daysOverdue: 120, region: '江苏省苏州市' });
const foreign = basis({ caseId: '3', open: { currency: 'USD', minor: 999n }, region: '' });

function order(candidates: Candidate[], cases = [young, old]): string[] {
  return compareAgencies(candidates, cases, [], today).map(
    (offer) => offer.candidate.profile.agencyId,
  );
}

describe('one agency for these very cases', () => {
  it('is priced by brackets on each case, and expected at the chance of all of it', () => {
    const one = candidate('a', 0, 5000);
    const listTerms = brackets([0n, 2000], [100_000n, 1000]);
    const [offer] = compareAgencies(
      [{ ...one, profile: { ...one.profile, listTerms } }],
      [young, old],
      [],
      today,
    );
    // 20,000 and 20,000 + 10,000; half of that for half of 300,000.
    expect(offer?.byCurrency).toMatchObject([
      {
        price: cny(50_000n),
        expectedRecovery: cny(150_000n),
        expectedNet: cny(125_000n),
      },
    ]);
  });

  it('has no price where its list is in other money, and comes after who has', () => {
    const one = candidate('a', 0);
    const named = { ...one, profile: { ...one.profile, listTerms: fixed(1n) } };
    const offers = compareAgencies([named, candidate('b', 5000)], [foreign], [], today);
    expect(offers.map((offer) => offer.candidate.profile.agencyId)).toEqual(['b', 'a']);
    expect(offers[1]?.byCurrency[0]?.price).toBeUndefined();
    expect(offers[1]?.reach.kept).toMatchObject([{ reason: 'terms_in_other_currency' }]);
  });

  it('is priced by each case’s own age, and expected by its record', () => {
    const one = candidate('a', 0, 5000);
    const aged = { ...one, profile: { ...one.profile, listTerms: bands([0, 1000], [91, 3000]) } };
    const [offer] = compareAgencies([aged], [young, old], [], today);
    // 100,000 × 10 % + 200,000 × 30 % = 70,000; half of it comes in, and half of the commission.
    expect(offer?.byCurrency).toEqual([
      {
        currency: 'CNY',
        cases: 2,
        open: cny(300_000n),
        price: cny(70_000n),
        expectedRecovery: cny(150_000n),
        expectedNet: cny(115_000n),
      },
    ]);
  });

  it('is not expected to bring anything while its record is too small to say', () => {
    const [offer] = compareAgencies([candidate('a', 1000)], [young], [], today);
    expect(offer?.byCurrency[0]).toMatchObject({
      price: cny(10_000n),
      expectedRecovery: undefined,
      expectedNet: undefined,
    });
  });

  it('keeps currencies apart, that of most cases first', () => {
    const [offer] = compareAgencies([candidate('a', 1000)], [foreign, young, old], [], today);
    expect(offer?.byCurrency.map((made) => [made.currency, made.cases])).toEqual([
      ['CNY', 2],
      ['USD', 1],
    ]);
    expect(openByCurrency([foreign, young, old])).toEqual([
      cny(300_000n),
      { currency: 'USD', minor: 999n },
    ]);
  });

  it('tells which regions and sectors it covers, and what is in the way', () => {
    const narrow: Candidate = {
      ...candidate('a', 1000),
      profile: profile({
        sectors: ['贸易'],
        regions: ['江苏'],
        capacityCases: 2,
      }),
      load: { ...noLoad, active: 1 },
    };
    expect(compareAgencies([narrow], [young, old], [], today)[0]).toMatchObject({
      regionsCovered: 1,
      regionsAsked: 2,
      sectorsCovered: 1,
      sectorsAsked: 2,
      capacityLeft: 1,
      amountLeft: cny(15_000_000_000n),
      reach: {
        placeable: [{ basis: { caseId: '2' } }],
        placeableMinor: 200_000n,
        kept: [{ reason: 'region_not_covered', caseIds: ['1'] }],
      },
    });
  });

  it('expects of each case what it recovers in the segment of that case', () => {
    const apart: Candidate = {
      ...candidate('a', 1000),
      recoveryIn: ({ fromDays }) => recoveryOf(fromDays === 0 ? 9000 : 2000),
    };
    const [offer] = compareAgencies([apart], [young, old, young], [], today);
    // 2 × 100,000 × 90 % + 200,000 × 20 % = 220,000; less a tenth.
    expect(offer?.byCurrency[0]).toMatchObject({
      expectedRecovery: cny(220_000n),
      expectedNet: cny(198_000n),
    });
    expect(offer?.segments).toMatchObject([
      { segment: { fromDays: 0, industry: '贸易' }, cases: 2, recovery: { rateBps: 9000 } },
      { segment: { fromDays: 91 }, cases: 1, recovery: { rateBps: 2000 } },
    ]);
    // Of what it may be given alone: the rest is no reason to choose it.
    const near = { ...apart, profile: { ...apart.profile, regions: ['江苏'] } };
    expect(compareAgencies([near], [young, old], [], today)[0]).toMatchObject({
      byCurrency: [{ cases: 2 }],
      placeableNet: cny(36_000n),
    });
  });
});

describe('agencies side by side', () => {
  it.each([
    ['by expected net', [candidate('a', 1000, 4000), candidate('b', 2000, 8000)], ['b', 'a']],
    ['the known before the unknown', [candidate('a', 100), candidate('b', 2000, 3000)], ['b', 'a']],
    ['the unknown by price', [candidate('a', 1500), candidate('b', 1000)], ['b', 'a']],
    ['equals by name', [candidate('b', 1000), candidate('a', 1000)], ['a', 'b']],
  ])('stand %s', (_name, candidates, expected) => {
    expect(order(candidates)).toEqual(expected);
  });

  it('with an obstacle come last', () => {
    const full = { ...candidate('a', 1000, 9000), load: { ...noLoad, active: 100 } };
    const nearly = { ...candidate('c', 1000, 9000), load: { ...noLoad, active: 99 } };
    expect(order([full, nearly, candidate('b', 1000, 1000)])).toEqual(['b', 'c', 'a']);
  });

  it('are four at most, or those named in their order', () => {
    const all = ['e', 'd', 'c', 'b', 'a'].map((name) => candidate(name, 1000));
    expect(order(all)).toEqual(['a', 'b', 'c', 'd']);
    const named = compareAgencies(all, [young], ['e', 'x', 'a'], today);
    expect(named.map((offer) => offer.candidate.profile.agencyId)).toEqual(['e', 'a']);
  });

  it('need a case', () => {
    expect(() => compareAgencies([], [], [], today)).toThrow('case_missing');
  });
});
