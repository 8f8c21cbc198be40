import { columnProfiler, dateShare, amountShare } from './column-profile.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Row } from './csv.ts';
import type { Field } from './field-rules.ts';
import { amountColumnFormat, dateFormat, provenMark, provenOrder } from './formats.ts';
import type { ColumnFormat } from './formats.ts';
import { suggestGroups, withGroups } from './group-columns.ts';
import { suggestYear, yearScan } from './fiscal-year.ts';
import { findHeader, headerWithin } from './header.ts';
import type { Header } from './header.ts';
import { layoutScan } from './layout.ts';
import type { Layout } from './layout.ts';
import { neededFound, suggestCurrency, suggestMapping } from './mapping.ts';
import type { Suggestion } from './mapping.ts';
import { sideFormat, suggestSides } from './side-columns.ts';
import { sidesScan } from './sides.ts';
import type { SideColumn } from './side-column.ts';
import type { Sides } from './sides.ts';
import { titleUnit } from './title-unit.ts';

/** What the whole file says about itself, before a person has said anything. */
export type Analysis = {
  header: Header;
  rowCount: number;
  profiles: readonly ColumnProfile[];
  suggestions: readonly Suggestion[];
  formats: readonly ColumnFormat[];
  /** ISO 4217, empty where the file does not hint at one. */
  currency: string;
  /** How the rows belong together. */
  layout: Layout;
  /** How it tells debits from credits. */
  sides: Sides;
};

const dateFields: ReadonlySet<Field> = new Set<Field>([
  'DOCUMENT_DATE',
  'DUE_DATE',
  'SETTLED_DATE',
]);
const customerFields: readonly Field[] = ['CUSTOMER_NUMBER', 'CUSTOMER_NAME', 'CREDIT_CODE'];
const amountFields: ReadonlySet<Field> = new Set<Field>([
  'AMOUNT',
  'OPEN_AMOUNT',
  'PAID_AMOUNT',
  'CREDIT_AMOUNT',
]);

export function isDateField(field: Field): boolean {
  return dateFields.has(field);
}

export function isAmountField(field: Field): boolean {
  return amountFields.has(field);
}

/**
 * What most columns that can prove it prove; exporters do not change their habits between columns.
 */
function agreed<Choice>(choices: readonly (Choice | undefined)[]): Choice | undefined {
  const proven = new Set(choices.filter((choice) => choice !== undefined));
  return proven.size === 1 ? [...proven][0] : undefined;
}

/**
 * Formats of all columns that look like dates or amounts, mapped or not: a person may map one of
 * them later. A column that its own values leave open follows the file's other columns, and
 * `fileTens` is the unit that a title states for the amounts of all.
 */
export function columnFormats(
  profiles: readonly ColumnProfile[],
  suggestions: readonly Suggestion[],
  fileTens = 0,
): ColumnFormat[] {
  const order = agreed(profiles.map(provenOrder));
  const amounts = profiles.filter((profile) => amountShare(profile) > 0.9);
  const mark = agreed(amounts.map(provenMark));
  const formats: ColumnFormat[] = [];
  for (const profile of profiles) {
    const field = suggestions[profile.position]?.field;
    if (field !== undefined && isDateField(field)) formats.push(dateFormat(profile, order));
    else if (field !== undefined && isAmountField(field)) {
      formats.push(amountColumnFormat(profile, mark, fileTens));
    } else if (field === undefined && dateShare(profile) > 0.9) {
      formats.push(dateFormat(profile, order));
    } else if (field === undefined && amountShare(profile) > 0.9) {
      formats.push(amountColumnFormat(profile, mark));
    }
  }
  return formats;
}

/** Takes the rows of a file in order, then says what the file is. */
export type Analyser = { add(rows: readonly Row[]): void; finish(): Analysis };

/** The columns that were suggested for these fields. */
function positionsOf(suggestions: readonly Suggestion[], fields: readonly Field[]): number[] {
  return suggestions.flatMap(({ field, position }) =>
    field !== undefined && fields.includes(field) ? [position] : [],
  );
}

/** The formats with that of the side, which stands where the column had another. */
function withSide(
  formats: readonly ColumnFormat[],
  side: SideColumn,
  amount: number | undefined,
): ColumnFormat[] {
  const others = formats.filter(({ position }) => position !== side.position);
  return [...others, sideFormat(side, amount)];
}

/** Names of the table's columns, and of those that only rows above the lines have. */
function namesWith(header: Header, { groups, width }: Layout): readonly string[] {
  const more = groups.filter(({ position }) => position >= width);
  return [...header.names, ...more.map(({ header: label }) => (label === '' ? 'Group' : label))];
}

/** Holds back the first rows until the header among them is found, then looks at every value. */
export function analyser(): Analyser {
  const first: Row[] = [];
  let header: Header | undefined;
  let profiler = columnProfiler([]);
  let scan = layoutScan([], []);
  let sides = sidesScan([]);
  let years = yearScan([]);
  let rowCount = 0;
  let unit = titleUnit([]);

  function look(row: Row): void {
    if (header !== undefined && row.line <= header.line) return;
    rowCount += 1;
    if (!scan.add(row)) return;
    profiler.add(row.cells, row.line);
    sides.add(row.cells);
    years.add(row.cells);
  }

  function begin(): Header {
    const found = findHeader(first);
    header = found;
    profiler = columnProfiler(found.names);
    sides = sidesScan(found.line > 0 ? found.names : []);
    years = yearScan(found.line > 0 ? found.names : []);
    const titles = first.filter((row) => row.line < found.line);
    unit = titleUnit(titles);
    scan = layoutScan(found.line > 0 ? found.names : [], titles);
    for (const row of first) look(row);
    first.length = 0;
    return found;
  }

  function add(rows: readonly Row[]): void {
    for (const row of rows) {
      if (header !== undefined) look(row);
      else if (first.push(row) >= headerWithin) begin();
    }
  }

  function finish(): Analysis {
    const found = header ?? begin();
    const own = profiler.finish();
    const likely = suggestMapping(own, found.line > 0);
    const { layout, groupProfiles } = scan.finish({
      profiles: own,
      customers: positionsOf(likely, customerFields),
      currency: positionsOf(likely, ['CURRENCY'])[0],
      document: positionsOf(likely, ['DOCUMENT_NUMBER'])[0],
    });
    const names = namesWith(found, layout);
    const profiles = withGroups(own, groupProfiles);
    const sided = sides.finish();
    const grouped = suggestGroups(likely, layout, groupProfiles);
    const suggestions = suggestYear(suggestSides(grouped, sided, names), years.finish());
    const formats = columnFormats(profiles, suggestions, unit.tens);
    const [amount] = positionsOf(suggestions, ['AMOUNT']);
    return {
      header: { ...found, names },
      rowCount,
      profiles,
      suggestions,
      formats: sided.side === undefined ? formats : withSide(formats, sided.side, amount),
      currency: suggestCurrency(profiles, suggestions) || unit.currency,
      layout,
      sides: sided,
    };
  }
  return { add, finish };
}

/**
 * How much the first rows of a sheet look like receivables: how many of the columns that an import
 * needs are there, 0 to 4; 0 without a header.
 */
export function likeReceivables(first: readonly Row[]): number {
  if (first.length < 2) return 0;
  const work = analyser();
  work.add(first);
  const { header, suggestions } = work.finish();
  return header.line === 0 ? 0 : neededFound(suggestions);
}
