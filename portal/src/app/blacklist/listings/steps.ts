import { ListingState } from '@recourse/proto/web/blacklist/v1/listings';
import type { Listing } from '@recourse/proto/web/blacklist/v1/listings';

/** Who looks at a listing, as far as its buttons depend on it. */
export type Viewer = { isDrafter: boolean; isHander: boolean; isSteward: boolean; userId: string };

/** What may be offered now; the server decides in the end. */
export type May = {
  evidence: boolean;
  submit: boolean;
  withdraw: boolean;
  remove: boolean;
  giveBack: boolean;
  serve: boolean;
  dispute: boolean;
  decide: boolean;
  statement: boolean;
  protect: boolean;
  review: boolean;
  reply: boolean;
  answer: boolean;
};

const beforePublishing: readonly ListingState[] = [
  ListingState.DRAFT,
  ListingState.SUBMITTED,
  ListingState.NOTICED,
  ListingState.OBJECTED,
];
const told: readonly ListingState[] = [
  ListingState.NOTICED,
  ListingState.OBJECTED,
  ListingState.PUBLISHED,
];

export function mayDo(listing: Listing | undefined, viewer: Viewer): May {
  const { isDrafter, isHander, isSteward, userId } = viewer;
  const state = listing?.state ?? ListingState.UNSPECIFIED;
  const isTold = told.includes(state);
  const isDraft = state === ListingState.DRAFT;
  const isPublished = state === ListingState.PUBLISHED;
  const hasVoted = listing?.votes.some((vote) => vote.steward?.userId === userId) ?? false;
  return {
    evidence: isDrafter && isDraft,
    submit: isHander && isDraft,
    withdraw: isHander && beforePublishing.includes(state),
    remove: (isHander || isSteward) && isPublished,
    giveBack: isSteward && state === ListingState.SUBMITTED,
    serve: isSteward && state === ListingState.SUBMITTED,
    dispute: isSteward && isTold,
    decide: isSteward && listing?.nextStep === 'decide' && !hasVoted,
    statement: isSteward && isTold,
    protect: isSteward && isTold,
    review: isSteward && isPublished && listing?.nextStep === 'review',
    reply: (isHander || isSteward) && isTold,
    answer: isSteward && isTold,
  };
}
