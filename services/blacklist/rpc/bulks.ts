import { actorOf } from '@recourse/kit/caller.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type { Job } from '@recourse/kit/jobs.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  Answer,
  type BulkRow as AskedRow,
  BulkState,
  type BulkScreen,
  type PutBulkScreenRequest,
  type ScreeningServiceServer,
} from '@recourse/proto/blacklist/v1/screening.ts';
import { Purpose, SubjectKind, Verdict } from '@recourse/proto/blacklist/v1/subject.ts';
import type { BulkQuestion } from '../domain/bulk.ts';
import { dropPersons } from '../store/bulk-files.ts';
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

function questionOf({ kind, ...row }: AskedRow): BulkQuestion {
  return { ...row, kind: wordOf(SubjectKind, kind) ?? 'COMPANY' };
}

/**
 * Faults: `invalid` file_or_rows; `missing` file_not_found; `refused` not_a_member; `exists`
 * bulk_exists_with_other_content.
 */
async function put(rooms: BulkRooms, request: PutBulkScreenRequest, call: Call) {
  const { bulkId, uploadId, rows } = request;
  const { orgId } = call.caller;
  if ((uploadId === '') === (rows.length === 0)) throw fault('invalid', 'file_or_rows');
  const paper = await paperOf(rooms.files, orgId, uploadId, { passing: true });
  const sealer = await rooms.crypto.sealer(orgId);
  // ID numbers must not be guessable from what is kept: keyed hashes stand for them.
  const hashed = rows.map((row) => ({ ...row, idNumber: sealer.blindIndex(row.idNumber) }));
  const hash = contentHash({ ...request, rows: hashed });
  return rooms.db.tenant(orgId, async (tx) => {
    await takeTurns(tx, bulkId);
    const known = await findBulk(tx, bulkId);
    if (known !== undefined && known.contentHash !== hash) {
      throw fault('exists', 'bulk_exists_with_other_content', { bulkId });
    }
    if (known !== undefined) return { bulk: await message(tx, known) };
    if (uploadId !== '' && paper === undefined) throw fault('missing', 'file_not_found');
    await associationsOrRefuse(tx);
    const bulk: Bulk = {
      bulkId,
      uploadId,
      purpose: wordOf(Purpose, request.purpose) ?? 'MONITORING',
      fileName: paper?.fileName ?? '',
      rowsGiven: rows.length === 0 ? '' : sealer.seal(JSON.stringify(rows.map(questionOf))),
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

    listBulkRows: async (request, { caller }) => {
      const sealer = await rooms.crypto.sealer(caller.orgId);
      return rooms.db.tenant(caller.orgId, async (tx) => {
        await readBulk(tx, request.bulkId);
        const verdict = wordOf(Verdict, request.verdict) ?? '';
        const found = await listBulkRows(tx, sealer, request.bulkId, verdict, request.page);
        const rows = found.rows.map(({ kind, answer, verdict: _told, ...row }) => ({
          ...row,
          kind: SubjectKind[kind],
          answer: Answer.fromJSON(answer),
        }));
        return { rows, page: found.page };
      });
    },

    cancelBulkScreen: async ({ bulkId }, { caller }) => {
      const bulk = await rooms.db.tenant(caller.orgId, async (tx) => {
        const running = await readBulk(tx, bulkId);
        if (running.state === 'RUNNING') await rooms.jobs.cancel(tx, bulkId);
        await endBulk(tx, bulkId, 'CANCELLED');
        return message(tx, await readBulk(tx, bulkId));
      });
      await dropPersons(rooms.files, caller.orgId, bulk.file?.fileId ?? '');
      return { bulk };
    },
  } satisfies Partial<Handlers<ScreeningServiceServer>>;
}
