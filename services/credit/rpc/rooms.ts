import { randomUUIDv7 } from 'node:crypto';
import { actorOf } from '@recourse/kit/caller.ts';
import type { Db, Tx } from '@recourse/kit/db.ts';
import { Fault, fault } from '@recourse/kit/fault.ts';
import type { Job, Jobs } from '@recourse/kit/jobs.ts';
import type { KeptFiles } from '@recourse/kit/kept-files.ts';
import type { Call } from '@recourse/kit/rpc.ts';
import { RatingCause } from '@recourse/proto/credit/v1/ratings.ts';
import type { PageInfo, PageRequest } from '@recourse/proto/type/v1/type.ts';
import type { FittingData } from '../fitting.ts';
import type { Occasion } from '../rerating.ts';
import { customerNames } from '../store/customers.ts';
import { askAll } from '../store/ratings.ts';

/** What the handlers of ratings and models work with. */
export type Rooms = {
  db: Db;
  files: KeptFiles;
  jobs: Jobs;
  fitting: Job<FittingData>;
  /** What rates the customers that are due. */
  refresh: Job;
};

/** When and by whom something is changed. */
export function occasionOf(call: Call): Occasion {
  return { at: call.at, actor: actorOf(call.caller) };
}

/**
 * Keeps the uploads that a request names: for good, or `passing` while a job works on one. One that
 * is not there is for whoever reads it to miss, and is looked for again with the next request.
 */
export async function keepNamed(
  files: KeptFiles,
  orgId: string,
  fileIds: readonly string[],
  o: { passing?: boolean } = {},
): Promise<void> {
  for (const fileId of new Set(fileIds)) {
    if (fileId === '') continue;
    await files.keep(orgId, fileId, o).catch((thrown: unknown) => {
      if (!(thrown instanceof Fault && thrown.kind === 'missing')) throw thrown;
    });
  }
}

/** Everybody is rated anew by another model or policy, at once and not when the clock says so. */
export async function rateAllAnew(
  { jobs, refresh }: Pick<Rooms, 'jobs' | 'refresh'>,
  tx: Tx,
  at: Temporal.Instant,
): Promise<void> {
  await askAll(tx, RatingCause.MODEL, at);
  await jobs.enqueue(tx, refresh, { id: randomUUIDv7(), data: {} });
}

/** The page that is asked for; 50 rows when nothing is said. */
export function pageOf(page: PageRequest | undefined): { size: number; cursor: string } {
  return { size: page?.size || 50, cursor: page?.cursor ?? '' };
}

export function pageInfo(found: { nextCursor: string; count: bigint }): PageInfo {
  return { nextCursor: found.nextCursor, count: found.count, countEstimated: false };
}

/** The name of a customer. Fault: `missing` customer_unknown. */
export async function mustKnow(tx: Tx, customerId: string): Promise<string> {
  const name = (await customerNames(tx, [customerId])).get(customerId);
  if (name === undefined) throw fault('missing', 'customer_unknown', { customerId });
  return name;
}
