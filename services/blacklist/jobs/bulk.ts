import type { Files } from '@recourse/kit/files.ts';
import type { Job, JobRun } from '@recourse/kit/jobs.ts';
import { now } from '@recourse/kit/clock.ts';
import { type BulkQuestion, unaskedReason } from '../domain/bulk.ts';
import { type Question, tidyQuestion } from '../domain/screening.ts';
import { dayAt, termsOn } from '../rules/in-force.ts';
import { answerJson } from '../store/answers.ts';
import { dropPersons, isDefinite, readList } from '../store/bulk-files.ts';
import {
  addBulkRows,
  type Bulk,
  type BulkRow,
  endBulk,
  readBulk,
  startBulk,
} from '../store/bulks.ts';
import { addHits, takeQuota } from '../store/look-ups.ts';
import {
  answerAll,
  associationsOrRefuse,
  prepare,
  type Prepared,
  type ScreeningRooms,
} from '../store/screening.ts';

export type BulkData = { bulkId: string };

/** Rows answered in one transaction: a job that is cancelled stops within so many. */
const chunkSize = 200;

async function readRows(rooms: ScreeningRooms, orgId: string, given: string) {
  const sealer = await rooms.crypto.sealer(orgId);
  if (given === '') return [];
  // Rows that were asked before persons could be were of companies, and not sealed.
  const isOld = given.startsWith('[');
  const rows = JSON.parse(isOld ? given : sealer.open(given)) as BulkQuestion[];
  const company = { kind: 'COMPANY', idNumber: '', consentReference: '' } as const;
  return rows.map((row): BulkQuestion => ({ ...company, ...row }));
}

/** A question; of a company only what companies have. */
function questionOf(row: BulkQuestion): Question {
  const isPerson = row.kind === 'PERSON';
  const nobody = { idNumber: '', consentReference: '' };
  return tidyQuestion(isPerson ? { ...row, creditCode: '' } : { ...row, ...nobody });
}

async function answerChunk(
  rooms: ScreeningRooms,
  bulk: Bulk,
  associations: readonly string[],
  questions: readonly { rowNumber: number; question: Question; unasked: string }[],
  orgId: string,
): Promise<void> {
  const sealer = await rooms.crypto.sealer(orgId);
  const asked = questions.filter(({ unasked }) => unasked === '');
  const prepared: Prepared[] = [];
  for (const { question } of asked) prepared.push(await prepare(rooms, associations, question));
  await rooms.db.tenant(orgId, async (tx) => {
    const answers = await answerAll(tx, rooms.crypto, prepared);
    const known = new Map(asked.map((one, at) => [one.rowNumber, answers[at]]));
    const rows = questions.map(({ rowNumber, question, unasked }): BulkRow => {
      const { kind, name, creditCode, consentReference } = question;
      const given = known.get(rowNumber);
      const result =
        given === undefined
          ? { verdict: '', answer: { warnings: [unasked] } }
          : { verdict: given.verdict, answer: answerJson(given) };
      return { rowNumber, kind, name, creditCode, consentReference, ...result };
    });
    await addBulkRows(tx, sealer, bulk.bulkId, rows);
    const about = { lookUpId: bulk.bulkId, purpose: bulk.purpose, at: bulk.askedAt };
    await addHits(
      tx,
      about,
      answers.flatMap((one) => one.hits),
    );
  });
}

async function screenAll(rooms: ScreeningRooms & { files: Files }, run: JobRun<BulkData>) {
  const { orgId, data, signal } = run;
  const { bulkId } = data;
  const bulk = await rooms.db.tenant(orgId, (tx) => readBulk(tx, bulkId));
  if (bulk.state !== 'RUNNING') return;
  const { uploadId, rowsGiven } = bulk;
  const questions =
    uploadId === ''
      ? await readRows(rooms, orgId, rowsGiven)
      : await readList(rooms.files, orgId, uploadId);
  const associations = await rooms.db.tenant(orgId, async (tx) => {
    const today = dayAt(now());
    const limit = termsOn(today).dailyBulkRows;
    const count = questions.length;
    if (await startBulk(tx, bulkId, count)) {
      await takeQuota(tx, { kind: 'bulk_row', day: today.toString(), count, limit });
    }
    return associationsOrRefuse(tx);
  });
  await rooms.names.catchUp();
  const total = questions.length;
  for (let from = Number(bulk.doneCount); from < total; from += chunkSize) {
    signal.throwIfAborted();
    const chunk = questions.slice(from, from + chunkSize);
    const asked = chunk.map((one, at) => ({
      rowNumber: from + at + 1,
      question: questionOf(one),
      unasked: unaskedReason(one),
    }));
    await answerChunk(rooms, bulk, associations, asked, orgId);
    await run.progress({ stage: 'checking', done: Math.min(total, from + chunkSize), total });
  }
  await rooms.db.tenant(orgId, (tx) => endBulk(tx, bulkId, 'DONE'));
}

/** Screens a list; continued where it stopped. */
export function bulkJob(rooms: ScreeningRooms & { files: Files }): Job<BulkData> {
  return {
    name: 'bulk-screen',
    run: async (run) => {
      const { bulkId } = run.data;
      try {
        await screenAll(rooms, run);
      } catch (thrown) {
        if (!isDefinite(thrown)) throw thrown;
        const { reason } = thrown;
        await rooms.db.tenant(run.orgId, (tx) => endBulk(tx, bulkId, 'FAILED', reason));
      }
      const { uploadId } = await rooms.db.tenant(run.orgId, (tx) => readBulk(tx, bulkId));
      await dropPersons(rooms.files, run.orgId, uploadId);
    },
  };
}
