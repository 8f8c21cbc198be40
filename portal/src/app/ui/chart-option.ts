import { drawn } from './chart-spec';
import type { ChartSpec, ChartTone, ChartValue } from './chart-spec';
import { formatBps, formatCount, formatCountCompact, formatMoney, formatNumber } from './format';

/** The colours of the screen now, read from the tokens. */
export type ChartColors = Readonly<Record<ChartTone | 'text' | 'line' | 'surface', string>> & {
  font: string;
};

const order: readonly ChartTone[] = ['primary', 'muted', 'good', 'watch', 'warn', 'bad'];

function axisText(spec: ChartSpec, value: number): string {
  if (spec.unit === 'percent') return `${formatNumber(value * 100)}%`;
  return formatCountCompact(value);
}

/** A value written out, for tooltips and the table. */
export function valueText(spec: ChartSpec, value: ChartValue): string {
  if (value === undefined) return '–';
  if (typeof value !== 'number') return formatMoney(value);
  if (spec.unit === 'percent') return formatBps(Math.round(value * 10_000));
  return Number.isInteger(value) ? formatCount(value) : formatNumber(value, 2);
}

type Point = { seriesName?: string; seriesIndex?: number; dataIndex?: number; axisValue?: string };

function tooltipText(spec: ChartSpec, points: readonly Point[]): string {
  const index = points[0]?.dataIndex ?? 0;
  const lines = spec.series.map(
    (series) => `${series.name}  ${valueText(spec, series.values[index])}`,
  );
  return [spec.categories[index] ?? '', ...lines].join('\n');
}

function seriesOption(spec: ChartSpec, colors: ChartColors): object[] {
  return spec.series.map((series, at) => {
    const color = colors[series.tone ?? order[at % order.length] ?? 'primary'];
    const data = series.values.map((value, index) => {
      const own = series.tones?.[index];
      return own === undefined
        ? drawn(value)
        : { value: drawn(value), itemStyle: { color: colors[own] } };
    });
    if (spec.kind === 'lines') {
      return {
        type: 'line',
        name: series.name,
        data,
        color,
        symbolSize: 5,
        showSymbol: false,
        lineStyle: { width: 2, type: series.dashed === true ? 'dashed' : 'solid' },
      };
    }
    return {
      type: 'bar',
      name: series.name,
      data,
      color,
      barMaxWidth: 44,
      itemStyle: { borderRadius: spec.kind === 'bars' ? [3, 3, 0, 0] : 0 },
      ...(spec.kind === 'stacked' ? { stack: 'all' } : {}),
    };
  });
}

/**
 * The drawing as an ECharts option. The tooltip is drawn on the canvas (`richText`): one of HTML
 * carries inline styles, which the content security policy refuses.
 */
export function chartOption(
  spec: ChartSpec,
  colors: ChartColors,
  animate: boolean,
): Record<string, unknown> {
  const text = { color: colors.text, fontFamily: colors.font, fontSize: 12 };
  const isFew = spec.categories.length <= 6;
  const many = spec.series.length > 1;
  return {
    animation: animate,
    animationDuration: 250,
    textStyle: text,
    grid: { left: 8, right: 12, top: many ? 36 : 12, bottom: 4, containLabel: true },
    legend: many
      ? { top: 0, left: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 8, textStyle: text }
      : undefined,
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      backgroundColor: colors.surface,
      borderColor: colors.line,
      textStyle: text,
      axisPointer: { type: spec.kind === 'lines' ? 'line' : 'shadow' },
      formatter: (points: Point | readonly Point[]) =>
        tooltipText(spec, Array.isArray(points) ? points : [points]),
    },
    xAxis: {
      type: 'category',
      data: [...spec.categories],
      axisLabel: { ...text, hideOverlap: true, ...(isFew ? { interval: 0 } : {}) },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colors.line } },
    },
    yAxis: {
      type: 'value',
      axisLabel: { ...text, formatter: (value: number) => axisText(spec, value) },
      splitLine: { lineStyle: { color: colors.line } },
      splitNumber: 4,
    },
    series: seriesOption(spec, colors),
  };
}
