import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Actor } from '@recourse/kit/events.ts';
import type { Listing } from '../domain/listing.ts';

/** What the association has about a subject that was told, newest first; names still sealed. */
export async function listingsAbout(
  tx: Tx,
  about: { creditCode: string; idHash: string },
): Promise<Listing[]> {
  const rows = await tx.query<{ file: Omit<Listing, 'version'>; version: bigint }>(
    `SELECT file, version FROM listing
      WHERE association_id = $1 AND state <> 'SUBMITTED'
        AND ((credit_code <> '' AND credit_code = $2) OR (id_hash <> '' AND id_hash = $3))
      ORDER BY drafted_at DESC, listing_id LIMIT 100`,
    [tx.orgId, about.creditCode, about.idHash],
  );
  return rows.map(({ file, version }) => ({ ...file, version }));
}

export type ReportRow = {
  reportId: string;
  subjectHash: string;
  year: number;
  free: boolean;
  identityProof: string;
  paymentReference: string;
  contentHash: string;
  issuedAt: string;
};

/** A report of before; other content under its id is refused (`exists`). */
export async function knownReport(
  tx: Tx,
  reportId: string,
  contentHash: string,
): Promise<ReportRow | undefined> {
  const [row] = await tx.query<ReportRow>(
    `SELECT report_id AS "reportId", subject_hash AS "subjectHash", year, free,
            identity_proof AS "identityProof", payment_reference AS "paymentReference",
            content_hash AS "contentHash", issued_at AS "issuedAt"
       FROM subject_report WHERE org_id = $1 AND report_id = $2`,
    [tx.orgId, reportId],
  );
  if (row !== undefined && row.contentHash !== contentHash) {
    throw fault('exists', 'report_exists_with_other_content', { reportId });
  }
  return row;
}

/** How many free reports a subject has had in a year. */
export async function freeIssued(tx: Tx, subjectHash: string, year: number): Promise<number> {
  const [row] = await tx.query<{ count: bigint }>(
    `SELECT count(*) AS count FROM subject_report
      WHERE org_id = $1 AND subject_hash = $2 AND year = $3 AND free`,
    [tx.orgId, subjectHash, year],
  );
  return Number(row?.count ?? 0n);
}

export async function addReport(tx: Tx, row: ReportRow, actor: Actor): Promise<void> {
  await tx.query(
    `INSERT INTO subject_report (org_id, report_id, subject_hash, year, free, identity_proof,
            payment_reference, actor, issued_at, content_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10)`,
    [
      tx.orgId,
      row.reportId,
      row.subjectHash,
      row.year,
      row.free,
      row.identityProof,
      row.paymentReference,
      JSON.stringify(actor),
      row.issuedAt,
      row.contentHash,
    ],
  );
}
