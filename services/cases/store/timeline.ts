import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';
import type { Why } from '../domain/rule.ts';
import type { PageInfo } from '@recourse/proto/type/v1/type.ts';
import { afterKey, byKey, cutPage, type Key, parameterList, type Wanted } from './page.ts';

/** What happened on a case, newest first; written in the transaction in which it happened. */

export type TimelineKind =
  | 'contact'
  | 'letter'
  | 'promise'
  | 'plan'
  | 'settlement'
  | 'payment'
  | 'placement'
  | 'case';

export type TimelineRow = {
  entryId: string;
  kind: TimelineKind;
  what: string;
  at: string;
  actor: Actor | null;
  currency: string | null;
  amountMinor: bigint | null;
  text: string;
  facts: Record<string, string>;
  /** Of a contact or a letter that the governor refused. */
  why: Why | null;
};

export type Happening = {
  caseId: string;
  kind: TimelineKind;
  what: string;
  actor: Actor | undefined;
  amount?: { currency: string; minor: bigint };
  text?: string;
  facts?: Record<string, string>;
};

export async function note(
  tx: Tx,
  at: Temporal.Instant,
  happenings: readonly Happening[],
): Promise<void> {
  if (happenings.length === 0) return;
  await tx.query(
    `INSERT INTO timeline_entry
       (org_id, at, case_id, kind, what, actor, currency, amount_minor, text, facts)
     SELECT $1, $2, h.* FROM unnest($3::uuid[], $4::text[], $5::text[], $6::jsonb[], $7::text[],
       $8::bigint[], $9::text[], $10::jsonb[]) h`,
    [
      tx.orgId,
      at,
      happenings.map((one) => one.caseId),
      happenings.map((one) => one.kind),
      happenings.map((one) => one.what),
      happenings.map((one) => (one.actor === undefined ? null : JSON.stringify(one.actor))),
      happenings.map((one) => one.amount?.currency ?? null),
      happenings.map((one) => one.amount?.minor ?? null),
      happenings.map((one) => one.text ?? ''),
      happenings.map((one) => JSON.stringify(one.facts ?? {})),
    ],
  );
}

/** Why a contact or a letter was refused stands in its verdict. */
const refusalSql = `CASE t.what
  WHEN 'contact_refused' THEN (SELECT k.verdict -> 'why' FROM contact k
    WHERE k.org_id = t.org_id AND k.contact_id = (t.facts ->> 'contact_id')::uuid)
  WHEN 'letter_not_permitted' THEN (SELECT l.verdict -> 'why' FROM letter l
    WHERE l.org_id = t.org_id AND l.letter_id = (t.facts ->> 'letter_id')::uuid) END`;

const key: Key = { column: 't.at', cast: 'timestamptz', id: 't.entry_id', direction: 'DESC' };

/** One page of a case's timeline; the caller has made sure that the case is in sight. */
export async function listTimeline(
  tx: Tx,
  of: { orgId: string; caseId: string },
  kinds: readonly string[],
  wanted: Wanted,
): Promise<{ rows: TimelineRow[]; page: PageInfo }> {
  const params = parameterList();
  const from = `FROM timeline_entry t WHERE t.org_id = ${params.add(of.orgId)}
    AND t.case_id = ${params.add(of.caseId)}
    ${kinds.length === 0 ? '' : `AND t.kind = ANY(${params.add(kinds)})`}`;
  const asked = [...params.values];
  const place = afterKey(wanted, key, params);
  const rows = await tx.query<TimelineRow>(
    `SELECT t.entry_id AS "entryId", t.kind, t.what, t.at, t.actor, t.currency,
            t.amount_minor AS "amountMinor", t.text, t.facts, ${refusalSql} AS why
       ${from} ${place} ${byKey(key)} LIMIT ${wanted.size + 1}`,
    params.values,
  );
  return cutPage(tx, wanted, { from, params: asked }, rows, (row) => [row.at, row.entryId]);
}
