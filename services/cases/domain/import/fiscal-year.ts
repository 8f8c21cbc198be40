import { cleanCell, isNullWord } from './cell.ts';
import { readHeading } from './heading-words.ts';
import type { Concept } from './heading-dictionary.ts';
import type { Suggestion } from './mapping.ts';

/** How the years of a column stand to those of a column of dates, over the rows that have both. */
type Against = { position: number; isDue: boolean; rows: number; same: number; near: number };

type Watched = {
  position: number;
  /** Whether the heading says that it is the document's year in the books. */
  isNamed: boolean;
  filled: number;
  years: number;
  dates: Against[];
};

export type YearScan = {
  add(cells: readonly string[]): void;
  /** The column of the documents' fiscal year; undefined where there is none for sure. */
  finish(): number | undefined;
};

/** Concepts that may stand beside the year in the heading of a document's year. */
const beside = new Set<Concept>(['year', 'document', 'posting', 'account', 'own', 'invoice']);
const named = /fiscal|gjahr|gesch(?:ä|ae)fts|\bfy\b|exerc|ejerc|eserc|会计|财|凭证/i;
/** Of the headings that say no more than year these are documents’ years in Chinese ledgers. */
const plain = /^年[度份]$/;
const nearlyAll = 0.98;

function isYearHeading(header: string): boolean {
  const { concepts } = readHeading(header);
  const isYear = concepts.includes('year') && concepts.every((concept) => beside.has(concept));
  return isYear && (named.test(header) || plain.test(header.trim()));
}

/** The year of a text that has one with its century; undefined for others. */
function yearOf(text: string): number | undefined {
  const [, year] = /(?:^|\D)((?:19|20)\d\d)(?:\.0+$|\D|$|(?=\d{4}$))/.exec(text) ?? [];
  return year === undefined ? undefined : Number(year);
}

function watched(names: readonly string[]): Watched[] {
  const dates = names.flatMap((name, position): Against[] => {
    const { concepts } = readHeading(name);
    const isDue = concepts.includes('due');
    const isDated = isDue || concepts.includes('date');
    const isOther = concepts.includes('settled') || concepts.includes('paid');
    return isDated && !isOther ? [{ position, isDue, rows: 0, same: 0, near: 0 }] : [];
  });
  return names.flatMap((name, position): Watched[] =>
    isYearHeading(name)
      ? [
          {
            position,
            isNamed: named.test(name),
            filled: 0,
            years: 0,
            dates: dates.map((each) => ({ ...each })),
          },
        ]
      : [],
  );
}

/**
 * Whether the years are those of the documents. A year of the report would be the same on rows of
 * every age: then the document had another key in each delivery. A named one may begin in another
 * month than January; another is believed where it is the year of the document's date, or, where
 * there is none, of the due date or the one before.
 */
function isOfDocument({ isNamed, filled, years, dates }: Watched): boolean {
  if (filled === 0 || years < filled * nearlyAll) return false;
  const known = dates.filter(({ rows }) => rows >= filled / 2);
  const issued = known.filter(({ isDue }) => !isDue);
  const most = (of: readonly Against[], count: 'same' | 'near'): boolean =>
    of.some((each) => each[count] >= each.rows * nearlyAll);
  if (isNamed) return known.length === 0 || most(known, 'near');
  return issued.length > 0 ? most(issued, 'same') : most(known, 'near');
}

/** Watches columns of years, over all rows. */
export function yearScan(names: readonly string[]): YearScan {
  const columns = watched(names);
  function add(cells: readonly string[]): void {
    for (const column of columns) {
      const text = cleanCell(cells[column.position] ?? '');
      if (isNullWord(text)) continue;
      column.filled += 1;
      const year = text.length <= 8 ? yearOf(text) : undefined;
      if (year === undefined) continue;
      column.years += 1;
      for (const date of column.dates) {
        const dated = yearOf(cleanCell(cells[date.position] ?? ''));
        if (dated === undefined) continue;
        date.rows += 1;
        if (dated === year) date.same += 1;
        const isNear = date.isDue
          ? dated === year || dated === year + 1
          : Math.abs(dated - year) <= 1;
        if (isNear) date.near += 1;
      }
    }
  }
  return { add, finish: () => columns.find(isOfDocument)?.position };
}

/** Puts the fiscal year into the suggestions; a column that means something else keeps it. */
export function suggestYear(
  suggestions: readonly Suggestion[],
  position: number | undefined,
): Suggestion[] {
  const hasNumber = suggestions.some(({ field }) => field === 'DOCUMENT_NUMBER');
  return suggestions.map((one): Suggestion => {
    if (!hasNumber || one.position !== position || one.field !== undefined) return one;
    const reasons = ['header_synonym', 'value_shape'] as const;
    return { position, field: 'FISCAL_YEAR', confidence: 90, reasons };
  });
}
