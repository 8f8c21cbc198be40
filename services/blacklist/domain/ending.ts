import { fault } from '@recourse/kit/fault.ts';
import { published } from './decision.ts';
import { line } from './draft.ts';
import {
  type By,
  type Decided,
  isLive,
  type Listing,
  moved,
  named,
  openDisputes,
} from './listing.ts';

const nothing = (listing: Listing): Decided => ({ state: listing, events: [], lines: [] });

/** Ends a living listing at once: REMOVED when it was published, else WITHDRAWN. */
function end(listing: Listing, endReason: string, note: string, by: By): Decided {
  const wasPublished = listing.state === 'PUBLISHED';
  const state = moved(listing, {
    state: wasPublished ? 'REMOVED' : 'WITHDRAWN',
    endReason,
    endedAt: by.at.toString(),
    heldState: undefined,
  });
  const value = { ...named(listing), reason: endReason, wasPublished };
  const what = wasPublished ? 'removed' : 'withdrawn';
  const text = note === '' ? endReason : `${endReason}: ${note}`;
  return { state, events: [{ $case: 'listingRemoved', value }], lines: [line(what, text)] };
}

/**
 * The reporter or a steward ends it at once, published or not; a dispute that was upheld and a
 * review do too. Fault: `refused` listing_ended.
 */
export function remove(listing: Listing, reason: string, note: string, by: By): Decided {
  if (!isLive(listing)) throw fault('refused', 'listing_ended', { state: listing.state });
  return end(listing, reason, note, by);
}

/**
 * The reporter takes back what is not published. A draft simply ends. Faults: `refused`
 * listing_published (remove it), listing_ended.
 */
export function withdraw(listing: Listing, reason: string, by: By): Decided {
  if (listing.state === 'PUBLISHED') throw fault('refused', 'listing_published');
  if (listing.state !== 'DRAFT') return remove(listing, 'withdrawn', reason, by);
  const endedAt = by.at.toString();
  const state = moved(listing, { state: 'WITHDRAWN', endReason: 'withdrawn', endedAt });
  return { state, events: [], lines: [line('withdrawn', reason)] };
}

function reviewAtOnce({ reviewDue }: Listing, { today }: By): string {
  const day = today.toString();
  return reviewDue < day ? reviewDue : day;
}

/**
 * What payment means for a listing, as a function of whether the claim is paid by all that is known
 * now: paid ends it at once, in the notice period as well as after publication; a bounced payment
 * undoes exactly that (domain.md 4), unless the time of the entry is over. A steward looks at once
 * at an entry that is published again, since nobody has decided it. The same facts in any order
 * give the same state.
 */
export function settle(listing: Listing, paid: boolean, by: By): Decided {
  if (paid && isLive(listing)) {
    const decided = end(listing, 'paid', '', by);
    return { ...decided, state: { ...decided.state, heldState: listing.state } };
  }
  const { heldState } = listing;
  if (paid || heldState === undefined) return nothing(listing);
  if (listing.expiresOn < by.today.toString()) return nothing(listing);
  const state = moved(listing, {
    state: heldState,
    endReason: '',
    endedAt: '',
    heldState: undefined,
    ...(heldState === 'PUBLISHED' ? { reviewDue: reviewAtOnce(listing, by) } : {}),
  });
  const events = heldState === 'PUBLISHED' ? [published(state)] : [];
  return { state, events, lines: [line('payment_bounced')] };
}

/**
 * What a day brings: an entry whose time is over expires; what could never be published any more
 * ends too.
 */
export function passDay(listing: Listing, by: By): Decided {
  if (!isLive(listing) || listing.expiresOn >= by.today.toString()) return nothing(listing);
  if (listing.state !== 'PUBLISHED') return end(listing, 'conduct_too_old', '', by);
  const endedAt = by.at.toString();
  const state = moved(listing, { state: 'EXPIRED', endReason: 'expired', endedAt });
  const events = [{ $case: 'listingExpired' as const, value: named(listing) }];
  return { state, events, lines: [line('expired')] };
}

export type NextStep =
  | 'submit'
  | 'serve_notice'
  | 'wait'
  | 'answer_dispute'
  | 'decide'
  | 'review'
  | '';

/** What has to be done next and until when; a wait is over after its day. */
export function nextStep(listing: Listing, today: string): { step: NextStep; due: string } {
  const { state, notice, protectedUntil, reviewDue } = listing;
  const open = openDisputes(listing).map((one) => one.answerBy);
  switch (state) {
    case 'DRAFT':
      return { step: 'submit', due: '' };
    case 'SUBMITTED':
      return { step: 'serve_notice', due: '' };
    case 'OBJECTED':
      return { step: 'answer_dispute', due: open.toSorted()[0] ?? '' };
    case 'NOTICED': {
      const until = [notice?.objectBy ?? '', protectedUntil].toSorted().at(-1) ?? '';
      return until >= today ? { step: 'wait', due: until } : { step: 'decide', due: '' };
    }
    case 'PUBLISHED':
      if (open.length > 0) return { step: 'answer_dispute', due: open.toSorted()[0] ?? '' };
      return { step: reviewDue <= today ? 'review' : '', due: reviewDue };
    case 'REJECTED':
    case 'WITHDRAWN':
    case 'REMOVED':
    case 'EXPIRED':
      return { step: '', due: '' };
    default:
      return state satisfies never;
  }
}

/**
 * The next day on which the clock has to look at it again: a period that is over, an answer that is
 * late, an expiry, a review. Empty when there is none.
 */
export function nextClockDay(listing: Listing, today: string): string {
  if (!isLive(listing)) return '';
  const lastDays = [
    listing.notice?.objectBy ?? '',
    listing.protectedUntil,
    listing.expiresOn,
    ...openDisputes(listing).map((one) => one.answerBy),
  ];
  const after = lastDays
    .filter((last) => last !== '' && last >= today)
    .map((last) => Temporal.PlainDate.from(last).add({ days: 1 }).toString());
  const review = listing.reviewDue > today ? [listing.reviewDue] : [];
  return [...after, ...review].toSorted()[0] ?? '';
}
