import { isCreditCode } from './kind-codes.ts';
import type { Owed } from './owed.ts';
import { amountIn, required, text } from './reading.ts';
import type { Reading, RowPlan } from './reading.ts';
import { isCreditKind, sideWord } from './side-words.ts';

/** The amounts of a row in minor units, credits negative; undefined where there is none. */
export type SignedAmounts = { amount: bigint | undefined; owed: Owed };

/** Whether the row's side says credit: by a word of side, or by the kind of the document. */
function isCredit(reading: Reading): boolean {
  const value = text(reading, 'SIDE');
  return sideWord(value) === 'credit' || isCreditKind(value) || isCreditCode(value);
}

/** Debit less credit, of which a row has the one or the other. */
function moved(reading: Reading, currency: string): bigint | undefined {
  const [debitText, creditText] = [text(reading, 'AMOUNT'), text(reading, 'CREDIT_AMOUNT')];
  if (debitText === '' && creditText === '') required(reading, 'AMOUNT');
  const debit = amountIn(reading, 'AMOUNT', currency);
  const credit = amountIn(reading, 'CREDIT_AMOUNT', currency);
  if (debitText !== '' && debit === undefined) return undefined;
  if (creditText !== '' && credit === undefined) return undefined;
  if (debit === undefined && credit === undefined) return undefined;
  return (debit ?? 0n) - (credit ?? 0n);
}

/** What is open or paid of a credit has the sign of the credit, however the file writes it. */
function like(value: bigint | undefined, amount: bigint): bigint | undefined {
  if (value === undefined) return undefined;
  return value < 0n !== amount < 0n ? -value : value;
}

/**
 * Makes the reader of a row's amounts. A debit is owed and positive, a credit negative: by a column
 * of sides over amounts without signs, or by two columns. Amounts that have their signs already are
 * left as they are, and so are negative debits, which are corrections.
 */
export function amountsReader({
  fields,
  credits,
}: RowPlan): (reading: Reading, currency: string) => SignedAmounts {
  const isTwo = fields.CREDIT_AMOUNT !== undefined;
  const turns = (read: bigint): boolean => credits === 'unsigned' || (!credits && read > 0n);
  return (reading, currency) => {
    if (!isTwo) required(reading, 'AMOUNT');
    const read = isTwo ? moved(reading, currency) : amountIn(reading, 'AMOUNT', currency);
    const open = amountIn(reading, 'OPEN_AMOUNT', currency);
    const paid = amountIn(reading, 'PAID_AMOUNT', currency);
    const turned = read !== undefined && turns(read) && isCredit(reading);
    const amount = turned ? -read : read;
    if (amount === undefined || !(turned || (isTwo && amount < 0n))) {
      return { amount, owed: { open, paid } };
    }
    return { amount, owed: { open: like(open, amount), paid: like(paid, amount) } };
  };
}
