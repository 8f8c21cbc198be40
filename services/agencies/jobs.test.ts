import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { moveClock } from '@recourse/kit/clock.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { PlacementState } from '@recourse/proto/agencies/v1/placements.ts';
import { flatTerms, type Org, setStage, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(async () => {
  moveClock(undefined, false);
  await stage.stop();
});

const wednesday = Temporal.Instant.from('2026-03-04T02:00:00Z');
const cny = (minor: bigint) => ({ currency: 'CNY', minor });

/** Asks for a job as the clock would, and waits until it has ended. */
async function run(name: string, org: Org): Promise<void> {
  const id = randomUUIDv7();
  await stage.service.ownerQuery(
    `INSERT INTO job (org_id, id, name, data) VALUES ($1, $2, $3, '{}')`,
    [org.orgId, id, name],
  );
  await eventually(async () => {
    const rows = await stage.service.ownerQuery('SELECT state, reason FROM job WHERE id = $1', [
      id,
    ]);
    expect(rows).toEqual([{ state: 'done', reason: '' }]);
  }, 20_000);
}

async function place(
  creditor: Org,
  agency: Org,
  count = 1,
): Promise<{ caseId: string; placementId: string }[]> {
  const placements = Array.from({ length: count }, () => ({
    caseId: stage.openCase(),
    placementId: randomUUIDv7(),
  }));
  await stage.placements.placeCases(
    { placements, agencyId: agency.orgId, terms: undefined, note: '' },
    await creditor.as('director'),
  );
  return placements;
}

async function accept(agency: Org, placed: { placementId: string }[]): Promise<void> {
  await stage.placements.acceptPlacements(
    { placementIds: placed.map((one) => one.placementId), requestId: '' },
    await agency.as('agency_manager'),
  );
}

/** Notes for an organisation's screens while something is done. */
async function notesFor(org: Org, work: (heard: unknown[]) => Promise<void>): Promise<unknown[]> {
  const heard: unknown[] = [];
  const subscription = stage.service.bus.nc.subscribe(`recourse.live.${org.orgId}`, {
    callback: (_error, message) => void heard.push(message.json()),
  });
  await work(heard);
  await stage.service.bus.nc.flush();
  subscription.unsubscribe();
  return heard;
}

describe('offers', () => {
  it('lapse after their last day, and only those of it', async () => {
    moveClock(wednesday, false);
    const [creditor, agency] = [stage.creditor(), await stage.agency()];
    const [kept] = await place(creditor, agency);
    await accept(agency, kept === undefined ? [] : [kept]);
    const [old] = await place(creditor, agency);
    moveClock(Temporal.Instant.from('2026-03-09T02:00:00Z'), false);
    const [fresh] = await place(creditor, agency);
    moveClock(Temporal.Instant.from('2026-03-11T16:05:00Z'), false);
    await run('offers-lapse', creditor);
    const states = await Promise.all(
      [kept, old, fresh].map(async (one) => {
        const { placement } = await stage.placements.getPlacement(
          { placementId: one?.placementId ?? '' },
          await creditor.as('collector'),
        );
        return [placement?.state, placement?.endReason];
      }),
    );
    expect(states).toEqual([
      [PlacementState.ACTIVE, ''],
      [PlacementState.DECLINED, 'offer_lapsed'],
      [PlacementState.OFFERED, ''],
    ]);
    const { agency: seen } = await stage.market.getAgency(
      { agencyId: agency.orgId },
      await creditor.as('collector'),
    );
    expect(seen?.activeCases).toBe(1);
    const loads = await stage.service.ownerQuery(
      'SELECT offered FROM agency_load WHERE agency_id = $1',
      [agency.orgId],
    );
    expect(loads).toEqual([{ offered: 1 }]);
  });
});

describe('a tender', () => {
  it('is told to be closed when its deadline has passed, once, to whom it concerns', async () => {
    moveClock(wednesday, false);
    const creditor = stage.creditor();
    const [bidder, silent] = [await stage.agency(), await stage.agency()];
    const stranger = await stage.agency();
    const tenderId = randomUUIDv7();
    const request = {
      tenderId,
      title: '华东机械逾期款',
      caseIds: [stage.openCase()],
      agencyIds: [bidder.orgId, silent.orgId],
      deadline: wednesday.add({ hours: 2 }).toString(),
      note: '',
    };
    await stage.tenders.putTender(request, await creditor.as('director'));
    const bid = { tenderId, bidId: randomUUIDv7(), terms: flatTerms(1500), note: '' };
    await stage.tenders.putBid(bid, await bidder.as('agency_manager'));
    const told = () =>
      stage.service.ownerQuery<{ audience: string[] }>(
        `SELECT audience FROM outbox WHERE aggregate_id = $1 AND type = 'tenderClosed'`,
        [tenderId],
      );
    await run('tenders-close', creditor);
    expect(await told()).toEqual([]);
    moveClock(wednesday.add({ hours: 2 }), false);
    const note = expect.objectContaining({ noun: 'tender', id: tenderId, change: 'closed' });
    await notesFor(silent, async (heard) => {
      await run('tenders-close', creditor);
      await eventually(async () => expect(heard).toContainEqual(note));
    });
    await run('tenders-close', creditor);
    const audience = [creditor, bidder, silent].map(({ orgId }) => orgId).toSorted();
    expect((await told()).map((one) => one.audience.toSorted())).toEqual([audience]);
    expect(audience).not.toContain(stranger.orgId);
  });

  it('that is open to all is told to whoever it fits, for it stands in their lists', async () => {
    moveClock(wednesday, false);
    const creditor = stage.creditor();
    const fit = await stage.agency({ regions: ['上海'] });
    const elsewhere = await stage.agency({ regions: ['广东'] });
    const tenderId = randomUUIDv7();
    const deadline = wednesday.add({ hours: 1 }).toString();
    const asked = { tenderId, title: '公开', caseIds: [stage.openCase()], agencyIds: [], note: '' };
    await stage.tenders.putTender({ ...asked, deadline }, await creditor.as('director'));
    moveClock(wednesday.add({ hours: 1 }), false);
    await run('tenders-close', creditor);
    const [told] = await stage.service.ownerQuery<{ audience: string[] }>(
      `SELECT audience FROM outbox WHERE aggregate_id = $1 AND type = 'tenderClosed'`,
      [tenderId],
    );
    expect(told?.audience).toEqual(expect.arrayContaining([creditor.orgId, fit.orgId]));
    expect(told?.audience).not.toContain(elsewhere.orgId);
  });
});

describe('a late report', () => {
  it('is chased on both sides', async () => {
    moveClock(wednesday, false);
    const [creditor, agency] = [stage.creditor(), await stage.agency()];
    await accept(agency, await place(creditor, agency));
    moveClock(Temporal.Instant.from('2026-03-09T10:05:00Z'), false);
    const chase = () => run('reports-chase', creditor);
    const missing = { noun: 'report', id: `${agency.orgId} 2026-03-02`, change: 'missing' };
    expect(await notesFor(agency, chase)).toContainEqual(expect.objectContaining(missing));
    expect(await notesFor(creditor, chase)).toContainEqual(expect.objectContaining(missing));
  });
});

describe('a licence', () => {
  it.each([
    ['2026-04-03', 'licence_expiring'],
    ['2026-03-03', 'licence_expired'],
  ])('good until %s is reminded of as %s', async (expiresOn, change) => {
    moveClock(wednesday, false);
    const agency = await stage.agency({ expiresOn });
    const notes = await notesFor(agency, () => run('licences-remind', agency));
    expect(notes).toContainEqual(
      expect.objectContaining({ noun: 'agency', id: agency.orgId, change }),
    );
  });
});

describe('an agency’s record', () => {
  it('is measured when placements end, and shown with its interval', async () => {
    moveClock(wednesday, false);
    const [creditor, agency] = [stage.creditor(), await stage.agency({ name: '能手' })];
    const placed = await place(creditor, agency, 24);
    await accept(agency, placed);
    for (const { caseId } of placed.slice(0, 12)) {
      const value = {
        caseId,
        paymentId: randomUUIDv7(),
        debtorId: randomUUIDv7(),
        amount: cny(1_000_000n),
        receivedOn: '2026-03-09',
        recordedAt: '2026-03-09T02:00:00Z',
        effects: [],
        credit: undefined,
      };
      await stage.tell(creditor, caseId, { $case: 'paymentRecorded', value });
    }
    await eventually(async () => {
      const rows = await stage.service.ownerQuery(
        'SELECT 1 FROM commission_line WHERE agency_id = $1',
        [agency.orgId],
      );
      expect(rows).toHaveLength(12);
    });
    moveClock(Temporal.Instant.from('2026-03-25T02:00:00Z'), false);
    await stage.placements.recallPlacements(
      { placementIds: placed.map((one) => one.placementId), reason: '到期', requestId: '' },
      await creditor.as('director'),
    );
    await eventually(async () => {
      const { agency: seen } = await stage.market.getAgency(
        { agencyId: agency.orgId },
        await creditor.as('collector'),
      );
      // Half came in; alone on the platform it is its own prior: p = 0.5, n + k = 44.
      expect(seen?.record).toEqual({
        sample: 24n,
        recoveryRateBps: 5000n,
        recoveryLowBps: 3774n,
        recoveryHighBps: 6226n,
        reportsDue: 3,
        reportsOnTime: 0,
        complaints: 0,
        complaintsUpheld: 0,
        meanDaysToFirstPaymentTenths: 50,
      });
    }, 20_000);
    const { offers } = await stage.market.compareAgencies(
      { caseIds: [stage.openCase()], agencyIds: [], assumed: [] },
      await creditor.as('director'),
    );
    expect(offers[0]).toMatchObject({
      agency: { name: '能手' },
      expectedRecovery: cny(500_000n),
      expectedNet: cny(425_000n),
    });
  });
});
