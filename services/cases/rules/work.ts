import type { Dated } from '../domain/rule.ts';

export type WorkTerms = {
  /** A contact may be logged so many days after it happened. */
  readonly contactBackdateDays: number;
  /** A letter may be logged so many days after it was sent: what proves a demand is never lost. */
  readonly letterBackdateDays: number;
  /** How far ahead of our clock another clock may be. */
  readonly clockLeewaySeconds: number;
  /** A promise may lie at most so many days ahead. */
  readonly promiseAheadDays: number;
  /**
   * A decision not to sue lasts at most so many days: well within the three years of limitation.
   */
  readonly lookAgainDays: number;
};

export const workTerms: readonly Dated<WorkTerms>[] = [
  {
    rule: 'work_terms',
    effectiveFrom: '0001-01-01',
    source: 'house rule; letters: 民法典 188, 20 years; leeway of clocks as for tokens',
    value: {
      contactBackdateDays: 7,
      letterBackdateDays: 7_305,
      clockLeewaySeconds: 60,
      promiseAheadDays: 365,
      lookAgainDays: 365,
    },
  },
];

/** What days sales outstanding are measured over, and the figure to reach. */
export const dsoTargets: readonly Dated<{ readonly windowDays: number; readonly days: number }>[] =
  [
    {
      rule: 'dso_target',
      effectiveFrom: '0001-01-01',
      source: 'house rule (credit course)',
      value: { windowDays: 90, days: 45 },
    },
  ];
