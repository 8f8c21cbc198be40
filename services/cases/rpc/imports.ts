import { actorOf } from '@recourse/kit/caller.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash, namedUuid } from '@recourse/kit/hash.ts';
import type { Job, Jobs, JobStatus } from '@recourse/kit/jobs.ts';
import type { KeptFiles } from '@recourse/kit/kept-files.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  CancelImportResponse,
  CheckImportResponse,
  CommitImportResponse,
  type CreateImportRequest,
  type Import,
  type ImportsServiceServer,
  type PreviewRow,
  UndoImportResponse,
} from '@recourse/proto/cases/v1/imports.ts';
import {
  type Batch,
  cancel,
  dependent,
  startCheck,
  startCommit,
  startUndo,
} from '../domain/import/batch.ts';
import { judgeRows } from '../domain/import/check.ts';
import { rowPlan } from '../domain/import/plan.ts';
import type { Verdict } from '../domain/import/record.ts';
import { headerHash, profileOf } from '../domain/import/source-profile.ts';
import { type AnalysisSummary, confirmedBy, suggestedMapping } from '../domain/import/summary.ts';
import { listFindings } from '../store/import-findings.ts';
import { saveProfile } from '../store/import-profiles.ts';
import { dependence } from '../store/import-undo.ts';
import {
  addImport,
  findImport,
  getImport,
  type ImportRow,
  listImports,
  lockImport,
  sampleRows,
  saveStep,
  type Step,
} from '../store/imports.ts';
import { wantedPage } from '../store/page.ts';
import { importMessage, mappingFrom } from './import-message.ts';
import { type Rooms } from './rooms.ts';

type Task = Job<{ importId: string }>;

/** What the handlers of imports need beside the usual: the file store and the jobs to ask for. */
export type ImportRooms = Pick<Rooms, 'db'> & {
  files: KeptFiles;
  jobs: Jobs;
  tasks: { analyse: Task; check: Task; commit: Task; undo: Task };
};

async function message(rooms: ImportRooms, tx: Tx, row: ImportRow, { at }: Call): Promise<Import> {
  return importMessage(row, await jobOf(rooms, tx, row), at);
}

async function jobOf(rooms: ImportRooms, tx: Tx, row: ImportRow): Promise<JobStatus | undefined> {
  return row.jobId === null ? undefined : rooms.jobs.status(tx, row.jobId);
}

function batchOf(row: ImportRow): Batch {
  const { importId, state, version, tally } = row;
  return { importId, state, version, accepted: tally?.accepted ?? 0 };
}

/** Asks for a job of an import; each version of the import has its own. */
async function ask(rooms: ImportRooms, tx: Tx, task: Task, row: ImportRow): Promise<string> {
  const { importId } = row;
  const id = namedUuid(importId, `${task.name} ${row.version}`);
  await rooms.jobs.enqueue(tx, task, { id, data: { importId } });
  return id;
}

/** Changes an import under its lock and answers it as it is then. */
async function step(
  rooms: ImportRooms,
  tx: Tx,
  importId: string,
  call: Call,
  decide: (row: ImportRow) => Promise<Step>,
): Promise<{ import: Import }> {
  const row = await lockImport(tx, importId);
  await saveStep(tx, importId, await decide(row));
  return { import: await message(rooms, tx, await getImport(tx, importId), call) };
}

/** A file up to this is kept before the import is answered; a longer one by its first job. */
const keptAtOnceBytes = 8 * 1024 * 1024;

/** The same id with the same content is the same import; with other content it is refused. */
async function create(rooms: ImportRooms, request: CreateImportRequest, call: Call) {
  const { importId, uploadId, source } = request;
  const { orgId } = call.caller;
  const { meta, stream } = await rooms.files.get(orgId, uploadId);
  stream.destroy();
  if (meta.sizeBytes <= keptAtOnceBytes) {
    await rooms.files.keep(orgId, uploadId, { passing: true });
  }
  const hash = contentHash(request);
  return rooms.db.tenant(orgId, async (tx) => {
    const known = await findImport(tx, importId, 'FOR UPDATE');
    if (known !== undefined && known.contentHash !== hash) {
      throw fault('exists', 'import_id_used_with_other_content', { importId });
    }
    if (known === undefined) {
      const jobId = namedUuid(importId, rooms.tasks.analyse.name);
      const createdBy = actorOf(call.caller);
      const added = { importId, uploadId, source, createdBy, jobId, at: call.at };
      await addImport(tx, { ...added, fileName: meta.fileName, contentHash: hash });
      await rooms.jobs.enqueue(tx, rooms.tasks.analyse, { id: jobId, data: { importId } });
    }
    return { import: await message(rooms, tx, await getImport(tx, importId), call) };
  });
}

function analysisOf(row: ImportRow): AnalysisSummary {
  if (row.analysis === null) {
    throw fault('refused', 'import_not_analysed', { importId: row.importId, state: row.state });
  }
  return row.analysis;
}

function previewRow(row: number, verdict: Verdict): PreviewRow {
  const findings = verdict.findings.map((one) => ({ ...one, row: BigInt(one.row) }));
  const record = verdict.kind === 'accepted' ? verdict.record : undefined;
  return {
    row: BigInt(row),
    documentNumber: record?.documentNumber ?? '',
    customerNumber: record?.customerNumber ?? '',
    customerName: record?.customerName ?? '',
    documentDate: record?.documentDate ?? '',
    dueDate: record?.dueDate ?? '',
    amount:
      record === undefined ? undefined : { currency: record.currency, minor: record.amountMinor },
    settledDate: record?.settledDate ?? '',
    findings,
  };
}

const defaultPreview = 20;

/** The first rows under the confirmed mapping, or under the suggested one before there is any. */
async function preview(tx: Tx, importId: string, rows: number): Promise<PreviewRow[]> {
  const row = await getImport(tx, importId);
  const analysis = analysisOf(row);
  const mapping = row.mapping ?? suggestedMapping(analysis);
  const sample = await sampleRows(tx, importId);
  return judgeRows(rowPlan(confirmedBy(analysis, mapping)), sample)
    .slice(0, rows === 0 ? defaultPreview : rows)
    .map((judged) => previewRow(judged.row.line, judged.verdict));
}

async function refuseDependent(tx: Tx, importId: string): Promise<void> {
  const refusal = dependent(importId, await dependence(tx, importId));
  if (refusal !== undefined) throw refusal;
}

/**
 * Imports from file to book. Every change is asked of a job; the answer is the state that waits
 * for it. Faults: `missing` import_unknown, file_not_found; `invalid` mapping_incomplete; and the
 * refusals of `domain/import/batch.ts`.
 */
export function importHandlers(rooms: ImportRooms): Handlers<ImportsServiceServer> {
  const { db, jobs, tasks } = rooms;
  const inBook = <T>(call: Call, work: (tx: Tx) => Promise<T>): Promise<T> =>
    db.tenant(call.caller.orgId, work);
  return {
    createImport: (request, call) => create(rooms, request, call),

    getImport: ({ importId }, call) =>
      inBook(call, async (tx) => ({
        import: await message(rooms, tx, await getImport(tx, importId), call),
      })),

    listImports: ({ page: wantedFrom }, call) =>
      inBook(call, async (tx) => {
        const { rows, page } = await listImports(tx, wantedPage(wantedFrom, 'imports'));
        const imports: Import[] = [];
        for (const row of rows) imports.push(await message(rooms, tx, row, call));
        return { imports, page };
      }),

    previewImport: ({ importId, rows }, call) =>
      inBook(call, async (tx) => ({ rows: await preview(tx, importId, rows) })),

    checkImport: ({ requestId, ...content }, call) =>
      inBook(call, (tx) =>
        onceOrNow(tx, { requestId, content }, CheckImportResponse, () =>
          step(rooms, tx, content.importId, call, async (row) => {
            const state = startCheck(batchOf(row), content.expectedVersion);
            const analysis = analysisOf(row);
            const mapping = mappingFrom(
              content.mapping ?? { columns: [], defaultCurrency: '', profileName: '' },
            );
            rowPlan(confirmedBy(analysis, mapping));
            if (mapping.profileName !== '') {
              const of = {
                source: row.source,
                headerHash: headerHash(analysis.columns.map((column) => column.header)),
                at: call.at,
              };
              await saveProfile(tx, of, profileOf(analysis, mapping));
            }
            return { state, mapping, jobId: await ask(rooms, tx, tasks.check, row) };
          }),
        ),
      ),

    listImportFindings: ({ importId, rule, page: wantedFrom }, call) =>
      inBook(call, async (tx) => {
        await getImport(tx, importId);
        const wanted = wantedPage(wantedFrom, { importId, rule });
        const { findings, page } = await listFindings(tx, importId, rule, wanted);
        return { findings: findings.map((one) => ({ ...one, row: BigInt(one.row) })), page };
      }),

    exportRejectedRows: ({ importId }, call) =>
      inBook(call, async (tx) => {
        const { rejectedFile } = await getImport(tx, importId);
        if (rejectedFile === null) throw fault('missing', 'no_rejected_rows', { importId });
        const { fileId, fileName, sizeBytes } = rejectedFile;
        const mediaType = 'text/csv; charset=utf-8';
        return { file: { fileId, fileName, mediaType, sizeBytes: BigInt(sizeBytes) } };
      }),

    commitImport: ({ requestId, ...content }, call) =>
      inBook(call, (tx) =>
        onceOrNow(tx, { requestId, content }, CommitImportResponse, () =>
          step(rooms, tx, content.importId, call, async (row) => {
            const state = startCommit(batchOf(row), content.expectedVersion);
            return { state, jobId: await ask(rooms, tx, tasks.commit, row) };
          }),
        ),
      ),

    cancelImport: ({ requestId, ...content }, call) =>
      inBook(call, (tx) =>
        onceOrNow(tx, { requestId, content }, CancelImportResponse, () =>
          step(rooms, tx, content.importId, call, async (row) => {
            const next = cancel(batchOf(row));
            if (row.jobId !== null) await jobs.cancel(tx, row.jobId);
            if (next.state !== 'UNDOING') return { ...next, finishedAt: call.at };
            await refuseDependent(tx, content.importId);
            return { ...next, jobId: await ask(rooms, tx, tasks.undo, row) };
          }),
        ),
      ),

    undoImport: ({ requestId, ...content }, call) =>
      inBook(call, (tx) =>
        onceOrNow(tx, { requestId, content }, UndoImportResponse, () =>
          step(rooms, tx, content.importId, call, async (row) => {
            const next = startUndo(batchOf(row));
            await refuseDependent(tx, content.importId);
            return { ...next, jobId: await ask(rooms, tx, tasks.undo, row) };
          }),
        ),
      ),
  };
}
