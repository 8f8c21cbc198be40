import { readHeading } from './heading-words.ts';
import { report, text } from './reading.ts';
import type { Reading, RowPlan } from './reading.ts';
import { meaningOfYes, statusWord } from './status-words.ts';
import type { DocumentStatus } from './status-words.ts';
import { readTruth } from './value-shape.ts';

/** What a row states of what is open and paid, in minor units; undefined where it states none. */
export type Owed = { open: bigint | undefined; paid: bigint | undefined };

/**
 * What is still owed by the file: nothing once settled, else as stated, else the amount less
 * payments; `beyond` when that was outside of the amount and has been cut to it.
 */
export function stillOpen(
  amount: bigint,
  { open, paid }: Owed,
  settled: boolean,
): { minor: bigint; beyond: bigint | undefined } {
  if (settled) return { minor: 0n, beyond: undefined };
  const stated = open ?? (paid === undefined ? amount : amount - paid);
  const [least, most] = amount < 0n ? [amount, 0n] : [0n, amount];
  if (stated >= least && stated <= most) return { minor: stated, beyond: undefined };
  return { minor: stated < least ? least : most, beyond: stated };
}

export type StatusReader = (reading: Reading) => DocumentStatus | undefined;

/** Reads the document's state from a column of words, or of yes and no under its heading. */
export function statusReader({ names, fields }: RowPlan): StatusReader {
  const heading = readHeading(names[fields.STATUS ?? -1] ?? '');
  const yes = meaningOfYes(heading);
  const no = yes === 'open' ? 'settled' : 'open';
  return (reading) => {
    const value = text(reading, 'STATUS');
    if (value === '') return undefined;
    const truth = yes === undefined ? undefined : readTruth(value);
    const word = truth === undefined ? statusWord(value) : truth ? yes : no;
    const status = word === 'done' ? (yes === 'settled' ? yes : undefined) : word;
    if (status === undefined) report(reading, 'STATUS', 'status_unknown', value);
    return status;
  };
}

/** What a row comes to: what is owed, and the settlement day that goes with it. */
export type Standing = { owed: Owed; settledDate: string | undefined };

/** Whether the figures say that some of the amount, but not all of it, has been paid. */
function isPartly(amount: bigint, { open, paid }: Owed): boolean {
  if (open !== undefined) return open !== 0n && open !== amount;
  return paid !== undefined && paid !== 0n && paid !== amount;
}

/** Whether the figures say by themselves that all is still open, or that nothing is. */
function saysWhole(amount: bigint, { open, paid }: Owed): 'open' | 'settled' | undefined {
  if (amount === 0n) return undefined;
  if (open !== undefined) return open === 0n ? 'settled' : open === amount ? 'open' : undefined;
  return paid === amount ? 'settled' : undefined;
}

/**
 * Brings together what a row says of payment in figures, in words and by a day. Figures of a part
 * payment come first: with them a day is that of the last payment, and a word is a mistake. Then
 * words: `Paid` settles the row though no day is known, and with `Open` a day is a plan or a
 * forecast. A cancelled document stays known, with nothing open, so that a delivery made before it
 * was cancelled is put right. Contradictions are told.
 */
export function standing(
  reading: Reading,
  amount: bigint,
  owed: Owed,
  day: string | undefined,
  status: DocumentStatus | undefined,
): Standing {
  const nothing: Owed = { open: 0n, paid: undefined };
  const found = text(reading, 'STATUS');
  const differs = (): void => report(reading, 'STATUS', 'status_differs', found);
  if (status === 'cancelled') {
    report(reading, 'STATUS', 'document_cancelled', found);
    return { owed: nothing, settledDate: undefined };
  }
  if (isPartly(amount, owed)) {
    if (status === 'settled') differs();
    return { owed, settledDate: undefined };
  }
  const figures = saysWhole(amount, owed);
  if (status === 'settled') {
    // An open amount that equals the amount is an export's habit; nothing paid is a statement.
    if (figures === 'open' && day === undefined) differs();
    return { owed: nothing, settledDate: day };
  }
  if (status === undefined) return { owed, settledDate: day };
  if (figures === 'settled' || day !== undefined) differs();
  if (figures === 'settled') return { owed, settledDate: day };
  if (status === 'partly' && figures === undefined) {
    report(reading, 'STATUS', 'partly_paid', found);
  }
  return { owed, settledDate: undefined };
}
