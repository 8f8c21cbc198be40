import { addDays, type Day, isBefore } from '@recourse/kit/day.ts';
import { companies, type Company } from './companies.ts';
import type { Chance } from './random.ts';

/**
 * How a customer pays. `prompt` and `slow` pay by themselves; `troubled` and `defaulting` leave a
 * part of their invoices until somebody works them.
 */
export type Payer = 'prompt' | 'slow' | 'troubled' | 'defaulting';

export type DemoCustomer = Company & { number: string; payer: Payer; termDays: number };

export type DemoReceivable = {
  documentNumber: string;
  customer: DemoCustomer;
  documentDate: Day;
  dueDate: Day;
  currency: string;
  /** Minor units. */
  minor: bigint;
  /** The day it is paid by itself, if ever; may lie in the future. */
  settledOn: Day | undefined;
  disputed: boolean;
};

export type Book = { customers: readonly DemoCustomer[]; receivables: readonly DemoReceivable[] };

export type BookPlan = {
  customers: number;
  receivables: number;
  industries: readonly string[];
  currencies: readonly (readonly [string, number])[];
  /** Middle invoice amount in major units. */
  middleAmount: number;
  documentPrefix: string;
  numberPrefix: string;
  from: Day;
  to: Day;
};

/**
 * Days late at which each kind of payer settles by itself, and how many invoices it leaves open.
 */
const habits: Readonly<Record<Payer, { early: number; late: number; leaves: number }>> = {
  prompt: { early: -8, late: 6, leaves: 0 },
  slow: { early: 2, late: 45, leaves: 0.03 },
  troubled: { early: 10, late: 75, leaves: 0.3 },
  defaulting: { early: 30, late: 120, leaves: 0.75 },
};

function customersOf(by: Chance, plan: BookPlan): DemoCustomer[] {
  return companies(by, plan.customers, plan.industries).map((company, at) => ({
    ...company,
    number: `${plan.numberPrefix}${String(at + 1).padStart(6, '0')}`,
    payer: by.weighted([
      ['prompt', 50],
      ['slow', 27],
      ['troubled', 16],
      ['defaulting', 7],
    ] as const),
    termDays: by.weighted([
      [30, 5],
      [60, 3],
      [90, 2],
    ] as const),
  }));
}

function amount(by: Chance, middle: number): bigint {
  // The product of two even chances leans to small amounts with a long tail, as invoices do.
  const factor = Math.exp((by.next() + by.next() + by.next() - 1.5) * 2.2);
  const cents = by.happens(0.3) ? by.whole(0, 99) : 0;
  return BigInt(Math.max(1, Math.round(middle * factor))) * 100n + BigInt(cents);
}

/** A creditor's customers and receivables, in the order of their documents. */
export function book(by: Chance, plan: BookPlan): Book {
  const customers = customersOf(by, plan);
  // A few customers buy often, most seldom.
  const weights = customers.map((customer, at) => [customer, 1 + 40 / (1 + (at % 37))] as const);
  const span = plan.from.until(plan.to, { largestUnit: 'days' }).days;
  const drafts = Array.from({ length: plan.receivables }, () => {
    const customer = by.weighted(weights);
    const documentDate = addDays(plan.from, by.whole(0, span));
    const dueDate = addDays(documentDate, customer.termDays);
    const habit = habits[customer.payer];
    const paysByItself = !by.happens(habit.leaves);
    return {
      customer,
      documentDate,
      dueDate,
      currency: by.weighted(plan.currencies),
      minor: amount(by, plan.middleAmount),
      settledOn: paysByItself ? addDays(dueDate, by.whole(habit.early, habit.late)) : undefined,
      disputed: by.happens(0.02),
    };
  });
  const ordered = drafts.toSorted((a, b) => (isBefore(a.documentDate, b.documentDate) ? -1 : 1));
  const receivables = ordered.map((draft, at) => ({
    ...draft,
    documentNumber: `${plan.documentPrefix}${String(at + 1).padStart(8, '0')}`,
  }));
  return { customers, receivables };
}
