import type { Tx } from '@recourse/kit/db.ts';
import type { SourceProfile } from '../domain/import/source-profile.ts';

/** Mappings kept for the next file of a source with the same header. */

export async function findProfile(
  tx: Tx,
  source: string,
  headerHash: string,
): Promise<SourceProfile | undefined> {
  const [found] = await tx.query<SourceProfile>(
    `SELECT name, columns, default_currency AS "defaultCurrency" FROM import_profile
      WHERE org_id = $1 AND header_hash = $3 ORDER BY (source = $2) DESC, saved_at DESC LIMIT 1`,
    [tx.orgId, source, headerHash],
  );
  return found;
}

export async function saveProfile(
  tx: Tx,
  of: { source: string; headerHash: string; at: Temporal.Instant },
  profile: SourceProfile,
): Promise<void> {
  await tx.query(
    `INSERT INTO import_profile (org_id, source, header_hash, name, columns, default_currency,
            saved_at)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7)
     ON CONFLICT (org_id, source, header_hash) DO UPDATE SET name = excluded.name,
       columns = excluded.columns, default_currency = excluded.default_currency,
       saved_at = excluded.saved_at`,
    [
      tx.orgId,
      of.source,
      of.headerHash,
      profile.name,
      JSON.stringify(profile.columns),
      profile.defaultCurrency,
      of.at,
    ],
  );
}
