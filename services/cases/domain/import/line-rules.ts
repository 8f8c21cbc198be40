import { cleanCell } from './cell.ts';
import type { Row } from './csv.ts';
import { contentText } from './duplicates.ts';
import type { Field } from './field-rules.ts';
import { readHeading } from './heading-words.ts';
import type { RowPlan } from './reading.ts';
import type { Owed } from './owed.ts';
import type { Accepted } from './record.ts';

/** How the amounts of rows with one document number are meant, as far as the file says. */
export type Meant = 'of_line' | 'of_document' | 'unclear';

/** Documents of several rows that agree in it before their amounts are held for the document's. */
const enoughDocuments = 3;

const lineConcepts = new Set(['line', 'quantity', 'unit', 'description']);
const lineWord = new Set(['line']);
const wholeWords = new Set(['total', 'invoice', 'document']);

function says(header: string, concepts: ReadonlySet<string>): boolean {
  return readHeading(header).concepts.some((concept) => concepts.has(concept));
}

/** What is fixed for the whole file: which columns tell rows apart, and what amounts are of. */
export type LineRules = {
  telling: readonly number[];
  meant: Meant;
  /** Whether the amounts of a field are the document's, the same on each of its rows. */
  once: (field: Field) => boolean;
};

/** Columns that the mapping leaves out and that tell the lines of a document apart. */
function tellingColumns({ fields, names, layout }: RowPlan): number[] {
  const mapped = new Set(Object.values(fields));
  const width = layout?.width ?? names.length;
  return names.flatMap((name, position) =>
    mapped.has(position) || position >= width || !says(name, lineConcepts) ? [] : [position],
  );
}

/** The rules for a file, from its headings and from what the analysis saw of its documents. */
export function lineRules(plan: RowPlan): LineRules {
  const { fields, names, layout } = plan;
  const telling = tellingColumns(plan);
  const seen = layout?.lines?.document === fields.DOCUMENT_NUMBER ? layout?.lines : undefined;
  const once = (field: Field): boolean =>
    seen !== undefined && fields[field] !== undefined && !seen.varying.includes(fields[field]);
  const heading = names[fields.AMOUNT ?? -1] ?? '';
  // The same amount in debit and in credit is not the same amount.
  const signs = (['AMOUNT', 'CREDIT_AMOUNT', 'SIDE'] as const).filter(
    (field) => field === 'AMOUNT' || fields[field] !== undefined,
  );
  const isLine = (seen !== undefined && !signs.every(once)) || says(heading, lineWord);
  const isWhole = says(heading, wholeWords) || (seen?.documents ?? 0) >= enoughDocuments;
  const meant = isLine ? 'of_line' : seen !== undefined && isWhole ? 'of_document' : 'unclear';
  return { telling, once, meant };
}

/** An accepted row of a document. */
export type Line = { row: Row; verdict: Accepted };

/**
 * What two rows have in common when they are one row twice: the same content, and the same in the
 * columns that tell lines apart. A running number or the telephone number of a joined list is none.
 */
export function repeatMark({ telling }: LineRules, { row, verdict }: Line): string {
  const told = telling.map((position) => cleanCell(row.cells[position] ?? ''));
  return [contentText(verdict.record), ...told].join('\u001e');
}

/** Whether two rows may be lines of one debt at all. */
export function isSameDebt(one: Accepted, other: Accepted): boolean {
  const [a, b] = [one.record, other.record];
  return (
    a.documentKey === b.documentKey &&
    a.customerKey === b.customerKey &&
    a.currency === b.currency &&
    a.documentDate === b.documentDate &&
    a.dueDate === b.dueDate &&
    one.day === other.day
  );
}

function sum(values: readonly (bigint | undefined)[]): bigint | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0n);
}

/** What is open of a line: as stated, else its amount less its payments. */
function openOf({ verdict }: Line): bigint {
  const { owed, record } = verdict;
  return owed.open ?? record.amountMinor - (owed.paid ?? 0n);
}

/** Amount, open amount and payments of a document: each summed, or once where it is repeated. */
export function summed(lines: readonly Line[], rules: LineRules): { amount: bigint; owed: Owed } {
  const first = lines[0]?.verdict;
  const amounts = lines.map(({ verdict }) => verdict.record.amountMinor);
  const amount = rules.meant === 'of_document' ? amounts[0] : sum(amounts);
  const isStated = lines.some(({ verdict }) => verdict.owed.open !== undefined);
  const paids = lines.map(({ verdict }) => verdict.owed.paid);
  const open = rules.once('OPEN_AMOUNT') ? first?.owed.open : sum(lines.map(openOf));
  const paid = rules.once('PAID_AMOUNT') ? first?.owed.paid : sum(paids);
  return { amount: amount ?? 0n, owed: { open: isStated ? open : undefined, paid } };
}
