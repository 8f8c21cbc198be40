import { addDays, type Day, isBefore } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { namedUuid } from '@recourse/kit/hash.ts';
import { type Money, negate, share, zero } from '@recourse/kit/money.ts';
import type { Contract } from './entitlement.ts';
import { creditorDay, type Placement } from './placement.ts';
import { isPlain } from './terms.ts';

/** The days on which a placement earns, and at what rate. */
export type Earning = {
  placementId: string;
  agencyId: string;
  caseId: string;
  caseNumber: string;
  currency: string;
  rateBps: number;
  vatBps: number;
  term: string;
  /** Of terms that count over all payments of the case; absent where each stands for itself. */
  counted: Contract | undefined;
  acceptedAt: Temporal.Instant;
  /** The day of acceptance. */
  firstDay: Day;
  /** The day it ended and its tail; none while the placement is active. */
  lastDay: Day | undefined;
};

/** All that events have told of one payment so far, in whatever order. */
export type PaymentFact = {
  paymentId: string;
  caseId: string;
  amount: Money;
  receivedOn: Day;
  /** Absent while only its reversal is known: the reversal then waits for its payment. */
  recordedAt: Temporal.Instant | undefined;
  /** Received while a matter of the case was in court. */
  inLitigation: boolean;
  /** The creditor's day of the reversal. */
  reversedOn: Day | undefined;
};

export type LineKind = 'ACCRUAL' | 'CLAW_BACK' | 'ADJUSTMENT' | 'RETAINER';

/** One commission line. Amounts of a claw-back are negative. */
export type CommissionLine = {
  lineId: string;
  placementId: string;
  /** Empty for a retainer, which is due without a payment. */
  paymentId: string;
  /** Counts the adjustments of one payment from 1; 0 for the rest. */
  serial: number;
  caseId: string;
  caseNumber: string;
  agencyId: string;
  kind: LineKind;
  payment: Money;
  rateBps: number;
  term: string;
  commission: Money;
  vat: Money;
  receivedOn: Day;
  /**
   * The day whose month's statement it belongs to: of the receipt, of the reversal, or when an
   * adjustment was made.
   */
  bookedOn: Day;
};

/** What of a placement its earning is made of. */
export type Earner = Pick<
  Placement,
  | 'placementId'
  | 'agencyId'
  | 'caseId'
  | 'caseNumber'
  | 'rateBps'
  | 'terms'
  | 'term'
  | 'placedAmount'
  | 'acceptedAt'
  | 'endedAt'
>;

/** What a placement earns on; undefined for one that was never accepted. */
export function earningOf(placement: Earner): Earning | undefined {
  const { placementId, agencyId, caseId, caseNumber, rateBps, terms, term } = placement;
  const { acceptedAt, endedAt } = placement;
  if (acceptedAt === undefined) return undefined;
  const { vatBps, tailDays } = terms;
  const placedMinor = placement.placedAmount.minor;
  return {
    placementId,
    agencyId,
    caseId,
    caseNumber,
    rateBps,
    vatBps,
    term,
    acceptedAt,
    counted: isPlain(terms) ? undefined : { terms, rateBps, term, placedMinor },
    currency: placement.placedAmount.currency,
    firstDay: creditorDay(acceptedAt),
    lastDay: endedAt === undefined ? undefined : addDays(creditorDay(endedAt), tailDays),
  };
}

/** Names a line by what it is about, so that whoever finds it due gives it the same id. */
export function lineIdOf(
  placementId: string,
  paymentId: string,
  kind: LineKind,
  serial = 0,
): string {
  const name = [placementId, paymentId, kind, ...(serial === 0 ? [] : [serial])].join(' ');
  return namedUuid('recourse.agencies.commission_line', name);
}

function holds(earning: Earning, on: Day): boolean {
  if (isBefore(on, earning.firstDay)) return false;
  return earning.lastDay === undefined || !isBefore(earning.lastDay, on);
}

/**
 * The placements that earn on a payment: those in whose days it was received, but one agency only
 * once, by its earliest. Two agencies may both earn in a tail: each has its frozen contract.
 */
export function earningsOn(ofCase: readonly Earning[], payment: PaymentFact): Earning[] {
  const byAge = ofCase
    .filter((earning) => holds(earning, payment.receivedOn))
    .sort((a, b) => Temporal.Instant.compare(a.acceptedAt, b.acceptedAt));
  return byAge.filter(
    (earning, index) => byAge.findIndex((one) => one.agencyId === earning.agencyId) === index,
  );
}

/** A line about a payment, or about none, with everything but its amounts. */
export function lineOf(
  earning: Earning,
  payment: PaymentFact | undefined,
  kind: LineKind,
  on: Day,
): CommissionLine {
  const { placementId, agencyId, caseId, caseNumber, rateBps, term, currency } = earning;
  const paymentId = payment?.paymentId ?? '';
  if (payment !== undefined && payment.amount.currency !== currency) {
    throw fault('internal', 'payment_in_other_currency', { placementId, paymentId });
  }
  return {
    lineId: lineIdOf(placementId, paymentId, kind),
    placementId,
    paymentId,
    serial: 0,
    caseId,
    caseNumber,
    agencyId,
    kind,
    payment: payment === undefined ? zero(currency) : payment.amount,
    rateBps,
    term,
    commission: zero(currency),
    vat: zero(currency),
    receivedOn: payment?.receivedOn ?? on,
    bookedOn: on,
  };
}

function accrual(earning: Earning, payment: PaymentFact): CommissionLine {
  const { rateBps, vatBps } = earning;
  const line = lineOf(earning, payment, 'ACCRUAL', payment.receivedOn);
  const commission = share(payment.amount, BigInt(rateBps), 10_000n, 'half-even');
  const vat = share(commission, BigInt(vatBps), 10_000n, 'half-even');
  return { ...line, commission, vat };
}

/** Takes a line back to the cent, whatever rounding it was made with. */
export function clawBack(line: CommissionLine, reversedOn: Day): CommissionLine {
  return {
    ...line,
    lineId: lineIdOf(line.placementId, line.paymentId, 'CLAW_BACK'),
    kind: 'CLAW_BACK',
    serial: 0,
    payment: negate(line.payment),
    commission: negate(line.commission),
    vat: negate(line.vat),
    bookedOn: reversedOn,
  };
}

/**
 * The lines that are due and not there by terms whose payments each stand for themselves
 * (`dueCounted` has the rest): for each payment received inside a placement's days (from the day of
 * acceptance to the day it ended and its tail, by `receivedOn`) the frozen rate's share, half-even,
 * with VAT on top; for each reversed one the exact negative. The result does not depend
 * on the order in which payments, reversals and acceptances became known, nor on repeats: `accrued`
 * holds the ids of lines there are. Faults: `internal` payment_in_other_currency.
 */
export function due(
  earnings: readonly Earning[],
  payments: readonly PaymentFact[],
  accrued: ReadonlySet<string>,
): CommissionLine[] {
  const byCase = Map.groupBy(earnings, (earning) => earning.caseId);
  return payments
    .filter((payment) => payment.recordedAt !== undefined)
    .flatMap((payment) =>
      earningsOn(byCase.get(payment.caseId) ?? [], payment).flatMap((earning) => {
        if (earning.counted !== undefined) return [];
        const line = accrual(earning, payment);
        const { reversedOn } = payment;
        return reversedOn === undefined ? [line] : [line, clawBack(line, reversedOn)];
      }),
    )
    .filter((line) => !accrued.has(line.lineId));
}
