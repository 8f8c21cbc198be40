import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { type AnswerCodec, onceForCaller } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type AwardTenderRequest,
  AwardTenderResponse,
  CancelTenderResponse,
  type ListTendersRequest,
  type ListTendersResponse,
  OpenBidsResponse,
  type PutTenderRequest,
  type Tender as TenderMessage,
  type TendersServiceServer,
  TenderState,
} from '@recourse/proto/agencies/v1/tenders.ts';
import type { Told } from '../domain/agency.ts';
import { creditorDay } from '../domain/placement.ts';
import {
  cancel,
  checkSameTender,
  openBids,
  putTender,
  type PutTender,
  type Tender,
} from '../domain/tender.ts';
import { fits, type Tendered } from '../domain/tender-summary.ts';
import { knownAgencies, ownProfile } from '../store/agencies.ts';
import { bidsFor, moveBids, ownBids, runningBids } from '../store/bids.ts';
import {
  addTender,
  casesOf,
  type Invited,
  invitedTo,
  listTenders,
  lockTendered,
  ownTender,
  saveTender,
  seenTender,
  tenderForUpdate,
} from '../store/tenders.ts';
import { concernedAgencies } from '../tender-audience.ts';
import { agenciesTopic } from '../topic.ts';
import { carryOut, caseIdsOf, listBids } from './awarding.ts';
import { askBases, askTendered } from './bases.ts';
import { agencyReader, bid, takeBack } from './bidding.ts';
import { madeBy, type Rooms, sideOf, wordsOf } from './rooms.ts';
import { agencyTenderMessage, ownMessage } from './tender-message.ts';

/** Whom news of a tender concerns; who has bid hears of the end as well. */
async function tell(
  tx: Tx,
  tenderId: string,
  agencyIds: readonly string[],
  events: Told[],
  call: Call,
): Promise<void> {
  if (events.length === 0) return;
  const audience = [...new Set([tx.orgId, ...agencyIds])];
  await emit(tx, agenciesTopic, { aggregateId: tenderId, audience, ...madeBy(call) }, events);
}

function commandOf({ deadline = '', ...request }: PutTenderRequest): PutTender {
  const { tenderId, title, note, caseIds, agencyIds } = request;
  const at = Temporal.Instant.from(deadline);
  return { tenderId, title, note, caseIds, agencyIds: [...new Set(agencyIds)], deadline: at };
}

/** A tender with its cases, as its creditor sees it. */
async function whole(tx: Tx, tender: Tender, at: Temporal.Instant): Promise<TenderMessage> {
  const { tenderId } = tender;
  const invited = (await invitedTo(tx, [tenderId])).get(tenderId) ?? [];
  const running = (await runningBids(tx, [tenderId])).get(tenderId) ?? [];
  const cases = await casesOf(tx, tenderId);
  return ownMessage(tender, { invited, running, cases }, at);
}

/** The same id again: the tender that is there, or a refusal. */
async function repeated(
  tx: Tx,
  command: PutTender,
  at: Temporal.Instant,
): Promise<TenderMessage | undefined> {
  const present = await ownTender(tx, command.tenderId);
  if (present === undefined) return undefined;
  checkSameTender(present, command);
  return whole(tx, present, at);
}

async function publish(
  tx: Tx,
  command: PutTender,
  cases: ReadonlyMap<string, Tendered>,
  call: Call,
): Promise<TenderMessage> {
  const tendered = await lockTendered(tx, command.caseIds);
  const again = await repeated(tx, command, call.at);
  if (again !== undefined) return again;
  const agencies = await knownAgencies(tx, command.agencyIds);
  const agencyIds = new Set(agencies.map(({ profile }) => profile.agencyId));
  const facts = { cases, agencyIds, tendered };
  const made = putTender(facts, command, call.caller, call.at);
  const { state } = made;
  const today = creditorDay(call.at);
  const told = agencies
    .map(({ profile }) => profile)
    .filter((profile) => !state.openToAll || fits(profile, state.summary, today));
  const invited: Invited[] = state.openToAll ? [] : told;
  await addTender(tx, state, made.cases, invited);
  await tell(
    tx,
    state.tenderId,
    told.map(({ agencyId }) => agencyId),
    made.events,
    call,
  );
  return ownMessage(state, { invited, running: [], cases: made.cases }, call.at);
}

async function put(rooms: Rooms, request: PutTenderRequest, call: Call): Promise<TenderMessage> {
  const { orgId } = call.caller;
  const command = commandOf(request);
  const again = await rooms.db.tenant(orgId, (tx) => repeated(tx, command, call.at));
  if (again !== undefined) return again;
  const cases = await askTendered(rooms, command.caseIds, call);
  return rooms.db.tenant(orgId, (tx) => publish(tx, command, cases, call));
}

async function list(
  rooms: Rooms,
  request: ListTendersRequest,
  { caller, at }: Call,
): Promise<ListTendersResponse> {
  const side = sideOf(caller);
  const { deadlineTo, unanswered, sort } = request;
  const filter = {
    states: wordsOf(TenderState, request.states),
    deadlineTo: deadlineTo === undefined ? undefined : Temporal.Instant.from(deadlineTo),
    unanswered,
    sort,
  };
  return rooms.db.tenant(caller.orgId, async (tx) => {
    if (side === 'agency') {
      const reader = agencyReader(await ownProfile(tx), at);
      const { tenders, page } = await listTenders(tx, reader, filter, request.page, at);
      const own = await ownBids(tx, tenders);
      return {
        tenders: tenders.map((one) => agencyTenderMessage(one, own.get(one.tenderId), at)),
        page,
      };
    }
    const { tenders, page } = await listTenders(tx, { side }, filter, request.page, at);
    const ids = tenders.map(({ tenderId }) => tenderId);
    const invitedById = await invitedTo(tx, ids);
    const runningById = await runningBids(tx, ids);
    const messages = tenders.map((one) => {
      const invited = invitedById.get(one.tenderId) ?? [];
      const running = runningById.get(one.tenderId) ?? [];
      return ownMessage(one, { invited, running, cases: [] }, at);
    });
    return { tenders: messages, page };
  });
}

async function one(rooms: Rooms, tenderId: string, { caller, at }: Call): Promise<TenderMessage> {
  const side = sideOf(caller);
  return rooms.db.tenant(caller.orgId, async (tx) => {
    const reader = side === 'agency' ? agencyReader(await ownProfile(tx), at) : ({ side } as const);
    const tender = await seenTender(tx, reader, tenderId);
    if (tender === undefined) throw fault('missing', 'tender_unknown', { tenderId });
    if (side === 'creditor') return whole(tx, tender, at);
    const own = await ownBids(tx, [tender]);
    return agencyTenderMessage(tender, own.get(tenderId), at);
  });
}

/** Decides about one of the creditor's tenders under its lock, once per request id. */
async function decide<R>(
  rooms: Rooms,
  command: { verb: string; tenderId: string; requestId: string },
  codec: AnswerCodec<R>,
  call: Call,
  work: (tx: Tx, tender: Tender) => Promise<R>,
): Promise<R> {
  const { requestId, ...content } = command;
  return rooms.db.tenant(call.caller.orgId, (tx) =>
    onceForCaller(tx, call, { requestId, content }, codec, async () => {
      const tender = await tenderForUpdate(tx, content.tenderId);
      if (tender === undefined) {
        throw fault('missing', 'tender_unknown', { tenderId: content.tenderId });
      }
      return work(tx, tender);
    }),
  );
}

/** Writes a decided tender and tells whoever was asked or has bid. */
async function settle(
  tx: Tx,
  { state, events }: { state: Tender; events: Told[] },
  call: Call,
): Promise<TenderMessage> {
  const { tenderId } = state;
  if (events.length > 0) {
    await saveTender(tx, state);
    const agencyIds = await concernedAgencies(tx, state, await bidsFor(tx, tenderId), call.at);
    await tell(tx, tenderId, agencyIds, events, call);
  }
  return whole(tx, state, call.at);
}

async function awardTender(
  rooms: Rooms,
  request: AwardTenderRequest,
  call: Call,
): Promise<AwardTenderResponse> {
  const { tenderId, bidId } = request;
  const told = await askBases(rooms, await caseIdsOf(rooms, tenderId, call), call);
  const command = { verb: 'award', ...request };
  return decide(rooms, command, AwardTenderResponse, call, async (tx, tender) => {
    const { results, decided } = await carryOut(tx, tender, bidId, told, call);
    const made = results.map((one) => ({ ...one, done: one.reason === '', missing: [] }));
    const done = made.filter((one) => one.done).length;
    return { tender: await settle(tx, decided, call), results: made, done };
  });
}

/**
 * Tenders and bids. Faults: those of the verbs in `domain/tender.ts`; `missing` tender_unknown,
 * also for an agency that is not asked; `unavailable` cases_unavailable, with nothing done.
 */
export function tendersHandlers(rooms: Rooms): Handlers<TendersServiceServer> {
  return {
    putTender: async (request, call) => ({ tender: await put(rooms, request, call) }),
    listTenders: (request, call) => list(rooms, request, call),
    getTender: async ({ tenderId }, call) => ({ tender: await one(rooms, tenderId, call) }),
    putBid: (request, call) => bid(rooms, request, call),
    withdrawBid: (request, call) => takeBack(rooms, request, call),
    listBids: ({ tenderId }, call) => listBids(rooms, tenderId, call),
    awardTender: (request, call) => awardTender(rooms, request, call),

    openBids: (request, call) => {
      const command = { verb: 'open', ...request };
      return decide(rooms, command, OpenBidsResponse, call, async (tx, tender) => {
        const { tenderId } = tender;
        const invited = (await invitedTo(tx, [tenderId])).get(tenderId) ?? [];
        const invitedIds = invited.map(({ agencyId }) => agencyId);
        const decided = openBids(tender, invitedIds, await bidsFor(tx, tenderId), call.at);
        return { tender: await settle(tx, decided, call) };
      });
    },

    cancelTender: (request, call) => {
      const command = { verb: 'cancel', ...request };
      return decide(rooms, command, CancelTenderResponse, call, async (tx, tender) => {
        const decided = cancel(tender, await bidsFor(tx, tender.tenderId), request.reason, call.at);
        await moveBids(tx, tender.tenderId, decided.bids);
        return { tender: await settle(tx, decided, call) };
      });
    },
  };
}
