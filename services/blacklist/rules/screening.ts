import type { Dated } from '../domain/rule.ts';

export type ScreeningFigures = {
  /** Reports a listed party gets for nothing in a calendar year. */
  readonly freeReports: number;
  /** Look-ups and bulk rows of one member on one day. */
  readonly dailyLookUps: number;
  readonly dailyBulkRows: number;
};

export const screeningFigures: readonly Dated<ScreeningFigures>[] = [
  {
    rule: 'screening',
    effectiveFrom: '2013-03-15',
    source: '征信业管理条例 art. 17 (2 free reports a year); quotas are a house default',
    value: { freeReports: 2, dailyLookUps: 500, dailyBulkRows: 50_000 },
  },
];
