import type { Sealer } from '@recourse/kit/crypto.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { page } from '@recourse/kit/page.ts';
import type { PageRequest } from '@recourse/proto/type/v1/type.ts';

/** A customer that is a natural person and agreed to be watched; the number only as its hashes. */
export type PersonWatch = {
  customerId: string;
  name: string;
  /** The ID number as each association keeps it, by association. */
  idHashes: Readonly<Record<string, string>>;
  /** Whom the consent names as asked. */
  associationIds: readonly string[];
  consentReference: string;
  consentedOn: string;
  until: string;
  actor: Actor;
  recordedAt: string;
  endedAt: string | null;
  screenedAt: string | null;
};

/** See migration 0005 for those recorded before it. */
const covered = `coalesce(w.association_ids,
  ARRAY(SELECT jsonb_object_keys(w.id_hashes)::uuid))`;

const columns = `w.customer_id AS "customerId", w.name, w.id_hashes AS "idHashes",
  ${covered} AS "associationIds",
  w.consent_reference AS "consentReference", w.consented_on AS "consentedOn",
  w.until_on AS "until", w.actor, w.recorded_at AS "recordedAt", w.ended_at AS "endedAt",
  w.screened_at AS "screenedAt"`;

const opened = (row: PersonWatch, sealer: Sealer): PersonWatch => ({
  ...row,
  name: sealer.open(row.name),
});

/** Fault: `missing` customer_unknown. The newest consent holds. */
export async function putWatch(tx: Tx, sealer: Sealer, watch: PersonWatch): Promise<void> {
  const { customerId } = watch;
  const known = await tx.query(
    'SELECT 1 FROM present_customer WHERE org_id = $1 AND customer_id = $2',
    [tx.orgId, customerId],
  );
  if (known.length === 0) throw fault('missing', 'customer_unknown', { customerId });
  await tx.query(
    `INSERT INTO person_watch (org_id, customer_id, name, id_hashes, consent_reference,
            consented_on, until_on, actor, recorded_at, association_ids)
     VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, $8::jsonb, $9, $10::uuid[])
     ON CONFLICT (org_id, customer_id) DO UPDATE SET name = excluded.name,
       id_hashes = excluded.id_hashes, association_ids = excluded.association_ids,
       consent_reference = excluded.consent_reference,
       consented_on = excluded.consented_on, until_on = excluded.until_on,
       actor = excluded.actor, recorded_at = excluded.recorded_at, ended_at = NULL`,
    [
      tx.orgId,
      customerId,
      sealer.seal(watch.name),
      JSON.stringify(watch.idHashes),
      watch.consentReference,
      watch.consentedOn,
      watch.until,
      JSON.stringify(watch.actor),
      watch.recordedAt,
      watch.associationIds,
    ],
  );
}

/** Fault: `missing` watch_unknown. */
export async function readWatch(tx: Tx, sealer: Sealer, customerId: string): Promise<PersonWatch> {
  const [row] = await tx.query<PersonWatch>(
    `SELECT ${columns} FROM person_watch w WHERE w.org_id = $1 AND w.customer_id = $2`,
    [tx.orgId, customerId],
  );
  if (row === undefined) throw fault('missing', 'watch_unknown', { customerId });
  return opened(row, sealer);
}

/**
 * Ends a watch, and those whose consent is over: what the person is found by is not kept. The
 * consent stays on record, for it is the ground of what was asked.
 */
export async function endWatches(
  tx: Tx,
  which: { customerId: string } | { before: string },
  at: Temporal.Instant,
): Promise<void> {
  const [condition, value] =
    'before' in which
      ? ['until_on < $3::date', which.before]
      : ['customer_id = $3', which.customerId];
  await tx.query(
    `UPDATE person_watch SET ended_at = $2, name = '', id_hashes = '{}'
      WHERE org_id = $1 AND ended_at IS NULL AND ${condition}`,
    [tx.orgId, at, value],
  );
}

/** Watches that have not ended, after a customer, some at a time: for the night. */
export async function watchesAfter(
  tx: Tx,
  sealer: Sealer,
  after: string,
  size: number,
): Promise<PersonWatch[]> {
  const rows = await tx.query<PersonWatch>(
    `SELECT ${columns} FROM person_watch w
      WHERE w.org_id = $1 AND w.ended_at IS NULL AND w.customer_id > $2
      ORDER BY w.customer_id LIMIT $3`,
    [tx.orgId, after, size],
  );
  return rows.map((row) => opened(row, sealer));
}

/**
 * Marks when each was last looked up, and gives back whom the consent that was read still covers: a
 * person whose consent was withdrawn or replaced meanwhile is not among them. Their watches stay as
 * they are until the transaction ends.
 */
export async function markScreened(
  tx: Tx,
  read: readonly Pick<PersonWatch, 'customerId' | 'recordedAt'>[],
  at: Temporal.Instant,
): Promise<Set<string>> {
  const rows = await tx.query<{ customerId: string }>(
    `UPDATE person_watch w SET screened_at = $4
       FROM unnest($2::uuid[], $3::timestamptz[]) AS r(customer_id, recorded_at)
      WHERE w.org_id = $1 AND w.customer_id = r.customer_id AND w.recorded_at = r.recorded_at
        AND w.ended_at IS NULL
      RETURNING w.customer_id AS "customerId"`,
    [
      tx.orgId,
      read.map(({ customerId }) => customerId),
      read.map(({ recordedAt }) => recordedAt),
      at,
    ],
  );
  return new Set(rows.map(({ customerId }) => customerId));
}

export async function listWatches(
  tx: Tx,
  sealer: Sealer,
  includeEnded: boolean,
  request: PageRequest | undefined,
) {
  const list = {
    table: 'person_watch',
    alias: 'w',
    conditions: includeEnded ? 'w.org_id = ?' : 'w.org_id = ? AND w.ended_at IS NULL',
    values: [tx.orgId],
    besides: '',
    columns,
    sortColumn: 'w.recorded_at',
    idColumn: 'w.customer_id',
    descending: true,
  };
  const filter = { list: 'person-watches', includeEnded };
  const found = await page<PersonWatch>(tx, list, request, filter);
  return { watches: found.rows.map((row) => opened(row, sealer)), page: found.page };
}

export type NamedAssociation = { associationId: string; name: string };

/** Associations by name, for those who show whom a consent has to name. */
export async function namesOfAssociations(
  tx: Tx,
  associationIds: readonly string[],
): Promise<NamedAssociation[]> {
  return tx.query<NamedAssociation>(
    `SELECT i.id AS "associationId", coalesce(s.name, '') AS name
       FROM unnest($1::uuid[]) AS i(id) LEFT JOIN association s ON s.org_id = i.id
      ORDER BY s.name, i.id`,
    [associationIds],
  );
}

/** Living watches whose consent does not name all of them. */
export async function countNotCovered(tx: Tx, reach: readonly string[]): Promise<bigint> {
  const [row] = await tx.query<{ count: bigint }>(
    `SELECT count(*) AS count FROM person_watch w
      WHERE w.org_id = $1 AND w.ended_at IS NULL AND NOT ${covered} @> $2::uuid[]`,
    [tx.orgId, reach],
  );
  return row?.count ?? 0n;
}
