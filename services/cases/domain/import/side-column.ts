import type { CreditAmounts } from './credit-amounts.ts';

/** A column that tells debits from credits, and the amounts of its credits by column. */
export type SideColumn = {
  position: number;
  credits: number;
  sample: string;
  amounts: readonly CreditAmounts[];
  /**
   * Told by codes of kinds (`kind-codes.ts`): columns that have a negative amount in any row, and
   * so have their signs. A payment may leave a debit, and then its sign says so.
   */
  signed?: readonly number[];
};
