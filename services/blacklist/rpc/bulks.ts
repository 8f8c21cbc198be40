import { actorOf } from '@recourse/kit/caller.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type { Job } from '@recourse/kit/jobs.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  Answer,
  BulkState,
  type BulkScreen,
  type PutBulkScreenRequest,
  type ScreeningServiceServer,
} from '@recourse/proto/blacklist/v1/screening.ts';
import { Purpose, Verdict } from '@recourse/proto/blacklist/v1/subject.ts';
import {
  addBulk,
  type Bulk,
  endBulk,
  findBulk,
  listBulkRows,
  listBulks,
  readBulk,
  tallyOf,
} from '../store/bulks.ts';
import { takeTurns } from '../store/lock.ts';
import { paperOf } from '../store/papers.ts';
import { associationsOrRefuse } from '../store/screening.ts';
import { wordOf } from '../store/words.ts';
import type { Rooms } from './rooms.ts';

export type BulkRooms = Rooms & { bulkJob: Job<{ bulkId: string }> };

async function message(tx: Tx, bulk: Bulk): Promise<BulkScreen> {
  const { bulkId, uploadId, fileName, state, reason, askedAt, actor } = bulk;
  const stage = state === 'RUNNING' ? 'checking' : state.toLowerCase();
  const [done, total] = [bulk.doneCount, bulk.totalCount];
  const file = { fileId: uploadId, fileName, mediaType: 'text/csv', sizeBytes: 0n };
  return {
    ...(await tallyOf(tx, bulkId)),
    bulkId,
    reason,
    askedAt,
    actor,
    purpose: Purpose[bulk.purpose as keyof typeof Purpose],
    file: uploadId === '' ? undefined : file,
    state: BulkState[state],
    progress: { jobId: bulkId, stage, done, total, perSecond: 0n },
  };
}

/**
 * Faults: `invalid` file_or_rows; `missing` file_not_found; `refused` not_a_member; `exists`
 * bulk_exists_with_other_content.
 */
async function put(rooms: BulkRooms, request: PutBulkScreenRequest, call: Call) {
  const { bulkId, uploadId, rows } = request;
  const { orgId } = call.caller;
  if ((uploadId === '') === (rows.length === 0)) throw fault('invalid', 'file_or_rows');
  const paper = await paperOf(rooms.files, orgId, uploadId);
  if (uploadId !== '' && paper === undefined) throw fault('missing', 'file_not_found');
  const hash = contentHash(request);
  return rooms.db.tenant(orgId, async (tx) => {
    await takeTurns(tx, bulkId);
    const known = await findBulk(tx, bulkId);
    if (known !== undefined && known.contentHash !== hash) {
      throw fault('exists', 'bulk_exists_with_other_content', { bulkId });
    }
    if (known !== undefined) return { bulk: await message(tx, known) };
    await associationsOrRefuse(tx);
    const bulk: Bulk = {
      bulkId,
      uploadId,
      purpose: wordOf(Purpose, request.purpose) ?? 'MONITORING',
      fileName: paper?.fileName ?? '',
      rowsGiven: rows,
      state: 'RUNNING',
      doneCount: 0n,
      totalCount: 0n,
      reason: '',
      actor: actorOf(call.caller),
      askedAt: call.at.toString(),
      contentHash: hash,
    };
    await addBulk(tx, bulk);
    await rooms.jobs.enqueue(tx, rooms.bulkJob, { id: bulkId, data: { bulkId } });
    return { bulk: await message(tx, bulk) };
  });
}

/** Screening of lists. */
export function bulkHandlers(rooms: BulkRooms) {
  return {
    putBulkScreen: (request, call) => put(rooms, request, call),

    getBulkScreen: async ({ bulkId }, { caller }) =>
      rooms.db.tenant(caller.orgId, async (tx) => ({
        bulk: await message(tx, await readBulk(tx, bulkId)),
      })),

    listBulkScreens: async ({ page }, { caller }) =>
      rooms.db.tenant(caller.orgId, async (tx) => {
        const found = await listBulks(tx, page);
        const bulks = [];
        for (const bulk of found.rows) bulks.push(await message(tx, bulk));
        return { bulks, page: found.page };
      }),

    listBulkRows: async (request, { caller }) =>
      rooms.db.tenant(caller.orgId, async (tx) => {
        await readBulk(tx, request.bulkId);
        const verdict = wordOf(Verdict, request.verdict) ?? '';
        const found = await listBulkRows(tx, request.bulkId, verdict, request.page);
        const rows = found.rows.map(({ rowNumber, name, creditCode, answer }) => ({
          rowNumber,
          name,
          creditCode,
          answer: Answer.fromJSON(answer),
        }));
        return { rows, page: found.page };
      }),

    cancelBulkScreen: async ({ bulkId }, { caller }) =>
      rooms.db.tenant(caller.orgId, async (tx) => {
        const bulk = await readBulk(tx, bulkId);
        if (bulk.state === 'RUNNING') await rooms.jobs.cancel(tx, bulkId);
        await endBulk(tx, bulkId, 'CANCELLED');
        return { bulk: await message(tx, await readBulk(tx, bulkId)) };
      }),
  } satisfies Partial<Handlers<ScreeningServiceServer>>;
}
