import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import {
  addTallies,
  emptyTally,
  meanDaysToFirstPaymentTenths,
  type Outcome,
  recovery,
  tally,
} from './record.ts';

const today = day('2026-03-04');

function outcome(more: Partial<Outcome> = {}): Outcome {
  return {
    currency: 'CNY',
    daysOverdue: 60,
    industry: '机械',
    placedMinor: 100_000n,
    recoveredMinor: 50_000n,
    acceptedOn: day('2025-06-01'),
    ended: true,
    firstPaymentOn: day('2025-06-11'),
    ...more,
  };
}

const many = (count: number, more: Partial<Outcome> = {}): Outcome[] =>
  Array.from({ length: count }, () => outcome(more));

describe('a tally', () => {
  it.each([
    ['an ended one', {}, 1],
    ['a running one of 90 days', { ended: false, acceptedOn: day('2025-12-04') }, 1],
    ['not a younger one', { ended: false, acceptedOn: day('2025-12-05') }, 0],
    ['a young one that has ended', { acceptedOn: day('2026-03-01') }, 1],
  ])('counts %s', (_name, more, sample) => {
    expect(tally([outcome(more)], today).sample).toBe(sample);
  });

  it.each([
    [50_000n, 5_000],
    [0n, 0],
    [-10n, 0],
    [250_000n, 10_000],
  ])('takes %s of 100,000 recovered as %s bps', (recoveredMinor, shareSumBps) => {
    expect(tally([outcome({ recoveredMinor })], today).shareSumBps).toBe(shareSumBps);
  });

  it('measures the days to the first payment over those that paid', () => {
    const made = tally([outcome(), outcome({ firstPaymentOn: undefined })], today);
    expect(meanDaysToFirstPaymentTenths(made)).toBe(100);
    expect(meanDaysToFirstPaymentTenths(emptyTally)).toBe(0);
  });
});

describe('recovery', () => {
  const platform = tally([...many(300, { recoveredMinor: 40_000n })], today);

  it('says nothing below 20 placements', () => {
    expect(recovery(tally(many(19), today), platform, today)).toBeUndefined();
  });

  // p = (20·0.9 + 20·0.4)/40 = 0.65; half = 1.6449·√(0.65·0.35/41) = 0.1225.
  it('of a small agency leans to the platform, with the interval computed by hand', () => {
    const own = tally(many(20, { recoveredMinor: 90_000n }), today);
    expect(recovery(own, platform, today)).toEqual({ rateBps: 6500, lowBps: 5275, highBps: 7725 });
  });

  it('of a large agency stands on its own, in a narrower interval', () => {
    const own = tally(many(2000, { recoveredMinor: 90_000n }), today);
    const made = recovery(own, addTallies(platform, own), today);
    expect(made?.rateBps).toBeGreaterThan(8950);
    expect((made?.highBps ?? 0) - (made?.lowBps ?? 0)).toBeLessThan(250);
  });

  it('stays within nothing and everything', () => {
    const own = tally(many(25, { recoveredMinor: 0n }), today);
    expect(recovery(own, own, today)).toEqual({ rateBps: 0, lowBps: 0, highBps: 0 });
  });
});
