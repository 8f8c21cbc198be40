import type { Db, Tx } from './db.ts';
import { keepVersions } from './effect.ts';
import { type EnvelopeRow, envelopeOfRow } from './envelope.ts';
import { type Fault, type FaultKind, fault, faultFrom } from './fault.ts';
import type { Arrived, Consumer } from './inbox.ts';

/** How often an event is tried: what will not change by itself few times, what may heal often. */
const triesOfDefinite = 5;
const triesOfPassing = 30;
const passing: ReadonlySet<FaultKind> = new Set([
  'unavailable',
  'expired',
  'cancelled',
  'stale',
  'exhausted',
]);

/**
 * Reason of an event that a gated consumer could not apply before an earlier one that never came.
 */
export const waitsForEarlier = 'waits_for_earlier';

export type Failure = { attempts: number; parked: boolean };

/** An event that could not be handled, as the people see it who have to decide. */
export type ParkedEvent = {
  consumer: string;
  eventId: string;
  orgId: string;
  state: 'failing' | 'parked' | 'retry' | 'discarded';
  type: string;
  aggregateId: string;
  version: bigint;
  attempts: number;
  reason: string;
  detail: string;
  firstFailedAt: string;
  lastFailedAt: string;
};

function limitOf(failure: Fault): number {
  if (failure.reason === 'event_is_malformed') return 1;
  return passing.has(failure.kind) ? triesOfPassing : triesOfDefinite;
}

/** The columns that every row has, whatever it is written for. */
const insertRow = `INSERT INTO parked_event AS p (org_id, consumer, event_id, aggregate_id, version,
    type, payload, audience, actor, traceparent, at, reason, detail, attempts, unfinished, state)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13`;

function rowOf(tx: Tx, key: string, { envelope, payload }: Arrived, failure: Fault): unknown[] {
  const { actor } = envelope;
  return [
    tx.orgId,
    key,
    envelope.id,
    envelope.aggregateId,
    envelope.version,
    envelope.type,
    Buffer.from(payload),
    envelope.audience,
    actor === undefined ? null : JSON.stringify(actor),
    envelope.traceparent ?? null,
    envelope.at,
    failure.reason,
    describe(failure),
  ];
}

/**
 * Notes that handling an event has failed once more; at the limit of its kind of fault it is parked
 * and gets its receipt, so that the stream goes on without it.
 */
export async function recordFailure(
  tx: Tx,
  key: string,
  arrived: Arrived,
  thrown: unknown,
  limit?: number,
): Promise<Failure> {
  const failure = faultFrom(thrown);
  const [row] = await tx.query<{ attempts: number; state: string }>(
    `${insertRow}, 1, 0, CASE WHEN 1 >= $14::int THEN 'parked' ELSE 'failing' END)
     ON CONFLICT (org_id, consumer, event_id) DO UPDATE SET
        attempts = p.attempts + 1, unfinished = 0, reason = EXCLUDED.reason,
        detail = EXCLUDED.detail, last_failed_at = now(),
        state = CASE WHEN p.attempts + 1 >= $14::int THEN 'parked' ELSE 'failing' END
     RETURNING attempts, state`,
    [...rowOf(tx, key, arrived, failure), limit ?? limitOf(failure)],
  );
  const parked = row?.state === 'parked';
  if (parked) await writeReceipt(tx, key, arrived);
  return { attempts: row?.attempts ?? 1, parked };
}

/**
 * Notes that an event that has come often is now begun, so that one that ends the process each time
 * is found out: after three unfinished attempts it is parked untried. True when it is.
 */
export async function beginAttempt(tx: Tx, key: string, arrived: Arrived): Promise<boolean> {
  const unfinished = fault('internal', 'handler_did_not_finish');
  const [row] = await tx.query<{ state: string }>(
    `${insertRow}, 0, 1, 'failing')
     ON CONFLICT (org_id, consumer, event_id) DO UPDATE SET unfinished = p.unfinished + 1,
        state = CASE WHEN p.unfinished >= 3 THEN 'parked' ELSE p.state END,
        reason = CASE WHEN p.unfinished >= 3 THEN EXCLUDED.reason ELSE p.reason END,
        detail = CASE WHEN p.unfinished >= 3 THEN EXCLUDED.detail ELSE p.detail END
     RETURNING state`,
    rowOf(tx, key, arrived, unfinished),
  );
  const parked = row?.state !== 'failing';
  if (parked) await writeReceipt(tx, key, arrived);
  return parked;
}

async function writeReceipt(tx: Tx, key: string, { envelope }: Arrived): Promise<void> {
  await tx.query(
    `INSERT INTO inbox_receipt (org_id, consumer, event_id) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING`,
    [tx.orgId, key, envelope.id],
  );
}

/**
 * Kind, reason, facts and the first cause, for the person who reads the list: at most 1,000 signs,
 * and none that PostgreSQL cannot store.
 */
function describe(failure: Fault): string {
  const facts = Object.entries(failure.facts).map(([name, value]) => `${name}=${value}`);
  const cause = failure.cause instanceof Error ? failure.cause.message : '';
  return [failure.message, ...facts, cause]
    .filter((part) => part !== '')
    .join(' · ')
    .replaceAll('\0', '')
    .slice(0, 1000);
}

/** Removes the note of an earlier failure, in the transaction that applied the event after all. */
export async function forgetFailures(
  tx: Tx,
  key: string,
  arrived: readonly Arrived[],
): Promise<void> {
  await tx.query(
    `DELETE FROM parked_event WHERE org_id = $1 AND consumer = $2
        AND event_id = ANY ($3::uuid[]) AND state = 'failing'`,
    [tx.orgId, key, arrived.map(({ envelope }) => envelope.id)],
  );
}

/**
 * An organisation's events that failed, the newest failure first; `failing` ones are still tried.
 */
export async function listParked(tx: Tx, limit = 100): Promise<ParkedEvent[]> {
  return tx.query<ParkedEvent>(
    `SELECT consumer, event_id AS "eventId", org_id AS "orgId", state, type,
            aggregate_id AS "aggregateId", version, attempts, reason, detail,
            first_failed_at AS "firstFailedAt", last_failed_at AS "lastFailedAt"
       FROM parked_event WHERE org_id = $1 ORDER BY last_failed_at DESC, event_id LIMIT $2`,
    [tx.orgId, limit],
  );
}

async function decide(tx: Tx, key: string, eventId: string, state: string): Promise<void> {
  const changed = await tx.query(
    `UPDATE parked_event SET state = $4 WHERE org_id = $1 AND consumer = $2 AND event_id = $3
        AND state IN ('parked', 'discarded') RETURNING event_id`,
    [tx.orgId, key, eventId, state],
  );
  if (changed.length === 0) throw fault('missing', 'parked_event_not_found', { eventId });
}

/** Asks that a parked event be tried once more; the inbox does so within two seconds. */
export async function retryParked(tx: Tx, key: string, eventId: string): Promise<void> {
  await decide(tx, key, eventId, 'retry');
}

/**
 * Decides that an event shall have no effect. It stays listed for 30 days and may still be retried.
 */
export async function discardParked(tx: Tx, key: string, eventId: string): Promise<void> {
  await decide(tx, key, eventId, 'discarded');
}

type Due = { org_id: string; consumer: string; event_id: string };

/** What a person wants tried again, and gated events whose earlier one has been applied since. */
function dueForRetry(db: Db, keys: readonly string[]): Promise<Due[]> {
  return db.system((tx) =>
    tx.query<Due>(
      `SELECT org_id, consumer, event_id FROM parked_event p
        WHERE consumer = ANY ($1::text[]) AND (state = 'retry' OR (state = 'parked'
          AND reason = $2 AND EXISTS (SELECT FROM inbox_version v WHERE v.org_id = p.org_id
            AND v.consumer = p.consumer AND v.aggregate_id = p.aggregate_id
            AND v.version >= p.version - 1)))
        ORDER BY version LIMIT 200`,
      [keys, waitsForEarlier],
    ),
  );
}

/** Applies one parked event and removes it; it has had its receipt since it was parked. */
async function applyParked(tx: Tx, consumer: Consumer, eventId: string): Promise<boolean> {
  const [row] = await tx.query<EnvelopeRow & { payload: Buffer }>(
    `SELECT * FROM parked_event WHERE org_id = $1 AND consumer = $2 AND event_id = $3
        AND state IN ('retry', 'parked') FOR UPDATE SKIP LOCKED`,
    [tx.orgId, consumer.key, eventId],
  );
  if (row === undefined) return false;
  const envelope = envelopeOfRow(eventId, row);
  if (consumer.cares(envelope.type)) await consumer.apply(tx, row.payload, envelope);
  if (consumer.gated) await keepVersions(tx, consumer.key, [{ envelope, payload: row.payload }]);
  await tx.query('DELETE FROM parked_event WHERE org_id = $1 AND consumer = $2 AND event_id = $3', [
    tx.orgId,
    consumer.key,
    eventId,
  ]);
  return true;
}

/** Tries everything again that is due for it; returns how many events have had their effect now. */
export async function retryDue(db: Db, consumers: readonly Consumer[]): Promise<number> {
  const byKey = new Map(consumers.map((consumer) => [consumer.key, consumer]));
  let applied = 0;
  for (const due of await dueForRetry(db, [...byKey.keys()])) {
    const consumer = byKey.get(due.consumer);
    if (consumer === undefined) continue;
    try {
      const done = await db.tenant(due.org_id, (tx) => applyParked(tx, consumer, due.event_id));
      if (done) applied += 1;
    } catch (thrown) {
      const failure = faultFrom(thrown);
      await db.tenant(due.org_id, (tx) =>
        tx.query(
          `UPDATE parked_event SET state = 'parked', attempts = attempts + 1, reason = $4,
              detail = $5, last_failed_at = now()
            WHERE org_id = $1 AND consumer = $2 AND event_id = $3`,
          [due.org_id, due.consumer, due.event_id, failure.reason, describe(failure)],
        ),
      );
    }
  }
  return applied;
}
