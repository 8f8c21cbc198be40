import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { namedUuid } from '@recourse/kit/hash.ts';
import { assertTenancy } from '@recourse/kit/tenancy.ts';
import { CaseOutcome, CaseState, PriorityTier } from '@recourse/proto/cases/v1/cases.ts';
import { OverdueClass } from '@recourse/proto/cases/v1/receivables.ts';
import {
  caseOf,
  creditorCall,
  dayFromToday,
  listOf,
  openAll,
  openingOf,
  type Rig,
  startRig,
  writeBook,
} from './book-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

const due = (daysAgo: number): string => dayFromToday(-daysAgo);

describe('the schema', () => {
  it('keeps every row to its organisation', async () => {
    const { ownerQuery } = rig.service;
    await expect(assertTenancy(ownerQuery)).resolves.toBeUndefined();
  });
});

describe('opening cases', () => {
  const orgId = randomUUIDv7();
  const request = openingOf({});

  beforeAll(async () => {
    await writeBook(rig, orgId, [
      {
        key: 'A',
        name: '甲公司',
        documents: [
          { number: 'A1', amountMinor: 60_000_000n, dueDate: due(100) },
          { number: 'A2', amountMinor: 1_000n, dueDate: due(1) },
          { number: 'A3', amountMinor: 5_000n, dueDate: due(0) },
          { number: 'A4', amountMinor: 700n, dueDate: due(10), currency: 'USD' },
        ],
      },
      {
        key: 'B',
        name: '乙公司',
        documents: [{ number: 'B1', amountMinor: 300n, dueDate: due(5) }],
      },
      {
        key: 'C',
        name: '丙公司',
        documents: [{ number: 'C1', amountMinor: 300n, dueDate: due(-5) }],
      },
      {
        key: 'D',
        name: '丁公司',
        documents: [
          { number: 'D1', amountMinor: 300n, dueDate: due(40), settledDate: due(20) },
          { number: 'D2', amountMinor: -300n, dueDate: due(40) },
        ],
      },
    ]);
  });

  it('counts first and writes nothing', async () => {
    const call = await creditorCall(rig, orgId, 'collector');
    expect(await rig.cases.openCases(openingOf({ preview: true }), call)).toEqual({
      opened: 3n,
      alreadyOpen: 0n,
      overdue: expect.arrayContaining([
        { currency: 'CNY', minor: 60_001_300n },
        { currency: 'USD', minor: 700n },
      ]),
      hasMore: false,
    });
    expect((await rig.cases.listCases(listOf({}), call)).page?.count).toBe(0n);
  });

  it.each([
    ['an amount', { minOverdue: { currency: 'CNY', minor: 301n } }, 1n],
    ['an age', { minDaysOverdue: 11 }, 1n],
    ['debtors', { debtorIds: [namedUuid(orgId, 'B')] }, 1n],
    ['an earlier day', { asOf: due(50) }, 1n],
  ])('can be held to %s', async (_what, wanted, opened) => {
    const call = await creditorCall(rig, orgId);
    const found = await rig.cases.openCases(openingOf({ preview: true, ...wanted }), call);
    expect(found.opened).toBe(opened);
  });

  it('gives each debtor one case in each currency, and the same answer to a repeat', async () => {
    const call = await creditorCall(rig, orgId);
    const first = await rig.cases.openCases(request, call);
    expect(first.opened).toBe(3n);
    expect(await rig.cases.openCases(request, call)).toEqual(first);
    expect(await rig.cases.openCases(openingOf({}), call)).toEqual({
      opened: 0n,
      alreadyOpen: 0n,
      overdue: [],
      hasMore: false,
    });
  });

  it('numbers them and says what is owed, how urgent it is and what comes next', async () => {
    const call = await creditorCall(rig, orgId);
    const { cases } = await rig.cases.listCases(listOf({ currency: 'CNY' }), call);
    const [large] = cases;
    expect(cases.map((one) => one.debtorName)).toEqual(['甲公司', '乙公司']);
    expect(large).toMatchObject({
      orgName: '华东钢铁',
      state: CaseState.OPEN,
      tier: PriorityTier.HIGH,
      open: { currency: 'CNY', minor: 60_001_000n },
      overdue: { currency: 'CNY', minor: 60_001_000n },
      recovered: { currency: 'CNY', minor: 0n },
      daysOverdue: 100,
      overdueClass: OverdueClass.CRITICAL,
      receivableCount: 2n,
      nextAction: { step: 'litigation_assessment', dueDay: dayFromToday(0) },
      tierWhy: { rule: 'priority_tier', source: 'house rule (cost of recovery)' },
    });
    expect(large?.number).toMatch(new RegExp(`^C-${dayFromToday(0).slice(0, 4)}-00000[123]$`));
    expect(new Set(cases.map((one) => one.number)).size).toBe(2);
  });

  it('tells of each case', async () => {
    const told = await rig.service.ownerQuery<{ type: string }>(
      'SELECT DISTINCT type, count(*) FROM outbox WHERE org_id = $1 GROUP BY type',
      [orgId],
    );
    expect(told).toEqual([
      { type: 'caseOpened', count: 3n },
      { type: 'receivablesJoined', count: 3n },
    ]);
  });

  it('puts what became overdue since into the case that is open', async () => {
    await rig.service.db.tenant(orgId, (tx) =>
      tx.query(`UPDATE receivable SET due_date = $2 WHERE org_id = $1 AND document_number = 'A3'`, [
        orgId,
        due(2),
      ]),
    );
    const call = await creditorCall(rig, orgId);
    expect(await rig.cases.openCases(openingOf({}), call)).toMatchObject({
      opened: 0n,
      alreadyOpen: 1n,
    });
    const { cases } = await rig.cases.listCases(listOf({ query: '甲', currency: 'CNY' }), call);
    expect(cases[0]).toMatchObject({ open: { minor: 60_006_000n }, receivableCount: 3n });
  });

  it('refuses a day that has not come', async () => {
    const call = await creditorCall(rig, orgId);
    await expect(rig.cases.openCases(openingOf({ asOf: due(-1) }), call)).rejects.toMatchObject({
      kind: 'refused',
      reason: 'as_of_in_future',
    });
  });

  it('is not for a finance person', async () => {
    const call = await creditorCall(rig, orgId, 'finance');
    await expect(rig.cases.openCases(openingOf({}), call)).rejects.toMatchObject({
      kind: 'denied',
    });
  });
});

describe('one case', () => {
  const orgId = randomUUIDv7();
  beforeAll(async () => {
    await writeBook(rig, orgId, [
      { key: 'A', name: '甲', documents: [{ number: 'A1', amountMinor: 900n, dueDate: due(3) }] },
      { key: 'B', name: '乙', documents: [{ number: 'B1', amountMinor: 900n, dueDate: due(3) }] },
    ]);
    await openAll(rig, orgId);
  });

  it('is missing when unknown, and when it is another creditor’s', async () => {
    const { caseId } = await caseOf(rig, orgId, '甲');
    const missing = { kind: 'missing', reason: 'case_unknown' };
    const foreign = await creditorCall(rig, randomUUIDv7());
    await expect(rig.cases.getCase({ caseId }, foreign)).rejects.toMatchObject(missing);
    await expect(
      rig.cases.getCase({ caseId: randomUUIDv7() }, await creditorCall(rig, orgId)),
    ).rejects.toMatchObject(missing);
    const page = undefined;
    await expect(rig.cases.getTimeline({ caseId, kinds: [], page }, foreign)).rejects.toMatchObject(
      missing,
    );
    await expect(rig.cases.listCaseReceivables({ caseId, page }, foreign)).rejects.toMatchObject(
      missing,
    );
    await expect(rig.work.listPayments({ caseId, page }, foreign)).rejects.toMatchObject(missing);
  });

  it('is given to a collector, once for one request and not over a newer version', async () => {
    const { caseId, version } = await caseOf(rig, orgId, '甲');
    const call = await creditorCall(rig, orgId);
    const request = {
      caseId,
      assigneeId: randomUUIDv7(),
      assigneeName: '赵敏',
      expectedVersion: version,
      requestId: randomUUIDv7(),
    };
    const given = await rig.cases.assignCase(request, call);
    expect(given.case).toMatchObject({ assigneeName: '赵敏', version: version + 1n });
    expect(await rig.cases.assignCase(request, call)).toEqual(given);
    await expect(
      rig.cases.assignCase({ ...request, requestId: randomUUIDv7() }, call),
    ).rejects.toMatchObject({ kind: 'stale', reason: 'case_changed_meanwhile' });
    await expect(
      rig.cases.assignCase({ ...request, assigneeName: '周芷' }, call),
    ).rejects.toMatchObject({ kind: 'exists' });
  });

  it('is closed with a reason, and given up by nobody alone', async () => {
    const before = await caseOf(rig, orgId, '乙');
    const call = await creditorCall(rig, orgId);
    const request = {
      caseId: before.caseId,
      reason: '双方另行协商',
      expectedVersion: before.version,
      requestId: '',
    };
    await expect(
      rig.cases.closeCase({ ...request, outcome: CaseOutcome.PAID }, call),
    ).rejects.toMatchObject({ kind: 'refused', reason: 'case_not_paid' });
    await expect(
      rig.cases.closeCase({ ...request, outcome: CaseOutcome.WITHDRAWN }, call),
    ).rejects.toMatchObject({ kind: 'refused', reason: 'closing_needs_approval' });
    const closed = await rig.cases.closeCase({ ...request, outcome: CaseOutcome.SETTLED }, call);
    expect(closed.case).toMatchObject({
      state: CaseState.CLOSED,
      outcome: CaseOutcome.SETTLED,
      nextAction: undefined,
    });
    await expect(
      rig.cases.closeCase({ ...request, expectedVersion: 0n, outcome: CaseOutcome.SETTLED }, call),
    ).rejects.toMatchObject({ reason: 'case_closed' });
  });

  it('tells its story, newest first', async () => {
    const { caseId } = await caseOf(rig, orgId, '甲');
    const call = await creditorCall(rig, orgId);
    const whole = await rig.cases.getTimeline({ caseId, kinds: [], page: undefined }, call);
    expect(whole.entries.map((one) => one.what)).toEqual(['case_assigned', 'case_opened']);
    expect(whole.entries[0]).toMatchObject({
      actor: { name: '陈静', orgName: '华东钢铁' },
      facts: { assignee_name: '赵敏' },
    });
    const first = await rig.cases.getTimeline(
      { caseId, kinds: [], page: { size: 1, cursor: '' } },
      call,
    );
    const cursor = first.page?.nextCursor ?? '';
    const second = await rig.cases.getTimeline(
      { caseId, kinds: [], page: { size: 1, cursor } },
      call,
    );
    expect(second.entries.map((one) => one.what)).toEqual(['case_opened']);
    expect(second.page?.nextCursor).toBe('');
    const none = await rig.cases.getTimeline({ caseId, kinds: ['payment'], page: undefined }, call);
    expect(none.entries).toEqual([]);
  });
});
