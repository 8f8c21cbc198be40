import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { moveClock } from '@recourse/kit/clock.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { PlacementState, type PlaceCaseRequest } from '@recourse/proto/agencies/v1/placements.ts';
import { CaseOutcome, CaseState } from '@recourse/proto/cases/v1/cases.ts';
import { flatTerms, type Org, setStage, type Stage } from './stage.ts';

let stage: Stage;
let creditor: Org;
let agency: Org;

beforeAll(async () => {
  stage = await setStage();
  creditor = stage.creditor();
  agency = await stage.agency();
}, 60_000);

afterAll(() => stage.stop());

const reason = '另行安排';

function asking(more: Partial<PlaceCaseRequest> = {}): PlaceCaseRequest {
  return {
    caseId: stage.openCase(), placementId: randomUUIDv7(), agencyId: agency.orgId,
    terms: undefined, note: '', ...more,
  };
}

async function placed(more: Partial<PlaceCaseRequest> = {}, by = creditor): Promise<string> {
  const request = asking(more);
  await stage.placements.placeCase(request, await by.as('director'));
  return request.placementId;
}

async function answer(
  verb: 'acceptPlacements' | 'declinePlacements',
  placementIds: string[],
  by = agency,
  requestId = randomUUIDv7(),
) {
  return stage.placements[verb]({ placementIds, reason, requestId }, await by.as('agency_manager'));
}

async function recall(placementIds: string[], by = creditor) {
  const request = { placementIds, reason, requestId: randomUUIDv7() };
  return stage.placements.recallPlacements(request, await by.as('supervisor'));
}

async function seenBy(org: Org, placementId: string) {
  const role = org.orgKind === 'agency' ? 'agency_agent' : 'collector';
  const { placement } = await stage.placements.getPlacement({ placementId }, await org.as(role));
  return placement;
}

async function load(of = agency) {
  const [row] = await stage.service.ownerQuery<{ offered: number; active: number }>(
    'SELECT offered, active FROM agency_load WHERE agency_id = $1', [of.orgId]);
  return row;
}

async function told(placementId: string) {
  return stage.service.ownerQuery<{ type: string; audience: string[]; org_id: string }>(
    'SELECT type, audience, org_id FROM outbox WHERE aggregate_id = $1 ORDER BY version',
    [placementId],
  );
}

describe('placing a case', () => {
  it('offers it under frozen terms and tells both sides', async () => {
    const terms = flatTerms(2500, { tailDays: 10 });
    const request = asking({ terms, note: '优先处理' });
    const { placement } = await stage.placements.placeCase(request, await creditor.as('director'));
    expect(placement).toMatchObject({
      placementId: request.placementId, state: PlacementState.OFFERED, rateBps: 2500, terms,
      note: '优先处理', creditorName: '远望机电', agencyName: '正信资产', masked: false,
      debtorName: '上海恒达机械有限公司', placedAmount: { currency: 'CNY', minor: 1_000_000n },
    });
    expect(await told(request.placementId)).toEqual([
      { type: 'placementOffered', audience: [creditor.orgId, agency.orgId], org_id: creditor.orgId },
    ]);
  });

  it('again gives the same answer, and with other content is refused', async () => {
    const request = asking();
    const call = await creditor.as('director');
    const first = await stage.placements.placeCase(request, call);
    expect(await stage.placements.placeCase(request, call)).toEqual(first);
    const other = stage.placements.placeCase({ ...request, note: 'x' }, call);
    await expect(other).rejects.toMatchObject({
      kind: 'exists', reason: 'placement_exists_with_other_content',
    });
    expect(await told(request.placementId)).toHaveLength(1);
  });

  it.each([
    ['a case nobody knows', () => ({ caseId: randomUUIDv7() }), 'missing', 'case_missing'],
    ['a closed case', () => ({ caseId: stage.openCase({ state: CaseState.CLOSED }) }), 'refused',
      'case_not_open'],
    ['an agency nobody knows', () => ({ agencyId: randomUUIDv7() }), 'missing', 'agency_unknown'],
    ['terms that fall', () => ({ terms: { vatBps: 0, tailDays: 0, model: {
      $case: 'ageBands' as const,
      value: { bands: [{ fromDaysOverdue: 0, rateBps: 1 }, { fromDaysOverdue: 0, rateBps: 2 }] },
    } } }), 'refused', 'terms_not_rising'],
  ])('is refused for %s', async (_name, more, kind, why) => {
    const refused = stage.placements.placeCase(asking(more()), await creditor.as('director'));
    await expect(refused).rejects.toMatchObject({ kind, reason: why });
  });

  it('is refused while a paper of the agency has expired, which is named', async () => {
    const { orgId } = await stage.agency({ expiresOn: '2020-01-01' });
    const refused = stage.placements.placeCase(asking({ agencyId: orgId }), await creditor.as('director'));
    await expect(refused).rejects.toMatchObject({
      reason: 'licence_expired', facts: { kind: '营业执照', expiresOn: '2020-01-01' },
    });
  });

  it('is not for collectors or agencies', async () => {
    for (const call of [await creditor.as('collector'), await agency.as('agency_manager')]) {
      await expect(stage.placements.placeCase(asking(), call)).rejects.toMatchObject({
        kind: 'denied',
      });
    }
  });

  it('of one case by ten people at once is done once', async () => {
    const caseId = stage.openCase();
    const call = await creditor.as('director');
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => stage.placements.placeCase(asking({ caseId }), call)),
    );
    const failed = tries.filter((one) => one.status === 'rejected');
    expect(failed).toHaveLength(9);
    for (const { reason: thrown } of failed) {
      expect(thrown).toMatchObject({ kind: 'refused', reason: 'case_already_placed' });
    }
  });

  it('by many creditors at once never exceeds the capacity', async () => {
    const small = await stage.agency({ capacityCases: 3 });
    const calls = await Promise.all(
      Array.from({ length: 8 }, () => stage.creditor().as('director')),
    );
    const tries = await Promise.allSettled(
      calls.map((call) => stage.placements.placeCase(asking({ agencyId: small.orgId }), call)),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(3);
    expect(await load(small)).toEqual({ offered: 3, active: 0 });
    const { agency: full } = await stage.market.getAgency(
      { agencyId: small.orgId }, await creditor.as('finance'));
    expect(full).toMatchObject({ acceptsPlacements: false, suspendedReasons: ['capacity_exceeded'] });
  });
});

describe('placing many cases', () => {
  it('answers for each, asks cases once, and counts those done', async () => {
    const [good, closed] = [stage.openCase(), stage.openCase({ state: CaseState.CLOSED })];
    const items = [good, closed, randomUUIDv7(), good].map((caseId) => ({
      caseId, placementId: randomUUIDv7(),
    }));
    const before = stage.cases.asked;
    const { results, done } = await stage.placements.placeCases(
      { placements: items, agencyId: agency.orgId, terms: undefined, note: '' },
      await creditor.as('supervisor'),
    );
    expect(results.map((one) => [one.done, one.reason])).toEqual([
      [true, ''], [false, 'case_not_open'], [false, 'case_missing'], [false, 'case_already_placed'],
    ]);
    expect(done).toBe(1);
    expect(stage.cases.asked - before).toBe(1);
  });

  it('of 500 at once fills the capacity and names what did not fit', async () => {
    const big = await stage.agency({ capacityCases: 480 });
    const items = Array.from({ length: 500 }, () => ({
      caseId: stage.openCase(), placementId: randomUUIDv7(),
    }));
    const request = { placements: items, agencyId: big.orgId, terms: undefined, note: '' };
    const call = await creditor.as('director');
    const { results, done } = await stage.placements.placeCases(request, call);
    expect(done).toBe(480);
    expect(results.filter((one) => one.reason === 'capacity_exceeded')).toHaveLength(20);
    const again = await stage.placements.placeCases(request, call);
    expect(again.done).toBe(480);
    expect(await load(big)).toEqual({ offered: 480, active: 0 });
  });
});

describe('the debtor’s name', () => {
  it('is masked for the agency before it accepts and after it is over, never for the creditor', async () => {
    const placementId = await placed();
    const masked = { masked: true, debtorName: '上海某某有限公司' };
    const full = { masked: false, debtorName: '上海恒达机械有限公司' };
    expect(await seenBy(agency, placementId)).toMatchObject(masked);
    await answer('acceptPlacements', [placementId]);
    expect(await seenBy(agency, placementId)).toMatchObject(full);
    await recall([placementId]);
    expect(await seenBy(agency, placementId)).toMatchObject({ ...masked, state: PlacementState.RECALLED });
    expect(await seenBy(creditor, placementId)).toMatchObject(full);
  });

  it('is masked by the database, whatever is asked', async () => {
    const placementId = await placed();
    const names = (org: Org) =>
      stage.service.db.tenant(org.orgId, (tx) =>
        tx.query('SELECT debtor_name FROM placement_debtor WHERE placement_id = $1', [placementId]));
    expect(await names(agency)).toHaveLength(0);
    await answer('acceptPlacements', [placementId]);
    expect(await names(agency)).toHaveLength(1);
    expect(await names(await stage.agency())).toHaveLength(0);
    await recall([placementId]);
    expect(await names(agency)).toHaveLength(0);
    expect(await names(creditor)).toHaveLength(1);
  });
});

describe('other organisations', () => {
  it('find nothing, by their calls and by bare SQL', async () => {
    const placementId = await placed();
    const others = [stage.creditor(), await stage.agency()];
    for (const other of others) {
      await expect(seenBy(other, placementId)).rejects.toMatchObject({ kind: 'missing' });
      const role = other.orgKind === 'agency' ? 'agency_agent' : 'collector';
      const filter = { states: [], caseId: '', agencyId: '', creditorId: '', sort: '' };
      const listed = await stage.placements.listPlacements(
        { ...filter, page: undefined }, await other.as(role));
      expect(listed.placements).toEqual([]);
      const rows = await stage.service.db.tenant(other.orgId, (tx) =>
        tx.query('SELECT placement_id FROM placement'));
      expect(rows).toEqual([]);
    }
  });

  it('change nothing: not even the agency named changes a row in its own name', async () => {
    const placementId = await placed();
    const changed = await stage.service.db.tenant(agency.orgId, (tx) =>
      tx.query(`UPDATE placement SET rate_bps = 9999 RETURNING 1`));
    expect(changed).toEqual([]);
    const rival = await stage.agency();
    const { results } = await answer('acceptPlacements', [placementId], rival);
    expect(results).toMatchObject([{ done: false, reason: 'placement_unknown', caseId: '' }]);
    const byOther = await recall([placementId], stage.creditor());
    expect(byOther.results).toMatchObject([{ done: false, reason: 'placement_unknown' }]);
    expect((await seenBy(creditor, placementId))?.state).toBe(PlacementState.OFFERED);
  });
});

describe('answering offers', () => {
  it('of several creditors at once answers each, and once per request', async () => {
    const second = stage.creditor('第二家');
    const ids = [await placed(), await placed({}, second), await placed()];
    await recall([ids[2] ?? '']);
    const requestId = randomUUIDv7();
    const asked = [...ids, randomUUIDv7()];
    const before = await load();
    const first = await answer('acceptPlacements', asked, agency, requestId);
    expect(first.results.map((one) => [one.done, one.reason])).toEqual([
      [true, ''], [true, ''], [false, 'placement_not_offered'], [false, 'placement_unknown'],
    ]);
    expect(first.done).toBe(2);
    expect(await answer('acceptPlacements', asked, agency, requestId)).toEqual(first);
    expect((await load())?.active).toBe((before?.active ?? 0) + 2);
    const other = answer('acceptPlacements', ids.slice(0, 1), agency, requestId);
    await expect(other).rejects.toMatchObject({ kind: 'exists' });
    expect((await told(ids[1] ?? '')).map((one) => [one.type, one.org_id])).toEqual([
      ['placementOffered', second.orgId], ['placementAccepted', second.orgId],
    ]);
  });

  it('declines with the reason, and frees the case for another agency', async () => {
    const caseId = stage.openCase();
    const placementId = await placed({ caseId });
    await answer('declinePlacements', [placementId]);
    expect(await seenBy(creditor, placementId)).toMatchObject({
      state: PlacementState.DECLINED, endReason: reason,
    });
    const other = await stage.agency();
    await expect(placed({ caseId, agencyId: other.orgId })).resolves.toBeDefined();
  });

  it('is too late when the last day has passed', async () => {
    const placementId = await placed();
    moveClock(Temporal.Now.instant().add({ hours: 24 * 8 }), false);
    try {
      const { results } = await answer('acceptPlacements', [placementId]);
      expect(results).toMatchObject([{ done: false, reason: 'offer_lapsed' }]);
    } finally {
      moveClock(undefined, false);
    }
  });
});

describe('a placement ends', () => {
  it('when the creditor recalls it, once', async () => {
    const placementId = await placed();
    await answer('acceptPlacements', [placementId]);
    const before = await load();
    expect((await recall([placementId])).done).toBe(1);
    expect((await recall([placementId])).results).toMatchObject([{ reason: 'placement_ended' }]);
    expect(await load()).toEqual({ ...before, active: (before?.active ?? 0) - 1 });
    expect((await told(placementId)).map((one) => one.type)).toEqual([
      'placementOffered', 'placementAccepted', 'placementRecalled',
    ]);
  });

  it('when the case is closed', async () => {
    const caseId = stage.openCase();
    const placementId = await placed({ caseId });
    await answer('acceptPlacements', [placementId]);
    const value = { caseId, debtorId: randomUUIDv7(), outcome: CaseOutcome.PAID };
    await stage.tell(creditor, caseId, { $case: 'caseClosed', value });
    await eventually(async () =>
      expect(await seenBy(creditor, placementId)).toMatchObject({
        state: PlacementState.COMPLETED, endReason: 'case_closed',
      }),
    );
  });

  it('before it begins when the case was closed meanwhile', async () => {
    const caseId = stage.openCase();
    const value = { caseId, debtorId: randomUUIDv7(), outcome: CaseOutcome.PAID };
    await stage.tell(creditor, caseId, { $case: 'caseClosed', value });
    await eventually(async () => {
      const rows = await stage.service.ownerQuery(
        'SELECT 1 FROM case_standing WHERE case_id = $1 AND closed_at IS NOT NULL', [caseId]);
      expect(rows).toHaveLength(1);
    });
    // The neighbour still says that the case is open.
    await expect(placed({ caseId })).rejects.toMatchObject({ reason: 'case_not_open' });
  });
});

describe('the list', () => {
  it('is filtered, sorted by any key both ways, and paged without holes', async () => {
    const own = stage.creditor();
    const amounts = [300n, 100n, 200n];
    for (const minor of amounts) {
      const caseId = stage.openCase({ open: { currency: 'CNY', minor } });
      await placed({ caseId }, own);
    }
    const call = await own.as('auditor');
    const list = async (sort: string, size = 2) => {
      const found: bigint[] = [];
      let cursor = '';
      do {
        const { placements, page } = await stage.placements.listPlacements(
          { states: [PlacementState.OFFERED], caseId: '', agencyId: '', creditorId: '', sort,
            page: { size, cursor } }, call);
        found.push(...placements.map((one) => one.placedAmount?.minor ?? 0n));
        cursor = page?.nextCursor ?? '';
      } while (cursor !== '');
      return found;
    };
    expect(await list('placed_amount')).toEqual([100n, 200n, 300n]);
    expect(await list('-placed_amount')).toEqual([300n, 200n, 100n]);
    expect(await list('placed_at', 1)).toEqual(amounts);
    expect(await list('')).toEqual([...amounts].reverse());
    expect(await list('-placed_days_overdue')).toHaveLength(3);
  });
});

describe('without its neighbour', () => {
  it('placing says so and leaves nothing half done; everything else goes on', async () => {
    const placementId = await placed();
    const request = asking();
    await stage.cases.service.stop();
    const refused = stage.placements.placeCase(request, await creditor.as('director'));
    await expect(refused).rejects.toMatchObject({ kind: 'unavailable', reason: 'cases_unavailable' });
    const rows = await stage.service.ownerQuery(
      `SELECT 1 FROM placement WHERE placement_id = $1
       UNION ALL SELECT 1 FROM outbox WHERE aggregate_id = $1::text`, [request.placementId]);
    expect(rows).toEqual([]);
    expect((await answer('acceptPlacements', [placementId])).done).toBe(1);
  });
});
