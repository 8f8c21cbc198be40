import type { Crypto } from '@recourse/kit/crypto.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emitAll } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { namedUuid } from '@recourse/kit/hash.ts';
import { page, unlessEmpty, where } from '@recourse/kit/page.ts';
import type { PageRequest } from '@recourse/proto/type/v1/type.ts';
import type { AlertState } from '../domain/alert.ts';
import type { EntrySeen, Hit, Reason } from '../domain/screening.ts';
import { blacklistTopic } from '../topic.ts';
import { entryColumns, entryFrom, openEntries } from './entries.ts';
import { addHits } from './look-ups.ts';

/** A customer and what was found of it. */
export type Found = { customerId: string; hit: Hit };

export type AlertRow = {
  alertId: string;
  customerId: string;
  customerName: string;
  creditCode: string;
  listingId: string;
  state: AlertState;
  score: number;
  reasons: Reason[];
  foundAt: string;
  settledAt: string | null;
  note: string;
  version: bigint;
};

function hitEvent(alertId: string, { customerId, hit }: Found, at: Temporal.Instant) {
  const { listingId, associationId, category, amountBand, disputed, expiresOn } = hit.entry;
  const value = {
    customerId,
    alertId,
    listingId,
    associationId,
    disputed,
    expiresOn,
    category: `CATEGORY_${category}` as const,
    amountBand: `AMOUNT_BAND_${amountBand}` as const,
    foundAt: at.toString(),
  };
  return {
    about: { aggregateId: alertId, at },
    events: [{ $case: 'customerHit' as const, value }],
  };
}

export async function tellHit(
  tx: Tx,
  alertId: string,
  found: Found,
  at: Temporal.Instant,
): Promise<void> {
  await emitAll(tx, blacklistTopic, [hitEvent(alertId, found, at)]);
}

type Cleared = { alertId: string; customerId: string; listingId: string };

export async function tellCleared(
  tx: Tx,
  cleared: readonly Cleared[],
  at: Temporal.Instant,
): Promise<void> {
  await emitAll(
    tx,
    blacklistTopic,
    cleared.map((value) => ({
      about: { aggregateId: value.alertId, at },
      events: [{ $case: 'customerCleared' as const, value }],
    })),
  );
}

/** Reasons as they are kept: what they tell of a natural person's name stays out. */
function keptReasons({ entry, reasons }: Hit): Reason[] {
  return entry.kind === 'PERSON' ? reasons.map(({ name }) => ({ name, detail: '' })) : [...reasons];
}

/**
 * Raises alerts that are not there yet. One that was possible and is now proven, and one whose
 * entry came back, count as new; what a person has ruled out stays ruled out. Proven ones are told,
 * and each leaves with its entry that it was looked up.
 */
export async function raiseAlerts(
  tx: Tx,
  found: readonly Found[],
  at: Temporal.Instant,
): Promise<void> {
  const told = [];
  for (const one of found) {
    const { customerId, hit } = one;
    const { listingId, associationId } = hit.entry;
    const alertId = namedUuid(customerId, listingId);
    const rows = await tx.query(
      `INSERT INTO alert AS a (org_id, alert_id, customer_id, listing_id, association_id, state,
              score, reasons, found_at, note, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, '', 1)
       ON CONFLICT (org_id, alert_id) DO UPDATE SET state = excluded.state, score = excluded.score,
         reasons = excluded.reasons, found_at = excluded.found_at, settled_at = NULL,
         version = a.version + 1
       WHERE a.state = 'CLEARED' OR (a.state = 'POSSIBLE' AND excluded.state = 'CONFIRMED')
       RETURNING alert_id`,
      [
        tx.orgId,
        alertId,
        customerId,
        listingId,
        associationId,
        hit.identified ? 'CONFIRMED' : 'POSSIBLE',
        hit.score,
        JSON.stringify(keptReasons(hit)),
        at,
      ],
    );
    if (rows.length === 0) continue;
    await addHits(tx, { lookUpId: alertId, purpose: 'MONITORING', at: at.toString() }, [hit]);
    if (hit.identified) told.push(hitEvent(alertId, one, at));
  }
  await emitAll(tx, blacklistTopic, told);
}

/** Present customers whose code is listed by others and of whom no alert tells so yet. */
export async function newlyIdentified(tx: Tx, crypto: Crypto): Promise<Found[]> {
  const rows = await tx.query<EntrySeen & { customerId: string }>(
    `SELECT c.customer_id AS "customerId", ${entryColumns} ${entryFrom}
       JOIN present_customer c ON c.org_id = $1 AND c.credit_code = e.credit_code
      WHERE e.shown AND e.credit_code <> '' AND e.org_id <> $1
        AND NOT EXISTS (SELECT FROM alert x WHERE x.org_id = $1
              AND x.customer_id = c.customer_id AND x.listing_id = e.listing_id
              AND x.state IN ('CONFIRMED', 'NAMESAKE'))
      LIMIT 500`,
    [tx.orgId],
  );
  const entries = await openEntries(crypto, rows);
  return rows.flatMap(({ customerId }, at) => {
    const entry = entries[at];
    if (entry === undefined) return [];
    const reasons = [{ name: 'credit_code_equal', detail: '' }];
    return [{ customerId, hit: { entry, identified: true, score: 100, reasons, asksFor: '' } }];
  });
}

/** Ends the alerts of entries that are gone; a customer that was proven listed is told clear. */
export async function clearGone(tx: Tx, at: Temporal.Instant): Promise<void> {
  const rows = await tx.query<Cleared & { before: AlertState }>(
    `WITH gone AS (
       SELECT a.alert_id, a.state AS before FROM alert a
        WHERE a.org_id = $1 AND a.state IN ('POSSIBLE', 'CONFIRMED')
          AND NOT EXISTS (SELECT FROM entry e
                           WHERE e.listing_id = a.listing_id AND e.shown)
        FOR UPDATE)
     UPDATE alert a SET state = 'CLEARED', settled_at = $2, version = a.version + 1
       FROM gone WHERE a.org_id = $1 AND a.alert_id = gone.alert_id
     RETURNING a.alert_id AS "alertId", a.customer_id AS "customerId",
       a.listing_id AS "listingId", gone.before`,
    [tx.orgId, at],
  );
  const proven = rows.filter((row) => row.before === 'CONFIRMED');
  await tellCleared(
    tx,
    proven.map(({ before: _state, ...cleared }) => cleared),
    at,
  );
}

const columns = `t.alert_id AS "alertId", t.customer_id AS "customerId",
  c.name AS "customerName", c.credit_code AS "creditCode", t.listing_id AS "listingId", t.state,
  t.score, t.reasons, t.found_at AS "foundAt", t.settled_at AS "settledAt", t.note, t.version`;
const besides = `JOIN present_customer c ON c.org_id = t.org_id AND c.customer_id = t.customer_id`;

export function listAlerts(
  tx: Tx,
  filter: { state: string; customerId: string },
  request: PageRequest | undefined,
) {
  const { sql, values } = where([
    ['t.org_id = ?', tx.orgId],
    unlessEmpty('t.state = ?', filter.state),
    unlessEmpty('t.customer_id = ?', filter.customerId),
  ]);
  const list = {
    table: 'alert',
    alias: 't',
    conditions: sql,
    values,
    besides,
    columns,
    sortColumn: 't.found_at',
    idColumn: 't.alert_id',
    descending: true,
  };
  return page<AlertRow>(tx, list, request, { list: 'alerts', ...filter });
}

/** Fault: `missing` alert_unknown. */
export async function alertForUpdate(tx: Tx, alertId: string): Promise<AlertRow> {
  const [row] = await tx.query<AlertRow>(
    `SELECT ${columns} FROM alert t ${besides} WHERE t.org_id = $1 AND t.alert_id = $2
        FOR UPDATE OF t`,
    [tx.orgId, alertId],
  );
  if (row === undefined) throw fault('missing', 'alert_unknown', { alertId });
  return row;
}

export async function saveAlert(
  tx: Tx,
  one: { alertId: string; state: AlertState; note: string },
  at: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `UPDATE alert SET state = $3, note = $4, settled_at = $5, version = version + 1
      WHERE org_id = $1 AND alert_id = $2`,
    [tx.orgId, one.alertId, one.state, one.note, at],
  );
}

/** The entries of alerts that may still be seen, by listing. */
export async function entriesOf(
  tx: Tx,
  crypto: Crypto,
  listingIds: readonly string[],
): Promise<Map<string, EntrySeen>> {
  const rows = await tx.query<EntrySeen>(
    `SELECT ${entryColumns} ${entryFrom} WHERE e.shown AND e.listing_id = ANY ($1::uuid[])`,
    [listingIds],
  );
  const entries = await openEntries(crypto, rows);
  return new Map(entries.map((entry) => [entry.listingId, entry]));
}
