import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import type { Promised } from '@recourse/kit/client.ts';
import { emit, type EventOf } from '@recourse/kit/events.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { defineService } from '@recourse/kit/service.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import {
  CreditServiceClient,
  CustomerKind,
  PutCustomerRequest,
} from '@recourse/proto/credit/v1/credit.ts';
import { ListWarningsRequest, RatingServiceClient } from '@recourse/proto/credit/v1/ratings.ts';
import { credit } from './service.ts';
import { casesTopic } from './topic.ts';

/** Cases as far as credit can tell: somebody who writes events of cases to a real outbox. */
const teller = defineService({ name: 'cases', wire: () => ({ rpc: [] }) });

let platform: TestPlatform;
let service: TestService;
let cases: TestService;
let ratings: Promised<RatingServiceClient>;
const orgId = randomUUIDv7();
const customerId = randomUUIDv7();

const manager = () => platform.call({ role: 'credit_manager', orgId, userId: randomUUIDv7() });

beforeAll(async () => {
  platform = await testPlatform();
  cases = await platform.startService(teller);
  service = await platform.startService(credit);
  ratings = service.client(RatingServiceClient);
  await service.client(CreditServiceClient).putCustomer(
    PutCustomerRequest.fromPartial({
      customerId,
      kind: CustomerKind.COMPANY,
      name: '宁波远达贸易有限公司',
    }),
    await manager(),
  );
});

afterAll(() => platform.stop());

describe('a promise that is broken', () => {
  const list = ListWarningsRequest.fromPartial({ code: 'promise_broken' });

  async function tell(event: EventOf<CasesEvent>): Promise<void> {
    const about = { aggregateId: randomUUIDv7(), at: Temporal.Now.instant() };
    await cases.db.tenant(orgId, (tx) => emit(tx, casesTopic, about, [event]));
  }

  function breakPromise(): Promise<void> {
    const promise = { caseId: randomUUIDv7(), promiseId: randomUUIDv7(), debtorId: customerId };
    return tell({ $case: 'promiseSettled', value: { ...promise, state: 'BROKEN' } });
  }

  /** A plan of instalments is a promise of several. */
  function settlePlan(planId: string, state: string): Promise<void> {
    const plan = { caseId: randomUUIDv7(), planId, debtorId: customerId, accelerated: undefined };
    return tell({ $case: 'planSettled', value: { ...plan, state } });
  }

  it('rates the customer down, warns and tells others', async () => {
    const call = await manager();
    const asked = { customerId, requestId: randomUUIDv7() };
    const { rating: before } = await ratings.rateCustomer(asked, call);
    await breakPromise();
    const after = await eventually(async () => {
      const { rating } = await ratings.getRating({ customerId }, call);
      if (rating?.cause !== 'RATING_CAUSE_PROMISE_BROKEN') throw new Error('not yet');
      return rating;
    });
    expect(after.score).toBe((before?.score ?? 0) - 8);
    const { warnings } = await ratings.listWarnings(list, call);
    expect(warnings).toMatchObject([{ customerId, customerName: '宁波远达贸易有限公司' }]);
    const rows = await service.ownerQuery('SELECT type FROM outbox ORDER BY type');
    expect(JSON.stringify(rows)).toContain('warning');
  });

  it('makes its open warning graver when another one follows, under the same id', async () => {
    const call = await manager();
    const { warnings: first } = await ratings.listWarnings(list, call);
    expect(first).toMatchObject([{ severity: 'WARNING_SEVERITY_NOTICE' }]);
    await breakPromise();
    await eventually(async () => {
      const { warnings } = await ratings.listWarnings(list, call);
      expect(warnings).toMatchObject([
        {
          warningId: first[0]?.warningId,
          severity: 'WARNING_SEVERITY_SERIOUS',
          raisedAt: first[0]?.raisedAt,
          facts: [{ name: 'count', value: '2' }],
        },
      ]);
    });
  });

  it('is settled by a person once', async () => {
    const call = await manager();
    const { warnings } = await ratings.listWarnings(list, call);
    const warningId = warnings[0]?.warningId ?? '';
    const note = '已电话核实';
    const settle = () =>
      ratings.settleWarning({ warningId, requestId: randomUUIDv7(), note }, call);
    expect(await settle()).toMatchObject({ warning: { settled: true, settledNote: note } });
    await expect(settle()).rejects.toMatchObject({ reason: 'warning_already_settled' });
  });

  it('does not warn again of what was settled when the customer is rated again', async () => {
    const call = await manager();
    await ratings.rateCustomer({ customerId, requestId: randomUUIDv7() }, call);
    expect((await ratings.listWarnings(list, call)).warnings).toEqual([]);
  });

  it('warns again when yet another one follows', async () => {
    const call = await manager();
    await breakPromise();
    await eventually(async () => {
      const { warnings } = await ratings.listWarnings(list, call);
      expect(warnings).toMatchObject([{ facts: [{ name: 'count', value: '3' }] }]);
    });
  });

  it('counts alike when it was one of several, a plan, until a payment mends that', async () => {
    const call = await manager();
    const planId = randomUUIDv7();
    await settlePlan(planId, 'BROKEN');
    await eventually(async () => {
      const { warnings } = await ratings.listWarnings(list, call);
      expect(warnings).toMatchObject([{ facts: [{ name: 'count', value: '4' }] }]);
    });
    await settlePlan(planId, 'ACTIVE');
    await eventually(async () => {
      const told = await service.ownerQuery(
        `SELECT state FROM promise_told WHERE promise_id = '${planId}'`,
      );
      expect(told).toEqual([{ state: 'ACTIVE' }]);
    });
  });
});
