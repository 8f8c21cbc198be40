/**
 * Lists of whole numbers by key, in one pool of typed memory: a million short lists cost four bytes
 * a member and a little air. Lists grow by doubling; places given up are used again.
 */
export type Postings = {
  /** Adds a member to a list; keys and members are small whole numbers from 0. */
  add(key: number, member: number): void;
  length(key: number): number;
  /** Memory that holds the list, from `start(key)` on; valid until the next `add`. */
  pool(): Int32Array;
  start(key: number): number;
  bytes(): number;
};

export function grown<A extends Int32Array | Uint8Array | Float32Array>(array: A, need: number): A {
  if (array.length >= need) return array;
  const Made = array.constructor as new (length: number) => A;
  const made = new Made(Math.max(need, Math.ceil(array.length * 1.5)));
  made.set(array);
  return made;
}

export function postings(): Postings {
  let pool = new Int32Array(1024);
  let used = 0;
  let starts = new Int32Array(1024);
  let lengths = new Int32Array(1024);
  /** Places given up, by the binary logarithm of their size. */
  const free: number[][] = [];

  function room(size: number): number {
    const place = free[31 - Math.clz32(size)]?.pop();
    if (place !== undefined) return place;
    pool = grown(pool, used + size);
    used += size;
    return used - size;
  }

  function widen(key: number, length: number): void {
    const size = length === 0 ? 1 : length * 2;
    const from = starts[key] ?? 0;
    const to = room(size);
    pool.copyWithin(to, from, from + length);
    if (length > 0) (free[31 - Math.clz32(length)] ??= []).push(from);
    starts[key] = to;
  }

  return {
    add(key, member) {
      starts = grown(starts, key + 1);
      lengths = grown(lengths, key + 1);
      const length = lengths[key] ?? 0;
      // A list is full when its length is a power of two.
      if ((length & (length - 1)) === 0) widen(key, length);
      pool[(starts[key] ?? 0) + length] = member;
      lengths[key] = length + 1;
    },
    length: (key) => lengths[key] ?? 0,
    pool: () => pool,
    start: (key) => starts[key] ?? 0,
    bytes: () => 4 * (pool.length + starts.length + lengths.length),
  };
}
