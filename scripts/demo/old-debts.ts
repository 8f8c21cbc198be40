import { addDays, type Day } from '@recourse/kit/day.ts';
import type { Book, DemoReceivable } from './book.ts';
import type { DemoCreditor } from './cast.ts';
import { companies } from './companies.ts';
import { deliver } from './deliveries.ts';
import type { Chance } from './random.ts';
import type { Stage } from './stage.ts';

/** Days until the three years are over: one expired, one close to each alarm (民法典 188). */
const daysLeft = [-12, 21, 77, 160];

function oldBook(by: Chance, creditor: DemoCreditor, today: Day): Book {
  const customers = companies(by, daysLeft.length, creditor.industries).map((company, at) => ({
    ...company,
    number: `${creditor.prefix}9${String(at + 1).padStart(5, '0')}`,
    payer: 'defaulting' as const,
    termDays: 60,
  }));
  const receivables = customers.map((customer, at): DemoReceivable => {
    const dueDate = addDays(today, daysLeft[at] ?? 0).subtract({ years: 3 });
    return {
      documentNumber: `${creditor.prefix}-OLD-${String(at + 1).padStart(4, '0')}`,
      customer,
      documentDate: addDays(dueDate, -60),
      dueDate,
      currency: 'CNY',
      minor: BigInt(by.whole(80_000, 400_000)) * 100n,
      settledOn: undefined,
      disputed: false,
    };
  });
  return { customers, receivables };
}

/** Debts of a closed branch, taken over late: their limitation is about to run out. */
export async function takeOverOldDebts(
  stage: Stage,
  by: Chance,
  creditor: DemoCreditor,
  today: Day,
): Promise<void> {
  await deliver(stage, creditor, oldBook(by, creditor, today), undefined, today);
  const wanted = {
    requestId: stage.id('open'),
    asOf: today.toString(),
    minOverdue: undefined,
    minDaysOverdue: 365 * 2,
    preview: false,
    debtorIds: [],
  };
  await stage.cases.openCases(wanted, await stage.as(creditor.director));
}
