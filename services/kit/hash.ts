import { createHash } from 'node:crypto';

/**
 * A value as JSON with sorted keys, so that equal content gives equal text. A bigint is written as
 * its digits in quotes, as the contract's JSON does; absent parts are left out, alone they are
 * `null`.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, part: unknown) => {
    if (typeof part === 'bigint') return part.toString();
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    const entries = Object.entries(part).filter(([, inner]) => inner !== undefined);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

/** SHA-256 of text or bytes, lower-case hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Fingerprint of a command's content; two requests with one id must have one fingerprint. */
export function contentHash(value: unknown): string {
  return sha256(canonicalJson(value));
}

/**
 * A UUID made from a name within a namespace (RFC 9562 version 8, SHA-256), so that services that
 * see the same natural key name the same thing without asking each other.
 */
export function namedUuid(namespace: string, name: string): string {
  const bytes = createHash('sha256').update(`${namespace}\n${name}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
