import type { Measure } from './lines.ts';
import type { Component, SuggestionRule, Weights } from './rules.ts';

/** A measure and what it does to the score. */
export type Line = Measure & {
  /** Its share of the weight of all that is recorded, 0 to 1. */
  weight: number;
  /** Points added to the 50 of an average agency, or taken from them. */
  effect: number;
};

/** Points from 0 to 100; 50 is as expected. */
export type Score = { score: number; low: number; high: number; lines: Line[] };

/** An index as points: even in its logarithm, and at their ends by the factor `scale`. */
function points(index: number, scale: number): number {
  const made = 50 + (50 * Math.log(Math.max(index, 1e-6))) / Math.log(scale);
  return Math.min(100, Math.max(0, made));
}

/**
 * Weighs what is recorded of an agency. What is not recorded has no weight: the rest stands for the
 * whole, and nothing is taken for 0. The bounds take the components' errors as independent.
 */
export function scoreOf(measures: readonly Measure[], weights: Weights, scale: number): Score {
  const whole = measures.reduce(
    (sum, one) => sum + (one.index === undefined ? 0 : weights[one.component]),
    0,
  );
  let [score, below, above] = [50, 0, 0];
  const lines = measures.map((measure): Line => {
    const { index } = measure;
    if (index === undefined || whole === 0) return { ...measure, weight: 0, effect: 0 };
    const weight = weights[measure.component] / whole;
    const at = points(index.mean, scale);
    const effect = weight * (at - 50);
    score += effect;
    below += (weight * (at - points(index.low, scale))) ** 2;
    above += (weight * (points(index.high, scale) - at)) ** 2;
    return { ...measure, weight, effect };
  });
  const low = Math.max(0, score - Math.sqrt(below));
  return { score, low, high: Math.min(100, score + Math.sqrt(above)), lines };
}

export type Suggestion = 'PROMOTE' | 'KEEP' | 'PROBATION' | 'EXIT' | 'TOO_FEW';

const conduct: readonly Component[] = ['PUNCTUALITY', 'COMPLIANCE', 'COMPLAINTS'];

/**
 * What the figures suggest, with named reasons; a person decides. Nothing is suggested by chance:
 * the whole interval has to lie on one side.
 */
export function suggest(
  measures: readonly Measure[],
  cases: number,
  before: Suggestion | undefined,
  rule: SuggestionRule,
): { suggestion: Suggestion; reasons: string[] } {
  if (cases < rule.leastCases) return { suggestion: 'TOO_FEW', reasons: ['too_few_cases'] };
  const recovery = measures.find((one) => one.component === 'RECOVERY')?.index;
  const reasons: string[] = [];
  for (const one of measures) {
    if (!conduct.includes(one.component) || one.index === undefined) continue;
    if (one.index.high < rule.conductHigh) reasons.push(`${one.component.toLowerCase()}_poor`);
  }
  if (recovery !== undefined && recovery.high < rule.exitHigh) {
    return { suggestion: 'EXIT', reasons: ['recovery_high_below_floor', ...reasons] };
  }
  if (recovery !== undefined && recovery.high < rule.probationHigh) {
    reasons.unshift('recovery_high_below_par');
  }
  if (reasons.length > 0) {
    const again = before === 'PROBATION' || before === 'EXIT';
    return again
      ? { suggestion: 'EXIT', reasons: ['probation_before', ...reasons] }
      : { suggestion: 'PROBATION', reasons };
  }
  if (recovery !== undefined && recovery.low > rule.promoteLow) {
    return { suggestion: 'PROMOTE', reasons: ['recovery_low_above_par'] };
  }
  return { suggestion: 'KEEP', reasons: [] };
}
