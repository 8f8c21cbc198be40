import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { PlacementState } from '@recourse/proto/agencies/v1/placements.ts';
import { CaseState } from '@recourse/proto/cases/v1/cases.ts';
import { type Desk, openDesk } from './desk.ts';
import { flatTerms, type Org, setStage, type Stage } from './stage.ts';

let stage: Stage;
let creditor: Org;
let agency: Org;
let desk: Desk;

beforeAll(async () => {
  stage = await setStage();
  creditor = stage.creditor();
  agency = await stage.agency();
  desk = openDesk(stage, creditor, agency);
});

afterAll(() => stage.stop());

describe('placing a case', () => {
  it('offers it under frozen terms and tells both sides', async () => {
    const terms = flatTerms(2500, { tailDays: 10 });
    const request = desk.asking({ terms, note: '优先处理' });
    const { placement } = await stage.placements.placeCase(request, await creditor.as('director'));
    expect(placement).toMatchObject({
      placementId: request.placementId,
      state: PlacementState.OFFERED,
      rateBps: 2500,
      terms,
      note: '优先处理',
      creditorName: '远望机电',
      agencyName: '正信资产',
      masked: false,
      debtorName: '上海恒达机械有限公司',
      placedAmount: { currency: 'CNY', minor: 1_000_000n },
    });
    expect(await desk.told(request.placementId)).toEqual([
      {
        type: 'placementOffered',
        audience: [creditor.orgId, agency.orgId],
        org_id: creditor.orgId,
      },
    ]);
  });

  it('again gives the same answer, and with other content is refused', async () => {
    const request = desk.asking();
    const call = await creditor.as('director');
    const first = await stage.placements.placeCase(request, call);
    expect(await stage.placements.placeCase(request, call)).toEqual(first);
    const other = stage.placements.placeCase({ ...request, note: 'x' }, call);
    await expect(other).rejects.toMatchObject({
      kind: 'exists',
      reason: 'placement_exists_with_other_content',
    });
    expect(await desk.told(request.placementId)).toHaveLength(1);
  });

  it.each([
    ['a case nobody knows', () => ({ caseId: randomUUIDv7() }), 'missing', 'case_missing'],
    [
      'a closed case',
      () => ({ caseId: stage.openCase({ state: CaseState.CLOSED }) }),
      'refused',
      'case_not_open',
    ],
    ['an agency nobody knows', () => ({ agencyId: randomUUIDv7() }), 'missing', 'agency_unknown'],
    [
      'terms that fall',
      () => ({
        terms: {
          vatBps: 0,
          tailDays: 0,
          model: {
            $case: 'ageBands' as const,
            value: {
              bands: [
                { fromDaysOverdue: 0, rateBps: 1 },
                { fromDaysOverdue: 0, rateBps: 2 },
              ],
            },
          },
        },
      }),
      'refused',
      'terms_not_rising',
    ],
  ])('is refused for %s', async (_name, more, kind, why) => {
    const refused = stage.placements.placeCase(desk.asking(more()), await creditor.as('director'));
    await expect(refused).rejects.toMatchObject({ kind, reason: why });
  });

  it('is refused while a paper of the agency has expired, which is named', async () => {
    const { orgId } = await stage.agency({ expiresOn: '2020-01-01' });
    const refused = stage.placements.placeCase(
      desk.asking({ agencyId: orgId }),
      await creditor.as('director'),
    );
    await expect(refused).rejects.toMatchObject({
      reason: 'licence_expired',
      facts: { kind: '营业执照', expiresOn: '2020-01-01' },
    });
  });

  it('is not for collectors or agencies', async () => {
    for (const call of [await creditor.as('collector'), await agency.as('agency_manager')]) {
      await expect(stage.placements.placeCase(desk.asking(), call)).rejects.toMatchObject({
        kind: 'denied',
      });
    }
  });

  it('of one case by ten people at once is done once', async () => {
    const caseId = stage.openCase();
    const call = await creditor.as('director');
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => stage.placements.placeCase(desk.asking({ caseId }), call)),
    );
    const failed = tries.filter((one) => one.status === 'rejected');
    expect(failed).toHaveLength(9);
    for (const { reason: thrown } of failed) {
      expect(thrown).toMatchObject({ kind: 'refused', reason: 'case_already_placed' });
    }
  });

  it('of many cases under one id at once is done once', async () => {
    const placementId = randomUUIDv7();
    const call = await creditor.as('director');
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () =>
        stage.placements.placeCase(desk.asking({ placementId }), call),
      ),
    );
    const refused = tries.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(4);
    for (const { reason } of refused) expect(reason).toMatchObject({ kind: 'exists' });
  });

  it('by many creditors at once never exceeds the capacity', async () => {
    const small = await stage.agency({ capacityCases: 3 });
    const calls = await Promise.all(
      Array.from({ length: 8 }, () => stage.creditor().as('director')),
    );
    const tries = await Promise.allSettled(
      calls.map((call) => stage.placements.placeCase(desk.asking({ agencyId: small.orgId }), call)),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(3);
    expect(await desk.load(small)).toEqual({ offered: 3, active: 0, openMinor: 3_000_000n });
    const { agency: full } = await stage.market.getAgency(
      { agencyId: small.orgId },
      await creditor.as('finance'),
    );
    expect(full).toMatchObject({
      acceptsPlacements: false,
      suspendedReasons: ['capacity_exceeded'],
    });
  });
});

describe('placing many cases', () => {
  it('answers for each, asks cases once, and counts those done', async () => {
    const [good, closed] = [stage.openCase(), stage.openCase({ state: CaseState.CLOSED })];
    const items = [good, closed, randomUUIDv7(), good].map((caseId) => ({
      caseId,
      placementId: randomUUIDv7(),
    }));
    const before = stage.cases.asked;
    const { results, done } = await stage.placements.placeCases(
      { placements: items, agencyId: agency.orgId, terms: undefined, note: '' },
      await creditor.as('supervisor'),
    );
    expect(results.map((one) => [one.done, one.reason])).toEqual([
      [true, ''],
      [false, 'case_not_open'],
      [false, 'case_missing'],
      [false, 'case_already_placed'],
    ]);
    expect(done).toBe(1);
    expect(stage.cases.asked - before).toBe(1);
  });

  it('of 500 at once fills the capacity and names what did not fit', async () => {
    const big = await stage.agency({ capacityCases: 480 });
    const items = Array.from({ length: 500 }, () => ({
      caseId: stage.openCase(),
      placementId: randomUUIDv7(),
    }));
    const request = { placements: items, agencyId: big.orgId, terms: undefined, note: '' };
    const call = await creditor.as('director');
    const { results, done } = await stage.placements.placeCases(request, call);
    expect(done).toBe(480);
    expect(results.filter((one) => one.reason === 'capacity_exceeded')).toHaveLength(20);
    const again = await stage.placements.placeCases(request, call);
    expect(again.done).toBe(480);
    expect(await desk.load(big)).toEqual({ offered: 480, active: 0, openMinor: 480_000_000n });
  });
});

describe('without its neighbour', () => {
  it('placing says so and leaves nothing half done; everything else goes on', async () => {
    const placementId = await desk.placed();
    const request = desk.asking();
    await stage.cases.service.stop();
    const refused = stage.placements.placeCase(request, await creditor.as('director'));
    await expect(refused).rejects.toMatchObject({
      kind: 'unavailable',
      reason: 'cases_unavailable',
    });
    const rows = await stage.service.ownerQuery(
      `SELECT 1 FROM placement WHERE placement_id = $1
       UNION ALL SELECT 1 FROM outbox WHERE aggregate_id = $1::text`,
      [request.placementId],
    );
    expect(rows).toEqual([]);
    expect((await desk.answer('acceptPlacements', [placementId])).done).toBe(1);
  });
});
