import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@recourse/kit/eventually.ts';
import { CaseOutcome, Handling } from '@recourse/proto/cases/v1/cases.ts';
import { Channel } from '@recourse/proto/cases/v1/work.ts';
import {
  agencyCall,
  creditorCall,
  dayFromToday,
  listOf,
  oneCase,
  type Rig,
  startRig,
} from './book-rig.ts';
import { contact, handlingIs, payment, placementOf } from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

/** Everything an agency could see of a case, by each way of asking. */
async function seenBy(agencyId: string, caseId: string): Promise<string[]> {
  const call = await agencyCall(rig, agencyId);
  const page = undefined;
  const ways: Record<string, () => Promise<unknown[]>> = {
    list: async () => (await rig.cases.listCases(listOf({}), call)).cases,
    search: async () => (await rig.cases.listCases(listOf({ query: '华成' }), call)).cases,
    case: async () => [(await rig.cases.getCase({ caseId }, call)).case],
    timeline: async () => (await rig.cases.getTimeline({ caseId, kinds: [], page }, call)).entries,
    receivables: async () =>
      (await rig.cases.listCaseReceivables({ caseId, page }, call)).receivables,
    payments: async () => (await rig.work.listPayments({ caseId, page }, call)).payments,
    ledger: async () => (await rig.work.listLedger({ caseId }, call)).entries,
    promises: async () =>
      (await rig.work.listPromises({ caseId, states: [], dueFrom: '', dueTo: '', page }, call))
        .promises,
  };
  const seen: string[] = [];
  for (const [way, ask] of Object.entries(ways)) {
    const rows = await ask().catch((thrown: unknown) => {
      expect(thrown).toMatchObject({ kind: 'missing', reason: 'case_unknown' });
      return [];
    });
    if (rows.length > 0) seen.push(way);
  }
  return seen;
}

describe('an agency', () => {
  it('sees nothing of a case before it has accepted it', async () => {
    const { file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(rig, file);
    expect(await seenBy(placement.agencyId, file.caseId)).toEqual([]);
    await placement.offer();
    const offered = await handlingIs(rig, file, Handling.OFFERED);
    expect(offered).toMatchObject({ agencyId: placement.agencyId, agencyName: '安信商账' });
    expect(await seenBy(placement.agencyId, file.caseId)).toEqual([]);
    const call = await agencyCall(rig, placement.agencyId);
    const missing = { kind: 'missing', reason: 'case_unknown' };
    await expect(
      rig.work.recordContact(contact(file.caseId, { note: '约定下周付款' }), call),
    ).rejects.toMatchObject(missing);
    await expect(rig.work.recordPayment(payment(file.caseId, 1n), call)).rejects.toMatchObject(
      missing,
    );
  });

  it('is told live when a case has become its own', async () => {
    const { file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(rig, file);
    const heard: unknown[] = [];
    const subscription = rig.service.bus.nc.subscribe(`recourse.live.${placement.agencyId}`, {
      callback: (_error, message) => void heard.push(message.json()),
    });
    await placement.offer();
    await placement.accept();
    const opened = { noun: 'case', id: file.caseId, change: 'active' };
    await eventually(() => expect(heard).toContainEqual(expect.objectContaining(opened)));
    subscription.unsubscribe();
    const call = await agencyCall(rig, placement.agencyId);
    expect((await rig.cases.getCase({ caseId: file.caseId }, call)).case?.caseId).toBe(file.caseId);
  });

  it('works the case while its placement is active, and is out when it is recalled', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(rig, file);
    const { agencyId } = placement;
    await placement.offer();
    await placement.accept();
    await handlingIs(rig, file, Handling.PLACED);
    const call = await agencyCall(rig, agencyId);
    const logged = await rig.work.recordContact(
      contact(file.caseId, { note: '约定下周付款' }),
      call,
    );
    expect(logged.contact).toMatchObject({
      verdict: { permitted: true },
      actor: { orgId: agencyId, orgName: '安信商账' },
    });
    const promised = await rig.work.recordPromise(
      {
        caseId: file.caseId,
        promiseId: randomUUIDv7(),
        amount: { currency: 'CNY', minor: 500n },
        dueDay: dayFromToday(2),
        channel: Channel.CALL,
        promisedBy: '王总',
      },
      call,
    );
    expect(promised.promise?.amount?.minor).toBe(500n);
    const paid = await rig.work.recordPayment(payment(file.caseId, 200n), call);
    expect(paid.case).toMatchObject({ orgId, open: { minor: 700n }, recovered: { minor: 200n } });
    expect(await seenBy(agencyId, file.caseId)).toEqual([
      'list',
      'search',
      'case',
      'timeline',
      'receivables',
      'payments',
      'ledger',
      'promises',
    ]);
    const { case: seen } = await rig.cases.getCase({ caseId: file.caseId }, call);
    expect(seen).toMatchObject({ orgName: '华东钢铁', allowance: { usedToday: 1 } });

    const audiences = await rig.service.ownerQuery<{ type: string; audience: string[] }>(
      `SELECT type, audience FROM outbox
        WHERE org_id = $1 AND type IN ('contactLogged', 'paymentRecorded') ORDER BY version`,
      [orgId],
    );
    for (const { audience } of audiences) expect(audience).toEqual([orgId, agencyId]);
    expect(audiences).toHaveLength(2);

    const today = dayFromToday(0);
    const period = { firstDay: today, lastDay: today };
    const activity = await rig.cases.getActivity({ creditorId: orgId, period }, call);
    expect(activity.activities).toEqual([
      expect.objectContaining({
        caseNumber: file.number,
        contacts: 1,
        effectiveContacts: 1,
        visits: 0,
        promisesMade: 1,
        promisesKept: 0,
        received: [{ currency: 'CNY', minor: 200n }],
        lastAttitude: 'WILLING',
        lastNote: '约定下周付款',
        nextPromiseDay: dayFromToday(2),
      }),
    ]);
    const { openCases, recoveredMonth } = await rig.cases.getDashboard({ asOf: '' }, call);
    expect([openCases, recoveredMonth]).toEqual([1n, [{ currency: 'CNY', minor: 200n }]]);

    await placement.recall();
    await handlingIs(rig, file, Handling.INTERNAL);
    expect(await seenBy(agencyId, file.caseId)).toEqual([]);
    const missing = { kind: 'missing', reason: 'case_unknown' };
    await expect(
      rig.work.recordContact(contact(file.caseId, { note: '约定下周付款' }), call),
    ).rejects.toMatchObject(missing);
  });

  it('is told of its week and its month also when the placement has ended in them', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(rig, file);
    const { agencyId } = placement;
    const creditor = await creditorCall(rig, orgId);
    await rig.work.recordPayment(payment(file.caseId, 100n), creditor);
    await placement.accept();
    await handlingIs(rig, file, Handling.PLACED);
    const call = await agencyCall(rig, agencyId);
    await rig.work.recordContact(contact(file.caseId, { note: '约定今天付款' }), call);
    await rig.work.recordPayment(payment(file.caseId, 300n), call);
    await placement.recall();
    await handlingIs(rig, file, Handling.INTERNAL);
    await rig.work.recordPayment(payment(file.caseId, 50n), creditor);
    await rig.work.recordContact(contact(file.caseId, { note: '自行跟进' }), creditor);

    const today = dayFromToday(0);
    const period = { firstDay: today, lastDay: today };
    const { activities } = await rig.cases.getActivity({ creditorId: orgId, period }, call);
    expect(activities).toEqual([
      expect.objectContaining({
        caseNumber: file.number,
        contacts: 1,
        effectiveContacts: 1,
        received: [{ currency: 'CNY', minor: 300n }],
        open: { currency: 'CNY', minor: 500n },
        lastNote: '约定今天付款',
        nextPromiseDay: '',
      }),
    ]);
    const { openCases, recoveredMonth, months } = await rig.cases.getDashboard({ asOf: '' }, call);
    expect([openCases, recoveredMonth]).toEqual([0n, [{ currency: 'CNY', minor: 300n }]]);
    expect(months.at(-1)).toMatchObject({ recovered: { minor: 300n }, placed: { minor: 800n } });

    const stranger = await agencyCall(rig, randomUUIDv7());
    const asked = { creditorId: orgId, period };
    expect((await rig.cases.getActivity(asked, stranger)).activities).toEqual([]);
    const before = { firstDay: dayFromToday(-20), lastDay: dayFromToday(-9) };
    const earlier = await rig.cases.getActivity({ creditorId: orgId, period: before }, call);
    expect(earlier.activities).toEqual([]);
  });

  it('is told of a case that was paid in full', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(rig, file);
    await placement.accept();
    await handlingIs(rig, file, Handling.PLACED);
    const call = await agencyCall(rig, placement.agencyId);
    await rig.work.recordPayment(payment(file.caseId, 900n), call);
    await placement.complete();
    await handlingIs(rig, file, Handling.INTERNAL);
    const today = dayFromToday(0);
    const period = { firstDay: today, lastDay: today };
    const { activities } = await rig.cases.getActivity({ creditorId: orgId, period }, call);
    expect(activities).toEqual([
      expect.objectContaining({
        received: [{ currency: 'CNY', minor: 900n }],
        open: { currency: 'CNY', minor: 0n },
      }),
    ]);
  });

  it('and the creditor share the three contacts of a day', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(rig, file);
    await placement.accept();
    await handlingIs(rig, file, Handling.PLACED);
    const calls = [await creditorCall(rig, orgId), await agencyCall(rig, placement.agencyId)];
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, place) => {
        const call = calls[place % 2];
        if (call === undefined) throw new Error('no call');
        return rig.work.recordContact(contact(file.caseId, { note: '约定下周付款' }), call);
      }),
    );
    const permitted = answers.filter((one) => one.contact?.verdict?.permitted === true);
    expect(permitted).toHaveLength(3);
  });

  it.each(['decline', 'recall'] as const)(
    'stays out after %s, even when an acceptance comes late',
    async (ending) => {
      const { file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
      const placement = placementOf(rig, file);
      await placement.offer();
      await handlingIs(rig, file, Handling.OFFERED);
      await placement[ending]();
      await handlingIs(rig, file, Handling.INTERNAL);
      await placement.accept();
      await eventually(async () => {
        const rows = await rig.service.ownerQuery(
          `SELECT FROM timeline_entry WHERE case_id = $1 AND what = 'placement_accepted'`,
          [file.caseId],
        );
        expect(rows).toHaveLength(1);
      });
      expect(await seenBy(placement.agencyId, file.caseId)).toEqual([]);
    },
  );

  it('may not close a case, take a payment back or read the book', async () => {
    const { file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(rig, file);
    await placement.accept();
    await handlingIs(rig, file, Handling.PLACED);
    const call = await agencyCall(rig, placement.agencyId, 'agency_manager');
    const denied = { kind: 'denied' };
    await expect(
      rig.cases.closeCase(
        {
          caseId: file.caseId,
          outcome: CaseOutcome.SOLD,
          reason: '出售',
          expectedVersion: 0n,
          requestId: '',
        },
        call,
      ),
    ).rejects.toMatchObject(denied);
    await expect(
      rig.work.reversePayment(
        {
          caseId: file.caseId,
          paymentId: randomUUIDv7(),
          requestId: '',
          reason: '退票',
        },
        call,
      ),
    ).rejects.toMatchObject(denied);
    await expect(rig.receivables.getAging({ asOf: '', debtorId: '' }, call)).rejects.toMatchObject(
      denied,
    );
  });
});
