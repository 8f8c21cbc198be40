import { divide, type Money, share } from '@recourse/kit/money.ts';
import { assess, type Assessment } from './assess.ts';
import { type Cell, pooled } from './cells.ts';
import { meanDaysWithin, ripeAfter, ripening, type Span } from './curve.ts';
import { features, levelsOf, type PlacementCell, type RankingFacts } from './facts.ts';
import {
  assessedMeasures,
  complaintMeasures,
  complianceMeasures,
  costMeasures,
  type Cycle,
  cycleMeasures,
  type Measures,
  type Price,
  punctualityMeasures,
} from './lines.ts';
import type { RankingRule, SuggestionRule, Weights } from './rules.ts';
import { type Score, scoreOf, suggest, type Suggestion } from './score.ts';

/** Money of one currency. */
export type CurrencyRecovery = {
  currency: string;
  cases: number;
  placed: Money;
  recovered: Money;
  expected: Money;
};

export type Ranked = Score & {
  agencyId: string;
  agencyName: string;
  /** 1 is the best. */
  place: number;
  cases: number;
  openCases: number;
  recoveries: CurrencyRecovery[];
  suggestion: Suggestion;
  reasons: string[];
};

export type Ranking = {
  agencies: Ranked[];
  cases: number;
  link: Assessment['link'];
  spread: number;
  factors: { feature: string; level: string; cases: number; index: number }[];
};

export type RankingTerms = {
  weights: Weights;
  rule: RankingRule;
  suggestions: SuggestionRule;
  /** What was suggested of each agency a month ago. */
  before: ReadonlyMap<string, Suggestion>;
};

type Curves = { money: number[]; first: number[] };

/** How money, and first payments, come in over time, of all agencies together. */
function curvesOf({ cells, came }: RankingFacts, rule: RankingRule): Curves {
  const count = Math.ceil(rule.horizonDays / rule.spanDays);
  const spans = (): Span[] => Array.from({ length: count }, () => ({ came: 0, atRisk: 0 }));
  const [money, first] = [spans(), spans()];
  for (const { spans: had, w, cases } of cells) {
    for (let at = 0; at < Math.min(had, count); at += 1) {
      const [one, other] = [money[at], first[at]];
      if (one !== undefined) one.atRisk += w;
      if (other !== undefined) other.atRisk += cases;
    }
  }
  for (const one of came) {
    const [span, other] = [money[one.span], first[one.span]];
    if (one.span >= one.spans || span === undefined || other === undefined) continue;
    span.came += one.came;
    other.came += one.firstPaid;
  }
  return { money: ripening(money), first: ripening(first) };
}

/** Days at work of a cell's cases: in the middle of the span they are in. */
function daysOf(cell: PlacementCell, rule: RankingRule): number {
  const full = Math.ceil(rule.horizonDays / rule.spanDays);
  return cell.spans >= full ? rule.horizonDays : (cell.spans + 0.5) * rule.spanDays;
}

/** A cell as outcome: of money by weight, or of paid or not by count. */
function outcomeCell(
  cell: PlacementCell,
  by: 'money' | 'first',
  curves: Curves,
  rule: RankingRule,
): Cell {
  const { agencyId, cases, w, w2, wy, w2y, w2yy, paidCases } = cell;
  const ripe = ripeAfter(curves[by], rule.spanDays, daysOf(cell, rule));
  const about = { agency: agencyId, levels: levelsOf(cell), ripe: Math.max(ripe, 1e-4), cases };
  if (by === 'money') return { ...about, w, w2, wy, w2y, w2yy };
  return { ...about, w: cases, w2: cases, wy: paidCases, w2y: paidCases, w2yy: paidCases };
}

function cyclesOf(cells: readonly PlacementCell[], curves: Curves, rule: RankingRule): Cycle[] {
  const found = new Map<string, Cycle>();
  for (const cell of cells) {
    const { agencyId, paidCases, daysSum, daysSquares } = cell;
    const before = found.get(agencyId) ?? {
      agencyId,
      paidCases: 0,
      daysSum: 0,
      daysSquares: 0,
      expectedSum: 0,
    };
    const mean = meanDaysWithin(curves.first, rule.spanDays, daysOf(cell, rule));
    found.set(agencyId, {
      agencyId,
      paidCases: before.paidCases + paidCases,
      daysSum: before.daysSum + daysSum,
      daysSquares: before.daysSquares + daysSquares,
      expectedSum: before.expectedSum + paidCases * mean,
    });
  }
  return [...found.values()];
}

/** An expectation is an estimate: shares of money are cut to millionths, money stays whole. */
const millionths = 1_000_000n;

function rateOf(part: bigint, whole: bigint): number {
  if (whole <= 0n) return 0;
  return Number(divide(part * millionths, whole, 'half-even')) / Number(millionths);
}

function total(cells: readonly PlacementCell[], of: (one: PlacementCell) => bigint): bigint {
  return cells.reduce((sum, one) => sum + of(one), 0n);
}

/** The cells of the currency that most paid cases are in: amounts of two are not added up. */
function mainCurrency(cells: readonly PlacementCell[]): PlacementCell[] {
  const groups = [...Map.groupBy(cells, (cell) => cell.currency).values()];
  const paid = (those: readonly PlacementCell[]): number =>
    those.reduce((sum, one) => sum + one.paidCases, 0);
  return groups.reduce((best, those) => (paid(those) > paid(best) ? those : best), []);
}

/** Commission of what came in, and what it would be by the usual rate of debts of that age. */
function pricesOf(cells: readonly PlacementCell[]): Price[] {
  const key = (cell: PlacementCell): string => `${cell.currency} ${cell.age}`;
  const commission = (one: PlacementCell): bigint => one.commissionMinor;
  const recovered = (one: PlacementCell): bigint => one.recoveredMinor;
  const alike = Map.groupBy(cells, key);
  const usual = new Map(
    [...alike].map(([name, those]) => [
      name,
      { commission: total(those, commission), recovered: total(those, recovered) },
    ]),
  );
  const usually = (one: PlacementCell): bigint => {
    const rate = usual.get(key(one));
    if (rate === undefined || rate.recovered <= 0n) return 0n;
    return divide(one.recoveredMinor * rate.commission, rate.recovered, 'half-even');
  };
  return [...Map.groupBy(cells, (cell) => cell.agencyId)].map(([agencyId, all]) => {
    const own = mainCurrency(all);
    const whole = total(own, recovered);
    return {
      agencyId,
      paidCases: whole > 0n ? own.reduce((sum, one) => sum + one.paidCases, 0) : 0,
      rate: rateOf(total(own, commission), whole),
      usualRate: rateOf(total(own, usually), whole),
    };
  });
}

function recoveriesOf(
  own: readonly { cell: PlacementCell; expected: number }[],
): CurrencyRecovery[] {
  const groups = Map.groupBy(own, ({ cell }) => cell.currency);
  return [...groups]
    .map(([currency, those]) => {
      const sum = (of: (one: (typeof those)[number]) => bigint): Money => ({
        currency,
        minor: those.reduce((minor, one) => minor + of(one), 0n),
      });
      return {
        currency,
        cases: those.reduce((count, { cell }) => count + cell.cases, 0),
        placed: sum(({ cell }) => cell.placedMinor),
        recovered: sum(({ cell }) => cell.recoveredMinor),
        expected: sum(({ cell, expected }) => {
          const part = BigInt(Math.round(expected * Number(millionths)));
          const placed = { currency, minor: cell.placedMinor };
          return share(placed, part, millionths, 'half-even').minor;
        }),
      };
    })
    .sort((a, b) => b.cases - a.cases || (a.currency < b.currency ? -1 : 1));
}

function measuresOf(
  { cells, conduct }: RankingFacts,
  curves: Curves,
  made: { money: Assessment; first: Assessment },
  rule: RankingRule,
): Measures[] {
  const casesOf = new Map<string, number>();
  for (const { agencyId, cases } of cells) {
    casesOf.set(agencyId, (casesOf.get(agencyId) ?? 0) + cases);
  }
  const here = conduct.filter((one) => casesOf.has(one.agencyId));
  return [
    assessedMeasures('RECOVERY', made.money.agencies),
    assessedMeasures('CONVERSION', made.first.agencies),
    cycleMeasures(cyclesOf(cells, curves, rule)),
    punctualityMeasures(here),
    complianceMeasures(here),
    complaintMeasures(here, (agencyId) => casesOf.get(agencyId) ?? 0),
    costMeasures(pricesOf(cells)),
  ];
}

/** By the lower bound, then the score, then the name: the order of a ranking. */
function better(a: Omit<Ranked, 'place'>, b: Omit<Ranked, 'place'>): number {
  return b.low - a.low || b.score - a.score || (a.agencyId < b.agencyId ? -1 : 1);
}

/**
 * The ranking of agencies by what they brought of the very cases they had, and how they worked;
 * by the lower bound of the score, so that a place has to be earned and not drawn. The same facts
 * give the same ranking. Of a segment, when money comes in is taken from the `whole`.
 */
export function rank(facts: RankingFacts, terms: RankingTerms, whole = facts): Ranking {
  const { rule } = terms;
  const curves = curvesOf(whole, rule);
  const outcomes = (by: 'money' | 'first'): Assessment => {
    const cells = facts.cells.map((cell) => outcomeCell(cell, by, curves, rule));
    return assess(pooled(cells, rule.leastLevel, rule.mostLevels), 'shares');
  };
  const made = { money: outcomes('money'), first: outcomes('first') };
  const measures = measuresOf(facts, curves, made, rule);
  const cells = facts.cells.map((cell, at) => ({ cell, expected: made.money.expected[at] ?? 0 }));
  const names = new Map(facts.conduct.map((one) => [one.agencyId, one.agencyName]));
  const agencies = [...Map.groupBy(cells, ({ cell }) => cell.agencyId)].map(([agencyId, own]) => {
    const mine = measures.flatMap((by) => by.get(agencyId) ?? []);
    const cases = own.reduce((sum, { cell }) => sum + cell.cases, 0);
    return {
      agencyId,
      agencyName: names.get(agencyId) ?? '',
      cases,
      openCases: own.reduce((sum, { cell }) => sum + cell.openCases, 0),
      recoveries: recoveriesOf(own),
      ...scoreOf(mine, terms.weights, rule.scale),
      ...suggest(mine, cases, terms.before.get(agencyId), terms.suggestions),
    };
  });
  return {
    agencies: agencies.sort(better).map((one, at) => ({ ...one, place: at + 1 })),
    cases: agencies.reduce((sum, one) => sum + one.cases, 0),
    link: made.money.link,
    spread: made.money.spread,
    factors: made.money.factors.map(({ feature, ...rest }) => ({
      feature: features[feature] ?? '',
      ...rest,
    })),
  };
}
