import { cleanCell, isNullWord } from './cell.ts';
import { fieldRules } from './field-rules.ts';
import type { Field } from './field-rules.ts';
import { readHeading } from './heading-words.ts';
import { headingScore } from './mapping.ts';
import {
  isAmountText,
  isNoteText,
  labelsOf,
  mayBeName,
  mentionsTotal,
  saysTotal,
} from './row-words.ts';
import type { Label } from './row-words.ts';

/** A text in a heading row, and its column. */
export type HeadingCell = { position: number; text: string };

/**
 * What a row of a report is by its shape: a line of data, a row that names the customer of the
 * lines below it, by labels or by nothing but the name, a total, or a lone text of another kind.
 */
export type RowKind =
  | { kind: 'line' }
  | { kind: 'labels'; labels: readonly Label[] }
  | { kind: 'heading'; cells: readonly HeadingCell[] }
  | { kind: 'total' }
  | { kind: 'note' };

/** The columns by which rows are told apart: those of documents and days, and of customers. */
export type KeyColumns = {
  width: number;
  documents: readonly number[];
  customers: readonly number[];
};

const documentFields: readonly Field[] = ['DOCUMENT_NUMBER', 'DOCUMENT_DATE', 'DUE_DATE'];
const customerFields: readonly Field[] = ['CUSTOMER_NUMBER', 'CUSTOMER_NAME', 'CREDIT_CODE'];
const leastScore = 0.5;

/** The key columns of a table by its headings alone, for the values have not been seen yet. */
export function keyColumns(names: readonly string[]): KeyColumns {
  const documents: number[] = [];
  const customers: number[] = [];
  names.forEach((name, position) => {
    const heading = readHeading(name);
    const all = Object.keys(fieldRules) as Field[];
    const score = (field: Field): number => headingScore(heading, field);
    const best = all.toSorted((a, b) => score(b) - score(a))[0];
    if (best === undefined || score(best) < leastScore) return;
    if (documentFields.includes(best)) documents.push(position);
    if (customerFields.includes(best)) customers.push(position);
  });
  return { width: names.length, documents, customers };
}

function isFilled(cell: string | undefined): boolean {
  return cell !== undefined && cell !== '' && !isNullWord(cleanCell(cell));
}

const line: RowKind = { kind: 'line' };

/** A lone text in a column of document numbers or dates is words only where no number is so. */
function isWorded(text: string, isKey: boolean): boolean {
  return !isKey || /\s|\p{Script=Han}/u.test(text) || !/\d/.test(text);
}

function headingOf(filled: readonly HeadingCell[], keys: KeyColumns): RowKind {
  const told = filled.filter(({ position }) => keys.customers.includes(position));
  const others = filled.filter(({ position }) => !keys.customers.includes(position));
  if (filled.length === 1 && filled.every(({ text }) => isNoteText(text))) return { kind: 'note' };
  const inTheirs = told.length > 0 && others.every(({ text }) => isAmountText(text));
  if (inTheirs && others.every(({ position }) => !keys.documents.includes(position))) {
    return { kind: 'heading', cells: told };
  }
  const texts = filled.filter(({ text }) => !isAmountText(text));
  const [only] = texts;
  if (only === undefined || texts.length > 1 || only !== filled[0]) return line;
  const keyed = filled.some((cell) => cell !== only && keys.documents.includes(cell.position));
  if (keyed || !isWorded(only.text, keys.documents.includes(only.position))) return line;
  if (mayBeName(only.text)) return { kind: 'heading', cells: [only] };
  if (mentionsTotal(only.text)) return { kind: 'total' };
  return filled.length === 1 ? { kind: 'note' } : line;
}

/**
 * Tells what a row is. A row with two of its document number and days is a line, whatever else it
 * has, and so is every row of a table that has no such columns. `afterCustomer` when the row before
 * named a customer by label.
 */
export function rowKind(
  cells: readonly string[],
  keys: KeyColumns,
  afterCustomer: boolean,
): RowKind {
  if (keys.documents.length < 2) return line;
  let keyed = 0;
  for (const position of keys.documents) if (isFilled(cells[position])) keyed += 1;
  if (keyed >= 2) return line;
  const filled: HeadingCell[] = [];
  cells.forEach((cell, position) => {
    const text = cleanCell(cell);
    if (!isNullWord(text)) filled.push({ position, text });
  });
  if (filled.length === 0) return line;
  const texts = filled.map((cell) => cell.text);
  const labels = labelsOf(texts, afterCustomer);
  if (labels.length > 0) return { kind: 'labels', labels };
  if (texts.some(saysTotal)) return { kind: 'total' };
  return headingOf(filled, keys);
}
