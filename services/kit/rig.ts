import { type Bus, createBus } from './bus.ts';
import { emit, type Topic, topic } from './events.ts';
import { fault } from './fault.ts';
import { type Consumer, consume } from './inbox.ts';
import { type Inbox, startInbox } from './inbox-runner.ts';
import { listParked, type ParkedEvent } from './parked.ts';
import { type Reconciler, startReconciler } from './reconcile.ts';
import { type Relay, startRelay } from './relay.ts';
import { tenantTable } from './tenancy.ts';
import { type Trial, type TrialDatabase, until } from './trial.ts';

/** Two organisations and an instant that tests speak of. */
export const creditor = '018f0000-0000-7000-8000-00000000000a';
export const other = '018f0000-0000-7000-8000-00000000000b';
export const at = Temporal.Instant.from('2026-03-01T00:00:00Z');

type Paid = { $case: 'paymentRecorded'; value: { cents: number } };
type Closed = { $case: 'caseClosed'; value: { why: string } };
export type TrialEvent = { event?: Paid | Closed | undefined };

export const paid = (cents: number): Paid => ({ $case: 'paymentRecorded', value: { cents } });
export const closed = (why: string): Closed => ({ $case: 'caseClosed', value: { why } });

/** Events as JSON; the kit does not care how they become bytes. */
export function trialTopic(service: string): Topic<TrialEvent> {
  return topic<TrialEvent>(service, {
    encode: (message) => ({ finish: () => Buffer.from(JSON.stringify(message)) }),
    decode: (input) => JSON.parse(Buffer.from(input).toString('utf8')) as TrialEvent,
  });
}

/** What a handler has done: one row per event it handled, with no key that would hide a repeat. */
const effectTable = tenantTable(
  'effect',
  `place bigint GENERATED ALWAYS AS IDENTITY, consumer text, aggregate_id text, version bigint,
   cents bigint, at timestamptz DEFAULT clock_timestamp(), PRIMARY KEY (org_id, place)`,
).replaceAll('{app}', 'trial_app');

export type Effect = { org_id: string; aggregate_id: string; version: bigint; cents: bigint };
export type OutboxRow = {
  id: string;
  aggregate_id: string;
  version: bigint;
  published_at: string | null;
};

/** A consumer that writes an effect per payment; `before` may fail or wait. */
export function writer(
  of: Topic<TrialEvent>,
  name: string,
  o: { gated?: boolean; before?: (cents: number) => Promise<void> } = {},
): Consumer {
  return consume({
    name,
    topic: of,
    gated: o.gated ?? false,
    handles: ['paymentRecorded'],
    handle: async (tx, event, envelope) => {
      if (event.$case !== 'paymentRecorded') throw fault('internal', 'not_cared_for');
      await o.before?.(event.value.cents);
      await tx.query(
        `INSERT INTO effect (org_id, consumer, aggregate_id, version, cents)
         VALUES ($1, $2, $3, $4, $5)`,
        [envelope.orgId, name, envelope.aggregateId, envelope.version, event.value.cents],
      );
    },
  });
}

/**
 * One service that tells itself of payments: a database, its stream, and what runs between them.
 */
export type EventRig = {
  place: TrialDatabase;
  bus: Bus;
  source: Topic<TrialEvent>;
  stream: string;
  relay(to?: Bus): Relay;
  reconciler(): Reconciler;
  inbox(...consumers: Consumer[]): Inbox;
  tell(orgId: string, aggregateId: string, ...events: (Paid | Closed)[]): Promise<void>;
  /** `each` payments on each of `aggregates` cases, one transaction each. */
  spread(aggregates: number, each: number): Promise<void>;
  effects(consumer: string): Promise<Effect[]>;
  untilEffects(consumer: string, count: number, seconds?: number): Promise<void>;
  outbox(): Promise<OutboxRow[]>;
  untilPublished(): Promise<void>;
  /** Ids of the events in the stream, in its order. */
  storedIds(): Promise<string[]>;
  parked(): Promise<ParkedEvent[]>;
  stop(): Promise<void>;
};

let rigs = 0;

export async function startRig(trial: Trial): Promise<EventRig> {
  rigs += 1;
  const place = await trial.database();
  await place.ask(effectTable);
  const bus = await createBus({ url: await trial.nats(), service: 'trial', log: trial.log });
  const source = trialTopic(`trial${rigs}`);
  const stream = source.service.toUpperCase();
  const running: { stop(): Promise<void> }[] = [];
  const keep = <T extends { stop(): Promise<void> }>(one: T): T => {
    running.push(one);
    return one;
  };
  const shared = { db: place.db, log: trial.log };
  const tell: EventRig['tell'] = (orgId, aggregateId, ...events) =>
    place.db.tenant(orgId, (tx) => emit(tx, source, { aggregateId, at }, events));
  const effects = (consumer: string): Promise<Effect[]> =>
    place.ask<Effect>(
      `SELECT org_id, aggregate_id, version, cents FROM effect WHERE consumer = $1 ORDER BY place`,
      [consumer],
    );
  const outbox = (): Promise<OutboxRow[]> =>
    place.ask('SELECT id, aggregate_id, version, published_at FROM outbox ORDER BY position');
  return {
    place,
    bus,
    source,
    stream,
    relay: (to = bus) => keep(startRelay({ ...shared, bus: to, service: source.service })),
    reconciler: () => keep(startReconciler({ ...shared, bus, service: source.service })),
    inbox: (...consumers) => keep(startInbox({ ...shared, bus, consumers })),
    tell,
    spread: async (aggregates, each) => {
      for (let n = 1; n <= each; n += 1) {
        const cases = Array.from({ length: aggregates }, (_, k) => `case-${k}`);
        await Promise.all(cases.map((id) => tell(creditor, id, paid(n))));
      }
    },
    effects,
    untilEffects: (consumer, count, seconds) =>
      until(async () => (await effects(consumer)).length >= count, `${count} effects`, seconds),
    outbox,
    untilPublished: () =>
      until(async () => (await outbox()).every((row) => row.published_at !== null), 'published'),
    storedIds: () => storedIds(bus, stream),
    parked: () => place.db.tenant(creditor, (tx) => listParked(tx)),
    stop: async () => {
      await Promise.all(running.splice(0).map((one) => one.stop()));
      await bus.stop();
    },
  };
}

async function storedIds(bus: Bus, stream: string): Promise<string[]> {
  const { state } = await bus.jsm.streams.info(stream);
  const ids: string[] = [];
  for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
    const message = await bus.jsm.streams.getMessage(stream, { seq });
    if (message) ids.push(message.header.get('Recourse-Event'));
  }
  return ids;
}
