import type { Tx } from '@recourse/kit/db.ts';
import { namedUuid } from '@recourse/kit/hash.ts';
import type { Job, Jobs } from '@recourse/kit/jobs.ts';
import type { Change } from './telling.ts';

/** Whose record is measured; the job's own organisation when it names none. */
export type MeasureData = { agencyId?: string };

/** How to ask for a measuring. */
export type Measuring = { jobs: Jobs; measure: Job<MeasureData> };

/**
 * Asks that the records of agencies be measured whose accepted placements have just ended, or are
 * resumed; many endings in one minute are one measuring.
 */
export async function askToMeasure(
  tx: Tx,
  { jobs, measure }: Measuring,
  changes: readonly Change[],
  at: Temporal.Instant,
): Promise<void> {
  const ended = changes.filter(
    ({ before, after }) => after.acceptedAt !== undefined && (after.endedAt ?? before?.endedAt),
  );
  const minute = Math.floor(at.epochMilliseconds / 60_000);
  for (const agencyId of new Set(ended.map(({ after }) => after.agencyId))) {
    const id = namedUuid(agencyId, `measure ${tx.orgId} ${minute}`);
    await jobs.enqueue(tx, measure, { id, data: { agencyId } });
  }
}
