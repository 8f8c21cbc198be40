import type { CommissionLine } from './commission.ts';

/**
 * Accounts in the creditor's books, each per agency: what the agencies' work costs, the VAT that
 * the creditor may deduct, and what it owes the agency (VAT included).
 */
export const accounts = ['commission_expense', 'vat_input', 'commission_payable'] as const;

export type Account = (typeof accounts)[number];

/** One side of an entry in minor units; exactly one of `debit` and `credit` is above zero. */
export type Posting = { account: Account; debit: bigint; credit: bigint };

function posting(account: Account, debit: bigint): Posting | undefined {
  if (debit === 0n) return undefined;
  return debit > 0n ? { account, debit, credit: 0n } : { account, debit: 0n, credit: -debit };
}

/**
 * The double entry of a commission line: expense and input VAT against what is payable, the sides
 * turned round for a claw-back. Debits equal credits; sides of zero are left out.
 */
export function postings(line: CommissionLine): Posting[] {
  const { commission, vat } = line;
  return [
    posting('commission_expense', commission.minor),
    posting('vat_input', vat.minor),
    posting('commission_payable', -(commission.minor + vat.minor)),
  ].filter((one) => one !== undefined);
}
