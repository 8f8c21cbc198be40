/**
 * What is known of one agency's effect α (0 is average): the logarithm of the likelihood of what
 * it showed, up to a constant.
 */
export type Evidence = (alpha: number) => number;

/** The effect of one agency in the light of all of them. */
export type Effect = { mean: number; low: number; high: number };

export type Hierarchy = {
  effects: Effect[];
  /** Standard deviation of the agencies' true effects: how far they differ but for chance. */
  spread: number;
};

const gridHalf = 3;
const gridSize = 241;
const grid = Array.from(
  { length: gridSize },
  (_none, at) => -gridHalf + (2 * gridHalf * at) / (gridSize - 1),
);
const spreads = Array.from({ length: 30 }, (_none, at) => 0.02 * 1.15 ** at);

/** Weakly informative half-normal prior of the spread (Gelman 2006), of this scale. */
const spreadScale = 0.5;

/** Likelihood on the grid, its greatest value 1. */
function onGrid(evidence: Evidence): Float64Array {
  const values = Float64Array.from(grid, (alpha) => evidence(alpha));
  const top = values.reduce((best, value) => Math.max(best, value), -Infinity);
  return values.map((value) => Math.exp(value - top));
}

function priorOnGrid(spread: number): Float64Array {
  const raw = Float64Array.from(grid, (alpha) => Math.exp((-alpha * alpha) / (2 * spread ** 2)));
  const sum = raw.reduce((total, value) => total + value, 0);
  return raw.map((value) => value / sum);
}

function marginal(likelihood: Float64Array, prior: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < gridSize; at += 1) sum += (likelihood[at] ?? 0) * (prior[at] ?? 0);
  return sum;
}

/** Posterior weights of the spreads: prior times the likelihood of all agencies together. */
function spreadWeights(likelihoods: readonly Float64Array[], priors: Float64Array[]): number[] {
  const logs = spreads.map((spread, at) => {
    const prior = priors[at] ?? new Float64Array(gridSize);
    const fit = likelihoods.reduce(
      (sum, likelihood) => sum + Math.log(Math.max(1e-300, marginal(likelihood, prior))),
      0,
    );
    // The grid of spreads is even in the logarithm, hence the Jacobian.
    return fit - spread ** 2 / (2 * spreadScale ** 2) + Math.log(spread);
  });
  const top = Math.max(...logs);
  const raw = logs.map((value) => Math.exp(value - top));
  const sum = raw.reduce((total, value) => total + value, 0);
  return raw.map((value) => value / sum);
}

/** Where the cumulative density passes a share, straight between points of the grid. */
function quantile(density: Float64Array, share: number): number {
  const step = (2 * gridHalf) / (gridSize - 1);
  let before = 0;
  for (let at = 0; at < gridSize; at += 1) {
    const here = density[at] ?? 0;
    if (before + here >= share) {
      return (grid[at] ?? 0) + step * ((share - before) / Math.max(here, 1e-300) - 0.5);
    }
    before += here;
  }
  return gridHalf;
}

function effectOf(likelihood: Float64Array, priors: Float64Array[], weights: number[]): Effect {
  const density = new Float64Array(gridSize);
  for (const [index, prior] of priors.entries()) {
    const weight = weights[index] ?? 0;
    if (weight < 1e-9) continue;
    const whole = Math.max(1e-300, marginal(likelihood, prior));
    for (let at = 0; at < gridSize; at += 1) {
      const part = ((likelihood[at] ?? 0) * (prior[at] ?? 0)) / whole;
      density[at] = (density[at] ?? 0) + weight * part;
    }
  }
  const mean = density.reduce((sum, part, at) => sum + part * (grid[at] ?? 0), 0);
  return { mean, low: quantile(density, 0.05), high: quantile(density, 0.95) };
}

/**
 * The agencies' effects with 90 % intervals, each drawn towards the average as far as its own
 * evidence is thin (domain.md section 6.9): αᵢ ~ N(0, τ²), τ unknown with a half-normal prior, all
 * of it integrated on a grid, so that few agencies and none of chance's luck need approximating
 * (Gelman et al., Bayesian Data Analysis, 3rd ed., section 5.4).
 */
export function hierarchy(evidence: readonly Evidence[]): Hierarchy {
  const likelihoods = evidence.map(onGrid);
  const priors = spreads.map(priorOnGrid);
  const weights = spreadWeights(likelihoods, priors);
  return {
    effects: likelihoods.map((likelihood) => effectOf(likelihood, priors, weights)),
    spread: spreads.reduce((sum, spread, at) => sum + spread * (weights[at] ?? 0), 0),
  };
}

/** A logarithm of a ratio was measured with this variance. */
export function normalEvidence(estimate: number, variance: number): Evidence {
  return (alpha) => -((alpha - estimate) ** 2) / (2 * variance);
}

/** So many were counted where so many were to be expected. */
export function countEvidence(observed: number, expected: number): Evidence {
  return (alpha) => observed * alpha - expected * Math.exp(alpha);
}

/** So many of so many, where an average agency has a share `rate` strictly between 0 and 1. */
export function shareEvidence(hits: number, tries: number, rate: number): Evidence {
  const odds = Math.log(rate / (1 - rate));
  return (alpha) => {
    const p = 1 / (1 + Math.exp(-odds - alpha));
    return hits * Math.log(p) + (tries - hits) * Math.log(1 - p);
  };
}
