import type { Tx } from '@recourse/kit/db.ts';
import { Fault, fault } from '@recourse/kit/fault.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import { type CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import {
  AcceptPlacementsResponse,
  DeclinePlacementsResponse,
  type ListPlacementsRequest,
  type Placement as PlacementMessage,
  type PlacementResult,
  type PlacementsServiceServer,
  PlacementState,
  RecallPlacementsResponse,
} from '@recourse/proto/agencies/v1/placements.ts';
import { accept, decline, type PlaceCommand, type Placement, recall } from '../domain/placement.ts';
import { getPlacement, listPlacements, type Seen } from '../store/placements.ts';
import { answerOffers, moveInOne } from './moving.ts';
import { askBases } from './bases.ts';
import { refusedResult } from './pack-reading.ts';
import { type Placed, placeAll } from './placing.ts';
import { type Reader, type Rooms, sideOf, wordsOf } from './rooms.ts';

export function placementMessage(seen: Seen): PlacementMessage {
  const { placementId, caseId, caseNumber, debtorName, masked, creditorId, creditorName } = seen;
  const { agencyId, agencyName, terms, rateBps, placedAmount, placedDaysOverdue } = seen;
  const { region, industry, recovered, commission, endReason, version, note } = seen;
  return {
    placementId,
    caseId,
    caseNumber,
    debtorName,
    masked,
    creditorId,
    creditorName,
    agencyId,
    agencyName,
    terms,
    rateBps,
    placedAmount,
    placedDaysOverdue,
    region,
    industry,
    recovered,
    commission,
    endReason,
    version,
    note,
    state: PlacementState[seen.state],
    placedAt: seen.placedAt.toString(),
    acceptedAt: seen.acceptedAt?.toString(),
    endedAt: seen.endedAt?.toString(),
    answerBy: seen.answerBy.toString(),
  };
}

/** A page of placements as it is answered; the screen and the export read the same. */
export async function placementsPage(tx: Tx, reader: Reader, request: ListPlacementsRequest) {
  const { caseId, agencyId, creditorId, sort } = request;
  const states = wordsOf(PlacementState, request.states);
  const filter = { states, caseId, agencyId, creditorId, sort };
  const found = await listPlacements(tx, sideOf(reader), filter, request.page);
  return { placements: found.placements.map(placementMessage), page: found.page };
}

function placedResult({ command, result }: Placed): PlacementResult {
  const { placementId, caseId } = command;
  return result instanceof Fault
    ? refusedResult({ placementId, caseId }, result)
    : { placementId, caseId, done: true, reason: '', missing: [] };
}

function counted(results: PlacementResult[]): { results: PlacementResult[]; done: number } {
  return { results, done: results.filter((result) => result.done).length };
}

async function placeMany(
  rooms: Rooms,
  commands: readonly PlaceCommand[],
  call: Call,
): Promise<Placed[]> {
  const bases = await askBases(
    rooms,
    commands.map((command) => command.caseId),
    call,
  );
  return rooms.db.tenant(call.caller.orgId, (tx) => placeAll(tx, commands, bases, call));
}

async function placeOne(rooms: Rooms, command: PlaceCommand, call: Call): Promise<Placement> {
  const [placed] = await placeMany(rooms, [command], call);
  if (placed === undefined) throw fault('internal', 'nothing_was_decided');
  if (placed.result instanceof Fault) throw placed.result;
  return placed.result;
}

type Asked = { agencyId: string; terms: CommissionTerms | undefined; note: string };

function commandOf(
  { placementId, caseId }: { placementId: string; caseId: string },
  { agencyId, terms, note }: Asked,
): PlaceCommand {
  return { placementId, caseId, agencyId, terms, note };
}

/**
 * Placing and its answers. Faults of one placing: see `place`; `exists`
 * placement_exists_with_other_content; `unavailable` cases_unavailable, with nothing done. The bulk
 * verbs answer per item with the same reasons.
 */
export function placementsHandlers(rooms: Rooms): Handlers<PlacementsServiceServer> {
  return {
    placeCase: async (request, call) => {
      const placement = await placeOne(rooms, commandOf(request, request), call);
      return { placement: placementMessage({ ...placement, masked: false }) };
    },

    placeCases: async (request, call) => {
      const commands = request.placements.map((one) => commandOf(one, request));
      const placed = await placeMany(rooms, commands, call);
      return counted(placed.map(placedResult));
    },

    listPlacements: (request, call) =>
      rooms.db.tenant(call.caller.orgId, (tx) => placementsPage(tx, call.caller, request)),

    getPlacement: (request, call) =>
      rooms.db.tenant(call.caller.orgId, async (tx) => {
        const seen = await getPlacement(tx, request.placementId);
        if (seen === undefined) throw fault('missing', 'placement_unknown');
        return { placement: placementMessage(seen) };
      }),

    acceptPlacements: async (request, call) => {
      const { orgId } = call.caller;
      const command = { verb: 'accept', ...request };
      return counted(
        await answerOffers(
          rooms,
          command,
          AcceptPlacementsResponse,
          call,
          (found, agency, missing) => accept(found, agency, orgId, call.at, missing),
        ),
      );
    },

    declinePlacements: async (request, call) => {
      const { orgId } = call.caller;
      const command = { verb: 'decline', ...request };
      return counted(
        await answerOffers(rooms, command, DeclinePlacementsResponse, call, (found) =>
          decline(found, orgId, request.reason, call.at),
        ),
      );
    },

    recallPlacements: (request, call) =>
      rooms.db.tenant(call.caller.orgId, async (tx) => {
        const command = { verb: 'recall', ...request };
        const decide = (found: Placement | undefined) => recall(found, request.reason, call.at);
        const results = await moveInOne(rooms, tx, command, RecallPlacementsResponse, call, decide);
        return counted(results);
      }),
  };
}
