import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@recourse/kit/eventually.ts';
import { emit } from '@recourse/kit/events.ts';
import { defineService } from '@recourse/kit/service.ts';
import type { TestService } from '@recourse/kit/testing.ts';
import { CaseOutcome, CaseState } from '@recourse/proto/cases/v1/cases.ts';
import type { CustomerChanged } from '@recourse/proto/credit/v1/events.ts';
import {
  caseOf,
  creditorCall,
  dayFromToday,
  oneCase,
  openingOf,
  type Rig,
  startRig,
  writeBook,
} from './book-rig.ts';
import { refreshCases } from './store/refresh.ts';
import { creditTopic } from './topic.ts';
import { eventTypes } from './work-rig.ts';

let rig: Rig;
let credit: TestService;

beforeAll(async () => {
  rig = await startRig();
  credit = await rig.platform.startService(
    defineService({ name: 'credit', wire: () => ({ rpc: [] }) }),
  );
});

afterAll(() => rig.stop());

/** A delivery of the ledger as far as cases are concerned: receivables change, figures follow. */
function deliver(orgId: string, debtorId: string, sql: string): Promise<object> {
  return rig.service.db.tenant(orgId, async (tx) => {
    await tx.query(sql, [orgId]);
    return refreshCases(tx, { debtorIds: [debtorId] }, Temporal.Now.instant());
  });
}

const documents = [
  { amountMinor: 300n, daysAgo: 40 },
  { amountMinor: 500n, daysAgo: 10 },
];

describe('a delivery of the ledger', () => {
  it('moves the figures of the case', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const sql = `UPDATE receivable SET open_minor = 0 WHERE org_id = $1 AND document_number = 'D1'`;
    expect(await deliver(orgId, file.debtorId, sql)).toEqual({ refreshed: 1, closed: 0 });
    expect(await caseOf(rig, orgId, file.debtorName)).toMatchObject({
      open: { minor: 500n },
      daysOverdue: 10,
      receivableCount: 1n,
      version: file.version + 1n,
    });
  });

  it('that changes nothing leaves the version as it is', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    await deliver(orgId, file.debtorId, "UPDATE receivable SET description = '' WHERE org_id = $1");
    expect((await caseOf(rig, orgId, file.debtorName)).version).toBe(file.version);
  });

  it.each([
    [
      'settles everything',
      'UPDATE receivable SET open_minor = 0 WHERE org_id = $1',
      CaseOutcome.PAID,
    ],
    ['takes everything away', 'DELETE FROM receivable WHERE org_id = $1', CaseOutcome.WITHDRAWN],
  ])('that %s closes the case and tells it', async (_what, sql, outcome) => {
    const { orgId, file } = await oneCase(rig, documents);
    expect(await deliver(orgId, file.debtorId, sql)).toEqual({ refreshed: 1, closed: 1 });
    expect(await caseOf(rig, orgId, file.debtorName)).toMatchObject({
      state: CaseState.CLOSED,
      outcome,
      open: { minor: 0n },
    });
    expect(await eventTypes(rig, orgId)).toEqual(['caseOpened', 'receivablesJoined', 'caseClosed']);
  });

  it('that gives a document to another currency takes it out of the case', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const sql = `UPDATE receivable SET currency = 'USD'
      WHERE org_id = $1 AND document_number = 'D1'`;
    await deliver(orgId, file.debtorId, sql);
    expect((await caseOf(rig, orgId, file.debtorName)).open).toEqual({
      currency: 'CNY',
      minor: 500n,
    });
  });
});

describe('openings at once', () => {
  it('give each debtor one case and each case its number', async () => {
    const orgId = randomUUIDv7();
    await writeBook(
      rig,
      orgId,
      Array.from({ length: 20 }, (_, place) => ({
        key: `K${place}`,
        name: `公司${place}`,
        documents: [{ number: `N${place}`, amountMinor: 100n, dueDate: dayFromToday(-9) }],
      })),
    );
    const call = await creditorCall(rig, orgId);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => rig.cases.openCases(openingOf({}), call)),
    );
    const opened = answers.map((one) => Number(one.opened)).toSorted((a, b) => b - a);
    expect(opened).toEqual([20, 0, 0, 0, 0]);
    const rows = await rig.service.ownerQuery<{ numbers: bigint }>(
      'SELECT count(DISTINCT number) AS numbers FROM case_file WHERE org_id = $1',
      [orgId],
    );
    expect(rows).toEqual([{ numbers: 20n }]);
  });
});

describe('a customer that credit tells of', () => {
  it('gives the debtor its name and zone, in whatever order the versions come', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const tell = (change: Partial<CustomerChanged>): Promise<void> =>
      credit.db.tenant(orgId, (tx) =>
        emit(tx, creditTopic, { aggregateId: file.debtorId, at: Temporal.Now.instant() }, [
          {
            $case: 'customerChanged',
            value: {
              customerId: file.debtorId,
              name: '苏州华成',
              region: '江苏',
              industry: '机械',
              timeZone: 'Asia/Urumqi',
              creditCode: '',
              person: false,
              ...change,
            },
          },
        ]),
      );
    await tell({ name: '华成旧名' });
    await tell({});
    await tell({ timeZone: 'Mars/Olympus', region: '浙江' });
    const { case: seen } = await eventually(async () => {
      const found = await rig.cases.getCase(
        { caseId: file.caseId },
        await creditorCall(rig, orgId),
      );
      expect(found.case?.region).toBe('浙江');
      return found;
    });
    expect(seen).toMatchObject({ debtorName: '苏州华成', debtorTimeZone: 'Asia/Urumqi' });
    expect((await caseOf(rig, orgId, '苏州华成')).caseId).toBe(file.caseId);
  });
});
