import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import type { Promised } from '@recourse/kit/client.ts';
import { emit } from '@recourse/kit/events.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { defineService } from '@recourse/kit/service.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import { type CasesEvent, CustomerFact } from '@recourse/proto/cases/v1/events.ts';
import { ListWarningsRequest, RatingServiceClient } from '@recourse/proto/credit/v1/ratings.ts';
import { credit } from './service.ts';
import { casesTopic } from './topic.ts';

/** Cases as far as credit can tell: somebody who writes events of cases to a real outbox. */
const teller = defineService({ name: 'cases', wire: () => ({ rpc: [] }) });

let platform: TestPlatform;
let cases: TestService;
let ratings: Promised<RatingServiceClient>;
const orgId = randomUUIDv7();

beforeAll(async () => {
  platform = await testPlatform();
  cases = await platform.startService(teller);
  const service = await platform.startService(credit);
  ratings = service.client(RatingServiceClient);
});

afterAll(() => platform.stop());

const manager = () => platform.call({ role: 'credit_manager', orgId });

function tell(event: NonNullable<CasesEvent['event']>, at: Temporal.Instant): Promise<void> {
  return cases.db.tenant(orgId, (tx) =>
    emit(tx, casesTopic, { aggregateId: randomUUIDv7(), at }, [event]),
  );
}

describe('orders far above the usual', () => {
  const buyerId = randomUUIDv7();
  const start = Temporal.Now.plainDateISO('Asia/Shanghai');

  /** One order of so many days ago; old ones are settled a month later. */
  function order(daysAgo: number, minor: bigint) {
    const money = { currency: 'CNY', minor };
    const on = start.subtract({ days: daysAgo });
    const isSettled = daysAgo > 40;
    return {
      receivableId: randomUUIDv7(),
      debtorId: buyerId,
      documentDate: on.toString(),
      dueDate: on.add({ days: 30 }).toString(),
      amount: money,
      open: isSettled ? { ...money, minor: 0n } : money,
      settledDate: isSettled ? on.add({ days: 30 }).toString() : '',
      disputed: false,
    };
  }

  async function import_(receivables: ReturnType<typeof order>[]): Promise<void> {
    const customer = CustomerFact.fromPartial({ debtorId: buyerId, name: '温州新客贸易公司' });
    const importId = randomUUIDv7();
    const value = { importId, customers: [customer], receivables };
    await tell({ $case: 'receivablesImported', value }, Temporal.Now.instant());
    const finished = { importId, receivablesNew: 1n, receivablesChanged: 0n, undone: false };
    await tell({ $case: 'importFinished', value: finished }, Temporal.Now.instant());
  }

  const sign = async () => {
    const list = ListWarningsRequest.fromPartial({ code: 'unusual_orders' });
    const { warnings } = await ratings.listWarnings(list, await manager());
    return warnings.find((one) => one.customerId === buyerId);
  };

  it('are warned of with their reasons; a usual month is not', async () => {
    const usual = Array.from({ length: 12 }, (_, month) => order(45 + month * 30, 1_000_00n));
    await import_([...usual, order(10, 1_200_00n)]);
    const rate = async () =>
      ratings.rateCustomer({ customerId: buyerId, requestId: randomUUIDv7() }, await manager());
    await eventually(async () => {
      const { rating } = await rate();
      expect(rating?.customerId).toBe(buyerId);
    });
    expect(await sign()).toBeUndefined();
    await import_([order(3, 4_000_00n), order(2, 5_000_00n)]);
    const raised = await eventually(async () => {
      await rate();
      const found = await sign();
      if (found === undefined) throw new Error('not yet');
      return found;
    });
    expect(raised).toMatchObject({ severity: 'WARNING_SEVERITY_SERIOUS', advice: 'stop_delivery' });
    const facts = Object.fromEntries(raised.facts.map((one) => [one.name, one.value]));
    expect(facts).toMatchObject({ days: '30', largest_percent: '500', orders_minor: '1020000' });
  });
});
