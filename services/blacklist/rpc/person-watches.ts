import { actorOf } from '@recourse/kit/caller.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import type {
  PersonWatch as WatchMessage,
  PutPersonWatchRequest,
  ScreeningServiceServer,
} from '@recourse/proto/blacklist/v1/screening.ts';
import { tidyCode } from '../domain/screening.ts';
import { refuseWatch } from '../domain/watch.ts';
import { dayAt, termsOn } from '../rules/in-force.ts';
import {
  endWatches,
  listWatches,
  type PersonWatch,
  putWatch,
  readWatch,
} from '../store/person-watches.ts';
import { associationsOrRefuse, idHashesOf } from '../store/screening.ts';
import type { Rooms } from './rooms.ts';

function message({ idHashes, endedAt, screenedAt, ...watch }: PersonWatch): WatchMessage {
  return {
    ...watch,
    hasIdNumber: Object.keys(idHashes).length > 0,
    endedAt: endedAt ?? undefined,
    screenedAt: screenedAt ?? undefined,
  };
}

/**
 * Records the consent. The number is hashed for the associations of today: one that is joined later
 * finds the person by name until the consent is recorded again. Faults: those of domain/watch.ts;
 * `refused` not_a_member; `missing` customer_unknown.
 */
async function put(rooms: Rooms, request: PutPersonWatchRequest, call: Call) {
  const { orgId } = call.caller;
  const { customerId, consentReference, consentedOn, until } = request;
  const name = request.name.normalize('NFKC').trim();
  const idNumber = tidyCode(request.idNumber);
  const today = dayAt(call.at);
  const consent = { name, idNumber, consentReference, consentedOn, until };
  refuseWatch(consent, termsOn(today).watchMostMonths, today);
  const associations = await rooms.db.tenant(orgId, associationsOrRefuse);
  const idHashes = await idHashesOf(rooms.crypto, associations, idNumber);
  const sealer = await rooms.crypto.sealer(orgId);
  return rooms.db.tenant(orgId, async (tx) => {
    await putWatch(tx, sealer, {
      customerId,
      name,
      idHashes: Object.fromEntries(idHashes),
      consentReference,
      consentedOn,
      until,
      actor: actorOf(call.caller),
      recordedAt: call.at.toString(),
      endedAt: null,
      screenedAt: null,
    });
    return { watch: message(await readWatch(tx, sealer, customerId)) };
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
        return { watch: message(await readWatch(tx, sealer, customerId)) };
      });
    },

    listPersonWatches: async ({ includeEnded, page: asked }, { caller }) => {
      const sealer = await rooms.crypto.sealer(caller.orgId);
      return rooms.db.tenant(caller.orgId, async (tx) => {
        const { watches, page } = await listWatches(tx, sealer, includeEnded, asked);
        return { watches: watches.map(message), page };
      });
    },
  } satisfies Partial<Handlers<ScreeningServiceServer>>;
}
