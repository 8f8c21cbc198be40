import type { Dated, Grade } from '../../domain/law/dated.ts';
import type { RateTables } from '../../domain/law/rate.ts';

type Step = readonly [from: string, rateE8: bigint, grade: Grade];

/** Steps of a rate; each holds until the next begins. */
function steps(rule: string, source: string, rows: readonly Step[]) {
  return rows.map(([effectiveFrom, rateE8, grade]): Dated<{ rateE8: bigint }> => ({
    rule,
    effectiveFrom,
    source,
    grade,
    value: { rateE8 },
  }));
}

/**
 * One-year LPR by the days of publication on which it changed (the 20th of a month, moved off
 * holidays), from its reform on 2019-08-20. Those graded P were read in a page of that day; the
 * others are general knowledge: load the publisher's table to have them confirmed.
 */
const lpr = steps('lpr_one_year', '全国银行间同业拆借中心, LPR 一年期', [
  ['2019-08-20', 4_250_000n, 'GK'],
  ['2019-09-20', 4_200_000n, 'GK'],
  ['2019-11-20', 4_150_000n, 'GK'],
  ['2020-02-20', 4_050_000n, 'GK'],
  ['2020-04-20', 3_850_000n, 'P'],
  ['2021-12-20', 3_800_000n, 'P'],
  ['2022-01-20', 3_700_000n, 'P'],
  ['2022-08-22', 3_650_000n, 'GK'],
  ['2023-06-20', 3_550_000n, 'GK'],
  ['2023-08-21', 3_450_000n, 'GK'],
  ['2024-07-22', 3_350_000n, 'GK'],
  ['2024-10-21', 3_100_000n, 'GK'],
  ['2025-05-20', 3_000_000n, 'GK'],
]);

/** Loans over six months to one year (from 2014-11-22: up to one year). */
const benchmark = steps('benchmark_one_year', '中国人民银行人民币贷款基准利率', [
  ['2011-07-07', 6_560_000n, 'GK'],
  ['2012-06-08', 6_310_000n, 'GK'],
  ['2012-07-06', 6_000_000n, 'GK'],
  ['2014-11-22', 5_600_000n, 'GK'],
  ['2015-03-01', 5_350_000n, 'GK'],
  ['2015-05-11', 5_100_000n, 'GK'],
  ['2015-06-28', 4_850_000n, 'GK'],
  ['2015-08-26', 4_600_000n, 'GK'],
  ['2015-10-24', 4_350_000n, 'GK'],
]);

const privateLending: RateTables['privateLending'] = [
  {
    rule: 'private_lending_cap',
    effectiveFrom: '2015-09-01',
    effectiveTo: '2020-08-19',
    source: '民间借贷规定 (法释〔2015〕18号) art. 26: 24 % a year',
    grade: 'GK',
    value: { fixedE8: 24_000_000n },
  },
  {
    rule: 'private_lending_cap',
    effectiveFrom: '2020-08-20',
    source: '民间借贷规定 (2020第二次修正) art. 25, 28, 29, 31',
    grade: 'L',
    value: { timesLpr: 4n },
  },
];

export const rates: RateTables = {
  lpr,
  // legal.md 2.7 gives 3.0 % since 2025-05-20 and knows no later day.
  lprKnownTo: '2025-12-31',
  benchmark,
  privateLending,
  licensedLender: [
    {
      rule: 'licensed_lender_cap',
      effectiveFrom: '2017-08-09',
      source: 'court practice: 24 % a year over all charges',
      grade: 'GK',
      value: { fixedE8: 24_000_000n },
    },
  ],
  saleOverdue: [
    {
      rule: 'sale_overdue',
      effectiveFrom: '2012-07-01',
      effectiveTo: '2019-08-19',
      source: '买卖合同解释 art. 18 (benchmark and penalty rate of overdue loans)',
      grade: 'L',
      value: { base: 'benchmark', leastUpliftBps: 3_000, mostUpliftBps: 5_000 },
    },
    {
      rule: 'sale_overdue',
      effectiveFrom: '2019-08-20',
      source: '买卖合同解释 art. 18: LPR at breach plus 30–50 %',
      grade: 'L',
      value: { base: 'lpr', leastUpliftBps: 3_000, mostUpliftBps: 5_000 },
    },
  ],
  sme: [
    {
      rule: 'sme_overdue',
      effectiveFrom: '2020-09-01',
      effectiveTo: '2025-05-31',
      source: '保障中小企业款项支付条例 (国务院令728) art. 15',
      grade: 'L',
      value: { dayE8: 50_000n },
    },
    {
      rule: 'sme_overdue',
      effectiveFrom: '2025-06-01',
      source: '保障中小企业款项支付条例 (国务院令802) art. 17',
      grade: 'L',
      value: { dayE8: 50_000n },
    },
  ],
  judgmentDouble: [
    {
      rule: 'judgment_double_interest',
      effectiveFrom: '2014-08-01',
      source: '法释〔2014〕8号 art. 1–4; 民事诉讼法 art. 264',
      grade: 'L',
      value: { dayE8: 17_500n },
    },
  ],
  penalty: [
    {
      rule: 'penalty_over_loss',
      effectiveFrom: '2021-01-01',
      source: '民法典 art. 585; 合同编通则解释 art. 65: 30 % over the loss is generally excessive',
      grade: 'L',
      value: { overLossBps: 3_000 },
    },
  ],
};
