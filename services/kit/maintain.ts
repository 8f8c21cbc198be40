import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from './db.ts';
import type { Log } from './log.ts';

export type Maintenance = {
  /** Removes now what is old enough; returns the rows removed per table. */
  run(): Promise<Record<string, number>>;
  stop(): Promise<void>;
};

/**
 * What may go, and when. The outbox outlives every doubt about the stream (7 days are compared with
 * it, `reconcile.ts`); receipts outlive the stream (8 days, `bus.ts`) and everything that may be
 * told again; an unpublished event and an undecided parked one never go.
 */
const old: readonly { table: string; where: string; keep?: string }[] = [
  {
    table: 'outbox',
    where: `created_at < now() - interval '8 days' AND published_at IS NOT NULL`,
    // Who did what is answered for long after everybody has heard of it.
    keep: `INSERT INTO audit_entry (org_id, id, verb, object_id, actor, request_id, trace_id, at)
           SELECT org_id, id, type, aggregate_id, actor, coalesce(request_id, ''),
                  split_part(coalesce(traceparent, ''), '-', 2), at
             FROM gone WHERE actor IS NOT NULL ON CONFLICT DO NOTHING`,
  },
  { table: 'inbox_receipt', where: `received_at < now() - interval '30 days'` },
  { table: 'command_receipt', where: `answered_at < now() - interval '30 days'` },
  {
    table: 'parked_event',
    where: `state = 'discarded' AND last_failed_at < now() - interval '30 days'`,
  },
  { table: 'job', where: `ended_at < now() - interval '90 days'` },
  // Some schedules come about every minute, for every organisation.
  { table: 'job', where: `ended_at < now() - interval '2 days' AND scheduled AND state = 'done'` },
  // Nobody goes on with what waited for so long; a copy so long unfinished was given up.
  { table: 'kept_file', where: `begun_at < now() - interval '30 days' AND passing` },
  { table: 'kept_file', where: `begun_at < now() - interval '2 days' AND NOT whole` },
];

const everyMs = 60 * 60 * 1000;
const rowsAtOnce = 5_000;

/** Removes in small transactions, so that nobody waits for a long one. */
async function remove(db: Db, { table, where, keep }: (typeof old)[number]): Promise<number> {
  const kept = keep === undefined ? '' : `, kept AS (${keep})`;
  for (let total = 0; ;) {
    const gone = await db.system((tx) =>
      tx.query(
        `WITH gone AS (DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM ${table} WHERE ${where} LIMIT $1 FOR UPDATE SKIP LOCKED)) RETURNING *)
         ${kept} SELECT 1 FROM gone`,
        [rowsAtOnce],
      ),
    );
    total += gone.length;
    if (gone.length < rowsAtOnce) return total;
  }
}

/**
 * Once an hour removes the kit's rows that nothing needs any more; replicas do not disturb each
 * other.
 */
export function startMaintenance(o: { db: Db; log: Log }): Maintenance {
  const stopping = new AbortController();
  const removeAll = async (): Promise<Record<string, number>> => {
    const removed: Record<string, number> = {};
    for (const one of old) {
      removed[one.table] = (removed[one.table] ?? 0) + (await remove(o.db, one));
    }
    return removed;
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      // Replicas start together; they need not clean together.
      const pause = everyMs * (0.5 + Math.random());
      await sleep(pause, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      await removeAll().catch((thrown: unknown) => o.log.warn({ err: thrown }, 'old rows remain'));
    }
  };
  const running = run();
  return {
    run: removeAll,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
