import type { Cell } from './cells.ts';
import { type Fit, fit } from './fit.ts';
import { cloglog, type Link, log, logit, quasi, ratio } from './link.ts';
import { type Effect, type Evidence, hierarchy, type Hierarchy } from './posterior.ts';

/** One agency's outcomes against what was to be expected of its cases. */
export type Assessed = {
  agency: string;
  cases: number;
  /** Weighted share that came in, and that an average agency would have got in, of its cases. */
  observed: number;
  expected: number;
  /**
   * What it would bring of all the cases against what an average agency would, shrunk, with a 90 %
   * interval; 1 is average.
   */
  index: Effect;
  /** The same on the scale of the model, before any exponent. */
  effect: Effect;
  /** From 1: how much its portfolio's mix hides what it can do. */
  confounding: number;
};

export type Factor = { feature: number; level: string; cases: number; index: number };

export type Assessment = {
  agencies: Assessed[];
  link: Link['name'];
  spread: number;
  factors: Factor[];
  /** Expected share of each cell by an average agency, in the order given. */
  expected: number[];
};

/**
 * In the fit agencies are all but free: drawn to their mean, those that get hard cases because they
 * are good would make hard cases look easier than they are (Mundlak 1978). The shrinking comes
 * afterwards.
 */
const fitSpread = 1;

/** Rounds in which the average agency is searched, and how near is near enough. */
const rounds = 12;
const near = 0.001;

function leastDeviance(fits: readonly Fit[]): Fit | undefined {
  return fits.reduce<Fit | undefined>(
    (best, one) => (best === undefined || one.deviance < best.deviance ? one : best),
    undefined,
  );
}

/**
 * The form of the expectation is itself chosen by these outcomes, and never quite true: variances
 * are taken so much larger (measured on simulated agencies whose form is another).
 */
const formAllowance = 1.12;

/** Cells of one agency that are alike to the likelihood, as one. */
type Bin = { eta: number; ripe: number; w: number; wy: number };

function binsOf(cells: readonly Cell[], made: Fit): Bin[][] {
  const { design, etas } = made;
  const bins = design.agencies.map(() => new Map<string, Bin>());
  for (const [index, cell] of cells.entries()) {
    const ones = design.ones[index] ?? new Int32Array();
    const own = bins[(ones[ones.length - 1] ?? 0) - design.firstAgency];
    const eta = Math.round((etas[index] ?? 0) * 40) / 40;
    const ripe = Math.round(cell.ripe * 50) / 50 || 0.01;
    const bin = own?.get(`${eta} ${ripe}`) ?? { eta, ripe, w: 0, wy: 0 };
    own?.set(`${eta} ${ripe}`, { eta, ripe, w: bin.w + cell.w, wy: bin.wy + cell.wy });
  }
  return bins.map((own) => [...own.values()]);
}

/** The agencies' evidence when the average agency lies `shift` from the fit's general level. */
function evidenceOf(made: Fit, bins: readonly Bin[][], shift: number): Evidence[] {
  return bins.map((own, at) => {
    const scale = (made.dispersion[at] ?? 1) * (made.confounding[at] ?? 1) * formAllowance;
    return (alpha) => {
      let sum = 0;
      for (const { eta, ripe, w, wy } of own) {
        sum += quasi(made.link, w, wy, ripe * made.link.mean(eta + shift + alpha));
      }
      return sum / scale;
    };
  });
}

/** Standard deviations from the middle to either end of a 90 % interval. */
const toEnd = 1.645;

/**
 * Effects against the mean of these very agencies, which is itself only estimated: where a few of
 * them are small, it is their luck as much as anybody's skill. Adds the variance of that mean to
 * each interval (independent posteriors round an unknown centre; Gelman et al., section 5.4):
 * vᵢ (1 − 2/n) + Σ vⱼ / n² + (bᵢ − b̄)² / Σ wⱼ, with bᵢ = vᵢ / τ² and wⱼ = (1 − bⱼ) / τ².
 */
function againstMean({ effects, spread }: Hierarchy): Effect[] {
  const count = effects.length;
  const variances = effects.map(({ low, high }) => ((high - low) / (2 * toEnd)) ** 2);
  const between = Math.max(spread ** 2, ...variances);
  const drawn = variances.map((variance) => variance / between);
  const drawnMean = drawn.reduce((sum, one) => sum + one, 0) / count;
  const evidence = drawn.reduce((sum, one) => sum + (1 - one) / between, 0);
  const ofMean = variances.reduce((sum, one) => sum + one, 0) / count ** 2;
  return effects.map(({ mean, low, high }, at) => {
    const own = variances[at] ?? 0;
    const apart = ((drawn[at] ?? 0) - drawnMean) ** 2;
    const ofCentre = apart === 0 ? 0 : Math.min(between, apart / Math.max(evidence, 1e-9));
    const wider = (own * (1 - 2 / count) + ofMean + ofCentre) / Math.max(own, 1e-12);
    const by = Math.sqrt(Math.max(1, wider));
    return { mean, low: mean - by * (mean - low), high: mean + by * (high - mean) };
  });
}

const middleOf = ({ effects }: Hierarchy): number =>
  effects.reduce((sum, one) => sum + one.mean, 0) / effects.length;

/**
 * Shrunk effects, and the shift that makes their mean 0, which is where the likelihood of a normal
 * population has its greatest value. By secants, for thin evidence hardly moves in single steps.
 */
function centred(cells: readonly Cell[], made: Fit): { known: Hierarchy; shift: number } {
  const bins = binsOf(cells, made);
  let before = { shift: 0, known: hierarchy(evidenceOf(made, bins, 0)) };
  let shift = middleOf(before.known);
  for (let round = 1; round < rounds; round += 1) {
    const known = hierarchy(evidenceOf(made, bins, shift));
    const middle = middleOf(known);
    const slope = (middle - middleOf(before.known)) / (shift - before.shift);
    if (Math.abs(middle) < near || !Number.isFinite(slope)) return { known, shift };
    before = { shift, known };
    // The mean falls as the shift rises, by all of it at most.
    const move = -middle / Math.min(-0.05, Math.max(-1.5, slope));
    shift += Math.min(1, Math.max(-1, move));
  }
  return before;
}

/** The whole mix as a few linear predictors with their weights: enough for a mean. */
function mixOf(cells: readonly Cell[], etas: Float64Array): [number, number][] {
  const bins = new Map<number, [number, number]>();
  for (const [index, cell] of cells.entries()) {
    const eta = etas[index] ?? 0;
    const bin = bins.get(Math.round(eta * 20)) ?? [0, 0];
    bins.set(Math.round(eta * 20), [bin[0] + cell.w * eta, bin[1] + cell.w]);
  }
  return [...bins.values()].map(([sum, w]) => [sum / Math.max(w, 1e-12), w]);
}

function meanOf(mix: readonly [number, number][], link: Link, alpha: number): number {
  return mix.reduce((sum, [eta, w]) => sum + w * link.mean(eta + alpha), 0);
}

function factorsOf(cells: readonly Cell[], made: Fit): Factor[] {
  const { design, link, coefficients } = made;
  const counts = new Float64Array(design.columns);
  for (const [index, cell] of cells.entries()) {
    for (const column of design.ones[index] ?? []) {
      counts[column] = (counts[column] ?? 0) + cell.cases;
    }
  }
  const mix = mixOf(cells, made.etas);
  const level = meanOf(mix, link, 0);
  return design.named.map(({ feature, level: name }, at) => ({
    feature,
    level: name,
    cases: counts[at + 1] ?? 0,
    index: meanOf(mix, link, coefficients[at + 1] ?? 0) / Math.max(level, 1e-12),
  }));
}

function assessed(
  cells: readonly Cell[],
  made: Fit,
  effects: readonly Effect[],
  expected: readonly number[],
): Assessed[] {
  const mix = mixOf(cells, made.etas);
  const average = Math.max(1e-12, meanOf(mix, made.link, 0));
  const indexAt = (alpha: number): number => meanOf(mix, made.link, alpha) / average;
  const sums = made.design.agencies.map(() => ({ cases: 0, w: 0, wy: 0, we: 0 }));
  for (const [index, cell] of cells.entries()) {
    const ones = made.design.ones[index] ?? new Int32Array();
    const sum = sums[(ones[ones.length - 1] ?? 0) - made.design.firstAgency];
    if (sum === undefined) continue;
    sum.cases += cell.cases;
    sum.w += cell.w;
    sum.wy += cell.wy;
    sum.we += cell.w * (expected[index] ?? 0);
  }
  return made.design.agencies.map((agency, at) => {
    const { cases, w, wy, we } = sums[at] ?? { cases: 0, w: 1, wy: 0, we: 0 };
    const effect = effects[at] ?? { mean: 0, low: 0, high: 0 };
    const { mean, low, high } = effect;
    return {
      agency,
      cases,
      observed: wy / Math.max(w, 1e-12),
      expected: we / Math.max(w, 1e-12),
      index: { mean: indexAt(mean), low: indexAt(low), high: indexAt(high) },
      effect,
      confounding: made.confounding[at] ?? 1,
    };
  });
}

/**
 * Observed against expected for the very cases each agency had (domain.md section 6.9). The form of
 * the expectation is the one of three that fits these outcomes best, unless they have no upper end.
 * Cells without weight or without time at work tell nothing and are left out by the caller.
 */
export function assess(cells: readonly Cell[], outcomes: 'shares' | 'ratios'): Assessment {
  const links = outcomes === 'ratios' ? [ratio] : [logit, cloglog, log];
  const best = leastDeviance(links.map((link) => fit(cells, link, fitSpread)));
  if (best === undefined || cells.length === 0) {
    return { agencies: [], link: 'logit', spread: 0, factors: [], expected: [] };
  }
  const { known, shift } = centred(cells, best);
  const made = { ...best, etas: best.etas.map((eta) => eta + shift) };
  const { link, etas } = made;
  const expected = cells.map((cell, index) => cell.ripe * link.mean(etas[index] ?? 0));
  return {
    agencies: assessed(cells, made, againstMean(known), expected),
    link: link.name,
    spread: known.spread,
    factors: factorsOf(cells, made),
    expected,
  };
}
