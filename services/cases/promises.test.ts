import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PromiseState } from '@recourse/proto/cases/v1/work.ts';
import { caseOf, creditorCall, dayFromToday, oneCase, type Rig, startRig } from './book-rig.ts';
import { night } from './jobs/night.ts';
import { eventTypes, payment, promise, reversal } from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

describe('a promise', () => {
  it('is pending until money or the night decides it', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'collector');
    const kept = promise(file.caseId, 100n);
    const broken = promise(file.caseId, 300n, { dueDay: dayFromToday(5) });
    const made = await rig.work.recordPromise(kept, call);
    expect(made.promise).toMatchObject({
      state: PromiseState.PENDING,
      caseNumber: file.number,
      received: { minor: 0n },
    });
    expect(await rig.work.recordPromise(kept, call)).toEqual(made);
    await rig.work.recordPromise(broken, call);
    const waiting = await rig.cases.getCase({ caseId: file.caseId }, call);
    expect(waiting.case?.nextAction).toMatchObject({
      step: 'promise_reminder',
      dueDay: dayFromToday(2),
    });
    await rig.work.recordPayment(payment(file.caseId, 140n), call);
    const states = async () => {
      const request = { caseId: file.caseId, states: [], dueFrom: '', dueTo: '', page: undefined };
      const { promises } = await rig.work.listPromises(request, call);
      return promises.map((one) => [one.state, one.received?.minor]);
    };
    expect(await states()).toEqual([
      [PromiseState.KEPT, 100n],
      [PromiseState.PENDING, 40n],
    ]);
    const later = Temporal.Now.instant().add({ hours: 24 * 6 });
    const nightOf = () => night(rig.service.db, orgId, later, AbortSignal.timeout(20_000));
    expect(await nightOf()).toEqual({ settled: 1, refreshed: 1 });
    expect(await nightOf()).toEqual({ settled: 0, refreshed: 1 });
    expect(await states()).toEqual([
      [PromiseState.KEPT, 100n],
      [PromiseState.PARTLY_KEPT, 40n],
    ]);
    expect((await eventTypes(rig, orgId)).filter((type) => type === 'promiseSettled')).toHaveLength(
      2,
    );
  });

  it('that was kept by money that bounced is pending again', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'supervisor');
    await rig.work.recordPromise(promise(file.caseId, 100n), call);
    const made = await rig.work.recordPayment(payment(file.caseId, 100n), call);
    const undo = reversal(file.caseId, made.payment?.paymentId ?? '');
    const undone = await rig.work.reversePayment(undo, call);
    expect(undone.case?.nextAction?.step).toBe('promise_reminder');
    const request = {
      caseId: '',
      states: [PromiseState.PENDING],
      dueFrom: dayFromToday(3),
      dueTo: dayFromToday(3),
      page: undefined,
    };
    expect((await rig.work.listPromises(request, call)).promises).toHaveLength(1);
  });

  it.each([
    ['promise_in_past', { dueDay: dayFromToday(-1) }],
    ['promise_too_far', { dueDay: dayFromToday(366) }],
    ['currencies_differ', { amount: { currency: 'USD', minor: 1n } }],
  ])('is refused as %s', async (reason, more) => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 9 }]);
    await expect(
      rig.work.recordPromise(promise(file.caseId, 1n, more), await creditorCall(rig, orgId)),
    ).rejects.toMatchObject({ reason });
  });
});

describe('the night', () => {
  it('ages cases, moves their next steps and takes in what became overdue', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 2_100_000n, daysAgo: 29 }]);
    await rig.service.db.tenant(orgId, (tx) =>
      tx.query(
        `INSERT INTO receivable (org_id, receivable_id, document_key, document_number, debtor_id,
                due_date, currency, amount_minor, open_minor, delivered_open_minor, content_hash)
         VALUES ($1, $2, 'D9', 'D9', $3, $4, 'CNY', 50, 50, 50, 'x')`,
        [orgId, randomUUIDv7(), file.debtorId, dayFromToday(1)],
      ),
    );
    const inThreeDays = Temporal.Now.instant().add({ hours: 72 });
    await night(rig.service.db, orgId, inThreeDays, AbortSignal.timeout(20_000));
    const after = await caseOf(rig, orgId, file.debtorName);
    expect(file.tier).toBe('PRIORITY_TIER_LOW');
    expect(after).toMatchObject({
      tier: 'PRIORITY_TIER_MEDIUM',
      open: { minor: 2_100_050n },
      receivableCount: 2n,
      nextAction: { step: 'third_letter', dueDay: dayFromToday(1) },
    });
  });
});
