import type { ClosingTerms } from '../domain/closing.ts';
import type { Dated } from '../domain/rule.ts';
import type { StopLoss } from '../domain/stop-loss.ts';

/**
 * What a debt of an age may still bring, and what it costs to go on with it. The figures are the
 * house's own, until its recovery by vintage says better: chances fall by half within the first
 * year, and little comes of what is older than limitation (民法典 188: three years).
 */
export const stopLosses: readonly Dated<StopLoss>[] = [
  {
    rule: 'stop_loss',
    effectiveFrom: '0001-01-01',
    source:
      'house rule (cost of recovery): expected recovery against the cost to go on; chances by ' +
      'age and grade and the cost of a case are the house’s own',
    value: {
      chance: {
        ages: [
          { fromDays: 0, bps: 9_500 },
          { fromDays: 31, bps: 8_500 },
          { fromDays: 91, bps: 7_000 },
          { fromDays: 181, bps: 5_000 },
          { fromDays: 366, bps: 2_500 },
          { fromDays: 731, bps: 1_200 },
          { fromDays: 1_096, bps: 400 },
        ],
        grades: [
          { grades: ['AAA', 'AA', 'A'], percent: 100 },
          { grades: ['BBB', 'BB', 'B'], percent: 80 },
          { grades: ['CCC', 'CC', 'C'], percent: 50 },
          { grades: ['D'], percent: 20 },
        ],
        unratedPercent: 80,
      },
      currency: 'CNY',
      monthlyCost: 300n,
      months: 12,
    },
  },
];

/** Figures that somebody is to decide upon are not older than a month. */
export const closingTerms: readonly Dated<ClosingTerms>[] = [
  {
    rule: 'closing_terms',
    effectiveFrom: '0001-01-01',
    source: 'house rule: a proposal that nobody decides within 30 days is withdrawn',
    value: { decideWithinDays: 30 },
  },
];
