import { isCurrency } from '@recourse/kit/check.ts';
import { Fault } from '@recourse/kit/fault.ts';
import type { Violation } from '@recourse/kit/fault.ts';
import type { AmountFormat } from './amount-text.ts';
import { isAmountField, isDateField } from './analysis.ts';
import type { DateOrder } from './date-text.ts';
import type { Field } from './field-rules.ts';
import { amountFormat, isSwapped, orderOf } from './formats.ts';
import type { Layout } from './layout.ts';
import type { RowPlan } from './reading.ts';
import { sideFormatOf } from './side-columns.ts';
import type { SideFormat } from './side-columns.ts';

/** One column as a person confirmed it. An empty format takes what was detected. */
export type MappedColumn = { position: number; field: Field; format: string };

/** The mapping that a person confirms, and what the analysis found, by column position. */
export type Confirmed = {
  columns: readonly MappedColumn[];
  defaultCurrency: string;
  names: readonly string[];
  detected: ReadonlyMap<number, string>;
  /** Columns of dates that prove both orders of day and month. */
  mixed?: ReadonlySet<number>;
  /** False for a workbook, whose cells cannot shift. */
  delimited?: boolean;
  layout?: Layout | undefined;
};

type Problems = Violation[];

function problem(problems: Problems, field: string, rule: string, repair: string): void {
  problems.push({ field, rule, repair });
}

function checkOnce(confirmed: Confirmed, problems: Problems): void {
  const positions = new Set<number>();
  const fields = new Set<Field>();
  confirmed.columns.forEach(({ position, field }, index) => {
    const at = `/mapping/columns/${index}`;
    if (position < 0 || position >= confirmed.names.length) {
      problem(problems, `${at}/position`, 'no_such_column', 'Name a column that the file has.');
    }
    if (positions.has(position)) {
      problem(problems, `${at}/position`, 'column_mapped_twice', 'Map each column once.');
    }
    if (fields.has(field)) {
      problem(problems, `${at}/field`, 'field_mapped_twice', `Choose one column for ${field}.`);
    }
    positions.add(position);
    fields.add(field);
  });
}

function checkNeeded(confirmed: Confirmed, problems: Problems): void {
  const mapped = new Set(confirmed.columns.map((column) => column.field));
  const at = '/mapping/columns';
  const need = (field: Field, words: string): void => {
    if (!mapped.has(field)) {
      problem(problems, at, 'field_not_mapped', `Choose the column that has the ${words}.`);
    }
  };
  need('DOCUMENT_NUMBER', 'document number');
  need('AMOUNT', 'amount');
  if (!mapped.has('CUSTOMER_NUMBER')) need('CUSTOMER_NAME', 'customer number or customer name');
  if (!(mapped.has('DOCUMENT_DATE') && mapped.has('PAYMENT_TERMS'))) need('DUE_DATE', 'due date');
  if (!mapped.has('CURRENCY') && confirmed.defaultCurrency === '') {
    problem(
      problems,
      '/mapping/defaultCurrency',
      'required',
      'Choose the currency of the amounts.',
    );
  }
  if (confirmed.defaultCurrency !== '' && !isCurrency(confirmed.defaultCurrency)) {
    problem(problems, '/mapping/defaultCurrency', 'not_a_currency', 'Choose an ISO 4217 code.');
  }
}

/**
 * The format to read a column by: the person's choice, else what was detected; open ones are
 * asked.
 */
function chosen<Format>(
  confirmed: Confirmed,
  column: MappedColumn,
  read: (name: string) => Format | undefined,
  problems: Problems,
): Format | undefined {
  const name =
    column.format === '' ? (confirmed.detected.get(column.position) ?? '') : column.format;
  const format = read(name);
  if (format !== undefined) return format;
  const index = confirmed.columns.indexOf(column);
  const header = confirmed.names[column.position] ?? '';
  problem(
    problems,
    `/mapping/columns/${index}/format`,
    name === '' ? 'format_not_chosen' : 'no_such_format',
    `Choose how the values of ${header} are read.`,
  );
  return undefined;
}

/**
 * Makes the plan by which rows are read from a confirmed mapping. Throws `mapping_incomplete` with
 * a violation for each thing missing, doubled or left open.
 */
export function rowPlan(confirmed: Confirmed): RowPlan {
  const problems: Problems = [];
  checkOnce(confirmed, problems);
  checkNeeded(confirmed, problems);
  const fields: Partial<Record<Field, number>> = {};
  const dates: Partial<Record<Field, DateOrder>> = {};
  const amounts: Partial<Record<Field, AmountFormat>> = {};
  const mixed = new Set<Field>();
  const swapped = new Set<Field>();
  let credits: SideFormat | undefined;
  for (const column of confirmed.columns) {
    const { field, position } = column;
    fields[field] = position;
    if (isDateField(field)) {
      const order = chosen(confirmed, column, orderOf, problems);
      if (order !== undefined) dates[field] = order;
      if (confirmed.mixed?.has(position) === true) mixed.add(field);
      const name = column.format === '' ? (confirmed.detected.get(position) ?? '') : column.format;
      if (isSwapped(name)) swapped.add(field);
    } else if (isAmountField(field)) {
      const format = chosen(confirmed, column, amountFormat, problems);
      if (format !== undefined) amounts[field] = format;
    } else if (field === 'SIDE') {
      // A column that the analysis did not take for a side has no formats to choose from.
      const isSeen = column.format !== '' || confirmed.detected.has(position);
      if (isSeen) credits = chosen(confirmed, column, sideFormatOf, problems);
    }
  }
  if (problems.length > 0) {
    throw new Fault(
      'invalid',
      'mapping_incomplete',
      { problems: problems.length },
      {
        violations: problems,
      },
    );
  }
  const { names, defaultCurrency, delimited = true, layout } = confirmed;
  const read = { names, fields, dates, amounts, mixed, swapped, credits };
  return { ...read, delimited, layout, defaultCurrency };
}
