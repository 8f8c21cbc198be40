/**
 * Keys of a file with a few numbers each, in `words` × 4 bytes and about as much again for room, so
 * that a million keys stay small. Keys are told apart by 64-bit hashes: among a million different
 * ones two meet with a chance of 3 in 100 million.
 */
export type KeyTable = {
  /** Where the key's words begin; the third is 0 while the key is new. */
  find(key: string): number;
  /** Says that the third word of a new key has been set; places found before are void then. */
  added(): void;
  /** The words of all keys: two of the hash, then the caller's own. */
  words(): Uint32Array;
};

/** Two independent 32-bit hashes (multiply and rotate after MurmurHash3); 64 bits together. */
export function hashText(text: string, into: Uint32Array): void {
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

const firstSize = 4096;

/** A table of keys with `width` words each (open addressing, linear). */
export function keyTable(width: number): KeyTable {
  const hashed = new Uint32Array(2);
  let slots = new Uint32Array(firstSize * width);
  let mask = firstSize - 1;
  let count = 0;

  /** The place of a hash: its own, or the free one where it belongs. */
  function place(first: number, second: number): number {
    let at = (first & mask) * width;
    while (slots[at + 2] !== 0 && (slots[at] !== first || slots[at + 1] !== second)) {
      at += width;
      if (at >= slots.length) at = 0;
    }
    return at;
  }

  function grow(): void {
    const old = slots;
    mask = mask * 2 + 1;
    slots = new Uint32Array((mask + 1) * width);
    for (let from = 0; from < old.length; from += width) {
      if (old[from + 2] === 0) continue;
      slots.set(old.subarray(from, from + width), place(old[from] ?? 0, old[from + 1] ?? 0));
    }
  }

  function find(key: string): number {
    hashText(key, hashed);
    const [first = 0, second = 0] = hashed;
    const at = place(first, second);
    if (slots[at + 2] === 0) {
      slots[at] = first;
      slots[at + 1] = second;
    }
    return at;
  }
  function added(): void {
    count += 1;
    if (count * 2 > mask) grow();
  }
  return { find, added, words: () => slots };
}
