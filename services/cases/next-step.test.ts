import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ForgoSuitRequest, Handling } from '@recourse/proto/cases/v1/cases.ts';
import { ContactResult } from '@recourse/proto/cases/v1/work.ts';
import {
  creditorCall,
  dayFromToday,
  listOf,
  oneCase,
  openAll,
  type Rig,
  startRig,
  writeBook,
} from './book-rig.ts';
import { keepGrade } from './store/debtors.ts';
import { refreshCases } from './store/refresh.ts';
import { contact, eventTypes, handlingIs, placementOf } from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

describe('three calls that reached nobody', () => {
  it('take the case up, and giving it away answers that', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const { caseId } = file;
    const call = await creditorCall(rig, orgId);
    for (let place = 0; place < 3; place += 1) {
      const missed = contact(caseId, { result: ContactResult.NO_ANSWER });
      await rig.work.recordContact(missed, call);
    }
    const up = await rig.cases.getCase({ caseId }, call);
    expect(up.case?.nextAction).toMatchObject({ step: 'escalate', dueDay: dayFromToday(1) });
    const assigned = await rig.cases.assignCase(
      {
        caseId,
        assigneeId: randomUUIDv7(),
        assigneeName: '周主管',
        expectedVersion: 0n,
        requestId: randomUUIDv7(),
      },
      call,
    );
    expect(assigned.case?.nextAction?.step).toBe('follow_up');
  });
});

describe('an agency that accepts a case', () => {
  it('is not to assess it for suit; the creditor is again when it has it back', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 120 }]);
    const call = await creditorCall(rig, orgId);
    const stepNow = async () =>
      (await rig.cases.getCase({ caseId: file.caseId }, call)).case?.nextAction?.step;
    expect(await stepNow()).toBe('litigation_assessment');
    const placement = placementOf(rig, file);
    await placement.offer();
    await handlingIs(rig, file, Handling.OFFERED);
    expect(await stepNow()).toBe('litigation_assessment');
    await placement.accept();
    await handlingIs(rig, file, Handling.PLACED);
    expect(await stepNow()).toBe('final_letter');
    await placement.recall();
    await handlingIs(rig, file, Handling.INTERNAL);
    expect(await stepNow()).toBe('litigation_assessment');
  });
});

describe('the grade of a customer', () => {
  it('moves the tier of its cases, whichever was told last', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const { caseId, debtorId } = file;
    const told = (grade: string, version: number) =>
      rig.service.db.tenant(orgId, async (tx) => {
        const isNew = await keepGrade(tx, { debtorId, grade, version });
        await refreshCases(tx, { debtorIds: [debtorId] }, Temporal.Now.instant());
        return isNew;
      });
    const call = await creditorCall(rig, orgId);
    const tierNow = async () => (await rig.cases.getCase({ caseId }, call)).case?.tier;
    expect(await tierNow()).toBe('PRIORITY_TIER_LOW');
    expect(await told('D', 2)).toBe(true);
    expect(await tierNow()).toBe('PRIORITY_TIER_MEDIUM');
    expect(await told('AAA', 1)).toBe(false);
    expect(await tierNow()).toBe('PRIORITY_TIER_MEDIUM');
  });
});

describe('a case of a rated customer', () => {
  it('is tiered by the grade from its opening on', async () => {
    const orgId = randomUUIDv7();
    const debts = ['D', 'BBB', undefined].map((grade, place) => ({
      grade,
      key: `K${place}`,
      name: `评级客户${place}`,
      documents: [{ number: `G${place}`, amountMinor: 900n, dueDate: dayFromToday(-9) }],
    }));
    const ids = await writeBook(rig, orgId, debts);
    await rig.service.db.tenant(orgId, async (tx) => {
      for (const { grade, key } of debts) {
        const debtorId = ids.get(key) ?? '';
        if (grade !== undefined) await keepGrade(tx, { debtorId, grade, version: 1 });
      }
    });
    await openAll(rig, orgId);
    const call = await creditorCall(rig, orgId);
    const { cases } = await rig.cases.listCases(listOf({ sort: 'debtor_name' }), call);
    expect(cases.map((one) => [one.tier, one.tierWhy?.facts['tiers_by_rating'] ?? ''])).toEqual([
      ['PRIORITY_TIER_MEDIUM', '+1'],
      ['PRIORITY_TIER_LOW', ''],
      ['PRIORITY_TIER_LOW', ''],
    ]);
  });
});

describe('a case whose assessment is due', () => {
  const forgone = (caseId: string, more: Partial<ForgoSuitRequest> = {}): ForgoSuitRequest => ({
    caseId,
    reason: '无可供执行财产',
    lookAgainOn: dayFromToday(60),
    expectedVersion: 0n,
    requestId: randomUUIDv7(),
    ...more,
  });

  it('is followed up after the decision not to sue, and shows who made it and why', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 120 }]);
    const { caseId } = file;
    expect(file.nextAction?.step).toBe('litigation_assessment');
    const call = await creditorCall(rig, orgId, 'legal_officer');
    const request = forgone(caseId);
    const made = await rig.cases.forgoSuit(request, call);
    expect(made.case?.nextAction).toMatchObject({ step: 'follow_up', dueDay: dayFromToday(1) });
    expect(made.case?.version).toBeGreaterThan(file.version);
    expect(await rig.cases.forgoSuit(request, call)).toEqual(made);
    const page = undefined;
    const { entries } = await rig.cases.getTimeline({ caseId, kinds: ['case'], page }, call);
    expect(entries[0]).toMatchObject({
      what: 'suit_forgone',
      text: '无可供执行财产',
      facts: { look_again_on: dayFromToday(60) },
      actor: { name: '陈静' },
    });
    expect(await eventTypes(rig, orgId)).toContain('suitForgone');
  });

  it('is assessed again on the day that was named', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 120 }]);
    const { caseId } = file;
    const call = await creditorCall(rig, orgId);
    await rig.cases.forgoSuit(forgone(caseId, { lookAgainOn: dayFromToday(30) }), call);
    const later = Temporal.Now.instant().add({ hours: 24 * 31 });
    await rig.service.db.tenant(orgId, (tx) => refreshCases(tx, { caseIds: [caseId] }, later));
    const after = await rig.cases.getCase({ caseId }, call);
    expect(after.case?.nextAction).toMatchObject({
      step: 'litigation_assessment',
      dueDay: dayFromToday(30),
      why: { facts: { look_again_on: dayFromToday(30) } },
    });
  });

  it.each<[string, string, Partial<ForgoSuitRequest>, object]>([
    ['for today', 'supervisor', { lookAgainOn: dayFromToday(0) }, { kind: 'refused' }],
    [
      'for two years',
      'supervisor',
      { lookAgainOn: dayFromToday(730) },
      { reason: 'look_again_too_far' },
    ],
    ['of an older state', 'director', { expectedVersion: 99n }, { kind: 'stale' }],
    ['by a collector', 'collector', {}, { kind: 'denied' }],
    ['by finance', 'finance', {}, { kind: 'denied' }],
    ['without a reason', 'director', { reason: '' }, { kind: 'invalid' }],
  ])('is not decided %s', async (_what, role, more, expected) => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 120 }]);
    const call = await creditorCall(rig, orgId, role);
    await expect(rig.cases.forgoSuit(forgone(file.caseId, more), call)).rejects.toMatchObject(
      expected,
    );
  });

  it('of another organisation is missing', async () => {
    const { file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 120 }]);
    const stranger = await creditorCall(rig, randomUUIDv7());
    await expect(rig.cases.forgoSuit(forgone(file.caseId), stranger)).rejects.toMatchObject({
      kind: 'missing',
      reason: 'case_unknown',
    });
  });
});
