import type { Tx } from './db.ts';
import { fault } from './fault.ts';
import type { Arrived, Consumer } from './inbox.ts';
import { resumed, traced } from './trace.ts';

/**
 * Applies events of one organisation with their receipts, in this transaction: all or none. Repeats
 * are left out. Gives back those that came too early for a gated consumer; they have no receipt.
 */
export async function applyEvents<A extends Arrived>(
  tx: Tx,
  consumer: Consumer,
  arrived: readonly A[],
): Promise<A[]> {
  const { due, early } = consumer.gated
    ? await gate(tx, consumer, arrived)
    : { due: arrived, early: [] };
  const fresh = await writeReceipts(tx, consumer.key, due);
  if (consumer.gated && fresh.length !== due.length) {
    // Another replica has just applied one of these; the versions read above are no longer true.
    throw fault('unavailable', 'event_is_being_applied');
  }
  const wanted = fresh.filter(({ envelope }) => consumer.cares(envelope.type));
  const { applyAll } = consumer;
  if (applyAll !== undefined && wanted.length > 1) {
    await inTraceOf(wanted, () => applyAll(tx, wanted));
  } else {
    for (const one of wanted) {
      await inTraceOf([one], () => consumer.apply(tx, one.payload, one.envelope));
    }
  }
  if (consumer.gated) await keepVersions(tx, consumer.key, fresh);
  return early;
}

/**
 * What an event makes the service tell, ask and log belongs to the trace that the event began in.
 */
function inTraceOf(arrived: readonly Arrived[], work: () => Promise<void>): Promise<void> {
  const { type = '', traceparent } = arrived[0]?.envelope ?? {};
  const about = { kind: 'consumer', parent: traceparent } as const;
  return resumed(traceparent, () => traced(`process ${type}`, about, work));
}

async function writeReceipts<A extends Arrived>(
  tx: Tx,
  key: string,
  arrived: readonly A[],
): Promise<A[]> {
  if (arrived.length === 0) return [];
  const rows = await tx.query<{ event_id: string }>(
    `INSERT INTO inbox_receipt (org_id, consumer, event_id)
     SELECT $1, $2, id FROM unnest($3::uuid[]) AS id ON CONFLICT DO NOTHING RETURNING event_id`,
    [tx.orgId, key, arrived.map(({ envelope }) => envelope.id)],
  );
  const written = new Set(rows.map((row) => row.event_id));
  // A message that was delivered twice stands twice in the batch and is applied at its first place.
  return arrived.filter(({ envelope }) => written.delete(envelope.id));
}

async function receivedIds(tx: Tx, key: string, arrived: readonly Arrived[]): Promise<Set<string>> {
  const rows = await tx.query<{ event_id: string }>(
    `SELECT event_id FROM inbox_receipt
      WHERE org_id = $1 AND consumer = $2 AND event_id = ANY ($3::uuid[])`,
    [tx.orgId, key, arrived.map(({ envelope }) => envelope.id)],
  );
  return new Set(rows.map((row) => row.event_id));
}

/** The last version applied per aggregate, locked until the transaction ends. */
async function lastVersions(
  tx: Tx,
  key: string,
  arrived: readonly Arrived[],
): Promise<Map<string, number>> {
  const ids = [...new Set(arrived.map(({ envelope }) => envelope.aggregateId))];
  const rows = await tx.query<{ aggregate_id: string; version: bigint }>(
    `SELECT aggregate_id, version FROM inbox_version
      WHERE org_id = $1 AND consumer = $2 AND aggregate_id = ANY ($3::text[])
      ORDER BY aggregate_id FOR UPDATE`,
    [tx.orgId, key, ids],
  );
  return new Map(rows.map((row) => [row.aggregate_id, Number(row.version)]));
}

/** Parts what may be applied now from what must wait for an earlier version of its aggregate. */
async function gate<A extends Arrived>(
  tx: Tx,
  consumer: Consumer,
  arrived: readonly A[],
): Promise<{ due: A[]; early: A[] }> {
  const last = await lastVersions(tx, consumer.key, arrived);
  const received = await receivedIds(tx, consumer.key, arrived);
  const due: A[] = [];
  const early: A[] = [];
  for (const one of arrived.toSorted((a, b) => a.envelope.version - b.envelope.version)) {
    const { id, aggregateId, version } = one.envelope;
    const before = last.get(aggregateId) ?? 0;
    if (received.has(id) || version <= before) continue;
    if (version > before + 1) {
      early.push(one);
    } else {
      due.push(one);
      last.set(aggregateId, version);
    }
  }
  return { due, early };
}

/** Remembers the newest version applied; `parked.ts` does so for what was parked in between. */
export async function keepVersions(
  tx: Tx,
  key: string,
  applied: readonly Arrived[],
): Promise<void> {
  if (applied.length === 0) return;
  await tx.query(
    `INSERT INTO inbox_version AS v (org_id, consumer, aggregate_id, version)
     SELECT $1, $2, a.id, max(a.version)
       FROM unnest($3::text[], $4::bigint[]) AS a(id, version) GROUP BY a.id ORDER BY a.id
     ON CONFLICT (org_id, consumer, aggregate_id)
     DO UPDATE SET version = greatest(v.version, EXCLUDED.version)`,
    [
      tx.orgId,
      key,
      applied.map(({ envelope }) => envelope.aggregateId),
      applied.map(({ envelope }) => envelope.version),
    ],
  );
}
