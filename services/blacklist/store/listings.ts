import type { Crypto } from '@recourse/kit/crypto.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { nextClockDay, nextStep } from '../domain/ending.ts';
import type { Listing } from '../domain/listing.ts';

/** Whose a listing is: its verbs run in the reporter's transaction. */
export type Owner = { reporterId: string; associationId: string };

type Row = { file: Omit<Listing, 'version'>; version: bigint };

/** A listing with the names of a natural person still sealed. */
function sealedFrom({ file, version }: Row): Listing {
  return { ...file, version };
}

/** Names of natural persons are sealed for the association, which answers for them. */
export async function opened(crypto: Crypto, listing: Listing): Promise<Listing> {
  if (listing.kind !== 'PERSON') return listing;
  const sealer = await crypto.sealer(listing.associationId);
  const { name, aliases } = listing;
  return { ...listing, name: sealer.open(name), aliases: aliases.map((one) => sealer.open(one)) };
}

async function sealed(crypto: Crypto, listing: Listing): Promise<Listing> {
  if (listing.kind !== 'PERSON') return listing;
  const sealer = await crypto.sealer(listing.associationId);
  const { name, aliases } = listing;
  return { ...listing, name: sealer.seal(name), aliases: aliases.map((one) => sealer.seal(one)) };
}

/**
 * Whose listing it is, as the organisation of the transaction may see: its own, or one handed in to
 * it. Were an id used twice, the first is meant. Fault: `missing` listing_unknown.
 */
export async function ownerOf(tx: Tx, listingId: string): Promise<Owner> {
  const [row] = await tx.query<Owner>(
    `SELECT org_id AS "reporterId", association_id AS "associationId" FROM listing
      WHERE listing_id = $1 ORDER BY drafted_at, org_id LIMIT 1`,
    [listingId],
  );
  if (row === undefined) throw fault('missing', 'listing_unknown', { listingId });
  return row;
}

/** One listing of the organisation, locked; two first writes of one id take turns. */
export async function listingForUpdate(
  tx: Tx,
  crypto: Crypto,
  listingId: string,
): Promise<Listing | undefined> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [listingId]);
  const [row] = await tx.query<Row>(
    `SELECT file, version FROM listing WHERE org_id = $1 AND listing_id = $2 FOR UPDATE`,
    [tx.orgId, listingId],
  );
  return row === undefined ? undefined : opened(crypto, sealedFrom(row));
}

/** One listing as its reader may see it. Fault: `missing` listing_unknown. */
export async function readListing(tx: Tx, crypto: Crypto, listingId: string): Promise<Listing> {
  const [row] = await tx.query<Row>(
    `SELECT file, version FROM listing WHERE listing_id = $1 ORDER BY drafted_at, org_id LIMIT 1`,
    [listingId],
  );
  if (row === undefined) throw fault('missing', 'listing_unknown', { listingId });
  return opened(crypto, sealedFrom(row));
}

/**
 * The organisation's living listings and drafts of a debtor; whoever writes one of these holds the
 * debtor's lock, so that one conduct is not listed twice at the same moment.
 */
export async function livingOfDebtor(
  tx: Tx,
  about: { debtorId: string; caseId: string; creditCode: string; idHash: string },
): Promise<Listing[]> {
  const { debtorId, caseId, creditCode, idHash } = about;
  // First the debtor, then the subject, always in this order.
  for (const name of [debtorId, creditCode, idHash].filter((one) => one !== '')) {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [name]);
  }
  const rows = await tx.query<Row>(
    `SELECT file, version FROM listing
      WHERE org_id = $1 AND state IN ('DRAFT', 'SUBMITTED', 'NOTICED', 'OBJECTED', 'PUBLISHED')
        AND (debtor_id = $2 OR (credit_code <> '' AND credit_code = $3)
             OR case_id::text = $4 OR (id_hash <> '' AND id_hash = $5))`,
    [tx.orgId, debtorId, creditCode, caseId, idHash],
  );
  return rows.map(sealedFrom);
}

/** Listings that payment of one of these debtors or cases may touch, locked in order. */
export async function settleable(
  tx: Tx,
  crypto: Crypto,
  about: { debtorIds: readonly string[]; caseIds: readonly string[] },
): Promise<Listing[]> {
  const rows = await tx.query<Row>(
    `SELECT file, version FROM listing
      WHERE org_id = $1 AND (debtor_id = ANY ($2::uuid[]) OR case_id = ANY ($3::uuid[]))
        AND (state IN ('SUBMITTED', 'NOTICED', 'OBJECTED', 'PUBLISHED')
             OR file ->> 'heldState' IS NOT NULL)
      ORDER BY listing_id FOR UPDATE`,
    [tx.orgId, about.debtorIds, about.caseIds],
  );
  return Promise.all(rows.map((row) => opened(crypto, sealedFrom(row))));
}

/** Listings handed in to the association in which a file is named, names of persons sealed. */
export async function listingsNaming(tx: Tx, fileId: string): Promise<Listing[]> {
  const rows = await tx.query<Row>(
    `SELECT file, version FROM listing
      WHERE association_id = $1 AND jsonb_path_exists(file, '$.**.fileId ? (@ == $id)',
        jsonb_build_object('id', $2::text))
      ORDER BY drafted_at, org_id`,
    [tx.orgId, fileId],
  );
  return rows.map(sealedFrom);
}

/** Ids of the organisation's listings whose day has come. */
export async function clockedUntil(tx: Tx, today: string): Promise<string[]> {
  const rows = await tx.query<{ listingId: string }>(
    `SELECT listing_id AS "listingId" FROM listing WHERE org_id = $1 AND clock_on <= $2
      ORDER BY clock_on, listing_id LIMIT 500`,
    [tx.orgId, today],
  );
  return rows.map((row) => row.listingId);
}

function emptyIsNull(text: string): string | null {
  return text === '' ? null : text;
}

/** Writes a listing as a decision left it. */
export async function writeListing(
  tx: Tx,
  crypto: Crypto,
  listing: Listing,
  today: string,
): Promise<void> {
  const { version, ...file } = await sealed(crypto, listing);
  const { step, due } = nextStep(listing, today);
  await tx.query(
    `INSERT INTO listing (org_id, listing_id, association_id, state, category, name, credit_code,
            id_hash, debtor_id, case_id, next_step, next_due, clock_on, drafted_at, version, file)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::jsonb)
     ON CONFLICT (org_id, listing_id) DO UPDATE SET state = excluded.state,
       association_id = excluded.association_id, category = excluded.category,
       name = excluded.name, credit_code = excluded.credit_code, id_hash = excluded.id_hash,
       debtor_id = excluded.debtor_id, case_id = excluded.case_id, next_step = excluded.next_step,
       next_due = excluded.next_due, clock_on = excluded.clock_on, version = excluded.version,
       file = excluded.file`,
    [
      tx.orgId,
      listing.listingId,
      listing.associationId,
      listing.state,
      listing.category,
      listing.kind === 'PERSON' ? '' : listing.name,
      listing.creditCode,
      listing.idHash,
      listing.debtorId,
      emptyIsNull(listing.caseId),
      step,
      emptyIsNull(due),
      emptyIsNull(nextClockDay(listing, today)),
      listing.draftedAt,
      version,
      JSON.stringify(file),
    ],
  );
}
