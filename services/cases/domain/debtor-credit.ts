import { type Day, isBefore } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { decimalText, type Money } from '@recourse/kit/money.ts';
import {
  type AllocationLine,
  type Claim,
  creditOf,
  type PayableCase,
  type PaymentEffect,
  recordPayment,
} from './payment.ts';

/**
 * What a debtor has paid above what it owed (domain.md 4: an overpayment is held as credit, never
 * lost). It is the debtor's money (民法典 985: held without cause it must be given back), so it is
 * put onto what the debtor owes later, or paid back; it never falls below nothing.
 */

export type MovementKind =
  | 'overpaid'
  | 'overpaid_reversed'
  | 'recovery'
  | 'recovery_reversed'
  | 'cost_lifted'
  | 'applied'
  | 'applied_reversed'
  | 'refunded'
  | 'refund_reversed'
  | 'carried';

/** Means of the payment that credit is put onto a case by; nobody can record one so. */
export const creditMeans = 'credit';

/**
 * What a payment's lines do to the credit, and the lines of its reversal alike: what was left over
 * is held, a payment out of credit takes all of it from there. Undefined when nothing moves.
 */
export function movementOf(
  means: string,
  lines: readonly AllocationLine[],
): { kind: Exclude<MovementKind, 'carried'>; minor: bigint } | undefined {
  if (means === creditMeans) {
    const minor = -lines.reduce((sum, one) => sum + one.amountMinor, 0n);
    return minor === 0n ? undefined : { kind: minor < 0n ? 'applied' : 'applied_reversed', minor };
  }
  const minor = creditOf(lines);
  return minor === 0n ? undefined : { kind: minor > 0n ? 'overpaid' : 'overpaid_reversed', minor };
}

function said(wanted: Money, heldMinor: bigint): Record<string, string> {
  const { currency } = wanted;
  return {
    wanted: decimalText(wanted),
    held: decimalText({ currency, minor: heldMinor }),
    currency,
  };
}

/**
 * Puts credit onto what is open on a case of the debtor, allocated as money received on the day is
 * (民法典 560, 561). Refusals in this order: those of a payment (`case_closed`, `currencies_differ`,
 * `amount_too_large`), `credit_too_small` (more than is held), `credit_above_open` (more than is
 * owed: it would only become credit again).
 */
export function applyCredit(
  file: PayableCase,
  claims: readonly Claim[],
  heldMinor: bigint,
  { amount, today }: { amount: Money; today: Day },
): PaymentEffect {
  const effect = recordPayment(file, claims, { amount, receivedOn: today, today });
  if (amount.minor > heldMinor) {
    throw fault('refused', 'credit_too_small', said(amount, heldMinor));
  }
  const above = creditOf(effect.lines);
  if (above > 0n) {
    const { currency } = amount;
    const open = decimalText({ currency, minor: amount.minor - above });
    throw fault('refused', 'credit_above_open', { wanted: decimalText(amount), open, currency });
  }
  return effect;
}

export type RefundCommand = { amount: Money; paidOn: Day; today: Day };

/**
 * Pays credit back to the debtor; the case may be closed, as one that was overpaid is. Refusals in
 * this order: `currencies_differ`, `refund_in_future`, `credit_too_small`.
 */
export function refundCredit(
  file: { currency: string },
  heldMinor: bigint,
  { amount, paidOn, today }: RefundCommand,
): void {
  if (amount.currency !== file.currency) {
    throw fault('invalid', 'currencies_differ', { left: file.currency, right: amount.currency });
  }
  if (isBefore(today, paidOn)) {
    const facts = { paidOn: paidOn.toString(), today: today.toString() };
    throw fault('refused', 'refund_in_future', facts);
  }
  if (amount.minor > heldMinor) {
    throw fault('refused', 'credit_too_small', said(amount, heldMinor));
  }
}

/** The refund is taken back and the credit held again. Refusal: `refund_already_reversed`. */
export function reverseRefund(refund: { refundId: string; isReversed: boolean }): void {
  if (refund.isReversed) {
    throw fault('refused', 'refund_already_reversed', { refundId: refund.refundId });
  }
}

/**
 * Takes back credit whose money is gone, all of it or nothing: what it paid since must be taken
 * back first, so that nobody owes less than was received. Refusal: `credit_already_used`.
 */
export function takeBack(wanted: Money, heldMinor: bigint): void {
  if (wanted.minor > heldMinor) {
    throw fault('refused', 'credit_already_used', said(wanted, heldMinor));
  }
}

/**
 * The same where nobody is there to be refused: what is left is taken, and what is missing is kept
 * on record to be claimed from the debtor. Minor units.
 */
export function takeWhatIsLeft(
  wantedMinor: bigint,
  heldMinor: bigint,
): { takenMinor: bigint; missingMinor: bigint } {
  const takenMinor = wantedMinor < heldMinor ? wantedMinor : heldMinor;
  return { takenMinor, missingMinor: wantedMinor - takenMinor };
}
