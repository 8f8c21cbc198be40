import { fault } from '@recourse/kit/fault.ts';
import { emit } from '@recourse/kit/events.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import type {
  AgenciesServiceServer,
  Agency,
  PutAgencyRequest,
} from '@recourse/proto/agencies/v1/agencies.ts';
import { type PutProfile, putProfile } from '../domain/agency.ts';
import { creditorDay } from '../domain/placement.ts';
import {
  knownAgencies,
  listAgencies,
  platformTally,
  profileForUpdate,
  saveProfile,
} from '../store/agencies.ts';
import { agenciesTopic } from '../topic.ts';
import { agencyMessage } from './agency-message.ts';
import { compare } from './comparing.ts';
import { madeBy, type Rooms } from './rooms.ts';

function commandOf(request: PutAgencyRequest): PutProfile {
  const { agencyId, name, description, sectors, regions, languages, licences } = request;
  const { listTerms, agentCount, capacityCases, creditCode, expectedVersion } = request;
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
    creditCode,
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
