import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { moveClock } from '@recourse/kit/clock.ts';
import { ReportState } from '@recourse/proto/agencies/v1/reports.ts';
import type { CaseActivity } from '@recourse/proto/cases/v1/cases.ts';
import { type Org, setStage, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(async () => {
  moveClock(undefined, false);
  await stage.stop();
});

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
/** Wednesday 2026-03-04, 10:00 in Shanghai; the week is 2 to 8 March, due Monday the 9th, 18:00. */
const wednesday = Temporal.Instant.from('2026-03-04T02:00:00Z');
const week = '2026-03-02';
const setClock = (text: string) => moveClock(Temporal.Instant.from(text), false);

type Pair = { creditor: Org; agency: Org; caseIds: string[]; placementIds: string[] };

async function work(count = 2): Promise<Pair> {
  moveClock(wednesday, false);
  const creditor = stage.creditor();
  const agency = await stage.agency();
  const caseIds = Array.from({ length: count }, () => stage.openCase());
  const items = caseIds.map((caseId) => ({ caseId, placementId: randomUUIDv7() }));
  await stage.placements.placeCases(
    { placements: items, agencyId: agency.orgId, terms: undefined, note: '' },
    await creditor.as('director'),
  );
  const placementIds = items.map((item) => item.placementId);
  await stage.placements.acceptPlacements(
    { placementIds, requestId: '' },
    await agency.as('agency_manager'),
  );
  return { creditor, agency, caseIds, placementIds };
}

function activity(caseId: string, more: Partial<CaseActivity> = {}): CaseActivity {
  return {
    caseId,
    caseNumber: '',
    debtorName: '',
    contacts: 3,
    effectiveContacts: 2,
    visits: 1,
    promisesMade: 1,
    promisesKept: 0,
    promisesBroken: 0,
    received: [cny(5_000n)],
    open: cny(995_000n),
    lastAttitude: 'ATTITUDE_WILLING',
    lastNote: '约定周五付款',
    nextPromiseDay: '2026-03-06',
    ...more,
  };
}

async function draft({ creditor, agency }: Pair, reportId: string, weekStart = week) {
  const request = { reportId, creditorId: creditor.orgId, weekStart };
  return (await stage.reports.draftReport(request, await agency.as('agency_agent'))).report;
}

async function submit({ agency }: Pair, reportId: string, more: object = {}) {
  const request = {
    reportId,
    summary: '两户已联系',
    risks: '',
    plan: '外访',
    expectedVersion: 0n,
    requestId: randomUUIDv7(),
    ...more,
  };
  return (await stage.reports.submitReport(request, await agency.as('agency_manager'))).report;
}

async function list(org: Org, more: object = {}) {
  const role = org.orgKind === 'agency' ? 'agency_agent' : 'collector';
  const request = { states: [], agencyId: '', creditorId: '', page: undefined, ...more };
  return stage.reports.listReports(request, await org.as(role));
}

describe('a week’s report', () => {
  let pair: Pair;
  const reportId = randomUUIDv7();
  beforeAll(async () => {
    pair = await work();
  });

  it('is drafted from the log with a line for each case, and is nobody else’s yet', async () => {
    stage.cases.activities.set(pair.creditor.orgId, [activity(pair.caseIds[0] ?? '')]);
    const report = await draft(pair, reportId);
    expect(report).toMatchObject({
      state: ReportState.DRAFT,
      weekStart: week,
      dueAt: '2026-03-09T10:00:00.000Z',
      caseCount: 2,
      contactCount: 3,
      received: [cny(5_000n)],
      creditorName: '远望机电',
      agencyName: '正信资产',
    });
    expect(report?.lines).toMatchObject([
      {
        debtorName: '上海恒达机械有限公司',
        contacts: 3,
        open: cny(995_000n),
        nextPromiseDay: '2026-03-06',
      },
      { contacts: 0, received: [], open: undefined, lastNote: '' },
    ]);
    const call = await pair.creditor.as('director');
    await expect(stage.reports.getReport({ reportId }, call)).rejects.toMatchObject({
      kind: 'missing',
    });
    expect((await list(pair.creditor)).reports).toEqual([]);
  });

  it('drafted again has the new figures', async () => {
    stage.cases.activities.set(
      pair.creditor.orgId,
      pair.caseIds.map((caseId) => activity(caseId, { contacts: 4 })),
    );
    expect(await draft(pair, reportId)).toMatchObject({ contactCount: 8, version: 2n });
  });

  it('submitted is frozen and read by the creditor', async () => {
    const report = await submit(pair, reportId);
    expect(report).toMatchObject({
      state: ReportState.SUBMITTED,
      late: false,
      summary: '两户已联系',
    });
    await expect(draft(pair, reportId)).rejects.toMatchObject({ reason: 'report_is_submitted' });
    await expect(submit(pair, reportId)).rejects.toMatchObject({ reason: 'report_is_submitted' });
    const { reports } = await list(pair.creditor);
    expect(reports).toMatchObject([
      { reportId, caseCount: 2, contactCount: 8, received: [cny(10_000n)], lines: [] },
    ]);
    const told = await stage.service.ownerQuery(
      'SELECT type, audience FROM outbox WHERE aggregate_id = $1',
      [reportId],
    );
    expect(told).toEqual([
      { type: 'reportSubmitted', audience: [pair.creditor.orgId, pair.agency.orgId] },
    ]);
  });

  it('queried comes back, is answered with its words kept, and is acknowledged', async () => {
    const call = await pair.creditor.as('supervisor');
    const asked = await stage.reports.queryReport(
      { reportId, question: '哪一户？', expectedVersion: 3n, requestId: randomUUIDv7() },
      call,
    );
    expect(asked.report).toMatchObject({ state: ReportState.QUERIED, question: '哪一户？' });
    expect(await draft(pair, reportId)).toMatchObject({ summary: '两户已联系' });
    await submit(pair, reportId, { summary: '第一户' });
    const request = { reportId, expectedVersion: 0n, requestId: randomUUIDv7() };
    const { report } = await stage.reports.acknowledgeReport(request, call);
    expect(report).toMatchObject({
      state: ReportState.ACKNOWLEDGED,
      summary: '第一户',
      acknowledgedBy: { name: '张敏' },
    });
    expect((await stage.reports.acknowledgeReport(request, call)).report).toEqual(report);
  });

  it('hides the debtor again once the placement is over', async () => {
    await stage.placements.recallPlacements(
      { placementIds: pair.placementIds.slice(0, 1), reason: '收回', requestId: '' },
      await pair.creditor.as('director'),
    );
    const names = async (org: Org, role: string) => {
      const { report } = await stage.reports.getReport({ reportId }, await org.as(role));
      return report?.lines.map((line) => line.debtorName);
    };
    expect(await names(pair.agency, 'agency_agent')).toEqual([
      '上海某某有限公司',
      '上海恒达机械有限公司',
    ]);
    expect(await names(pair.creditor, 'finance')).toEqual([
      '上海恒达机械有限公司',
      '上海恒达机械有限公司',
    ]);
  });
});

describe('drafting', () => {
  it.each([
    ['a Tuesday', '2026-03-03', 'week_start_not_monday'],
    ['a week to come', '2026-03-09', 'week_not_begun'],
    ['a week before the placement', '2026-02-23', 'no_placements_in_week'],
  ])('is refused for %s', async (_name, weekStart, reason) => {
    const pair = await work(1);
    await expect(draft(pair, randomUUIDv7(), weekStart)).rejects.toMatchObject({ reason });
  });

  it('is refused for a creditor that placed nothing, and leaves nothing there', async () => {
    const pair = await work(1);
    const stranger = stage.creditor();
    const reportId = randomUUIDv7();
    await expect(draft({ ...pair, creditor: stranger }, reportId)).rejects.toMatchObject({
      reason: 'no_placements_in_week',
    });
    expect(
      await stage.service.ownerQuery('SELECT 1 FROM report WHERE report_id = $1', [reportId]),
    ).toEqual([]);
  });

  it('gives one report per week, under one id', async () => {
    const pair = await work(1);
    const reportId = randomUUIDv7();
    await draft(pair, reportId);
    await expect(draft(pair, randomUUIDv7())).rejects.toMatchObject({
      reason: 'report_of_week_exists',
      facts: { reportId },
    });
  });

  it('by five at once gives one report', async () => {
    const pair = await work(1);
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => draft(pair, randomUUIDv7())),
    );
    const refused = tries.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(4);
    for (const { reason } of refused) {
      expect(reason).toMatchObject({ reason: 'report_of_week_exists' });
    }
  });

  it('is not for another agency to read, submit or draft over', async () => {
    const pair = await work(1);
    const rival = { ...pair, agency: await stage.agency() };
    const reportId = randomUUIDv7();
    await draft(pair, reportId);
    await expect(submit(rival, reportId)).rejects.toMatchObject({ reason: 'report_unknown' });
    await expect(draft(rival, reportId)).rejects.toMatchObject({ reason: 'no_placements_in_week' });
    const call = await rival.agency.as('agency_agent');
    await expect(stage.reports.getReport({ reportId }, call)).rejects.toMatchObject({
      kind: 'missing',
    });
  });
});

describe('a report that is not there', () => {
  it('is missing after its week, late after Monday 18:00, for both sides', async () => {
    const pair = await work(1);
    const missing = async (org: Org) =>
      (await list(org)).missing.map((one) => [
        one.weekStart,
        one.late,
        one.agencyName,
        one.creditorName,
      ]);
    setClock('2026-03-08T15:59:00Z');
    expect(await missing(pair.creditor)).toEqual([]);
    setClock('2026-03-08T16:00:00Z');
    expect(await missing(pair.creditor)).toEqual([[week, false, '正信资产', '远望机电']]);
    setClock('2026-03-09T10:00:01Z');
    expect(await missing(pair.agency)).toEqual([[week, true, '正信资产', '远望机电']]);
    await draft(pair, randomUUIDv7());
    expect(await missing(pair.agency)).toHaveLength(1);
  });

  it('comes late when it is handed in late', async () => {
    const pair = await work(1);
    const reportId = randomUUIDv7();
    await draft(pair, reportId);
    setClock('2026-03-09T10:00:01Z');
    expect(await submit(pair, reportId)).toMatchObject({ late: true });
    expect((await list(pair.creditor)).missing).toEqual([]);
  });
});

describe('without its neighbour', () => {
  it('drafting says so and leaves nothing half done; submitting goes on', async () => {
    const pair = await work(1);
    const [there, other] = [randomUUIDv7(), randomUUIDv7()];
    await draft(pair, there);
    await stage.cases.service.stop();
    await expect(draft(pair, there)).rejects.toMatchObject({
      kind: 'unavailable',
      reason: 'cases_unavailable',
    });
    await expect(draft(pair, other)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(
      await stage.service.ownerQuery('SELECT 1 FROM report WHERE report_id = $1', [other]),
    ).toEqual([]);
    expect(await submit(pair, there)).toMatchObject({ state: ReportState.SUBMITTED });
  });
});
