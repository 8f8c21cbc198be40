import { consume, type Consumer } from '@recourse/kit/inbox.ts';
import { keepCodes } from './store/debtor-codes.ts';
import { casesTopic, creditTopic } from './topic.ts';

const tidy = (code: string): string => code.trim().toUpperCase();

/**
 * By which codes a creditor's debtors are known, for conflicts of interest: as the book is
 * imported,
 * and as credit keeps the customer, which is the debtor under the same id. A row without a code
 * tells nothing; a customer whose code was taken out has none.
 */
export function codesInbox(): Consumer[] {
  const name = 'agencies-codes';
  return [
    consume({
      name,
      topic: casesTopic,
      handles: ['receivablesImported'],
      handle: async (tx, event, { at }) => {
        if (event.$case !== 'receivablesImported') return;
        const told = event.value.customers
          .map(({ debtorId, creditCode }) => ({ debtorId, creditCode: tidy(creditCode) }))
          .filter(({ creditCode }) => creditCode !== '');
        await keepCodes(tx, told, at);
      },
    }),
    consume({
      name,
      topic: creditTopic,
      handles: ['customerChanged'],
      handle: async (tx, event, { at }) => {
        if (event.$case !== 'customerChanged') return;
        const { customerId: debtorId, creditCode } = event.value;
        await keepCodes(tx, [{ debtorId, creditCode: tidy(creditCode) }], at);
      },
    }),
  ];
}
