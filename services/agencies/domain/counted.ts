import type { Day } from '@recourse/kit/day.ts';
import { zero } from '@recourse/kit/money.ts';
import {
  clawBack,
  type CommissionLine,
  type Earning,
  earningsOn,
  lineIdOf,
  lineOf,
  type PaymentFact,
} from './commission.ts';
import { type Entitled, entitlements, vatIn } from './entitlement.ts';

/** A line that is in the books, as far as what is still due depends on it. */
export type PostedLine = Pick<
  CommissionLine,
  'placementId' | 'paymentId' | 'kind' | 'commission' | 'vat'
>;

/** What is in the books of some placements, all of it, and the day on which more is posted. */
export type Books = { posted: readonly PostedLine[]; today: Day };

/**
 * Payments are counted in the order in which the creditor recorded them, by id where two were
 * recorded at once: a payment keeps its place, one that is entered late takes the last.
 */
function byRecording(a: PaymentFact, b: PaymentFact): number {
  const { recordedAt: left } = a;
  const { recordedAt: right } = b;
  if (left === undefined || right === undefined) return 0;
  return Temporal.Instant.compare(left, right) || (a.paymentId < b.paymentId ? -1 : 1);
}

/** What a placement's books say of one payment. */
function stated(posted: readonly PostedLine[], paymentId: string) {
  const about = posted.filter((line) => line.paymentId === paymentId);
  const kinds = new Set(about.map((line) => line.kind));
  return {
    kinds,
    adjustments: about.filter((line) => line.kind === 'ADJUSTMENT').length,
    commission: about.reduce((sum, line) => sum + line.commission.minor, 0n),
    vat: about.reduce((sum, line) => sum + line.vat.minor, 0n),
  };
}

/** What brings the books of one payment to what it earns now: its accrual, or the difference. */
function towards(
  earning: Earning,
  payment: PaymentFact,
  now: Entitled,
  { posted, today }: Books,
): CommissionLine[] {
  const { currency, placementId } = earning;
  const { paymentId } = payment;
  const before = stated(posted, paymentId);
  const { rateBps, term } = now;
  const amounts = {
    commission: { currency, minor: now.commission - before.commission },
    vat: { currency, minor: now.vat - before.vat },
  };
  if (!before.kinds.has('ACCRUAL')) {
    const line = lineOf(earning, payment, 'ACCRUAL', payment.receivedOn);
    return [{ ...line, rateBps, term, ...amounts }];
  }
  if (amounts.commission.minor === 0n && amounts.vat.minor === 0n) return [];
  const serial = before.adjustments + 1;
  const lineId = lineIdOf(placementId, paymentId, 'ADJUSTMENT', serial);
  const line = lineOf(earning, payment, 'ADJUSTMENT', today);
  return [{ ...line, lineId, serial, rateBps, term, payment: zero(currency), ...amounts }];
}

/** Takes back all that a payment has earned so far, adjustments included. */
function takenBack(earning: Earning, payment: PaymentFact, posted: readonly PostedLine[]) {
  const { reversedOn } = payment;
  const before = stated(posted, payment.paymentId);
  if (reversedOn === undefined || !before.kinds.has('ACCRUAL')) return [];
  if (before.kinds.has('CLAW_BACK')) return [];
  const { currency } = earning;
  const line = lineOf(earning, payment, 'ACCRUAL', payment.receivedOn);
  const whole = {
    ...line,
    rateBps: 0,
    term: 'reversed',
    commission: { currency, minor: before.commission },
    vat: { currency, minor: before.vat },
  };
  return [clawBack(whole, reversedOn)];
}

function retainerLine(earning: Earning, posted: readonly PostedLine[]): CommissionLine[] {
  const { terms } = earning.counted ?? {};
  const { fee, credited = false } = terms?.retainer ?? {};
  if (terms === undefined || fee === undefined || fee.minor === 0n) return [];
  if (posted.some((line) => line.kind === 'RETAINER')) return [];
  const line = lineOf(earning, undefined, 'RETAINER', earning.firstDay);
  const vat = vatIn(terms, fee.minor);
  const { currency } = earning;
  return [
    {
      ...line,
      rateBps: 0,
      term: credited ? 'retainer:credited' : 'retainer',
      commission: { currency, minor: terms.vatIncluded === true ? fee.minor - vat : fee.minor },
      vat: { currency, minor: vat },
    },
  ];
}

/**
 * The lines that bring the books of counted terms to what is known: given all payments of the cases
 * and all that is posted, each payment that stands earns what `entitlements` says of it. One that
 * is not in the books yet is accrued. One that earns something else since (another bounced, a step
 * was reached that holds for what came before, a matter was opened) gets the difference as a line
 * of its own, and one that bounced is taken back by exactly what it had earned. A payment that was
 * reversed before it was ever accrued leaves no line. The retainer is due with the acceptance. The
 * books then say the same whatever the order in which all that became known. Faults: `internal`
 * payment_in_other_currency.
 */
export function dueCounted(
  earnings: readonly Earning[],
  payments: readonly PaymentFact[],
  books: Books,
): CommissionLine[] {
  const known = payments.filter((payment) => payment.recordedAt !== undefined);
  const inOrder = known.toSorted(byRecording);
  return earnings.flatMap((earning) => {
    const { counted, placementId, caseId } = earning;
    if (counted === undefined) return [];
    const posted = books.posted.filter((line) => line.placementId === placementId);
    const ofCase = earnings.filter((one) => one.caseId === caseId);
    const theirs = inOrder.filter(
      (payment) =>
        payment.caseId === caseId &&
        (earningsOn(ofCase, payment).includes(earning) ||
          stated(posted, payment.paymentId).kinds.has('ACCRUAL')),
    );
    const standing = theirs.filter((payment) => payment.reversedOn === undefined);
    const now = entitlements(
      counted,
      standing.map(({ amount, inLitigation }) => ({ minor: amount.minor, inLitigation })),
    );
    const itsBooks = { posted, today: books.today };
    return [
      ...retainerLine(earning, posted),
      ...theirs.flatMap((payment) => takenBack(earning, payment, posted)),
      ...standing.flatMap((payment, index) => {
        const earned = now[index];
        return earned === undefined ? [] : towards(earning, payment, earned, itsBooks);
      }),
    ];
  });
}
