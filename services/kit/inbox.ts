import type { Bus } from './bus.ts';
import type { Db, Tx } from './db.ts';
import { type Delivery, startIntake } from './delivery.ts';
import type { AnyEvent, Envelope, EventOf, Topic } from './events.ts';
import { Fault } from './fault.ts';
import type { Log } from './log.ts';
import { retryDue } from './parked.ts';
import { startSettling } from './settle.ts';

/** What one service does with another's events; made by `consume`, run by `startInbox`. */
export type Consumer = {
  /** The consuming service, and the name of its durable consumer on the stream. */
  name: string;
  /** The service whose events these are. */
  source: string;
  /** `<name>:<source>`, as in receipts and parked events. */
  key: string;
  gated: boolean;
  cares(type: string): boolean;
  /** Decodes and handles one event in an open transaction of its organisation. */
  apply(tx: Tx, payload: Uint8Array, envelope: Envelope): Promise<void>;
};

/**
 * Declares a consumer. The handler runs in one transaction of the event's organisation together
 * with its receipt, so it happens once whatever is repeated; it must come to the same result in any
 * order of arrival, unless `gated`: then version n comes only after n − 1 of the same aggregate. It
 * may run in one transaction with other events of the organisation. `handles` names the cases it
 * cares for.
 */
export function consume<E extends AnyEvent>(o: {
  name: string;
  topic: Topic<E>;
  handle: (tx: Tx, event: EventOf<E>, envelope: Envelope) => Promise<void>;
  handles?: readonly EventOf<E>['$case'][];
  gated?: boolean;
}): Consumer {
  const cared = o.handles === undefined ? undefined : new Set<string>(o.handles);
  return {
    name: o.name,
    source: o.topic.service,
    key: `${o.name}:${o.topic.service}`,
    gated: o.gated ?? false,
    cares: (type) => cared?.has(type) ?? true,
    apply: async (tx, payload, envelope) => {
      const { event } = decode(o.topic, payload, envelope);
      // A case that a newer producer has added: nobody here can care for it yet.
      if (event === undefined) return;
      await o.handle(tx, event, envelope);
    },
  };
}

function decode<E extends AnyEvent>(from: Topic<E>, payload: Uint8Array, envelope: Envelope): E {
  try {
    return from.codec.decode(payload);
  } catch (thrown) {
    const facts = { type: envelope.type };
    throw new Fault('invalid', 'event_is_malformed', facts, { cause: thrown });
  }
}

export type Inbox = {
  /** Events applied or skipped as repeats since the start. */
  settled(): number;
  /** Events of the streams that wait to be delivered or acknowledged, per consumer key. */
  lag(): Promise<Map<string, number>>;
  stop(): Promise<void>;
};

const retryEveryMs = 2_000;

/** Runs a service's consumers until stopped. `width` transactions at a time per consumer. */
export function startInbox(o: {
  db: Db;
  bus: Bus;
  consumers: readonly Consumer[];
  log: Log;
  width?: number;
}): Inbox {
  const { db, bus, log, width = 4 } = o;
  const running = o.consumers.map((consumer) => {
    const settling = startSettling({ db, consumer, log, width });
    const take = (delivery: Delivery): void => settling.take(delivery);
    return { consumer, settling, intake: startIntake({ bus, consumer, log, take }) };
  });
  const retrying = setInterval(() => {
    if (o.consumers.length === 0) return;
    retryDue(db, o.consumers).catch((thrown: unknown) =>
      log.warn({ err: thrown }, 'parked events were not retried'),
    );
  }, retryEveryMs);
  return {
    settled: () => running.reduce((sum, { settling }) => sum + settling.settled(), 0),
    lag: async () => {
      const lags = running.map(async ({ consumer, intake }) => {
        return [consumer.key, await intake.lag()] as const;
      });
      return new Map(await Promise.all(lags));
    },
    stop: async () => {
      clearInterval(retrying);
      await Promise.all(running.map(({ intake }) => intake.stop()));
      await Promise.all(running.map(({ settling }) => settling.stop()));
    },
  };
}
