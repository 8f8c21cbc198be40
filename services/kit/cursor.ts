import { fault } from './fault.ts';

/** A value of a keyset: what the last row of a page had in the columns the list is sorted by. */
export type CursorValue = string | number | bigint | boolean | null;

/**
 * Opaque text that says where a page ended. `filterHash` (`contentHash` of filter and sort) is kept
 * inside, so that a cursor cannot be used with another question and give holes and repeats.
 */
export function encodeCursor(values: readonly CursorValue[], filterHash: string): string {
  const packed = values.map((value) => (typeof value === 'bigint' ? { n: String(value) } : value));
  return Buffer.from(JSON.stringify([filterHash.slice(0, 16), ...packed])).toString('base64url');
}

/** The values of a cursor. Faults: `invalid` cursor_is_malformed, cursor_of_other_query. */
export function decodeCursor(text: string, filterHash: string): CursorValue[] {
  const [hash, ...values] = unpack(text);
  if (hash !== filterHash.slice(0, 16)) throw fault('invalid', 'cursor_of_other_query');
  return values.map(unpackValue);
}

function unpack(text: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(parts)) return parts;
  } catch {
    // Falls through to the one refusal of everything that is not ours.
  }
  throw fault('invalid', 'cursor_is_malformed');
}

function unpackValue(value: unknown): CursorValue {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
    return value as CursorValue;
  }
  if (typeof value === 'object' && 'n' in value && /^-?\d{1,19}$/.test(String(value.n))) {
    return BigInt(String(value.n));
  }
  throw fault('invalid', 'cursor_is_malformed');
}
