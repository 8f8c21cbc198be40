import { type Day, day, isBefore } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Call } from '@recourse/kit/rpc.ts';
import type { AllocationLine } from '../domain/payment.ts';
import type { Standing } from '../domain/standing.ts';
import { broughtBack, turned, writeDown } from '../domain/write-down.ts';
import type { CaseRow } from '../store/cases.ts';
import { buyerOf } from '../store/closings.ts';
import type { NewPayment, OpenClaims } from '../store/payments.ts';
import type { Restored } from '../store/reversals.ts';
import {
  addLines,
  givenUpOf,
  linesOfPayment,
  lowerBy,
  saveReopened,
  writeOffOf,
} from '../store/write-downs.ts';

/**
 * Money on a case that was given up.
 *
 * A written-off debt is owed all the same (核销 is the creditor's book-keeping, no waiver), so what
 * comes in is a payment like any other. It brings back exactly what it pays and pays it at once:
 * the case stays written off with nothing open, and bad debt is less by just that. Opening the case
 * again instead would put all of the debt back into the book because of one small payment, and
 * would need somebody to approve the same write-off twice.
 *
 * A payment of the time before that is taken back is another matter: whoever approved the write-off
 * did so with less open. Then all of it is undone, and the case is worked again.
 */

/** The claims of a written-off case are what was given up of it. Refusal: `case_sold`. */
export async function lateClaims(tx: Tx, row: CaseRow, open: OpenClaims): Promise<OpenClaims> {
  const { caseId, outcome } = row;
  if (outcome === 'SOLD') {
    const buyer = await buyerOf(tx, caseId);
    if (buyer !== undefined) throw fault('refused', 'case_sold', { caseId, buyer });
  }
  if (outcome !== 'WRITTEN_OFF') return open;
  const writeOff = await writeOffOf(tx, caseId);
  if (writeOff === undefined) return open;
  return { ...open, writeOff, claims: await givenUpOf(tx, writeOff.closingId, caseId) };
}

/**
 * Brings back what a late payment pays, on the day from which both count: money that was received
 * before the write-off was known only after it.
 */
export async function bringBack(
  tx: Tx,
  { claims, writeOff }: OpenClaims,
  payment: NewPayment,
  lines: readonly AllocationLine[],
): Promise<void> {
  if (writeOff === undefined) return;
  const { paymentId, caseId, recordedAt: at, receivedOn } = payment;
  const { closingId, decidedOn } = writeOff;
  const on = laterOf(day(receivedOn), day(decidedOn));
  const back = broughtBack(claims, lines).map((line) => ({ ...line, caseId }));
  await addLines(tx, { closingId, on, at, cause: 'received', paymentId }, back);
}

function laterOf(a: Day, b: Day): Day {
  return isBefore(a, b) ? b : a;
}

/** A written-off case after a late payment: as before, with nothing open and nothing to be done. */
export function standingAfter({ oldestDueDate, tier, tierWhy }: CaseRow): Standing {
  const nothing = { openMinor: 0n, overdueMinor: 0n, receivableCount: 0n };
  const next = { nextStep: '', nextDay: 'infinity', nextWhy: tierWhy };
  return { ...nothing, oldestDueDate, tier, tierWhy, ...next };
}

/**
 * Gives up again what a payment had brought back that is now taken back; undefined when it had
 * brought nothing back, or its case is no longer written off.
 */
export async function giveUpAgain(
  tx: Tx,
  { paymentId, caseId }: { paymentId: string; caseId: string },
  { at }: Pick<Call, 'at'>,
): Promise<Restored[] | undefined> {
  const lines = await linesOfPayment(tx, paymentId);
  const [first] = lines;
  const writeOff = first === undefined ? undefined : await writeOffOf(tx, caseId);
  if (first === undefined || writeOff === undefined) return undefined;
  const { closingId } = writeOff;
  const again = turned(lines).map((line) => ({ ...line, caseId }));
  const written = { closingId, on: first.onDay, at, paymentId };
  await addLines(tx, { ...written, cause: 'received_reversed' }, again);
  const touched = new Set(lines.map((one) => one.receivableId));
  const owed = await givenUpOf(tx, closingId, caseId);
  return owed
    .filter((one) => touched.has(one.receivableId))
    .map(({ receivableId, documentNumber, openMinor }) => ({
      receivableId,
      documentNumber,
      caseId,
      openMinor,
    }));
}

/** Undoes the write-off of a case; whether there was one. */
export async function undoWriteOff(
  tx: Tx,
  { caseId, outcome }: Pick<CaseRow, 'caseId' | 'outcome'>,
  on: Day,
  at: Temporal.Instant,
): Promise<boolean> {
  const writeOff = outcome === 'WRITTEN_OFF' ? await writeOffOf(tx, caseId) : undefined;
  if (writeOff === undefined) return false;
  const { closingId } = writeOff;
  const back = turned(writeDown(await givenUpOf(tx, closingId, caseId)));
  const lines = back.map((line) => ({ ...line, caseId }));
  await addLines(tx, { closingId, on, at, cause: 'reopened' }, lines);
  await lowerBy(tx, lines);
  await saveReopened(tx, caseId, at);
  return true;
}
