import type { Day } from '@recourse/kit/day.ts';
import type { Money } from '@recourse/kit/money.ts';
import { roughly } from '@recourse/kit/round-rates.ts';
import { type Outcome, type Recovery, ripeOutcomes, shareBps, z90 } from './record.ts';
import { recordRule, ruleOn, segmentBands } from './rules.ts';

/** Cases that are alike: a band of age, a band of amount, an industry. */
export type Segment = { fromDays: number; fromMinor: bigint; industry: string };

/** What placements of one segment brought; sums, so that the platform's are sums of them. */
export type SegmentTally = Segment & {
  sample: number;
  /** Sum over placements of the share recovered, each 0 to 10,000 basis points. */
  shareSumBps: number;
};

/** The segment of a case; an amount without a round rate is of the first band. */
export function segmentOf(
  one: { daysOverdue: number; open: Money; industry: string },
  today: Day,
): Segment {
  const { fromDays, fromMinor, currency } = ruleOn(segmentBands, today);
  const amount = roughly(one.open, currency)?.minor ?? 0n;
  return {
    fromDays: fromDays.filter((from) => from <= Math.max(0, one.daysOverdue)).at(-1) ?? 0,
    fromMinor: fromMinor.filter((from) => from <= amount).at(-1) ?? 0n,
    industry: one.industry.trim(),
  };
}

export function segmentKey({ fromDays, fromMinor, industry }: Segment): string {
  return `${fromDays} ${fromMinor} ${industry}`;
}

/** Counts what is ripe, segment by segment as each placement stood when it was placed. */
export function segmentTallies(outcomes: readonly Outcome[], today: Day): SegmentTally[] {
  const byKey = Map.groupBy(
    ripeOutcomes(outcomes, today).map((one) => {
      const open = { currency: one.currency, minor: one.placedMinor };
      return { ...segmentOf({ ...one, open }, today), bps: shareBps(one) };
    }),
    segmentKey,
  );
  return [...byKey.values()].flatMap((those) => {
    const [first] = those;
    if (first === undefined) return [];
    const { fromDays, fromMinor, industry } = first;
    const shareSumBps = those.reduce((sum, one) => sum + one.bps, 0);
    return [{ fromDays, fromMinor, industry, sample: those.length, shareSumBps }];
  });
}

/** Where a segment ends: the last day of its age, and the amount that is no longer in it. */
export function segmentEnds(
  segment: Segment,
  today: Day,
): { toDays: number | undefined; from: Money; to: Money | undefined } {
  const { fromDays, fromMinor, currency } = ruleOn(segmentBands, today);
  const days = fromDays.find((from) => from > segment.fromDays);
  const minor = fromMinor.find((from) => from > segment.fromMinor);
  return {
    toDays: days === undefined ? undefined : days - 1,
    from: { currency, minor: segment.fromMinor },
    to: minor === undefined ? undefined : { currency, minor },
  };
}

export type SegmentRecovery = Recovery & { sample: number };

/** Sums of one agency and of the platform, ready to be asked segment by segment. */
export type SegmentRecoveries = (segment: Segment) => SegmentRecovery | undefined;

type Sum = { sample: number; share: number };

function sumOf(tallies: readonly SegmentTally[]): Sum {
  return tallies.reduce(
    (sum, one) => ({
      sample: sum.sample + one.sample,
      share: sum.share + one.shareSumBps / 10_000,
    }),
    { sample: 0, share: 0 },
  );
}

/** What agencies bring of each segment, drawn to what they bring of all (`priorWeight`). */
export type PlatformRates = (segment: Segment) => number;

export function platformRates(platform: readonly SegmentTally[], today: Day): PlatformRates {
  const { priorWeight } = ruleOn(recordRule, today);
  const whole = sumOf(platform);
  const mean = whole.sample === 0 ? 0 : whole.share / whole.sample;
  const byKey = new Map(platform.map((one) => [segmentKey(one), one]));
  return (segment) => {
    const one = byKey.get(segmentKey(segment));
    const share = (one?.shareSumBps ?? 0) / 10_000;
    return (share + priorWeight * mean) / ((one?.sample ?? 0) + priorWeight);
  };
}

/**
 * P(recovery | agency, segment) with a 90 % interval (domain.md sections 6.3 and 6.9), in three
 * steps that each shrink by `priorWeight` placements k, as the record as a whole does (`recovery`):
 * what agencies bring of the segment is drawn to what they bring of all, giving pₛ; the agency's
 * own
 * outcomes against Σ n·pₛ of its mix, drawn to 1, say how much better it is, ρ; and its own
 * outcomes
 * in the segment are drawn to ρ·pₛ, so that r = (Σ share + k·ρ·pₛ) / (n + k) with the interval
 * r ± z·√(r(1−r)/(n+k+1)). An agency without a case in the segment stands at ρ·pₛ. Undefined while
 * the agency has fewer than `leastSample` placements in all.
 */
export function segmentRecoveries(
  own: readonly SegmentTally[],
  rates: PlatformRates,
  today: Day,
): SegmentRecoveries {
  const { leastSample, priorWeight } = ruleOn(recordRule, today);
  const whole = sumOf(own);
  if (whole.sample < leastSample) return () => undefined;
  const expected = own.reduce((sum, one) => sum + one.sample * rates(one), 0);
  const drawn = (priorWeight * expected) / whole.sample;
  const ratio = expected <= 0 ? 1 : (whole.share + drawn) / (expected + drawn);
  const byKey = new Map(own.map((one) => [segmentKey(one), one]));
  const made = new Map<string, SegmentRecovery>();
  const recoveryOf = (segment: Segment): SegmentRecovery => {
    const { sample, share } = sumOf([byKey.get(segmentKey(segment)) ?? []].flat());
    const prior = Math.min(1, ratio * rates(segment));
    const weight = sample + priorWeight;
    const rate = (share + priorWeight * prior) / weight;
    const half = z90 * Math.sqrt((rate * (1 - rate)) / (weight + 1));
    const bps = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 10_000);
    return { sample, rateBps: bps(rate), lowBps: bps(rate - half), highBps: bps(rate + half) };
  };
  return (segment) => {
    const key = segmentKey(segment);
    const found = made.get(key) ?? recoveryOf(segment);
    made.set(key, found);
    return found;
  };
}
