import { setTimeout as sleep } from 'node:timers/promises';
import {
  AckPolicy,
  type Consumer as PullConsumer,
  type ConsumerInfo,
  type ConsumerMessages,
  DeliverPolicy,
  type JsMsg,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { type Bus, isNotFound, streamName } from './bus.ts';
import { envelopeOf, subjectOf } from './envelope.ts';
import type { Arrived, Consumer } from './inbox.ts';
import type { Log } from './log.ts';

/** A delivered event; exactly one of the three verbs ends it. */
export type Delivery = Arrived & {
  /** 1 at the first delivery. */
  deliveries: number;
  ack(): void;
  /** Gives it back, to come again after the milliseconds. */
  later(milliseconds: number): void;
  /** Never to be delivered again. */
  end(reason: string): void;
};

export type Intake = {
  lag(): Promise<number>;
  /** Takes no more; what is still held must be given back by its holder. */
  stop(): Promise<void>;
};

/** Held at most; twice this is what the broker lets all replicas hold together. */
const holdAtMost = 400;

/**
 * A killed replica's events come to another after this time; those who live say every third of it
 * that they are still at work, so that long work and a database that is away cost no deliveries.
 */
const ackWaitMs = 9_000;

/** Finite, as a guard; events are parked after far fewer failures (`parked.ts`). */
const maxDeliver = 200;

/**
 * The broker keeps back what nobody cares for; a delivery costs both sides more than the look at
 * its subject.
 */
function subjectsOf({ source, types }: Consumer): string[] {
  return (types ?? []).map((type) => subjectOf(source, type));
}

/**
 * Subjects are only ever added: during an upgrade replicas of the version before share the
 * consumer, and what they do not know of must not be taken from those that do. None is all.
 */
async function widen(bus: Bus, info: ConsumerInfo, wanted: readonly string[]): Promise<void> {
  const { filter_subject: one, filter_subjects: many = one === undefined ? [] : [one] } =
    info.config;
  const all = wanted.length === 0 ? [] : [...new Set([...many, ...wanted])];
  const missing = many.length === 0 ? all.length > 0 : all.length !== many.length;
  if (missing) {
    await bus.jsm.consumers.update(info.stream_name, info.name, { filter_subjects: all });
  }
}

async function ensureConsumer(bus: Bus, consumer: Consumer): Promise<PullConsumer> {
  const { name, source } = consumer;
  const stream = streamName(source);
  const subjects = subjectsOf(consumer);
  const { state } = await bus.ensureStream(source);
  try {
    const info = await bus.jsm.consumers.info(stream, name);
    // The stream was rolled back and the consumer was not: it would pass over what is republished.
    if (info.delivered.stream_seq > state.last_seq) {
      await bus.jsm.consumers.delete(stream, name);
    } else {
      await widen(bus, info, subjects);
      return await bus.js.consumers.get(stream, name);
    }
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown;
  }
  await bus.jsm.consumers.add(stream, {
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(ackWaitMs),
    max_deliver: maxDeliver,
    max_ack_pending: 10 * holdAtMost,
    ...(subjects.length === 0 ? {} : { filter_subjects: subjects }),
  });
  return bus.js.consumers.get(stream, name);
}

type Held = { messages: Set<JsMsg>; room: PromiseWithResolvers<void> };

function deliveryOf(message: JsMsg, held: Held): Delivery {
  const release = (): void => {
    held.messages.delete(message);
    if (held.messages.size < holdAtMost / 2) held.room.resolve();
  };
  held.messages.add(message);
  return {
    envelope: envelopeOf(message),
    payload: message.data,
    deliveries: message.info.deliveryCount,
    ack: () => {
      release();
      message.ack();
    },
    later: (milliseconds) => {
      release();
      message.nak(milliseconds);
    },
    end: (reason) => {
      release();
      message.term(reason);
    },
  };
}

/**
 * Pulls one consumer's events as long as there is room to hold them, and starts over when the
 * broker has lost the consumer or the stream.
 */
export function startIntake(o: {
  bus: Bus;
  consumer: Consumer;
  log: Log;
  take: (delivery: Delivery) => void;
}): Intake {
  const { bus, consumer, log } = o;
  const held: Held = { messages: new Set(), room: Promise.withResolvers() };
  const stopping = new AbortController();
  let current: ConsumerMessages | undefined;
  let round = new AbortController();

  const receive = (message: JsMsg): void => {
    try {
      const delivery = deliveryOf(message, held);
      // What nobody cares for needs no receipt; a gated consumer counts it all the same.
      if (!consumer.gated && !consumer.cares(delivery.envelope.type)) delivery.ack();
      else o.take(delivery);
    } catch (thrown) {
      held.messages.delete(message);
      log.error(
        { err: thrown, subject: message.subject, seq: message.seq },
        'not an event of ours',
      );
      message.term('not an event');
    }
  };

  const pull = async (from: PullConsumer): Promise<void> => {
    if (held.messages.size >= holdAtMost / 2) {
      held.room = Promise.withResolvers();
      await Promise.race([held.room.promise, sleep(1_000)]);
      return;
    }
    const max_messages = holdAtMost - held.messages.size;
    current = await from.fetch({ max_messages, expires: 5_000 });
    if (round.signal.aborted) current.stop();
    for await (const message of current) receive(message);
  };

  const run = async (): Promise<void> => {
    let pause = 50;
    while (!stopping.signal.aborted) {
      try {
        round = new AbortController();
        const from = await ensureConsumer(bus, consumer);
        pause = 50;
        while (!round.signal.aborted) await pull(from);
      } catch (thrown) {
        pause = Math.min(2_000, pause * 2);
        log.info({ err: thrown, consumer: consumer.key }, 'consumer starts over');
        await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };

  const atWork = setInterval(() => {
    for (const message of held.messages) message.working();
  }, ackWaitMs / 3);
  const stopListening = bus.onReconnect(() => {
    round.abort();
    current?.stop();
  });
  const running = run();
  return {
    lag: async () => {
      const info = await bus.jsm.consumers.info(streamName(consumer.source), consumer.name);
      return info.num_pending + info.num_ack_pending;
    },
    stop: async () => {
      stopping.abort();
      round.abort();
      stopListening();
      current?.stop();
      await running;
      clearInterval(atWork);
    },
  };
}
