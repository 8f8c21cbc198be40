import {
  JobState,
  type ListJobsRequest,
  type ListJobsResponse,
  type ListSchedulesResponse,
  type PlatformJob,
} from '@recourse/proto/platform/v1/platform.ts';
import type { Tx } from './db.ts';
import { fault } from './fault.ts';
import type { JobState as JobWord } from './jobs.ts';
import { listPage, type PlatformList } from './platform-page.ts';
import { blurDetail } from './platform-payload.ts';
import { type Decision, decisionValues, insertRepairs } from './platform-repairs.ts';
import { lastTicks, nextDue, type ScheduledJob, tick } from './schedule.ts';

/** Words of the column `state`; a job that was just asked for and one that is queued both wait. */
const states: Readonly<Record<JobWord, JobState>> = {
  asked: JobState.WAITING,
  queued: JobState.WAITING,
  running: JobState.RUNNING,
  done: JobState.DONE,
  failed: JobState.FAILED,
  cancelled: JobState.CANCELLED,
};

type Row = {
  id: string;
  org_id: string;
  name: string;
  state: JobWord;
  stage: string;
  done_count: bigint;
  total_count: bigint;
  reason: string;
  detail: string;
  asked_at: string;
  started_at: string | null;
  ended_at: string | null;
};

// Without `data`: that is business.
const columns = `id, org_id, name, state, stage, done_count, total_count, reason, detail, asked_at,
  started_at, ended_at`;

function jobOf(row: Row): PlatformJob {
  const progress = { stage: row.stage, done: row.done_count, total: row.total_count };
  return {
    jobId: row.id,
    orgId: row.org_id,
    name: row.name,
    state: states[row.state],
    progress: { jobId: row.id, ...progress, perSecond: 0n },
    reason: row.reason,
    detail: blurDetail(row.detail),
    askedAt: row.asked_at,
    startedAt: row.started_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
  };
}

const list: Omit<PlatformList<Row, PlatformJob>, 'conditions'> = {
  table: 'job',
  columns,
  shown: jobOf,
  key: [
    { column: 'asked_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
    { column: 'org_id', type: 'uuid' },
  ],
};

/** Jobs of all organisations, the latest asked first. */
export async function listJobs(
  tx: Tx,
  { filter, page }: Pick<ListJobsRequest, 'filter' | 'page'>,
): Promise<ListJobsResponse> {
  const { states: wanted = [], name = '' } = filter ?? {};
  const words = Object.entries(states).filter(([, state]) => wanted.includes(state));
  const conditions: [string, unknown][] = [];
  if (name !== '') conditions.push(['name = ?', name]);
  if (wanted.length > 0) {
    conditions.push(['state = ANY (?::text[])', words.map(([word]) => word)]);
  }
  const asked = { list: 'jobs', conditions };
  const found = await listPage(tx, { ...list, conditions }, page, asked);
  return { jobs: found.rows, page: found.page };
}

/**
 * Asks once more for a job that failed; it continues from what is there, as after a crash. Faults:
 * `missing` job_not_found, `refused` job_has_not_failed.
 */
export async function retryJob(
  tx: Tx,
  { orgId, jobId }: { orgId: string; jobId: string },
  by: Decision,
): Promise<PlatformJob> {
  const read = async (lock: string): Promise<Row> => {
    const [row] = await tx.query<Row>(
      `SELECT ${columns} FROM job WHERE org_id = $1 AND id = $2 ${lock}`,
      [orgId, jobId],
    );
    if (row === undefined) throw fault('missing', 'job_not_found', { id: jobId });
    return row;
  };
  const before = await read('FOR UPDATE');
  if (before.state !== 'failed') {
    throw fault('refused', 'job_has_not_failed', { state: before.state });
  }
  await tx.query(
    `WITH changed AS (
       UPDATE job SET state = 'asked', boss_id = NULL, ended_at = NULL, cancel_asked_at = NULL,
              reason = '', detail = ''
        WHERE org_id = $6 AND id = $7
       RETURNING org_id, id AS subject_id, name AS subject, '' AS consumer, $8::text AS failure)
     ${insertRepairs}`,
    [...decisionValues('retry_job', by), orgId, jobId, before.reason],
  );
  tx.wake('jobs');
  return jobOf(await read(''));
}

/** What the clock asks for, by name, with when it last did and next will. */
export async function listSchedules(
  tx: Tx,
  scheduled: readonly ScheduledJob[],
  at: Temporal.Instant,
): Promise<ListSchedulesResponse> {
  const ticks = await lastTicks(tx);
  const schedules = scheduled
    .map(({ name, schedule }) => ({
      name,
      cron: schedule.cron,
      timeZone: schedule.zone,
      lastAt: ticks.get(name),
      nextAt: nextDue(schedule, at).toString(),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { schedules };
}

/**
 * Asks for a scheduled job now, for every organisation; gives how many that are. Fault: `missing`
 * schedule_unknown.
 */
export async function runSchedule(
  tx: Tx,
  scheduled: readonly ScheduledJob[],
  name: string,
  by: Decision,
): Promise<number> {
  if (!scheduled.some((one) => one.name === name)) {
    throw fault('missing', 'schedule_unknown', { name });
  }
  const organisations = await tick(tx, name, by.requestId);
  await tx.query(
    `WITH changed AS (
       SELECT $1::uuid AS org_id, $3::uuid AS subject_id, $6::text AS subject, '' AS consumer,
              '' AS failure)
     ${insertRepairs}`,
    [...decisionValues('run_schedule', by), name],
  );
  return organisations;
}
