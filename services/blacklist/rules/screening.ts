import type { Dated } from '../domain/rule.ts';

export type ScreeningFigures = {
  /** Reports a listed party gets for nothing in a calendar year. */
  readonly freeReports: number;
  /** Look-ups and bulk rows of one member on one day. */
  readonly dailyLookUps: number;
  readonly dailyBulkRows: number;
  /** A person's consent to be watched is asked for again after so many months. */
  readonly watchMostMonths: number;
  /** Receipts of the nights are kept so long, and then deleted. */
  readonly nightReceiptMonths: number;
};

export const screeningFigures: readonly Dated<ScreeningFigures>[] = [
  {
    rule: 'screening',
    effectiveFrom: '2013-03-15',
    source:
      '征信业管理条例 art. 17 (2 free reports a year), 18 (consent and its purpose); quotas, how ' +
      'long a consent is relied on and how long receipts of nights are kept are house defaults',
    value: {
      freeReports: 2,
      dailyLookUps: 500,
      dailyBulkRows: 50_000,
      watchMostMonths: 12,
      nightReceiptMonths: 36,
    },
  },
  {
    rule: 'screening',
    effectiveFrom: '2021-11-01',
    source:
      '征信业管理条例 art. 17 (2 free reports a year), 18 (consent and its purpose); 个人信息保护法 ' +
      'art. 19 (no longer than needed), 56 (records of processing three years at least); quotas ' +
      'and how long a consent is relied on are house defaults',
    value: {
      freeReports: 2,
      dailyLookUps: 500,
      dailyBulkRows: 50_000,
      watchMostMonths: 12,
      nightReceiptMonths: 36,
    },
  },
];
