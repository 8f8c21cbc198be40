import type { Bus } from '@recourse/kit/bus.ts';
import { now } from '@recourse/kit/clock.ts';
import type { Job } from '@recourse/kit/jobs.ts';
import { passDay } from '../domain/ending.ts';
import { type By, type Decided, type Listing, openDisputes } from '../domain/listing.ts';
import { associationZone, dayAt, termsOn } from '../rules/in-force.ts';
import { keep, type ListingRooms, nobody } from '../store/changing.ts';
import { dropGoneEntries, layEntry } from '../store/entries.ts';
import { clockedUntil, listingForUpdate, writeListing } from '../store/listings.ts';

/** What a day has brought a listing, in one word for the people who wait. */
function newsOf(listing: Listing, today: string): string | undefined {
  if (openDisputes(listing).some((one) => one.answerBy < today)) return 'answer_overdue';
  if (listing.state === 'NOTICED') return 'notice_period_ended';
  if (listing.state === 'PUBLISHED' && listing.reviewDue <= today) return 'review_due';
  return undefined;
}

async function tick(rooms: ListingRooms, orgId: string, listingId: string, by: By) {
  return rooms.db.tenant(orgId, async (tx): Promise<Decided | undefined> => {
    const listing = await listingForUpdate(tx, rooms.crypto, listingId);
    if (listing === undefined) return undefined;
    const decided = passDay(listing, by);
    if (decided.lines.length > 0) await keep(tx, rooms.crypto, decided, by);
    else {
      // Nothing is decided, but what comes next and what is shown depend on the day.
      await writeListing(tx, rooms.crypto, listing, by.today.toString());
      await layEntry(tx, rooms.crypto, listing, by.today);
    }
    return decided;
  });
}

/**
 * Ends of notice periods, answers that are late, expiry, yearly reviews: what the calendar brings.
 * Every listing names the day on which it has to be looked at again.
 */
export function clockJob(rooms: ListingRooms, bus: Bus): Job<object> {
  return {
    name: 'listing-clock',
    schedule: { cron: '*/10 * * * *', zone: associationZone },
    run: async ({ orgId, signal }) => {
      const at = now();
      const today = dayAt(at);
      const by: By = { at, today, actor: nobody, terms: termsOn(today) };
      const due = await rooms.db.tenant(orgId, (tx) => clockedUntil(tx, today.toString()));
      for (const listingId of due) {
        signal.throwIfAborted();
        const decided = await tick(rooms, orgId, listingId, by);
        const change = decided && newsOf(decided.state, today.toString());
        if (decided === undefined || change === undefined) continue;
        bus.live([orgId, decided.state.associationId], { noun: 'listing', id: listingId, change });
      }
      await rooms.db.tenant(orgId, dropGoneEntries);
    },
  };
}
