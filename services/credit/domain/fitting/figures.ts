/** How well probabilities tell bad from good. `bad` is 1 or 0 per record. */
export type Figures = {
  /** Chance that a bad one is rated worse than a good one; ties count half. */
  auc: number;
  gini: number;
  /** Greatest distance between the two cumulative shares. */
  ks: number;
  /** Mean squared error of the probability. */
  brier: number;
};

/** One step of the calibration table: records of like probability, expected against seen. */
export type CalibrationRow = {
  from: number;
  to: number;
  count: number;
  meanExpected: number;
  seen: number;
};

function ascending(values: Float64Array): Int32Array {
  const order = Int32Array.from(values, (_value, at) => at);
  return order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
}

/** Area under the curve and KS in one pass over the ordered records. */
export function discrimination(risk: Float64Array, bad: Uint8Array): { auc: number; ks: number } {
  const order = ascending(risk);
  const badCount = bad.reduce((total, one) => total + one, 0);
  const goodCount = bad.length - badCount;
  if (badCount === 0 || goodCount === 0) return { auc: Number.NaN, ks: Number.NaN };
  let goodsBelow = 0;
  let badsBelow = 0;
  let area = 0;
  let ks = 0;
  let at = 0;
  while (at < order.length) {
    const value = risk[order[at] ?? 0];
    let bads = 0;
    let goods = 0;
    while (at < order.length && risk[order[at] ?? 0] === value) {
      if (bad[order[at] ?? 0] === 1) bads += 1;
      else goods += 1;
      at += 1;
    }
    area += bads * (goodsBelow + goods / 2);
    goodsBelow += goods;
    badsBelow += bads;
    ks = Math.max(ks, Math.abs(goodsBelow / goodCount - badsBelow / badCount));
  }
  return { auc: area / (badCount * goodCount), ks };
}

export function figures(probability: Float64Array, bad: Uint8Array): Figures {
  const { auc, ks } = discrimination(probability, bad);
  let squares = 0;
  probability.forEach((value, at) => {
    squares += (value - (bad[at] ?? 0)) ** 2;
  });
  return { auc, gini: 2 * auc - 1, ks, brier: squares / bad.length };
}

/**
 * Ten groups from the safest to the riskiest, of equal count as far as equal probabilities stay in
 * one group: which of them failed would else fall to one group or the other by chance of order.
 */
export function calibration(
  probability: Float64Array,
  bad: Uint8Array,
  groups = 10,
): CalibrationRow[] {
  const order = ascending(probability);
  const of = (place: number): number | undefined => probability[order[place] ?? -1];
  const rows: CalibrationRow[] = [];
  let from = 0;
  for (let group = 1; group <= groups; group += 1) {
    let until = Math.floor((group * order.length) / groups);
    if (until <= from) continue;
    while (until < order.length && of(until) === of(until - 1)) until += 1;
    const part = order.subarray(from, until);
    from = until;
    const expected = part.reduce((total, at) => total + (probability[at] ?? 0), 0);
    const seen = part.reduce((total, at) => total + (bad[at] ?? 0), 0);
    rows.push({
      from: probability[part[0] ?? 0] ?? 0,
      to: probability[part.at(-1) ?? 0] ?? 0,
      count: part.length,
      meanExpected: expected / part.length,
      seen: seen / part.length,
    });
  }
  return rows;
}

/**
 * Population stability index of two share vectors: below 0.1 stable, to 0.25 watch, above it the
 * population is another (Siddiqi, Credit Risk Scorecards, 2006). Empty cells count as 0.0001.
 */
export function stabilityIndex(expected: readonly number[], actual: readonly number[]): number {
  let total = 0;
  expected.forEach((share, at) => {
    const before = Math.max(share, 0.0001);
    const after = Math.max(actual[at] ?? 0, 0.0001);
    total += (after - before) * Math.log(after / before);
  });
  return total;
}

/** Upper edges that cut values into groups of equal count. */
export function edgesOf(values: Float64Array, groups = 10): number[] {
  const sorted = Float64Array.from(values).sort();
  const edges: number[] = [];
  for (let group = 1; group < groups; group += 1) {
    const edge = sorted[Math.floor((group * sorted.length) / groups)] ?? 0;
    if (edge !== edges.at(-1)) edges.push(edge);
  }
  return edges;
}

/** The share of values in each group that the edges cut. */
export function sharesOf(values: Float64Array, edges: readonly number[]): number[] {
  const counts = Array<number>(edges.length + 1).fill(0);
  for (const value of values) {
    let at = 0;
    while (at < edges.length && value >= (edges[at] ?? Infinity)) at += 1;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((count) => count / Math.max(values.length, 1));
}

/** Mean logistic loss of log-odds of bad. */
export function logLoss(logOdds: Float64Array, bad: Uint8Array): number {
  let total = 0;
  for (let at = 0; at < bad.length; at += 1) {
    const value = bad[at] === 1 ? -(logOdds[at] ?? 0) : (logOdds[at] ?? 0);
    total += value > 30 ? value : Math.log1p(Math.exp(value));
  }
  return total / Math.max(bad.length, 1);
}
