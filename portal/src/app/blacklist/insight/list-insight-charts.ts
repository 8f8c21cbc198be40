import type { CategoryCount, EndCount, ListMonth } from '@recourse/proto/web/blacklist/v1/insight';
import type { ChartSeries, ChartSpec } from '../../ui/chart-spec';
import { detailText } from '../listings/history-text';
import { named } from '../listings/listing-text';
import { t } from './words';

type Counted = Omit<ChartSeries, 'values'> & { of: (month: ListMonth) => bigint };

function monthly(months: readonly ListMonth[], series: readonly Counted[]): ChartSpec {
  return {
    kind: 'bars',
    unit: 'count',
    categoryName: t('month'),
    categories: months.map((one) => one.month),
    series: series.map(({ of, ...one }) => ({
      ...one,
      values: months.map((month) => Number(of(month))),
    })),
  };
}

/** What came in, and what became of it. */
export function flowBars(months: readonly ListMonth[]): ChartSpec {
  return monthly(months, [
    { name: t('submitted'), tone: 'muted', of: (one) => one.submitted },
    { name: t('newlyPublished'), tone: 'primary', of: (one) => one.published },
    { name: t('refused'), tone: 'watch', of: (one) => one.refused },
    { name: t('ended'), tone: 'good', of: (one) => one.ended },
  ]);
}

export function disputeBars(months: readonly ListMonth[]): ChartSpec {
  return monthly(months, [
    { name: t('disputes'), tone: 'primary', of: (one) => one.disputes },
    { name: t('upheld'), tone: 'good', of: (one) => one.upheld },
    { name: t('answeredLate'), tone: 'bad', of: (one) => one.answeredLate },
  ]);
}

export function lookBars(months: readonly ListMonth[]): ChartSpec {
  return monthly(months, [{ name: t('looks'), tone: 'primary', of: (one) => one.looks }]);
}

export function categoryRows(categories: readonly CategoryCount[]): ChartSpec {
  return {
    kind: 'rows',
    unit: 'count',
    categoryName: t('category'),
    categories: categories.map((one) => named(one.category)),
    series: [
      {
        name: t('published'),
        tone: 'primary',
        values: categories.map((one) => Number(one.published)),
      },
      { name: t('disputed'), tone: 'watch', values: categories.map((one) => Number(one.disputed)) },
    ],
  };
}

export function endRows(ends: readonly EndCount[]): ChartSpec {
  return {
    kind: 'rows',
    unit: 'count',
    categoryName: t('reason'),
    categories: ends.map((one) => detailText(one.reason)),
    series: [{ name: t('entries'), tone: 'primary', values: ends.map((one) => Number(one.count)) }],
  };
}
