import { money, type Money } from '@recourse/kit/money.ts';
import {
  type Accrual,
  accrue,
  accruedMinor,
  emptyAccrual,
  type InterestLine,
  type RateStretch,
} from './accrual.ts';
import { dayAt, type RuleRef, wrongField } from './dated.ts';
import type { CapTerm, WithRates } from './rate.ts';
import { type RateTerm, rateTimeline } from './rate-term.ts';

export type Payment = { id?: string; on: string; amount: Money };

/** Where a payment went. `toDouble` is used by judgments only. */
export type Allocation = {
  id?: string;
  on: string;
  amount: Money;
  toCosts: Money;
  toInterest: Money;
  toPrincipal: Money;
  toDouble: Money;
  excess: Money;
};

export type InterestStatement = {
  lines: InterestLine[];
  payments: Allocation[];
  /** All interest of the period, paid or not. */
  accrued: Money;
  outstanding: { costs: Money; interest: Money; principal: Money };
  /** Paid beyond all that was owed. */
  excess: Money;
  total: Money;
  /** A rate table ends before the period does: figures after that day assume no change. */
  provisional: boolean;
  rules: RuleRef[];
};

/** Payments in order of day; each within [from, until], positive, of one currency. */
export function orderedPayments(
  payments: readonly Payment[],
  from: string,
  until: string,
  currency: string,
): Payment[] {
  payments.forEach(({ on, amount }, at) => {
    const field = `/payments/${at}`;
    dayAt(on, `${field}/on`);
    const facts = { on, from, until };
    if (amount.currency !== currency) {
      const repair = `give the payment in ${currency}`;
      throw wrongField(`${field}/amount`, 'currencies_differ', repair, facts);
    }
    if (amount.minor <= 0n) {
      const repair = 'give an amount above 0; leave a reversed payment out';
      throw wrongField(`${field}/amount`, 'amount_not_positive', repair, facts);
    }
    if (on < from) {
      const repair = 'take it off the principal before, or let the interest begin earlier';
      throw wrongField(`${field}/on`, 'payment_before_start', repair, facts);
    }
    if (on > until) {
      const repair = 'leave it out, or compute to a later day';
      throw wrongField(`${field}/on`, 'payment_after_end', repair, facts);
    }
  });
  return payments.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** A period whose end is not before its start. */
export function checkPeriod(from: string, until: string): void {
  dayAt(from, '/from');
  dayAt(until, '/until');
  if (until < from) {
    const repair = 'give an end that is not before the start';
    throw wrongField('/until', 'until_before_from', repair, { from, until });
  }
}

/** The stretches within [from, until), cut at its ends. */
export function within(stretches: readonly RateStretch[], from: string, until: string) {
  return stretches.flatMap((one) => {
    const start = one.from > from ? one.from : from;
    const end = one.until < until ? one.until : until;
    return start < end ? [{ ...one, from: start, until: end }] : [];
  });
}

/** Takes as much of a pot as is owed; returns what went in. */
export function take(pot: { left: bigint }, owed: bigint): bigint {
  const part = pot.left < owed ? pot.left : owed;
  pot.left -= part;
  return part;
}

type Owed = { costs: bigint; principal: bigint; interestPaid: bigint };

function allocate(payment: Payment, owed: Owed, interestDue: bigint): Allocation {
  const pot = { left: payment.amount.minor };
  const cash = (minor: bigint) => money(minor, payment.amount.currency);
  const toCosts = take(pot, owed.costs);
  const toInterest = take(pot, interestDue);
  const toPrincipal = take(pot, owed.principal);
  owed.costs -= toCosts;
  owed.interestPaid += toInterest;
  owed.principal -= toPrincipal;
  return {
    ...(payment.id === undefined ? {} : { id: payment.id }),
    on: payment.on,
    amount: payment.amount,
    toCosts: cash(toCosts),
    toInterest: cash(toInterest),
    toPrincipal: cash(toPrincipal),
    toDouble: cash(0n),
    excess: cash(pot.left),
  };
}

/**
 * Simple interest over [from, until), actual/365, with payments in between going to costs, then
 * interest, then principal (民法典 art. 561). Interest does not bear interest. legal.md 2.7.
 * Faults `invalid`: `until_before_from`, `payment_before_start`, `payment_after_end`,
 * `amount_not_positive`, `currencies_differ`, and those of `rateTimeline`.
 */
export function interest(
  o: {
    principal: Money;
    costs?: Money;
    /** Interest already owed at the start. */
    interestBefore?: Money;
    from: string;
    until: string;
    rate: RateTerm;
    cap?: CapTerm;
    payments?: readonly Payment[];
  },
  law: WithRates,
): InterestStatement {
  checkPeriod(o.from, o.until);
  const { currency } = o.principal;
  const started = {
    principal: startMinor(o.principal, currency, '/principal'),
    costs: startMinor(o.costs, currency, '/costs'),
    before: startMinor(o.interestBefore, currency, '/interestBefore'),
  };
  const payments = orderedPayments(o.payments ?? [], o.from, o.until, currency);
  const timeline = rateTimeline(o, law);
  const owed: Owed = { costs: started.costs, principal: started.principal, interestPaid: 0n };
  const cash = (minor: bigint) => money(minor, currency);
  const run = (sum: Accrual, from: string, until: string) =>
    within(timeline.stretches, from, until).reduce(
      (made, stretch) => accrue(made, stretch, cash(owed.principal)),
      sum,
    );
  let sum = emptyAccrual();
  let at = o.from;
  const allocations = payments.map((payment) => {
    sum = run(sum, at, payment.on);
    at = payment.on;
    return allocate(payment, owed, started.before + accruedMinor(sum) - owed.interestPaid);
  });
  sum = run(sum, at, o.until);
  const interestLeft = started.before + accruedMinor(sum) - owed.interestPaid;
  return {
    lines: sum.lines,
    payments: allocations,
    accrued: cash(accruedMinor(sum)),
    outstanding: {
      costs: cash(owed.costs),
      interest: cash(interestLeft),
      principal: cash(owed.principal),
    },
    excess: cash(allocations.reduce((total, { excess }) => total + excess.minor, 0n)),
    total: cash(owed.costs + interestLeft + owed.principal),
    provisional: timeline.provisional,
    rules: timeline.rules,
  };
}

/** An amount owed at the start: not negative, in the currency of the principal. */
export function startMinor(amount: Money | undefined, currency: string, field: string): bigint {
  if (amount === undefined) return 0n;
  if (amount.currency !== currency) {
    throw wrongField(field, 'currencies_differ', `give it in ${currency}`);
  }
  if (amount.minor < 0n) {
    throw wrongField(field, 'amount_negative', 'give an amount of 0 or more');
  }
  return amount.minor;
}
