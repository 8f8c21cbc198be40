import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { moveClock } from '@recourse/kit/clock.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { PlacementState } from '@recourse/proto/agencies/v1/placements.ts';
import { CaseOutcome } from '@recourse/proto/cases/v1/cases.ts';
import { type Desk, openDesk } from './desk.ts';
import { type Org, setStage, type Stage } from './stage.ts';

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

describe('the debtor’s name', () => {
  it('is masked for the agency before it accepts and after it is over', async () => {
    const placementId = await desk.placed();
    const masked = { masked: true, debtorName: '上海某某有限公司' };
    const full = { masked: false, debtorName: '上海恒达机械有限公司' };
    expect(await desk.seenBy(agency, placementId)).toMatchObject(masked);
    await desk.answer('acceptPlacements', [placementId]);
    expect(await desk.seenBy(agency, placementId)).toMatchObject(full);
    await desk.recall([placementId]);
    expect(await desk.seenBy(agency, placementId)).toMatchObject({
      ...masked,
      state: PlacementState.RECALLED,
    });
    expect(await desk.seenBy(creditor, placementId)).toMatchObject(full);
  });

  it('is masked by the database, whatever is asked', async () => {
    const placementId = await desk.placed();
    const names = (org: Org) =>
      stage.service.db.tenant(org.orgId, (tx) =>
        tx.query('SELECT debtor_name FROM placement_debtor WHERE placement_id = $1', [placementId]),
      );
    expect(await names(agency)).toHaveLength(0);
    await desk.answer('acceptPlacements', [placementId]);
    expect(await names(agency)).toHaveLength(1);
    expect(await names(await stage.agency())).toHaveLength(0);
    await desk.recall([placementId]);
    expect(await names(agency)).toHaveLength(0);
    expect(await names(creditor)).toHaveLength(1);
  });
});

describe('other organisations', () => {
  it('find nothing, by their calls and by bare SQL', async () => {
    const placementId = await desk.placed();
    const others = [stage.creditor(), await stage.agency()];
    for (const other of others) {
      await expect(desk.seenBy(other, placementId)).rejects.toMatchObject({ kind: 'missing' });
      const role = other.orgKind === 'agency' ? 'agency_agent' : 'collector';
      const filter = { states: [], caseId: '', agencyId: '', creditorId: '', sort: '' };
      const listed = await stage.placements.listPlacements(
        { ...filter, page: undefined },
        await other.as(role),
      );
      expect(listed.placements).toEqual([]);
      const rows = await stage.service.db.tenant(other.orgId, (tx) =>
        tx.query('SELECT placement_id FROM placement'),
      );
      expect(rows).toEqual([]);
    }
  });

  it('change nothing: not even the agency named changes a row in its own name', async () => {
    const placementId = await desk.placed();
    const changed = await stage.service.db.tenant(agency.orgId, (tx) =>
      tx.query(`UPDATE placement SET rate_bps = 9999 RETURNING 1`),
    );
    expect(changed).toEqual([]);
    const rival = await stage.agency();
    const { results } = await desk.answer('acceptPlacements', [placementId], rival);
    expect(results).toMatchObject([{ done: false, reason: 'placement_unknown', caseId: '' }]);
    const byOther = await desk.recall([placementId], stage.creditor());
    expect(byOther.results).toMatchObject([{ done: false, reason: 'placement_unknown' }]);
    expect((await desk.seenBy(creditor, placementId))?.state).toBe(PlacementState.OFFERED);
  });
});

describe('answering offers', () => {
  it('of several creditors at once answers each, and once per request', async () => {
    const second = stage.creditor('第二家');
    const ids = [await desk.placed(), await desk.placed({}, second), await desk.placed()];
    await desk.recall([ids[2] ?? '']);
    const requestId = randomUUIDv7();
    const asked = [...ids, randomUUIDv7()];
    const before = await desk.load();
    const first = await desk.answer('acceptPlacements', asked, agency, requestId);
    expect(first.results.map((one) => [one.done, one.reason])).toEqual([
      [true, ''],
      [true, ''],
      [false, 'placement_not_offered'],
      [false, 'placement_unknown'],
    ]);
    expect(first.done).toBe(2);
    expect(await desk.answer('acceptPlacements', asked, agency, requestId)).toEqual(first);
    expect((await desk.load())?.active).toBe((before?.active ?? 0) + 2);
    const other = desk.answer('acceptPlacements', ids.slice(0, 1), agency, requestId);
    await expect(other).rejects.toMatchObject({ kind: 'exists' });
    expect((await desk.told(ids[1] ?? '')).map((one) => [one.type, one.org_id])).toEqual([
      ['placementOffered', second.orgId],
      ['placementAccepted', second.orgId],
    ]);
  });

  it('declines with the reason, and frees the case for another agency', async () => {
    const caseId = stage.openCase();
    const placementId = await desk.placed({ caseId });
    await desk.answer('declinePlacements', [placementId]);
    expect(await desk.seenBy(creditor, placementId)).toMatchObject({
      state: PlacementState.DECLINED,
      endReason: '另行安排',
    });
    const other = await stage.agency();
    await expect(desk.placed({ caseId, agencyId: other.orgId })).resolves.toBeDefined();
  });

  it('is too late when the last day has passed', async () => {
    const placementId = await desk.placed();
    moveClock(Temporal.Now.instant().add({ hours: 24 * 8 }), false);
    try {
      const { results } = await desk.answer('acceptPlacements', [placementId]);
      expect(results).toMatchObject([{ done: false, reason: 'offer_lapsed' }]);
    } finally {
      moveClock(undefined, false);
    }
  });
});

describe('a placement ends', () => {
  it('when the creditor recalls it, once', async () => {
    const placementId = await desk.placed();
    await desk.answer('acceptPlacements', [placementId]);
    const before = await desk.load();
    expect((await desk.recall([placementId])).done).toBe(1);
    expect((await desk.recall([placementId])).results).toMatchObject([
      { reason: 'placement_ended' },
    ]);
    expect(await desk.load()).toEqual({
      offered: before?.offered,
      active: (before?.active ?? 0) - 1,
      openMinor: (before?.openMinor ?? 0n) - 1_000_000n,
    });
    expect((await desk.told(placementId)).map((one) => one.type)).toEqual([
      'placementOffered',
      'placementAccepted',
      'placementRecalled',
    ]);
  });

  it('when the case is closed', async () => {
    const caseId = stage.openCase();
    const placementId = await desk.placed({ caseId });
    await desk.answer('acceptPlacements', [placementId]);
    const value = { caseId, debtorId: randomUUIDv7(), outcome: CaseOutcome.PAID };
    await stage.tell(creditor, caseId, { $case: 'caseClosed', value });
    await eventually(async () =>
      expect(await desk.seenBy(creditor, placementId)).toMatchObject({
        state: PlacementState.COMPLETED,
        endReason: 'case_closed',
      }),
    );
  });

  it('before it begins when the case was closed meanwhile', async () => {
    const caseId = stage.openCase();
    const value = { caseId, debtorId: randomUUIDv7(), outcome: CaseOutcome.PAID };
    await stage.tell(creditor, caseId, { $case: 'caseClosed', value });
    await eventually(async () => {
      const rows = await stage.service.ownerQuery(
        'SELECT 1 FROM case_standing WHERE case_id = $1 AND closed_at IS NOT NULL',
        [caseId],
      );
      expect(rows).toHaveLength(1);
    });
    // The neighbour still says that the case is open.
    await expect(desk.placed({ caseId })).rejects.toMatchObject({ reason: 'case_not_open' });
  });
});

describe('the list', () => {
  it('is filtered, sorted by any key both ways, and paged without holes', async () => {
    const own = stage.creditor();
    const amounts = [300n, 100n, 200n];
    for (const minor of amounts) {
      const caseId = stage.openCase({ open: { currency: 'CNY', minor } });
      await desk.placed({ caseId }, own);
    }
    const call = await own.as('auditor');
    const list = async (sort: string, size = 2) => {
      const found: bigint[] = [];
      let cursor = '';
      do {
        const { placements, page } = await stage.placements.listPlacements(
          {
            states: [PlacementState.OFFERED],
            caseId: '',
            agencyId: '',
            creditorId: '',
            sort,
            page: { size, cursor },
          },
          call,
        );
        found.push(...placements.map((one) => one.placedAmount?.minor ?? 0n));
        cursor = page?.nextCursor ?? '';
      } while (cursor !== '');
      return found;
    };
    expect(await list('placed_amount')).toEqual([100n, 200n, 300n]);
    expect(await list('-placed_amount')).toEqual([300n, 200n, 100n]);
    expect(await list('placed_at', 1)).toEqual(amounts);
    expect(await list('')).toEqual(amounts.toReversed());
    expect(await list('-placed_days_overdue')).toHaveLength(3);
  });
});
