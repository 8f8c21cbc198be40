import { money, type Money } from '@recourse/kit/money.ts';
import {
  type Accrual,
  accrue,
  accruedMinor,
  emptyAccrual,
  type InterestLine,
  type RateStretch,
} from './accrual.ts';
import { dayAt, inForce, refOf, type RuleRef, wrongField } from './dated.ts';
import {
  type Allocation,
  checkPeriod,
  orderedPayments,
  type Payment,
  startMinor,
  take,
  within,
} from './interest.ts';
import type { WithRates } from './rate.ts';
import { type RateTerm, rateTimeline } from './rate-term.ts';

/** A sum that a judgment orders; several when it orders instalments. */
export type JudgmentDebt = {
  id?: string;
  /** Last day for performance; the day of effect when the judgment sets none (art. 2). */
  performBy: string;
  principal: Money;
  /** Other money of the judgment: penalty, costs. It is in the base of the doubled part. */
  other?: Money;
  /** General interest the judgment fixes as a sum. It is not in the base (art. 1). */
  generalInterest?: Money;
};

/** Days [from, until) of a stay that the debtor did not cause (art. 3 ¶3). */
export type Stay = { from: string; until: string };

export type JudgmentStatement = {
  /** The doubled part (加倍部分). */
  lines: InterestLine[];
  generalLines: InterestLine[];
  payments: Allocation[];
  doubled: Money;
  general: Money;
  outstanding: { principal: Money; other: Money; general: Money; doubled: Money };
  total: Money;
  excess: Money;
  provisional: boolean;
  rules: RuleRef[];
};

type Debt = { performBy: string; principal: bigint; other: bigint; general: bigint };

type Books = {
  debts: Debt[];
  double: Accrual;
  general: Accrual;
  doublePaid: bigint;
  /** Running general interest paid; that fixed in the judgment is in the debts. */
  generalPaid: bigint;
};

function read(debts: readonly JudgmentDebt[], until: string): { currency: string; debts: Debt[] } {
  const [first] = debts;
  if (first === undefined) {
    throw wrongField('/debts', 'no_debt', 'give at least one sum with its performance day');
  }
  const { currency } = first.principal;
  const made = debts.map((one, at): Debt => {
    const field = `/debts/${at}`;
    dayAt(one.performBy, `${field}/performBy`);
    return {
      performBy: one.performBy,
      principal: startMinor(one.principal, currency, `${field}/principal`),
      other: startMinor(one.other, currency, `${field}/other`),
      general: startMinor(one.generalInterest, currency, `${field}/generalInterest`),
    };
  });
  checkPeriod(made.reduce((a, b) => (a.performBy < b.performBy ? a : b)).performBy, until);
  return { currency, debts: made.toSorted((a, b) => (a.performBy < b.performBy ? -1 : 1)) };
}

/** The doubled part of one debt over [from, until), without the days of stays. */
function doubling(debt: Debt, from: string, until: string, stays: readonly Stay[], dayE8: bigint) {
  const start = debt.performBy > from ? debt.performBy : from;
  const edges = stays.flatMap((stay) => [stay.from, stay.until]);
  const cuts = [...new Set([start, ...edges.filter((on) => start < on && on < until)])].sort();
  return cuts.flatMap((cut, at): RateStretch[] => {
    if (cut >= until || stays.some((stay) => stay.from <= cut && cut < stay.until)) return [];
    const rate = { numerator: dayE8 * 10_000n, per: 'day', capped: false } as const;
    return [{ from: cut, until: cuts[at + 1] ?? until, basis: 'judgment_double', ...rate }];
  });
}

/** Sums due first, then the doubled part, then sums not yet due (art. 4; 民法典 art. 560, 561). */
function allocate(payment: Payment, books: Books): Allocation {
  const pot = { left: payment.amount.minor };
  const cash = (minor: bigint) => money(minor, payment.amount.currency);
  const parts = { toCosts: 0n, toInterest: 0n, toPrincipal: 0n };
  const pay = (debts: readonly Debt[]) => {
    for (const debt of debts) {
      const other = take(pot, debt.other);
      const fixed = take(pot, debt.general);
      const running = take(pot, accruedMinor(books.general) - books.generalPaid);
      const principal = take(pot, debt.principal);
      debt.other -= other;
      debt.general -= fixed;
      books.generalPaid += running;
      debt.principal -= principal;
      parts.toCosts += other;
      parts.toInterest += fixed + running;
      parts.toPrincipal += principal;
    }
  };
  pay(books.debts.filter(({ performBy }) => performBy <= payment.on));
  const toDouble = take(pot, accruedMinor(books.double) - books.doublePaid);
  books.doublePaid += toDouble;
  pay(books.debts.filter(({ performBy }) => performBy > payment.on));
  return {
    ...(payment.id === undefined ? {} : { id: payment.id }),
    on: payment.on,
    amount: payment.amount,
    toCosts: cash(parts.toCosts),
    toInterest: cash(parts.toInterest),
    toPrincipal: cash(parts.toPrincipal),
    toDouble: cash(toDouble),
    excess: cash(pot.left),
  };
}

/** Days of stays are read and in order; a stay may not end before it begins. */
function checkStays(stays: readonly Stay[]): void {
  stays.forEach(({ from, until }, at) => {
    dayAt(from, `/stays/${at}/from`);
    dayAt(until, `/stays/${at}/until`);
    if (until < from) {
      const repair = 'give an end that is not before the start';
      throw wrongField(`/stays/${at}/until`, 'until_before_from', repair, { from, until });
    }
  });
}

/**
 * Interest for late performance of a judgment (迟延履行期间的债务利息): the doubled part, 0.0175 %
 * a day on the unpaid sums other than general interest, from the day the performance period ended,
 * stays left out; general interest beside it as the judgment says, none when it is silent. Payments
 * go to the judgment's sums before the doubled part, which differs from art. 561. legal.md 2.7;
 * 法释〔2014〕8号. Periods before 2014-08-01 are Fault `missing` `no_rule_on_day`.
 */
export function judgmentInterest(
  o: {
    debts: readonly JudgmentDebt[];
    general?: { rate: RateTerm; from: string };
    until: string;
    payments?: readonly Payment[];
    stays?: readonly Stay[];
  },
  law: WithRates,
): JudgmentStatement {
  const { currency, debts } = read(o.debts, o.until);
  const first = debts[0]?.performBy ?? o.until;
  const row = inForce(law.rates.judgmentDouble, first);
  const stays = o.stays ?? [];
  checkStays(stays);
  if (o.general !== undefined) checkPeriod(o.general.from, o.until);
  const start = o.general !== undefined && o.general.from < first ? o.general.from : first;
  const payments = orderedPayments(o.payments ?? [], start, o.until, currency);
  const timeline =
    o.general === undefined
      ? { stretches: [], rules: [], provisional: false }
      : rateTimeline({ ...o.general, until: o.until }, law);
  const cash = (minor: bigint) => money(minor, currency);
  const books: Books = {
    debts,
    double: emptyAccrual(),
    general: emptyAccrual(),
    doublePaid: 0n,
    generalPaid: 0n,
  };
  const run = (from: string, until: string) => {
    const principal = debts.reduce((sum, debt) => sum + debt.principal, 0n);
    for (const stretch of within(timeline.stretches, from, until)) {
      books.general = accrue(books.general, stretch, cash(principal));
    }
    for (const debt of debts) {
      for (const stretch of doubling(debt, from, until, stays, row.value.dayE8)) {
        books.double = accrue(books.double, stretch, cash(debt.principal + debt.other));
      }
    }
  };
  let at = start;
  const allocations = payments.map((payment) => {
    run(at, payment.on);
    at = payment.on;
    return allocate(payment, books);
  });
  run(at, o.until);
  return statement(books, allocations, currency, {
    provisional: timeline.provisional,
    rules: [refOf(row), ...timeline.rules],
  });
}

function statement(
  books: Books,
  payments: Allocation[],
  currency: string,
  known: { provisional: boolean; rules: RuleRef[] },
): JudgmentStatement {
  const cash = (minor: bigint) => money(minor, currency);
  const sumOf = (pick: (debt: Debt) => bigint) =>
    books.debts.reduce((sum, debt) => sum + pick(debt), 0n);
  const left = {
    principal: sumOf(({ principal }) => principal),
    other: sumOf(({ other }) => other),
    general: sumOf(({ general }) => general) + accruedMinor(books.general) - books.generalPaid,
    doubled: accruedMinor(books.double) - books.doublePaid,
  };
  return {
    lines: books.double.lines,
    generalLines: books.general.lines,
    payments,
    doubled: cash(accruedMinor(books.double)),
    general: cash(accruedMinor(books.general)),
    outstanding: {
      principal: cash(left.principal),
      other: cash(left.other),
      general: cash(left.general),
      doubled: cash(left.doubled),
    },
    total: cash(left.principal + left.other + left.general + left.doubled),
    excess: cash(payments.reduce((sum, { excess }) => sum + excess.minor, 0n)),
    ...known,
  };
}
