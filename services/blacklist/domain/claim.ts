import { dayIn } from '@recourse/kit/day.ts';

/** One receivable of a debtor as far as events have told. */
export type ClaimFact = {
  receivableId: string;
  /** Undefined when only an effect of a payment was told so far. */
  dueOn: string | undefined;
  openMinor: bigint;
  firstToldAt: string;
};

/** How a case was closed; undefined or empty while it is open, open again or unknown. */
export type CaseOutcomeWord =
  | 'PAID'
  | 'SETTLED'
  | 'WRITTEN_OFF'
  | 'SOLD'
  | 'WITHDRAWN'
  | ''
  | undefined;

/**
 * Whether the claim that a listing is about is paid: the case was closed as paid or settled, or of
 * the receivables that were known and due when the listing was handed in none is open. Later
 * receivables of the same debtor are another claim; facts are the newest told, in whatever order.
 * Days are those of `zone`: what is due on the day of handing in is part of the claim.
 */
export function isPaid(
  facts: readonly ClaimFact[],
  outcome: CaseOutcomeWord,
  handedInAt: string,
  zone: string,
): boolean {
  if (outcome === 'PAID' || outcome === 'SETTLED') return true;
  const at = Temporal.Instant.from(handedInAt);
  const day = dayIn(zone, at).toString();
  const claim = facts.filter(
    ({ dueOn, firstToldAt }) =>
      (dueOn === undefined || dueOn <= day) &&
      Temporal.Instant.compare(Temporal.Instant.from(firstToldAt), at) <= 0,
  );
  return claim.length > 0 && claim.every((one) => one.openMinor <= 0n);
}
