import { type Cell, cellOf } from '@recourse/agencies/domain/ranking/cells.ts';
import { ripeAfter, ripening, type Span } from '@recourse/agencies/domain/ranking/curve.ts';
import type { Dice } from './dice.ts';

/** What a simulated market is like. */
export type Scenario = {
  name: string;
  /** How an agency's quality moves the odds, the hazard or the share of a case. */
  truth: 'odds' | 'hazard' | 'share';
  /** Standard deviation of quality on that scale. */
  spread: number;
  /** Mean cases per agency, and how unequal agencies are in size (of the logarithm). */
  size: number;
  sizeSpread: number;
  /** From 0, all portfolios alike, to 1, some all easy and some all hard. */
  mix: number;
  /** From 0 to 1: how far the good agencies are those that get the hard cases. */
  adverse: number;
  /** Standard deviation of the logarithm of amounts. */
  amounts: number;
  /** Part of the agencies' cases that have only just been placed, at most. */
  young: number;
};

export type Market = {
  cells: Cell[];
  agencies: {
    name: string;
    quality: number;
    /** What it would bring of all cases against the mean of the agencies. */
    index: number;
    rawRate: number;
    cases: number;
  }[];
};

type Case = {
  agency: number;
  hardness: number;
  levels: string[];
  amount: number;
  share: number;
  paidAfter: number;
  exposure: number;
};

const horizon = 180;
const width = 10;
const industries = ['贸易', '机械', '建材', '物流'];
const regions = ['上海', '江苏', '广东', '四川'];
const ages = ['0', '31', '91', '181', '361'];

/** The expected share of a case of some hardness in the hands of some quality. */
function meanShare(truth: Scenario['truth'], hardness: number, quality: number): number {
  const odds = Math.exp(0.4 - hardness);
  if (truth === 'odds') return (odds * Math.exp(quality)) / (1 + odds * Math.exp(quality));
  const base = odds / (1 + odds);
  if (truth === 'hazard') return -Math.expm1(Math.log1p(-base) * Math.exp(quality));
  return Math.min(0.98, 0.75 * base * Math.exp(quality));
}

function pick(dice: Dice, count: number, lean: number): number {
  // lean from −1 (first levels) to 1 (last levels)
  const at = dice.even() ** Math.exp(-1.4 * lean);
  return Math.min(count - 1, Math.floor(at * count));
}

function caseOf(dice: Dice, scenario: Scenario, agency: number, lean: number): Case {
  const industry = pick(dice, industries.length, lean * 0.7);
  const region = pick(dice, regions.length, 0);
  const age = pick(dice, ages.length, lean);
  const size = dice.normal();
  const behaviour = dice.even() < 0.5 - 0.35 * lean ? 'paid' : 'none';
  const hardness =
    0.35 * industry + 0.1 * region + 0.55 * age + 0.25 * size + (behaviour === 'paid' ? -0.8 : 0.2);
  const band = size < -0.7 ? 'xs' : size < 0 ? 's' : size < 0.7 ? 'm' : 'l';
  return {
    agency,
    hardness: hardness - 0.6,
    levels: [industries[industry] ?? '', regions[region] ?? '', ages[age] ?? '', band, behaviour],
    amount: Math.exp(scenario.amounts * size),
    share: 0,
    paidAfter: Infinity,
    exposure: horizon,
  };
}

/** Paid or not, then how much: the share has the mean asked for, and is often all of it. */
function play(dice: Dice, one: Case, mean: number, young: number): void {
  const given = Math.max(0.72, mean);
  if (dice.even() < mean / given) {
    one.share = dice.even() < 0.3 ? given : dice.beta(6 * given, 6 * (1 - given));
    one.paidAfter = Math.min(horizon - 1, -50 * Math.log(dice.even()));
  }
  one.exposure = dice.even() < young ? 5 + 175 * dice.even() : horizon;
  if (one.paidAfter > one.exposure) one.share = 0;
}

function curveOf(cases: readonly Case[]): number[] {
  const spans = Array.from({ length: horizon / width }, (): Span => ({ came: 0, atRisk: 0 }));
  for (const one of cases) {
    for (const [at, span] of spans.entries()) {
      if (one.exposure < (at + 1) * width) break;
      span.atRisk += one.amount;
      if (Math.floor(one.paidAfter / width) === at) span.came += one.amount * one.share;
    }
  }
  return ripening(spans);
}

/** Weights as the service makes them: amounts against the median, a case at most `cap` of it. */
const cap = 5;

function cellsOf(cases: readonly Case[]): Cell[] {
  const curve = curveOf(cases);
  const amounts = cases.map((one) => one.amount).sort((a, b) => a - b);
  const median = amounts[Math.floor(amounts.length / 2)] ?? 1;
  return cases.map((one) =>
    cellOf(`A${one.agency}`, one.levels, {
      share: one.share,
      weight: Math.min(cap, one.amount / median),
      ripe: ripeAfter(curve, width, one.exposure),
    }),
  );
}

function rate(cases: readonly Case[]): number {
  const placed = cases.reduce((sum, one) => sum + one.amount, 0);
  return cases.reduce((sum, one) => sum + one.amount * one.share, 0) / Math.max(placed, 1e-9);
}

/** Agencies of known quality and what came of the cases they were given. */
export function market(dice: Dice, scenario: Scenario, agencyCount: number): Market {
  const { truth, spread, size, sizeSpread, mix, adverse, young } = scenario;
  const made = Array.from({ length: agencyCount }, (_none, agency) => {
    const standard = dice.normal();
    const own = 2 * dice.even() - 1;
    const lean = mix * Math.max(-1, Math.min(1, adverse * standard + (1 - adverse) * own));
    const count = Math.round(size * Math.exp(sizeSpread * dice.normal() - sizeSpread ** 2 / 2));
    const part = young * dice.even();
    const cases = Array.from({ length: Math.max(8, count) }, () =>
      caseOf(dice, scenario, agency, lean),
    );
    return { quality: spread * standard, cases, part };
  });
  for (const { quality, cases, part } of made) {
    for (const one of cases) play(dice, one, meanShare(truth, one.hardness, quality), part);
  }
  const all = made.flatMap(({ cases }) => cases);
  const middle = made.reduce((sum, { quality }) => sum + quality, 0) / made.length;
  const weight = (one: Case): number => Math.min(cap, one.amount);
  const whole = (quality: number): number =>
    all.reduce((sum, one) => sum + weight(one) * meanShare(truth, one.hardness, quality), 0);
  const average = whole(middle);
  return {
    cells: cellsOf(all),
    agencies: made.map(({ quality, cases }, at) => ({
      name: `A${at}`,
      quality,
      index: whole(quality) / average,
      rawRate: rate(cases),
      cases: cases.length,
    })),
  };
}
