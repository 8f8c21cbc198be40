import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import type { Promised } from '@recourse/kit/client.ts';
import { moveClock } from '@recourse/kit/clock.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import {
  type GetRankingResponse,
  type RankedAgency,
  RankingComponent,
  RankingServiceClient,
  RankingSuggestion,
} from '@recourse/proto/agencies/v1/ranking.ts';
import { countContacts } from './store/ranking/facts.ts';
import { type Org, setStage, type Stage } from './stage.ts';

let stage: Stage;
let ranking: Promised<RankingServiceClient>;
let creditor: Org;
let able: Org;
let weak: Org;
let small: Org;

const placedAt = Temporal.Instant.from('2026-03-04T02:00:00Z');
const rankedAt = Temporal.Instant.from('2026-06-24T02:00:00Z');
const all = { month: '', industry: '', region: '' };

/** Cases of one agency: placed and accepted, the first `paid` of them paid in full. */
async function work(agency: Org, count: number, paid: number, by: Org = creditor): Promise<void> {
  const placements = Array.from({ length: count }, (_none, at) => ({
    caseId: stage.openCase(at % 2 === 0 ? { industry: '建材', daysOverdue: 200 } : {}),
    placementId: randomUUIDv7(),
  }));
  const terms = undefined;
  const offer = { placements, agencyId: agency.orgId, terms, note: '' };
  await stage.placements.placeCases(offer, await by.as('director'));
  const placementIds = placements.map((one) => one.placementId);
  const answer = { placementIds, requestId: '' };
  await stage.placements.acceptPlacements(answer, await agency.as('agency_manager'));
  for (const { caseId } of placements.slice(0, paid)) {
    const value = {
      caseId,
      paymentId: randomUUIDv7(),
      debtorId: randomUUIDv7(),
      amount: { currency: 'CNY', minor: 1_000_000n },
      receivedOn: '2026-03-24',
      recordedAt: '2026-03-24T02:00:00Z',
      effects: [],
      credit: undefined,
    };
    const at = Temporal.Instant.from('2026-03-24T02:00:00Z');
    await stage.tell(by, caseId, { $case: 'paymentRecorded', value }, at);
  }
  await eventually(async () => {
    const lines = await stage.service.ownerQuery(
      'SELECT 1 FROM commission_line WHERE agency_id = $1 AND org_id = $2',
      [agency.orgId, by.orgId],
    );
    expect(lines).toHaveLength(paid);
  }, 30_000);
}

async function contact(agency: Org, refused: boolean): Promise<void> {
  const caseId = randomUUIDv7();
  const value = {
    caseId,
    contactId: randomUUIDv7(),
    debtorId: randomUUIDv7(),
    channel: 'PHONE',
    result: 'REACHED',
    refused,
    happenedAt: '2026-03-25T02:00:00Z',
    agencyId: agency.orgId,
    party: 'DEBTOR',
  };
  await stage.tell(creditor, caseId, { $case: 'contactLogged', value });
}

async function contactsCounted(count: number): Promise<void> {
  await eventually(async () => {
    const rows = await stage.service.ownerQuery('SELECT contacts FROM ranking_contact');
    const counted = rows.reduce((sum, row) => sum + Number(Object.values(row)[0]), 0);
    if (counted !== count) throw new Error(`${counted} of ${count} contacts are counted`);
  }, 30_000);
}

/** Asks for the ranking of a month and reads it once it has been made. */
async function ranked(by: Org, month = ''): Promise<GetRankingResponse> {
  const before = await ranking.getRanking({ ...all, month }, await by.as('director'));
  await ranking.refreshRanking({ month, requestId: '' }, await by.as('director'));
  return eventually(async () => {
    const now = await ranking.getRanking({ ...all, month }, await by.as('director'));
    expect(now.refreshing).toBe(false);
    expect(now.madeAt).toBeDefined();
    expect(now.madeAt === before.madeAt && before.refreshing).toBe(false);
    return now;
  }, 30_000);
}

const line = (one: RankedAgency | undefined, component: RankingComponent) =>
  one?.lines.find((made) => made.component === component);

beforeAll(async () => {
  moveClock(placedAt, false);
  stage = await setStage();
  ranking = stage.service.client(RankingServiceClient);
  creditor = stage.creditor('远望机电');
  [able, weak, small] = [
    await stage.agency({ name: '能手' }),
    await stage.agency({ name: '弱手' }),
    await stage.agency({ name: '小手' }),
  ];
  await work(able, 50, 40);
  await work(weak, 50, 10);
  await work(small, 4, 4);
  await work(await stage.agency({ name: '平手' }), 30, 10);
  for (let count = 0; count < 20; count += 1) {
    await contact(able, false);
    await contact(weak, count < 10);
  }
  await contactsCounted(40);
  moveClock(rankedAt, false);
});

afterAll(async () => {
  moveClock(undefined, false);
  await stage.stop();
});

describe('contacts of an agency', () => {
  it('are counted in one order, so that nobody waits crosswise', async () => {
    const { orgId } = stage.creditor('海曙电气');
    const { db, ownerQuery } = stage.service;
    const day = '2026-03-25';
    const [first = '', second = ''] = [randomUUIDv7(), randomUUIDv7()].toSorted();
    const both = [second, first].map((agencyId) => ({ agencyId, day, refused: true }));
    await db.tenant(orgId, (tx) => countContacts(tx, both));
    const row = 'SELECT FROM ranking_contact WHERE org_id = $1 AND agency_id = $2 FOR UPDATE';
    const waits = `SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    const counting = await db.tenant(orgId, async (tx) => {
      await tx.query(row, [orgId, first]);
      const began = db.tenant(orgId, (other) => countContacts(other, both));
      await eventually(async () => expect(await ownerQuery(waits)).toHaveLength(1));
      // Who waits for the first has not taken the second.
      await tx.query(`${row} NOWAIT`, [orgId, second]);
      return { began };
    });
    await counting.began;
    const counts = 'SELECT contacts, refused FROM ranking_contact WHERE org_id = $1';
    const twice = { contacts: 2, refused: 2 };
    expect(await ownerQuery(counts, [orgId])).toEqual([twice, twice]);
  });
});

describe('a ranking', () => {
  it('puts what was brought of the very cases first, line by line', async () => {
    const made = await ranked(creditor);
    expect(made).toMatchObject({
      month: '2026-06',
      firstDay: '2025-07-01',
      lastDay: '2026-06-24',
      model: { cases: 134n, agencies: 4n, horizonDays: 180 },
      weightsVersion: 0n,
      months: ['2026-06'],
    });
    const names = made.agencies.map((one) => one.agencyName);
    expect(names.at(-1)).toBe('弱手');
    const best = made.agencies.find((one) => one.agencyName === '能手');
    expect(best).toMatchObject({ cases: 50n, openCases: 50n });
    expect(best?.recoveries).toMatchObject([
      {
        currency: 'CNY',
        cases: 50n,
        placed: { minor: 50_000_000n },
        recovered: { minor: 40_000_000n },
      },
    ]);
    const recovery = line(best, RankingComponent.RECOVERY);
    expect(recovery).toMatchObject({ recorded: true, unit: 'bps', observed: 8000n, sample: 50n });
    expect(recovery?.indexLowBps).toBeGreaterThan(10_000n);
    expect(line(best, RankingComponent.CYCLE_TIME)).toMatchObject({ observed: 200n, sample: 40n });
    for (const one of made.agencies) {
      const sum = one.lines.reduce((total, part) => total + part.effectHundredths, 5000n);
      expect(Math.abs(Number(sum - one.scoreHundredths))).toBeLessThanOrEqual(4);
      expect(one.scoreLowHundredths).toBeLessThanOrEqual(one.scoreHundredths);
    }
  });

  it('says where no record is kept, and gives it no weight', async () => {
    const { agencies } = await ranked(creditor);
    for (const one of agencies) {
      expect(line(one, RankingComponent.COMPLAINTS)).toMatchObject({
        recorded: false,
        weightBps: 0,
        effectHundredths: 0n,
      });
      expect(one.lines.reduce((sum, part) => sum + part.weightBps, 0)).toBeCloseTo(10_000, -1);
    }
    const quiet = agencies.find((one) => one.agencyName === '小手');
    expect(line(quiet, RankingComponent.COMPLIANCE)).toMatchObject({ recorded: false });
    const refused = agencies.find((one) => one.agencyName === '弱手');
    expect(line(refused, RankingComponent.COMPLIANCE)).toMatchObject({
      recorded: true,
      observed: 5000n,
      sample: 20n,
    });
  });

  it('suggests what the whole interval says, and nothing of four cases', async () => {
    const { agencies } = await ranked(creditor);
    const of = (name: string) => agencies.find((one) => one.agencyName === name)?.suggestion;
    expect(of('能手')).toBe(RankingSuggestion.PROMOTE);
    expect([RankingSuggestion.PROBATION, RankingSuggestion.EXIT]).toContain(of('弱手'));
    expect(of('小手')).toBe(RankingSuggestion.TOO_FEW);
  });

  it('made again of the same facts is the same', async () => {
    const first = await ranked(creditor);
    const second = await ranked(creditor);
    expect(second.model).toEqual(first.model);
    expect(second.agencies).toEqual(first.agencies);
  });

  it('of a month that has ended knows nothing of what came later', async () => {
    const march = await ranked(creditor, '2026-03');
    expect(march).toMatchObject({ month: '2026-03', lastDay: '2026-03-31' });
    const february = await ranking.getRanking(
      { ...all, month: '2026-02' },
      await creditor.as('finance'),
    );
    expect(february).toMatchObject({ agencies: [], madeAt: undefined });
    const later = ranking.getRanking({ ...all, month: '2026-07' }, await creditor.as('finance'));
    await expect(later).rejects.toMatchObject({ reason: 'month_has_not_begun' });
  });

  it('cannot be asked of two segments at once, and of a small one there is none', async () => {
    const two = { month: '', industry: '建材', region: '上海市' };
    await expect(ranking.getRanking(two, await creditor.as('director'))).rejects.toMatchObject({
      reason: 'one_segment_at_a_time',
    });
    const region = { ...all, region: '上海市' };
    const made = await ranking.getRanking(region, await creditor.as('director'));
    expect(made.agencies).toHaveLength(4);
    expect(made.segments).toEqual([
      { kind: 'region', name: '上海市', cases: 134n },
      { kind: 'industry', name: '建材', cases: 67n },
      { kind: 'industry', name: '机械', cases: 67n },
    ]);
    const industry = { ...all, industry: '物流' };
    const none = await ranking.getRanking(industry, await creditor.as('director'));
    expect(none.agencies).toEqual([]);
  });
});

describe('weights', () => {
  const only = (component: RankingComponent) => [{ component, weight: 1 }];

  it('are the creditor’s, and the ranking follows them', async () => {
    const weights = only(RankingComponent.COMPLIANCE);
    const request = { weights, expectedVersion: 0n, requestId: randomUUIDv7() };
    const call = await creditor.as('credit_manager');
    const set = await ranking.putRankingWeights(request, call);
    expect(set.version).toBe(1n);
    expect(await ranking.putRankingWeights(request, call)).toEqual(set);
    await eventually(async () => {
      const made = await ranking.getRanking(all, call);
      const weak = made.agencies.find((one) => one.agencyName === '弱手');
      expect(line(weak, RankingComponent.COMPLIANCE)).toMatchObject({ weightBps: 10_000 });
    }, 30_000);
    const stale = { ...request, requestId: '' };
    await expect(ranking.putRankingWeights(stale, call)).rejects.toMatchObject({
      kind: 'stale',
      reason: 'weights_changed_meanwhile',
    });
  });

  it.each([
    ['all zero', [{ component: RankingComponent.COST, weight: 0 }], 'weights_are_all_zero'],
    ['twice', [0, 1].flatMap(() => only(RankingComponent.COST)), 'weight_given_twice'],
  ])('are refused when given %s', async (_name, weights, reason) => {
    const request = { weights, expectedVersion: 1n, requestId: '' };
    const refused = ranking.putRankingWeights(request, await creditor.as('director'));
    await expect(refused).rejects.toMatchObject({ reason });
  });

  it.each(['collector', 'finance', 'auditor'])('are not set by a %s', async (role) => {
    const weights = only(RankingComponent.COST);
    const request = { weights, expectedVersion: 1n, requestId: '' };
    const denied = ranking.putRankingWeights(request, await creditor.as(role));
    await expect(denied).rejects.toMatchObject({ kind: 'denied' });
  });
});

describe('a standing', () => {
  it('is an agency’s own with each creditor, and nobody else’s', async () => {
    await ranked(creditor);
    const other = stage.creditor('另一家');
    moveClock(placedAt, false);
    await work(weak, 6, 3, other);
    moveClock(rankedAt, false);
    await ranked(other);
    const own = await ranking.getStanding(
      { month: '', creditorId: '' },
      await weak.as('agency_agent'),
    );
    expect(own.standings.map((one) => [one.creditorName, one.agencies, one.own?.place])).toEqual([
      ['另一家', 1, 1],
      ['远望机电', 4, 4],
    ]);
    expect(own.standings.every((one) => one.own?.agencyId === weak.orgId)).toBe(true);
    const told = JSON.stringify(own, (_key, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    for (const rival of [able, small]) expect(told).not.toContain(rival.orgId);
    expect(told).not.toContain('能手');
  });

  it('is all that the database shows to an agency', async () => {
    const seen = await stage.service.db.tenant(able.orgId, async (tx) => ({
      standings: await tx.query('SELECT DISTINCT agency_id, segment FROM ranking_standing'),
      rankings: await tx.query('SELECT 1 FROM ranking'),
      weights: await tx.query('SELECT 1 FROM ranking_weights'),
      contacts: await tx.query('SELECT 1 FROM ranking_contact'),
    }));
    expect(seen).toEqual({
      standings: [{ agency_id: able.orgId, segment: '' }],
      rankings: [],
      weights: [],
      contacts: [],
    });
  });

  it('of another creditor’s ranking is not to be had', async () => {
    const stranger = stage.creditor('陌生人');
    const made = await ranking.getRanking(all, await stranger.as('director'));
    expect(made).toMatchObject({ agencies: [], madeAt: undefined, months: [] });
    const denied = ranking.getRanking(all, await able.as('agency_manager'));
    await expect(denied).rejects.toMatchObject({ kind: 'denied' });
    const wrong = ranking.getStanding({ month: '', creditorId: '' }, await creditor.as('director'));
    await expect(wrong).rejects.toMatchObject({ kind: 'denied' });
  });
});
