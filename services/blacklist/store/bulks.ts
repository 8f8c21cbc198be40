import type { Sealer } from '@recourse/kit/crypto.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { page, unlessEmpty, where } from '@recourse/kit/page.ts';
import type { PageRequest } from '@recourse/proto/type/v1/type.ts';
import type { SubjectKind } from '../domain/listing.ts';

export type BulkState = 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

export type Bulk = {
  bulkId: string;
  purpose: string;
  uploadId: string;
  fileName: string;
  /** Rows of the request, sealed; empty when it was a file, and when the bulk has ended. */
  rowsGiven: string;
  state: BulkState;
  doneCount: bigint;
  totalCount: bigint;
  reason: string;
  actor: Actor;
  askedAt: string;
  contentHash: string;
};

/** How many rows came to which verdict; the empty one is of rows that could not be asked. */
export type Tally = { clear: bigint; possible: bigint; listed: bigint; invalid: bigint };

const columns = `b.bulk_id AS "bulkId", b.purpose,
  coalesce(b.upload_id::text, '') AS "uploadId", b.file_name AS "fileName",
  coalesce(b.rows_given #>> '{}', '') AS "rowsGiven", b.state, b.done_count AS "doneCount",
  b.total_count AS "totalCount", b.reason, b.actor, b.asked_at AS "askedAt",
  b.content_hash AS "contentHash"`;

export async function findBulk(tx: Tx, bulkId: string): Promise<Bulk | undefined> {
  const [row] = await tx.query<Bulk>(
    `SELECT ${columns} FROM bulk_screen b WHERE b.org_id = $1 AND b.bulk_id = $2`,
    [tx.orgId, bulkId],
  );
  return row;
}

/** Fault: `missing` bulk_unknown. */
export async function readBulk(tx: Tx, bulkId: string): Promise<Bulk> {
  const found = await findBulk(tx, bulkId);
  if (found === undefined) throw fault('missing', 'bulk_unknown', { bulkId });
  return found;
}

export async function addBulk(tx: Tx, bulk: Bulk): Promise<void> {
  await tx.query(
    `INSERT INTO bulk_screen (org_id, bulk_id, purpose, upload_id, file_name, rows_given, state,
            actor, asked_at, content_hash)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8::jsonb, $9, $10)`,
    [
      tx.orgId,
      bulk.bulkId,
      bulk.purpose,
      bulk.uploadId === '' ? null : bulk.uploadId,
      bulk.fileName,
      JSON.stringify(bulk.rowsGiven),
      bulk.state,
      JSON.stringify(bulk.actor),
      bulk.askedAt,
      bulk.contentHash,
    ],
  );
}

/** Sets how many rows there are, once: false when an earlier attempt has done it. */
export async function startBulk(tx: Tx, bulkId: string, total: number): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE bulk_screen SET total_count = $3
      WHERE org_id = $1 AND bulk_id = $2 AND total_count = 0 RETURNING bulk_id`,
    [tx.orgId, bulkId, total],
  );
  return rows.length > 0;
}

/** A bulk that has ended stays as it is; what it was asked with is not kept. */
export async function endBulk(
  tx: Tx,
  bulkId: string,
  state: BulkState,
  reason = '',
): Promise<void> {
  await tx.query(
    `UPDATE bulk_screen SET state = $3, reason = $4, rows_given = '""'::jsonb
      WHERE org_id = $1 AND bulk_id = $2 AND state = 'RUNNING'`,
    [tx.orgId, bulkId, state, reason],
  );
}

export type BulkRow = {
  rowNumber: number;
  kind: SubjectKind;
  name: string;
  creditCode: string;
  consentReference: string;
  verdict: string;
  answer: unknown;
};

/** A row as it is kept: of a person the name and the answer are sealed. */
function sealed(row: BulkRow, sealer: Sealer): BulkRow {
  if (row.kind === 'COMPANY') return row;
  const answer = sealer.seal(JSON.stringify(row.answer));
  return { ...row, name: sealer.seal(row.name), answer };
}

function opened<R extends Pick<BulkRow, 'kind' | 'name' | 'answer'>>(row: R, sealer: Sealer): R {
  if (row.kind === 'COMPANY' || typeof row.answer !== 'string') return row;
  const answer: unknown = JSON.parse(sealer.open(row.answer));
  return { ...row, name: sealer.open(row.name), answer };
}

/** Adds answered rows; those of an earlier attempt stay. */
export async function addBulkRows(
  tx: Tx,
  sealer: Sealer,
  bulkId: string,
  rows: readonly BulkRow[],
): Promise<void> {
  await tx.query(
    `INSERT INTO bulk_row (org_id, bulk_id, row_number, kind, name, credit_code,
            consent_reference, verdict, answer)
     SELECT $1, $2, r.row_number, r.kind, r.name, r.credit_code, r.consent_reference, r.verdict,
            r.answer
       FROM jsonb_to_recordset($3::jsonb) AS r(row_number bigint, kind text, name text,
         credit_code text, consent_reference text, verdict text, answer jsonb)
     ON CONFLICT DO NOTHING`,
    [
      tx.orgId,
      bulkId,
      JSON.stringify(
        rows
          .map((row) => sealed(row, sealer))
          .map(({ rowNumber, creditCode, consentReference, ...rest }) => ({
            ...rest,
            row_number: rowNumber,
            credit_code: creditCode,
            consent_reference: consentReference,
          })),
      ),
    ],
  );
  await tx.query(
    `UPDATE bulk_screen SET done_count = (SELECT count(*) FROM bulk_row r
        WHERE r.org_id = $1 AND r.bulk_id = $2) WHERE org_id = $1 AND bulk_id = $2`,
    [tx.orgId, bulkId],
  );
}

export async function tallyOf(tx: Tx, bulkId: string): Promise<Tally> {
  const [row] = await tx.query<Tally>(
    `SELECT count(*) FILTER (WHERE verdict = 'CLEAR') AS clear,
            count(*) FILTER (WHERE verdict = 'POSSIBLE') AS possible,
            count(*) FILTER (WHERE verdict = 'LISTED') AS listed,
            count(*) FILTER (WHERE verdict = '') AS invalid
       FROM bulk_row WHERE org_id = $1 AND bulk_id = $2`,
    [tx.orgId, bulkId],
  );
  return row ?? { clear: 0n, possible: 0n, listed: 0n, invalid: 0n };
}

export function listBulks(tx: Tx, request: PageRequest | undefined) {
  const list = {
    table: 'bulk_screen',
    alias: 'b',
    conditions: 'b.org_id = ?',
    values: [tx.orgId],
    besides: '',
    columns,
    sortColumn: 'b.asked_at',
    idColumn: 'b.bulk_id',
    descending: true,
  };
  return page<Bulk>(tx, list, request, { list: 'bulks' });
}

export async function listBulkRows(
  tx: Tx,
  sealer: Sealer,
  bulkId: string,
  verdict: string,
  request: PageRequest | undefined,
) {
  const { sql, values } = where([
    ['r.org_id = ?', tx.orgId],
    ['r.bulk_id = ?', bulkId],
    unlessEmpty('r.verdict = ?', verdict),
  ]);
  const list = {
    table: 'bulk_row',
    alias: 'r',
    conditions: sql,
    values,
    besides: '',
    columns: `r.row_number AS "rowNumber", r.kind, r.name, r.credit_code AS "creditCode",
      r.consent_reference AS "consentReference", r.verdict, r.answer`,
    sortColumn: 'r.row_number',
    idColumn: 'r.bulk_id',
    descending: false,
  };
  type Row = Omit<BulkRow, 'rowNumber'> & { rowNumber: bigint };
  const found = await page<Row>(tx, list, request, { list: 'bulk-rows', bulkId, verdict });
  return { ...found, rows: found.rows.map((row) => opened(row, sealer)) };
}
