import { dayIn } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { defaultTimeZone } from '../domain/customer.ts';
import { refreshBehaviours, staleCustomers } from './behaviours.ts';
import { askRating } from './ratings.ts';

/** A batch at a time, so that a creditor with many customers does not hold one long transaction. */
const refreshBatch = 500;

/**
 * Makes the behaviour of up to one batch of stale customers anew and asks that they be rated; true
 * when there may be more.
 */
export async function refreshStale(tx: Tx, at: Temporal.Instant): Promise<boolean> {
  const customerIds = await staleCustomers(tx, refreshBatch);
  if (customerIds.length === 0) return false;
  await refreshBehaviours(tx, customerIds, dayIn(defaultTimeZone, at).toString());
  await askRating(tx, customerIds, 'RATING_CAUSE_RECEIVABLES', at);
  return customerIds.length === refreshBatch;
}
