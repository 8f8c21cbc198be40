import type { Tx } from '@recourse/kit/db.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { MoneyEntry } from '@recourse/proto/litigation/v1/money.ts';
import type { EntryFact } from '../domain/entry.ts';

type Row = { content: unknown; contentHash: string; matterId: string };

/** The entries of matters, newest first, each with whether it was taken back. */
export async function entriesOf(tx: Tx, matterIds: readonly string[]): Promise<EntryFact[]> {
  const rows = await tx.query<Row>(
    `SELECT content, content_hash AS "contentHash", matter_id AS "matterId" FROM money_entry
      WHERE org_id = $1 AND matter_id = ANY ($2::uuid[])
      ORDER BY recorded_at DESC, entry_id DESC`,
    [tx.orgId, matterIds],
  );
  const entries = rows.map((row) => ({
    matterId: row.matterId,
    contentHash: row.contentHash,
    entry: MoneyEntry.fromJSON(row.content),
  }));
  const taken = new Set(entries.map(({ entry }) => entry.reversesId));
  return entries.map((one) => ({
    ...one,
    entry: { ...one.entry, reversed: taken.has(one.entry.entryId) },
  }));
}

export async function addEntry(
  tx: Tx,
  matterId: string,
  entry: MoneyEntry,
  content: unknown,
): Promise<void> {
  await tx.query(
    `INSERT INTO money_entry (org_id, entry_id, matter_id, kind, amount_minor, reverses_id,
       content, content_hash, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9)`,
    [
      tx.orgId,
      entry.entryId,
      matterId,
      entry.kind.replace('ENTRY_KIND_', ''),
      entry.amount?.minor ?? 0n,
      entry.reversesId === '' ? null : entry.reversesId,
      JSON.stringify(MoneyEntry.toJSON(entry)),
      contentHash(content),
      entry.recordedAt,
    ],
  );
}
