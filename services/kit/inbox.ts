import type { Tx } from './db.ts';
import type { AnyEvent, Envelope, EventOf, Topic } from './events.ts';
import { Fault } from './fault.ts';

/**
 * What one service does with another's events; made by `consume`, run by `startInbox` of
 * inbox-runner.
 */
export type Consumer = {
  /** The consuming service, and the name of its durable consumer on the stream. */
  name: string;
  /** The service whose events these are. */
  source: string;
  /** `<name>:<source>`, as in receipts and parked events. */
  key: string;
  gated: boolean;
  /** Which cases the broker delivers; all when not given, as a gated consumer counts every one. */
  types?: readonly string[];
  cares(type: string): boolean;
  /** Nobody waits for its effect: a steady flow is gathered for longer. */
  unhurried: boolean;
  /** Decodes and handles one event in an open transaction of its organisation. */
  apply(tx: Tx, payload: Uint8Array, envelope: Envelope): Promise<void>;
  /** Handles several events of the organisation at once, where the consumer can. */
  applyAll?(tx: Tx, arrived: readonly Arrived[]): Promise<void>;
};

/** An event as it came in: what is said, and what is known of it. */
export type Arrived = { envelope: Envelope; payload: Uint8Array };

/** An event that has been read. */
export type Read<E extends AnyEvent> = { event: EventOf<E>; envelope: Envelope };

/**
 * Declares a consumer. The handler runs in one transaction of the event's organisation together
 * with its receipt, so it happens once whatever is repeated; it must come to the same result in any
 * order of arrival, unless `gated`: then version n comes only after n − 1 of the same aggregate. It
 * may run in one transaction with other events of the organisation; `handleAll` then gets them
 * together, in the order of arrival, so that it can work in sets. `handles` names the cases it
 * cares for. One that nobody watches at work is `unhurried`.
 */
export function consume<E extends AnyEvent>(o: {
  name: string;
  topic: Topic<E>;
  handle: (tx: Tx, event: EventOf<E>, envelope: Envelope) => Promise<void>;
  handleAll?: (tx: Tx, read: readonly Read<E>[]) => Promise<void>;
  handles?: readonly EventOf<E>['$case'][];
  gated?: boolean;
  unhurried?: boolean;
}): Consumer {
  const { handleAll } = o;
  const applyAll = async (tx: Tx, arrived: readonly Arrived[]): Promise<void> => {
    const read = arrived.flatMap(({ payload, envelope }) => {
      const { event } = decode(o.topic, payload, envelope);
      return event === undefined ? [] : [{ event, envelope }];
    });
    await handleAll?.(tx, read);
  };
  const cared = o.handles === undefined ? undefined : new Set<string>(o.handles);
  return {
    name: o.name,
    source: o.topic.service,
    key: `${o.name}:${o.topic.service}`,
    gated: o.gated ?? false,
    unhurried: o.unhurried ?? false,
    ...(o.handles === undefined || o.gated ? {} : { types: o.handles }),
    cares: (type) => cared?.has(type) ?? true,
    apply: async (tx, payload, envelope) => {
      const { event } = decode(o.topic, payload, envelope);
      // A case that a newer producer has added: nobody here can care for it yet.
      if (event === undefined) return;
      await o.handle(tx, event, envelope);
    },
    ...(handleAll === undefined ? {} : { applyAll }),
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
