import { fault } from '@recourse/kit/fault.ts';
import { emit } from '@recourse/kit/events.ts';
import type { Day } from '@recourse/kit/day.ts';
import type { Money } from '@recourse/kit/money.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import type {
  AgenciesServiceServer,
  Agency,
  AgencyOffer,
  CompareAgenciesRequest,
  CompareAgenciesResponse,
  PutAgencyRequest,
} from '@recourse/proto/agencies/v1/agencies.ts';
import { capacityLeft, type PutProfile, putProfile, suspendedReasons } from '../domain/agency.ts';
import { compareAgencies, type Figures, type Offer, openByCurrency } from '../domain/comparison.ts';
import { creditorDay } from '../domain/placement.ts';
import { meanDaysToFirstPaymentTenths, recovery, type Tally } from '../domain/record.ts';
import {
  type Known,
  knownAgencies,
  listAgencies,
  platformTally,
  profileForUpdate,
  saveProfile,
} from '../store/agencies.ts';
import { agenciesTopic } from '../topic.ts';
import { askBases } from './bases.ts';
import { madeBy, type Rooms } from './rooms.ts';

function recordMessage(known: Known, platform: Tally, today: Day): Agency['record'] {
  const { tally, reportsDue, reportsOnTime } = known.measured;
  const made = recovery(tally, platform, today);
  return {
    sample: BigInt(tally.sample),
    recoveryRateBps: BigInt(made?.rateBps ?? 0),
    recoveryLowBps: BigInt(made?.lowBps ?? 0),
    recoveryHighBps: BigInt(made?.highBps ?? 0),
    reportsDue,
    reportsOnTime,
    meanDaysToFirstPaymentTenths: meanDaysToFirstPaymentTenths(tally),
  };
}

function agencyMessage(known: Known, platform: Tally, today: Day): Agency {
  const { profile, load } = known;
  const suspended = suspendedReasons(profile, today);
  return {
    ...profile,
    sectors: [...profile.sectors],
    regions: [...profile.regions],
    languages: [...profile.languages],
    licences: [...profile.licences],
    activeCases: load.active,
    record: recordMessage(known, platform, today),
    acceptsPlacements: suspended.length === 0 && capacityLeft(profile, load) > 0,
    suspendedReasons:
      capacityLeft(profile, load) > 0 ? suspended : [...suspended, 'capacity_exceeded'],
  };
}

function commandOf(request: PutAgencyRequest): PutProfile {
  const { agencyId, name, description, sectors, regions, languages, licences } = request;
  const { listTerms, agentCount, capacityCases, expectedVersion } = request;
  return {
    agencyId,
    name,
    description,
    sectors,
    regions,
    languages,
    licences,
    listTerms,
    agentCount,
    capacityCases,
    expectedVersion,
  };
}

async function one(rooms: Rooms, agencyId: string, call: Call): Promise<Agency> {
  return rooms.db.tenant(call.caller.orgId, async (tx) => {
    const [known] = await knownAgencies(tx, [agencyId]);
    if (known === undefined) throw fault('missing', 'agency_unknown', { agencyId });
    return agencyMessage(known, await platformTally(tx), creditorDay(call.at));
  });
}

async function put(rooms: Rooms, request: PutAgencyRequest, call: Call): Promise<void> {
  const { orgId } = call.caller;
  await rooms.db.tenant(orgId, async (tx) => {
    const before = await profileForUpdate(tx);
    const { state, events } = putProfile(before, commandOf(request), orgId, creditorDay(call.at));
    if (events.length === 0) return;
    await saveProfile(tx, state);
    await emit(tx, agenciesTopic, { aggregateId: orgId, ...madeBy(call) }, events);
  });
}

function figuresMessage(made: Figures): AgencyOffer['byCurrency'][number] {
  return { ...made };
}

function offerMessage(offer: Offer, known: Known, platform: Tally, today: Day): AgencyOffer {
  const { regionsCovered, regionsAsked, sectorsCovered, sectorsAsked, obstacles } = offer;
  const [main] = offer.byCurrency;
  return {
    agency: agencyMessage(known, platform, today),
    price: main?.price,
    expectedRecovery: main?.expectedRecovery,
    expectedNet: main?.expectedNet,
    regionsCovered,
    regionsAsked,
    sectorsCovered,
    sectorsAsked,
    obstacles,
    capacityLeft: offer.capacityLeft,
    byCurrency: offer.byCurrency.map(figuresMessage),
  };
}

async function compare(
  rooms: Rooms,
  { caseIds, agencyIds }: CompareAgenciesRequest,
  call: Call,
): Promise<CompareAgenciesResponse> {
  const bases = [...(await askBases(rooms, caseIds, call)).values()];
  const today = creditorDay(call.at);
  return rooms.db.tenant(call.caller.orgId, async (tx) => {
    const agencies = await knownAgencies(tx, agencyIds);
    const platform = await platformTally(tx);
    const byId = new Map(agencies.map((known) => [known.profile.agencyId, known]));
    const candidates = agencies.map((known) => ({
      ...known,
      recovery: recovery(known.measured.tally, platform, today),
    }));
    const offers = compareAgencies(candidates, bases, agencyIds, today).flatMap((offer) => {
      const known = byId.get(offer.candidate.profile.agencyId);
      return known === undefined ? [] : [offerMessage(offer, known, platform, today)];
    });
    const totals: Money[] = openByCurrency(bases);
    return { offers, totalOpen: totals[0], openByCurrency: totals };
  });
}

/**
 * Profiles and the market. Faults: `missing` agency_unknown, case_missing; `denied` not_own_agency;
 * `stale` agency_changed_meanwhile; `refused` terms_*; `unavailable` cases_unavailable.
 */
export function agenciesHandlers(rooms: Rooms): Handlers<AgenciesServiceServer> {
  return {
    listAgencies: (request, call) =>
      rooms.db.tenant(call.caller.orgId, async (tx) => {
        const { query, sector, region } = request;
        const found = await listAgencies(tx, { query, sector, region }, request.page);
        const platform = await platformTally(tx);
        const today = creditorDay(call.at);
        const agencies = found.agencies.map((known) => agencyMessage(known, platform, today));
        return { agencies, page: found.page };
      }),

    getAgency: async (request, call) => ({ agency: await one(rooms, request.agencyId, call) }),

    putAgency: async (request, call) => {
      await put(rooms, request, call);
      return { agency: await one(rooms, request.agencyId, call) };
    },

    compareAgencies: (request, call) => compare(rooms, request, call),
  };
}
