import { now } from '@recourse/kit/clock.ts';
import { dayIn } from '@recourse/kit/day.ts';
import type { Db } from '@recourse/kit/db.ts';
import type { Job } from '@recourse/kit/jobs.ts';
import { RatingCause } from '@recourse/proto/credit/v1/ratings.ts';
import { defaultTimeZone } from './domain/customer.ts';
import { markForNewDay } from './store/behaviours.ts';
import { policyOf, rateCustomers } from './rerating.ts';
import { askAll, askReviews, takeDue } from './store/ratings.ts';
import { refreshStale } from './store/refresh.ts';

async function refreshAll(db: Db, orgId: string, signal: AbortSignal): Promise<void> {
  let more = true;
  while (more) {
    signal.throwIfAborted();
    more = await db.tenant(orgId, (tx) => refreshStale(tx, now()));
  }
}

/** Customers rated in one transaction. */
const ratingBatch = 200;

async function rateDue(db: Db, orgId: string, signal: AbortSignal): Promise<void> {
  let count = ratingBatch;
  while (count === ratingBatch) {
    signal.throwIfAborted();
    count = await db.tenant(orgId, async (tx) => {
      const due = await takeDue(tx, ratingBatch);
      await rateCustomers(tx, due, { at: now() });
      return due.length;
    });
  }
}

/** What events left stale is made good within a minute, whatever order they came in. */
export function refreshJob(db: Db): Job {
  return {
    name: 'credit-refresh',
    schedule: { cron: '* * * * *', zone: defaultTimeZone },
    run: async ({ orgId, signal }) => {
      await refreshAll(db, orgId, signal);
      await rateDue(db, orgId, signal);
    },
  };
}

/**
 * What is overdue and what is recent changes with the day, even when nothing is told; periodic
 * reviews come due with it.
 */
export function dayJob(db: Db): Job {
  return {
    name: 'credit-day',
    schedule: { cron: '20 0 * * *', zone: defaultTimeZone },
    run: async ({ orgId, signal }) => {
      const today = dayIn(defaultTimeZone, now()).toString();
      await db.tenant(orgId, async (tx) => {
        await markForNewDay(tx, today);
        await askReviews(tx, today, now());
        // A policy that was written for today begins to rate.
        const { effectiveFrom } = await policyOf(tx, today);
        if (effectiveFrom === today) await askAll(tx, RatingCause.MODEL, now());
      });
      await refreshAll(db, orgId, signal);
      await rateDue(db, orgId, signal);
    },
  };
}
