import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Bus, createBus } from './bus.ts';
import { emit } from './events.ts';
import { fault } from './fault.ts';
import { counted, countingJob } from './fixture/counting-job.ts';
import { type JobRunner, startJobRunner } from './job-runner.ts';
import { type Job, jobs, type JobStatus } from './jobs.ts';
import { at, creditor, other, paid, trialTopic } from './rig.ts';
import { startTrial, type Trial, type TrialDatabase, until } from './trial.ts';

const id = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

let trial: Trial;
let place: TrialDatabase;
let bus: Bus;
const running: JobRunner[] = [];

beforeAll(async () => {
  trial = await startTrial();
  bus = await createBus({ url: await trial.nats(), service: 'trial', log: trial.log });
});

beforeEach(async () => {
  place = await trial.database();
  await place.ask(counted);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((runner) => runner.stop()));
});

afterAll(async () => {
  await bus.stop();
  await trial.stop();
});

async function run(...list: Job[]): Promise<JobRunner> {
  const { db, systemUrl } = place;
  const runner = await startJobRunner({ db, bus, systemUrl, jobs: list, log: trial.log });
  running.push(runner);
  return runner;
}

const enqueue = <D>(job: Job<D>, jobId: string, data: D, orgId = creditor) =>
  place.db.tenant(orgId, (tx) => jobs.enqueue(tx, job, { id: jobId, data }));

const status = (jobId: string, orgId = creditor): Promise<JobStatus> =>
  place.db.tenant(orgId, (tx) => jobs.status(tx, jobId));

const untilState = (jobId: string, state: string, seconds?: number) =>
  until(async () => (await status(jobId)).state === state, `job ${state}`, seconds);

describe('a job', () => {
  it('runs once with its data and reports that it is done', async () => {
    const ran: unknown[] = [];
    const job: Job<{ n: number }> = {
      name: 'note',
      run: async ({ data, orgId }) => void ran.push([orgId, data]),
    };
    await run(job);
    await enqueue(job, id(1), { n: 7 });
    await enqueue(job, id(1), { n: 7 });
    await untilState(id(1), 'done');
    expect(ran).toEqual([[creditor, { n: 7 }]]);
  });

  it('starts soon after the commit that asks for it', async () => {
    const job: Job<object> = { name: 'soon', run: async () => undefined };
    await run(job);
    const from = performance.now();
    await enqueue(job, id(1), {});
    await untilState(id(1), 'done');
    expect(performance.now() - from).toBeLessThan(5_000);
  });

  it('is not asked for when the transaction does not commit', async () => {
    const job: Job<object> = { name: 'never', run: async () => undefined };
    const work = place.db.tenant(creditor, async (tx) => {
      await jobs.enqueue(tx, job, { id: id(1), data: {} });
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    await expect(status(id(1))).rejects.toMatchObject({ reason: 'job_not_found' });
  });

  it('is refused when its id comes again with other data', async () => {
    const job: Job<{ n: number }> = { name: 'note', run: async () => undefined };
    await enqueue(job, id(1), { n: 1 });
    await expect(enqueue(job, id(1), { n: 2 })).rejects.toMatchObject({
      kind: 'exists',
      reason: 'job_id_used_with_other_data',
    });
  });

  it("is another organisation's own under the same id, and is not seen by it", async () => {
    const ran: string[] = [];
    const job: Job<object> = { name: 'note', run: async ({ orgId }) => void ran.push(orgId) };
    await run(job);
    await enqueue(job, id(1), {});
    await expect(status(id(1), other)).rejects.toMatchObject({ kind: 'missing' });
    await enqueue(job, id(1), {}, other);
    await until(async () => ran.length === 2, 'both ran');
    expect(new Set(ran)).toEqual(new Set([creditor, other]));
  });

  it('tells its progress to whoever asks and to open screens', async () => {
    const notes: { change: string; progress?: unknown }[] = [];
    const sub = bus.nc.subscribe(`recourse.live.${creditor}`, {
      callback: (_err, message) => void notes.push(message.json()),
    });
    const job = countingJob(place.db);
    await run(job);
    await enqueue(job, id(1), { to: 30 });
    await untilState(id(1), 'done');
    // The note follows the commit that the state was read from.
    await until(async () => notes.some(({ change }) => change === 'done'), 'done was told');
    sub.unsubscribe();
    expect((await status(id(1))).progress).toEqual({ stage: 'count', done: 30, total: 30 });
    expect(notes.map(({ change }) => change)).toEqual(expect.arrayContaining(['progress', 'done']));
    expect(notes.length).toBeLessThan(15);
  });
});

describe('a job that fails', () => {
  it('is not retried after a definite fault, and says why', async () => {
    let ran = 0;
    const job: Job<object> = {
      name: 'bad',
      run: async () => {
        ran += 1;
        throw fault('refused', 'file_is_empty', { file: 'a.csv' });
      },
    };
    await run(job);
    await enqueue(job, id(1), {});
    await untilState(id(1), 'failed');
    const { reason, detail } = await status(id(1));
    expect({ ran, reason, detail }).toEqual({
      ran: 1,
      reason: 'file_is_empty',
      detail: 'refused: file_is_empty · file=a.csv',
    });
  });

  it('is retried after a passing one until it is done', async () => {
    let ran = 0;
    const job: Job<object> = {
      name: 'flaky',
      run: async () => {
        ran += 1;
        if (ran < 3) throw fault('unavailable', 'neighbour_unavailable');
      },
    };
    await run(job);
    await enqueue(job, id(1), {});
    await untilState(id(1), 'done');
    expect(ran).toBe(3);
  });

  it('fails for good when its retries are used up', async () => {
    const job: Job<object> = {
      name: 'hopeless',
      retries: 1,
      run: async () => {
        throw new Error('defect');
      },
    };
    await run(job);
    await enqueue(job, id(1), {});
    await untilState(id(1), 'failed');
    expect((await status(id(1))).reason).toBe('unexpected_error');
  });
});

describe('a job that is cancelled', () => {
  it('before it began never runs', async () => {
    const job = countingJob(place.db);
    await enqueue(job, id(1), { to: 5 });
    await place.db.tenant(creditor, (tx) => jobs.cancel(tx, id(1)));
    await run(job);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await status(id(1))).state).toBe('cancelled');
    expect(await place.ask('SELECT FROM counted')).toHaveLength(0);
  });

  it('while it runs is told so and ends', async () => {
    const job = countingJob(place.db);
    await run(job);
    await enqueue(job, id(1), { to: 1000 });
    await untilState(id(1), 'running');
    await place.db.tenant(creditor, (tx) => jobs.cancel(tx, id(1)));
    await untilState(id(1), 'cancelled');
    const steps = await place.ask('SELECT FROM counted');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await place.ask('SELECT FROM counted')).toHaveLength(steps.length);
  });

  it('after it ended stays as it is', async () => {
    const job = countingJob(place.db);
    await run(job);
    await enqueue(job, id(1), { to: 1 });
    await untilState(id(1), 'done');
    await place.db.tenant(creditor, (tx) => jobs.cancel(tx, id(1)));
    expect((await status(id(1))).state).toBe('done');
  });
});

describe('a job whose process ends', () => {
  const given = () =>
    JSON.stringify({
      url: place.url,
      systemUrl: place.systemUrl,
      natsUrl: bus.nc.getServer(),
    });
  const worker = () =>
    spawn(process.execPath, [
      new URL('./fixture/job-worker.ts', import.meta.url).pathname,
      given(),
    ]);

  it('by SIGKILL is continued by another from where it was', async () => {
    const killed = worker();
    const job = countingJob(place.db);
    await enqueue(job, id(1), { to: 100 });
    await until(async () => (await place.ask('SELECT FROM counted')).length > 20, 'some steps');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    await run(job);
    await untilState(id(1), 'done');
    const rows = await place.ask<{ step: number; pid: number }>('SELECT step, pid FROM counted');
    expect(rows).toHaveLength(100);
    expect(new Set(rows.map(({ pid }) => pid)).size).toBe(2);
  });

  it('by a stop of its service is continued soon', async () => {
    const job = countingJob(place.db);
    const first = await run(job);
    await enqueue(job, id(1), { to: 60 });
    await until(async () => (await place.ask('SELECT FROM counted')).length > 5, 'some steps');
    await first.stop();
    expect((await status(id(1))).state).toBe('queued');
    await run(job);
    await untilState(id(1), 'done');
    expect(await place.ask('SELECT FROM counted')).toHaveLength(60);
  });
});

describe('a scheduled job', () => {
  it('runs for every organisation that the service knows, once per tick', async () => {
    const ran: string[] = [];
    const job: Job<object> = {
      name: 'nightly',
      schedule: { cron: '10 0 29 2 *', zone: 'Asia/Shanghai' },
      run: async ({ orgId }) => void ran.push(orgId),
    };
    const about = { aggregateId: 'case-1', at };
    for (const orgId of [creditor, other]) {
      await place.db.tenant(orgId, (tx) => emit(tx, trialTopic('jobs'), about, [paid(1)]));
    }
    await place.ask(`INSERT INTO schedule_tick (name) VALUES ('nightly')`);
    await run(job);
    await place.ask(`INSERT INTO pgboss.job (name, data) VALUES ('nightly.clock', '{}')`);
    const ended = () => place.ask(`SELECT FROM job WHERE name = 'nightly' AND state = 'done'`);
    await until(async () => (await ended()).length >= 2, 'both ran');
    expect(ran.toSorted()).toEqual([creditor, other].toSorted());
    const [schedule] = await place.ask('SELECT name, cron, timezone FROM pgboss.schedule');
    expect(schedule).toEqual({
      name: 'nightly.clock',
      cron: '10 0 29 2 *',
      timezone: 'Asia/Shanghai',
    });
  });

  it('whose time passed while nothing ran is made up for at the start, once', async () => {
    const nights: string[] = [];
    const job: Job<object> = {
      name: 'night',
      schedule: { cron: '10 0 * * *', zone: 'Asia/Shanghai' },
      run: async ({ orgId }) => void nights.push(orgId),
    };
    await place.db.tenant(creditor, (tx) =>
      emit(tx, trialTopic('jobs'), { aggregateId: 'case-1', at }, [paid(1)]),
    );
    await place.ask(
      `INSERT INTO schedule_tick (name, ticked_at) VALUES ('night', now() - interval '25 hours')`,
    );
    await run(job);
    await until(async () => nights.length === 1, 'the missed night');
    const again = await run(job);
    await again.stop();
    expect(await place.ask(`SELECT state FROM job WHERE name = 'night'`)).toEqual([
      { state: 'done' },
    ]);
    expect(nights).toEqual([creditor]);
  });

  it('is taken off the clock when it is no longer declared', async () => {
    const job: Job<object> = {
      name: 'nightly',
      schedule: { cron: '0 3 * * *', zone: 'UTC' },
      run: async () => undefined,
    };
    const first = await run(job);
    await first.stop();
    await run({ name: 'nightly', run: async () => undefined });
    expect(await place.ask('SELECT FROM pgboss.schedule')).toHaveLength(0);
  });
});

describe("pg-boss's tables", () => {
  it("are out of reach of the service's own role", async () => {
    const look = place.db.tenant(creditor, (tx) => tx.query('SELECT * FROM pgboss.job'));
    await expect(look).rejects.toThrow('permission denied');
  });
});
