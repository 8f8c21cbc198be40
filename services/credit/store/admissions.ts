import { decodeCursor, encodeCursor } from '@recourse/kit/cursor.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import { Admission, AdmissionState } from '@recourse/proto/credit/v1/ratings.ts';

/** One request, locked until the transaction ends. */
export async function admissionForUpdate(
  tx: Tx,
  admissionId: string,
): Promise<Admission | undefined> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [admissionId]);
  const [row] = await tx.query<{ content: unknown }>(
    'SELECT content FROM admission WHERE org_id = $1 AND admission_id = $2 FOR UPDATE',
    [tx.orgId, admissionId],
  );
  return row === undefined ? undefined : Admission.fromJSON(row.content);
}

/**
 * Requests for a customer that wait, asked at an instant or before, locked one after the other; the
 * one that is named whenever it was asked, since the clocks of two machines differ.
 */
export async function waitingFor(
  tx: Tx,
  { customerId, admissionId }: { customerId: string; admissionId: string },
  at: Temporal.Instant,
): Promise<Admission[]> {
  const rows = await tx.query<{ content: unknown }>(
    `SELECT content FROM admission
      WHERE org_id = $1 AND customer_id = $2 AND state = $3
        AND (asked_at <= $4 OR admission_id::text = $5)
      ORDER BY admission_id FOR UPDATE`,
    [tx.orgId, customerId, AdmissionState.ASKED, at, admissionId],
  );
  return rows.map((row) => Admission.fromJSON(row.content));
}

/** One request as it is shown. */
export async function getAdmission(tx: Tx, admissionId: string): Promise<Admission | undefined> {
  const [row] = await tx.query<{ content: unknown }>(
    'SELECT content FROM admission WHERE org_id = $1 AND admission_id = $2',
    [tx.orgId, admissionId],
  );
  return row === undefined ? undefined : Admission.fromJSON(row.content);
}

export async function saveAdmission(tx: Tx, admission: Admission): Promise<void> {
  await tx.query(
    `INSERT INTO admission (org_id, admission_id, customer_id, state, asked_at, content)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (org_id, admission_id) DO UPDATE SET state = excluded.state,
       content = excluded.content`,
    [
      tx.orgId,
      admission.admissionId,
      admission.customerId,
      admission.state,
      admission.askedAt,
      JSON.stringify(Admission.toJSON(admission)),
    ],
  );
}

/** A page of requests, newest first. */
export async function listAdmissions(
  tx: Tx,
  filter: { state: AdmissionState; customerId: string },
  page: { size: number; cursor: string },
): Promise<{ admissions: Admission[]; nextCursor: string; count: bigint }> {
  const hash = contentHash({ filter });
  const state = filter.state === AdmissionState.UNSPECIFIED ? '' : filter.state;
  const values = [tx.orgId, state, filter.customerId === '' ? null : filter.customerId];
  const where = `FROM admission WHERE org_id = $1 AND ($2::text = '' OR state = $2::text)
    AND ($3::uuid IS NULL OR customer_id = $3::uuid)`;
  const [counted] = await tx.query<{ count: bigint }>(`SELECT count(*) ${where}`, values);
  const after = page.cursor === '' ? undefined : decodeCursor(page.cursor, hash);
  const rows = await tx.query<{ content: unknown; asked_at: string; admission_id: string }>(
    `SELECT content, asked_at, admission_id ${where}
        AND ($4::timestamptz IS NULL OR (asked_at, admission_id) < ($4::timestamptz, $5::uuid))
      ORDER BY asked_at DESC, admission_id DESC LIMIT ${page.size + 1}`,
    [...values, after?.[0] ?? null, after?.[1] ?? null],
  );
  const kept = rows.slice(0, page.size);
  const last = rows.length > page.size ? kept.at(-1) : undefined;
  return {
    admissions: kept.map((row) => Admission.fromJSON(row.content)),
    nextCursor: last === undefined ? '' : encodeCursor([last.asked_at, last.admission_id], hash),
    count: counted?.count ?? 0n,
  };
}
