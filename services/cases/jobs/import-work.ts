import type { Bus } from '@recourse/kit/bus.ts';
import { now } from '@recourse/kit/clock.ts';
import type { Db, Tx } from '@recourse/kit/db.ts';
import { type Fault, faultFrom, type FaultKind } from '@recourse/kit/fault.ts';
import type { JobRun } from '@recourse/kit/jobs.ts';
import type { KeptFiles } from '@recourse/kit/kept-files.ts';
import { failed, type ImportState } from '../domain/import/batch.ts';
import type { Limits } from '../intake/limits.ts';
import { openTable } from '../intake/open-table.ts';
import type { Table } from '../intake/table.ts';
import type { ContactSeal } from '../store/contact-seal.ts';
import { getImport, type ImportRow, lockImport, saveStep, type Step } from '../store/imports.ts';

/** What the jobs of an import work with. */
export type ImportDeps = {
  db: Db;
  bus: Bus;
  files: KeptFiles;
  contacts: ContactSeal;
  limits: Limits;
};

export type ImportTask = { importId: string };
export type ImportRun = JobRun<ImportTask>;

/** Asks for the undo of what a failed commit has written; given by whoever knows the undo job. */
export type AskUndo = (tx: Tx, importId: string) => Promise<string>;

/** Opens the uploaded file of an import, works on it and removes the copy. */
export async function withTable<T>(
  deps: ImportDeps,
  row: ImportRow,
  orgId: string,
  work: (table: Table) => Promise<T>,
): Promise<T> {
  const { stream } = await deps.files.get(orgId, row.uploadId);
  const table = await openTable(stream, deps.limits);
  try {
    return await work(table);
  } finally {
    await table.close();
  }
}

export type Stage = 'reading' | 'checking' | 'writing';

/** Tells how far a reading of the table is, in rows; the total is an estimate until the end. */
export function teller(
  deps: ImportDeps,
  run: ImportRun,
  stage: Stage,
  table: Table,
): (rows: number) => Promise<void> {
  let toldAt = 0;
  return async (rows) => {
    run.signal.throwIfAborted();
    const at = performance.now();
    if (at - toldAt < 200) return;
    toldAt = at;
    const total = Math.max(rows + 1, Math.round(rows / Math.max(0.001, table.share())));
    const progress = { stage, done: rows, total };
    tell(deps, run, 'progress', progress);
    await run.progress(progress);
  };
}

/** A note to the organisation's screens. */
export function tell(
  deps: Pick<ImportDeps, 'bus'>,
  run: Pick<ImportRun, 'orgId' | 'data'>,
  change: string,
  progress?: { stage: string; done: number; total: number },
): void {
  const note = { noun: 'import', id: run.data.importId, change };
  deps.bus.live([run.orgId], progress === undefined ? note : { ...note, progress });
}

/**
 * Takes an import that is still in the expected state to its next one; false when it has moved on.
 */
export async function advance(
  deps: ImportDeps,
  run: ImportRun,
  from: ImportState,
  step: Step,
  more: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<boolean> {
  return deps.db.tenant(run.orgId, async (tx) => {
    const row = await lockImport(tx, run.data.importId);
    if (row.state !== from) return false;
    await more(tx);
    await saveStep(tx, run.data.importId, step);
    tx.afterCommit(() => tell(deps, run, step.state.toLowerCase()));
    return true;
  });
}

/** Faults that trying again would not mend; the import ends with them. */
const final: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'invalid',
  'missing',
  'refused',
  'exhausted',
]);

/** What an import says of why it failed: a file that is gone is named as that. */
function failureOf(fault: Fault): NonNullable<Step['failure']> {
  const reason = fault.reason === 'file_not_found' ? 'upload_missing' : fault.reason;
  return { reason, facts: fault.facts };
}

/**
 * Runs the work of one state. An import that is in another state by now (cancelled, or done by an
 * earlier attempt) needs none. A fault that trying again would not mend ends the import, and a
 * commit takes back what it has written; any other is the job runner's, who tries again.
 */
export async function inState(
  deps: ImportDeps,
  run: ImportRun,
  state: ImportState,
  askUndo: AskUndo,
  work: (row: ImportRow) => Promise<void>,
): Promise<void> {
  const { importId } = run.data;
  const row = await deps.db.tenant(run.orgId, (tx) => getImport(tx, importId));
  if (row.state !== state) return;
  try {
    await work(row);
  } catch (thrown) {
    const fault = faultFrom(thrown);
    if (run.signal.aborted || !final.has(fault.kind)) throw thrown;
    run.log.warn({ reason: fault.reason, facts: fault.facts }, 'import failed');
    await end(deps, run, fault, askUndo);
  }
}

async function end(
  deps: ImportDeps,
  run: ImportRun,
  fault: Fault,
  askUndo: AskUndo,
): Promise<void> {
  const { importId } = run.data;
  await deps.db.tenant(run.orgId, async (tx) => {
    const row = await lockImport(tx, importId);
    const next = failed(row.state);
    const failure = failureOf(fault);
    if (next.state === 'UNDOING') {
      const jobId = await askUndo(tx, importId);
      await saveStep(tx, importId, { ...next, failure, jobId });
    } else await saveStep(tx, importId, { ...next, failure, finishedAt: now() });
    tx.afterCommit(() => tell(deps, run, next.state.toLowerCase()));
  });
}
