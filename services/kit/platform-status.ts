import type {
  ConsumerLag,
  GetStatusResponse,
  Queues,
} from '@recourse/proto/platform/v1/platform.ts';
import about from './package.json' with { type: 'json' };
import type { Db, Tx } from './db.ts';
import { type Probe, runProbe } from './health.ts';
import type { Inbox } from './inbox-runner.ts';

/** What the answer about a service's health is made of. */
export type StatusSources = {
  service: string;
  db: Db;
  inbox: Pick<Inbox, 'lag'>;
  probes: readonly Probe[];
  startedAt: Temporal.Instant;
};

/** Broker and database get this long; a page about trouble must not wait for the trouble. */
const patienceMs = 2_000;

async function orUndefined<T>(asked: Promise<T>): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, patienceMs, undefined);
  try {
    return await Promise.race([asked.catch(() => undefined), promise]);
  } finally {
    clearTimeout(timer);
  }
}

type Row = {
  outbox: bigint;
  age: number;
  parked: bigint;
  waiting: bigint;
  running: bigint;
  failed: bigint;
};

async function readQueues(tx: Tx): Promise<Queues> {
  const [row] = await tx.query<Row>(
    `SELECT o.outbox, o.age, p.parked, j.waiting, j.running, f.failed
       FROM (SELECT count(*) AS outbox, coalesce(extract(epoch FROM clock_timestamp()
               - min(created_at)), 0)::float8 AS age FROM outbox WHERE published_at IS NULL) o,
            (SELECT count(*) AS parked FROM parked_event WHERE state = 'parked') p,
            (SELECT count(*) FILTER (WHERE state <> 'running') AS waiting,
                    count(*) FILTER (WHERE state = 'running') AS running
               FROM job WHERE state IN ('asked', 'queued', 'running')) j,
            (SELECT count(*) AS failed FROM job
              WHERE state = 'failed' AND ended_at > now() - interval '1 day') f`,
  );
  return {
    outboxWaiting: row?.outbox ?? 0n,
    outboxAgeSeconds: BigInt(Math.max(0, Math.round(row?.age ?? 0))),
    parkedEvents: row?.parked ?? 0n,
    jobsWaiting: row?.waiting ?? 0n,
    jobsRunning: row?.running ?? 0n,
    jobsFailed: row?.failed ?? 0n,
  };
}

async function readLag(inbox: Pick<Inbox, 'lag'>): Promise<ConsumerLag[]> {
  const lags = [...(await inbox.lag())];
  return lags.map(([consumer, waiting]) => ({ consumer, waiting: BigInt(waiting) }));
}

/** How a service is. What cannot be asked now is absent, and its probe says so. */
export async function readStatus(o: StatusSources): Promise<GetStatusResponse> {
  const [probes, queues, consumers] = await Promise.all([
    Promise.all(o.probes.map(runProbe)),
    orUndefined(o.db.system(readQueues)),
    orUndefined(readLag(o.inbox)),
  ]);
  return {
    service: o.service,
    version: about.version,
    startedAt: o.startedAt.toString(),
    probes,
    queues,
    consumers: consumers ?? [],
    pools: o.db.gauges(),
  };
}
