import { Counter, Gauge } from 'prom-client';
import type { Bus } from './bus.ts';
import type { Db, Tx } from './db.ts';
import type { Metrics } from './health.ts';
import type { Inbox } from './inbox-runner.ts';
import { measures, type Measure } from './measures.ts';

type Label<M extends Measure> = M['labels'][number];
type Sample<M extends Measure> = { labels: Partial<Record<Label<M>, string>>; value: number };

/**
 * What is read anew each time Prometheus asks: pools, the outbox, consumers. A reading that fails
 * leaves its gauge empty; the rest of the page must not fail with it.
 */
export function gauge<M extends Measure>(
  metrics: Metrics,
  { name, help, labels }: M,
  read: () => Promise<readonly Sample<M>[]> | readonly Sample<M>[],
): void {
  const made: Gauge = new Gauge({
    name,
    help,
    labelNames: [...labels],
    registers: [metrics.registry],
    async collect() {
      made.reset();
      const samples = await Promise.resolve()
        .then(read)
        .catch(() => []);
      for (const { labels: of, value } of samples) made.set(of, value);
    },
  });
}

/** A number of occurrences since the start. */
export function counter<M extends Measure>(
  metrics: Metrics,
  { name, help, labels }: M,
): Counter<Label<M>> {
  return new Counter({ name, help, labelNames: [...labels], registers: [metrics.registry] });
}

/**
 * Asks at most once in `seconds`, whoever scrapes: for readings that cost the database more than a
 * look into an index. A reading that failed is not kept.
 */
export function atMostEvery<T>(seconds: number, read: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  let readAtMs = -Infinity;
  return () => {
    const now = performance.now();
    if (kept !== undefined && now - readAtMs < seconds * 1000) return kept;
    readAtMs = now;
    const reading = read();
    kept = reading;
    reading.catch(() => {
      if (kept === reading) kept = undefined;
    });
    return reading;
  };
}

/** Connections of the database pools by role and state. */
export function measureDatabase(metrics: Metrics, db: Db): void {
  gauge(metrics, measures.connections, () =>
    db.gauges().flatMap(({ role, total, idle, waiting }) => [
      { labels: { role, state: 'busy' }, value: total - idle },
      { labels: { role, state: 'idle' }, value: idle },
      // Not a connection but somebody who waits for one: above zero for long, the pool is too
      // small.
      { labels: { role, state: 'waiting' }, value: waiting },
    ]),
  );
}

type Waiting = { seconds: number | null };
type Parked = { count: bigint };

/** Events that wait to be published, and for how long; whether the broker is there. */
export function measureOutbox(metrics: Metrics, db: Db, bus: Bus): void {
  gauge(metrics, measures.outboxAge, async () => {
    const [row] = await db.system((tx) =>
      tx.query<Waiting>(
        `SELECT extract(epoch FROM clock_timestamp() - min(created_at))::float8 AS seconds
           FROM outbox WHERE published_at IS NULL`,
      ),
    );
    return [{ labels: {}, value: Math.max(0, row?.seconds ?? 0) }];
  });
  gauge(metrics, measures.brokerConnected, () => [
    { labels: {}, value: bus.isConnected() ? 1 : 0 },
  ]);
}

/** Events that wait to be handled, per consumer, and those that need a person's decision. */
export function measureInbox(metrics: Metrics, db: Db, inbox: Inbox): void {
  gauge(metrics, measures.inboxLag, async () =>
    [...(await inbox.lag())].map(([consumer, value]) => ({ labels: { consumer }, value })),
  );
  gauge(metrics, measures.parkedEvents, async () => {
    const [row] = await db.system((tx) =>
      tx.query<Parked>(`SELECT count(*) AS count FROM parked_event WHERE state = 'parked'`),
    );
    return [{ labels: {}, value: Number(row?.count ?? 0) }];
  });
}

type JobCount = { name: string; waiting: bigint; running: bigint; failed: bigint; wait: number };

function countJobs(tx: Tx): Promise<JobCount[]> {
  return tx.query<JobCount>(
    `SELECT name, count(*) FILTER (WHERE state IN ('asked', 'queued')) AS waiting,
            count(*) FILTER (WHERE state = 'running') AS running,
            count(*) FILTER (WHERE state = 'failed') AS failed,
            coalesce(extract(epoch FROM clock_timestamp()
              - min(asked_at) FILTER (WHERE state IN ('asked', 'queued'))), 0)::float8 AS wait
       FROM job
      WHERE state IN ('asked', 'queued', 'running')
         OR (state = 'failed' AND ended_at > now() - interval '1 hour')
      GROUP BY name`,
  );
}

const jobsReadSeconds = 15;

/**
 * The job queue by job. Every job of the service has its samples, also while there is nothing to
 * do, so that a rule can tell a quiet queue from one that nobody measures.
 */
export function measureJobs(metrics: Metrics, db: Db, jobs: readonly { name: string }[]): void {
  const names = jobs.map(({ name }) => name);
  const read = atMostEvery(jobsReadSeconds, async () => {
    const rows = await db.system(countJobs);
    return new Map(rows.map((row) => [row.name, row]));
  });
  gauge(metrics, measures.jobs, async () => {
    const byName = await read();
    return names.flatMap((queue) =>
      (['waiting', 'running', 'failed'] as const).map((state) => ({
        labels: { queue, state },
        value: Number(byName.get(queue)?.[state] ?? 0),
      })),
    );
  });
  gauge(metrics, measures.jobWait, async () => {
    const byName = await read();
    return names.map((queue) => ({ labels: { queue }, value: byName.get(queue)?.wait ?? 0 }));
  });
}
