import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import type { Promised } from '@recourse/kit/client.ts';
import { emit, emitAll } from '@recourse/kit/events.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { defineService } from '@recourse/kit/service.ts';
import { assertTenancy } from '@recourse/kit/tenancy.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import type { CasesEvent, CustomerFact, ReceivableFact } from '@recourse/proto/cases/v1/events.ts';
import {
  type Customer,
  CustomerKind,
  CreditServiceClient,
  PutCustomerRequest,
} from '@recourse/proto/credit/v1/credit.ts';
import { credit } from './service.ts';
import { casesTopic } from './topic.ts';

/** Cases as far as credit can tell: somebody who writes events of cases to a real outbox. */
const teller = defineService({ name: 'cases', wire: () => ({ rpc: [] }) });

let platform: TestPlatform;
let service: TestService;
let cases: TestService;
let client: Promised<CreditServiceClient>;
const orgId = randomUUIDv7();
const otherOrgId = randomUUIDv7();
const importId = randomUUIDv7();

beforeAll(async () => {
  platform = await testPlatform();
  cases = await platform.startService(teller);
  service = await platform.startService(credit);
  client = service.client(CreditServiceClient);
});

afterAll(() => platform.stop());

const manager = (org = orgId) => platform.call({ role: 'credit_manager', orgId: org });

function tell(event: NonNullable<CasesEvent['event']>, at: string): Promise<void> {
  const about = { aggregateId: importId, at: Temporal.Instant.from(at) };
  return cases.db.tenant(orgId, (tx) => emit(tx, casesTopic, about, [event]));
}

function customerFact(debtorId: string, over: Partial<CustomerFact> = {}): CustomerFact {
  return {
    debtorId,
    customerNumber: 'K001',
    name: '苏州华成机械有限公司',
    aliases: [],
    creditCode: '',
    region: '江苏',
    industry: '机械',
    contactName: '王敏',
    phone: '19900001234',
    email: '',
    ...over,
  };
}

function receivableFact(debtorId: string, over: Partial<ReceivableFact> = {}): ReceivableFact {
  const money = { currency: 'CNY', minor: 1_000_00n };
  return {
    receivableId: randomUUIDv7(),
    debtorId,
    documentDate: '2026-08-01',
    dueDate: '2026-08-31',
    amount: money,
    open: money,
    settledDate: '',
    disputed: false,
    ...over,
  };
}

async function known(customerId: string, fits: (customer: Customer) => boolean): Promise<Customer> {
  return eventually(async () => {
    const { customer } = await client.getCustomer({ customerId }, await manager());
    if (customer === undefined || !fits(customer)) throw new Error('not yet');
    return customer;
  });
}

describe('customers that an import brings', () => {
  const debtorId = randomUUIDv7();
  const open = receivableFact(debtorId);
  const late = receivableFact(debtorId, {
    settledDate: '2026-09-10',
    open: { currency: 'CNY', minor: 0n },
  });

  it('are listed with the behaviour made of their receivables', async () => {
    const customers = [customerFact(debtorId)];
    await tell(
      { $case: 'receivablesImported', value: { importId, customers, receivables: [open, late] } },
      '2026-10-01T02:00:00Z',
    );
    await tell(
      {
        $case: 'importFinished',
        value: { importId, receivablesNew: 2n, receivablesChanged: 0n, undone: false },
      },
      '2026-10-01T02:00:01Z',
    );
    const customer = await known(debtorId, (found) => found.behaviours.length === 1);
    expect(customer.behaviours[0]).toMatchObject({
      currency: 'CNY',
      receivableCount: 2n,
      settledCount: 1n,
      lateShareBps: 10_000,
      meanDaysLateTenths: 100,
      exposure: { minor: 1_000_00n },
    });
    expect(customer.contacts).toMatchObject([{ name: '王敏', phone: '19900001234' }]);
  });

  it('keep people sealed in the database', async () => {
    const rows = await service.ownerQuery('SELECT contacts_sealed FROM customer');
    expect(JSON.stringify(rows)).not.toMatch(/王敏|19900001234/);
  });

  it('follow a payment, and ignore older news that comes later', async () => {
    const paid = {
      receivableId: open.receivableId,
      open: { currency: 'CNY', minor: 400_00n },
      settledDate: '',
    };
    const payment = {
      caseId: randomUUIDv7(),
      paymentId: randomUUIDv7(),
      debtorId,
      receivedOn: '2026-10-02',
      amount: { currency: 'CNY', minor: 600_00n },
      recordedAt: '2026-10-02T02:00:00Z',
      effects: [paid],
      credit: undefined,
    };
    await tell({ $case: 'paymentRecorded', value: payment }, '2026-10-02T02:00:00Z');
    await known(debtorId, (found) => found.behaviours[0]?.exposure?.minor === 400_00n);
    await tell(
      { $case: 'receivablesImported', value: { importId, customers: [], receivables: [open] } },
      '2026-10-01T12:00:00Z',
    );
    await tell(
      {
        $case: 'importFinished',
        value: { importId, receivablesNew: 0n, receivablesChanged: 1n, undone: false },
      },
      '2026-10-01T12:00:00Z',
    );
    // Another customer's news behind it shows that the older one has been handled.
    const marker = randomUUIDv7();
    await tell(
      {
        $case: 'receivablesImported',
        value: { importId, customers: [customerFact(marker)], receivables: [] },
      },
      '2026-10-03T00:00:00Z',
    );
    await known(marker, () => true);
    const { customer } = await client.getCustomer({ customerId: debtorId }, await manager());
    expect(customer?.behaviours[0]?.exposure?.minor).toBe(400_00n);
  });

  it('follow credit that is put onto a case, and taken from there again', async () => {
    const about = { caseId: randomUUIDv7(), paymentId: randomUUIDv7(), debtorId };
    const moved = {
      ...about,
      appliedOn: '2026-10-04',
      amount: { currency: 'CNY', minor: 100_00n },
    };
    const leaves = (minor: bigint) => ({
      effects: [
        { receivableId: open.receivableId, open: { currency: 'CNY', minor }, settledDate: '' },
      ],
    });
    const exposureIs = (minor: bigint) =>
      known(debtorId, (found) => found.behaviours[0]?.exposure?.minor === minor);
    const [applied, freed] = ['2026-10-04T02:00:00Z', '2026-10-04T03:00:00Z'];
    const value = { ...moved, ...leaves(300_00n), recordedAt: applied };
    await tell({ $case: 'creditApplied', value }, applied);
    expect(await exposureIs(300_00n)).toMatchObject({ customerId: debtorId });
    const back = { ...moved, ...leaves(400_00n), freedAt: freed };
    await tell({ $case: 'creditFreed', value: back }, freed);
    expect(await exposureIs(400_00n)).toMatchObject({ customerId: debtorId });
  });

  it('follow payments that come by the hundred as they would one by one', async () => {
    const debtors = Array.from({ length: 25 }, () => randomUUIDv7());
    const facts = debtors.flatMap((id) => [receivableFact(id), receivableFact(id)]);
    const customers = debtors.map((id) => customerFact(id));
    const imported = { importId, customers, receivables: facts };
    await tell({ $case: 'receivablesImported', value: imported }, '2026-10-05T00:00:00Z');
    const finished = { importId, receivablesNew: 50n, receivablesChanged: 0n, undone: false };
    await tell({ $case: 'importFinished', value: finished }, '2026-10-05T00:00:01Z');
    const exposureIs = (id: string, minor: bigint) =>
      known(id, (found) => found.behaviours[0]?.exposure?.minor === minor);
    await Promise.all(debtors.map((id) => exposureIs(id, 2_000_00n)));
    // Two payments on each receivable, the later one told first, from both sides of midnight.
    const payments = facts.flatMap(({ debtorId: id, receivableId }) =>
      ([300_00n, 650_00n] as const).map((minor) => ({
        at: minor === 300_00n ? '2026-10-06T16:30:00Z' : '2026-10-06T15:30:00Z',
        value: {
          caseId: randomUUIDv7(),
          paymentId: randomUUIDv7(),
          debtorId: id,
          receivedOn: '2026-10-06',
          amount: { currency: 'CNY', minor: 350_00n },
          recordedAt: '2026-10-06T16:30:00Z',
          effects: [{ receivableId, open: { currency: 'CNY', minor }, settledDate: '' }],
          credit: undefined,
        },
      })),
    );
    const told = payments.map(({ at, value }) => ({
      about: { aggregateId: value.caseId, at: Temporal.Instant.from(at) },
      events: [{ $case: 'paymentRecorded' as const, value }],
    }));
    await cases.db.tenant(orgId, (tx) => emitAll(tx, casesTopic, told));
    const found = await Promise.all(debtors.map((id) => exposureIs(id, 600_00n)));
    expect(found).toHaveLength(25);
    const days = await service.ownerQuery(
      'SELECT DISTINCT as_of FROM behaviour WHERE customer_id = ANY ($1::uuid[])',
      [debtors],
    );
    expect(days).toEqual([{ as_of: '2026-10-07' }]);
    const rated = await service.ownerQuery(
      'SELECT DISTINCT customer_id FROM rating WHERE customer_id = ANY ($1::uuid[])',
      [debtors],
    );
    expect(rated).toHaveLength(25);
  });

  it('are gone with the import that alone knew them', async () => {
    const lonely = randomUUIDv7();
    const fact = receivableFact(lonely);
    await tell(
      {
        $case: 'receivablesImported',
        value: { importId, customers: [customerFact(lonely)], receivables: [fact] },
      },
      '2026-10-04T00:00:00Z',
    );
    await known(lonely, () => true);
    await tell(
      {
        $case: 'receivablesRemoved',
        value: {
          importId,
          restored: [],
          removedReceivableIds: [fact.receivableId],
          removedDebtorIds: [lonely],
        },
      },
      '2026-10-04T01:00:00Z',
    );
    await eventually(async () => {
      const asked = client.getCustomer({ customerId: lonely }, await manager());
      await expect(asked).rejects.toMatchObject({ reason: 'customer_unknown' });
    });
  });
});

describe('a customer written by hand', () => {
  const customerId = randomUUIDv7();
  const written = (over: Partial<PutCustomerRequest> = {}): PutCustomerRequest =>
    PutCustomerRequest.fromPartial({
      customerId,
      kind: CustomerKind.COMPANY,
      name: '宁波远达贸易有限公司',
      customerNumber: 'N-9',
      creditCode: '914403001922038216',
      ...over,
    });

  it('is created, read back and found by part of its name', async () => {
    const call = await manager();
    const { customer } = await client.putCustomer(written(), call);
    expect(customer).toMatchObject({ version: 1n, creditCodeVerdict: 'CODE_VERDICT_VALID' });
    const { customers } = await client.listCustomers(
      { query: '远达', region: '', industry: '', sort: '', currency: '', page: undefined },
      call,
    );
    expect(customers.map((found) => found.customerId)).toEqual([customerId]);
  });

  it('is made once by six people who write the same at the same time', async () => {
    const call = await manager();
    const same = written({ customerId: randomUUIDv7() });
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => client.putCustomer(same, call)),
    );
    expect(answers.map(({ customer }) => customer?.version)).toEqual(Array(6).fill(1n));
  });

  it('refuses an edit of a version that is not the present one', async () => {
    const stale = client.putCustomer(written({ expectedVersion: 7n }), await manager());
    await expect(stale).rejects.toMatchObject({
      kind: 'stale',
      reason: 'customer_changed_meanwhile',
    });
  });

  it('is unknown to another creditor, with and without the filter of the query', async () => {
    const foreign = client.getCustomer({ customerId }, await manager(otherOrgId));
    await expect(foreign).rejects.toMatchObject({ kind: 'missing' });
    const seen = await service.db.tenant(otherOrgId, (tx) => tx.query('SELECT * FROM customer'));
    expect(seen).toEqual([]);
  });

  it('may not be written by a collector', async () => {
    const call = await platform.call({ role: 'collector', orgId });
    await expect(client.putCustomer(written(), call)).rejects.toMatchObject({ kind: 'denied' });
  });
});

describe('the pages of a list', () => {
  it('show each customer once, in order, whatever the size', async () => {
    const org = randomUUIDv7();
    const call = await platform.call({ role: 'credit_manager', orgId: org });
    const names = ['丁', '丙', '乙', '甲', '戊'];
    for (const name of names) {
      const customerId = randomUUIDv7();
      await client.putCustomer(
        PutCustomerRequest.fromPartial({ customerId, kind: CustomerKind.COMPANY, name }),
        call,
      );
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const answer = await client.listCustomers(
        {
          query: '',
          region: '',
          industry: '',
          sort: '-name',
          currency: '',
          page: { size: 2, cursor },
        },
        call,
      );
      seen.push(...answer.customers.map((customer) => customer.name));
      cursor = answer.page?.nextCursor ?? '';
    } while (cursor !== '');
    expect(seen).toHaveLength(5);
    expect(new Set(seen)).toEqual(new Set(names));
  });
});

it('keeps every table to its tenant', async () => {
  const held = assertTenancy((sql, params) => service.ownerQuery(sql, params));
  await expect(held).resolves.toBeUndefined();
});
