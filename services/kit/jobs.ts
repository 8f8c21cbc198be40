import type { Tx } from './db.ts';
import { fault } from './fault.ts';
import { canonicalJson } from './hash.ts';
import type { Log } from './log.ts';
import type { Schedule, ScheduledJob } from './schedule.ts';

export type JobProgress = { stage: string; done: number; total: number };

/**
 * What a job works with. It may be run again from the start at any time: continue from what is
 * there.
 */
export type JobRun<D> = {
  id: string;
  orgId: string;
  data: D;
  /**
   * Aborted when a person cancels, the service stops, or another replica has taken the job over.
   */
  signal: AbortSignal;
  /** Tells the people who wait; written and sent five times a second at most. */
  progress(progress: JobProgress): Promise<void>;
  log: Log;
};

/**
 * Work that takes longer than a call, done by one replica at a time and continued after a crash.
 */
export type Job<D = unknown> = {
  /** Unique within the service, in words: `import-commit`. */
  name: string;
  run(run: JobRun<D>): Promise<void>;
  /**
   * Attempts after the first, also after crashes; 10 when not given. Definite faults are not
   * retried.
   */
  retries?: number;
  /** How many of this job run at a time in one process; 2 when not given. */
  width?: number;
  /** Run for every organisation by the clock of a zone, with empty data. */
  schedule?: Schedule;
};

/** Those of the jobs that the clock asks for. */
export function scheduledJobs(jobs: readonly Job[] = []): ScheduledJob[] {
  return jobs.flatMap(({ name, schedule }) => (schedule === undefined ? [] : [{ name, schedule }]));
}

export type JobState = 'asked' | 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export type JobStatus = {
  id: string;
  name: string;
  state: JobState;
  progress: JobProgress;
  /** Named reason of the last failure, empty when there was none. */
  reason: string;
  detail: string;
  askedAt: string;
  startedAt: string | null;
  endedAt: string | null;
};

/** Ways to ask for jobs; each is part of the transaction it is given. */
export type Jobs = {
  /**
   * Asks for a job together with the change that needs it. The same id and data again changes
   * nothing; other data is refused (`exists` job_id_used_with_other_data).
   */
  enqueue<D>(tx: Tx, job: Job<D>, asked: { id: string; data: D }): Promise<void>;
  /**
   * One that has not begun never will; one that runs is told by its signal. A job that has ended is
   * left as it is. Fault: `missing` job_not_found.
   */
  cancel(tx: Tx, id: string): Promise<void>;
  /** Fault: `missing` job_not_found. */
  status(tx: Tx, id: string): Promise<JobStatus>;
};

type Row = {
  name: string;
  state: JobState;
  data: unknown;
  stage: string;
  done_count: bigint;
  total_count: bigint;
  reason: string;
  detail: string;
  asked_at: string;
  started_at: string | null;
  ended_at: string | null;
};

async function readJob(tx: Tx, id: string): Promise<Row> {
  const [row] = await tx.query<Row>('SELECT * FROM job WHERE org_id = $1 AND id = $2', [
    tx.orgId,
    id,
  ]);
  if (row === undefined) throw fault('missing', 'job_not_found', { id });
  return row;
}

async function enqueue<D>(tx: Tx, job: Job<D>, { id, data }: { id: string; data: D }) {
  const asked = await tx.query(
    `INSERT INTO job (org_id, id, name, data) VALUES ($1, $2, $3, $4::jsonb)
     ON CONFLICT DO NOTHING RETURNING id`,
    [tx.orgId, id, job.name, canonicalJson(data)],
  );
  if (asked.length > 0) return tx.wake('jobs');
  const known = await readJob(tx, id);
  if (known.name !== job.name || canonicalJson(known.data) !== canonicalJson(data)) {
    throw fault('exists', 'job_id_used_with_other_data', { id });
  }
}

async function cancel(tx: Tx, id: string): Promise<void> {
  await readJob(tx, id);
  await tx.query(
    `UPDATE job SET cancel_asked_at = coalesce(cancel_asked_at, now()),
        state = CASE WHEN state = 'running' THEN state ELSE 'cancelled' END,
        ended_at = CASE WHEN state = 'running' THEN ended_at ELSE now() END
      WHERE org_id = $1 AND id = $2 AND state IN ('asked', 'queued', 'running')`,
    [tx.orgId, id],
  );
}

async function status(tx: Tx, id: string): Promise<JobStatus> {
  const row = await readJob(tx, id);
  return {
    id,
    name: row.name,
    state: row.state,
    progress: { stage: row.stage, done: Number(row.done_count), total: Number(row.total_count) },
    reason: row.reason,
    detail: row.detail,
    askedAt: row.asked_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}

/** Asking for jobs needs no more than a transaction; `startJobRunner` runs what was asked for. */
export const jobs: Jobs = { enqueue, cancel, status };
