/** Something found in a row, as a person repairs it. The contract's `Finding`. */
export type Finding = {
  /** Line in the file (or row of the sheet), from 1. */
  row: number;
  column: string;
  found: string;
  expected: string;
  repair: string;
  rule: Rule;
  rejects: boolean;
};

type Law = { rejects: boolean; expected: string; repair: string };

function rejects(expected: string, repair: string): Law {
  return { rejects: true, expected, repair };
}

function notice(expected: string, repair: string): Law {
  return { rejects: false, expected, repair };
}

/**
 * What each rule expects and how a break of it is repaired. Only those that reject keep a row out.
 */
export const laws = {
  required: rejects('a value', 'Fill the cell, or map another column to this field.'),
  not_a_date: rejects(
    'a date in the format chosen for the column',
    'Correct the date, or choose another date format for the column.',
  ),
  date_other_order: rejects(
    'a date in the order of its column',
    'Day and month stand the other way round here than in the column: write YYYY-MM-DD.',
  ),
  date_order_mixed: rejects(
    'a date that can be read one way only',
    'The column has dates day first and dates month first, and this one may be either: write ' +
      'YYYY-MM-DD.',
  ),
  date_out_of_range: rejects(
    'a day from 1950 to 2099',
    'Correct the date, or choose another date format for the column.',
  ),
  not_an_amount: rejects(
    'an amount in the format chosen for the column',
    'Correct the amount, or choose another number format for the column.',
  ),
  amount_too_large: rejects('an amount below 90 trillion', 'Check the amount and its column.'),
  not_a_currency: rejects(
    'an ISO 4217 code such as CNY',
    'Write the currency as its three-letter code.',
  ),
  number_lost_digits: rejects(
    'all digits of the number',
    'The spreadsheet cut this number to exponents: format the column as text and export again.',
  ),
  text_too_long: rejects(
    'a shorter text',
    'Shorten the value; a very long one often means that columns have shifted.',
  ),
  more_cells_than_columns: rejects(
    'no more cells than the header has',
    'Put quotation marks around values that contain the delimiter.',
  ),
  duplicate_other_content: rejects(
    'each document once',
    'The same document number came before with other content, or for another customer or day: ' +
      'correct one of them, map the company code, or export a number that has the year and the ' +
      'item in it.',
  ),
  number_told_by_column: rejects(
    'each document number once',
    'Another document has the same number, and this column tells them apart: map it as the ' +
      'fiscal year or the company code, or, where those are mapped already, export a number that ' +
      'begins with it. Keep to it in every delivery: documents stored without it are others.',
  ),
  duplicate_same_content: notice(
    'each document once',
    'The row repeats an earlier one and counts once.',
  ),
  line_summed: notice(
    'one row for each document',
    'A line of the document: added to the lines before it.',
  ),
  amount_of_document: notice(
    'one row for each document',
    'The amount is that of the whole document and counts once.',
  ),
  line_or_repeat: rejects(
    'rows of one document that differ in their amounts, or a column of the document’s total',
    'It is unclear whether this is a line of the document or the document again: leave the ' +
      'repeated rows out, or export one row for each document.',
  ),
  line_of_rejected: rejects(
    'a document whose lines are all right',
    'Another line of this document is rejected, so that its sum would be wrong: correct that one.',
  ),
  lines_apart: rejects(
    'the lines of a document one after another',
    'Lines of this document came before, apart from these: sort the file by document number.',
  ),
  amount_rounded: notice(
    'no more digits than the currency has',
    'Rounded half-even to the minor unit; check the export.',
  ),
  amount_zero: notice('an amount other than zero', 'Check whether the document is still needed.'),
  credit_note: notice('a positive amount', 'Taken as a credit note.'),
  due_before_document: notice('a due date on or after the document date', 'Check both dates.'),
  settled_before_document: notice(
    'a settlement on or after the document date',
    'Check both dates.',
  ),
  due_from_terms: notice('a due date', 'Reckoned from the document date and the payment terms.'),
  open_beyond_amount: notice(
    'an open amount between zero and the amount',
    'Taken as the nearest possible; check both amounts.',
  ),
  status_unknown: notice(
    'a word for the document’s state, such as Open or Paid',
    'Taken as still open where no figure or day says otherwise; write Open, Paid or Cancelled.',
  ),
  status_differs: notice(
    'a state that agrees with the figures and the settlement date',
    'Check the row: a part payment in figures counts before the state, the state before a date.',
  ),
  partly_paid: notice(
    'how much is still open',
    'Paid in part, and no column says how much: the whole amount counts as open. Map the open or ' +
      'the paid amount.',
  ),
  document_cancelled: notice('a document that is owed', 'Cancelled: nothing of it is open.'),
  document_draft: notice('a document that was issued', 'A draft, left out.'),
  credit_code_check_fails: notice(
    'a code whose last character follows GB 32100',
    'Compare with the business licence; kept as it is.',
  ),
  credit_code_malformed: notice(
    '18 characters as GB 32100 has them',
    'Left out; correct the code.',
  ),
  not_yes_or_no: notice('yes or no', 'Left out; write yes or no.'),
  text_cut: notice('at most 1,000 characters', 'The text was cut.'),
  total_line: notice('a receivable', 'Taken as a total line and left out.'),
  group_row: notice('a receivable', 'Taken as the customer of the rows below it.'),
  heading_unclear: notice(
    'a total above the name of the next customer',
    'A name or a note? It stands among lines though totals end the customers of this report: the ' +
      'lines below it are without a customer. Write the customer into each row.',
  ),
  note_line: notice('a receivable', 'Taken as a note and left out.'),
  cell_beside_table: notice(
    'nothing right of the table',
    'Left out: the cell stands right of the last column.',
  ),
  header_again: notice('a receivable', 'Taken as a repeated header and left out.'),
} as const satisfies Record<string, Law>;

export type Rule = keyof typeof laws;

/** A finding by its rule; `found` is what stands in the cell. */
export function finding(rule: Rule, row: number, column: string, found: string): Finding {
  const { rejects: keepsOut, expected, repair } = laws[rule];
  return { row, column, found, expected, repair, rule, rejects: keepsOut };
}

/** Findings of one rule in one column together. The contract's `FindingGroup`. */
export type FindingGroup = {
  rule: Rule;
  column: string;
  count: number;
  rejects: boolean;
  repair: string;
  sampleFound: string;
  firstRow: number;
};

/** Collects findings into groups, the most frequent that reject first. */
export function findingGroups(): {
  add(findings: readonly Finding[]): void;
  finish(): FindingGroup[];
} {
  const groups = new Map<string, FindingGroup>();
  function add(findings: readonly Finding[]): void {
    for (const { rule, column, rejects: keepsOut, repair, found, row } of findings) {
      const id = `${rule}\u001f${column}`;
      const group = groups.get(id);
      if (group !== undefined) group.count += 1;
      else {
        groups.set(id, {
          rule,
          column,
          count: 1,
          rejects: keepsOut,
          repair,
          sampleFound: found,
          firstRow: row,
        });
      }
    }
  }
  const order = (a: FindingGroup, b: FindingGroup): number =>
    Number(b.rejects) - Number(a.rejects) || b.count - a.count || a.firstRow - b.firstRow;
  return { add, finish: () => [...groups.values()].toSorted(order) };
}
