import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import type { AuditFilter } from '@recourse/proto/platform/v1/audit.ts';
import { PlatformServiceClient } from '@recourse/proto/platform/v1/platform.ts';
import type { ClientCall } from './client.ts';
import { emit, topic } from './events.ts';
import { startMaintenance } from './maintain.ts';
import { createLog } from './log.ts';
import { defineService } from './service.ts';
import { testPlatform, type TestPlatform, type TestService } from './testing.ts';
import { within } from './trace.ts';

const service = 'cases';
const casesTopic = topic<CasesEvent>('cases', CasesEvent);
const spec = defineService({ name: service, wire: () => ({ rpc: [] }) });
const creditor = randomUUIDv7();
const other = randomUUIDv7();
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;

let platform: TestPlatform;
let running: TestService;
let admin: ClientCall;

type Done = { orgId?: string; name?: string | undefined; at?: string; requestId?: string };

/** Tells that a promise was made, as a request of somebody or, without a name, of nobody. */
async function doSomething(o: Done = {}): Promise<string> {
  const { orgId = creditor } = o;
  const name = 'name' in o ? o.name : '陈静';
  const caseId = randomUUIDv7();
  const at = Temporal.Instant.from(o.at ?? '2026-11-20T02:00:00Z');
  const amount = { currency: 'CNY', minor: 1n };
  const value = { caseId, promiseId: caseId, debtorId: caseId, amount, dueDay: '2026-12-01' };
  const person = { userId: randomUUIDv7(), name: name ?? '', orgId, orgName: 'Creditor' };
  const about = { aggregateId: caseId, at, ...(name === undefined ? {} : { actor: person }) };
  const trace = { traceId, traceparent, requestId: o.requestId ?? randomUUIDv7() };
  await within(trace, () =>
    running.db.tenant(orgId, (tx) =>
      emit(tx, casesTopic, about, [{ $case: 'promiseMade', value }]),
    ),
  );
  return caseId;
}

const nothing: AuditFilter = {
  orgId: '',
  person: '',
  verb: '',
  objectId: '',
  from: undefined,
  to: undefined,
  request: '',
};

function search(filter: Partial<AuditFilter> = {}, page = { size: 50, cursor: '' }) {
  const api = running.client(PlatformServiceClient);
  return api.searchAudit({ service, filter: { ...nothing, ...filter }, page }, admin);
}

beforeAll(async () => {
  platform = await testPlatform();
  running = await platform.startService(spec);
  admin = await platform.call({ role: 'platform_admin', name: 'Ops' });
});
afterAll(() => platform.stop());

describe('the audit', () => {
  it('says who did what to which object, when, and by which request', async () => {
    const requestId = randomUUIDv7();
    const caseId = await doSomething({ requestId });
    const { entries } = await search({ objectId: caseId });
    expect(entries).toMatchObject([
      {
        service,
        verb: 'promiseMade',
        objectId: caseId,
        orgId: creditor,
        by: { name: '陈静' },
        at: '2026-11-20T02:00:00.000Z',
        requestId,
        traceId,
      },
    ]);
  });

  it('leaves out what no person did', async () => {
    const caseId = await doSomething({ name: undefined });
    expect((await search({ objectId: caseId })).entries).toEqual([]);
  });

  it('is found by organisation, person, verb, time, and by request or trace', async () => {
    const requestId = randomUUIDv7();
    const wanted = await doSomething({
      orgId: other,
      name: 'Zhou Jianguo',
      at: '2025-03-04T05:06:07Z',
      requestId,
    });
    const filters: Partial<AuditFilter>[] = [
      { orgId: other },
      { person: 'jianguo' },
      { verb: 'PROMISE', orgId: other },
      { from: '2025-03-04T00:00:00Z', to: '2025-03-05T00:00:00Z' },
      { request: requestId },
      { request: traceId, orgId: other },
    ];
    for (const filter of filters) {
      const { entries } = await search(filter);
      expect(entries.map((one) => one.objectId)).toEqual([wanted]);
    }
    for (const filter of [{ verb: 'paid' }, { person: 'nobody' }, { request: randomUUIDv7() }]) {
      expect((await search({ orgId: other, ...filter })).entries).toEqual([]);
    }
  });

  it('comes in pages by time, and goes on after any row', async () => {
    const orgId = randomUUIDv7();
    const hours = ['01', '02', '03', '04', '05'];
    const ids: string[] = [];
    for (const hour of hours) {
      ids.push(await doSomething({ orgId, at: `2026-11-19T${hour}:00:00Z` }));
    }
    const latest = ids.toReversed();
    const first = await search({ orgId }, { size: 2, cursor: '' });
    expect(first.entries.map((one) => one.objectId)).toEqual(latest.slice(0, 2));
    expect(first.page?.count).toBe(5n);
    const second = await search({ orgId }, { size: 9, cursor: first.page?.nextCursor ?? '' });
    expect(second.entries.map((one) => one.objectId)).toEqual(latest.slice(2));
    const afterThird = await search(
      { orgId },
      { size: 9, cursor: second.entries[0]?.cursor ?? '' },
    );
    expect(afterThird.entries.map((one) => one.objectId)).toEqual(latest.slice(3));
  });

  it('keeps what has left the outbox', async () => {
    const orgId = randomUUIDv7();
    const caseId = await doSomething({ orgId });
    const before = (await search({ orgId })).entries;
    await running.ownerQuery(
      `UPDATE outbox SET created_at = now() - interval '9 days', published_at = now(),
              stream_seq = 1, stream_created = 'x' WHERE org_id = $1`,
      [orgId],
    );
    const maintenance = startMaintenance({ db: running.db, log: createLog('test', 'silent') });
    await maintenance.run();
    await maintenance.stop();
    const rows = await running.ownerQuery('SELECT 1 FROM outbox WHERE org_id = $1', [orgId]);
    expect(rows).toEqual([]);
    expect((await search({ orgId })).entries).toEqual(before);
    expect(before).toMatchObject([{ objectId: caseId, traceId }]);
  });

  const tenants = ['director', 'org_admin', 'steward', 'agency_manager'];

  it.each([...tenants, 'service'])('is not shown to %s', async (role) => {
    const call = await platform.call({ role });
    const asked = running
      .client(PlatformServiceClient)
      .searchAudit({ service, filter: nothing, page: undefined }, call);
    await expect(asked).rejects.toMatchObject({ kind: 'denied' });
  });

  it('is not what the rules are: those are shown to every person, and to no machine', async () => {
    const api = running.client(PlatformServiceClient);
    for (const role of [...tenants, 'platform_admin']) {
      const { on } = await api.listRuleTables({ service }, await platform.call({ role }));
      expect(on).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
    const machine = await platform.call({ role: 'service' });
    await expect(api.listRuleTables({ service }, machine)).rejects.toMatchObject({
      kind: 'denied',
    });
  });
});
