import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import type { Outcome } from './record.ts';
import {
  platformRates,
  type Segment,
  segmentEnds,
  segmentOf,
  segmentRecoveries,
  segmentTallies,
  type SegmentTally,
} from './segment.ts';

const today = day('2026-03-04');
const young: Segment = { fromDays: 0, fromMinor: 0n, industry: '机械' };
const old: Segment = { fromDays: 181, fromMinor: 0n, industry: '机械' };

function brought(segment: Segment, sample: number, rate: number): SegmentTally {
  return { ...segment, sample, shareSumBps: Math.round(sample * rate * 10_000) };
}

describe('the segment of a case', () => {
  it.each([
    [-3, 'CNY', 4_999_999n, 0, 0n],
    [30, 'CNY', 5_000_000n, 0, 5_000_000n],
    [31, 'CNY', 19_999_999n, 31, 5_000_000n],
    [400, 'CNY', 900_000_000n, 361, 100_000_000n],
    [90, 'USD', 14_285_715n, 31, 100_000_000n],
    [91, 'XAU', 14_285_715n, 91, 0n],
  ])('%s days and %s %s: from %s days, %s', (daysOverdue, currency, minor, fromDays, fromMinor) => {
    const one = { daysOverdue, open: { currency, minor }, industry: ' 机械 ' };
    expect(segmentOf(one, today)).toEqual({ fromDays, fromMinor, industry: '机械' });
  });

  it('ends where the next begins', () => {
    expect(segmentEnds(young, today)).toMatchObject({ toDays: 30, to: { minor: 5_000_000n } });
    const last = { fromDays: 361, fromMinor: 100_000_000n, industry: '' };
    expect(segmentEnds(last, today)).toMatchObject({ toDays: undefined, to: undefined });
  });

  it('counts what is ripe, as it stood when it was placed', () => {
    const one: Outcome = {
      currency: 'CNY',
      daysOverdue: 10,
      industry: '机械',
      placedMinor: 100n,
      recoveredMinor: 25n,
      acceptedOn: day('2026-03-01'),
      ended: true,
      firstPaymentOn: undefined,
    };
    const running = { ...one, ended: false };
    expect(segmentTallies([one, one, running, { ...one, daysOverdue: 200 }], today)).toEqual([
      { ...young, sample: 2, shareSumBps: 5_000 },
      { ...old, sample: 1, shareSumBps: 2_500 },
    ]);
  });
});

describe('recovery in a segment', () => {
  const platform = [brought(young, 980, 0.6), brought(old, 980, 0.2)];
  const rates = platformRates(platform, today);

  it('of the platform is drawn to its mean by 20 placements', () => {
    // (980·0.6 + 20·0.4) / 1000
    expect(rates(young)).toBeCloseTo(0.596, 10);
    expect(rates(old)).toBeCloseTo(0.204, 10);
    expect(rates({ ...young, industry: '建材' })).toBeCloseTo(0.4, 10);
  });

  it('is not told of an agency with fewer than 20 placements', () => {
    expect(segmentRecoveries([brought(young, 19, 0.9)], rates, today)(young)).toBeUndefined();
  });

  // ρ = (20·0.9 + 20·0.596) / (20·0.596 + 20·0.596) = 29.92/23.84 = 1.25503; ρ·pₛ = 0.748;
  // r = (18 + 14.96) / 40 = 0.824; half = 1.6449·√(0.824·0.176/41) = 0.0978.
  it('of a small agency is drawn to what agencies of its kind bring, computed by hand', () => {
    const own = segmentRecoveries([brought(young, 20, 0.9)], rates, today);
    expect(own(young)).toEqual({ sample: 20, rateBps: 8240, lowBps: 7262, highBps: 9218 });
  });

  // ρ·p = 1.25503·0.204 = 0.25603; half = 1.6449·√(0.25603·0.74397/21) = 0.15666.
  it('where it has none yet is what such cases bring, times how much better it is', () => {
    const own = segmentRecoveries([brought(young, 20, 0.9)], rates, today);
    expect(own(old)).toEqual({ sample: 0, rateBps: 2560, lowBps: 994, highBps: 4127 });
  });

  it('tells an agency that is good at old cases from one that is good at young ones', () => {
    const fresh = segmentRecoveries(
      [brought(young, 200, 0.8), brought(old, 200, 0.1)],
      rates,
      today,
    );
    const stale = segmentRecoveries(
      [brought(young, 200, 0.4), brought(old, 200, 0.5)],
      rates,
      today,
    );
    expect(fresh(young)?.rateBps).toBeGreaterThan(stale(young)?.highBps ?? 0);
    expect(stale(old)?.lowBps).toBeGreaterThan(fresh(old)?.highBps ?? 0);
  });

  it('stays within nothing and everything', () => {
    const all = segmentRecoveries([brought(young, 500, 1)], rates, today);
    expect(all(young)?.highBps).toBe(10_000);
    const none = [brought(young, 50, 0)];
    const alone = segmentRecoveries(none, platformRates(none, today), today);
    expect(alone(young)).toEqual({ sample: 50, rateBps: 0, lowBps: 0, highBps: 0 });
  });
});
