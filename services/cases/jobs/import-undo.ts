import { now } from '@recourse/kit/clock.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import type { Fault } from '@recourse/kit/fault.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { dependent } from '../domain/import/batch.ts';
import {
  allowLong,
  casesOfBatch,
  dependence,
  forgetChanges,
  removeDebtors,
  removeReceivables,
  restoreDebtors,
  restoreReceivables,
} from '../store/import-undo.ts';
import { type ImportRow, lockImport, lockWriting, saveStep } from '../store/imports.ts';
import { lockCasesOf, refreshCases } from '../store/refresh.ts';
import { casesTopic } from '../topic.ts';
import { receivableFact } from './import-records.ts';
import { type ImportDeps, type ImportRun, tell } from './import-work.ts';

/** Ids told in one event; 38 bytes each. */
const idsTold = 10_000;
const factsTold = 4_000;

type Told = NonNullable<CasesEvent['event']>;
type Removed = Extract<Told, { $case: 'receivablesRemoved' }>['value'];

async function tellRemoved(
  tx: Tx,
  importId: string,
  at: Temporal.Instant,
  removed: Partial<Removed>,
): Promise<void> {
  const value = {
    importId,
    removedReceivableIds: [],
    restored: [],
    removedDebtorIds: [],
    ...removed,
  };
  const about = { aggregateId: importId, at };
  await emit(tx, casesTopic, about, [{ $case: 'receivablesRemoved', value }]);
}

async function restore(tx: Tx, importId: string, at: Temporal.Instant): Promise<number> {
  const restored = await restoreReceivables(tx, importId);
  for (let from = 0; from < restored.length; from += factsTold) {
    const facts = restored.slice(from, from + factsTold).map(receivableFact);
    await tellRemoved(tx, importId, at, { restored: facts });
  }
  return restored.length;
}

async function remove(tx: Tx, importId: string, at: Temporal.Instant): Promise<number> {
  let count = 0;
  for (;;) {
    const ids = await removeReceivables(tx, importId, idsTold);
    if (ids.length > 0) await tellRemoved(tx, importId, at, { removedReceivableIds: ids });
    count += ids.length;
    if (ids.length < idsTold) return count;
  }
}

async function removeUnused(tx: Tx, importId: string, at: Temporal.Instant): Promise<void> {
  await restoreDebtors(tx, importId);
  const ids = await removeDebtors(tx, importId);
  for (let from = 0; from < ids.length; from += idsTold) {
    await tellRemoved(tx, importId, at, { removedDebtorIds: ids.slice(from, from + idsTold) });
  }
}

/**
 * Takes a batch back in one transaction, so that there is never half of it: changed receivables
 * are as they were before, new ones and customers that nothing else refers to are gone, cases
 * follow.
 */
async function takeBack(tx: Tx, row: ImportRow, at: Temporal.Instant): Promise<void> {
  const { importId } = row;
  await allowLong(tx);
  const caseIds = await casesOfBatch(tx, importId);
  await lockCasesOf(tx, { caseIds });
  const receivablesChanged = await restore(tx, importId, at);
  const receivablesNew = await remove(tx, importId, at);
  if (caseIds.length > 0) await refreshCases(tx, { caseIds }, at);
  await removeUnused(tx, importId, at);
  await forgetChanges(tx, importId);
  const value = {
    importId,
    receivablesNew: BigInt(receivablesNew),
    receivablesChanged: BigInt(receivablesChanged),
    undone: true,
  };
  const about = { aggregateId: importId, at };
  await emit(tx, casesTopic, about, [{ $case: 'importFinished', value }]);
}

/** What a batch goes back to when something rests on it after all. */
async function keep(tx: Tx, row: ImportRow, refusal: Fault): Promise<void> {
  const { reason, facts } = refusal;
  const state = row.endsAs === 'UNDONE' ? 'COMMITTED' : 'FAILED';
  await saveStep(tx, row.importId, { state, failure: { reason, facts } });
}

/**
 * Takes an import back that was undone, cancelled while it was written, or failed while written.
 */
export async function runUndo(deps: ImportDeps, run: ImportRun): Promise<void> {
  const { orgId } = run;
  const { importId } = run.data;
  await deps.db.tenant(orgId, async (tx) => {
    await lockWriting(tx);
    const row = await lockImport(tx, importId);
    if (row.state !== 'UNDOING') return;
    const refusal = dependent(importId, await dependence(tx, importId));
    tx.afterCommit(() => tell(deps, run, 'changed'));
    if (refusal !== undefined) return keep(tx, row, refusal);
    const at = now();
    await takeBack(tx, row, at);
    await saveStep(tx, importId, { state: row.endsAs ?? 'UNDONE', finishedAt: at });
  });
}
