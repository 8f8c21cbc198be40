import { actorOf } from '@recourse/kit/caller.ts';
import { namedUuid } from '@recourse/kit/hash.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { AnswerCodec } from '@recourse/kit/once.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import { CaseState } from '@recourse/proto/cases/v1/cases.ts';
import {
  CloseMatterResponse,
  CorrectMoveResponse,
  type ListMattersRequest,
  type Matter as MatterMessage,
  MatterState,
  type MattersServiceServer,
  MoveProceedingResponse,
  type OpenMatterRequest,
  SetClaimsResponse,
  SetEngagementResponse,
  SetPartiesResponse,
} from '@recourse/proto/litigation/v1/matters.ts';
import {
  type CaseBasis,
  close,
  type Matter,
  open,
  setClaims,
  setEngagement,
  setParties,
} from '../domain/matter.ts';
import { procedureEventKinds } from '../domain/law/deadline-rule.ts';
import { recordJudgment } from '../domain/judgment.ts';
import {
  begin,
  type Book,
  correct,
  type Decided,
  move,
  recordHappening,
} from '../domain/proceeding.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { tracks } from '../rules/tracks.ts';
import {
  addMatter,
  getMatter,
  listMatters,
  matterForUpdate,
  nextSerial,
  openMatterOf,
  saveMatter,
  tell,
} from '../store/matters.ts';
import { keepDebts } from '../store/debts.ts';
import { refreshClocks } from '../store/watch.ts';
import { asking, doingOf, madeBy, type Rooms } from './rooms.ts';
import { followProceedings, voidOpenDeadlines } from './following.ts';
import { shownMatter, shownMatters } from './matter-message.ts';

async function basesOf(rooms: Rooms, caseIds: string[], call: Call): Promise<CaseBasis[]> {
  const { bases } = await rooms.cases.getPlacementBasis({ caseIds }, asking(call));
  return bases.map(({ caseId, caseNumber, debtorId, debtorName, open: owed, ...rest }) => ({
    caseId,
    caseNumber,
    debtorId,
    debtorName,
    open: owed,
    daysOverdue: rest.daysOverdue,
    oldestDueDate: rest.oldestDueDate,
    readAt: call.at.toString(),
    isOpen: rest.state === CaseState.OPEN,
  }));
}

async function openMatter(rooms: Rooms, request: OpenMatterRequest, call: Call) {
  const { orgId, orgName } = call.caller;
  const caseIds = [...new Set(request.caseIds)];
  const bases = await basesOf(rooms, caseIds, call);
  return rooms.db.tenant(orgId, async (tx) => {
    const before = await matterForUpdate(tx, request.matterId);
    const serial = await nextSerial(tx);
    const taken = await openMatterOf(tx, caseIds);
    const facts = { bases, taken, serial, creditor: { orgId, orgName } };
    const { state, events } = open(before, { ...request, caseIds }, facts, call.at);
    if (before === undefined) {
      await addMatter(tx, state, serial);
      await keepDebts(tx, state.cases, call.at);
      await refreshClocks(tx, caseIds);
    }
    await tell(tx, state.matterId, madeBy(call), events);
    return { matter: await shownMatter(tx, state, call.at) };
  });
}

/** Writes what was decided, with what follows from it, and shows the matter. */
async function finish(tx: Tx, decided: Decided, call: Call): Promise<{ matter: MatterMessage }> {
  const { state, events } = decided;
  if (events.length > 0) {
    await saveMatter(tx, state);
    await tell(tx, state.matterId, madeBy(call), events);
  }
  return { matter: await shownMatter(tx, state, call.at) };
}

type Answer = { matter?: MatterMessage | undefined };
type Verb = { matterId: string; requestId: string };

/** One change of one matter, once per request id. */
function change<R extends Answer>(
  rooms: Rooms,
  call: Call,
  request: Verb,
  codec: AnswerCodec<R>,
  decide: (tx: Tx, before: Matter | undefined) => Promise<R>,
): Promise<R> {
  const { requestId, ...content } = request;
  return rooms.db.tenant(call.caller.orgId, (tx) =>
    onceOrNow(tx, { requestId, content }, codec, async () =>
      decide(tx, await matterForUpdate(tx, request.matterId)),
    ),
  );
}

const stateWords = { [MatterState.OPEN]: 'OPEN', [MatterState.CLOSED]: 'CLOSED' } as const;

async function found(tx: Tx, matterId: string): Promise<Matter> {
  const matter = await getMatter(tx, matterId);
  if (matter === undefined) throw fault('missing', 'matter_unknown', { matterId });
  return matter;
}

/** A page of matters as it is answered; the screen and the export read the same. */
export async function mattersPage(
  tx: Tx,
  { request, at }: { request: ListMattersRequest; at: Temporal.Instant },
) {
  const { procedures, caseId, debtorId, query } = request;
  const states = request.states.flatMap((state) =>
    state === MatterState.UNSPECIFIED ? [] : [stateWords[state]],
  );
  const filter = { states, procedures, caseId, debtorId, query };
  const { matters, page } = await listMatters(tx, filter, request.page);
  return { matters: await shownMatters(tx, matters, at), page };
}

/** Matters and what is set of them. Faults: see domain/matter.ts. */
function mattersPart(rooms: Rooms) {
  const { db } = rooms;
  return {
    listMatters: (request, call) =>
      db.tenant(call.caller.orgId, (tx) => mattersPage(tx, { request, at: call.at })),

    getMatter: ({ matterId }, call) =>
      db.tenant(call.caller.orgId, async (tx) => ({
        matter: await shownMatter(tx, await found(tx, matterId), call.at),
      })),

    openMatter: (request, call) => openMatter(rooms, request, call),

    setClaims: (request, call) =>
      change(rooms, call, request, SetClaimsResponse, (tx, before) =>
        finish(tx, setClaims(before, request.claims, request.expectedVersion), call),
      ),

    setParties: (request, call) =>
      change(rooms, call, request, SetPartiesResponse, (tx, before) =>
        finish(tx, setParties(before, request.parties, request.expectedVersion), call),
      ),

    setEngagement: (request, call) =>
      change(rooms, call, request, SetEngagementResponse, (tx, before) => {
        const { engagement, expectedVersion } = request;
        if (engagement === undefined) throw fault('invalid', 'engagement_missing');
        return finish(tx, setEngagement(before, engagement, expectedVersion), call);
      }),

    closeMatter: (request, call) =>
      change(rooms, call, request, CloseMatterResponse, async (tx, before) => {
        const decided = close(before, request, call.at);
        await voidOpenDeadlines(tx, decided.state);
        return finish(tx, decided, call);
      }),
  } satisfies Partial<Handlers<MattersServiceServer>>;
}

const bookOf = (): Book => ({ tracks, law, calendar: prcCalendar() });

/** Proceedings and judgments. Faults: see domain/proceeding.ts, domain/judgment.ts. */
function proceedingsPart(rooms: Rooms) {
  const { db } = rooms;
  return {
    openProceeding: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        const before = await matterForUpdate(tx, request.matterId);
        const moveId = namedUuid(request.proceedingId, 'begun');
        const decided = begin(before, { ...request, moveId }, bookOf(), doingOf(call));
        await followProceedings(tx, decided.state, actorOf(call.caller), call.at);
        return finish(tx, decided, call);
      }),

    moveProceeding: (request, call) =>
      change(rooms, call, request, MoveProceedingResponse, async (tx, before) => {
        const count = before?.version ?? 0n;
        const moveId = namedUuid(request.proceedingId, `${request.stage} ${count}`);
        const decided = move(before, { ...request, moveId }, bookOf(), doingOf(call));
        await followProceedings(tx, decided.state, actorOf(call.caller), call.at);
        return finish(tx, decided, call);
      }),

    correctMove: (request, call) =>
      change(rooms, call, request, CorrectMoveResponse, async (tx, before) => {
        const decided = correct(before, request, bookOf(), doingOf(call));
        await followProceedings(tx, decided.state, actorOf(call.caller), call.at);
        return finish(tx, decided, call);
      }),

    recordHappening: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        const { matterId, ...command } = request;
        const before = await matterForUpdate(tx, matterId);
        const kinds = procedureEventKinds;
        const decided = recordHappening(before, command, kinds, doingOf(call));
        await followProceedings(tx, decided.state, actorOf(call.caller), call.at);
        return finish(tx, decided, call);
      }),

    recordJudgment: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        const { matterId, ...command } = request;
        const before = await matterForUpdate(tx, matterId);
        const decided = recordJudgment(before, command, bookOf(), doingOf(call));
        await followProceedings(tx, decided.state, actorOf(call.caller), call.at);
        return finish(tx, decided, call);
      }),

    listProcedures: async () => ({
      tracks: tracks.map(({ procedure, stages, source }) => ({
        procedure,
        source,
        stages: stages.map(({ name, zh, en, next, ends }) => ({
          name,
          labelZh: zh,
          labelEn: en,
          next: [...next],
          ends: ends === true,
        })),
      })),
    }),
  } satisfies Partial<Handlers<MattersServiceServer>>;
}

export function mattersHandlers(rooms: Rooms): Handlers<MattersServiceServer> {
  return { ...mattersPart(rooms), ...proceedingsPart(rooms) };
}
