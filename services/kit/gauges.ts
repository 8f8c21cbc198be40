import { Gauge } from 'prom-client';
import type { Bus } from './bus.ts';
import type { Db } from './db.ts';
import type { Metrics } from './health.ts';
import type { Inbox } from './inbox-runner.ts';

/**
 * What is read anew each time Prometheus asks: pools, the outbox, consumers. A reading that fails
 * leaves its gauge empty; the rest of the page must not fail with it.
 */
function gauge<L extends string>(
  metrics: Metrics,
  name: string,
  help: string,
  labelNames: readonly L[],
  read: (set: (labels: Partial<Record<L, string>>, value: number) => void) => Promise<void> | void,
): void {
  const made: Gauge<L> = new Gauge({
    name,
    help,
    labelNames: [...labelNames],
    registers: [metrics.registry],
    async collect() {
      made.reset();
      try {
        await read((labels, value) => made.set(labels, value));
      } catch {
        made.reset();
      }
    },
  });
}

/** Connections of the database pools by role and state. */
export function measureDatabase(metrics: Metrics, db: Db): void {
  gauge(metrics, 'recourse_db_connections', 'Database connections.', ['role', 'state'], (set) => {
    for (const { role, total, idle, waiting } of db.gauges()) {
      set({ role, state: 'busy' }, total - idle);
      set({ role, state: 'idle' }, idle);
      // Not a connection but somebody who waits for one: above zero for long, the pool is too
      // small.
      set({ role, state: 'waiting' }, waiting);
    }
  });
}

type Waiting = { count: bigint; seconds: number | null };
type Parked = { count: bigint };

/** Events that wait to be published, and for how long; whether the broker is there. */
export function measureOutbox(metrics: Metrics, db: Db, bus: Bus): void {
  const help = 'Seconds that the oldest unpublished event has waited.';
  gauge(metrics, 'recourse_outbox_age_seconds', help, [], async (set) => {
    const [row] = await db.system((tx) =>
      tx.query<Waiting>(
        `SELECT extract(epoch FROM clock_timestamp() - min(created_at))::float8 AS seconds
           FROM outbox WHERE published_at IS NULL`,
      ),
    );
    set({}, Math.max(0, row?.seconds ?? 0));
  });
  gauge(metrics, 'recourse_broker_connected', '1 while the broker is connected.', [], (set) =>
    set({}, bus.isConnected() ? 1 : 0),
  );
}

/** Events that wait to be handled, per consumer, and those that need a person's decision. */
export function measureInbox(metrics: Metrics, db: Db, inbox: Inbox): void {
  const lagHelp = 'Events of a stream not yet handled.';
  gauge(metrics, 'recourse_inbox_lag', lagHelp, ['consumer'], async (set) => {
    for (const [consumer, lag] of await inbox.lag()) set({ consumer }, lag);
  });
  const parkedHelp = 'Events that could not be handled and wait for a decision.';
  gauge(metrics, 'recourse_parked_events', parkedHelp, [], async (set) => {
    const [row] = await db.system((tx) =>
      tx.query<Parked>(`SELECT count(*) AS count FROM parked_event WHERE state = 'parked'`),
    );
    set({}, Number(row?.count ?? 0));
  });
}
