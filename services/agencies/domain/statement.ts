import type { Day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { add, type Money, sum } from '@recourse/kit/money.ts';
import type { Actor } from '@recourse/proto/type/v1/type.ts';
import type { Told } from './agency.ts';
import { creditorDay } from './placement.ts';

export type Mark = 'OPEN' | 'TICKED' | 'HELD';

/** A commission line as it stands on a statement. */
export type StatementLine = {
  lineId: string;
  payment: Money;
  commission: Money;
  vat: Money;
  mark: Mark;
  holdReason: string;
};

export type Statement = {
  statementId: string;
  number: string;
  creditorId: string;
  creditorName: string;
  agencyId: string;
  agencyName: string;
  /** `2026-11`. */
  month: string;
  currency: string;
  state: 'OPEN' | 'CLOSED';
  closedBy: Actor | undefined;
  closedAt: Temporal.Instant | undefined;
  version: bigint;
};

export type DrawCommand = {
  statementId: string;
  agencyId: string;
  month: string;
  currency: string;
};

/** What is known when a statement is drawn. */
export type DrawFacts = {
  present: Statement | undefined;
  /** The statement of the same agency, month and currency under another id. */
  otherId: string | undefined;
  agencyName: string | undefined;
  /** Lines of the month or before that are on no statement. */
  freeLines: number;
  nextSerial: number;
};

/** The last day of a month written `2026-11`. */
export function lastDayOf(month: string): Day {
  const first = Temporal.PlainYearMonth.from(month);
  return first.toPlainDate({ day: first.daysInMonth });
}

function checkSameDraw(present: Statement, command: DrawCommand): void {
  const { statementId, agencyId, month, currency } = present;
  const isSame =
    agencyId === command.agencyId && month === command.month && currency === command.currency;
  if (!isSame) throw fault('exists', 'statement_exists_with_other_content', { statementId });
}

/**
 * Draws up a statement. Drawing again while it is open takes in lines that have come since and
 * keeps the marks; a closed one stays as it is. `takesLines` says whether free lines go onto it.
 * Faults: `exists` statement_exists_with_other_content, statement_of_month_exists; `missing`
 * agency_unknown; `refused` month_not_begun, nothing_to_state.
 */
export function draw(
  facts: DrawFacts,
  command: DrawCommand,
  creditor: { orgId: string; orgName: string },
  at: Temporal.Instant,
): { state: Statement; takesLines: boolean } {
  const { present, otherId, agencyName, freeLines } = facts;
  const { statementId, agencyId, month, currency } = command;
  if (present !== undefined) {
    checkSameDraw(present, command);
    const takesLines = present.state === 'OPEN' && freeLines > 0;
    const version = takesLines ? present.version + 1n : present.version;
    return { state: { ...present, version }, takesLines };
  }
  if (otherId !== undefined) {
    throw fault('exists', 'statement_of_month_exists', { statementId: otherId, month, currency });
  }
  if (agencyName === undefined) throw fault('missing', 'agency_unknown', { agencyId });
  const thisMonth = creditorDay(at).toPlainYearMonth().toString();
  if (month > thisMonth) throw fault('refused', 'month_not_begun', { month });
  if (freeLines === 0) throw fault('refused', 'nothing_to_state', { agencyId, month, currency });
  const state: Statement = {
    statementId,
    agencyId,
    agencyName,
    month,
    currency,
    number: `CS-${month}-${String(facts.nextSerial).padStart(4, '0')}`,
    creditorId: creditor.orgId,
    creditorName: creditor.orgName,
    state: 'OPEN',
    closedBy: undefined,
    closedAt: undefined,
    version: 1n,
  };
  return { state, takesLines: true };
}

function refuseClosed(statement: Statement): void {
  const { statementId, number } = statement;
  if (statement.state === 'CLOSED') {
    throw fault('refused', 'statement_closed', { statementId, number });
  }
}

/**
 * Ticks a line, holds it apart with a reason, or opens it again. Faults: `missing`
 * statement_unknown; `refused` statement_closed; `missing` line_not_on_statement; `refused`
 * hold_without_reason, mark_missing.
 */
export function markLine(
  statement: Statement | undefined,
  line: StatementLine | undefined,
  mark: Mark | undefined,
  holdReason: string,
): { state: Statement; line: StatementLine } {
  if (statement === undefined) throw fault('missing', 'statement_unknown');
  refuseClosed(statement);
  if (line === undefined) throw fault('missing', 'line_not_on_statement');
  if (mark === undefined) throw fault('refused', 'mark_missing');
  const reason = mark === 'HELD' ? holdReason.trim() : '';
  if (mark === 'HELD' && reason === '') throw fault('refused', 'hold_without_reason');
  return {
    state: { ...statement, version: statement.version + 1n },
    line: { ...line, mark, holdReason: reason },
  };
}

export type Totals = {
  lineCount: bigint;
  tickedCount: bigint;
  heldCount: bigint;
  payments: Money;
  commission: Money;
  vat: Money;
  /** Commission and VAT of the lines that are not held. */
  payable: Money;
  /** Commission and VAT of the held ones. */
  held: Money;
};

export function totals(lines: readonly StatementLine[], currency: string): Totals {
  const marked = (mark: Mark): StatementLine[] => lines.filter((line) => line.mark === mark);
  const owed = (of: readonly StatementLine[]): Money =>
    sum(
      of.map((line) => add(line.commission, line.vat)),
      currency,
    );
  return {
    lineCount: BigInt(lines.length),
    tickedCount: BigInt(marked('TICKED').length),
    heldCount: BigInt(marked('HELD').length),
    payments: sum(
      lines.map((line) => line.payment),
      currency,
    ),
    commission: sum(
      lines.map((line) => line.commission),
      currency,
    ),
    vat: sum(
      lines.map((line) => line.vat),
      currency,
    ),
    payable: owed(lines.filter((line) => line.mark !== 'HELD')),
    held: owed(marked('HELD')),
  };
}

/**
 * A statement says what the ledger says, or it says nothing: `ledger` is what the entries of its
 * lines put on commission_payable. Throws `internal` statement_differs_from_ledger.
 */
export function checkAgainstLedger(statement: Statement, made: Totals, ledger: bigint): void {
  const stated = made.payable.minor + made.held.minor;
  if (stated !== ledger) {
    const { statementId } = statement;
    throw fault('internal', 'statement_differs_from_ledger', { statementId, stated, ledger });
  }
}

/**
 * Closes a statement for ever. Held lines stay on it as held, and are free for the next one.
 * Faults: `missing` statement_unknown; `refused` statement_closed; `stale`
 * statement_changed_meanwhile; `refused` lines_not_marked.
 */
export function close(
  statement: Statement | undefined,
  made: Totals,
  expectedVersion: bigint,
  actor: Actor,
  at: Temporal.Instant,
): { state: Statement; events: Told[] } {
  if (statement === undefined) throw fault('missing', 'statement_unknown');
  refuseClosed(statement);
  const present = statement.version;
  if (expectedVersion !== 0n && expectedVersion !== present) {
    const facts = { expected: expectedVersion, present };
    throw fault('stale', 'statement_changed_meanwhile', facts);
  }
  const open = made.lineCount - made.tickedCount - made.heldCount;
  if (open !== 0n) throw fault('refused', 'lines_not_marked', { open });
  const { statementId, agencyId, month } = statement;
  return {
    state: { ...statement, state: 'CLOSED', closedBy: actor, closedAt: at, version: present + 1n },
    events: [
      { $case: 'statementClosed', value: { statementId, agencyId, month, payable: made.payable } },
    ],
  };
}
