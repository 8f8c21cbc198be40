import type { CursorValue } from '@recourse/kit/cursor.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';
import { type Fact, fault } from '@recourse/kit/fault.ts';
import { letGo } from '@recourse/kit/kept-copy.ts';
import type { PageInfo } from '@recourse/proto/type/v1/type.ts';
import type { EndsAs, ImportState } from '../domain/import/batch.ts';
import type { Row } from '../domain/import/csv.ts';
import type { FindingGroup } from '../domain/import/finding.ts';
import type { AnalysisSummary, Mapping } from '../domain/import/summary.ts';
import type { Tally } from '../domain/import/tally.ts';
import { cutPage, type Wanted } from './page.ts';

/** Imports: what is known of each, and the steps it takes. */

export type RejectedFile = { fileId: string; fileName: string; sizeBytes: number };

export type ImportRow = {
  importId: string;
  uploadId: string;
  fileName: string;
  source: string;
  state: ImportState;
  endsAs: EndsAs | null;
  analysis: AnalysisSummary | null;
  mapping: Mapping | null;
  tally: Tally | null;
  findingGroups: readonly FindingGroup[];
  rejectedFile: RejectedFile | null;
  jobId: string | null;
  checkpoint: number | null;
  failureReason: string;
  failureFacts: Readonly<Record<string, string>>;
  createdBy: Actor;
  createdAt: string;
  finishedAt: string | null;
  contentHash: string;
  version: bigint;
};

const columns = `
  import_id AS "importId", upload_id AS "uploadId", file_name AS "fileName", source, state,
  ends_as AS "endsAs", analysis, mapping, counts AS tally, finding_groups AS "findingGroups",
  rejected_file AS "rejectedFile", job_id AS "jobId", checkpoint,
  failure_reason AS "failureReason", failure_facts AS "failureFacts", created_by AS "createdBy",
  created_at AS "createdAt", finished_at AS "finishedAt", content_hash AS "contentHash", version`;

export async function findImport(
  tx: Tx,
  importId: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<ImportRow | undefined> {
  const [row] = await tx.query<ImportRow>(
    `SELECT ${columns} FROM import WHERE org_id = $1 AND import_id = $2 ${lock}`,
    [tx.orgId, importId],
  );
  return row;
}

/** Fault: `missing` import_unknown. */
export async function getImport(tx: Tx, importId: string): Promise<ImportRow> {
  const row = await findImport(tx, importId);
  if (row === undefined) throw fault('missing', 'import_unknown', { importId });
  return row;
}

/** The same, held until the transaction ends. */
export async function lockImport(tx: Tx, importId: string): Promise<ImportRow> {
  const row = await findImport(tx, importId, 'FOR UPDATE');
  if (row === undefined) throw fault('missing', 'import_unknown', { importId });
  return row;
}

export async function addImport(
  tx: Tx,
  added: Pick<
    ImportRow,
    'importId' | 'uploadId' | 'fileName' | 'source' | 'createdBy' | 'contentHash'
  > & { jobId: string; at: Temporal.Instant },
): Promise<void> {
  await tx.query(
    `INSERT INTO import (org_id, import_id, upload_id, file_name, source, state, job_id,
            created_by, created_at, content_hash)
     VALUES ($1, $2, $3, $4, $5, 'ANALYSING', $6, $7::jsonb, $8, $9)`,
    [
      tx.orgId,
      added.importId,
      added.uploadId,
      added.fileName,
      added.source,
      added.jobId,
      JSON.stringify(added.createdBy),
      added.at,
      added.contentHash,
    ],
  );
}

/** What changes with a step; what is left out stays as it is. */
export type Step = {
  state: ImportState;
  endsAs?: EndsAs | undefined;
  jobId?: string;
  analysis?: AnalysisSummary;
  sample?: readonly Row[];
  mapping?: Mapping;
  tally?: Tally;
  findingGroups?: readonly FindingGroup[];
  rejectedFile?: RejectedFile | null;
  failure?: { reason: string; facts: Readonly<Record<string, Fact>> };
  finishedAt?: Temporal.Instant;
};

const jsonOrNull = (value: unknown): string | null =>
  value === undefined ? null : JSON.stringify(value);

/** Bigints of facts become texts. */
function factsText(facts: Readonly<Record<string, Fact>>): string {
  const texts = Object.entries(facts).map(([name, value]) => [name, String(value)] as const);
  return JSON.stringify(Object.fromEntries(texts));
}

/**
 * The copy of an import's file is wanted while the import is open, also by another import of the
 * same upload. From then on the rows are the record, and the file itself is its sender's.
 */
async function letUploadGo(tx: Tx, importId: string): Promise<void> {
  const [row] = await tx.query<{ uploadId: string }>(
    `SELECT upload_id AS "uploadId" FROM import i
      WHERE org_id = $1 AND import_id = $2 AND NOT EXISTS (
            SELECT FROM import o WHERE o.org_id = $1 AND o.upload_id = i.upload_id
               AND o.import_id <> i.import_id AND o.finished_at IS NULL)`,
    [tx.orgId, importId],
  );
  if (row !== undefined) await letGo(tx, row.uploadId);
}

/** Takes an import to its next state and gives it a new version. */
export async function saveStep(tx: Tx, importId: string, step: Step): Promise<void> {
  await tx.query(
    `UPDATE import SET state = $3, ends_as = coalesce($4, ends_as), job_id = coalesce($5, job_id),
            analysis = coalesce($6::jsonb, analysis), sample = coalesce($7::jsonb, sample),
            mapping = coalesce($8::jsonb, mapping), counts = coalesce($9::jsonb, counts),
            finding_groups = coalesce($10::jsonb, finding_groups),
            rejected_file = CASE WHEN $11 = '' THEN rejected_file
                                 ELSE nullif($11, 'null')::jsonb END,
            failure_reason = coalesce($12, failure_reason),
            failure_facts = coalesce($13::jsonb, failure_facts),
            finished_at = coalesce($14, finished_at), version = version + 1
      WHERE org_id = $1 AND import_id = $2`,
    [
      tx.orgId,
      importId,
      step.state,
      step.endsAs ?? null,
      step.jobId ?? null,
      jsonOrNull(step.analysis),
      jsonOrNull(step.sample),
      jsonOrNull(step.mapping),
      jsonOrNull(step.tally),
      jsonOrNull(step.findingGroups),
      step.rejectedFile === undefined ? '' : JSON.stringify(step.rejectedFile),
      step.failure?.reason ?? null,
      step.failure === undefined ? null : factsText(step.failure.facts),
      step.finishedAt ?? null,
    ],
  );
  if (step.finishedAt !== undefined) await letUploadGo(tx, importId);
}

/** Notes that the commit has written all rows of the file up to one. */
export async function saveCheckpoint(tx: Tx, importId: string, row: number): Promise<void> {
  await tx.query('UPDATE import SET checkpoint = $3 WHERE org_id = $1 AND import_id = $2', [
    tx.orgId,
    importId,
    row,
  ]);
}

/** The first rows of the file as they stand. */
export async function sampleRows(tx: Tx, importId: string): Promise<readonly Row[]> {
  const [found] = await tx.query<{ sample: readonly Row[] }>(
    'SELECT sample FROM import WHERE org_id = $1 AND import_id = $2',
    [tx.orgId, importId],
  );
  return found?.sample ?? [];
}

/** Newest first. */
export async function listImports(
  tx: Tx,
  wanted: Wanted,
): Promise<{ rows: ImportRow[]; page: PageInfo }> {
  const [createdAt, importId] = wanted.after ?? [null, null];
  const rows = await tx.query<ImportRow>(
    `SELECT ${columns} FROM import
      WHERE org_id = $1
        AND ($2::timestamptz IS NULL OR (created_at, import_id) < ($2::timestamptz, $3::uuid))
      ORDER BY created_at DESC, import_id DESC LIMIT $4`,
    [tx.orgId, createdAt, importId, wanted.size + 1],
  );
  const keyOf = (row: ImportRow): readonly [CursorValue, CursorValue] => [
    row.createdAt,
    row.importId,
  ];
  const all = { from: 'FROM import WHERE org_id = $1', params: [tx.orgId] };
  return cutPage(tx, wanted, all, rows, keyOf);
}

/** Keeps other commits and undos of the organisation waiting until this transaction ends. */
export async function lockWriting(tx: Tx): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1 || ' import', 0))`, [tx.orgId]);
}
