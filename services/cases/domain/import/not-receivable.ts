import { cleanCell, isNullWord } from './cell.ts';
import type { Field } from './field-rules.ts';
import { finding } from './finding.ts';
import type { Finding, Rule } from './finding.ts';
import { text } from './reading.ts';
import type { Reading } from './reading.ts';
import { isAmountText, mayBeName, mentionsTotal, saysTotal } from './row-words.ts';

/** What makes a row a document: without any of these it is a line about others, or a note. */
const documentFields: readonly Field[] = ['DOCUMENT_NUMBER', 'DUE_DATE', 'DOCUMENT_DATE'];

const customerFields: readonly Field[] = ['CUSTOMER_NUMBER', 'CUSTOMER_NAME', 'CREDIT_CODE'];

/** Whether the columns of customers say something that is the row's own. */
function hasCustomer(reading: Reading): boolean {
  return customerFields.some((field) => text(reading, field) !== '');
}

/**
 * The one text beside amounts: `Total Current`, `ACME Subtotal`, or a name with the sum of the
 * lines below (`Azure Interior (2)`), where no document number is like it.
 */
function isSummary(reading: Reading, cells: readonly string[]): boolean {
  const [first = '', ...rest] = cells;
  if (rest.length === 0 || isAmountText(first) || !rest.every(isAmountText)) return false;
  if (mentionsTotal(first)) return true;
  const plain = first.replace(/\s*\(\d+\)$/, '');
  // Right of the document number a text is a line's own, as an article's name is.
  const position = reading.row.cells.findIndex((cell) => cleanCell(cell) === first);
  const isLeading = position <= (reading.plan.fields.DOCUMENT_NUMBER ?? -1);
  return isLeading && !hasCustomer(reading) && !/\d/.test(plain) && mayBeName(plain);
}

/**
 * A line that adds up others: a word for total in it, or amounts with neither document nor date and
 * nothing else that a line of a document would say.
 */
function isTotal(reading: Reading, cells: readonly string[]): boolean {
  if (text(reading, 'DOCUMENT_NUMBER') !== '' && text(reading, 'DUE_DATE') !== '') return false;
  if (cells.some((cell) => saysTotal(cell)) || isSummary(reading, cells)) return true;
  const nothing = documentFields.every((field) => text(reading, field) === '');
  if (!nothing || text(reading, 'AMOUNT') === '') return false;
  const { CUSTOMER_NAME, CUSTOMER_NUMBER, CURRENCY } = reading.plan.fields;
  const known = [CUSTOMER_NAME, CUSTOMER_NUMBER, CURRENCY];
  return reading.row.cells.every((cell, position) => {
    const clean = cleanCell(cell);
    return isNullWord(clean) || known.includes(position) || isAmountText(clean);
  });
}

/** `制表人：张三`, `Printed: 2024-03-31`: a label, as only notes have them. */
function isLabelled(cell: string): boolean {
  return /^[^:：]{1,30}[:：]/.test(cell);
}

/**
 * A note says nothing of a receivable: no document, no date, no amount; or it is the row's only
 * cell and, though it stands in the column of document numbers, has words as no number has; or it
 * is all labels; or words and a day without customer and amount.
 */
function isNote(reading: Reading, cells: readonly string[]): boolean {
  const [only = ''] = cells;
  const number = text(reading, 'DOCUMENT_NUMBER');
  const isWorded = /\s|[:：。，、]|^[^\d]*$/.test(number);
  if (cells.length === 1) return number === '' ? !isAmountText(only) : isWorded;
  if (cells.every(isLabelled)) return true;
  if (cells.some(isAmountText) || text(reading, 'OPEN_AMOUNT') !== '') return false;
  if (text(reading, 'AMOUNT') !== '') return false;
  const noDocument = documentFields.every((field) => text(reading, field) === '');
  return noDocument || (isWorded && number !== '' && !hasCustomer(reading));
}

/** Headings as written; those in two rows are each a part of the column's name. */
function isHeaderAgain(reading: Reading, filled: readonly string[]): boolean {
  const { names, layout } = reading.plan;
  return (
    filled.length >= 2 &&
    reading.row.cells.slice(0, layout?.width).every((cell, position) => {
      const said = cleanCell(cell).replaceAll(/\s+/g, ' ');
      const name = (names[position] ?? '').replace(/ \(\d+\)$/, '');
      return (
        said === '' || said === name || name.startsWith(`${said} `) || name.endsWith(` ${said}`)
      );
    })
  );
}

/** Lines that are no receivables: totals, headers repeated at page breaks, notes. */
export function notReceivable(reading: Reading): Finding | undefined {
  const given = new Set(reading.plan.layout?.groups.map(({ position }) => position));
  const cells = reading.row.cells
    .filter((_, position) => !given.has(position))
    .map(cleanCell)
    .filter((cell) => !isNullWord(cell));
  const rule: Rule | undefined = isTotal(reading, cells)
    ? 'total_line'
    : isHeaderAgain(reading, cells)
      ? 'header_again'
      : isNote(reading, cells)
        ? 'note_line'
        : undefined;
  if (rule === undefined) return undefined;
  return finding(rule, reading.row.line, '', cells.join(' ').slice(0, 80));
}
