import { cleanCell } from './cell.ts';
import { finding } from './finding.ts';
import type { Finding, Rule } from './finding.ts';
import { text } from './reading.ts';
import type { Reading } from './reading.ts';

/** The whole of a cell: a customer may well be named `Total`-something. */
const totalWords = new RegExp(
  '^(?:(?:(?:grand |sub-?)?totals?|sum|summe|gesamt(?:summe)?|result|合 ?计|总 ?计|小 ?计|本页合计|累计|總計)' +
    String.raw`[\s:：]*|total for .+|.{1,30}(?:合计|小计))$`,
  'i',
);

/**
 * A line that adds up others: a word for total in it, or an amount with neither document nor date.
 */
function isTotal(reading: Reading): boolean {
  if (text(reading, 'DOCUMENT_NUMBER') !== '' && text(reading, 'DUE_DATE') !== '') return false;
  const cells = reading.row.cells.map(cleanCell).filter((cell) => cell !== '');
  if (cells.some((cell) => cell.length <= 40 && totalWords.test(cell))) return true;
  const nothing = (['DOCUMENT_NUMBER', 'DUE_DATE', 'DOCUMENT_DATE'] as const).every(
    (field) => text(reading, field) === '',
  );
  return nothing && text(reading, 'AMOUNT') !== '' && cells.length <= 3;
}

function isHeaderAgain(reading: Reading): boolean {
  const { plan, row } = reading;
  const mapped = Object.values(plan.fields);
  return (
    mapped.length >= 2 &&
    mapped.every((position) => cleanCell(row.cells[position] ?? '') === plan.names[position])
  );
}

/** Lines that are no receivables: totals, headers repeated at page breaks. */
export function notReceivable(reading: Reading): Finding | undefined {
  const rule: Rule | undefined = isTotal(reading)
    ? 'total_line'
    : isHeaderAgain(reading)
      ? 'header_again'
      : undefined;
  if (rule === undefined) return undefined;
  const found = reading.row.cells
    .map(cleanCell)
    .filter((cell) => cell !== '')
    .join(' ')
    .slice(0, 80);
  return finding(rule, reading.row.line, '', found);
}
