import { type Claim, dueFirst } from './payment.ts';

/** Of these the one due first; undefined when there is none. */
export function firstDue<C extends Pick<Claim, 'receivableId' | 'dueDate'>>(
  claims: readonly C[],
): C | undefined {
  return claims.toSorted(dueFirst)[0];
}

/** What a recovery leaves to be done before it is allocated as a payment. */
export type Raised<C> = { claims: C[]; receivableId: string | undefined; interestMinor: bigint };

/**
 * What a court brings above all that the book holds is what the judgment gave beside the debt:
 * interest, and the double part for late performance (法释〔2014〕8号 1). It is no prepayment, so it is
 * put on the receivable due first as interest, and the payment settles it.
 */
export function raiseInterest<C extends Claim>(
  claims: readonly C[],
  amountMinor: bigint,
): Raised<C> {
  const owed = claims.reduce((sum, c) => sum + c.costsMinor + c.interestMinor + c.openMinor, 0n);
  const receivableId = firstDue(claims)?.receivableId;
  const interestMinor = amountMinor - owed;
  if (receivableId === undefined || interestMinor <= 0n) {
    return { claims: [...claims], receivableId: undefined, interestMinor: 0n };
  }
  const raised = claims.map((claim) =>
    claim.receivableId === receivableId
      ? { ...claim, interestMinor: claim.interestMinor + interestMinor }
      : claim,
  );
  return { claims: raised, receivableId, interestMinor };
}

/** What of a cost taken back is still open there; the rest was paid and is the debtor's credit. */
export function takeCostBack(
  raisedMinor: bigint,
  costsMinor: bigint,
): { openMinor: bigint; paidMinor: bigint } {
  const openMinor = raisedMinor < costsMinor ? raisedMinor : costsMinor;
  return { openMinor, paidMinor: raisedMinor - openMinor };
}
