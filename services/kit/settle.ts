import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Db, Tx } from './db.ts';
import type { Delivery } from './delivery.ts';
import { applyEvents } from './effect.ts';
import { Fault, fault } from './fault.ts';
import type { Consumer } from './inbox.ts';
import type { Log } from './log.ts';
import { resumed } from './trace.ts';
import { beginAttempt, forgetFailures, recordFailure, waitsForEarlier } from './parked.ts';

export type Settling = {
  take(delivery: Delivery): void;
  /** Events that have had their effect, or were repeats. */
  settled(): number;
  /** Finishes what is begun and gives the rest back. */
  stop(): Promise<void>;
};

/** In one transaction at most; a commit per event would be the limit otherwise. */
const batchAtMost = 64;

/**
 * Under a steady flow a transaction begins this long after the one before at the earliest, so that
 * what comes in between shares it; the first event after quiet has its effect at once.
 */
const gatherMs = { hurried: 40, unhurried: 200 };

/** As many waiting are worth one more transaction beside those that run. */
const crowds = { hurried: 16, unhurried: batchAtMost };

/**
 * From this delivery on an event may be one that ends the process: it is counted before it is
 * tried.
 */
const suspiciousDeliveries = 3;

/** A gated event waits for an earlier one this often (20 ms doubling to 5 s: about a minute). */
const earlyDeliveries = 20;

const longestRetryMs = 30_000;

function retryDelayMs(failures: number): number {
  return Math.min(longestRetryMs, 100 * 2 ** Math.min(failures, 10));
}

function earlyDelayMs(deliveries: number): number {
  return Math.min(5_000, 10 * 2 ** Math.min(deliveries, 10));
}

/** The database is away, as opposed to a neighbour that a handler has asked. */
function isDatabaseAway(thrown: unknown): boolean {
  return thrown instanceof Fault && thrown.reason === 'database_unavailable';
}

function aggregateOf({ envelope }: Delivery): string {
  return `${envelope.orgId} ${envelope.aggregateId}`;
}

/**
 * Gives events their effect: many of an organisation in one transaction and one by one when that
 * fails, those of one aggregate in the order of arrival. A crowd is worked off by up to `width`
 * transactions side by side, none of which has an aggregate of another. While the database is away
 * it waits and keeps what it holds.
 */
export function startSettling(o: {
  db: Db;
  consumer: Consumer;
  log: Log;
  width: number;
}): Settling {
  const { db, consumer, log } = o;
  const pace = consumer.unhurried ? 'unhurried' : 'hurried';
  const crowd = crowds[pace];
  const waiting: Delivery[] = [];
  const atWork = new Set<string>();
  const workers = new Set<Promise<void>>();
  const stopping = new AbortController();
  let begun = -gatherMs[pace];
  let total = 0;

  const apply = async (group: readonly Delivery[]): Promise<void> => {
    const orgId = group[0]?.envelope.orgId ?? '';
    const again = group.filter(({ deliveries }) => deliveries > 1);
    const work = async (tx: Tx): Promise<Set<Delivery>> => {
      const tooEarly = await applyEvents(tx, consumer, group);
      if (again.length > 0) await forgetFailures(tx, consumer.key, again);
      return new Set(tooEarly);
    };
    // Many events share a transaction; it stands in the trace of the first.
    const early = await resumed(group[0]?.envelope.traceparent, () =>
      db.tenant(orgId, work, { keyed: true }),
    );
    for (const one of group) if (!early.has(one)) one.ack();
    total += group.length - early.size;
    for (const one of early) await delay(one);
  };

  const delay = async (early: Delivery): Promise<void> => {
    if (early.deliveries < earlyDeliveries) return early.later(earlyDelayMs(early.deliveries));
    const { version } = early.envelope;
    await fail(early, fault('unavailable', waitsForEarlier, { version }), 1);
  };

  const fail = async (one: Delivery, thrown: unknown, limit?: number): Promise<void> => {
    const { id, type, orgId } = one.envelope;
    const { attempts, parked } = await db.tenant(orgId, (tx) =>
      recordFailure(tx, consumer.key, one, thrown, limit),
    );
    const facts = { consumer: consumer.key, eventId: id, type, orgId, attempts };
    if (parked) {
      log.error({ err: thrown, ...facts }, 'event parked');
      one.end('parked');
    } else {
      log.warn({ err: thrown, ...facts }, 'event failed and is tried again');
      one.later(retryDelayMs(attempts));
    }
  };

  const single = async (one: Delivery): Promise<void> => {
    if (one.deliveries > suspiciousDeliveries) {
      const begin = (tx: Tx): Promise<boolean> => beginAttempt(tx, consumer.key, one);
      if (await db.tenant(one.envelope.orgId, begin)) return one.end('parked');
    }
    try {
      await apply([one]);
    } catch (thrown) {
      if (isDatabaseAway(thrown)) throw thrown;
      await fail(one, thrown);
    }
  };

  const settle = async (group: readonly Delivery[]): Promise<void> => {
    if (group.every(({ deliveries }) => deliveries <= suspiciousDeliveries)) {
      try {
        return await apply(group);
      } catch (thrown) {
        if (isDatabaseAway(thrown)) throw thrown;
        if (group.length === 1 && group[0]) return fail(group[0], thrown);
      }
    }
    for (const one of group) await single(one);
  };

  /** The failure could not even be noted: others must not wait for what is a defect of the kit. */
  const giveBack = (left: readonly Delivery[], thrown: unknown): void => {
    log.error({ err: thrown, consumer: consumer.key }, 'failures of events could not be noted');
    for (const one of left) one.later(longestRetryMs);
  };

  /** Waits for the database as long as it takes: no event is at fault, none shall be counted. */
  const settleWhenPossible = async (group: readonly Delivery[]): Promise<void> => {
    let left = group;
    for (let pause = 100; left.length > 0; pause = Math.min(2_000, pause * 2)) {
      const settled = new Set<Delivery>();
      try {
        await settle(left.map((one) => watched(one, () => settled.add(one))));
        return;
      } catch (thrown) {
        left = left.filter((one) => !settled.has(one));
        if (stopping.signal.aborted) break;
        if (!isDatabaseAway(thrown)) return giveBack(left, thrown);
        log.warn({ err: thrown, consumer: consumer.key, held: left.length }, 'events wait');
        await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
    for (const one of left) one.later(0);
  };

  /**
   * What may be applied now: nothing of an aggregate that another transaction is at, and all that
   * waits of one before the next, so that a crowd about few leaves some to the others.
   */
  const takeFree = (): Delivery[] => {
    const free = waiting.filter((one) => !atWork.has(aggregateOf(one)));
    const taken = [...Map.groupBy(free, aggregateOf).values()].flat().slice(0, batchAtMost);
    const gone = new Set(taken);
    waiting.splice(0, waiting.length, ...waiting.filter((one) => !gone.has(one)));
    return taken;
  };

  const gather = async (): Promise<void> => {
    const rest = begun + gatherMs[pace] - performance.now();
    if (rest > 0 && waiting.length < crowd) {
      await sleep(rest, undefined, { signal: stopping.signal }).catch(() => undefined);
    } else {
      // What has arrived in one piece shares a transaction.
      await nextTurn();
    }
    begun = performance.now();
  };

  const drain = async (): Promise<void> => {
    while (waiting.length > 0 && !stopping.signal.aborted) {
      await gather();
      const taken = stopping.signal.aborted ? [] : takeFree();
      if (taken.length === 0) break;
      const aggregates = new Set(taken.map(aggregateOf));
      for (const one of aggregates) atWork.add(one);
      if (waiting.length >= crowd) staff();
      for (const group of Map.groupBy(taken, ({ envelope }) => envelope.orgId).values()) {
        await settleWhenPossible(group);
      }
      for (const one of aggregates) atWork.delete(one);
    }
  };

  /** The last one to leave looks again: what came while it left would wait for the next event. */
  const hire = (): void => {
    const worker = drain().finally(() => {
      workers.delete(worker);
      if (workers.size === 0 && waiting.length > 0 && !stopping.signal.aborted) hire();
    });
    workers.add(worker);
  };

  const staff = (): void => {
    const wanted = waiting.length < crowd ? 1 : o.width;
    if (workers.size < wanted) hire();
  };

  return {
    take: (delivery) => {
      waiting.push(delivery);
      staff();
    },
    settled: () => total,
    stop: async () => {
      stopping.abort();
      await Promise.all(workers);
      for (const one of waiting.splice(0)) one.later(0);
    },
  };
}

/** The same delivery, telling when it has ended one way or another. */
function watched(one: Delivery, ended: () => void): Delivery {
  return {
    ...one,
    ack: () => {
      ended();
      one.ack();
    },
    later: (milliseconds) => {
      ended();
      one.later(milliseconds);
    },
    end: (reason) => {
      ended();
      one.end(reason);
    },
  };
}
