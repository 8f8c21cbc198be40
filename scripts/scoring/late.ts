import { fitCard, cardLogOdds } from '@recourse/credit/domain/fitting/card.ts';
import type { TextTable } from '@recourse/credit/domain/fitting/delimited.ts';
import { calibration, figures } from '@recourse/credit/domain/fitting/figures.ts';
import { sigmoid } from '@recourse/credit/domain/fitting/logistic.ts';
import {
  type Invoice,
  lateColumns,
  lateOutcome,
  timeSplit,
} from '@recourse/credit/domain/fitting/late-payment.ts';
import { seeded } from '@recourse/credit/domain/fitting/random.ts';
import { numberOf } from '@recourse/credit/domain/fitting/number-text.ts';
import { isMissing } from '@recourse/credit/domain/fitting/missing-text.ts';
import { mustFind, rowsOf } from '@recourse/credit/domain/fitting/table.ts';
import { binAll, fitForest, forestLogOdds } from '@recourse/credit/domain/fitting/trees.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { LateColumn, Options } from './options.ts';
import { fixed, pairs, printCalibration, printFigures, say } from './print.ts';
import { readFile } from './reading.ts';

type Late = Extract<Options, { command: 'late' }>;

const known: Record<LateColumn, RegExp> = {
  customer: /cust.*(id|num|no)|debtor|^customer|客户/i,
  invoiced: /invoice.?date|document.*(create.*)?date|posting|issued|开票/i,
  due: /due/i,
  settled: /settle|clear|paid.?(on|date)|payment.?date|结清/i,
  amount: /amount|total|金额/i,
  disputed: /disput/i,
};

const optional: ReadonlySet<LateColumn> = new Set(['disputed', 'amount']);

function findColumn(table: TextTable, name: LateColumn, asked?: string): number {
  if (asked !== undefined) return mustFind(table.names, asked);
  const at = table.names.findIndex(
    (one) => known[name].test(one) && !(name === 'amount' && /date/i.test(one)),
  );
  if (at < 0 && !optional.has(name)) {
    throw fault('invalid', 'column_not_found', { wanted: name, columns: table.names.join(', ') });
  }
  return at;
}

/** Days since 1970 of a column of dates; the order of day and month is one for the whole column. */
function daysOf(table: TextTable, at: number): (number | undefined)[] {
  const cells = table.rows.map((row) => (row[at] ?? '').replace(/[ T]\d{1,2}:.*$/, ''));
  const parts = cells.map((cell) => /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(cell));
  const isDayFirst =
    parts.some((part) => Number(part?.[1] ?? 0) > 12) ||
    (!parts.some((part) => Number(part?.[2] ?? 0) > 12) && cells.some((cell) => /[-.]/.test(cell)));
  return cells.map((cell, row) => {
    if (isMissing(cell)) return undefined;
    const [, first, second, year] = parts[row] ?? [];
    const iso = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(\.0)?$/.exec(cell);
    const [y, m, d] =
      iso === null
        ? [Number(year), Number(isDayFirst ? second : first), Number(isDayFirst ? first : second)]
        : [Number(iso[1]), Number(iso[2]), Number(iso[3])];
    const day = Date.UTC(y, m - 1, d) / 86_400_000;
    if (Number.isNaN(day)) {
      throw fault('invalid', 'not_a_date', { row: row + 1, column: table.names[at] ?? '', cell });
    }
    return day;
  });
}

function invoicesOf(table: TextTable, options: Late): Invoice[] {
  const at = (name: LateColumn): number => findColumn(table, name, options.columns[name]);
  const invoiced = daysOf(table, at('invoiced'));
  const due = daysOf(table, at('due'));
  const settled = daysOf(table, at('settled'));
  const [customer, size, disputed] = [at('customer'), at('amount'), at('disputed')];
  return table.rows.flatMap((row, place) => {
    const [invoicedDay, dueDay] = [invoiced[place], due[place]];
    if (invoicedDay === undefined || dueDay === undefined) return [];
    return {
      customer: row[customer] ?? '',
      invoicedDay,
      dueDay,
      settledDay: settled[place],
      size: numberOf(row[size] ?? ''),
      isDisputed: /^(yes|y|true|1|是)$/i.test(row[disputed] ?? ''),
    };
  });
}

function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** Fits on invoices written and decided before the cut, and tests on those written after it. */
export function lateCommand(options: Late): void {
  const invoices = invoicesOf(readFile(options.table), options);
  const columns = lateColumns(invoices);
  const split = timeSplit(invoices, options.share, options.days);
  const last = Math.max(...invoices.map((one) => Math.max(one.settledDay ?? 0, one.invoicedDay)));
  const outcome = (rows: Int32Array, today: number): Uint8Array =>
    Uint8Array.from(rows, (row) => {
      const invoice = invoices[row];
      return invoice === undefined ? 0 : (lateOutcome(invoice, options.days, today) ?? 0);
    });
  const bad = outcome(split.fitted, split.splitDay);
  const tested = outcome(split.tested, last + 1);
  const late = (rows: Uint8Array): string => {
    const count = rows.reduce((total, one) => total + one, 0);
    return `${rows.length}, ${count} late`;
  };
  say(`${options.table}: ${invoices.length} invoices, late by more than ${options.days} days`);
  pairs([
    ['cut', dayText(split.splitDay)],
    ['fitted on', `${late(bad)}: invoiced and decided before the cut`],
    ['tested on', `${late(tested)}: invoiced on or after it`],
  ]);
  if (bad.length < 200 || !bad.includes(1) || !bad.includes(0)) {
    throw fault('refused', 'too_few_records', { count: bad.length, least: 200 });
  }
  if (!tested.includes(1) || !tested.includes(0)) {
    throw fault('refused', 'test_part_has_one_class', { count: tested.length });
  }
  const inside = columns.map((column) => rowsOf(column, split.fitted));
  const outside = columns.map((column) => rowsOf(column, split.tested));
  const card = fitCard(inside, bad);
  const forest = fitForest(inside, bad, seeded(options.seed));
  const risks = {
    Scorecard: cardLogOdds(card, outside, tested.length),
    'Boosted trees': forestLogOdds(
      forest,
      binAll(forest.cuts, outside, tested.length),
      tested.length,
    ),
  };
  for (const [name, logOdds] of Object.entries(risks)) {
    const probability = logOdds.map(sigmoid);
    say();
    say(`${name}, tested on later invoices`);
    printFigures(figures(probability, tested));
    printCalibration(calibration(probability, tested));
  }
  say();
  say(`The scorecard rests on ${card.cuts.map((cut) => cut.name).join(', ')}`);
  say(`${fixed(columns.length, 0)} facts, each known on the day of the invoice`);
}
