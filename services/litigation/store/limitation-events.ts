import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { Actor, FileRef } from '@recourse/proto/type/v1/type.ts';
import type { DebtEvent, Proof } from '../domain/debt.ts';

type Row = {
  eventId: string;
  debtId: string;
  kind: string;
  on: string;
  proof: Proof;
  source: string;
  note: string;
  evidence: unknown;
  details: DebtEvent['details'] | null;
  receivableIds: string[];
  actor: unknown;
  recordedAt: string;
  struck: boolean;
  strikeReason: string;
};

function eventFrom(row: Row): DebtEvent {
  return {
    ...row,
    details: row.details ?? {},
    evidence: row.evidence === null ? undefined : FileRef.fromJSON(row.evidence),
    actor: row.actor === null ? undefined : Actor.fromJSON(row.actor),
  };
}

const columns = `e.event_id AS "eventId", e.kind, e.happened_on AS "on", e.proof, e.source, e.note,
  e.evidence, e.details, e.actor, e.recorded_at AS "recordedAt", e.struck,
  e.strike_reason AS "strikeReason"`;

/** The receivables that debts have in common with others: those of a case that was withdrawn. */
const inCommon = `
  SELECT mine.debt_id, theirs.debt_id AS other_id, array_agg(mine.receivable_id) AS receivable_ids
    FROM claim mine JOIN claim theirs ON theirs.org_id = mine.org_id
     AND theirs.receivable_id = mine.receivable_id AND theirs.debt_id <> mine.debt_id
   WHERE mine.org_id = $1 AND mine.debt_id = ANY ($2::uuid[]) GROUP BY 1, 2`;

/**
 * The events of debts by their days; a reversal whose payment was never told is not among them.
 * What happened to a receivable in another case happened to it all the same: such events are given
 * for the receivables that both have.
 */
export async function eventsOf(tx: Tx, debtIds: readonly string[]): Promise<DebtEvent[]> {
  const rows = await tx.query<Row>(
    `WITH common AS (${inCommon})
     SELECT ${columns}, e.debt_id AS "debtId", e.receivable_ids AS "receivableIds"
       FROM limitation_event e
      WHERE e.org_id = $1 AND e.debt_id = ANY ($2::uuid[]) AND e.kind IS NOT NULL
      UNION ALL
     SELECT ${columns}, c.debt_id,
            CASE WHEN cardinality(e.receivable_ids) = 0 THEN c.receivable_ids
                 ELSE ARRAY(SELECT unnest(e.receivable_ids)
                            INTERSECT SELECT unnest(c.receivable_ids)) END
       FROM common c JOIN limitation_event e ON e.org_id = $1 AND e.debt_id = c.other_id
        AND (cardinality(e.receivable_ids) = 0 OR e.receivable_ids && c.receivable_ids)
      WHERE e.kind IS NOT NULL
      ORDER BY "on", "eventId"`,
    [tx.orgId, debtIds],
  );
  return rows.map(eventFrom);
}

/** These debts, and others that have receivables in common with them. */
export async function withRelated(tx: Tx, debtIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ otherId: string }>(
    `WITH common AS (${inCommon}) SELECT DISTINCT other_id AS "otherId" FROM common`,
    [tx.orgId, debtIds],
  );
  return [...new Set([...debtIds, ...rows.map((row) => row.otherId)])].toSorted();
}

/**
 * Adds an event, or fills in one of which only the reversal was known. An event that is there is
 * left as it is; with `replace` its day follows (a corrected stage). Fault: `exists`
 * event_exists_with_other_content, when `strict`.
 */
export async function addEvent(
  tx: Tx,
  event: DebtEvent,
  how: { strict?: boolean; replace?: boolean } = {},
): Promise<void> {
  const { debtId, kind, on, proof, note, evidence, details, actor } = event;
  const { receivableIds } = event;
  // What names no claims and no details hashes as it did before they could be named.
  const named = receivableIds.length === 0 ? {} : { receivableIds: receivableIds.toSorted() };
  const more = Object.keys(details).length === 0 ? {} : { details };
  const content = { debtId, kind, on, proof, note, fileId: evidence?.fileId, ...named, ...more };
  const hash = contentHash(content);
  const guard = how.replace === true ? 'true' : 'limitation_event.kind IS NULL';
  await tx.query(
    `INSERT INTO limitation_event (org_id, event_id, debt_id, kind, happened_on, proof, source,
       note, evidence, details, actor, recorded_at, content_hash, receivable_ids)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb, $11::jsonb, $12, $13, $14)
     ON CONFLICT (org_id, event_id) DO UPDATE SET kind = excluded.kind,
       happened_on = excluded.happened_on, proof = excluded.proof, source = excluded.source,
       details = excluded.details, receivable_ids = excluded.receivable_ids WHERE ${guard}`,
    [
      tx.orgId,
      event.eventId,
      debtId,
      kind,
      on,
      proof,
      event.source,
      note,
      evidence === undefined ? null : JSON.stringify(FileRef.toJSON(evidence)),
      JSON.stringify(details),
      actor === undefined ? null : JSON.stringify(Actor.toJSON(actor)),
      event.recordedAt,
      hash,
      receivableIds,
    ],
  );
  if (how.strict !== true) return;
  const [row] = await tx.query<{ hash: string }>(
    'SELECT content_hash AS hash FROM limitation_event WHERE org_id = $1 AND event_id = $2',
    [tx.orgId, event.eventId],
  );
  if (row?.hash !== hash) throw fault('exists', 'event_exists_with_other_content');
}

/** Strikes an event; one that has not been told yet is struck when it comes. */
export async function strikeEvent(
  tx: Tx,
  struck: { eventId: string; debtId: string; reason: string; at: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO limitation_event (org_id, event_id, debt_id, recorded_at, struck, strike_reason)
     VALUES ($1, $2, $3, $4, true, $5)
     ON CONFLICT (org_id, event_id) DO UPDATE SET struck = true,
       strike_reason = excluded.strike_reason WHERE NOT limitation_event.struck`,
    [tx.orgId, struck.eventId, struck.debtId, struck.at, struck.reason],
  );
}

export type ToldAlarm = {
  debtId: string;
  /** Whether of the debt's clock or of the guarantor's period. */
  about: 'debt' | 'guarantor';
  expiresOn: string;
  days: number;
};

/** The alarms told of debts: by debt, the days before which expiry. */
export async function alarmsOf(tx: Tx, debtIds: readonly string[]): Promise<ToldAlarm[]> {
  return tx.query(
    `SELECT debt_id AS "debtId", about, expires_on AS "expiresOn", days FROM limitation_alarm
      WHERE org_id = $1 AND debt_id = ANY ($2::uuid[]) ORDER BY days DESC`,
    [tx.orgId, debtIds],
  );
}

export async function keepAlarm(tx: Tx, alarm: ToldAlarm, at: Temporal.Instant): Promise<void> {
  await tx.query(
    `INSERT INTO limitation_alarm (org_id, debt_id, about, expires_on, days, told_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [tx.orgId, alarm.debtId, alarm.about, alarm.expiresOn, alarm.days, at.toString()],
  );
}
