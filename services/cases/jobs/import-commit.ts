import { randomUUIDv7 } from 'node:crypto';
import { now } from '@recourse/kit/clock.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { brokenConstraint } from '@recourse/kit/postgres.ts';
import type { CustomerFact, ReceivableFact } from '@recourse/proto/cases/v1/events.ts';
import { difference } from '../domain/import/difference.ts';
import type { Judged } from '../domain/import/lines.ts';
import type { ReceivableRecord } from '../domain/import/record.ts';
import { readerOf } from '../intake/read-rows.ts';
import type { Table } from '../intake/table.ts';
import { writeDebtors } from '../store/import-customers.ts';
import {
  addReceivables,
  changeReceivables,
  copyLine,
  documentOnce,
  hasOtherReceivables,
  meet,
  type Met,
  refreshStatistics,
  type WrittenReceivable,
} from '../store/import-writing.ts';
import { type ImportRow, lockImport, lockWriting, saveCheckpoint } from '../store/imports.ts';
import { lockCasesOf, refreshCases } from '../store/refresh.ts';
import { casesTopic } from '../topic.ts';
import { added, changed, customerFact, receivableFact, storedOf } from './import-records.ts';
import {
  advance,
  type AskUndo,
  type ImportDeps,
  type ImportRun,
  inState,
  teller,
  withTable,
} from './import-work.ts';

/** Receivables written in one transaction. */
const chunkSize = 10_000;
/** Facts told in one event: about 160 bytes each, so well below the broker's megabyte. */
const factsTold = 4_000;
const customersTold = 500;
const debtorBatch = 5_000;
const firstId = '00000000-0000-0000-0000-000000000000';

/** Cuts a list into parts of a size. */
function* parts<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

async function tellImported(
  tx: Tx,
  importId: string,
  customers: readonly CustomerFact[],
  receivables: readonly ReceivableFact[],
): Promise<void> {
  const events = [
    ...[...parts(customers, customersTold)].map((part) => ({ customers: part, receivables: [] })),
    ...[...parts(receivables, factsTold)].map((part) => ({ customers: [], receivables: part })),
  ].map((told) => ({
    $case: 'receivablesImported' as const,
    value: { importId, customers: [...told.customers], receivables: [...told.receivables] },
  }));
  await emit(tx, casesTopic, { aggregateId: importId, at: now() }, events);
}

/**
 * Whether this import is still to be written; another attempt or a cancellation may have come
 * first.
 */
async function mayWrite(tx: Tx, importId: string, checkpoint: number | null): Promise<boolean> {
  await lockWriting(tx);
  const row = await lockImport(tx, importId);
  return row.state === 'COMMITTING' && row.checkpoint === checkpoint;
}

/** Writes the file's customers as debtors, some at a time; done again it changes nothing. */
async function writeAllDebtors(deps: ImportDeps, run: ImportRun): Promise<boolean> {
  const { orgId } = run;
  const { importId } = run.data;
  await deps.db.tenant(orgId, (tx) =>
    refreshStatistics(tx, ['import_customer', 'import_spelling']),
  );
  for (let after: string | undefined = firstId; after !== undefined;) {
    run.signal.throwIfAborted();
    const from: string = after;
    const written = await deps.db.tenant(orgId, async (tx) => {
      if (!(await mayWrite(tx, importId, null))) return undefined;
      const batch = await writeDebtors(tx, importId, from, debtorBatch);
      const facts: CustomerFact[] = [];
      for (const debtor of batch.changed) {
        facts.push(await customerFact(deps.contacts, orgId, debtor));
      }
      await tellImported(tx, importId, facts, []);
      return batch;
    });
    if (written === undefined) return false;
    after = written.last;
  }
  return deps.db.tenant(orgId, async (tx) => {
    if (!(await mayWrite(tx, importId, null))) return false;
    await saveCheckpoint(tx, importId, 0);
    await refreshStatistics(tx, ['debtor']);
    return true;
  });
}

/**
 * A chunk ready to be written: what belongs to it is made while the one before is being written.
 */
type Chunk = {
  records: readonly ReceivableRecord[];
  keys: readonly string[];
  marks: readonly string[];
  /** All rows of the file up to this one are done when the chunk is. */
  lastRow: number;
  rowsRead: number;
};

function chunkOf(records: readonly ReceivableRecord[], lastRow: number, rowsRead: number): Chunk {
  const keys = records.map((record) => record.documentKey);
  return { records, keys, marks: records.map((record) => record.contentMark), lastRow, rowsRead };
}

/**
 * Accepted records behind the checkpoint. Rows before it are read too: duplicates depend on them.
 */
async function* chunks(table: Table, row: ImportRow, checkpoint: number): AsyncGenerator<Chunk> {
  const { analysis, mapping } = row;
  if (analysis === null || mapping === null) return;
  const file = await readerOf(table, analysis, mapping);
  let records: ReceivableRecord[] = [];
  let lastRow = checkpoint;
  let rowsRead = 0;
  function* full(judged: readonly Judged[]): Generator<Chunk> {
    for (const { row: each, verdict } of judged) {
      if (each.line <= checkpoint) continue;
      lastRow = each.line;
      if (verdict.kind === 'accepted') records.push(verdict.record);
      if (records.length < chunkSize) continue;
      yield chunkOf(records, lastRow, rowsRead);
      records = [];
    }
  }
  for await (const batch of table.rows()) {
    for (const each of batch) {
      rowsRead += 1;
      if (each.line > analysis.headerRow) yield* full(file.add(each));
    }
  }
  yield* full(file.finish());
  if (records.length > 0) yield chunkOf(records, lastRow, rowsRead);
}

type Sorted = { fresh: WrittenReceivable[]; altered: WrittenReceivable[] };

/** In a book that nobody else has written there is nothing to be met. */
const nothingMet: Met = { same: new Set(), different: new Map() };

/**
 * What the chunk meets in the store, held until the commit. Cases are locked before receivables, as
 * everywhere; the first look tells which, and the second is made under the locks.
 */
async function meetAndHold(tx: Tx, chunk: Chunk): Promise<Met> {
  const found = await meet(tx, chunk.keys, chunk.marks, false);
  if (found.different.size === 0) return found;
  const receivableIds = [...found.different.values()].map((stored) => stored.receivableId);
  await lockCasesOf(tx, { receivableIds });
  return meet(tx, chunk.keys, chunk.marks, true);
}

/** Tells new documents from changed ones; what is unchanged is left alone. */
async function sort(tx: Tx, chunk: Chunk, isFirst: boolean): Promise<Sorted> {
  const met = isFirst ? nothingMet : await meetAndHold(tx, chunk);
  const fresh: WrittenReceivable[] = [];
  const altered: WrittenReceivable[] = [];
  for (const record of chunk.records) {
    if (met.same.has(record.documentKey)) continue;
    const stored = met.different.get(record.documentKey);
    if (stored === undefined) fresh.push(added(record, tx.orgId, randomUUIDv7()));
    else if (difference(record, storedOf(record, stored, tx.orgId)).kind === 'changed') {
      altered.push(changed(record, stored, tx.orgId));
    }
  }
  return { fresh, altered };
}

async function change(tx: Tx, importId: string, rows: readonly WrittenReceivable[]): Promise<void> {
  if (rows.length === 0) return;
  const receivableIds = rows.map((row) => row.receivableId);
  await changeReceivables(tx, importId, rows);
  await refreshCases(tx, { receivableIds }, now());
}

/**
 * Where a commit stands: the row it has written up to, and whether the book was empty before it.
 */
type Place = { checkpoint: number; isFirst: boolean };

/**
 * Writes one chunk with its news and the checkpoint; false when it is not to be written any more.
 */
async function writeChunk(
  tx: Tx,
  importId: string,
  chunk: Chunk,
  { checkpoint, isFirst }: Place,
  meanwhile: () => void,
): Promise<boolean> {
  if (!(await mayWrite(tx, importId, checkpoint))) return false;
  const { fresh, altered } = await sort(tx, chunk, isFirst);
  await addReceivables(tx, importId, fresh.map(copyLine).join(''), meanwhile);
  await change(tx, importId, altered);
  await tellImported(tx, importId, [], [...fresh, ...altered].map(receivableFact));
  await saveCheckpoint(tx, importId, chunk.lastRow);
  return true;
}

/**
 * Writes a chunk where the import stands. A book that was empty when the commit began may not be
 * any more: then the documents that are there already make themselves known, and are looked for
 * from there on.
 */
async function writeAt(
  deps: ImportDeps,
  run: ImportRun,
  chunk: Chunk,
  place: Place,
  meanwhile: () => void,
): Promise<boolean> {
  const write = (): Promise<boolean> =>
    deps.db.tenant(run.orgId, (tx) => writeChunk(tx, run.data.importId, chunk, place, meanwhile));
  try {
    return await write();
  } catch (thrown) {
    if (!place.isFirst || brokenConstraint(thrown) !== documentOnce) throw thrown;
    place.isFirst = false;
    return write();
  }
}

async function writeTable(
  deps: ImportDeps,
  run: ImportRun,
  row: ImportRow,
  table: Table,
): Promise<boolean> {
  const { orgId } = run;
  const { importId } = run.data;
  const watch = teller(deps, run, 'writing', table);
  const place: Place = {
    checkpoint: row.checkpoint ?? 0,
    isFirst: !(await deps.db.tenant(orgId, (tx) => hasOtherReceivables(tx, importId))),
  };
  const reading = chunks(table, row, place.checkpoint);
  let next: ReturnType<typeof reading.next> | undefined;
  // The next chunk is read while PostgreSQL is busy with this one: there are two cores for the two.
  const readAhead = (): void => {
    next ??= reading.next();
    next.catch(() => undefined);
  };
  try {
    for (;;) {
      readAhead();
      const { done, value: chunk } = (await next) ?? { done: true };
      if (done === true) return true;
      next = undefined;
      run.signal.throwIfAborted();
      if (!(await writeAt(deps, run, chunk, place, readAhead))) return false;
      place.checkpoint = chunk.lastRow;
      await watch(chunk.rowsRead);
    }
  } finally {
    await reading.return(undefined);
  }
}

async function finish(deps: ImportDeps, run: ImportRun, row: ImportRow): Promise<void> {
  const { importId } = run.data;
  const at = now();
  const { receivablesNew = 0, receivablesChanged = 0 } = row.tally ?? {};
  const value = {
    importId,
    receivablesNew: BigInt(receivablesNew),
    receivablesChanged: BigInt(receivablesChanged),
    undone: false,
  };
  await deps.db.tenant(run.orgId, (tx) => refreshStatistics(tx, ['receivable']));
  await advance(deps, run, 'COMMITTING', { state: 'COMMITTED', finishedAt: at }, (tx) =>
    emit(tx, casesTopic, { aggregateId: importId, at }, [{ $case: 'importFinished', value }]),
  );
}

/**
 * Writes the accepted rows: debtors first, then receivables in chunks. Each chunk, its events and
 * the checkpoint behind it are one transaction, so that an attempt after a crash goes on with the
 * first row not written, and none is written twice.
 */
export async function runCommit(deps: ImportDeps, run: ImportRun, askUndo: AskUndo): Promise<void> {
  await inState(deps, run, 'COMMITTING', askUndo, async (row) => {
    if (row.checkpoint === null && !(await writeAllDebtors(deps, run))) return;
    const done = await withTable(deps, row, run.orgId, (table) =>
      writeTable(deps, run, { ...row, checkpoint: row.checkpoint ?? 0 }, table),
    );
    if (done) await finish(deps, run, row);
  });
}
