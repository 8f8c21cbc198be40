import type { Tx } from '@recourse/kit/db.ts';
import { Document, EvidenceItem } from '@recourse/proto/litigation/v1/papers.ts';

type EvidenceRow = { content: unknown; hash: string; matterId: string; removed: boolean };

/** What is kept of one piece of evidence. */
export type KeptEvidence = {
  item: EvidenceItem;
  hash: string;
  matterId: string;
  removed: boolean;
};

function keptFrom({ content, ...row }: EvidenceRow): KeptEvidence {
  return { ...row, item: EvidenceItem.fromJSON(content) };
}

/** The evidence of matters that was not taken out again. */
export async function evidenceOf(tx: Tx, matterIds: readonly string[]): Promise<KeptEvidence[]> {
  const rows = await tx.query<EvidenceRow>(
    `SELECT content, content_hash AS hash, matter_id AS "matterId", removed FROM evidence
      WHERE org_id = $1 AND matter_id = ANY ($2::uuid[]) AND NOT removed ORDER BY evidence_id`,
    [tx.orgId, matterIds],
  );
  return rows.map(keptFrom);
}

export async function getEvidence(
  tx: Tx,
  matterId: string,
  evidenceId: string,
): Promise<KeptEvidence | undefined> {
  const [row] = await tx.query<EvidenceRow>(
    `SELECT content, content_hash AS hash, matter_id AS "matterId", removed FROM evidence
      WHERE org_id = $1 AND matter_id = $2 AND evidence_id = $3`,
    [tx.orgId, matterId, evidenceId],
  );
  return row === undefined ? undefined : keptFrom(row);
}

export async function addEvidence(
  tx: Tx,
  matterId: string,
  item: EvidenceItem,
  hash: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO evidence (org_id, evidence_id, matter_id, kind, content, content_hash)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6)`,
    [
      tx.orgId,
      item.evidenceId,
      matterId,
      item.kind,
      JSON.stringify(EvidenceItem.toJSON(item)),
      hash,
    ],
  );
}

/** Takes evidence out of the matter; the row and its reason stay. */
export async function removeEvidence(tx: Tx, evidenceId: string, reason: string): Promise<void> {
  await tx.query(
    `UPDATE evidence SET removed = true, remove_reason = $3
      WHERE org_id = $1 AND evidence_id = $2`,
    [tx.orgId, evidenceId, reason],
  );
}

type DocumentRow = { content: unknown; hash: string };

/**
 * A matter's documents, newest version of each kind first, with the hash of what asked for each.
 */
export async function documentsOf(
  tx: Tx,
  matterId: string,
): Promise<{ document: Document; hash: string }[]> {
  const rows = await tx.query<DocumentRow>(
    `SELECT content, content_hash AS hash FROM document
      WHERE org_id = $1 AND matter_id = $2 ORDER BY kind, number DESC LIMIT 500`,
    [tx.orgId, matterId],
  );
  return rows.map(({ content, hash }) => ({ document: Document.fromJSON(content), hash }));
}

export async function addDocument(tx: Tx, document: Document, hash: string): Promise<void> {
  await tx.query(
    `INSERT INTO document (org_id, document_id, matter_id, kind, number, content, content_hash)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)`,
    [
      tx.orgId,
      document.documentId,
      document.matterId,
      document.kind,
      document.number,
      JSON.stringify(Document.toJSON(document)),
      hash,
    ],
  );
}
