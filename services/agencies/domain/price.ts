import { add, divide, type Money, share } from '@recourse/kit/money.ts';
import type { CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import { entitlements, vatIn } from './entitlement.ts';
import type { Basis } from './placement.ts';
import { isPlain, rateFor, suits, termWords } from './terms.ts';

/** The case as far as its commission depends on it. */
type Priced = Pick<Basis, 'open' | 'daysOverdue'>;

/** The retainer without VAT; nothing where there is none. */
function retainerOf(terms: CommissionTerms, currency: string): Money {
  const minor = terms.retainer?.fee?.minor ?? 0n;
  return { currency, minor: terms.vatIncluded === true ? minor - vatIn(terms, minor) : minor };
}

/**
 * Commission without VAT if all that is open came in with one payment out of court, the retainer
 * with it; undefined where the terms are of another currency.
 */
export function priceOf(terms: CommissionTerms, of: Priced): Money | undefined {
  const { open, daysOverdue } = of;
  if (!suits(terms, open.currency)) return undefined;
  const rateBps = rateFor(terms, daysOverdue);
  if (isPlain(terms)) return share(open, BigInt(rateBps), 10_000n, 'half-even');
  const term = termWords(terms, daysOverdue);
  const contract = { terms, rateBps, term, placedMinor: open.minor };
  const [all] = entitlements(contract, [{ minor: open.minor, inLitigation: false }]);
  const success = { currency: open.currency, minor: all?.commission ?? 0n };
  return add(success, retainerOf(terms, open.currency));
}

/**
 * Commission to expect at a chance of recovery. Of one rate that is the rate's share of what is
 * expected. Elsewhere the chance is taken for that of being paid in full: debts between companies
 * mostly come in whole or not at all, and a fixed fee or a bracket of the mean would be nobody's.
 * The retainer is due either way.
 */
export function expectedCommission(
  terms: CommissionTerms,
  of: Priced,
  recoveryBps: number,
): Money | undefined {
  const { open, daysOverdue } = of;
  if (isPlain(terms)) {
    const expected = share(open, BigInt(recoveryBps), 10_000n, 'half-even');
    return share(expected, BigInt(rateFor(terms, daysOverdue)), 10_000n, 'half-even');
  }
  const price = priceOf(terms, of);
  if (price === undefined) return undefined;
  const { currency } = open;
  const sure = retainerOf(terms, currency);
  const depends = (price.minor - sure.minor) * BigInt(recoveryBps);
  return { currency, minor: sure.minor + divide(depends, 10_000n, 'half-even') };
}
