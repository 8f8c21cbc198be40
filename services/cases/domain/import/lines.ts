import { cleanCell, isNullWord } from './cell.ts';
import type { Row } from './csv.ts';
import type { DuplicateFinder } from './duplicates.ts';
import type { Field } from './field-rules.ts';
import { finding } from './finding.ts';
import type { Rule } from './finding.ts';
import { documentKey, numberKey, yearKey } from './identity.ts';
import { isSameDebt, lineRules, repeatMark, summed } from './line-rules.ts';
import type { Line, LineRules } from './line-rules.ts';
import { stillOpen } from './owed.ts';
import type { RowPlan } from './reading.ts';
import { amountRemarks } from './record.ts';
import type { Accepted, ReceivableRecord, Verdict } from './record.ts';
import { tellsApart } from './told-apart.ts';
import type { TellsApart } from './told-apart.ts';

/** A row of the file and what becomes of it. */
export type Judged = { row: Row; verdict: Verdict };

/** Rows of one document held at a time; no invoice has more lines. */
const mostLines = 10_000;

/** Rows of one document that follow one another; others between them wait for their turn. */
type Held = {
  key: string;
  rows: Judged[];
  lines: Line[];
  /** Lines by what marks a repeat; made for the second line, for most documents have one. */
  marks: Map<string, Line> | undefined;
  spoilt: boolean;
  unclear: boolean;
};

/** What the steps of joining share. */
type Joining = {
  plan: RowPlan;
  rules: LineRules;
  duplicates: DuplicateFinder;
  apart: TellsApart;
};

function told(
  { plan }: Joining,
  kind: 'rejected' | 'skipped',
  rule: Rule,
  row: Row,
  found: string,
) {
  const column = plan.names[plan.fields.DOCUMENT_NUMBER ?? -1] ?? '';
  return { kind, findings: [finding(rule, row.line, column, found)] } as const;
}

/** Another document under the same number; `by` is the column that tells them apart. */
function otherDocument(joining: Joining, rule: Rule, row: Row, found: string, by?: number) {
  if (by === undefined) return told(joining, 'rejected', rule, row, found);
  const column = joining.plan.names[by] ?? '';
  const one = finding('number_told_by_column', row.line, column, found);
  return { kind: 'rejected', findings: [one] } as const;
}

function placed({ documentNumber }: ReceivableRecord, line: number): string {
  return `${documentNumber} (row ${line})`;
}

/** The document's key, whatever else is wrong in the row; empty where it has no number. */
function keyOf(plan: RowPlan, row: Row, verdict: Verdict): string {
  if (verdict.kind === 'accepted') return verdict.record.documentKey;
  return verdict.kind === 'skipped' ? '' : rowKey(plan, row);
}

/** The document's key by the row's cells alone; empty where it has no number. */
export function rowKey({ fields }: RowPlan, { cells }: Row): string {
  const number = cleanCell(cells[fields.DOCUMENT_NUMBER ?? -1] ?? '');
  const company = cleanCell(cells[fields.COMPANY_CODE ?? -1] ?? '');
  if (isNullWord(number)) return '';
  const companyCode = isNullWord(company) ? '' : (numberKey(company) ?? '');
  const year = cleanCell(cells[fields.FISCAL_YEAR ?? -1] ?? '');
  return documentKey(
    companyCode,
    numberKey(number) ?? number,
    isNullWord(year) ? '' : yearKey(year),
  );
}

/**
 * A row with an amount and neither number nor day, right below a document, is most likely one more
 * line of it: without it the document's sum is in doubt.
 */
function isContinuation({ fields }: RowPlan, { cells }: Row, verdict: Verdict): boolean {
  const said = (field: Field): boolean => !isNullWord(cleanCell(cells[fields[field] ?? -1] ?? ''));
  const keys = ['DOCUMENT_NUMBER', 'DOCUMENT_DATE', 'DUE_DATE'] as const;
  return verdict.kind === 'rejected' && said('AMOUNT') && !keys.some(said);
}

/** Adds an accepted row to its document; gives the verdict where it is not one of its lines. */
function join(joining: Joining, held: Held, line: Line): Verdict | undefined {
  const { rules } = joining;
  const { row, verdict } = line;
  const { record } = verdict;
  const [first] = held.lines;
  if (first === undefined) {
    held.lines.push(line);
    return undefined;
  }
  held.marks ??= new Map([[repeatMark(rules, first), first]]);
  const mark = repeatMark(rules, line);
  const earlier = held.marks.get(mark);
  if (earlier !== undefined) {
    const found = placed(record, earlier.row.line);
    return told(joining, 'skipped', 'duplicate_same_content', row, found);
  }
  if (!isSameDebt(first.verdict, verdict)) {
    const found = placed(record, first.row.line);
    const by = joining.apart.between(first.row, row);
    return otherDocument(joining, 'duplicate_other_content', row, found, by);
  }
  const isSame = first.verdict.record.amountMinor === record.amountMinor;
  if (rules.meant === 'unclear' && isSame) held.unclear = true;
  held.lines.push(line);
  held.marks.set(mark, line);
  return undefined;
}

const amountRules: ReadonlySet<Rule> = new Set<Rule>([
  'credit_note',
  'amount_zero',
  'open_beyond_amount',
]);

/** One receivable of all lines of a document. */
function whole({ plan, rules }: Joining, first: Line, lines: readonly Line[]): Accepted {
  const { record, day, findings } = first.verdict;
  if (lines.length === 1) return first.verdict;
  const { amount, owed } = summed(lines, rules);
  const isSettled = lines.every(({ verdict }) => verdict.record.settledDate !== undefined);
  const open = stillOpen(amount, owed, isSettled);
  const settledDate = open.minor === 0n ? day : undefined;
  const merged = { ...record, amountMinor: amount, openMinor: open.minor, settledDate };
  const kept = findings.filter((one) => !amountRules.has(one.rule));
  const remarks = amountRemarks(plan, first.row, merged, open.beyond);
  return { kind: 'accepted', record: merged, owed, day, findings: [...kept, ...remarks] };
}

/** In a file of lines, rows of one document that are apart are lines, too, and sorting mends it. */
function apart({ plan: { layout, fields } }: Joining): Rule {
  const isOfLines = layout?.lines?.varying.includes(fields.AMOUNT ?? -1) === true;
  return isOfLines ? 'lines_apart' : 'duplicate_other_content';
}

/** What becomes of all lines of a document, now that it is complete. */
function settle(joining: Joining, held: Held): Map<Row, Verdict> {
  const verdicts = new Map<Row, Verdict>();
  const [first, ...rest] = held.lines;
  if (first === undefined) return verdicts;
  const { record } = first.verdict;
  const all = (rule: Rule, found: string): Map<Row, Verdict> => {
    for (const { row } of held.lines)
      verdicts.set(row, told(joining, 'rejected', rule, row, found));
    return verdicts;
  };
  if (held.spoilt) return all('line_of_rejected', record.documentNumber);
  if (held.unclear) return all('line_or_repeat', placed(record, first.row.line));
  const verdict = whole(joining, first, held.lines);
  const earlier = joining.duplicates.earlier(verdict.record);
  verdict.record.contentMark = joining.duplicates.mark();
  const found = placed(record, earlier?.row ?? first.row.line);
  if (earlier !== undefined && !earlier.same) {
    const rule = apart(joining);
    for (const { row } of held.lines) {
      const by = joining.apart.kept(record.documentKey, row);
      verdicts.set(row, otherDocument(joining, rule, row, found, by));
    }
    return verdicts;
  }
  joining.apart.keep(record.documentKey, first.row);
  verdicts.set(
    first.row,
    earlier === undefined
      ? verdict
      : told(joining, 'skipped', 'duplicate_same_content', first.row, found),
  );
  const rule = joining.rules.meant === 'of_document' ? 'amount_of_document' : 'line_summed';
  for (const { row, verdict: own } of rest) {
    const { findings } = told(joining, 'skipped', rule, row, placed(record, first.row.line));
    const kept = own.findings.filter((one) => !amountRules.has(one.rule));
    verdicts.set(row, { kind: 'skipped', findings: [...kept, ...findings] });
  }
  return verdicts;
}

function hold(joining: Joining, held: Held, { row, verdict }: Judged): void {
  const other = verdict.kind === 'accepted' ? join(joining, held, { row, verdict }) : undefined;
  if (verdict.kind === 'rejected') held.spoilt = true;
  held.rows.push({ row, verdict: other ?? verdict });
}

/** Takes judged rows in the order of the file, and gives them with their documents settled. */
export type LineJoiner = {
  /**
   * The rows whose fate the next row settles; a document's wait until it is complete. A row that is
   * `settled` already only passes.
   */
  add(row: Row, verdict: Verdict, settled?: Verdict): readonly Judged[];
  finish(): readonly Judged[];
};

/**
 * Brings rows of one document together. Rules, in this order, for a row whose document number is
 * that of the row above (lines that are no receivables may stand between):
 *
 * 1. Every cell equal: a repeat, and it counts once. So does a row that differs only in columns
 *    that say nothing of lines (a running number, the telephone number of a joined list).
 * 2. Another customer, currency, document date, due date or settlement date: not the same debt; the
 *    later row is rejected and names the earlier.
 * 3. Amounts that differ within a document somewhere in the file are amounts of lines: one
 *    receivable of their sum.
 * 4. Amounts that never do are the document's, repeated on each of its lines, when the heading says
 *    total or three documents agree on it: counted once. Otherwise nobody can tell, and all rows of
 *    the document are rejected.
 *
 * A document one of whose lines is rejected is rejected whole, for its sum would be wrong. Rows of
 * one document that other documents part are lines, too, in a file of lines (`apart.ts` brings them
 * together first); elsewhere the same content counts once, and other content is rejected. Judged
 * rows come out in the order of the file, so that a commit may go on behind any of them.
 */
export function lineJoiner(plan: RowPlan, duplicates: DuplicateFinder): LineJoiner {
  const rules = lineRules(plan);
  const joining: Joining = { plan, rules, duplicates, apart: tellsApart(plan) };
  let held: Held | undefined;

  function release(): Judged[] {
    if (held === undefined) return [];
    const { rows } = held;
    const verdicts = settle(joining, held);
    held = undefined;
    return rows.map(({ row, verdict }) => ({ row, verdict: verdicts.get(row) ?? verdict }));
  }

  function add(row: Row, verdict: Verdict, settled?: Verdict): readonly Judged[] {
    if (settled !== undefined) return [...release(), { row, verdict: settled }];
    const key = keyOf(plan, row, verdict);
    const belongs =
      held !== undefined &&
      held.rows.length < mostLines &&
      (key === held.key || verdict.kind === 'skipped' || isContinuation(plan, row, verdict));
    if (held !== undefined && belongs) {
      hold(joining, held, { row, verdict });
      return [];
    }
    const out = release();
    if (key === '') return [...out, { row, verdict }];
    held = { key, rows: [], lines: [], marks: undefined, spoilt: false, unclear: false };
    hold(joining, held, { row, verdict });
    return out;
  }
  return { add, finish: release };
}
