import { describe, expect, it } from '@jest/globals';
import {
  CompareAgenciesRequest,
  CompareAgenciesResponse,
} from '@recourse/proto/web/agencies/v1/agencies';
import { atOnce, compareAll } from './compare-all';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const caseIds = Array.from({ length: atOnce + 2 }, (_none, at) => `c${at}`);
const net = (minor: bigint) => ({
  placeableNet: cny(minor),
  byCurrency: [{ currency: 'CNY', cases: 1, open: cny(1n), price: cny(1n) }],
});

/** Two agencies: `wide` takes all of both parts, `full` only of the first. */
function answerTo(part: number): CompareAgenciesResponse {
  const wide = { agency: { agencyId: 'wide' }, placeableAmount: cny(500n), ...net(10n) };
  const full = { agency: { agencyId: 'full' }, placeableAmount: cny(400n), ...net(90n) };
  const segment = { fromDaysOverdue: 31, industry: '机械', sample: 30n, recoveryBps: 5000 };
  const size = part === 0 ? atOnce : 2;
  return CompareAgenciesResponse.fromPartial({
    openByCurrency: [cny(100n)],
    offers: [
      { ...full, placeableCases: part === 0 ? atOnce : 0, ...(part === 0 ? {} : kept) },
      { ...wide, placeableCases: size, segments: [{ ...segment, cases: size }] },
    ],
  });
}
const kept = {
  limits: [{ reason: 'capacity_exceeded', cases: 2, caseIds: ['c500', 'c501'], facts: [] }],
  placeableAmount: cny(0n),
  placeableNet: cny(0n),
};

describe('a comparison of more cases than one call takes', () => {
  it('counts each part on top of what those before would take', async () => {
    const asked: CompareAgenciesRequest[] = [];
    const told: number[] = [];
    const all = await compareAll(
      caseIds,
      async (body) => {
        asked.push(CompareAgenciesRequest.fromJSON(body));
        return answerTo(asked.length - 1);
      },
      (done) => told.push(done),
    );
    expect(told).toEqual([atOnce, atOnce + 2]);
    expect(asked[0]).toMatchObject({ agencyIds: [], assumed: [] });
    expect(asked[1]).toMatchObject({
      caseIds: ['c500', 'c501'],
      agencyIds: ['full', 'wide'],
      assumed: [
        { agencyId: 'full', cases: atOnce, amount: cny(400n) },
        { agencyId: 'wide', cases: atOnce, amount: cny(500n) },
      ],
    });
    // The one that may be given all stands first, whatever the other would bring of its part.
    expect(all?.offers.map((one) => one.agency?.agencyId)).toEqual(['wide', 'full']);
    expect(all?.offers).toMatchObject([
      {
        placeableCases: atOnce + 2,
        placeableNet: cny(20n),
        placeableAmount: cny(1000n),
        segments: [{ cases: atOnce + 2, recoveryBps: 5000 }],
      },
      {
        placeableCases: atOnce,
        limits: [{ reason: 'capacity_exceeded', cases: 2, caseIds: ['c500', 'c501'] }],
        obstacles: ['capacity_exceeded'],
      },
    ]);
  });
});
