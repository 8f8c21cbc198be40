import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import type { Promised } from '@recourse/kit/client.ts';
import { emit } from '@recourse/kit/events.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { defineService } from '@recourse/kit/service.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import type { CasesEvent, ReceivableEffect } from '@recourse/proto/cases/v1/events.ts';
import { CreditServiceClient, type PaymentBehaviour } from '@recourse/proto/credit/v1/credit.ts';
import { credit } from './service.ts';
import { casesTopic } from './topic.ts';

/** Cases as far as credit can tell: somebody who writes events of cases to a real outbox. */
const teller = defineService({ name: 'cases', wire: () => ({ rpc: [] }) });

let platform: TestPlatform;
let cases: TestService;
let service: TestService;
let client: Promised<CreditServiceClient>;
const orgId = randomUUIDv7();

beforeAll(async () => {
  platform = await testPlatform();
  cases = await platform.startService(teller);
  service = await platform.startService(credit);
  client = service.client(CreditServiceClient);
});

afterAll(() => platform.stop());

type Event = NonNullable<CasesEvent['event']>;

/** What is told, with its instant. */
type Told = readonly [at: string, event: Event];

const cny = (minor: bigint) => ({ currency: 'CNY', minor });

/**
 * A customer of two receivables of 1,000.00, one due in 2020 and one in 2099; the first is paid
 * down to 600.00, sold, and some of what was paid bounces after the sale.
 */
function history() {
  const [debtorId, oldId, newId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
  const fact = (receivableId: string, dueDate: string) => {
    const full = { amount: cny(1_000_00n), open: cny(1_000_00n), settledDate: '' };
    return {
      receivableId,
      debtorId,
      documentDate: '2020-01-01',
      dueDate,
      disputed: false,
      ...full,
    };
  };
  const effects = (minor: bigint): ReceivableEffect[] => [
    { receivableId: oldId, open: cny(minor), settledDate: '' },
  ];
  const customer = {
    debtorId,
    customerNumber: 'K001',
    name: '苏州华成机械有限公司',
    aliases: [],
    creditCode: '',
    region: '',
    industry: '',
    contactName: '',
    phone: '',
    email: '',
  };
  const receivables = [fact(oldId, '2020-01-31'), fact(newId, '2099-01-31')];
  const importId = randomUUIDv7();
  const caseId = randomUUIDv7();
  const of = { caseId, paymentId: randomUUIDv7(), debtorId, amount: cny(400_00n) };
  const at = (hour: number) => `2026-10-01T0${hour}:00:00Z`;
  const imported: Told = [
    at(1),
    { $case: 'receivablesImported', value: { importId, customers: [customer], receivables } },
  ];
  const paid: Told = [
    at(2),
    {
      $case: 'paymentRecorded',
      value: {
        ...of,
        receivedOn: '2026-10-01',
        recordedAt: at(2),
        effects: effects(600_00n),
        credit: undefined,
      },
    },
  ];
  const sold: Told = [
    at(3),
    {
      $case: 'receivablesSold',
      value: {
        caseId,
        closingId: randomUUIDv7(),
        debtorId,
        soldOn: '2026-10-01',
        effects: effects(0n),
      },
    },
  ];
  const finished: Told = [
    at(1),
    {
      $case: 'importFinished',
      value: { importId, receivablesNew: 2n, receivablesChanged: 0n, undone: false },
    },
  ];
  return { debtorId, oldId, imported, finished, paid, sold, of, at, effects };
}

/** Tells events one after the other; each is an aggregate of its own, so none waits for another. */
async function tell(told: readonly Told[]): Promise<void> {
  for (const [at, event] of told) {
    const about = { aggregateId: randomUUIDv7(), at: Temporal.Instant.from(at) };
    await cases.db.tenant(orgId, (tx) => emit(tx, casesTopic, about, [event]));
  }
}

/** Waits until credit has applied so many events of cases. */
async function applied(count: number): Promise<void> {
  await eventually(async () => {
    const rows = await service.ownerQuery('SELECT 1 FROM inbox_receipt WHERE org_id = $1', [orgId]);
    expect(rows.length).toBeGreaterThanOrEqual(count);
  }, 20_000);
}

let heard = 0;

async function hearAll(told: readonly Told[]): Promise<void> {
  heard += told.length;
  await tell(told);
  await applied(heard);
}

async function behaviourOf(customerId: string): Promise<PaymentBehaviour | undefined> {
  const call = await platform.call({ role: 'credit_manager', orgId });
  const { customer } = await client.getCustomer({ customerId }, call);
  return customer?.behaviours[0];
}

describe('a debt that was sold', () => {
  it('is no exposure any more, and was late until the day of the sale all the same', async () => {
    const { debtorId, imported, finished, paid, sold } = history();
    await hearAll([imported, finished, paid]);
    expect(await behaviourOf(debtorId)).toMatchObject({
      exposure: { minor: 1_600_00n },
      overdue: { minor: 600_00n },
    });
    await hearAll([sold]);
    expect(await behaviourOf(debtorId)).toMatchObject({
      receivableCount: 2n,
      settledCount: 0n,
      exposure: { minor: 1_000_00n },
      overdue: { minor: 0n },
      // From 2020-01-31 to 2026-10-01.
      worstDaysLate: 2435,
    });
  });

  it('is the same in any order, and however often it is told', async () => {
    const orders = [
      (h: ReturnType<typeof history>) => [h.sold, h.paid, h.imported, h.finished],
      (h: ReturnType<typeof history>) => [h.paid, h.imported, h.sold, h.finished],
      (h: ReturnType<typeof history>) => [h.imported, h.sold, h.paid, h.sold, h.finished],
    ];
    for (const order of orders) {
      const made = history();
      await hearAll(order(made));
      expect(await behaviourOf(made.debtorId)).toMatchObject({
        exposure: { minor: 1_000_00n },
        overdue: { minor: 0n },
        worstDaysLate: 2435,
      });
    }
  });

  it('is owed again by what bounces after the sale, and by no more', async () => {
    for (const isLate of [false, true]) {
      const { debtorId, imported, finished, paid, sold, of, at, effects } = history();
      const value = {
        caseId: of.caseId,
        paymentId: of.paymentId,
        debtorId,
        amount: of.amount,
        receivedOn: '2026-10-01',
        reversedAt: at(4),
        effects: effects(400_00n),
      };
      const bounced: Told = [at(4), { $case: 'paymentReversed', value }];
      const ends = isLate ? [bounced, sold] : [sold, bounced];
      await hearAll([imported, finished, paid, ...ends]);
      expect(await behaviourOf(debtorId)).toMatchObject({
        exposure: { minor: 1_400_00n },
        overdue: { minor: 400_00n },
      });
    }
  });
});
