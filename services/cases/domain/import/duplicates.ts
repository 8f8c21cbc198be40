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

/** Two independent 32-bit hashes (multiply and rotate after MurmurHash3); 64 bits together. */
function hash(text: string, into: Uint32Array): void {
  let a = 0x9747b28c ^ text.length;
  let b = 0x3c6ef372 ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0xcc9e2d51);
    a = (a << 15) | (a >>> 17);
    b = Math.imul(b ^ code, 0x85ebca6b);
    b = (b << 13) | (b >>> 19);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
  b = Math.imul(b ^ (b >>> 16), 0xc2b2ae35);
  into[0] = (a ^ (a >>> 13)) >>> 0;
  into[1] = (b ^ (b >>> 15)) >>> 0;
}

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

/** Slots are five words: two of the key's hash, two of the content's, and the row. */
const words = 5;

type Table = { slots: Uint32Array; mask: number; count: number };

function table(size: number): Table {
  return { slots: new Uint32Array(size * words), mask: size - 1, count: 0 };
}

/**
 * The slot of a key's hash: its own, or the free one where it belongs (open addressing, linear).
 */
function slotOf(of: Table, first: number, second: number): number {
  let at = (first & of.mask) * words;
  while (of.slots[at + 4] !== 0 && (of.slots[at] !== first || of.slots[at + 1] !== second)) {
    at += words;
    if (at >= of.slots.length) at = 0;
  }
  return at;
}

function grown(old: Table): Table {
  const larger = table((old.mask + 1) * 2);
  for (let from = 0; from < old.slots.length; from += words) {
    if (old.slots[from + 4] === 0) continue;
    const to = slotOf(larger, old.slots[from] ?? 0, old.slots[from + 1] ?? 0);
    larger.slots.set(old.slots.subarray(from, from + words), to);
  }
  larger.count = old.count;
  return larger;
}

/**
 * Finds documents that a file has more than once. Keys are compared by 64-bit hashes: among a
 * million documents two different ones meet with a chance of 3 in 100 million, and the row is then
 * reported, not lost.
 */
export function duplicateFinder(): DuplicateFinder {
  let seen = table(4096);
  const key = new Uint32Array(2);
  const content = new Uint32Array(2);
  function earlier(record: ReceivableRecord): Earlier | undefined {
    hash(record.documentKey, key);
    hash(contentText(record), content);
    const [first = 0, second = 0] = key;
    const at = slotOf(seen, first, second);
    const row = seen.slots[at + 4] ?? 0;
    if (row !== 0) {
      const same = seen.slots[at + 2] === content[0] && seen.slots[at + 3] === content[1];
      return { row, same };
    }
    seen.slots.set([first, second, content[0] ?? 0, content[1] ?? 0, record.row], at);
    seen.count += 1;
    if (seen.count * 2 > seen.mask) seen = grown(seen);
    return undefined;
  }
  const hex = (word: number | undefined): string => (word ?? 0).toString(16).padStart(8, '0');
  return { earlier, mark: () => hex(content[0]) + hex(content[1]) };
}
