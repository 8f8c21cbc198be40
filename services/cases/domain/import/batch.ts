import { type Fault, fault } from '@recourse/kit/fault.ts';
import type { ImportState as ContractState } from '@recourse/proto/cases/v1/imports.ts';

/** States of an import by the contract's names without their prefix. */
export type ImportState = Exclude<keyof typeof ContractState, 'UNSPECIFIED'>;

/** What decides which steps an import may take. */
export type Batch = {
  importId: string;
  state: ImportState;
  version: bigint;
  /** Rows that the last check accepted. */
  accepted: number;
};

/** What an undo ends as: a person undid or cancelled, or a commit failed for good. */
export type EndsAs = 'UNDONE' | 'CANCELLED' | 'FAILED';

function checkVersion(batch: Batch, expected: bigint): void {
  if (expected !== 0n && expected !== batch.version) {
    const facts = { importId: batch.importId, expected, present: batch.version };
    throw fault('stale', 'import_changed_meanwhile', facts);
  }
}

function refuseUnless(batch: Batch, states: readonly ImportState[], reason: string): void {
  if (states.includes(batch.state)) return;
  throw fault('refused', reason, { importId: batch.importId, state: batch.state });
}

/**
 * Confirms a mapping and starts the check; a checked import may be checked again with another one.
 * Refusals in this order: `import_changed_meanwhile`, `import_not_open_for_mapping`.
 */
export function startCheck(batch: Batch, expectedVersion: bigint): ImportState {
  checkVersion(batch, expectedVersion);
  refuseUnless(batch, ['MAPPING', 'CHECKED'], 'import_not_open_for_mapping');
  return 'CHECKING';
}

/**
 * Starts to write. Refusals in this order: `import_changed_meanwhile`, `import_not_checked`,
 * `nothing_to_commit`.
 */
export function startCommit(batch: Batch, expectedVersion: bigint): ImportState {
  checkVersion(batch, expectedVersion);
  refuseUnless(batch, ['CHECKED'], 'import_not_checked');
  if (batch.accepted === 0) {
    throw fault('refused', 'nothing_to_commit', { importId: batch.importId });
  }
  return 'COMMITTING';
}

/** Takes a committed batch back. Refusal: `import_not_committed`. */
export function startUndo(batch: Batch): { state: ImportState; endsAs: EndsAs } {
  refuseUnless(batch, ['COMMITTED'], 'import_not_committed');
  return { state: 'UNDOING', endsAs: 'UNDONE' };
}

/**
 * What rests on a committed batch so that it stays: the first of `payments_rest_on_import`,
 * `later_imports_rest_on_import`, `closings_rest_on_import`; undefined when nothing does.
 */
export function dependent(
  importId: string,
  of: { payments: bigint; laterImports: bigint; closings: bigint },
): Fault | undefined {
  const { payments, laterImports, closings } = of;
  if (payments > 0n) return fault('refused', 'payments_rest_on_import', { importId, payments });
  if (laterImports > 0n) {
    return fault('refused', 'later_imports_rest_on_import', { importId, laterImports });
  }
  if (closings === 0n) return undefined;
  return fault('refused', 'closings_rest_on_import', { importId, closings });
}

/**
 * Stops what is not finished. What a commit has written so far is taken back first. Refusal:
 * `import_already_ended`.
 */
export function cancel(batch: Batch): { state: ImportState; endsAs: EndsAs | undefined } {
  const open = ['ANALYSING', 'MAPPING', 'CHECKING', 'CHECKED', 'COMMITTING'] as const;
  refuseUnless(batch, open, 'import_already_ended');
  return batch.state === 'COMMITTING'
    ? { state: 'UNDOING', endsAs: 'CANCELLED' }
    : { state: 'CANCELLED', endsAs: undefined };
}

/** Where an import goes when its work fails for good: a commit takes back what it wrote. */
export function failed(state: ImportState): { state: ImportState; endsAs: EndsAs | undefined } {
  return state === 'COMMITTING'
    ? { state: 'UNDOING', endsAs: 'FAILED' }
    : { state: 'FAILED', endsAs: undefined };
}

/** Whether a job is at work on an import in this state. */
export function isWorking(state: ImportState): boolean {
  return ['ANALYSING', 'CHECKING', 'COMMITTING', 'UNDOING'].includes(state);
}
