import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Money } from '@recourse/kit/money.ts';
import type { Call } from '@recourse/kit/rpc.ts';
import type {
  AgencyOffer,
  AssumedLoad,
  CompareAgenciesRequest,
  CompareAgenciesResponse,
  SegmentRecovery,
} from '@recourse/proto/agencies/v1/agencies.ts';
import type { Load } from '../domain/agency.ts';
import {
  type Candidate,
  compareAgencies,
  type Offer,
  type OfferedSegment,
  openByCurrency,
} from '../domain/comparison.ts';
import { loadMinorOf } from '../domain/limits.ts';
import { creditorDay } from '../domain/placement.ts';
import type { Tally } from '../domain/record.ts';
import { platformRates, segmentEnds, segmentRecoveries } from '../domain/segment.ts';
import { type Known, knownAgencies, platformTally } from '../store/agencies.ts';
import { standingConflicts } from '../store/conflicts.ts';
import { platformSegments, segmentsOfAgencies } from '../store/segments.ts';
import { agencyMessage } from './agency-message.ts';
import { askBases, withCodes } from './bases.ts';
import type { Rooms } from './rooms.ts';

function segmentMessage({ segment, cases, recovery }: OfferedSegment, today: Day): SegmentRecovery {
  const { toDays, from, to } = segmentEnds(segment, today);
  return {
    fromDaysOverdue: segment.fromDays,
    toDaysOverdue: toDays ?? 0,
    fromAmount: from,
    toAmount: to,
    industry: segment.industry,
    cases,
    sample: BigInt(recovery?.sample ?? 0),
    recoveryBps: recovery?.rateBps ?? 0,
    recoveryLowBps: recovery?.lowBps ?? 0,
    recoveryHighBps: recovery?.highBps ?? 0,
  };
}

function offerMessage(offer: Offer, known: Known, platform: Tally, today: Day): AgencyOffer {
  const { regionsCovered, regionsAsked, sectorsCovered, sectorsAsked, reach } = offer;
  const [main] = offer.byCurrency;
  const { currency } = offer.amountLeft;
  return {
    agency: agencyMessage(known, platform, today),
    price: main?.price,
    expectedRecovery: main?.expectedRecovery,
    expectedNet: main?.expectedNet,
    regionsCovered,
    regionsAsked,
    sectorsCovered,
    sectorsAsked,
    obstacles: reach.kept.map((one) => one.reason),
    capacityLeft: offer.capacityLeft,
    byCurrency: offer.byCurrency.map((made) => ({ ...made })),
    limits: reach.kept.map((one) => ({ ...one, cases: one.caseIds.length })),
    placeableCases: reach.placeable.length,
    placeableAmount: { currency, minor: reach.placeableMinor },
    placeableNet: offer.placeableNet,
    regionUnknown: reach.regionUnknown,
    amountLeft: offer.amountLeft,
    segments: offer.segments.map((one) => segmentMessage(one, today)),
  };
}

/** What an agency has, and what it is taken to have besides. */
function assumedLoad(load: Load, assumed: readonly AssumedLoad[], id: string, today: Day): Load {
  const more = assumed.filter(({ agencyId }) => agencyId === id);
  const minor = more.map(({ amount }) => (amount === undefined ? 0n : loadMinorOf(amount, today)));
  return {
    ...load,
    offered: more.reduce((sum, { cases }) => sum + cases, load.offered),
    openMinor: minor.reduce((sum, one) => sum + one, load.openMinor),
  };
}

/** What agencies are compared by; all of them when none are named. */
export type Market = {
  candidates: Candidate[];
  /** An offer as it is answered; none for an agency that is no longer there. */
  message(offer: Offer): AgencyOffer | undefined;
};

export async function readMarket(
  tx: Tx,
  agencyIds: readonly string[],
  today: Day,
): Promise<Market> {
  const agencies = await knownAgencies(tx, agencyIds);
  const platform = await platformTally(tx);
  const conflicts = await standingConflicts(tx, agencyIds);
  const rates = platformRates(await platformSegments(tx), today);
  const segments = await segmentsOfAgencies(tx, agencyIds);
  const byId = new Map(agencies.map((known) => [known.profile.agencyId, known]));
  return {
    candidates: agencies.map(({ profile, load }) => ({
      profile,
      load,
      recoveryIn: segmentRecoveries(segments.get(profile.agencyId) ?? [], rates, today),
      conflicts: conflicts.get(profile.agencyId) ?? [],
    })),
    message: (offer) => {
      const known = byId.get(offer.candidate.profile.agencyId);
      return known && offerMessage(offer, known, platform, today);
    },
  };
}

/**
 * Agencies side by side for these very cases; reads what placing them would be decided by. Faults:
 * `missing` case_missing; `unavailable` cases_unavailable.
 */
export async function compare(
  rooms: Rooms,
  { caseIds, agencyIds, assumed }: CompareAgenciesRequest,
  call: Call,
): Promise<CompareAgenciesResponse> {
  const told = await askBases(rooms, caseIds, call);
  const today = creditorDay(call.at);
  return rooms.db.tenant(call.caller.orgId, async (tx) => {
    const bases = await withCodes(tx, caseIds, told);
    const market = await readMarket(tx, agencyIds, today);
    const candidates = market.candidates.map((one) => ({
      ...one,
      load: assumedLoad(one.load, assumed, one.profile.agencyId, today),
    }));
    const offers = compareAgencies(candidates, bases, agencyIds, today).flatMap(
      (offer) => market.message(offer) ?? [],
    );
    const totals: Money[] = openByCurrency(bases);
    return { offers, totalOpen: totals[0], openByCurrency: totals };
  });
}
