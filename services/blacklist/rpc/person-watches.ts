import { actorOf } from '@recourse/kit/caller.ts';
import type { Day } from '@recourse/kit/day.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type PersonWatch as WatchMessage,
  type PutPersonWatchRequest,
  type ScreeningServiceServer,
  WatchState,
} from '@recourse/proto/blacklist/v1/screening.ts';
import { tidyCode } from '../domain/screening.ts';
import { coverageOf, coveredBy, refuseWatch, watchStateOf } from '../domain/watch.ts';
import { dayAt, termsOn } from '../rules/in-force.ts';
import {
  countNotCovered,
  endWatches,
  listWatches,
  type NamedAssociation,
  namesOfAssociations,
  type PersonWatch,
  putWatch,
  readWatch,
} from '../store/person-watches.ts';
import { associationsOf, associationsOrRefuse, idHashesOf } from '../store/screening.ts';
import type { Rooms } from './rooms.ts';

function message(
  { idHashes, associationIds, endedAt, screenedAt, ...watch }: PersonWatch,
  reach: readonly NamedAssociation[],
  today: Day,
): WatchMessage {
  const ended = endedAt !== null;
  const all = reach.map((one) => one.associationId);
  const notCovered = ended ? [] : coverageOf(associationIds, all).notCovered;
  return {
    ...watch,
    hasIdNumber: Object.keys(idHashes).length > 0,
    endedAt: endedAt ?? undefined,
    screenedAt: screenedAt ?? undefined,
    state: WatchState[watchStateOf({ until: watch.until, ended, notCovered }, today)],
    notCovered: reach.filter((one) => notCovered.includes(one.associationId)),
  };
}

/**
 * Records the consent and whom it names. The number is hashed for those alone: an association that
 * is joined later is not asked, neither by number nor by name, until a consent names it. Faults:
 * those of domain/watch.ts; `refused` not_a_member; `missing` customer_unknown.
 */
async function put(rooms: Rooms, request: PutPersonWatchRequest, call: Call) {
  const { orgId } = call.caller;
  const { customerId, consentReference, consentedOn, until } = request;
  const name = request.name.normalize('NFKC').trim();
  const idNumber = tidyCode(request.idNumber);
  const today = dayAt(call.at);
  const consent = { name, idNumber, consentReference, consentedOn, until };
  refuseWatch(consent, termsOn(today).watchMostMonths, today);
  const reach = await rooms.db.tenant(orgId, associationsOrRefuse);
  const associationIds = coveredBy(request.associationIds, reach);
  const idHashes = await idHashesOf(rooms.crypto, associationIds, idNumber);
  const sealer = await rooms.crypto.sealer(orgId);
  return rooms.db.tenant(orgId, async (tx) => {
    await putWatch(tx, sealer, {
      customerId,
      name,
      idHashes: Object.fromEntries(idHashes),
      associationIds,
      consentReference,
      consentedOn,
      until,
      actor: actorOf(call.caller),
      recordedAt: call.at.toString(),
      endedAt: null,
      screenedAt: null,
    });
    const named = await namesOfAssociations(tx, reach);
    return { watch: message(await readWatch(tx, sealer, customerId), named, today) };
  });
}

/** Customers that are natural persons, watched by their consent. */
export function personWatchHandlers(rooms: Rooms) {
  return {
    putPersonWatch: (request, call) => put(rooms, request, call),

    endPersonWatch: async ({ customerId }, { caller, at }) => {
      const sealer = await rooms.crypto.sealer(caller.orgId);
      return rooms.db.tenant(caller.orgId, async (tx) => {
        await endWatches(tx, { customerId }, at);
        return { watch: message(await readWatch(tx, sealer, customerId), [], dayAt(at)) };
      });
    },

    listPersonWatches: async ({ includeEnded, page: asked }, { caller, at }) => {
      const sealer = await rooms.crypto.sealer(caller.orgId);
      return rooms.db.tenant(caller.orgId, async (tx) => {
        const { watches, page } = await listWatches(tx, sealer, includeEnded, asked);
        const reach = await associationsOf(tx);
        const associations = await namesOfAssociations(tx, reach);
        return {
          watches: watches.map((watch) => message(watch, associations, dayAt(at))),
          page,
          associations,
          consentNeeded: await countNotCovered(tx, reach),
        };
      });
    },
  } satisfies Partial<Handlers<ScreeningServiceServer>>;
}
