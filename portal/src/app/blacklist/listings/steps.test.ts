import { describe, expect, it } from '@jest/globals';
import { Listing, ListingState } from '@recourse/proto/web/blacklist/v1/listings';
import { AmountBand } from '@recourse/proto/web/blacklist/v1/subject';
import { bandOf } from './draft-form';
import { listOf } from './listing-text';
import { mayDo } from './steps';

const nobody = { isDrafter: false, isHander: false, isSteward: false, userId: 'u' };
const reporter = { ...nobody, isDrafter: true, isHander: true };
const steward = { ...nobody, isSteward: true };

function offered(
  state: ListingState,
  viewer: typeof nobody,
  more: { nextStep?: string; votes?: { steward: { userId: string } }[] } = {},
): string[] {
  const may = mayDo(Listing.fromPartial({ state, ...more }), viewer);
  return Object.entries(may).flatMap(([name, is]) => (is ? [name] : []));
}

describe('what a listing offers', () => {
  it.each([
    [ListingState.DRAFT, reporter, ['evidence', 'submit', 'withdraw']],
    [ListingState.DRAFT, steward, []],
    [ListingState.SUBMITTED, steward, ['giveBack', 'serve']],
    [ListingState.SUBMITTED, reporter, ['withdraw']],
    [ListingState.PUBLISHED, reporter, ['remove', 'reply']],
    [ListingState.REJECTED, steward, []],
    [ListingState.PUBLISHED, nobody, []],
  ])('in %s to %j is %j', (state, viewer, names) => {
    expect(offered(state, viewer)).toEqual(names);
  });

  it('is a vote only once to each steward, when it is time to decide', () => {
    const nextStep = 'decide';
    const votes = [{ steward: { userId: 'u' } }];
    expect(offered(ListingState.NOTICED, steward)).not.toContain('decide');
    expect(offered(ListingState.NOTICED, steward, { nextStep })).toContain('decide');
    expect(offered(ListingState.NOTICED, steward, { nextStep, votes })).not.toContain('decide');
  });
});

it.each([
  [9_999_999n, AmountBand.UNDER_100K],
  [10_000_000n, AmountBand.FROM_100K],
  [50_000_000n, AmountBand.FROM_500K],
  [100_000_000n, AmountBand.FROM_1M],
  [500_000_000n, AmountBand.FROM_5M],
])('%s fen fall into %s', (minor, band) => {
  expect(bandOf({ currency: 'CNY', minor })).toBe(band);
  expect(bandOf({ currency: 'USD', minor })).toBeUndefined();
});

it('divides aliases by commas of both kinds', () => {
  expect(listOf('恒达，恒达机械, Hengda;')).toEqual(['恒达', '恒达机械', 'Hengda']);
});
