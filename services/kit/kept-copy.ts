import { createHash } from 'node:crypto';
import type { Db, Tx } from './db.ts';
import { fault } from './fault.ts';
import type { FileMeta, FileName } from './files.ts';

/** A copy as it is known: of one that is not whole, nothing may be read. */
export type KeptCopy = FileMeta & { passing: boolean; whole: boolean };

/** How much of a file one row holds: two of the object store's chunks. */
const pieceBytes = 256 * 1024;
/** Pieces written in one transaction, so a megabyte is held and lost at most. */
const piecesAtOnce = 4;

type Row = {
  file_name: string;
  media_type: string;
  size_bytes: bigint;
  sha256: string;
  stored_at: string;
  passing: boolean;
  whole: boolean;
};

async function findRow(tx: Tx, fileId: string, lock = ''): Promise<KeptCopy | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT file_name, media_type, size_bytes, sha256, stored_at, passing, whole
       FROM kept_file WHERE org_id = $1 AND file_id = $2 ${lock}`,
    [tx.orgId, fileId],
  );
  if (row === undefined) return undefined;
  return {
    fileName: row.file_name,
    mediaType: row.media_type,
    sizeBytes: Number(row.size_bytes),
    sha256: row.sha256,
    storedAt: Temporal.Instant.from(row.stored_at),
    passing: row.passing,
    whole: row.whole,
  };
}

/** The copy of a file when there is a whole one. */
export async function findCopy(db: Db, { orgId, fileId }: FileName): Promise<KeptCopy | undefined> {
  const found = await db.tenant(orgId, (tx) => findRow(tx, fileId));
  return found?.whole === true ? found : undefined;
}

/** What is kept for good is not let go because somebody else needs it for a while. */
export async function keepForGood(db: Db, { orgId, fileId }: FileName): Promise<void> {
  await db.tenant(orgId, (tx) =>
    tx.query('UPDATE kept_file SET passing = false WHERE org_id = $1 AND file_id = $2', [
      orgId,
      fileId,
    ]),
  );
}

/** Drops a copy and its pieces; dropping what is not there is no error. */
export async function dropCopy(tx: Tx, fileId: string): Promise<void> {
  await tx.query('DELETE FROM kept_file WHERE org_id = $1 AND file_id = $2', [tx.orgId, fileId]);
}

/**
 * Drops the copy of a file that was only wanted for a while, together with the change after which
 * nobody wants it; one that is kept for good stays.
 */
export async function letGo(tx: Tx, fileId: string): Promise<void> {
  await tx.query('DELETE FROM kept_file WHERE org_id = $1 AND file_id = $2 AND passing', [
    tx.orgId,
    fileId,
  ]);
}

/** Opens a copy to be written; what an earlier attempt has written of the same content stays. */
async function begin(tx: Tx, fileId: string, meta: FileMeta, passing: boolean): Promise<void> {
  const { fileName, mediaType, sizeBytes, sha256, storedAt } = meta;
  const known = await findRow(tx, fileId, 'FOR UPDATE');
  if (known !== undefined && known.sha256 !== sha256) {
    if (known.whole) throw fault('exists', 'file_id_used_with_other_content', { fileId });
    // The store has lost what an earlier attempt began to copy, and got other content since.
    await dropCopy(tx, fileId);
  }
  await tx.query(
    `INSERT INTO kept_file (org_id, file_id, file_name, media_type, size_bytes, sha256, stored_at,
            passing)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (org_id, file_id) DO UPDATE SET passing = kept_file.passing AND excluded.passing`,
    [tx.orgId, fileId, fileName, mediaType, sizeBytes, sha256, storedAt, passing],
  );
}

async function* inPieces(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of content) {
    parts.push(part);
    size += part.length;
    if (size < pieceBytes) continue;
    let rest = Buffer.concat(parts, size);
    for (; rest.length >= pieceBytes; rest = rest.subarray(pieceBytes)) {
      yield rest.subarray(0, pieceBytes);
    }
    parts = rest.length === 0 ? [] : [rest];
    size = rest.length;
  }
  if (size > 0) yield Buffer.concat(parts, size);
}

/**
 * Writes pieces while the copy is still the one that was begun; false when it was dropped
 * meanwhile, or is whole by another's work.
 */
async function addPieces(
  db: Db,
  { orgId, fileId }: FileName,
  sha256: string,
  first: number,
  pieces: readonly Buffer[],
): Promise<boolean> {
  return db.tenant(orgId, async (tx) => {
    const known = await findRow(tx, fileId, 'FOR SHARE');
    if (known?.sha256 !== sha256 || known.whole) return false;
    const add = (bytes: Buffer, n: number): Promise<object[]> =>
      tx.query(
        `INSERT INTO kept_piece (org_id, file_id, number, bytes) VALUES ($1, $2, $3, $4)
         ON CONFLICT (org_id, file_id, number) DO UPDATE SET bytes = excluded.bytes
          WHERE kept_piece.bytes <> excluded.bytes`,
        [orgId, fileId, first + n, bytes],
      );
    await Promise.all(pieces.map(add));
    return true;
  });
}

async function finish(db: Db, { orgId, fileId }: FileName, meta: FileMeta): Promise<void> {
  await db.tenant(orgId, (tx) =>
    tx.query(
      `UPDATE kept_file SET whole = true
        WHERE org_id = $1 AND file_id = $2 AND sha256 = $3
          AND size_bytes = (SELECT coalesce(sum(length(bytes)), 0) FROM kept_piece p
                             WHERE p.org_id = $1 AND p.file_id = $2)`,
      [orgId, fileId, meta.sha256],
    ),
  );
}

/**
 * Copies content that proves itself against `meta` at its end, a megabyte at a time. Done again
 * after a crash it writes only what is missing. A copy that is dropped meanwhile ends it.
 */
export async function writeCopy(
  db: Db,
  name: FileName,
  meta: FileMeta,
  content: AsyncIterable<Uint8Array>,
  passing: boolean,
): Promise<void> {
  await db.tenant(name.orgId, (tx) => begin(tx, name.fileId, meta, passing));
  let held: Buffer[] = [];
  let first = 0;
  const add = async (): Promise<boolean> => {
    const isWanted = await addPieces(db, name, meta.sha256, first, held);
    first += held.length;
    held = [];
    return isWanted;
  };
  for await (const piece of inPieces(content)) {
    held.push(piece);
    if (held.length === piecesAtOnce && !(await add())) return;
  }
  if (held.length > 0 && !(await add())) return;
  await finish(db, name, meta);
}

/**
 * The bytes of a whole copy from a place on, a piece at a time. Fails with `internal`
 * file_is_damaged when a piece is not there.
 */
export async function* readCopy(
  db: Db,
  { orgId, fileId }: FileName,
  copy: KeptCopy,
  from = 0,
): AsyncGenerator<Buffer> {
  for (let at = from; at < copy.sizeBytes;) {
    const number = Math.floor(at / pieceBytes);
    const [row] = await db.tenant(orgId, (tx) =>
      tx.query<{ bytes: Buffer }>(
        'SELECT bytes FROM kept_piece WHERE org_id = $1 AND file_id = $2 AND number = $3',
        [orgId, fileId, number],
      ),
    );
    const bytes = row?.bytes.subarray(at - number * pieceBytes) ?? Buffer.alloc(0);
    if (bytes.length === 0) throw fault('internal', 'file_is_damaged', { fileId });
    yield bytes;
    at += bytes.length;
  }
}

/** Hands content on and fails at its end when it is not what it should be. */
export async function* proved(
  content: AsyncIterable<Buffer>,
  { sha256 }: FileMeta,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const bytes of content) {
    hash.update(bytes);
    yield bytes;
  }
  if (hash.digest('hex') !== sha256) throw fault('internal', 'file_is_damaged');
}

/** Whole copies of all organisations after a place, in the order of their names. */
export async function copiesAfter(db: Db, after: FileName, count: number): Promise<FileName[]> {
  return db.system((tx) =>
    tx.query<FileName>(
      `SELECT org_id AS "orgId", file_id AS "fileId" FROM kept_file
        WHERE whole AND (org_id, file_id) > ($1::uuid, $2::uuid)
        ORDER BY org_id, file_id LIMIT $3`,
      [after.orgId, after.fileId, count],
    ),
  );
}
