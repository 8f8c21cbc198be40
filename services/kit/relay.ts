import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus } from './bus.ts';
import type { Db, Tx } from './db.ts';
import { type EnvelopeRow, headersOf, subjectOf } from './envelope.ts';
import { laneCount, typeWords } from './events.ts';
import type { Log } from './log.ts';
import { currentTrace, traced } from './trace.ts';

type Row = EnvelopeRow & { id: string; payload: Buffer; put_back: number };
type Published = { row: Row; seq: number };
type Cycle = { published: number; failed: number; hasMore: boolean };

export type Relay = {
  /** Events published since the start. */
  published(): number;
  stop(): Promise<void>;
};

/** First number of the advisory locks, one per lane; the lane is the second. */
const laneLocks = 7_201_002;

/**
 * Adaptive poll: busy every 10 ms, idle every 200 ms; a commit in this process wakes it at once.
 * Under a steady flow a round begins 30 ms after the one before at the earliest, so that events
 * share it, and further on the transactions of their consumers; the first after quiet leaves at
 * once.
 */
const shortestWaitMs = 10;
const longestWaitMs = 200;
const gatherMs = 30;

/** A round of so many wakes the second worker, which publishes while the first marks. */
const crowd = 32;

/** Without a crowd, the second worker looks this often whether the first has died of something. */
const helperWaitMs = 1_000;

/**
 * When another replica has replaced the stream, this one must not go on marking for the old one.
 */
const streamKnownMs = 2_000;

const longestPauseMs = 2_000;

const publishTimeoutMs = 5_000;

const lanesAtOnce = laneCount / 2;

/**
 * At most half of the lanes for one transaction, in random order, so that workers and replicas
 * share them; a lane is held until the transaction ends. Which rows wait is asked after the lock is
 * held: what another has just published is then seen as published. A mark that a crash of the
 * database loses costs a repeat under the same id, so the commit does not wait for the disk.
 */
async function takeLanes(tx: Tx): Promise<number[]> {
  const rows = await tx.query<{ lane: number; setting: string }>(
    `WITH waiting AS MATERIALIZED (
       SELECT lane FROM generate_series(0, $2::int - 1) AS lane
        WHERE EXISTS (SELECT FROM outbox o WHERE o.published_at IS NULL AND o.lane = lane::smallint)
        ORDER BY random())
     SELECT lane, set_config('synchronous_commit', 'off', true) AS setting
       FROM waiting WHERE pg_try_advisory_xact_lock($1, lane) LIMIT $3`,
    [laneLocks, laneCount, lanesAtOnce],
  );
  return rows.map(({ lane }) => lane);
}

/** Index order per lane: a backlog of a million rows costs no more than a short one. */
function waitingRows(tx: Tx, lanes: readonly number[], perLane: number): Promise<Row[]> {
  return tx.query<Row>(
    `SELECT o.* FROM unnest($1::smallint[]) AS taken(lane) CROSS JOIN LATERAL (
       SELECT id, org_id, aggregate_id, version, type, payload, audience, actor, traceparent,
              at, put_back
         FROM outbox w WHERE w.published_at IS NULL AND w.lane = taken.lane
        ORDER BY w.position LIMIT $2) o`,
    [lanes, perLane],
  );
}

function byAggregate(rows: readonly Row[]): Row[][] {
  const groups = Map.groupBy(rows, (row) => `${row.org_id} ${row.aggregate_id}`);
  return [...groups.values()];
}

function publishOne(bus: Bus, service: string, row: Row): Promise<{ seq: number }> {
  const traceparent = currentTrace()?.traceparent ?? row.traceparent;
  return bus.js.publish(subjectOf(service, row.type), row.payload, {
    // The broker drops a repeated message id; one that it has lost must not look like a repeat.
    msgID: row.put_back === 0 ? row.id : `${row.id}.${row.put_back}`,
    headers: headersOf(row.id, { ...row, traceparent }),
    timeout: publishTimeoutMs,
  });
}

/**
 * Aggregates go out side by side, the events of one aggregate one after the other: the next leaves
 * when the one before is stored, and none leaves after one that failed.
 */
async function publishAll(bus: Bus, service: string, rows: readonly Row[]): Promise<Published[]> {
  const published: Published[] = [];
  let firstFailure: unknown;
  const chain = async (events: readonly Row[]): Promise<void> => {
    for (const row of events) {
      if (firstFailure !== undefined) return;
      const publish = () => publishOne(bus, service, row);
      const about = { kind: 'producer', parent: row.traceparent ?? undefined } as const;
      const ack = await traced(`publish ${row.type}`, about, publish);
      published.push({ row, seq: ack.seq });
    }
  };
  const note = (thrown: unknown): void => {
    firstFailure ??= thrown;
  };
  await Promise.all(byAggregate(rows).map((events) => chain(events).catch(note)));
  if (published.length === 0 && firstFailure !== undefined) throw firstFailure;
  return published;
}

async function mark(tx: Tx, streamCreated: string, published: readonly Published[]): Promise<void> {
  await tx.query(
    `UPDATE outbox o SET published_at = clock_timestamp(), stream_created = $3, stream_seq = p.seq
       FROM unnest($1::uuid[], $2::uuid[], $4::bigint[]) AS p(org_id, id, seq)
      WHERE o.org_id = p.org_id AND o.id = p.id`,
    [
      published.map(({ row }) => row.org_id),
      published.map(({ row }) => row.id),
      streamCreated,
      published.map(({ seq }) => seq),
    ],
  );
}

function tellScreens(bus: Bus, { row }: Published): void {
  const { noun, verb } = typeWords(row.type);
  bus.live(row.audience, { noun, id: row.aggregate_id, change: verb });
}

type Bell = { ring(): void; heardBefore(end: Promise<void>): Promise<void> };

/** A ring that nobody waits for is heard by who waits next. */
function createBell(): Bell {
  let rung = Promise.withResolvers<void>();
  return {
    ring: () => rung.resolve(),
    heardBefore: async (end) => {
      await Promise.race([rung.promise, end]);
      rung = Promise.withResolvers();
    },
  };
}

/**
 * Carries the outbox of one service to its stream, in order per aggregate, as long as it runs. Any
 * number of replicas may; one that dies leaves its lanes to the others and what it had not marked
 * is published again under the same id. While the broker is away or full, rows wait.
 */
export function startRelay(o: {
  db: Db;
  bus: Bus;
  service: string;
  log: Log;
  perLane?: number;
}): Relay {
  const { db, bus, service, log, perLane = 250 } = o;
  let stream: { created: string; readAt: number } | undefined;
  let total = 0;
  const commits = createBell();
  const crowds = createBell();
  const stopping = new AbortController();

  /** Known before publishing: when the stream is replaced meanwhile, the reconciler sees it. */
  const streamCreated = async (): Promise<string> => {
    if (stream === undefined || performance.now() - stream.readAt > streamKnownMs) {
      const { created } = await bus.ensureStream(service);
      stream = { created, readAt: performance.now() };
    }
    return stream.created;
  };

  const cycle = async (): Promise<Cycle> => {
    const created = await streamCreated();
    const done = await db.system(async (tx) => {
      const lanes = await takeLanes(tx);
      if (lanes.length === 0) return { published: [], asked: 0, hasMore: false };
      const rows = await waitingRows(tx, lanes, perLane);
      const published = await publishAll(bus, service, rows);
      if (published.length > 0) tx.withCommit(mark(tx, created, published));
      const hasMore = lanes.length >= lanesAtOnce || rows.length >= perLane;
      return { published, asked: rows.length, hasMore };
    });
    for (const one of done.published) tellScreens(bus, one);
    total += done.published.length;
    const published = done.published.length;
    return { published, failed: done.asked - published, hasMore: done.hasMore };
  };

  const pause = (milliseconds: number): Promise<void> =>
    sleep(milliseconds, undefined, { signal: stopping.signal }).catch(() => undefined);

  /** One worker; the bell wakes it when it is idle, for at most so long. */
  const run = async (bell: Bell, longestWaitMs: number): Promise<void> => {
    let idle = shortestWaitMs;
    let penance = shortestWaitMs;
    while (!stopping.signal.aborted) {
      const begun = performance.now();
      try {
        if (!bus.isConnected()) throw new Error('broker is away');
        const { published, failed, hasMore } = await cycle();
        if (failed > 0) throw new Error(`${failed} events were refused`);
        if (published >= crowd) crowds.ring();
        const rest = begun + gatherMs - performance.now();
        await pause(published === 0 || hasMore ? shortestWaitMs : Math.max(shortestWaitMs, rest));
        idle = published > 0 ? shortestWaitMs : Math.min(longestWaitMs, idle * 2);
        penance = shortestWaitMs;
        if (published === 0) await bell.heardBefore(pause(idle));
      } catch (thrown) {
        // The stream may be gone, full or replaced; asking again makes it when it is missing.
        stream = undefined;
        penance = Math.min(longestPauseMs, penance * 2);
        if (penance === longestPauseMs) log.warn({ err: thrown }, 'events wait for the broker');
        await pause(penance);
      }
    }
  };

  const stopListening = [
    db.onWake('relay', commits.ring),
    bus.onReconnect(() => {
      stream = undefined;
      commits.ring();
    }),
  ];
  const running = Promise.all([run(commits, longestWaitMs), run(crowds, helperWaitMs)]);
  return {
    published: () => total,
    stop: async () => {
      stopping.abort();
      for (const stop of stopListening) stop();
      await running;
    },
  };
}
