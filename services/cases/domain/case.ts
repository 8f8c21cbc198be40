import { fault } from '@recourse/kit/fault.ts';

/** What people decide about a case: who works it, and that it is over. */

export type Outcome = 'PAID' | 'SETTLED' | 'WRITTEN_OFF' | 'SOLD' | 'WITHDRAWN';

export type CaseStatus = {
  caseId: string;
  state: 'OPEN' | 'CLOSED';
  openMinor: bigint;
  version: bigint;
};

/** `stale` case_changed_meanwhile unless the version named is the present one; 0 names none. */
export function checkVersion(file: CaseStatus, expected: bigint): void {
  if (expected !== 0n && expected !== file.version) {
    const facts = { caseId: file.caseId, expected, present: file.version };
    throw fault('stale', 'case_changed_meanwhile', facts);
  }
}

/** Gives a case to a collector. Refusals in this order: `case_changed_meanwhile`, `case_closed`. */
export function assignCase(file: CaseStatus, command: { expectedVersion: bigint }): void {
  checkVersion(file, command.expectedVersion);
  if (file.state === 'CLOSED') throw fault('refused', 'case_closed', { caseId: file.caseId });
}

/**
 * Closes a case by hand. Refusals in this order: `case_changed_meanwhile`, `case_closed`,
 * `closing_needs_approval` (a write-off, a sale or a withdrawal, which somebody else approves),
 * `case_not_paid` (PAID while something is owed). What the case was about stays with it.
 */
export function closeCase(
  file: CaseStatus,
  command: { outcome: Outcome; expectedVersion: bigint },
): void {
  checkVersion(file, command.expectedVersion);
  if (file.state === 'CLOSED') throw fault('refused', 'case_closed', { caseId: file.caseId });
  const { outcome } = command;
  if (outcome !== 'PAID' && outcome !== 'SETTLED') {
    throw fault('refused', 'closing_needs_approval', { caseId: file.caseId, outcome });
  }
  if (outcome === 'PAID' && file.openMinor > 0n) {
    throw fault('refused', 'case_not_paid', { caseId: file.caseId, openMinor: file.openMinor });
  }
}

/** The number people say: `C-2026-000123`. More than a million a year only grow longer. */
export function caseNumber(year: number, sequence: bigint): string {
  return `C-${year}-${String(sequence).padStart(6, '0')}`;
}
