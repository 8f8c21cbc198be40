import { beforeEach, describe, expect, it } from '@jest/globals';
import { MonthFigure } from '@recourse/proto/web/cases/v1/cases';
import { chooseLanguage } from '../session/language';
import { recoveryCharts } from './recovery-charts';

const month = (name: string, currency: string, minor: bigint) =>
  MonthFigure.fromPartial({ month: name, recovered: { currency, minor } });

beforeEach(() => chooseLanguage('zh-CN'));

describe('what came in by month', () => {
  it('is nothing before the answer, and no chart without money', () => {
    expect(recoveryCharts(undefined)).toBeUndefined();
    expect(recoveryCharts([])).toEqual([]);
  });

  it('has every month, and a chart for each currency', () => {
    const charts = recoveryCharts([
      month('2025-12', 'USD', 5n),
      month('2026-02', 'CNY', 7n),
      month('2026-02', 'USD', 9n),
    ]);
    expect(charts?.map((one) => one.currency)).toEqual(['CNY', 'USD']);
    expect(charts?.[1]?.spec.categories).toEqual(['2025-12', '2026-01', '2026-02']);
    expect(charts?.[1]?.spec.series[0]?.values).toEqual([
      { currency: 'USD', minor: 5n },
      { currency: 'USD', minor: 0n },
      { currency: 'USD', minor: 9n },
    ]);
  });

  it('is measured by the same month of the year before, where that is known', () => {
    const now = month('2026-02', 'CNY', 7n);
    const [chart] =
      recoveryCharts([
        month('2026-01', 'CNY', 3n),
        { ...now, recoveredYearBefore: { currency: 'CNY', minor: 4n } },
      ]) ?? [];
    expect(chart?.spec.kind).toBe('lines');
    expect(chart?.spec.series[1]).toMatchObject({
      name: '上年同月',
      dashed: true,
      values: [undefined, { currency: 'CNY', minor: 4n }],
    });
    expect(recoveryCharts([now])?.[0]?.spec.kind).toBe('bars');
  });
});
