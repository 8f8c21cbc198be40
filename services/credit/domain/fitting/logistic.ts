/**
 * Elastic-net logistic regression: λ₁‖β‖₁ + λ₂‖β‖²/2 on the summed log-likelihood, the constant
 * free. Newton steps on the outside, coordinate descent inside (Friedman, Hastie, Tibshirani 2010).
 */
export type LogisticRules = {
  lasso: number;
  ridge: number;
  /** Weight of evidence already carries the sign: a coefficient below nought explains nothing. */
  isNonNegative: boolean;
};

export type Logistic = { constant: number; coefficients: Float64Array };

/** Columns of numbers, each of the length of `bad`. */
export type Design = readonly Float64Array[];

const newtonSteps = 25;
const descentSweeps = 200;

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function linear(design: Design, fit: Logistic, count: number): Float64Array {
  const eta = new Float64Array(count).fill(fit.constant);
  design.forEach((column, j) => {
    const coefficient = fit.coefficients[j] ?? 0;
    if (coefficient === 0) return;
    for (let at = 0; at < count; at += 1)
      eta[at] = (eta[at] ?? 0) + coefficient * (column[at] ?? 0);
  });
  return eta;
}

type Quadratic = { gram: Float64Array; gradient: Float64Array; width: number };

/** Weighted cross products and gradient at the present fit; index 0 is the constant. */
function quadratic(design: Design, bad: Uint8Array, eta: Float64Array): Quadratic {
  const count = bad.length;
  const width = design.length + 1;
  const gram = new Float64Array(width * width);
  const gradient = new Float64Array(width);
  const weight = new Float64Array(count);
  const residual = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    const probability = sigmoid(eta[at] ?? 0);
    weight[at] = Math.max(probability * (1 - probability), 1e-6);
    residual[at] = (bad[at] ?? 0) - probability;
  }
  const ones = new Float64Array(count).fill(1);
  const weighted = new Float64Array(count);
  for (let j = 0; j < width; j += 1) {
    const left = j === 0 ? ones : (design[j - 1] ?? ones);
    let slope = 0;
    for (let at = 0; at < count; at += 1) {
      weighted[at] = (left[at] ?? 0) * (weight[at] ?? 0);
      slope += (left[at] ?? 0) * (residual[at] ?? 0);
    }
    gradient[j] = slope;
    for (let k = 0; k <= j; k += 1) {
      const right = k === 0 ? ones : (design[k - 1] ?? ones);
      let total = 0;
      for (let at = 0; at < count; at += 1) total += (weighted[at] ?? 0) * (right[at] ?? 0);
      gram[j * width + k] = total;
      gram[k * width + j] = total;
    }
  }
  return { gram, gradient, width };
}

function soft(value: number, threshold: number): number {
  if (value > threshold) return value - threshold;
  return value < -threshold ? value + threshold : 0;
}

/** Minimises the penalised quadratic; returns the largest change of a coefficient. */
function descend(made: Quadratic, beta: Float64Array, rules: LogisticRules): number {
  const { gram, gradient, width } = made;
  const before = Float64Array.from(beta);
  const slope = Float64Array.from(gradient);
  for (let sweep = 0; sweep < descentSweeps; sweep += 1) {
    let moved = 0;
    for (let j = 0; j < width; j += 1) {
      const own = gram[j * width + j] ?? 0;
      const old = beta[j] ?? 0;
      const pull = (slope[j] ?? 0) + own * old;
      let fresh = j === 0 ? pull / own : soft(pull, rules.lasso) / (own + rules.ridge);
      if (j > 0 && rules.isNonNegative) fresh = Math.max(fresh, 0);
      const change = fresh - old;
      if (change === 0 || Number.isNaN(change)) continue;
      beta[j] = fresh;
      moved = Math.max(moved, Math.abs(change));
      const row = j * width;
      for (let k = 0; k < width; k += 1) slope[k] = (slope[k] ?? 0) - (gram[row + k] ?? 0) * change;
    }
    if (moved < 1e-7) break;
  }
  return beta.reduce((worst, value, j) => Math.max(worst, Math.abs(value - (before[j] ?? 0))), 0);
}

/** What the fit minimises: the summed log-loss and both penalties. */
function objective(
  design: Design,
  bad: Uint8Array,
  beta: Float64Array,
  rules: LogisticRules,
): number {
  const fit = { constant: beta[0] ?? 0, coefficients: beta.subarray(1) };
  let total = 0;
  linear(design, fit, bad.length).forEach((eta, at) => {
    const signed = bad[at] === 1 ? -eta : eta;
    total += Math.max(signed, 0) + Math.log1p(Math.exp(-Math.abs(signed)));
  });
  for (const value of fit.coefficients) {
    total += rules.lasso * Math.abs(value) + (rules.ridge * value * value) / 2;
  }
  return total;
}

/**
 * Goes back half way until a step has made the fit no worse: where a column tells the outcome
 * outright, whole Newton steps run away from each other.
 */
function shorten(before: Float64Array, beta: Float64Array, isWorse: () => boolean): void {
  for (let round = 0; round < 12 && isWorse(); round += 1) {
    beta.forEach((value, j) => {
      beta[j] = (value + (before[j] ?? 0)) / 2;
    });
  }
}

/** Fits; the constant starts at the log-odds of the whole. */
export function fitLogistic(design: Design, bad: Uint8Array, rules: LogisticRules): Logistic {
  const rate = bad.reduce((total, one) => total + one, 0) / bad.length;
  const beta = new Float64Array(design.length + 1);
  beta[0] = Math.log(rate / (1 - rate));
  let reached = objective(design, bad, beta, rules);
  for (let step = 0; step < newtonSteps; step += 1) {
    const fit = { constant: beta[0] ?? 0, coefficients: beta.subarray(1) };
    const made = quadratic(design, bad, linear(design, fit, bad.length));
    const before = beta.slice();
    if (descend(made, beta, rules) < 1e-5) break;
    let found = reached;
    shorten(before, beta, () => {
      found = objective(design, bad, beta, rules);
      return !(found <= reached + 1e-9);
    });
    reached = found;
  }
  return { constant: beta[0] ?? 0, coefficients: beta.slice(1) };
}
