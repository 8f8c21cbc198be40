import { setTimeout as sleep } from 'node:timers/promises';
import { type JobWithMetadata, PgBoss } from 'pg-boss';
import type { Bus } from './bus.ts';
import type { Db, Tx } from './db.ts';
import { runAttempt, type Claimed } from './job-attempt.ts';
import { fault } from './fault.ts';
import { type Job, scheduledJobs } from './jobs.ts';
import type { Log } from './log.ts';
import { catchUp, type ScheduledJob, tick } from './schedule.ts';

export type JobRunner = {
  /** Tells running jobs to end and waits a moment for them; another replica continues them. */
  stop(): Promise<void>;
};

/** A killed process is noticed after this and its jobs go on elsewhere; pg-boss's shortest. */
const heartbeatSeconds = 10;
const superviseSeconds = 5;

/** A job that runs longer than this is taken for stuck. */
const longestSeconds = 6 * 60 * 60;

/** Found at the latest after this when the wake-up is lost or came to another replica. */
const pollMs = 1_000;

/** For jobs in hand when the service stops. */
const graceMs = 5_000;

/** Who asks here wakes it; else a retry, or a job of another replica, is found after this. */
const claimSeconds = 2;

/** Schedules name minutes; nobody waits for their seconds. */
const clockSeconds = 10;

type Asked = { name: string; org_id: string; id: string };

function bossFor(systemUrl: string, log: Log): PgBoss {
  const boss = new PgBoss({
    connectionString: systemUrl,
    schema: 'pgboss',
    max: 4,
    // As long as the service's own pool waits: a starved machine is no reason not to start.
    connectionTimeoutMillis: 20_000,
    // The owner has made the tables; this role could not, and shall not.
    migrate: false,
    createSchema: false,
    reindex: false,
    monitorVacuum: false,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'jobs: database trouble'));
  return boss;
}

/**
 * Hands what was asked for to pg-boss, in one transaction: neither lost nor queued twice. Gives
 * back the names of the jobs that have something to do now.
 */
async function dispatch(tx: Tx, boss: PgBoss, jobs: readonly Job[]): Promise<Set<string>> {
  const asked = await tx.query<Asked>(
    `SELECT j.name, j.org_id, j.id FROM unnest($1::text[]) AS known(name) CROSS JOIN LATERAL (
       SELECT name, org_id, id FROM job WHERE job.name = known.name AND state = 'asked'
        ORDER BY asked_at LIMIT 200 FOR UPDATE SKIP LOCKED) j`,
    [jobs.map(({ name }) => name)],
  );
  if (asked.length === 0) return new Set();
  const bossIds = asked.map(() => crypto.randomUUID());
  const db = {
    executeSql: async (sql: string, values?: unknown[]) => ({ rows: await tx.query(sql, values) }),
  };
  const queued = asked.map(({ name, org_id, id }, n) => ({
    name,
    id: bossIds[n] ?? '',
    data: { orgId: org_id, jobId: id },
  }));
  for (const [name, own] of Map.groupBy(queued, (one) => one.name)) {
    await boss.insert(
      name,
      own.map(({ id, data }) => ({ id, data })),
      { db },
    );
  }
  await tx.query(
    `UPDATE job j SET state = 'queued', boss_id = q.boss_id
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS q(org_id, id, boss_id)
      WHERE j.org_id = q.org_id AND j.id = q.id`,
    [asked.map(({ org_id }) => org_id), asked.map(({ id }) => id), bossIds],
  );
  return new Set(asked.map(({ name }) => name));
}

/** What pg-boss has given up after crashes is failed for the people who wait, too. */
function noteGivenUp(tx: Tx): Promise<object[]> {
  return tx.query(
    `UPDATE job j SET state = 'failed', ended_at = now(), reason = 'job_did_not_finish'
       FROM pgboss.job b
      WHERE j.state IN ('queued', 'running') AND b.name = j.name AND b.id = j.boss_id
        AND b.state = 'failed'`,
  );
}

const clockOf = (job: ScheduledJob): string => `${job.name}.clock`;

async function followSchedules(o: {
  boss: PgBoss;
  db: Db;
  jobs: readonly Job[];
  log: Log;
}): Promise<void> {
  const { boss, db, log } = o;
  const scheduled = scheduledJobs(o.jobs);
  for (const { name } of await boss.getSchedules()) {
    if (!scheduled.some((job) => clockOf(job) === name)) await boss.unschedule(name);
  }
  // The clock of the machine, wherever a demo has moved the business's own.
  const missed = await db.system((tx) => catchUp(tx, scheduled, Temporal.Now.instant()));
  if (missed.length > 0) log.info({ jobs: missed }, 'schedules caught up');
  for (const job of scheduled) {
    const { cron, zone } = job.schedule;
    await boss.createQueue(clockOf(job), { retryLimit: 5 });
    await boss.schedule(clockOf(job), cron, {}, { tz: zone });
    await boss.work(clockOf(job), { pollingIntervalSeconds: clockSeconds }, async (ticks) => {
      for (const { id } of ticks) await db.system((tx) => tick(tx, job.name, id));
    });
  }
}

/**
 * Runs the jobs that are asked for in this service's database. `systemUrl` is the system role's:
 * pg-boss has its own few connections.
 */
export async function startJobRunner(o: {
  db: Db;
  bus: Bus;
  systemUrl: string;
  jobs: readonly Job[];
  log: Log;
}): Promise<JobRunner> {
  const { db, bus, log } = o;
  if (o.jobs.length === 0) return { stop: async () => undefined };
  const boss = bossFor(o.systemUrl, log);
  const stopping = new AbortController();
  await boss.start();
  const workers = new Map<string, string[]>();
  const wake = (name: string): void => {
    for (const worker of workers.get(name) ?? []) boss.notifyWorker(worker);
  };
  for (const job of o.jobs) {
    const queue = {
      retryLimit: job.retries ?? 10,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
      expireInSeconds: longestSeconds,
      heartbeatSeconds,
    };
    await boss.createQueue(job.name, queue);
    await boss.updateQueue(job.name, queue);
    const options = {
      includeMetadata: true,
      batchSize: 1,
      pollingIntervalSeconds: claimSeconds,
    } as const;
    const work = async (claimed: JobWithMetadata<Claimed>[]): Promise<void> => {
      for (const one of claimed) await runAttempt({ db, bus, log, job, stopping }, one);
      // The next is looked for at once: a night has one for each organisation.
      wake(job.name);
    };
    // One by one: of workers begun together pg-boss names the first, which alone could be woken.
    const begin = () => boss.work<Claimed, void, typeof options>(job.name, options, work);
    const width = Array.from({ length: job.width ?? 2 });
    workers.set(job.name, await Promise.all(width.map(begin)));
  }
  await followSchedules({ boss, db, jobs: o.jobs, log });

  let wakeUp = Promise.withResolvers<void>();
  const look = async (): Promise<void> => {
    const names = await db.system((tx) => dispatch(tx, boss, o.jobs));
    for (const name of names) wake(name);
    await db.system(noteGivenUp);
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await look().catch((thrown: unknown) => log.warn({ err: thrown }, 'jobs were not queued'));
      const timer = sleep(pollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      await Promise.race([timer, wakeUp.promise]);
      wakeUp = Promise.withResolvers();
    }
  };
  const stopListening = db.onWake('jobs', () => wakeUp.resolve());
  const running = run();
  return {
    stop: async () => {
      stopListening();
      stopping.abort(fault('cancelled', 'service_stops'));
      await running;
      await boss.stop({ graceful: true, timeout: graceMs });
    },
  };
}
