import { hashText, keyTable } from './key-table.ts';
import type { ReceivableRecord } from './record.ts';

/**
 * What an earlier row with the same document key says: where it is, and whether its content is the
 * same.
 */
export type Earlier = { row: number; same: boolean };

/** Remembers the documents of a file in about 24 bytes each, so that a million rows stay small. */
export type DuplicateFinder = {
  earlier(record: ReceivableRecord): Earlier | undefined;
  /**
   * The content of the record just looked at as 16 hexadecimal digits, kept with the stored
   * receivable to tell repeats at once.
   */
  mark(): string;
};

/** The content by which two rows of one document are the same or not. */
export function contentText(record: ReceivableRecord): string {
  return [
    record.customerKey,
    record.documentDate ?? '',
    record.dueDate,
    record.currency,
    record.amountMinor,
    record.openMinor,
    record.settledDate ?? '',
    record.disputed ?? '',
    record.paymentTerms ?? '',
    record.description ?? '',
  ].join('\u001f');
}

/** The words of a document: two of its key, its row, two of its content. */
const width = 5;

/**
 * Finds documents that a file has more than once. Two documents whose keys have the same hash
 * (`key-table.ts`) are reported as one, not lost.
 */
export function duplicateFinder(): DuplicateFinder {
  const seen = keyTable(width);
  const content = new Uint32Array(2);
  function earlier(record: ReceivableRecord): Earlier | undefined {
    hashText(contentText(record), content);
    const at = seen.find(record.documentKey);
    const slots = seen.words();
    const row = slots[at + 2] ?? 0;
    if (row !== 0) {
      const same = slots[at + 3] === content[0] && slots[at + 4] === content[1];
      return { row, same };
    }
    slots[at + 2] = record.row;
    slots.set(content, at + 3);
    seen.added();
    return undefined;
  }
  const hex = (word: number | undefined): string => (word ?? 0).toString(16).padStart(8, '0');
  return { earlier, mark: () => hex(content[0]) + hex(content[1]) };
}
