import type { Crypto } from '@recourse/kit/crypto.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { sha256 } from '@recourse/kit/hash.ts';
import { isDisputed, isShown, type Listing } from '../domain/listing.ts';
import type { EntrySeen } from '../domain/screening.ts';
import type { Day } from '@recourse/kit/day.ts';

/** One digest over all evidence, so that none of it can be exchanged later. */
export function evidenceDigest(listing: Listing): string {
  const digests = listing.evidence.map((one) => one.paper.sha256).toSorted();
  return digests.length === 0 ? '' : sha256(digests.join('\n'));
}

/**
 * Lays the entry beside a listing that was ever published. One that is no longer shown keeps its
 * row for a while without a name, so that every process drops it from its index.
 */
export async function layEntry(
  tx: Tx,
  crypto: Crypto,
  listing: Listing,
  today: Day,
): Promise<void> {
  if (listing.publishedOn === '') return;
  const shown = isShown(listing, today);
  const sealer = listing.kind === 'PERSON' ? await crypto.sealer(listing.associationId) : undefined;
  const text = (name: string): string => (sealer === undefined ? name : sealer.seal(name));
  await tx.query(
    `INSERT INTO entry (org_id, listing_id, association_id, scope, group_name, shown, kind, name,
            aliases, credit_code, id_hash, category, amount_band, conduct_from, conduct_until,
            published_on, expires_on, disputed, statement, evidence_digest)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12, $13, $14, $15, $16, $17, $18,
             $19, $20)
     ON CONFLICT (org_id, listing_id) DO UPDATE SET shown = excluded.shown, name = excluded.name,
       aliases = excluded.aliases, credit_code = excluded.credit_code, id_hash = excluded.id_hash,
       amount_band = excluded.amount_band, conduct_until = excluded.conduct_until,
       published_on = excluded.published_on, expires_on = excluded.expires_on,
       disputed = excluded.disputed, statement = excluded.statement,
       changed_at = clock_timestamp()`,
    [
      tx.orgId,
      listing.listingId,
      listing.associationId,
      listing.scope,
      listing.groupName,
      shown,
      listing.kind,
      shown ? text(listing.name) : '',
      JSON.stringify(shown ? listing.aliases.map(text) : []),
      shown ? listing.creditCode : '',
      shown ? listing.idHash : '',
      listing.category,
      listing.amountBand,
      listing.conductFrom,
      listing.conductUntil,
      listing.publishedOn,
      listing.expiresOn,
      isDisputed(listing),
      shown ? listing.statement : '',
      evidenceDigest(listing),
    ],
  );
}

/** Rows of entries that are gone are deleted when every process has long noticed. */
export async function dropGoneEntries(tx: Tx): Promise<void> {
  await tx.query(
    `DELETE FROM entry WHERE org_id = $1 AND NOT shown AND changed_at < now() - interval '1 day'`,
    [tx.orgId],
  );
}

type Row = Omit<EntrySeen, 'associationName'> & { associationName: string | null };

export const entryColumns = `e.org_id AS "reporterId", e.listing_id AS "listingId",
  e.association_id AS "associationId", a.name AS "associationName", e.kind, e.name, e.aliases,
  e.credit_code AS "creditCode", e.id_hash AS "idHash", e.category, e.amount_band AS "amountBand",
  e.conduct_from::text AS "conductFrom", e.conduct_until::text AS "conductUntil",
  e.published_on::text AS "publishedOn", e.expires_on::text AS "expiresOn", e.disputed,
  e.statement, e.evidence_digest AS "evidenceDigest"`;

export const entryFrom = `FROM entry e LEFT JOIN association a
  ON a.org_id = e.association_id AND a.association_id = e.association_id`;

/** Opens the names of natural persons. */
export async function openEntries(crypto: Crypto, rows: readonly Row[]): Promise<EntrySeen[]> {
  return Promise.all(
    rows.map(async (row) => {
      const seen = { ...row, associationName: row.associationName ?? '' };
      if (row.kind !== 'PERSON') return seen;
      const sealer = await crypto.sealer(row.associationId);
      const aliases = row.aliases.map((one) => sealer.open(one));
      return { ...seen, name: sealer.open(row.name), aliases };
    }),
  );
}

export type EntryQuestion = {
  creditCodes: readonly string[];
  idHashes: readonly string[];
  /** Candidates of the name index, as `<reporter>:<listing>`. */
  candidates: readonly string[];
};

/** Entries that answer a question, of those that the organisation may see. */
export async function findEntries(
  tx: Tx,
  crypto: Crypto,
  { creditCodes, idHashes, candidates }: EntryQuestion,
): Promise<EntrySeen[]> {
  const pairs = candidates.map((one) => one.split(':'));
  const rows = await tx.query<Row>(
    `SELECT ${entryColumns} ${entryFrom} WHERE e.shown AND (
        (e.credit_code <> '' AND e.credit_code = ANY ($1::text[]))
        OR (e.id_hash <> '' AND e.id_hash = ANY ($2::text[]))
        OR (e.org_id, e.listing_id) IN (SELECT * FROM unnest($3::uuid[], $4::uuid[])))`,
    [creditCodes, idHashes, pairs.map(([org]) => org), pairs.map(([, listing]) => listing)],
  );
  return openEntries(crypto, rows);
}
