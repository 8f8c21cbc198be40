import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import {
  JobState,
  ParkedState,
  PlatformServiceClient,
  RepairAction,
} from '@recourse/proto/platform/v1/platform.ts';
import type { ClientCall } from './client.ts';
import { emit, topic } from './events.ts';
import { eventually } from './eventually.ts';
import { fault } from './fault.ts';
import { consume } from './inbox.ts';
import { type Job, jobs } from './jobs.ts';
import { defineService } from './service.ts';
import { testPlatform, type TestPlatform, type TestService } from './testing.ts';
import { now } from './clock.ts';

const creditor = randomUUIDv7();
const service = 'cases';
const casesTopic = topic<CasesEvent>('cases', CasesEvent);

/** Whether handler and job fail, and what they have done. */
let broken = true;
const handled: string[] = [];
const ran: string[] = [];
const nights: string[] = [];

const counting: Job<{ phone: string }> = {
  name: 'count',
  run: async ({ id, progress }) => {
    await progress({ stage: 'writing', done: 1, total: 2 });
    if (broken) throw fault('refused', 'no_paper', { phone: '13800138000' });
    ran.push(id);
  },
};

const nightly: Job = {
  name: 'nightly',
  schedule: { cron: '10 0 * * *', zone: 'Asia/Shanghai' },
  run: async ({ orgId }) => void nights.push(orgId),
};

/** A service that hears of payments and cannot handle them while it is broken. */
const trialService = defineService({
  name: service,
  wire: () => ({
    rpc: [],
    jobs: [counting, nightly],
    inbox: [
      consume({
        name: service,
        topic: casesTopic,
        handles: ['promiseMade', 'receivablesImported'],
        handle: async (_tx, _event, envelope) => {
          if (broken) throw fault('refused', 'unknown_case', { phone: '13800138000' });
          handled.push(envelope.id);
        },
      }),
    ],
  }),
});

let platform: TestPlatform;
let running: TestService;
let admin: ClientCall;
const api = () => running.client(PlatformServiceClient);
beforeAll(async () => {
  platform = await testPlatform();
  running = await platform.startService(trialService);
  admin = await platform.call({ role: 'platform_admin', name: 'Ops' });
});
afterAll(() => platform.stop());

const money = { currency: 'CNY', minor: 12_345n };

/** Tells of a promise and waits until it is parked; gives the event's id. */
async function park(caseId = randomUUIDv7()): Promise<string> {
  const promiseId = randomUUIDv7();
  const value = { caseId, promiseId, debtorId: caseId, amount: money, dueDay: '2026-12-01' };
  await running.db.tenant(creditor, (tx) =>
    emit(tx, casesTopic, { aggregateId: caseId, at: now() }, [{ $case: 'promiseMade', value }]),
  );
  let found = '';
  await eventually(async () => {
    const { events } = await api().listParkedEvents(list([ParkedState.PARKED]), admin);
    found = events.find((one) => one.aggregateId === caseId)?.eventId ?? '';
    expect(found).not.toBe('');
  }, 30_000);
  return found;
}

function list(states: ParkedState[], size = 50, cursor = '') {
  const filter = { consumer: 'cases:cases', type: '', states, reason: '' };
  return { service, filter, page: { size, cursor } };
}

function command(eventIds: string[], reason = 'seen') {
  return { service, requestId: randomUUIDv7(), eventIds, filter: undefined, reason };
}

async function stateOf(eventId: string): Promise<ParkedState | undefined> {
  const { events } = await api().listParkedEvents({ ...list([]), filter: undefined }, admin);
  return events.find((one) => one.eventId === eventId)?.state;
}

describe('a parked event', () => {
  it('is seen with its reason, without what may be a person’s', async () => {
    broken = true;
    const eventId = await park();
    const { event, payloadJson } = await api().getParkedEvent({ service, eventId }, admin);
    expect(event).toMatchObject({
      consumer: 'cases:cases',
      orgId: creditor,
      type: 'promiseMade',
      reason: 'unknown_case',
      attempts: 5,
      state: ParkedState.PARKED,
    });
    expect(event?.detail).toContain('phone=[…]');
    const said: unknown = JSON.parse(payloadJson);
    expect(said).toMatchObject({
      promiseMade: { amount: { minor: '12345' }, dueDay: '2026-12-01' },
    });
  });

  it('is discarded with a reason, written down, and has no effect', async () => {
    broken = true;
    const eventId = await park();
    const request = command([eventId], 'case was deleted by law');
    expect(await api().discardParkedEvents(request, admin)).toEqual({ count: 1n, more: false });
    // The same request again is answered by its receipt.
    expect(await api().discardParkedEvents(request, admin)).toEqual({ count: 1n, more: false });
    const { repairs } = await api().getParkedEvent({ service, eventId }, admin);
    expect(repairs).toHaveLength(1);
    expect(repairs[0]).toMatchObject({
      action: RepairAction.DISCARD_EVENT,
      subjectId: eventId,
      subject: 'promiseMade',
      aboutOrgId: creditor,
      failure: 'unknown_case',
      reason: 'case was deleted by law',
      by: { name: 'Ops', userId: admin.caller.userId },
    });
    broken = false;
    expect(await stateOf(eventId)).toBe(ParkedState.DISCARDED);
    expect(handled).not.toContain(eventId);
  });

  it('is retried after the repair, with effect once', async () => {
    broken = true;
    const eventId = await park();
    broken = false;
    await Promise.all([
      api().retryParkedEvents(command([eventId]), admin),
      api().retryParkedEvents(command([eventId]), admin),
    ]);
    await eventually(() => expect(handled).toContain(eventId), 15_000);
    await eventually(async () => expect(await stateOf(eventId)).toBeUndefined());
    expect(handled.filter((one) => one === eventId)).toHaveLength(1);
    const again = await api().retryParkedEvents(command([eventId]), admin);
    expect(again).toEqual({ count: 0n, more: false });
  });

  it('is parked again when it was not repaired', async () => {
    broken = true;
    const eventId = await park();
    await api().retryParkedEvents(command([eventId]), admin);
    await eventually(async () => {
      const { event } = await api().getParkedEvent({ service, eventId }, admin);
      expect([event?.state, event?.attempts]).toEqual([ParkedState.PARKED, 6]);
    }, 15_000);
  });
});

describe('many parked events', () => {
  it('come in pages and are decided by a filter', async () => {
    broken = true;
    for (let left = 3; left > 0; left -= 1) await park();
    const first = await api().listParkedEvents(list([ParkedState.PARKED], 2), admin);
    const { nextCursor = '', count = 0n } = first.page ?? {};
    expect(count).toBeGreaterThanOrEqual(3n);
    const second = await api().listParkedEvents(list([ParkedState.PARKED], 200, nextCursor), admin);
    const ids = [...first.events, ...second.events].map((one) => one.eventId);
    expect(new Set(ids).size).toBe(Number(count));
    expect(ids).toEqual(ids.toSorted().toReversed());
    const { filter } = list([]);
    const all = { ...command([], 'of a test'), filter: { ...filter, reason: 'unknown_case' } };
    const done = await api().discardParkedEvents(all, admin);
    expect(done).toEqual({ count, more: false });
    const left = await api().listParkedEvents(list([ParkedState.PARKED]), admin);
    expect(left.events).toEqual([]);
  });

  it.each([
    ['neither events nor a filter', command([])],
    ['both', { ...command([randomUUIDv7()]), filter: list([]).filter }],
  ])('are not decided by %s', async (_what, request) => {
    await expect(api().discardParkedEvents(request, admin)).rejects.toMatchObject({
      reason: 'give_either_events_or_a_filter',
    });
  });
});

describe('a job that failed', () => {
  it('is seen, retried once and written down', async () => {
    broken = true;
    const jobId = randomUUIDv7();
    const data = { phone: '13800138000' };
    await running.db.tenant(creditor, (tx) => jobs.enqueue(tx, counting, { id: jobId, data }));
    const failed = { states: [JobState.FAILED], name: 'count' };
    await eventually(async () => {
      const found = await api().listJobs({ service, filter: failed, page: undefined }, admin);
      expect(found.jobs.map((one) => one.jobId)).toEqual([jobId]);
      const [job] = found.jobs;
      expect(job).toMatchObject({ reason: 'no_paper', progress: { done: 1n, total: 2n } });
      expect(job?.detail).toContain('phone=[…]');
    }, 15_000);
    broken = false;
    const request = { service, jobId, orgId: creditor, requestId: randomUUIDv7(), reason: 'ok' };
    const { job } = await api().retryJob(request, admin);
    expect(job?.state).toBe(JobState.WAITING);
    await eventually(() => expect(ran).toEqual([jobId]), 15_000);
    await eventually(async () => {
      const again = { ...request, requestId: randomUUIDv7() };
      await expect(api().retryJob(again, admin)).rejects.toMatchObject({
        reason: 'job_has_not_failed',
        facts: { state: 'done' },
      });
    });
    const filter = { actions: [RepairAction.RETRY_JOB], subjectId: '' };
    const { repairs } = await api().listRepairs({ service, filter, page: undefined }, admin);
    expect(repairs).toMatchObject([{ subjectId: jobId, subject: 'count', failure: 'no_paper' }]);
  });

  it('of another organisation than named is not found', async () => {
    const request = { service, jobId: randomUUIDv7(), orgId: creditor, reason: '' };
    await expect(
      api().retryJob({ ...request, requestId: randomUUIDv7() }, admin),
    ).rejects.toMatchObject({ kind: 'missing', reason: 'job_not_found' });
  });
});

describe('a schedule', () => {
  const run = (name: string, requestId: string = randomUUIDv7()) =>
    api().runSchedule({ service, name, requestId, reason: 'outage' }, admin);

  it('is seen with its last and next time', async () => {
    const { schedules } = await api().listSchedules({ service }, admin);
    expect(schedules).toMatchObject([
      { name: 'nightly', cron: '10 0 * * *', timeZone: 'Asia/Shanghai' },
    ]);
    const [{ lastAt = '', nextAt = '' } = {}] = schedules;
    expect(Date.parse(lastAt)).toBeLessThan(Date.parse(nextAt));
  });

  it('is run now for every organisation, once for one command, and written down', async () => {
    const caseId = randomUUIDv7();
    const value = { caseId, promiseId: caseId, debtorId: caseId, amount: money, dueDay: '' };
    await running.db.tenant(creditor, (tx) =>
      emit(tx, casesTopic, { aggregateId: caseId, at: now() }, [{ $case: 'promiseMade', value }]),
    );
    nights.splice(0);
    const requestId = randomUUIDv7();
    const answer = await run('nightly', requestId);
    expect(answer.organisations).toBeGreaterThan(0n);
    expect(await run('nightly', requestId)).toEqual(answer);
    await eventually(() => expect(nights).toContain(creditor), 15_000);
    expect(nights.filter((one) => one === creditor)).toHaveLength(1);
    const filter = { actions: [RepairAction.RUN_SCHEDULE], subjectId: '' };
    const { repairs } = await api().listRepairs({ service, filter, page: undefined }, admin);
    expect(repairs).toMatchObject([{ subjectId: requestId, subject: 'nightly', reason: 'outage' }]);
  });

  it('that the service does not have is not found', async () => {
    await expect(run('moonly')).rejects.toMatchObject({
      kind: 'missing',
      reason: 'schedule_unknown',
    });
  });
});

describe('the status', () => {
  it('tells version, probes, queues, lag and pools', async () => {
    const status = await api().getStatus({ service }, admin);
    expect(status).toMatchObject({
      service,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      probes: [
        { name: 'database', required: true, ok: true },
        { name: 'broker', required: false, ok: true },
      ],
      consumers: [{ consumer: 'cases:cases' }],
      queues: { jobsRunning: 0n },
    });
    expect(status.pools.map((one) => one.role).toSorted()).toEqual(['app', 'system']);
    const age = now()
      .since(Temporal.Instant.from(status.startedAt ?? ''))
      .total('minutes');
    expect(Math.abs(age)).toBeLessThan(10);
  });

  it('of another service is not told', async () => {
    await expect(api().getStatus({ service: 'credit' }, admin)).rejects.toMatchObject({
      kind: 'missing',
      reason: 'service_unknown',
    });
  });
});

describe('anybody else', () => {
  it.each(['director', 'org_admin', 'steward', 'agency_manager', 'service'])(
    'as %s is refused',
    async (role) => {
      const call = await platform.call({ role });
      const asked = [
        api().getStatus({ service }, call),
        api().listParkedEvents(list([]), call),
        api().discardParkedEvents(command([randomUUIDv7()]), call),
        api().listJobs({ service, filter: undefined, page: undefined }, call),
        api().listRepairs({ service, filter: undefined, page: undefined }, call),
      ];
      const refused = { status: 'rejected', reason: expect.objectContaining({ kind: 'denied' }) };
      expect(await Promise.allSettled(asked)).toEqual(asked.map(() => refused));
    },
  );
});
