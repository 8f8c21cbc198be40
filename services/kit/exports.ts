import {
  type Export,
  ExportFormat,
  type ExportLook,
  ExportState,
} from '@recourse/proto/type/v1/export.ts';
import { actorOf, type Caller } from './caller.ts';
import { contract } from './contract.ts';
import type { Db, Tx } from './db.ts';
import { type AnyList, checkAsked } from './export-list.ts';
import { addExport, countUnfinished, type ExportRow, findExport } from './export-store.ts';
import { fault } from './fault.ts';
import { contentHash } from './hash.ts';
import type { Job, Jobs, JobStatus } from './jobs.ts';
import type { Call } from './rpc.ts';

/** What the handlers of exports work with. */
export type ExportRooms = {
  db: Db;
  jobs: Jobs;
  /** The job of `exportJobs`. */
  task: Job<{ exportId: string }>;
  lists: Readonly<Record<string, AnyList>>;
  /** Writes the trace of who takes what out of the house, in the same transaction. */
  tell(tx: Tx, asked: { exportId: string; list: string }, call: Call): Promise<void>;
};

/** A person's exports that may wait or be written at a time. */
const mostUnfinished = 3;

const states: Readonly<Record<JobStatus['state'], ExportState>> = {
  asked: ExportState.WAITING,
  queued: ExportState.WAITING,
  running: ExportState.WRITING,
  done: ExportState.DONE,
  failed: ExportState.FAILED,
  cancelled: ExportState.CANCELLED,
};

function stateOf(row: ExportRow, job: JobStatus, at: Temporal.Instant): ExportState {
  if (row.expiresAt === null) {
    // The job has ended a moment before its row says so, or the other way round.
    return job.state === 'done' ? ExportState.WRITING : states[job.state];
  }
  const isOver = Temporal.Instant.compare(at, Temporal.Instant.from(row.expiresAt)) >= 0;
  return isOver || row.fileId === null ? ExportState.EXPIRED : ExportState.DONE;
}

function progressOf(row: ExportRow, { progress }: JobStatus): Export['progress'] {
  const { stage, done, total } = progress;
  return {
    jobId: row.exportId,
    stage,
    done: BigInt(done),
    total: BigInt(total),
    perSecond: 0n,
  };
}

function fileOf(row: ExportRow): Export['file'] {
  const { fileId, fileName, mediaType, sizeBytes } = row;
  return fileId === null ? undefined : { fileId, fileName, mediaType, sizeBytes };
}

function message(row: ExportRow, job: JobStatus, at: Temporal.Instant): Export {
  const state = stateOf(row, job, at);
  const isWorking = state === ExportState.WAITING || state === ExportState.WRITING;
  return {
    exportId: row.exportId,
    list: row.list,
    format: ExportFormat[row.format],
    state,
    progress: isWorking ? progressOf(row, job) : undefined,
    file: state === ExportState.DONE ? fileOf(row) : undefined,
    rows: row.rowCount,
    failureReason: state === ExportState.FAILED ? job.reason : '',
    askedAt: row.askedAt,
    finishedAt: row.finishedAt ?? job.endedAt ?? undefined,
    expiresAt: row.expiresAt ?? undefined,
  };
}

/** An export is its own person's; to all others it is not there. */
async function ownExport(tx: Tx, exportId: string, caller: Caller): Promise<ExportRow> {
  const row = await findExport(tx, exportId);
  if (row === undefined || row.askedBy.userId !== caller.userId) {
    throw fault('missing', 'export_unknown', { exportId });
  }
  return row;
}

async function shown(rooms: ExportRooms, tx: Tx, exportId: string, call: Call): Promise<Export> {
  const row = await ownExport(tx, exportId, call.caller);
  return message(row, await rooms.jobs.status(tx, exportId), call.at);
}

type Asked = { exportId: string; list: string; request: unknown; look: ExportLook };

async function add(rooms: ExportRooms, tx: Tx, asked: Asked, call: Call): Promise<void> {
  const { caller, at } = call;
  const { exportId, list, request, look } = asked;
  const hash = contentHash({ ...asked, by: caller.userId });
  const known = await findExport(tx, exportId, 'FOR UPDATE');
  if (known !== undefined) {
    if (known.contentHash === hash) return;
    throw fault('exists', 'export_id_used_with_other_content', { exportId });
  }
  if ((await countUnfinished(tx, caller.userId)) >= mostUnfinished) {
    throw fault('exhausted', 'exports_unfinished', { most: mostUnfinished });
  }
  const isAdded = await addExport(tx, {
    exportId,
    list,
    request,
    columns: look.columns,
    language: look.language === 'en' ? 'en' : 'zh-CN',
    format: look.format === ExportFormat.XLSX ? 'XLSX' : 'CSV',
    askedBy: actorOf(caller),
    askedAs: { orgKind: caller.orgKind, roles: caller.roles },
    askedAt: at.toString(),
    contentHash: hash,
  });
  if (!isAdded) throw fault('exists', 'export_id_used_with_other_content', { exportId });
  await rooms.jobs.enqueue(tx, rooms.task, { id: exportId, data: { exportId } });
  await rooms.tell(tx, { exportId, list }, call);
}

/**
 * Exports of a service's lists. Faults: `denied` role_not_allowed; `invalid`
 * export_column_unknown, export_names_no_list; `exists` export_id_used_with_other_content;
 * `exhausted` exports_unfinished; `missing` export_unknown.
 */
export function exportHandlers(rooms: ExportRooms) {
  return {
    create: (
      exportId: string,
      look: ExportLook | undefined,
      chosen: { $case: string; value: unknown } | undefined,
      call: Call,
    ): Promise<Export> => {
      const list = chosen === undefined ? undefined : rooms.lists[chosen.$case];
      if (chosen === undefined || list === undefined || look === undefined) {
        throw fault('invalid', 'export_names_no_list');
      }
      checkAsked(contract(), list, call.caller, look.columns);
      const request = list.keep(chosen.value);
      const asked = { exportId, look, list: chosen.$case, request };
      return rooms.db.tenant(call.caller.orgId, async (tx) => {
        await add(rooms, tx, asked, call);
        return shown(rooms, tx, exportId, call);
      });
    },

    get: (exportId: string, call: Call): Promise<Export> =>
      rooms.db.tenant(call.caller.orgId, (tx) => shown(rooms, tx, exportId, call)),

    cancel: (exportId: string, call: Call): Promise<Export> =>
      rooms.db.tenant(call.caller.orgId, async (tx) => {
        await ownExport(tx, exportId, call.caller);
        await rooms.jobs.cancel(tx, exportId);
        return shown(rooms, tx, exportId, call);
      }),
  };
}
