import { randomUUIDv7 } from 'node:crypto';
import type { Sealer } from '@recourse/kit/crypto.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { page, unlessEmpty, where } from '@recourse/kit/page.ts';
import type { PageRequest } from '@recourse/proto/type/v1/type.ts';
import type { SubjectKind } from '../domain/listing.ts';
import type { NightLook } from '../domain/night-look.ts';
import type { Verdict } from '../domain/screening.ts';

/** A receipt as it is kept: a batch of customers, and what was asked and found of each. */
export type NightReceipt = {
  receiptId: string;
  runId: string;
  at: string;
  kind: SubjectKind;
  associationIds: string[];
  customerCount: number;
  clearCount: number;
  possibleCount: number;
  listedCount: number;
  looks: string;
};

/** A look as it is kept: of companies the receipt says whose lists were asked. */
type Kept = Omit<NightLook, 'associationIds'> & Partial<Pick<NightLook, 'associationIds'>>;

/** Which batch of which run it is a receipt of. */
export type NightBatch = {
  runId: string;
  at: Temporal.Instant;
  kind: SubjectKind;
  associationIds: readonly string[];
};

/** Leaves the receipt of a batch, in the transaction that raises what was found. */
export async function addNightLooks(
  tx: Tx,
  sealer: Sealer,
  { runId, at, kind, associationIds }: NightBatch,
  looks: readonly NightLook[],
): Promise<void> {
  if (looks.length === 0) return;
  const countOf = (verdict: Verdict): number =>
    looks.filter((look) => look.verdict === verdict).length;
  // Companies are asked of all alike, which the row says once.
  const kept = looks.map(({ associationIds: ids, ...look }) =>
    kind === 'PERSON' ? { ...look, associationIds: ids } : look,
  );
  const plain = JSON.stringify(kept);
  await tx.query(
    `INSERT INTO night_look (org_id, receipt_id, run_id, at, kind, association_ids, customer_ids,
       clear_count, possible_count, listed_count, looks)
     VALUES ($1, $2, $3, $4, $5, $6::uuid[], $7::uuid[], $8, $9, $10, $11)`,
    [
      tx.orgId,
      randomUUIDv7(),
      runId,
      at,
      kind,
      associationIds,
      looks.map((look) => look.customerId),
      countOf('CLEAR'),
      countOf('POSSIBLE'),
      countOf('LISTED'),
      kind === 'PERSON' ? sealer.seal(plain) : plain,
    ],
  );
}

/** Deletes receipts from before, at most `size` of the oldest; returns how many. */
export async function dropNightLooks(tx: Tx, before: Temporal.Instant, size: number) {
  const rows = await tx.query(
    `DELETE FROM night_look WHERE org_id = $1 AND receipt_id IN (
       SELECT receipt_id FROM night_look WHERE org_id = $1 AND at < $2
        ORDER BY at, receipt_id LIMIT $3)
      RETURNING receipt_id`,
    [tx.orgId, before, size],
  );
  return rows.length;
}

const columns = `n.receipt_id AS "receiptId", n.run_id AS "runId", n.at, n.kind,
  n.association_ids AS "associationIds", cardinality(n.customer_ids) AS "customerCount",
  n.clear_count AS "clearCount", n.possible_count AS "possibleCount",
  n.listed_count AS "listedCount"`;

/** A page of receipts, the newest first; with a customer those that looked at it, and the look. */
export function listNightLooks(tx: Tx, customerId: string, request: PageRequest | undefined) {
  const { sql, values } = where([
    ['n.org_id = ?', tx.orgId],
    unlessEmpty('n.customer_ids @> ARRAY[?::uuid]', customerId),
  ]);
  const list = {
    table: 'night_look',
    alias: 'n',
    conditions: sql,
    values,
    besides: '',
    columns: customerId === '' ? `${columns}, '' AS looks` : `${columns}, n.looks`,
    sortColumn: 'n.at',
    idColumn: 'n.receipt_id',
    descending: true,
  };
  return page<NightReceipt>(tx, list, request, { list: 'night-looks', customerId });
}

/** What a receipt says of one customer; undefined where it says nothing of it. */
export function lookOf(
  { kind, looks, associationIds }: Pick<NightReceipt, 'kind' | 'looks' | 'associationIds'>,
  sealer: Sealer,
  customerId: string,
): NightLook | undefined {
  if (looks === '') return undefined;
  const all = JSON.parse(kind === 'PERSON' ? sealer.open(looks) : looks) as Kept[];
  const found = all.find((look) => look.customerId === customerId);
  return found === undefined ? undefined : { associationIds, ...found };
}
