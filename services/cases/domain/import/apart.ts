import { cleanCell } from './cell.ts';
import type { Row } from './csv.ts';
import type { DocumentLines } from './document-lines.ts';
import { duplicateFinder } from './duplicates.ts';
import type { Field } from './field-rules.ts';
import { keyTable } from './key-table.ts';
import { lineRules } from './line-rules.ts';
import { lineJoiner, rowKey } from './lines.ts';
import type { Judged } from './lines.ts';
import { outline } from './outline.ts';
import type { RowPlan } from './reading.ts';
import { rowReader } from './record.ts';
import type { Verdict } from './record.ts';

/** The fate of rows that was decided before the file is read in order, by their line. */
export type Settled = ReadonlyMap<number, Verdict>;

/**
 * Whether rows of one document may stand apart, so that the file is to be read for them first: the
 * analysis has seen some, or it watched another column than the one that was mapped.
 */
export function mayStandApart({ layout, fields }: RowPlan): boolean {
  const apart = layout?.apart;
  if (apart === undefined) return false;
  return apart.document !== fields.DOCUMENT_NUMBER || apart.rows > 0;
}

/** Words of a document: hash, last row, what happened, and the texts of its first amounts. */
const width = 9;
const flags = 3;
const wasApart = 1;
const isSeveral = 2;
const amountFields: readonly Field[] = [
  'AMOUNT',
  'OPEN_AMOUNT',
  'PAID_AMOUNT',
  'CREDIT_AMOUNT',
  'SIDE',
];

/** Of documents with a number, this share has several rows in a file of lines. */
const severalShare = 0.1;

/** Which documents stand apart, and the plan by which their rows are lines. */
export type Apart = { plan: RowPlan; has(row: Row): boolean };

/**
 * First of two readings: finds the documents whose rows other documents part. `finish` gives
 * nothing unless the file is one of lines: rows next to one another were lines, or columns tell
 * lines apart (an article, a quantity) and many documents have several rows with amounts that
 * differ. Elsewhere a document number that comes again is a repeat or a mistake.
 */
export function apartScan(plan: RowPlan): {
  add(row: Row): void;
  finish(): Apart | undefined;
} {
  const seen = keyTable(width);
  const varying = new Set<number>();
  let before = '';
  const counts = { documents: 0, several: 0, rows: 0, apart: 0 };

  /** A short mark of a cell's text; two that differ tell that the cells do. */
  function mark(row: Row, field: Field): number {
    const text = cleanCell(row.cells[plan.fields[field] ?? -1] ?? '');
    let sum = text.length + 1;
    for (let index = 0; index < text.length; index += 1) {
      sum = (Math.imul(sum, 31) + text.charCodeAt(index)) >>> 0;
    }
    return sum;
  }

  function again(slots: Uint32Array, at: number, row: Row, isNext: boolean): void {
    counts.rows += 1;
    const was = slots[at + flags] ?? 0;
    if ((was & isSeveral) === 0) counts.several += 1;
    if (!isNext && (was & wasApart) === 0) counts.apart += 1;
    slots[at + flags] = was | isSeveral | (isNext ? 0 : wasApart);
    amountFields.forEach((field, nth) => {
      const position = plan.fields[field];
      if (position !== undefined && slots[at + 4 + nth] !== mark(row, field)) varying.add(position);
    });
  }

  function add(row: Row): void {
    const key = rowKey(plan, row);
    // A number of a document has a digit; `Total` and the like have not.
    if (!/\d/.test(key)) return;
    const at = seen.find(key);
    const slots = seen.words();
    if (slots[at + 2] === 0) {
      slots[at + 2] = row.line;
      amountFields.forEach((field, nth) => {
        slots[at + 4 + nth] = mark(row, field);
      });
      counts.documents += 1;
      seen.added();
    } else again(slots, at, row, key === before);
    before = key;
  }

  function finish(): Apart | undefined {
    if (counts.apart === 0) return undefined;
    const { AMOUNT, DOCUMENT_NUMBER: document = -1 } = plan.fields;
    const known = lineRules(plan);
    const isTold = known.telling.length > 0 && counts.several >= counts.documents * severalShare;
    if (known.meant !== 'of_line' && !(isTold && varying.has(AMOUNT ?? -1))) return undefined;
    const next = plan.layout?.lines;
    const earlier = next?.document === document ? next.varying : [];
    const lines: DocumentLines = {
      document,
      documents: counts.several,
      rows: counts.rows,
      varying: [...new Set([...earlier, ...varying])].toSorted((a, b) => a - b),
    };
    const { layout } = plan;
    const has = (row: Row): boolean => {
      const key = rowKey(plan, row);
      return key !== '' && ((seen.words()[seen.find(key) + flags] ?? 0) & wasApart) !== 0;
    };
    return { plan: { ...plan, layout: layout && { ...layout, lines } }, has };
  }
  return { add, finish };
}

/** Rows that are held at a time; a file with more of them is to be sorted. */
const mostHeld = 100_000;

/**
 * A row whose texts are its own: a cell is a view of the piece of the file it was read from, and
 * rows held from all over a file would hold all of it.
 */
function detached(row: Row): Row {
  return { ...row, cells: JSON.parse(JSON.stringify(row.cells)) as string[] };
}

/**
 * Second reading: brings the rows of documents that stand apart together and settles them.
 * `finish` gives nothing where they are too many to be held.
 */
export function apartReader({ plan, has }: Apart): {
  add(row: Row): void;
  finish(): Settled | undefined;
} {
  const outlined = outline(plan);
  const read = rowReader(plan);
  const documents = new Map<string, Judged[]>();
  let held = 0;

  function add(each: Row): void {
    const { row: shown, left } = outlined(each);
    if (left !== undefined || held > mostHeld || !has(shown)) return;
    const row = detached(shown);
    const verdict = read(row);
    const key = verdict.kind === 'accepted' ? verdict.record.documentKey : rowKey(plan, row);
    if (verdict.kind === 'skipped') return;
    held += 1;
    const rows = documents.get(key);
    if (rows === undefined) documents.set(key, [{ row, verdict }]);
    else rows.push({ row, verdict });
  }

  function finish(): Settled | undefined {
    if (held > mostHeld) return undefined;
    const joiner = lineJoiner(plan, duplicateFinder());
    const settled = new Map<number, Verdict>();
    const keep = (judged: readonly Judged[]): void => {
      for (const { row, verdict } of judged) settled.set(row.line, verdict);
    };
    for (const rows of documents.values()) {
      for (const { row, verdict } of rows) keep(joiner.add(row, verdict));
    }
    keep(joiner.finish());
    return settled;
  }
  return { add, finish };
}
