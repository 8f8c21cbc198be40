import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ContactResult } from '@recourse/proto/cases/v1/work.ts';
import { creditorCall, dayFromToday, oneCase, type Rig, startRig } from './book-rig.ts';
import { keepGrade } from './store/debtors.ts';
import { refreshCases } from './store/refresh.ts';
import { contact } from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
}, 60_000);

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
