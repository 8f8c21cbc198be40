/** Random numbers that a seed fixes: the same seed, the same agencies and cases. */
export type Dice = {
  /** Even in (0, 1). */
  even(): number;
  /** Standard normal (Box and Muller). */
  normal(): number;
  /** Gamma of this shape and scale 1 (Marsaglia and Tsang 2000). */
  gamma(shape: number): number;
  beta(a: number, b: number): number;
};

/** mulberry32 under all of them. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const even = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(even())) * Math.cos(2 * Math.PI * even());
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * even() ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(even()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  const beta = (a: number, b: number): number => {
    const left = gamma(a);
    return left / (left + gamma(b));
  };
  return { even, normal, gamma, beta };
}
