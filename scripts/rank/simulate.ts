import { assess } from '@recourse/agencies/domain/ranking/assess.ts';
import { kendall, spearman } from './correlation.ts';
import { dice } from './dice.ts';
import { market, type Scenario } from './market.ts';

const plain: Scenario = {
  name: 'like portfolios',
  truth: 'odds',
  spread: 0.35,
  size: 150,
  sizeSpread: 0,
  mix: 0,
  adverse: 0,
  amounts: 0.8,
  young: 0,
};

/** What makes raw rates lie, one thing after another and all together. */
export const scenarios: readonly Scenario[] = [
  plain,
  { ...plain, name: 'easy and hard portfolios', mix: 1 },
  { ...plain, name: 'the good get the hard cases', mix: 1, adverse: 0.6 },
  { ...plain, name: 'small and large agencies', sizeSpread: 1.1, mix: 0.5 },
  { ...plain, name: 'a few very large amounts', amounts: 1.8, mix: 0.5 },
  { ...plain, name: 'many cases still open', young: 0.9, mix: 0.5 },
  { ...plain, name: 'quality moves the hazard', truth: 'hazard', mix: 1, spread: 0.3 },
  { ...plain, name: 'quality moves the share', truth: 'share', mix: 1, spread: 0.2 },
  { ...plain, name: 'agencies hardly differ', mix: 1, spread: 0.12 },
  {
    ...plain,
    name: 'everything at once',
    truth: 'hazard',
    mix: 1,
    adverse: 0.4,
    sizeSpread: 1.1,
    amounts: 1.5,
    young: 0.7,
  },
];

export type Played = {
  name: string;
  /** Rank correlations with the truth, means over the runs: by lower bound, by index, raw. */
  spearman: { low: number; index: number; raw: number };
  kendall: { low: number; index: number; raw: number };
  /** Share of the 90 % intervals that hold the truth. */
  coverage: number;
  /** The same among the agencies with fewer than 50 cases; none when there were none. */
  coverageSmall: number | undefined;
  /** Mean share of the runs in which the lower bound beats the raw rate. */
  won: number;
  runs: number;
};

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function playOnce(scenario: Scenario, agencyCount: number, seed: number) {
  const { cells, agencies } = market(dice(seed), scenario, agencyCount);
  const byName = new Map(assess(cells, 'shares').agencies.map((one) => [one.agency, one]));
  const pairs = agencies.flatMap((truth) => {
    const one = byName.get(truth.name);
    return one === undefined ? [] : [{ truth, one }];
  });
  const truth = pairs.map((pair) => pair.truth.quality);
  const by = {
    low: pairs.map((pair) => pair.one.index.low),
    index: pairs.map((pair) => pair.one.index.mean),
    raw: pairs.map((pair) => pair.truth.rawRate),
  };
  const measure = (how: typeof spearman) => ({
    low: how(by.low, truth),
    index: how(by.index, truth),
    raw: how(by.raw, truth),
  });
  const held = pairs.map(({ truth: { index, cases }, one }) => ({
    small: cases < 50,
    held: one.index.low <= index && index <= one.index.high ? 1 : 0,
  }));
  return { spearman: measure(spearman), kendall: measure(kendall), held };
}

/** Plays one scenario many times over. */
export function play(
  scenario: Scenario,
  o: { agencies: number; seed: number; runs: number },
): Played {
  const made = Array.from({ length: o.runs }, (_none, run) =>
    playOnce(scenario, o.agencies, o.seed * 7919 + run * 104_729),
  );
  const average = (of: 'spearman' | 'kendall') => ({
    low: mean(made.map((one) => one[of].low)),
    index: mean(made.map((one) => one[of].index)),
    raw: mean(made.map((one) => one[of].raw)),
  });
  const held = made.flatMap((one) => one.held);
  const small = held.filter((one) => one.small);
  return {
    name: scenario.name,
    spearman: average('spearman'),
    kendall: average('kendall'),
    coverage: mean(held.map((one) => one.held)),
    coverageSmall: small.length === 0 ? undefined : mean(small.map((one) => one.held)),
    won: mean(made.map((one) => (one.spearman.low > one.spearman.raw ? 1 : 0))),
    runs: o.runs,
  };
}
