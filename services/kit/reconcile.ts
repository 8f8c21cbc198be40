import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamInfo } from '@nats-io/jetstream';
import { type Bus, streamName } from './bus.ts';
import type { Db, Tx } from './db.ts';
import type { Log } from './log.ts';

export type Reconciler = {
  /** Compares everything now; returns how many events were put back in line to be published. */
  check(): Promise<number>;
  stop(): Promise<void>;
};

/** What the stream looked like when it last held everything. */
type Seen = {
  created: string;
  firstSeq: number;
  /** The oldest message is one that the window no longer reaches: the stream sheds as it should. */
  sheds: boolean;
  lastSeq: number;
  deleted: number;
};

/** A look at the stream's figures this often, a comparison of all rows this often in any case. */
const lookEveryMs = 10_000;
const compareEveryMs = 60 * 60 * 1000;

/** A stream older than this sheds its oldest messages as it should (`bus.ts` keeps 8 days). */
const window = '7 days';
const windowMs = 7 * 24 * 60 * 60 * 1000;

/** Another relay may just now be changing the rows; only one replica compares at a time. */
const reconcileLock = 7_201_003;

function figures({ created, state }: StreamInfo): Seen {
  return {
    created,
    firstSeq: state.first_seq,
    sheds: state.messages > 0 && Date.parse(state.first_ts) < Date.now() - windowMs,
    lastSeq: state.last_seq,
    deleted: state.num_deleted ?? 0,
  };
}

/** Nothing but growth since the last look, as far as figures can tell. */
function hasOnlyGrown(before: Seen | undefined, now: Seen): boolean {
  return (
    before !== undefined &&
    before.created === now.created &&
    (before.firstSeq === now.firstSeq || now.sheds) &&
    before.lastSeq <= now.lastSeq &&
    before.deleted === now.deleted
  );
}

/**
 * Rows that were published to a place where the stream no longer has them: in a stream that has
 * been replaced, after its end (its store was rolled back), before its beginning, in a hole, or at
 * a sequence that it has since given to another event. Only rows marked before the stream was asked
 * are looked at. They wait again, in their old order and under their old ids, but under
 * another message id, because the broker may still know the first one.
 */
async function putBack(tx: Tx, asked: string, seen: Seen, holes: readonly number[]) {
  const [row] = await tx.query<{ lost: bigint; rolled_back: bigint }>(
    `WITH placed AS (
       SELECT org_id, id, stream_created, stream_seq,
              lead(id) OVER (PARTITION BY stream_created, stream_seq ORDER BY published_at) AS taken
         FROM outbox
        WHERE created_at > now() - $6::interval AND published_at < $1::timestamptz),
     lost AS (
       SELECT *, stream_created = $2 AND (stream_seq > $4 OR taken IS NOT NULL) AS rolled_back
         FROM placed
        WHERE stream_created <> $2 OR stream_seq < $3 OR stream_seq > $4
           OR stream_seq = ANY ($5::bigint[]) OR taken IS NOT NULL),
     waiting AS (
       UPDATE outbox o SET published_at = NULL, stream_created = NULL, stream_seq = NULL,
              put_back = put_back + 1
         FROM lost l WHERE o.org_id = l.org_id AND o.id = l.id RETURNING l.rolled_back)
     SELECT count(*) AS lost, count(*) FILTER (WHERE rolled_back) AS rolled_back FROM waiting`,
    [asked, seen.created, seen.firstSeq, seen.lastSeq, holes, window],
  );
  tx.wake('relay');
  return { lost: Number(row?.lost ?? 0n), rolledBack: Number(row?.rolled_back ?? 0n) };
}

async function holesOf(bus: Bus, stream: string, { deleted }: Seen): Promise<number[]> {
  if (deleted === 0) return [];
  const { state } = await bus.jsm.streams.info(stream, { deleted_details: true });
  return state.deleted ?? [];
}

/**
 * A stream that was rolled back gives its old sequences to other events, and a consumer that was
 * not rolled back with it would pass them over. So all start over; receipts make the repeats
 * harmless.
 */
async function restartConsumers(bus: Bus, stream: string): Promise<void> {
  for await (const consumer of bus.jsm.consumers.list(stream)) {
    await bus.jsm.consumers.delete(stream, consumer.name);
  }
}

/**
 * Keeps a service's stream equal to its outbox of the last seven days: what the broker has lost, by
 * a wiped, replaced or rolled-back store, is published again.
 */
export function startReconciler(o: { db: Db; bus: Bus; service: string; log: Log }): Reconciler {
  const { db, bus, service, log } = o;
  const stream = streamName(service);
  const stopping = new AbortController();
  let before: Seen | undefined;
  let comparedAt = 0;
  let wakeUp = Promise.withResolvers<void>();

  const compare = async (tx: Tx, asked: string, seen: Seen): Promise<number> => {
    const { lost, rolledBack } = await putBack(tx, asked, seen, await holesOf(bus, stream, seen));
    if (lost > 0) log.warn({ stream, lost, rolledBack }, 'the broker has lost events; told again');
    if (rolledBack > 0) await restartConsumers(bus, stream);
    return lost;
  };

  const look = (always: boolean): Promise<number> =>
    db.system(async (tx) => {
      const [lock] = await tx.query<{ asked: string; mine: boolean }>(
        'SELECT clock_timestamp() AS asked, pg_try_advisory_xact_lock($1) AS mine',
        [reconcileLock],
      );
      const seen = figures(await bus.ensureStream(service));
      const overdue = performance.now() - comparedAt > compareEveryMs;
      if (lock?.mine !== true || (!always && !overdue && hasOnlyGrown(before, seen))) return 0;
      const lost = await compare(tx, lock.asked, seen);
      before = seen;
      comparedAt = performance.now();
      return lost;
    });

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const always = before === undefined;
      try {
        if (bus.isConnected()) await look(always);
      } catch (thrown) {
        before = undefined;
        log.warn({ err: thrown, stream }, 'outbox and stream were not compared');
        await sleep(500, undefined, { signal: stopping.signal }).catch(() => undefined);
        continue;
      }
      const timer = sleep(lookEveryMs, undefined, { signal: stopping.signal });
      await Promise.race([timer.catch(() => undefined), wakeUp.promise]);
      wakeUp = Promise.withResolvers();
    }
  };

  const stopListening = bus.onReconnect(() => {
    before = undefined;
    wakeUp.resolve();
  });
  const running = run();
  return {
    check: () => look(true),
    stop: async () => {
      stopping.abort();
      stopListening();
      wakeUp.resolve();
      await running;
    },
  };
}
