import type { MonthFigure } from '@recourse/proto/web/cases/v1/cases';
import type { ChartSpec } from '../ui/chart-spec';
import { t } from './words';

/** All months from one `YYYY-MM` to another, both included. */
function monthsBetween(from: string, to: string): string[] {
  const [year = 0, month = 1] = from.split('-').map(Number);
  const months: string[] = [];
  for (let at = year * 12 + month - 1; ; at += 1) {
    const text = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
    if (text > to) return months;
    months.push(text);
  }
}

/**
 * What came in month by month, a chart for each currency in the order of their codes. A month
 * without money stands there as nothing, so that the distance between bars is time. Where the same
 * months of the year before are known, they are drawn as what to be measured by: the domain knows
 * no target of money by month.
 */
export function recoveryCharts(
  recovered: readonly MonthFigure[] | undefined,
): readonly { currency: string; spec: ChartSpec }[] | undefined {
  if (recovered === undefined) return undefined;
  const names = recovered.map((one) => one.month).toSorted();
  const months = monthsBetween(names[0] ?? '', names.at(-1) ?? '');
  const currencies = new Set(
    recovered.map((one) => one.recovered?.currency).filter((code) => code !== undefined),
  );
  return [...currencies].toSorted().map((currency) => {
    const before = months.map((month) => figure(month, currency)?.recoveredYearBefore);
    const isCompared = before.some((one) => one !== undefined);
    return {
      currency,
      spec: {
        kind: isCompared ? 'lines' : 'bars',
        unit: 'money',
        categoryName: t('month'),
        categories: months,
        series: [
          {
            name: t('recovered'),
            tone: 'good',
            values: months.map(
              (month) => figure(month, currency)?.recovered ?? { currency, minor: 0n },
            ),
          },
          ...(isCompared
            ? [
                {
                  name: t('yearBefore'),
                  tone: 'muted' as const,
                  dashed: true,
                  values: before,
                },
              ]
            : []),
        ],
      },
    };
  });

  function figure(month: string, currency: string): MonthFigure | undefined {
    return recovered?.find((one) => one.month === month && one.recovered?.currency === currency);
  }
}
