import type { Tx } from '@recourse/kit/db.ts';
import { namedUuid } from '@recourse/kit/hash.ts';
import type { Job, Jobs } from '@recourse/kit/jobs.ts';
import { runAnalyse } from './import-analyse.ts';
import { runCheck } from './import-check.ts';
import { runCommit } from './import-commit.ts';
import { runUndo } from './import-undo.ts';
import type { ImportDeps, ImportTask } from './import-work.ts';

/** The work behind an import's states. */
export type ImportJobs = {
  analyse: Job<ImportTask>;
  check: Job<ImportTask>;
  commit: Job<ImportTask>;
  undo: Job<ImportTask>;
};

/**
 * The four jobs, one of each at a time in a process to bound its memory; each continues after a
 * crash and does nothing when its import has moved on.
 */
export function importJobs(deps: ImportDeps, jobs: Jobs): ImportJobs {
  const undo: Job<ImportTask> = {
    name: 'import-undo',
    width: 1,
    run: (run) => runUndo(deps, run),
  };
  const askUndo = async (tx: Tx, importId: string): Promise<string> => {
    const id = namedUuid(importId, 'undo');
    await jobs.enqueue(tx, undo, { id, data: { importId } });
    return id;
  };
  return {
    undo,
    analyse: { name: 'import-analyse', width: 1, run: (run) => runAnalyse(deps, run, askUndo) },
    check: { name: 'import-check', width: 1, run: (run) => runCheck(deps, run, askUndo) },
    commit: { name: 'import-commit', width: 1, run: (run) => runCommit(deps, run, askUndo) },
  };
}
