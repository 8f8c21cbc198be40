import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { page, unlessEmpty, where } from '@recourse/kit/page.ts';
import type { PageRequest } from '@recourse/proto/type/v1/type.ts';
import type { SubjectKind } from '../domain/listing.ts';
import type { Hit, Verdict } from '../domain/screening.ts';

/** A receipt: who asked what for which purpose, and what was answered (as text, maybe sealed). */
export type LookUpRow = {
  lookUpId: string;
  purpose: string;
  at: string;
  actor: Actor;
  kind: SubjectKind;
  customerId: string;
  asked: string;
  answer: string;
  verdict: Verdict;
  consentReference: string;
  contentHash: string;
};

const columns = `u.look_up_id AS "lookUpId", u.purpose, u.at, u.actor, u.kind,
  coalesce(u.customer_id::text, '') AS "customerId", u.asked, u.answer, u.verdict,
  u.consent_reference AS "consentReference", u.content_hash AS "contentHash"`;

export async function findLookUp(tx: Tx, lookUpId: string): Promise<LookUpRow | undefined> {
  const [row] = await tx.query<LookUpRow>(
    `SELECT ${columns} FROM look_up u WHERE u.org_id = $1 AND u.look_up_id = $2`,
    [tx.orgId, lookUpId],
  );
  return row;
}

export async function addLookUp(tx: Tx, row: LookUpRow, hits: readonly Hit[]): Promise<void> {
  await tx.query(
    `INSERT INTO look_up (org_id, look_up_id, purpose, at, actor, kind, customer_id, asked, answer,
            verdict, consent_reference, content_hash)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10, $11, $12)`,
    [
      tx.orgId,
      row.lookUpId,
      row.purpose,
      row.at,
      JSON.stringify(row.actor),
      row.kind,
      row.customerId === '' ? null : row.customerId,
      row.asked,
      row.answer,
      row.verdict,
      row.consentReference,
      row.contentHash,
    ],
  );
  await addHits(tx, row, hits);
}

/** Leaves, with each entry that was shown, that it was looked up and why. */
export async function addHits(
  tx: Tx,
  about: { lookUpId: string; purpose: string; at: string },
  hits: readonly Hit[],
): Promise<void> {
  if (hits.length === 0) return;
  await tx.query(
    `INSERT INTO look_up_hit (org_id, look_up_id, listing_id, association_id, purpose, at)
     SELECT $1, $2, h.listing_id, h.association_id, $3, $4
       FROM unnest($5::uuid[], $6::uuid[]) AS h(listing_id, association_id)
     ON CONFLICT DO NOTHING`,
    [
      tx.orgId,
      about.lookUpId,
      about.purpose,
      about.at,
      hits.map((hit) => hit.entry.listingId),
      hits.map((hit) => hit.entry.associationId),
    ],
  );
}

export function listLookUps(
  tx: Tx,
  filter: { purpose: string; verdict: string },
  request: PageRequest | undefined,
) {
  const { sql, values } = where([
    ['u.org_id = ?', tx.orgId],
    unlessEmpty('u.purpose = ?', filter.purpose),
    unlessEmpty('u.verdict = ?', filter.verdict),
  ]);
  const list = {
    table: 'look_up',
    alias: 'u',
    conditions: sql,
    values,
    besides: '',
    columns,
    sortColumn: 'u.at',
    idColumn: 'u.look_up_id',
    descending: true,
  };
  return page<LookUpRow>(tx, list, request, { list: 'look-ups', ...filter });
}

export type QuotaKind = 'look_up' | 'bulk_row';

/**
 * Takes from a day's quota, or refuses: `exhausted` look_up_quota_used with limit and day. Taking
 * is part of the transaction, so what fails has taken nothing.
 */
export async function takeQuota(
  tx: Tx,
  taken: { kind: QuotaKind; day: string; count: number; limit: number },
): Promise<void> {
  const { kind, day, count, limit } = taken;
  const [row] = await tx.query<{ used: number }>(
    `INSERT INTO quota_use AS q (org_id, day, kind, used) VALUES ($1, $2, $3, $4)
     ON CONFLICT (org_id, day, kind) DO UPDATE SET used = q.used + excluded.used
     RETURNING used`,
    [tx.orgId, day, kind, count],
  );
  if ((row?.used ?? 0) > limit) {
    throw fault('exhausted', 'look_up_quota_used', { kind, limit, day });
  }
}

export async function quotaUsed(tx: Tx, day: string): Promise<Record<QuotaKind, number>> {
  const rows = await tx.query<{ kind: QuotaKind; used: number }>(
    'SELECT kind, used FROM quota_use WHERE org_id = $1 AND day = $2',
    [tx.orgId, day],
  );
  const used = (kind: QuotaKind): number => rows.find((row) => row.kind === kind)?.used ?? 0;
  return { look_up: used('look_up'), bulk_row: used('bulk_row') };
}
