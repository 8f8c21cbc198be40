import type { Tx } from './db.ts';
import { fault } from './fault.ts';
import { currentTrace } from './trace.ts';

/** Any service's one event message: a ts-proto oneof called `event`. */
export type AnyEvent = { event?: { $case: string; value: unknown } | undefined };

/** A case of the event with its value. */
export type EventOf<E extends AnyEvent> = NonNullable<E['event']>;

/** How events become bytes; ts-proto's generated message object fits. */
export type EventCodec<E> = {
  encode(message: E): { finish(): Uint8Array };
  decode(input: Uint8Array): E;
};

/** All events of one service: one JetStream stream, one protobuf message. */
export type Topic<E extends AnyEvent> = { service: string; codec: EventCodec<E> };

export function topic<E extends AnyEvent>(service: string, codec: EventCodec<E>): Topic<E> {
  return { service, codec };
}

/** Who did it, as far as others may know. */
export type Actor = { userId: string; name: string; orgId: string; orgName: string };

/** What is known of every event, whatever it says. */
export type Envelope = {
  /** Fixed when the event is written; repeats of the event carry the same one. */
  id: string;
  orgId: string;
  /** The case of the service's event message: `paymentRecorded`. */
  type: string;
  aggregateId: string;
  /** 1, 2, 3, … per organisation and aggregate, in the order of the commits. */
  version: number;
  at: Temporal.Instant;
  actor?: Actor;
  /** Organisations whose screens are told. */
  audience: readonly string[];
  traceparent?: string;
};

export type About = {
  aggregateId: string;
  at: Temporal.Instant;
  /** Organisations whose screens are told; the transaction's own when not given. */
  audience?: readonly string[];
  actor?: Actor;
  traceparent?: string;
};

/** NATS takes messages of 1 MiB; headers and growth get the rest. Larger news is told in chunks. */
const maxPayloadBytes = 900 * 1024;

/** The relay's lanes: events of one aggregate share a lane. A power of two that must not change. */
export const laneCount = 8;

/**
 * `paymentRecorded` is told as noun `payment`, verb `recorded`; `bulkOfferMade` as `bulk_offer`.
 */
export function typeWords(type: string): { noun: string; verb: string } {
  const words = type.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
  const verb = words.pop() ?? type;
  return { noun: words.join('_') || type, verb };
}

const outboxColumns =
  'org_id, lane, aggregate_id, version, type, payload, audience, actor, traceparent, at, ' +
  'request_id';
const laneSql = (id: string): string =>
  `hashtext($1::uuid::text || ${id}::text) & ${laneCount - 1}`;

/** The usual case, at half the cost of the other: one event. */
const insertOne = `
  WITH counted AS (
    INSERT INTO aggregate_version AS v (org_id, aggregate_id, version) VALUES ($1, $2, 1)
    ON CONFLICT (org_id, aggregate_id) DO UPDATE SET version = v.version + 1 RETURNING version)
  INSERT INTO outbox (${outboxColumns})
  SELECT $1, ${laneSql('$2')}, $2, version, $3, $4, $5::uuid[], $6::jsonb, $7, $8, $9
    FROM counted`;

const insertMany = `
  WITH told AS (
    SELECT * FROM unnest($2::text[], $3::text[], $4::bytea[], $5::text[], $6::jsonb[], $7::text[],
                         $8::timestamptz[], $9::int[])
      WITH ORDINALITY AS t(aggregate_id, type, payload, audience, actor, trace, at, later, place)),
  counted AS (
    INSERT INTO aggregate_version AS v (org_id, aggregate_id, version)
    SELECT $1, aggregate_id, count(*) FROM told GROUP BY aggregate_id ORDER BY aggregate_id
    ON CONFLICT (org_id, aggregate_id) DO UPDATE SET version = v.version + EXCLUDED.version
    RETURNING aggregate_id, version)
  INSERT INTO outbox (${outboxColumns})
  SELECT $1, ${laneSql('t.aggregate_id')}, t.aggregate_id, c.version - t.later, t.type, t.payload,
         t.audience::uuid[], t.actor, t.trace, t.at, $10
    FROM told t JOIN counted c USING (aggregate_id) ORDER BY t.place`;

/** One aggregate with what happened to it. */
export type Told<E extends AnyEvent> = { about: About; events: readonly EventOf<E>[] };

/**
 * Writes events of one aggregate to the outbox, within the transaction that made them true. Ids and
 * versions are fixed here; a lock on the aggregate's version holds other writers of its events back
 * until the commit. Faults: `internal` event_too_large (tell it in chunks).
 */
export async function emit<E extends AnyEvent>(
  tx: Tx,
  to: Topic<E>,
  about: About,
  events: readonly EventOf<E>[],
): Promise<void> {
  await emitAll(tx, to, [{ about, events }]);
}

/** The same for many aggregates in one statement; a thousand at a time are well under 100 ms. */
export async function emitAll<E extends AnyEvent>(
  tx: Tx,
  to: Topic<E>,
  told: readonly Told<E>[],
): Promise<void> {
  const rows = told.flatMap(({ about, events }) =>
    events.map((event) => rowOf(tx, about, event.$case, payload(to, event))),
  );
  const [first] = rows;
  if (first === undefined) return;
  const requestId = currentTrace()?.requestId ?? null;
  const written =
    rows.length === 1
      ? tx.query(insertOne, [tx.orgId, ...first, requestId])
      : tx.query(insertMany, [tx.orgId, ...columnsOf(rows), requestId]);
  tx.withCommit(written);
  tx.wake('relay');
}

type Row = ReturnType<typeof rowOf>;

function rowOf(tx: Tx, about: About, type: string, bytes: Buffer) {
  const { aggregateId, audience = [tx.orgId], actor, at } = about;
  const traceparent = about.traceparent ?? currentTrace()?.traceparent ?? null;
  const actorText = actor === undefined ? null : JSON.stringify(actor);
  const orgIds = `{${audience.join(',')}}`;
  return [aggregateId, type, bytes, orgIds, actorText, traceparent, at.toString()] as const;
}

/** Rows as columns, for unnest; the last column is each row's distance to its newest version. */
function columnsOf(rows: readonly Row[]): unknown[] {
  const columns = [0, 1, 2, 3, 4, 5, 6].map((column) => rows.map((row) => row[column]));
  return [...columns, countLater(rows.map(([aggregateId]) => aggregateId))];
}

function payload<E extends AnyEvent>(to: Topic<E>, event: EventOf<E>): Buffer {
  const bytes = Buffer.from(to.codec.encode({ event } as E).finish());
  if (bytes.length > maxPayloadBytes) {
    throw fault('internal', 'event_too_large', { type: event.$case, bytes: bytes.length });
  }
  return bytes;
}

/** For each place, how many later places hold the same id: the distance to its newest version. */
function countLater(ids: readonly string[]): number[] {
  const seen = new Map<string, number>();
  const later: number[] = [];
  for (let place = ids.length - 1; place >= 0; place -= 1) {
    const id = ids[place] ?? '';
    const count = seen.get(id) ?? 0;
    later[place] = count;
    seen.set(id, count + 1);
  }
  return later;
}
