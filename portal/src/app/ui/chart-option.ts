import { drawn } from './chart-spec';
import type { ChartSeries, ChartSpec, ChartTone, ChartValue } from './chart-spec';
import { formatBps, formatCount, formatCountCompact, formatMoney, formatNumber } from './format';

/** The colours of the screen now, read from the tokens. */
export type ChartColors = Readonly<
  Record<ChartTone | 'text' | 'line' | 'surface' | 'faint', string>
> & {
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

type Point = {
  seriesName?: string;
  seriesIndex?: number;
  dataIndex?: number;
  axisValue?: string;
  /** Of a cell: the place of its category and of its series. */
  value?: unknown;
};

function tooltipText(spec: ChartSpec, points: readonly Point[]): string {
  const index = points[0]?.dataIndex ?? 0;
  const lines = spec.series.map(
    (series) => `${series.name}  ${valueText(spec, series.values[index])}`,
  );
  return [spec.categories[index] ?? '', ...lines].join('\n');
}

function cellText(spec: ChartSpec, { value }: Point): string {
  const [x, y] = Array.isArray(value) ? value.map(Number) : [];
  const series = spec.series[y ?? 0];
  const place = `${series?.name ?? ''} ${spec.categories[x ?? 0] ?? ''}`;
  return `${place}\n${valueText(spec, series?.values[x ?? 0])}`;
}

function lineOption(series: ChartSeries, data: readonly unknown[], color: string): object {
  const isAlone = series.values.filter((value) => value !== undefined).length === 1;
  return {
    type: 'line',
    name: series.name,
    data,
    color,
    symbolSize: 5,
    // A line of one point has nothing else to be seen by.
    showSymbol: isAlone,
    ...(series.strength === undefined ? {} : { emphasis: { focus: 'series' } }),
    itemStyle: { opacity: series.strength ?? 1 },
    lineStyle: {
      width: 2,
      type: series.dashed === true ? 'dashed' : 'solid',
      opacity: series.strength ?? 1,
    },
  };
}

function barOption(spec: ChartSpec, series: ChartSeries, data: unknown, color: string): object {
  const radius = { bars: [3, 3, 0, 0], rows: [0, 3, 3, 0], stacked: 0, lines: 0, heat: 0 };
  return {
    type: 'bar',
    name: series.name,
    data,
    color,
    barMaxWidth: 44,
    itemStyle: { borderRadius: radius[spec.kind], opacity: series.strength ?? 1 },
    ...(spec.kind === 'stacked' ? { stack: 'all' } : {}),
  };
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
    return spec.kind === 'lines'
      ? lineOption(series, data, color)
      : barOption(spec, series, data, color);
  });
}

/** Cells with the strength of their values; where nothing is known there is none. */
function cells(spec: ChartSpec): number[][] {
  return spec.series.flatMap((series, y) =>
    series.values.flatMap((value, x) => {
      const height = drawn(value);
      return height === null ? [] : [[x, y, height]];
    }),
  );
}

function tooltipOption(spec: ChartSpec, colors: ChartColors, text: object): object {
  return {
    trigger: spec.kind === 'heat' ? 'item' : 'axis',
    renderMode: 'richText',
    confine: true,
    backgroundColor: colors.surface,
    borderColor: colors.line,
    textStyle: text,
    axisPointer: { type: spec.kind === 'lines' ? 'line' : 'shadow' },
    formatter: (points: Point | readonly Point[]) => {
      const all = Array.isArray(points) ? points : [points];
      return spec.kind === 'heat' ? cellText(spec, all[0] ?? {}) : tooltipText(spec, all);
    },
  };
}

/** The axes of a drawing whose values stand upright, or lie. */
function axes(spec: ChartSpec, colors: ChartColors, text: object): object {
  const isFew = spec.categories.length <= 6;
  const named = {
    type: 'category',
    data: [...spec.categories],
    axisLabel: { ...text, hideOverlap: true, ...(isFew ? { interval: 0 } : {}) },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colors.line } },
  };
  const valued = {
    type: 'value',
    axisLabel: {
      ...text,
      hideOverlap: true,
      formatter: (value: number) => axisText(spec, value),
    },
    splitLine: { lineStyle: { color: colors.line } },
    splitNumber: 4,
    // There is no third of a case.
    ...(spec.unit === 'count' ? { minInterval: 1 } : {}),
  };
  if (spec.kind === 'rows') return { xAxis: valued, yAxis: { ...named, inverse: true } };
  return { xAxis: named, yAxis: valued };
}

function heatOption(spec: ChartSpec, colors: ChartColors, text: object): object {
  const data = cells(spec);
  const most = Math.max(...data.map((cell) => cell[2] ?? 0), spec.unit === 'percent' ? 1 : 0);
  const named = { type: 'category', axisTick: { show: false }, axisLine: { show: false } };
  return {
    xAxis: { ...named, data: [...spec.categories], axisLabel: { ...text, hideOverlap: true } },
    yAxis: {
      ...named,
      data: spec.series.map((series) => series.name),
      inverse: true,
      axisLabel: text,
    },
    visualMap: {
      type: 'continuous',
      min: 0,
      max: most === 0 ? 1 : most,
      text: [axisText(spec, most), axisText(spec, 0)],
      orient: 'horizontal',
      top: 0,
      left: 0,
      itemWidth: 8,
      itemHeight: 80,
      hoverLink: false,
      textStyle: text,
      inRange: { color: [colors.faint, colors.primary] },
    },
    series: [
      {
        type: 'heatmap',
        data,
        itemStyle: { borderColor: colors.surface, borderWidth: 2, borderRadius: 3 },
      },
    ],
  };
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
  const isHeat = spec.kind === 'heat';
  const many = spec.series.length > 1 && !isHeat;
  return {
    animation: animate,
    animationDuration: 250,
    textStyle: text,
    grid: { left: 8, right: 12, top: many || isHeat ? 36 : 12, bottom: 4, containLabel: true },
    legend: many
      ? {
          top: 0,
          left: 0,
          icon: 'roundRect',
          itemWidth: 12,
          itemHeight: 8,
          textStyle: text,
          // More names than the line holds, as on a phone, are turned over like pages.
          type: 'scroll',
          pageTextStyle: text,
          pageIconColor: colors.text,
        }
      : undefined,
    tooltip: tooltipOption(spec, colors, text),
    ...(isHeat
      ? heatOption(spec, colors, text)
      : { ...axes(spec, colors, text), series: seriesOption(spec, colors) }),
  };
}
