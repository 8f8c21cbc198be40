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
const old: readonly { table: string; where: string }[] = [
  {
    table: 'outbox',
    where: `created_at < now() - interval '8 days' AND published_at IS NOT NULL`,
  },
  { table: 'inbox_receipt', where: `received_at < now() - interval '30 days'` },
  { table: 'command_receipt', where: `answered_at < now() - interval '30 days'` },
  {
    table: 'parked_event',
    where: `state = 'discarded' AND last_failed_at < now() - interval '30 days'`,
  },
  { table: 'job', where: `ended_at < now() - interval '90 days'` },
];

const everyMs = 60 * 60 * 1000;
const rowsAtOnce = 5_000;

/** Removes in small transactions, so that nobody waits for a long one. */
async function remove(db: Db, table: string, where: string): Promise<number> {
  for (let total = 0; ;) {
    const gone = await db.system((tx) =>
      tx.query(
        `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM ${table} WHERE ${where} LIMIT $1 FOR UPDATE SKIP LOCKED)) RETURNING 1`,
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
    for (const { table, where } of old) removed[table] = await remove(o.db, table, where);
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
