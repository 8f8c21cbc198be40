import type { OrgKind } from './caller.ts';
import type { Tx } from './db.ts';
import type { Actor } from './events.ts';
import { tenantTable } from './tenancy.ts';

/** Exports as a service keeps them: what was asked for, by whom, and the file it became. */
export type ExportRow = {
  exportId: string;
  list: string;
  /** The list's request as the contract's JSON: filter and sort. */
  request: unknown;
  columns: readonly string[];
  language: 'zh-CN' | 'en';
  format: 'CSV' | 'XLSX';
  askedBy: Actor;
  askedAs: { orgKind: OrgKind; roles: readonly string[] };
  askedAt: string;
  fileId: string | null;
  fileName: string;
  mediaType: string;
  sizeBytes: bigint;
  rowCount: bigint;
  finishedAt: string | null;
  expiresAt: string | null;
  contentHash: string;
};

/** SQL of a service's migration. */
export const exportTable: readonly string[] = [
  tenantTable(
    'list_export',
    `export_id uuid NOT NULL,             -- its job's id as well
     list text NOT NULL,
     request jsonb NOT NULL,
     columns text[] NOT NULL,
     language text NOT NULL CHECK (language IN ('zh-CN','en')),
     format text NOT NULL CHECK (format IN ('CSV','XLSX')),
     asked_by jsonb NOT NULL,
     asked_as jsonb NOT NULL,             -- {orgKind, roles}: the rows are read as that caller
     asked_at timestamptz NOT NULL,
     file_id uuid,                        -- also of an attempt that did not finish
     file_name text NOT NULL DEFAULT '',
     media_type text NOT NULL DEFAULT '',
     size_bytes bigint NOT NULL DEFAULT 0,
     row_count bigint NOT NULL DEFAULT 0,
     finished_at timestamptz,
     expires_at timestamptz,
     content_hash text NOT NULL,
     PRIMARY KEY (org_id, export_id)`,
  ),
  'CREATE INDEX list_export_asked ON list_export (org_id, asked_at)',
];

const columns = `export_id AS "exportId", list, request, columns, language, format,
  asked_by AS "askedBy", asked_as AS "askedAs", asked_at AS "askedAt", file_id AS "fileId",
  file_name AS "fileName", media_type AS "mediaType", size_bytes AS "sizeBytes",
  row_count AS "rowCount", finished_at AS "finishedAt", expires_at AS "expiresAt",
  content_hash AS "contentHash"`;

export async function findExport(
  tx: Tx,
  exportId: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<ExportRow | undefined> {
  const [row] = await tx.query<ExportRow>(
    `SELECT ${columns} FROM list_export WHERE org_id = $1 AND export_id = $2 ${lock}`,
    [tx.orgId, exportId],
  );
  return row;
}

type Asked = Omit<
  ExportRow,
  'fileId' | 'fileName' | 'mediaType' | 'sizeBytes' | 'rowCount' | 'finishedAt' | 'expiresAt'
>;

/** False when there is one of that id already. */
export async function addExport(tx: Tx, one: Asked): Promise<boolean> {
  const added = await tx.query(
    `INSERT INTO list_export (org_id, export_id, list, request, columns, language, format,
            asked_by, asked_as, asked_at, content_hash)
     VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, $8::jsonb, $9::jsonb, $10, $11)
     ON CONFLICT DO NOTHING RETURNING export_id`,
    [
      tx.orgId,
      one.exportId,
      one.list,
      JSON.stringify(one.request),
      one.columns,
      one.language,
      one.format,
      JSON.stringify(one.askedBy),
      JSON.stringify(one.askedAs),
      one.askedAt,
      one.contentHash,
    ],
  );
  return added.length > 0;
}

/** How many exports of a person wait or are being written. */
export async function countUnfinished(tx: Tx, userId: string): Promise<number> {
  const [row] = await tx.query<{ count: bigint }>(
    `SELECT count(*) FROM list_export e JOIN job j ON j.org_id = e.org_id AND j.id = e.export_id
      WHERE e.org_id = $1 AND e.asked_by->>'userId' = $2
        AND j.state IN ('asked', 'queued', 'running')`,
    [tx.orgId, userId],
  );
  return Number(row?.count ?? 0n);
}

/** Names the file that an attempt begins to write. */
export async function saveAttempt(tx: Tx, exportId: string, fileId: string): Promise<void> {
  await tx.query(
    'UPDATE list_export SET file_id = $3, row_count = 0 WHERE org_id = $1 AND export_id = $2',
    [tx.orgId, exportId, fileId],
  );
}

export type Finished = Required<
  Pick<ExportRow, 'fileId' | 'fileName' | 'mediaType' | 'sizeBytes' | 'rowCount'>
> & { finishedAt: Temporal.Instant; expiresAt: Temporal.Instant };

export async function saveFinished(tx: Tx, exportId: string, done: Finished): Promise<void> {
  await tx.query(
    `UPDATE list_export SET file_name = $4, media_type = $5, size_bytes = $6, row_count = $7,
            finished_at = $8, expires_at = $9
      WHERE org_id = $1 AND export_id = $2 AND file_id = $3`,
    [
      tx.orgId,
      exportId,
      done.fileId,
      done.fileName,
      done.mediaType,
      done.sizeBytes,
      done.rowCount,
      done.finishedAt,
      done.expiresAt,
    ],
  );
}

/** Files whose day is over, and those of attempts that came to nothing a day ago. */
export async function filesOver(
  tx: Tx,
  at: Temporal.Instant,
): Promise<{ exportId: string; fileId: string }[]> {
  return tx.query(
    `SELECT export_id AS "exportId", file_id AS "fileId" FROM list_export
      WHERE org_id = $1 AND file_id IS NOT NULL
        AND coalesce(expires_at, asked_at + interval '1 day') <= $2 LIMIT 1000`,
    [tx.orgId, at],
  );
}

export async function forgetFile(tx: Tx, exportId: string): Promise<void> {
  await tx.query('UPDATE list_export SET file_id = NULL WHERE org_id = $1 AND export_id = $2', [
    tx.orgId,
    exportId,
  ]);
}

/** Takes away what nobody asks about any more; who took what stays in the audit. */
export async function dropExports(tx: Tx, askedBefore: Temporal.Instant): Promise<void> {
  await tx.query(
    'DELETE FROM list_export WHERE org_id = $1 AND asked_at < $2 AND file_id IS NULL',
    [tx.orgId, askedBefore],
  );
}
