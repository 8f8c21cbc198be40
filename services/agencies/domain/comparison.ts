import type { Day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { type Money, share, subtract, sum, zero } from '@recourse/kit/money.ts';
import type { CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import {
  amountLeft,
  capacityLeft,
  coversRegion,
  coversSector,
  type Load,
  type Profile,
} from './agency.ts';
import type { Conflict } from './conflict.ts';
import { type Reach, reachOf, type Weighed, weigh } from './reach.ts';
import type { Basis } from './placement.ts';
import {
  type Segment,
  segmentKey,
  type SegmentRecoveries,
  type SegmentRecovery,
} from './segment.ts';
import { expectedCommission, priceOf } from './price.ts';

/** An agency that might get the cases. */
export type Candidate = {
  profile: Profile;
  load: Load;
  /** What it recovers of cases of a segment; nothing while its record is too small to say. */
  recoveryIn: SegmentRecoveries;
  /** Standing declarations about it that the creditor sees. */
  conflicts: readonly Conflict[];
};

/** Figures of the cases of one currency. */
export type Figures = {
  currency: string;
  cases: number;
  open: Money;
  /** Commission by the list terms if all came in; absent where they are of another currency. */
  price: Money | undefined;
  /** Absent while the agency's record is too small to say. */
  expectedRecovery: Money | undefined;
  expectedNet: Money | undefined;
};

/** A segment that some of the cases are in, and what the agency recovers there. */
export type OfferedSegment = {
  segment: Segment;
  cases: number;
  recovery: SegmentRecovery | undefined;
};

export type Offer = {
  candidate: Candidate;
  /** Most cases first. */
  byCurrency: Figures[];
  regionsCovered: number;
  regionsAsked: number;
  sectorsCovered: number;
  sectorsAsked: number;
  capacityLeft: number;
  amountLeft: Money;
  /** Which of the cases it may be given as things stand, and what keeps it from the others. */
  reach: Reach;
  /** Expected net of the cases it may be given, in the currency of most cases. */
  placeableNet: Money | undefined;
  /** Most cases first. */
  segments: OfferedSegment[];
};

/** At most this many agencies stand side by side (portal.md, Agencies compare). */
export const mostCompared = 4;

function byCurrency(cases: readonly Weighed[]): [string, Weighed[]][] {
  const groups = Map.groupBy(cases, ({ basis }) => basis.open.currency);
  return [...groups].sort(
    ([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1),
  );
}

/** What the cases owe, one amount per currency, the currency of most cases first. */
export function openByCurrency(bases: readonly Basis[]): Money[] {
  const groups = Map.groupBy(bases, (basis) => basis.open.currency);
  return [...groups]
    .sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
    .map(([currency, those]) =>
      sum(
        those.map((basis) => basis.open),
        currency,
      ),
    );
}

function figures(candidate: Candidate, currency: string, cases: readonly Weighed[]): Figures {
  const { profile, recoveryIn } = candidate;
  const total = (of: (basis: Basis) => Money): Money =>
    sum(
      cases.map(({ basis }) => of(basis)),
      currency,
    );
  // P(recovery | agency, segment) × amount, and less the commission on it.
  const made = cases.flatMap(({ basis, segment }) => {
    const recovery = recoveryIn(segment);
    if (recovery === undefined) return [];
    const expected = share(basis.open, BigInt(recovery.rateBps), 10_000n, 'half-even');
    const cost = expectedCommission(profile.listTerms, basis, recovery.rateBps);
    return [{ expected, net: cost && subtract(expected, cost) }];
  });
  const all = (amounts: readonly (Money | undefined)[]): Money | undefined => {
    const known = amounts.filter((amount) => amount !== undefined);
    return known.length === cases.length ? sum(known, currency) : undefined;
  };
  return {
    currency,
    cases: cases.length,
    open: total((basis) => basis.open),
    price: all(cases.map(({ basis }) => priceOf(profile.listTerms, basis))),
    expectedRecovery: all(made.map((one) => one.expected)),
    expectedNet: all(made.map((one) => one.net)),
  };
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)].filter((word) => word !== '');
}

/** The segments of the cases, most cases first. */
function segmentsOf(cases: readonly Weighed[]): { segment: Segment; cases: number }[] {
  const groups = Map.groupBy(cases, ({ segment }) => segmentKey(segment));
  return [...groups.values()]
    .flatMap((those) => {
      const segment = those[0]?.segment;
      if (segment === undefined) return [];
      return [{ segment, cases: those.length }];
    })
    .sort((a, b) => b.cases - a.cases || (segmentKey(a.segment) < segmentKey(b.segment) ? -1 : 1));
}

/** What the offers have in common: the cases, weighed once. */
type Asked = {
  cases: readonly Weighed[];
  groups: [string, Weighed[]][];
  regions: readonly string[];
  sectors: readonly string[];
  segments: readonly { segment: Segment; cases: number }[];
};

function askedOf(bases: readonly Basis[], today: Day): Asked {
  const cases = weigh(bases, today);
  return {
    cases,
    groups: byCurrency(cases),
    segments: segmentsOf(cases),
    regions: distinct(bases.map((basis) => basis.region)),
    sectors: distinct(bases.map((basis) => basis.industry)),
  };
}

function offerOf(candidate: Candidate, asked: Asked, today: Day): Offer {
  const { profile, load, conflicts } = candidate;
  const { cases, groups, regions, sectors } = asked;
  const reach = reachOf(profile, load, conflicts, cases, today);
  const main = groups[0]?.[0] ?? '';
  const placeable = reach.placeable.filter(({ basis }) => basis.open.currency === main);
  return {
    candidate,
    byCurrency: groups.map(([currency, those]) => figures(candidate, currency, those)),
    regionsCovered: regions.filter((region) => coversRegion(profile, region)).length,
    regionsAsked: regions.length,
    sectorsCovered: sectors.filter((sector) => coversSector(profile, sector)).length,
    sectorsAsked: sectors.length,
    capacityLeft: capacityLeft(profile, load),
    amountLeft: amountLeft(profile, load, today),
    reach,
    placeableNet: figures(candidate, main, placeable).expectedNet,
    segments: asked.segments.map((one) => ({
      ...one,
      recovery: candidate.recoveryIn(one.segment),
    })),
  };
}

function order<T extends number | bigint>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** 0 for an agency that may be given all that can be placed at all, 1 for some, 2 for none. */
function rankOfReach({ reach }: Offer): number {
  const { placeable, free } = reach;
  return placeable.length === 0 ? 2 : placeable.length < free ? 1 : 0;
}

/**
 * Agencies that may take all first, then those that may take some; then by expected net of what
 * they may take, then (nothing being known) by lower price.
 */
function better(a: Offer, b: Offer): number {
  const [left, right] = [a.byCurrency[0], b.byCurrency[0]];
  if (left === undefined || right === undefined) return 0;
  const free = order(rankOfReach(a), rankOfReach(b));
  if (free !== 0) return free;
  const known = order(left.expectedNet ? 0 : 1, right.expectedNet ? 0 : 1);
  if (known !== 0) return known;
  const net = subtract(
    b.placeableNet ?? zero(right.currency),
    a.placeableNet ?? zero(left.currency),
  );
  if (net.minor !== 0n) return net.minor > 0n ? 1 : -1;
  const priced = order(left.price ? 0 : 1, right.price ? 0 : 1);
  if (priced !== 0) return priced;
  const price = order(left.price?.minor ?? 0n, right.price?.minor ?? 0n);
  if (price !== 0) return price;
  return a.candidate.profile.name < b.candidate.profile.name ? -1 : 1;
}

/** All candidates for these very cases, the best by expected net first; `missing` case_missing. */
function ranked(candidates: readonly Candidate[], bases: readonly Basis[], today: Day): Offer[] {
  if (bases.length === 0) throw fault('missing', 'case_missing');
  const asked = askedOf(bases, today);
  return candidates.map((candidate) => offerOf(candidate, asked, today)).sort(better);
}

/**
 * Bids side by side for these very cases, in the order of `compareAgencies` but each by the terms
 * that it bids and not by the agency's list: what counts is expected net of what the bidder may be
 * given, so that the cheapest does not simply win (domain.md section 6.3). Faults: `missing`
 * case_missing when no case is known.
 */
export function compareBids(
  bids: readonly { candidate: Candidate; terms: CommissionTerms }[],
  bases: readonly Basis[],
  today: Day,
): Offer[] {
  const candidates = bids.map(({ candidate, terms }) => {
    return { ...candidate, profile: { ...candidate.profile, listTerms: terms } };
  });
  return ranked(candidates, bases, today);
}

/**
 * Agencies side by side for these very cases: price by their list terms, expected recovery by what
 * each recovers in the segment of each case, regions and sectors covered, capacity, and the hard
 * limits in the way. `named` are shown in the order asked, otherwise the best four by expected net
 * of the currency that most cases are in (domain.md section 6.3). Faults: `missing` case_missing
 * when no case is known.
 */
export function compareAgencies(
  candidates: readonly Candidate[],
  bases: readonly Basis[],
  named: readonly string[],
  today: Day,
): Offer[] {
  const offers = ranked(candidates, bases, today);
  if (named.length === 0) return offers.slice(0, mostCompared);
  return named.flatMap((agencyId) =>
    offers.filter((offer) => offer.candidate.profile.agencyId === agencyId),
  );
}
