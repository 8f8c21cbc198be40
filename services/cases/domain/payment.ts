import type { Day } from '@recourse/kit/day.ts';
import { isBefore } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Money } from '@recourse/kit/money.ts';

/** What money does to a case: allocation by Civil Code art. 560 and 561, and its exact reversal. */

/** What is open on one receivable, in minor units of the case's currency. */
export type Claim = {
  receivableId: string;
  dueDate: string;
  costsMinor: bigint;
  interestMinor: bigint;
  /** Open principal. */
  openMinor: bigint;
};

export type Part = 'costs' | 'interest' | 'principal' | 'credit';

/** One line of what a payment did. A reversal repeats it with the sign turned. */
export type AllocationLine = {
  /** From 1 in the order of allocation; the line that takes it back has the negative number. */
  line: number;
  /** Undefined for what was left over and is held as credit. */
  receivableId: string | undefined;
  part: Part;
  amountMinor: bigint;
};

export type PayableCase = {
  caseId: string;
  state: 'OPEN' | 'CLOSED';
  currency: string;
  /** Closed by a write-off: it is owed all the same. */
  isWrittenOff?: boolean;
};

export type PaymentCommand = { amount: Money; receivedOn: Day; today: Day };

/**
 * Sums of amounts must stay within 64 bits; ten trillion yuan are more than anybody pays at once.
 */
const mostMinor = 10n ** 15n;

export type PaymentEffect = {
  lines: AllocationLine[];
  /** Nothing is owed on the case any more. */
  settlesCase: boolean;
};

/**
 * Allocates money received: to costs, then interest, then principal (民法典 art. 561), each from the
 * receivable due first (art. 560); what is left over is held as credit and never lost. Refusals in
 * this order: `case_closed`, `currencies_differ`, `amount_too_large`, `received_in_future`.
 */
export function recordPayment(
  file: PayableCase,
  claims: readonly Claim[],
  command: PaymentCommand,
): PaymentEffect {
  const { amount, receivedOn, today } = command;
  const isWrittenOff = file.isWrittenOff === true;
  if (file.state === 'CLOSED' && !isWrittenOff) {
    throw fault('refused', 'case_closed', { caseId: file.caseId });
  }
  if (amount.currency !== file.currency) {
    throw fault('invalid', 'currencies_differ', { left: file.currency, right: amount.currency });
  }
  if (amount.minor > mostMinor) {
    throw fault('invalid', 'amount_too_large', { minor: amount.minor, most: mostMinor });
  }
  if (isBefore(today, receivedOn)) {
    const facts = { receivedOn: receivedOn.toString(), today: today.toString() };
    throw fault('refused', 'received_in_future', facts);
  }
  const lines = allocate(amount.minor, claims);
  const owed = claims.reduce((sum, c) => sum + c.costsMinor + c.interestMinor + c.openMinor, 0n);
  return { lines, settlesCase: !isWrittenOff && amount.minor >= owed };
}

/** Splits an amount over what is open; the lines add up to it to the minor unit. */
export function allocate(amountMinor: bigint, claims: readonly Claim[]): AllocationLine[] {
  const inOrder = [...claims].sort(dueFirst);
  const lines: AllocationLine[] = [];
  let left = amountMinor;
  const take = (receivableId: string | undefined, part: Part, wanted: bigint): void => {
    const amount = wanted < left ? wanted : left;
    if (amount <= 0n) return;
    lines.push({ line: lines.length + 1, receivableId, part, amountMinor: amount });
    left -= amount;
  };
  for (const claim of inOrder) take(claim.receivableId, 'costs', claim.costsMinor);
  for (const claim of inOrder) take(claim.receivableId, 'interest', claim.interestMinor);
  for (const claim of inOrder) take(claim.receivableId, 'principal', claim.openMinor);
  take(undefined, 'credit', left);
  return lines;
}

type Due = Pick<Claim, 'receivableId' | 'dueDate'>;

/** The order in which receivables are paid: due first (民法典 art. 560), then by id. */
export function dueFirst(a: Due, b: Due): number {
  if (a.dueDate !== b.dueDate) return a.dueDate < b.dueDate ? -1 : 1;
  return a.receivableId < b.receivableId ? -1 : 1;
}

/**
 * Takes a payment back exactly: each line again with the sign turned, as new records. Refusal:
 * `payment_already_reversed`.
 */
export function reversePayment(
  payment: { paymentId: string; isReversed: boolean },
  lines: readonly AllocationLine[],
): AllocationLine[] {
  if (payment.isReversed) {
    throw fault('refused', 'payment_already_reversed', { paymentId: payment.paymentId });
  }
  return lines.map((line) => ({ ...line, line: -line.line, amountMinor: -line.amountMinor }));
}

/** What lines change on one receivable; to be subtracted from what is open. */
export type ReceivableChange = {
  receivableId: string;
  costsMinor: bigint;
  interestMinor: bigint;
  openMinor: bigint;
};

/** Adds lines up by receivable, in the order of first mention. */
export function changesOf(lines: readonly AllocationLine[]): ReceivableChange[] {
  const byId = new Map<string, ReceivableChange>();
  for (const { receivableId, part, amountMinor } of lines) {
    if (receivableId === undefined) continue;
    const nothing = { receivableId, costsMinor: 0n, interestMinor: 0n, openMinor: 0n };
    const change = byId.get(receivableId) ?? nothing;
    if (part === 'costs') change.costsMinor += amountMinor;
    if (part === 'interest') change.interestMinor += amountMinor;
    if (part === 'principal') change.openMinor += amountMinor;
    byId.set(receivableId, change);
  }
  return [...byId.values()];
}

/** The part of lines that is held as credit; negative for a reversal. */
export function creditOf(lines: readonly AllocationLine[]): bigint {
  return lines.reduce((sum, one) => (one.part === 'credit' ? sum + one.amountMinor : sum), 0n);
}
