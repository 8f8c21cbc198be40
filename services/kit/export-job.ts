import type { Files } from './files.ts';
import { now } from './clock.ts';
import { dayIn } from './day.ts';
import type { Db } from './db.ts';
import type { AnyList } from './export-list.ts';
import {
  dropExports,
  type ExportRow,
  filesOver,
  findExport,
  forgetFile,
  saveAttempt,
  saveFinished,
} from './export-store.ts';
import { fault } from './fault.ts';
import type { Job, JobRun } from './jobs.ts';
import { type Cell, csvBytes, type Sheet } from './sheet.ts';
import { workbookBytes } from './workbook.ts';

export type ExportDeps = {
  db: Db;
  files: Files;
  lists: Readonly<Record<string, AnyList>>;
  /** The zone whose clocks a file's times show, and by whose night files go. */
  zone: string;
};

type Run = JobRun<{ exportId: string }>;

/** Rows read at a time: few enough to hold, enough that the query costs more than the way. */
const pageSize = 1_000;
/** What an import takes, so that what was exported can come back. */
const mostBytes = 536_870_912;
const keptFor = { hours: 24 };
const remembered = { hours: 30 * 24 };

const mediaTypes: Readonly<Record<ExportRow['format'], string>> = {
  CSV: 'text/csv; charset=utf-8',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function listOf(deps: ExportDeps, row: ExportRow): AnyList {
  const list = deps.lists[row.list];
  if (list === undefined) throw fault('invalid', 'export_names_no_list', { list: row.list });
  return list;
}

/**
 * All rows of a list, a page at a time, each in a transaction of its own: an export of a million
 * rows holds no lock and no snapshot, and a row that changes its place meanwhile may be missed.
 * Ages are those of the moment when it was asked for.
 */
async function* rowsOf(
  deps: ExportDeps,
  run: Run,
  row: ExportRow,
  opened: ReturnType<AnyList['open']>,
  tally: { rows: number },
): AsyncGenerator<readonly Cell[]> {
  const at = Temporal.Instant.from(row.askedAt);
  let cursor = '';
  do {
    run.signal.throwIfAborted();
    const asked = { size: pageSize, cursor };
    const found = await deps.db.tenant(run.orgId, (tx) => opened.page(tx, asked, at));
    yield* found.rows;
    tally.rows += found.rows.length;
    cursor = found.page?.nextCursor ?? '';
    const total = Math.max(Number(found.page?.count ?? 0n), tally.rows + (cursor === '' ? 0 : 1));
    await run.progress({ stage: 'exporting', done: tally.rows, total });
  } while (cursor !== '');
}

async function write(deps: ExportDeps, run: Run, row: ExportRow, fileId: string): Promise<void> {
  const list = listOf(deps, row);
  const { language, format } = row;
  const viewer = { userId: row.askedBy.userId, orgId: run.orgId, ...row.askedAs };
  const opened = list.open(row, viewer);
  const tally = { rows: 0 };
  const name = list.title[language];
  const heads = opened.parts.map(({ title, width }) => ({ title: title[language], width }));
  const rows = rowsOf(deps, run, row, opened, tally);
  const sheet: Sheet = { name, heads, rows, zone: deps.zone };
  const content = format === 'CSV' ? csvBytes(sheet) : workbookBytes(sheet);
  const day = dayIn(deps.zone, Temporal.Instant.from(row.askedAt));
  const fileName = `${name}-${day.toString()}.${format.toLowerCase()}`;
  const mediaType = mediaTypes[format];
  // It lives for a day, and whoever misses it asks anew.
  const about = { fileName, mediaType, maxBytes: mostBytes, fleeting: true };
  const { sizeBytes } = await deps.files.put(run.orgId, fileId, content, about);
  const finishedAt = now();
  const file = { fileId, fileName, mediaType, sizeBytes: BigInt(sizeBytes) };
  await deps.db.tenant(run.orgId, (tx) =>
    saveFinished(tx, row.exportId, {
      ...file,
      rowCount: BigInt(tally.rows),
      finishedAt,
      expiresAt: finishedAt.add(keptFor),
    }),
  );
}

/** A file that nobody will be told of goes; one that stays behind goes by night. */
async function runWrite(deps: ExportDeps, run: Run): Promise<void> {
  const { exportId } = run.data;
  const row = await deps.db.tenant(run.orgId, (tx) => findExport(tx, exportId));
  if (row === undefined || row.finishedAt !== null) return;
  if (row.fileId !== null) await deps.files.remove(run.orgId, row.fileId);
  // An id that nothing else tells: whoever knows a file's id may read it.
  const fileId = crypto.randomUUID();
  await deps.db.tenant(run.orgId, (tx) => saveAttempt(tx, exportId, fileId));
  try {
    await write(deps, run, row, fileId);
  } catch (thrown) {
    await deps.files.remove(run.orgId, fileId).catch((cause: unknown) => {
      run.log.warn({ err: cause }, 'a file without its export stays until the night');
    });
    throw thrown;
  }
}

/**
 * Removes an organisation's files whose day is over, and after 30 days what was known of them.
 * Answers how many files went.
 */
export async function sweepExports(
  { db, files }: Pick<ExportDeps, 'db' | 'files'>,
  orgId: string,
  at: Temporal.Instant,
  signal?: AbortSignal,
): Promise<number> {
  for (let count = 0; ;) {
    const over = await db.tenant(orgId, (tx) => filesOver(tx, at));
    for (const { exportId, fileId } of over) {
      signal?.throwIfAborted();
      await files.remove(orgId, fileId);
      await db.tenant(orgId, (tx) => forgetFile(tx, exportId));
    }
    count += over.length;
    if (over.length > 0) continue;
    await db.tenant(orgId, (tx) => dropExports(tx, at.subtract(remembered)));
    return count;
  }
}

/**
 * The job that writes a list to a file, one at a time in a process to bound its memory, and the
 * nightly one that takes away files older than a day.
 */
export function exportJobs(deps: ExportDeps): { write: Job<{ exportId: string }>; sweep: Job } {
  return {
    write: { name: 'export-write', width: 1, retries: 3, run: (run) => runWrite(deps, run) },
    sweep: {
      name: 'export-sweep',
      schedule: { cron: '40 3 * * *', zone: deps.zone },
      run: async ({ orgId, signal, log }) => {
        const count = await sweepExports(deps, orgId, now(), signal);
        log.info({ count }, 'exported files removed');
      },
    },
  };
}
