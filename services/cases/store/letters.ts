import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';
import type { LetterKind, LetterMeans, Signer } from '@recourse/proto/cases/v1/letters.ts';
import { FileRef, type PageInfo } from '@recourse/proto/type/v1/type.ts';
import type { LetterParty, Outcome } from '../domain/letter.ts';
import type { VerdictRow } from './contacts.ts';
import { afterKey, byKey, cutPage, type Key, parameterList, type Wanted } from './page.ts';

/** Letters as they are kept, with what became of each. */

export type LetterRow = {
  letterId: string;
  caseId: string;
  kind: keyof typeof LetterKind;
  party: LetterParty;
  addressee: string;
  address: string;
  means: keyof typeof LetterMeans;
  trackingNumber: string;
  sentOn: string;
  text: string;
  copy: FileRef | undefined;
  verdict: VerdictRow;
  actor: Actor;
  recordedAt: string;
  contentHash: string;
};

export type DeliveryRow = {
  deliveryId: string;
  letterId: string;
  outcome: Outcome;
  on: string;
  signer: keyof typeof Signer;
  signerName: string;
  proof: FileRef | undefined;
  note: string;
  actor: Actor;
  recordedAt: string;
  contentHash: string;
};

const columns = `
  l.letter_id AS "letterId", l.case_id AS "caseId", l.kind, l.party, l.addressee, l.address,
  l.means, l.tracking_number AS "trackingNumber", l.sent_on AS "sentOn", l.text, l.copy,
  l.verdict, l.actor, l.recorded_at AS "recordedAt", l.content_hash AS "contentHash"`;

const fileOf = (kept: unknown): FileRef | undefined =>
  kept === null ? undefined : FileRef.fromJSON(kept);
const kept = (file: FileRef | undefined): string | null =>
  file === undefined ? null : JSON.stringify(FileRef.toJSON(file));

export async function findLetter(
  tx: Tx,
  caseId: string,
  letterId: string,
): Promise<LetterRow | undefined> {
  const [row] = await tx.query<LetterRow & { copy: unknown }>(
    `SELECT ${columns} FROM letter l
      WHERE l.org_id = $1 AND l.case_id = $2 AND l.letter_id = $3`,
    [tx.orgId, caseId, letterId],
  );
  return row === undefined ? undefined : { ...row, copy: fileOf(row.copy) };
}

/** What became of letters of one organisation, in the order in which it was told. */
export async function deliveriesOf(
  tx: Tx,
  orgId: string,
  letterIds: readonly string[],
): Promise<DeliveryRow[]> {
  const rows = await tx.query<DeliveryRow & { proof: unknown }>(
    `SELECT delivery_id AS "deliveryId", letter_id AS "letterId", outcome, on_day AS "on", signer,
            signer_name AS "signerName", proof, note, actor, recorded_at AS "recordedAt",
            content_hash AS "contentHash"
       FROM letter_delivery WHERE org_id = $1 AND letter_id = ANY ($2::uuid[])
      ORDER BY recorded_at, delivery_id`,
    [orgId, letterIds],
  );
  return rows.map((row) => ({ ...row, proof: fileOf(row.proof) }));
}

export async function addLetter(
  tx: Tx,
  letter: LetterRow & { debtorId: string; agencyId: string | undefined },
): Promise<void> {
  await tx.query(
    `INSERT INTO letter (org_id, letter_id, case_id, debtor_id, agency_id, kind, party, addressee,
            address, means, tracking_number, sent_on, text, copy, permitted, verdict, actor,
            recorded_at, content_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      tx.orgId,
      letter.letterId,
      letter.caseId,
      letter.debtorId,
      letter.agencyId ?? null,
      letter.kind,
      letter.party,
      letter.addressee,
      letter.address,
      letter.means,
      letter.trackingNumber,
      letter.sentOn,
      letter.text,
      kept(letter.copy),
      letter.verdict.permitted,
      JSON.stringify(letter.verdict),
      JSON.stringify(letter.actor),
      letter.recordedAt,
      letter.contentHash,
    ],
  );
}

export async function addDelivery(tx: Tx, caseId: string, delivery: DeliveryRow): Promise<void> {
  await tx.query(
    `INSERT INTO letter_delivery (org_id, delivery_id, letter_id, case_id, outcome, on_day, signer,
            signer_name, proof, note, actor, recorded_at, content_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      tx.orgId,
      delivery.deliveryId,
      delivery.letterId,
      caseId,
      delivery.outcome,
      delivery.on,
      delivery.signer,
      delivery.signerName,
      kept(delivery.proof),
      delivery.note,
      JSON.stringify(delivery.actor),
      delivery.recordedAt,
      delivery.contentHash,
    ],
  );
}

const key: Key = { column: 'l.sent_on', cast: 'date', id: 'l.letter_id', direction: 'DESC' };

/** One page of a case's letters; the caller has made sure that the case is in sight. */
export async function listLetters(
  tx: Tx,
  of: { orgId: string; caseId: string },
  wanted: Wanted,
): Promise<{ rows: LetterRow[]; page: PageInfo }> {
  const params = parameterList();
  const from = `FROM letter l WHERE l.org_id = ${params.add(of.orgId)}
    AND l.case_id = ${params.add(of.caseId)}`;
  const asked = [...params.values];
  const place = afterKey(wanted, key, params);
  const rows = await tx.query<LetterRow & { copy: unknown }>(
    `SELECT ${columns} ${from} ${place} ${byKey(key)} LIMIT ${wanted.size + 1}`,
    params.values,
  );
  const found = rows.map((row) => ({ ...row, copy: fileOf(row.copy) }));
  return cutPage(tx, wanted, { from, params: asked }, found, (row) => [row.sentOn, row.letterId]);
}
