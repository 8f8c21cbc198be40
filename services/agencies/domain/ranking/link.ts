/**
 * How a case's and an agency's parts add up to an expected share: on the scale of odds, of the
 * hazard, or of the share itself (McCullagh and Nelder, Generalized Linear Models, 2nd ed., ch. 4).
 */
export type Link = {
  name: 'logit' | 'cloglog' | 'log';
  /** Whether outcomes end at 1; then they vary like yes or no, else like counts. */
  bounded: boolean;
  mean(eta: number): number;
  slope(eta: number): number;
};

const clampEta = (eta: number): number => Math.min(30, Math.max(-30, eta));

export const logit: Link = {
  name: 'logit',
  bounded: true,
  mean: (eta) => 1 / (1 + Math.exp(-clampEta(eta))),
  slope: (eta) => {
    const mean = 1 / (1 + Math.exp(-clampEta(eta)));
    return mean * (1 - mean);
  },
};

export const cloglog: Link = {
  name: 'cloglog',
  bounded: true,
  mean: (eta) => -Math.expm1(-Math.exp(clampEta(eta))),
  slope: (eta) => Math.exp(clampEta(eta) - Math.exp(clampEta(eta))),
};

/** A share cannot pass 1, so near it the bounded logarithm no longer rises. */
const ceiling = 0.995;

export const log: Link = {
  name: 'log',
  bounded: true,
  mean: (eta) => Math.min(ceiling, Math.exp(clampEta(eta))),
  slope: (eta) => (Math.exp(clampEta(eta)) >= ceiling ? 1e-6 : Math.exp(clampEta(eta))),
};

/** For ratios to an expectation given with the case: there is no upper end. */
export const ratio: Link = {
  name: 'log',
  bounded: false,
  mean: (eta) => Math.exp(clampEta(eta)),
  slope: (eta) => Math.exp(clampEta(eta)),
};

const tiny = 1e-9;

/** Variance of an outcome at a mean, but for the dispersion. */
export function variance(link: Link, mean: number): number {
  return Math.max(tiny, link.bounded ? mean * (1 - mean) : mean);
}

/** Quasi-likelihood of sums w and w·y at a mean (Wedderburn 1974). */
export function quasi(link: Link, w: number, wy: number, mean: number): number {
  const m = Math.max(tiny, mean);
  if (!link.bounded) return wy * Math.log(m) - w * m;
  return wy * Math.log(m) + Math.max(0, w - wy) * Math.log(Math.max(tiny, 1 - mean));
}
