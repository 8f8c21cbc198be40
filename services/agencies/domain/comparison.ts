import type { Day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { type Money, share, subtract, sum, zero } from '@recourse/kit/money.ts';
import {
  capacityLeft,
  coversRegion,
  coversSector,
  expiredLicences,
  type Load,
  type Profile,
} from './agency.ts';
import type { Basis } from './placement.ts';
import type { Recovery } from './record.ts';
import { rateFor } from './terms.ts';

/** An agency that might get the cases. */
export type Candidate = { profile: Profile; load: Load; recovery: Recovery | undefined };

/** Figures of the cases of one currency. */
export type Figures = {
  currency: string;
  cases: number;
  open: Money;
  /** Commission by the list terms if everything came in. */
  price: Money;
  /** Absent while the agency's record is too small to say. */
  expectedRecovery: Money | undefined;
  expectedNet: Money | undefined;
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
  obstacles: string[];
};

/** At most this many agencies stand side by side (portal.md, Agencies compare). */
export const mostCompared = 4;

function byCurrency(bases: readonly Basis[]): [string, Basis[]][] {
  const groups = Map.groupBy(bases, (basis) => basis.open.currency);
  return [...groups].sort(
    ([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1),
  );
}

/** What the cases owe, one amount per currency, the currency of most cases first. */
export function openByCurrency(bases: readonly Basis[]): Money[] {
  return byCurrency(bases).map(([currency, those]) =>
    sum(
      those.map((basis) => basis.open),
      currency,
    ),
  );
}

function commission(profile: Profile, basis: Basis, amount: Money): Money {
  const rate = rateFor(profile.listTerms, basis.daysOverdue);
  return share(amount, BigInt(rate), 10_000n, 'half-even');
}

function figures(candidate: Candidate, currency: string, bases: readonly Basis[]): Figures {
  const { profile, recovery } = candidate;
  const total = (of: (basis: Basis) => Money): Money => sum(bases.map(of), currency);
  const expected = (basis: Basis): Money =>
    recovery === undefined
      ? zero(currency)
      : share(basis.open, BigInt(recovery.rateBps), 10_000n, 'half-even');
  const net = (basis: Basis): Money => {
    const amount = expected(basis);
    return subtract(amount, commission(profile, basis, amount));
  };
  return {
    currency,
    cases: bases.length,
    open: total((basis) => basis.open),
    price: total((basis) => commission(profile, basis, basis.open)),
    expectedRecovery: recovery === undefined ? undefined : total(expected),
    expectedNet: recovery === undefined ? undefined : total(net),
  };
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)].filter((word) => word !== '');
}

function offerOf(candidate: Candidate, bases: readonly Basis[], today: Day): Offer {
  const { profile, load } = candidate;
  const regions = distinct(bases.map((basis) => basis.region));
  const sectors = distinct(bases.map((basis) => basis.industry));
  const left = capacityLeft(profile, load);
  const obstacles: string[] = [];
  if (expiredLicences(profile, today).length > 0) obstacles.push('licence_expired');
  if (left < bases.length) obstacles.push('capacity_exceeded');
  return {
    candidate,
    byCurrency: byCurrency(bases).map(([currency, those]) => figures(candidate, currency, those)),
    regionsCovered: regions.filter((region) => coversRegion(profile, region)).length,
    regionsAsked: regions.length,
    sectorsCovered: sectors.filter((sector) => coversSector(profile, sector)).length,
    sectorsAsked: sectors.length,
    capacityLeft: left,
    obstacles,
  };
}

function order(left: number, right: number): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Without obstacles first, then by expected net, then (nothing being known) by lower price. */
function better(a: Offer, b: Offer): number {
  const [left, right] = [a.byCurrency[0], b.byCurrency[0]];
  if (left === undefined || right === undefined) return 0;
  const free = order(a.obstacles.length, b.obstacles.length);
  if (free !== 0) return free;
  const known = order(left.expectedNet ? 0 : 1, right.expectedNet ? 0 : 1);
  if (known !== 0) return known;
  const net = subtract(
    right.expectedNet ?? zero(right.currency),
    left.expectedNet ?? zero(left.currency),
  );
  if (net.minor !== 0n) return net.minor > 0n ? 1 : -1;
  const price = subtract(left.price, right.price).minor;
  if (price !== 0n) return price > 0n ? 1 : -1;
  return a.candidate.profile.name < b.candidate.profile.name ? -1 : 1;
}

/**
 * Agencies side by side for these very cases: price and expected recovery by their list terms,
 * regions and sectors covered, capacity, obstacles. `named` are shown in the order asked, otherwise
 * the best four by expected net of the currency that most cases are in. Faults: `missing`
 * case_missing when no case is known.
 */
export function compareAgencies(
  candidates: readonly Candidate[],
  bases: readonly Basis[],
  named: readonly string[],
  today: Day,
): Offer[] {
  if (bases.length === 0) throw fault('missing', 'case_missing');
  const offers = candidates.map((candidate) => offerOf(candidate, bases, today));
  if (named.length === 0) return offers.sort(better).slice(0, mostCompared);
  return named.flatMap((agencyId) =>
    offers.filter((offer) => offer.candidate.profile.agencyId === agencyId),
  );
}
