import { addDays, type Day, day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { PersonPapers } from './basis.ts';
import { line, refuseUnfit } from './draft.ts';
import {
  type By,
  type Decided,
  expiryOf,
  isProtected,
  type Listing,
  moved,
  named,
  type Steward,
} from './listing.ts';
import { refuseSteward } from './steward.ts';

export type VoteCommand = { agrees: boolean; reason: string };

/** What the decision looks at beside the listing. */
export type DecisionFacts = { steward: Steward | undefined; papers: PersonPapers };

function refuseUndecidable(listing: Listing, facts: DecisionFacts, by: By): void {
  const { state, notice, votes, protectedUntil } = listing;
  if (notice === undefined || !['NOTICED', 'OBJECTED'].includes(state)) {
    throw fault('refused', 'listing_not_decidable', { state });
  }
  refuseSteward(listing, facts.steward);
  if (votes.some((one) => one.steward.userId === by.actor.userId)) {
    throw fault('refused', 'steward_has_decided');
  }
  if (state === 'OBJECTED') throw fault('refused', 'objection_open');
  if (by.today.toString() <= notice.objectBy) {
    throw fault('refused', 'notice_period_running', { objectBy: notice.objectBy });
  }
  if (isProtected(listing, by.today)) {
    throw fault('refused', 'temporary_difficulty_protected', { protectedUntil });
  }
}

function publish(listing: Listing, by: By): Decided {
  const state = moved(listing, {
    state: 'PUBLISHED',
    publishedOn: by.today.toString(),
    expiresOn: expiryOf(listing.conductUntil, by.terms),
    reviewDue: by.today.add({ months: by.terms.reviewMonths }).toString(),
  });
  return { state, events: [published(state)], lines: [line('published', state.expiresOn)] };
}

export function published(listing: Listing): Decided['events'][number] {
  const { category, expiresOn } = listing;
  return {
    $case: 'listingPublished',
    value: { ...named(listing), category: `CATEGORY_${category}`, expiresOn },
  };
}

/**
 * One steward's vote. The last that is needed publishes; one that does not agree rejects. Faults in
 * this order: `refused` listing_not_decidable, steward_not_declared, steward_of_reporting_member,
 * steward_of_reporting_group, steward_has_decided, objection_open, notice_period_running,
 * temporary_difficulty_protected; when agreeing: conduct_too_old, evidence_incomplete, those of
 * `refuseWithoutBasis`.
 */
export function decide(
  listing: Listing,
  command: VoteCommand,
  facts: DecisionFacts,
  by: By,
): Decided {
  refuseUndecidable(listing, facts, by);
  const { agrees, reason } = command;
  const vote = { steward: by.actor, agrees, reason, at: by.at.toString() };
  const votes = [...listing.votes, vote];
  const voted = line(agrees ? 'vote_for' : 'vote_against', reason);
  if (!agrees) return withLine(voted, reject({ ...listing, votes }, 'steward_disagreed', by));
  const expiresOn = expiryOf(listing.conductUntil, by.terms);
  if (expiresOn < by.today.toString()) throw fault('refused', 'conduct_too_old', { expiresOn });
  refuseUnfit(listing, facts.papers, by);
  if (votes.length < by.terms.votes) {
    return { state: moved(listing, { votes }), events: [], lines: [voted] };
  }
  return withLine(voted, publish({ ...listing, votes }, by));
}

function withLine(first: Decided['lines'][number], decided: Decided): Decided {
  return { ...decided, lines: [first, ...decided.lines] };
}

/** Ends what is not published with the reason. */
export function reject(listing: Listing, endReason: string, by: By): Decided {
  const state = moved(listing, { state: 'REJECTED', endReason, endedAt: by.at.toString() });
  const value = { ...named(listing), reason: endReason };
  return {
    state,
    events: [{ $case: 'listingRejected', value }],
    lines: [line('rejected', endReason)],
  };
}

/** Faults: `refused` listing_not_alive, protection_is_for_companies, category_not_protectable. */
function refuseProtection(listing: Listing, by: By): void {
  const { state, kind, category } = listing;
  if (!['SUBMITTED', 'NOTICED', 'OBJECTED', 'PUBLISHED'].includes(state)) {
    throw fault('refused', 'listing_not_alive', { state });
  }
  if (kind !== 'COMPANY') throw fault('refused', 'protection_is_for_companies');
  if (by.terms.neverProtected.includes(category)) {
    throw fault('refused', 'category_not_protectable', { category });
  }
}

/**
 * A company in temporary difficulty is neither decided upon nor shown until a day (domain.md 7);
 * without a day the protection is lifted. Faults as above, then `refused` protection_in_the_past,
 * protection_too_long.
 */
export function protect(listing: Listing, until: Day | undefined, reason: string, by: By): Decided {
  refuseProtection(listing, by);
  if (until === undefined) {
    const state = moved(listing, { protectedUntil: '', protectedReason: '' });
    return { state, events: [], lines: [line('protection_lifted', reason)] };
  }
  const most = addDays(by.today, by.terms.protectMostDays).toString();
  const protectedUntil = until.toString();
  if (protectedUntil <= by.today.toString()) {
    throw fault('refused', 'protection_in_the_past', { until: protectedUntil });
  }
  if (protectedUntil > most) throw fault('refused', 'protection_too_long', { most });
  const state = moved(listing, { protectedUntil, protectedReason: reason });
  return { state, events: [], lines: [line('protected', `${protectedUntil} ${reason}`)] };
}

/**
 * The yearly review keeps it for another year. Faults: `refused` listing_not_published,
 * steward_not_declared, steward_of_reporting_member, steward_of_reporting_group.
 */
export function keepAfterReview(
  listing: Listing,
  reason: string,
  steward: Steward | undefined,
  by: By,
): Decided {
  if (listing.state !== 'PUBLISHED') {
    throw fault('refused', 'listing_not_published', { state: listing.state });
  }
  refuseSteward(listing, steward);
  const from = listing.reviewDue < by.today.toString() ? by.today : day(listing.reviewDue);
  const reviewDue = from.add({ months: by.terms.reviewMonths }).toString();
  return { state: moved(listing, { reviewDue }), events: [], lines: [line('reviewed', reason)] };
}
