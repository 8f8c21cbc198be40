import type { JobWithMetadata } from 'pg-boss';
import type { Bus } from './bus.ts';
import type { Db, Tx } from './db.ts';
import { type Fault, type FaultKind, fault, faultFrom } from './fault.ts';
import type { Job, JobProgress, JobState } from './jobs.ts';
import type { Log } from './log.ts';

/** What pg-boss keeps of a job; all the rest is in the tenant's `job` row. */
export type Claimed = { orgId: string; jobId: string };

export type AttemptDeps = {
  db: Db;
  bus: Bus;
  log: Log;
  job: Job;
  stopping: AbortController;
};

/** Trying again would end the same way. */
const definite: ReadonlySet<FaultKind> = new Set([
  'invalid',
  'unauthenticated',
  'denied',
  'missing',
  'exists',
  'refused',
]);

const tellEveryMs = 200;
const askForCancelEveryMs = 1_000;

type Begun = { data: unknown } | { cancelled: boolean };

/** Marks it as running and gives its data, unless it has ended or somebody has cancelled it. */
async function begin(tx: Tx, jobId: string): Promise<Begun> {
  const [row] = await tx.query<{ data: unknown }>(
    `UPDATE job SET state = 'running', started_at = coalesce(started_at, now())
      WHERE org_id = $1 AND id = $2 AND state IN ('queued', 'running')
        AND cancel_asked_at IS NULL RETURNING data`,
    [tx.orgId, jobId],
  );
  if (row !== undefined) return { data: row.data };
  const ended = await end(tx, jobId, 'cancelled');
  return { cancelled: ended };
}

/** False when it had ended before, or another attempt has. */
async function end(tx: Tx, jobId: string, state: JobState, failure?: Fault): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE job SET state = $3, reason = $4, detail = $5,
        ended_at = CASE WHEN $3 = 'queued' THEN NULL ELSE now() END
      WHERE org_id = $1 AND id = $2 AND state IN ('queued', 'running') RETURNING id`,
    [tx.orgId, jobId, state, failure?.reason ?? '', detailOf(failure)],
  );
  return rows.length > 0;
}

function detailOf(failure: Fault | undefined): string {
  if (failure === undefined) return '';
  const facts = Object.entries(failure.facts).map(([name, value]) => `${name}=${value}`);
  return [failure.message, ...facts].join(' · ').replaceAll('\0', '').slice(0, 1000);
}

/** Writes the progress; true when somebody has asked meanwhile that the job be cancelled. */
async function write(tx: Tx, jobId: string, progress?: JobProgress): Promise<boolean> {
  const [row] = await tx.query<{ cancelled: boolean }>(
    `UPDATE job SET stage = coalesce($3, stage), done_count = coalesce($4, done_count),
        total_count = coalesce($5, total_count)
      WHERE org_id = $1 AND id = $2 RETURNING cancel_asked_at IS NOT NULL AS cancelled`,
    [tx.orgId, jobId, progress?.stage, progress?.done, progress?.total],
  );
  return row?.cancelled ?? true;
}

type Reporter = { tell(progress: JobProgress): Promise<void>; stop(): void };

/** Tells progress now and then, and asks now and then whether the job is still wanted. */
function reporter(
  o: AttemptDeps,
  { orgId, jobId }: Claimed,
  signal: AbortSignal,
  cancel: () => void,
): Reporter {
  let toldAt = 0;
  let stage = '';
  const ask = async (progress?: JobProgress): Promise<void> => {
    const cancelled = await o.db.tenant(orgId, (tx) => write(tx, jobId, progress));
    if (cancelled) cancel();
  };
  const asking = setInterval(() => {
    // A database that is away for a moment is no reason to stop; the job itself will notice.
    ask().catch((thrown: unknown) => o.log.debug({ err: thrown, jobId }, 'cancel not asked'));
  }, askForCancelEveryMs);
  return {
    tell: async (progress) => {
      signal.throwIfAborted();
      const now = performance.now();
      const last = progress.done >= progress.total;
      if (now - toldAt < tellEveryMs && progress.stage === stage && !last) return;
      toldAt = now;
      ({ stage } = progress);
      await ask(progress);
      o.bus.live([orgId], { noun: 'job', id: jobId, change: 'progress', progress });
      signal.throwIfAborted();
    },
    stop: () => clearInterval(asking),
  };
}

/**
 * Runs one attempt and writes how it ended. Throws when pg-boss shall try again: after a fault that
 * may pass, and when the service stops in the middle.
 */
export async function runAttempt(o: AttemptDeps, claimed: JobWithMetadata<Claimed>): Promise<void> {
  const { orgId, jobId } = claimed.data;
  const log = o.log.child({ job: o.job.name, jobId, orgId });
  const begun = await o.db.tenant(orgId, (tx) => begin(tx, jobId));
  if (!('data' in begun)) return;
  const cancelling = new AbortController();
  const signal = AbortSignal.any([claimed.signal, o.stopping.signal, cancelling.signal]);
  const cancel = (): void => cancelling.abort(fault('cancelled', 'job_was_cancelled'));
  const report = reporter(o, claimed.data, signal, cancel);
  const finish = async (state: JobState, failure?: Fault): Promise<void> => {
    const ended = await o.db.tenant(orgId, (tx) => end(tx, jobId, state, failure));
    if (ended && state !== 'queued') {
      o.bus.live([orgId], { noun: 'job', id: jobId, change: state });
      log.info({ state, reason: failure?.reason }, 'job ended');
    }
  };
  try {
    const run = { id: jobId, orgId, data: begun.data, signal, log, progress: report.tell };
    await o.job.run(run);
    // One that returned because the service stops may not be done; once more does no harm.
    o.stopping.signal.throwIfAborted();
    await finish('done');
  } catch (thrown) {
    const failure = faultFrom(thrown);
    if (cancelling.signal.aborted) return await finish('cancelled');
    const last = claimed.retryCount >= claimed.retryLimit;
    if (definite.has(failure.kind) || (last && !o.stopping.signal.aborted)) {
      log.error({ err: thrown }, 'job failed');
      return await finish('failed', failure);
    }
    log.warn({ err: thrown, retry: claimed.retryCount }, 'job failed and is tried again');
    await finish('queued', failure);
    throw thrown;
  } finally {
    report.stop();
  }
}
