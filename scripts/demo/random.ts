/** A seeded source of chance, so that the demo is the same on every machine. */
export type Chance = {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from the first to the last, both included. */
  whole(first: number, last: number): number;
  pick<T>(from: readonly T[]): T;
  /** Picks by weights that stand beside the values. */
  weighted<T>(from: readonly (readonly [T, number])[]): T;
  /** True with this probability. */
  happens(probability: number): boolean;
};

/** Mulberry32 (Tommy Ettinger, public domain): small, even, and good enough for a demo. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const pick = <T>(from: readonly T[]): T => {
    const found = from[Math.floor(next() * from.length)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  };
  return {
    next,
    pick,
    whole: (first, last) => first + Math.floor(next() * (last - first + 1)),
    happens: (probability) => next() < probability,
    weighted: <T>(from: readonly (readonly [T, number])[]): T => {
      let left = next() * from.reduce((total, [, weight]) => total + weight, 0);
      for (const [value, weight] of from) {
        left -= weight;
        if (left < 0) return value;
      }
      return pick(from)[0];
    },
  };
}
