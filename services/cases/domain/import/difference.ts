import type { ReceivableRecord } from './record.ts';

/** The fields of a stored receivable that a delivery can change, as the store has them. */
export type StoredReceivable = {
  customerKey: string;
  documentDate: string | undefined;
  dueDate: string;
  currency: string;
  amountMinor: bigint;
  /** What the last delivery said was open; payments recorded here since do not change it. */
  deliveredOpenMinor: bigint;
  deliveredSettledDate: string | undefined;
  disputed: boolean;
  paymentTerms: string;
  description: string;
};

export type ComparedField = keyof StoredReceivable;

/**
 * What a delivery does to a document; the names are the counts of the contract's `ImportCounts`.
 */
export type Difference =
  | { kind: 'new' }
  | { kind: 'unchanged' }
  | { kind: 'changed'; fields: readonly ComparedField[] };

/** The record in the store's terms; undefined says that the file has no word on the field. */
function delivered(record: ReceivableRecord): {
  [Field in ComparedField]: StoredReceivable[Field] | undefined;
} {
  return {
    customerKey: record.customerKey,
    documentDate: record.documentDate,
    dueDate: record.dueDate,
    currency: record.currency,
    amountMinor: record.amountMinor,
    deliveredOpenMinor: record.openMinor,
    deliveredSettledDate: record.settledDate,
    disputed: record.disputed,
    paymentTerms: record.paymentTerms,
    description: record.description,
  };
}

/**
 * Compares a delivered row with the stored document of the same key. The document number's
 * formatting and the spelling of the customer's name are no difference; a field the file has no
 * column for, or an empty document date, leaves the stored one. A settlement date that is gone is
 * a change: the payment was taken back.
 */
export function difference(
  record: ReceivableRecord,
  stored: StoredReceivable | undefined,
): Difference {
  if (stored === undefined) return { kind: 'new' };
  const values = delivered(record);
  const fields = (Object.keys(values) as ComparedField[]).filter((field) => {
    const value = values[field];
    if (value === undefined) return field === 'deliveredSettledDate' && stored[field] !== undefined;
    return value !== stored[field];
  });
  return fields.length === 0 ? { kind: 'unchanged' } : { kind: 'changed', fields };
}

/** What is owed now and by the last delivery, in minor units. */
export type Owed = { openMinor: bigint; deliveredOpenMinor: bigint };

/**
 * What is owed after a delivery. A payment recorded here since the last delivery must not come
 * back with an old open amount, and must not count twice when the ledger has booked it by now: a
 * delivery that owes less leaves the smaller of both figures, one that owes more adds the
 * difference. Never beyond the amount; a credit note is the same with the signs turned.
 */
export function openAfter(stored: Owed, deliveredOpen: bigint, amountMinor: bigint): bigint {
  if (amountMinor < 0n) {
    const turned = { openMinor: -stored.openMinor, deliveredOpenMinor: -stored.deliveredOpenMinor };
    return -openAfter(turned, -deliveredOpen, -amountMinor);
  }
  const { openMinor, deliveredOpenMinor } = stored;
  const less = deliveredOpen < openMinor ? deliveredOpen : openMinor;
  const after =
    deliveredOpen <= deliveredOpenMinor ? less : openMinor + deliveredOpen - deliveredOpenMinor;
  return after > amountMinor ? amountMinor : after < 0n ? 0n : after;
}
