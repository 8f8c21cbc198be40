import { ageingFacts } from './ageing-summary.ts';
import type { Analysis } from './analysis.ts';
import { countOf, filledCount } from './column-profile.ts';
import type { Field } from './field-rules.ts';
import { isSwapped, mixesOrders, otherOrder } from './formats.ts';
import type { ColumnFormat } from './formats.ts';
import { readHeading } from './heading-words.ts';
import type { LayoutFact } from './layout-fact.ts';
import type { Layout } from './layout.ts';
import type { Reason } from './mapping.ts';
import type { Confirmed } from './plan.ts';
import { moneyFacts } from './side-facts.ts';
import type { Sides } from './sides.ts';
import { bit } from './value-shape.ts';

/** One column as it is shown and kept. */
export type ColumnSummary = {
  position: number;
  header: string;
  samples: readonly string[];
  field: Field | undefined;
  /** 0 to 100. */
  confidence: number;
  reasons: readonly Reason[];
  emptyCount: number;
};

/** What stands in the file's bytes, apart from its rows. */
export type FileSummary = {
  encoding: string;
  byteOrderMark: boolean;
  /** `,`, `;`, `tab` or `|`; empty for a workbook. */
  delimiter: string;
  sheet: string;
};

/** What is kept of an analysis: all a person is shown, and all a plan needs. Plain JSON. */
export type AnalysisSummary = FileSummary & {
  /** Line of the header, 0 when there is none. */
  headerRow: number;
  rowCount: number;
  columns: readonly ColumnSummary[];
  formats: readonly ColumnFormat[];
  currency: string;
  profileName: string;
  /** Undefined in analyses kept before it was looked at. */
  layout?: Layout | undefined;
  sides?: Sides | undefined;
  /** Lines that were looked at by columns, and in how many of them each column has a value. */
  lineCount?: number | undefined;
  filled?: readonly number[] | undefined;
};

/** A mapping as a person confirms it; columns that are ignored may be left out. */
export type Mapping = {
  columns: readonly { position: number; field: Field; format: string }[];
  defaultCurrency: string;
  profileName: string;
};

/** Reduces an analysis to what is kept. */
export function summarise(analysis: Analysis, file: FileSummary): AnalysisSummary {
  const columns = analysis.suggestions.map((suggestion): ColumnSummary => {
    const { position } = suggestion;
    const found = analysis.profiles[position];
    return {
      ...suggestion,
      header: analysis.header.names[position] ?? '',
      samples: found?.samples ?? [],
      emptyCount: found === undefined ? 0 : countOf(found, bit.blank),
    };
  });
  return {
    ...file,
    headerRow: analysis.header.line,
    rowCount: analysis.rowCount,
    columns,
    formats: analysis.formats,
    currency: analysis.currency,
    profileName: '',
    layout: analysis.layout,
    sides: analysis.sides,
    lineCount: analysis.profiles[0]?.rows ?? 0,
    filled: analysis.profiles.map(filledCount),
  };
}

/** The mapping that the suggestions make, for a preview before anybody has confirmed one. */
export function suggestedMapping(summary: AnalysisSummary): Mapping {
  return {
    columns: summary.columns.flatMap(({ position, field }) =>
      field === undefined ? [] : [{ position, field, format: '' }],
    ),
    defaultCurrency: summary.currency,
    profileName: summary.profileName,
  };
}

/** A mapping together with what the analysis found, as `rowPlan` takes it. */
export function confirmedBy(summary: AnalysisSummary, mapping: Mapping): Confirmed {
  return {
    columns: mapping.columns,
    defaultCurrency: mapping.defaultCurrency,
    names: summary.columns.map((column) => column.header),
    detected: new Map(summary.formats.map((format) => [format.position, format.detected])),
    mixed: new Set(summary.formats.filter(mixesOrders).map((format) => format.position)),
    delimited: summary.delimiter !== '',
    layout: summary.layout,
  };
}

/** What a spreadsheet shows of a date with a time when its column is too narrow: `05:23.4`. */
const minutes = /^\d{1,2}:\d{2}(?:[.,]\d)?$/;

/** Columns of dates of which only minutes and seconds are left; the days are lost for good. */
function isCut({ header, samples }: ColumnSummary): boolean {
  const { concepts } = readHeading(header);
  const isDated = concepts.includes('date') || concepts.includes('due');
  return isDated && samples.length > 0 && samples.every((sample) => minutes.test(sample));
}

/** The facts of how rows belong together, by column. */
export function layoutFacts(summary: AnalysisSummary): LayoutFact[] {
  const { layout, columns, formats } = summary;
  const fact = (kind: LayoutFact['kind'], position: number, rows: number): LayoutFact => {
    const { header = '', samples = [] } = columns[position] ?? {};
    return { kind, column: header, rows, sample: samples[0] ?? '' };
  };
  const lines = layout?.lines;
  return [
    ...(layout?.groups ?? []).map(({ position }) =>
      fact('group_rows', position, layout?.groupRows ?? 0),
    ),
    ...(layout?.carried ?? []).map((position) =>
      fact('carried_down', position, layout?.carriedRows ?? 0),
    ),
    ...(lines === undefined ? [] : [fact('document_lines', lines.document, lines.rows)]),
    ...formats.filter(mixesOrders).map(({ position }) => fact('mixed_dates', position, 0)),
    ...columns.filter(isCut).map(({ position }) => fact('cut_dates', position, 0)),
    ...formats
      .filter((format) => otherOrder(format) > 0)
      .map((format) => fact('few_other_order', format.position, otherOrder(format))),
    ...formats.flatMap(({ position, candidates }) => {
      const turned = candidates.find(({ format }) => isSwapped(format));
      const asIs = candidates.find(({ format }) => !isSwapped(format));
      if (turned === undefined) return [];
      const { sample } = turned;
      return [{ ...fact('swapped_dates', position, asIs?.contradictedBy ?? 0), sample }];
    }),
    ...moneyFacts(summary),
    ...ageingFacts(summary),
  ];
}
