import { csvLine, csvStart } from './csv';
import { decimalText, minorDigits } from './format';
import type { MoneyValue } from './format';

/** Money is exact in the table and the CSV; only its drawing is a float. */
export type ChartValue = number | MoneyValue | undefined;

export type ChartTone = 'primary' | 'muted' | 'good' | 'watch' | 'warn' | 'bad';

export type ChartSeries = {
  name: string;
  /** One per category. */
  values: readonly ChartValue[];
  tone?: ChartTone;
  /** A target or expectation rather than a measurement. */
  dashed?: boolean;
  /** A tone per category, for bars whose categories are classes of risk. */
  tones?: readonly ChartTone[];
  /** From 0 to 1, how strong the colour is, where series are the steps of one scale. */
  strength?: number;
};

/** What a chart shows; enough to draw it, to write it as a table and as a CSV file. */
export type ChartSpec = {
  /** `rows` are bars that lie; a `heat` has a row for each series and a cell for each category. */
  kind: 'bars' | 'stacked' | 'lines' | 'rows' | 'heat';
  /** Head of the first column of the table: `账龄`. */
  categoryName: string;
  categories: readonly string[];
  series: readonly ChartSeries[];
  unit: 'money' | 'count' | 'percent';
};

/** The height of a value in the drawing: major units of money, the number itself otherwise. */
export function drawn(value: ChartValue): number | null {
  if (value === undefined) return null;
  if (typeof value === 'number') return value;
  return Number(value.minor) / 10 ** minorDigits(value.currency);
}

function plain(value: ChartValue): string {
  if (value === undefined) return '';
  return typeof value === 'number' ? String(value) : decimalText(value);
}

/** The chart as CSV (RFC 4180, UTF-8 with BOM so that spreadsheets read Chinese). */
export function chartCsv(spec: ChartSpec): string {
  const head = [spec.categoryName, ...spec.series.map((series) => series.name)];
  const rows = spec.categories.map((category, index) => [
    category,
    ...spec.series.map((series) => plain(series.values[index])),
  ]);
  return csvStart + [head, ...rows].map(csvLine).join('');
}
