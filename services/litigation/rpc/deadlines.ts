import { actorOf } from '@recourse/kit/caller.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { day, daysBetween, instantAt } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  CompleteDeadlineResponse,
  ConfirmDeadlineResponse,
  type Deadline,
  type DeadlinesServiceServer,
  PostponeHearingResponse,
} from '@recourse/proto/litigation/v1/deadlines.ts';
import { creditorDay, creditorZone } from '../domain/clock-zone.ts';
import { complete, confirm, setByHand } from '../domain/deadline.ts';
import { postpone, setHearing } from '../domain/hearing.ts';
import { claimed, type Matter } from '../domain/matter.ts';
import { touched } from '../domain/proceeding.ts';
import {
  deadlineForUpdate,
  hearingsOf,
  listDeadlines,
  listHearings,
  saveDeadlines,
  saveHearing,
} from '../store/deadlines.ts';
import { matterForUpdate, saveMatter, tell } from '../store/matters.ts';
import { calendarPart } from './calendar.ts';
import { followProceedings } from './following.ts';
import { madeBy, type Rooms } from './rooms.ts';

/** A deadline as it is shown today. */
function shown(deadline: Deadline, at: Temporal.Instant): Deadline {
  return { ...deadline, daysLeft: daysBetween(creditorDay(at), day(deadline.dueDay)) };
}

/** A change beside the matter: its next version tells that something is to be read again. */
async function touch(tx: Tx, present: Matter | undefined, what: string, call: Call) {
  const { state, events } = touched(present, what);
  await saveMatter(tx, state);
  await tell(tx, state.matterId, madeBy(call), events);
  return state;
}

function deadlinesPart({ db }: Rooms) {
  return {
    listDeadlines: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        const { page: asked, states: wanted, ...filter } = request;
        const states = wanted.map((state) => state.replace('DEADLINE_STATE_', ''));
        const { deadlines, page } = await listDeadlines(tx, { ...filter, states }, asked);
        return { deadlines: deadlines.map((one) => shown(one, call.at)), page };
      }),

    putDeadline: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        const { matterId, ...command } = request;
        const present = await matterForUpdate(tx, matterId);
        const before = await deadlineForUpdate(tx, matterId, command.deadlineId);
        if (present === undefined) throw fault('missing', 'matter_unknown', { matterId });
        const { at } = call;
        const how = { matter: present, atRisk: claimed(present), actor: actorOf(call.caller), at };
        const deadline = setByHand(before, command, how);
        if (before === undefined) {
          await saveDeadlines(tx, [deadline]);
          await touch(tx, present, 'deadline', call);
        }
        return { deadline: shown(deadline, at) };
      }),

    confirmDeadline: (request, call) => {
      const { requestId, ...content } = request;
      const { matterId, deadlineId, dueDay } = request;
      const command = { requestId, content: { verb: 'confirm', ...content } };
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, command, ConfirmDeadlineResponse, async () => {
          const present = await matterForUpdate(tx, matterId);
          const before = await deadlineForUpdate(tx, matterId, deadlineId);
          const deadline = confirm(before, dueDay, actorOf(call.caller), call.at);
          await saveDeadlines(tx, [deadline]);
          await touch(tx, present, 'deadline', call);
          return { deadline: shown(deadline, call.at) };
        }),
      );
    },

    completeDeadline: (request, call) => {
      const { requestId, ...content } = request;
      const { matterId, deadlineId, doneOn } = request;
      const command = { requestId, content: { verb: 'complete', ...content } };
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, command, CompleteDeadlineResponse, async () => {
          const present = await matterForUpdate(tx, matterId);
          const before = await deadlineForUpdate(tx, matterId, deadlineId);
          const today = creditorDay(call.at);
          const deadline = complete(before, doneOn, actorOf(call.caller), today);
          await saveDeadlines(tx, [deadline]);
          await touch(tx, present, 'deadline', call);
          return { deadline: shown(deadline, call.at) };
        }),
      );
    },
  } satisfies Partial<Handlers<DeadlinesServiceServer>>;
}

/** The first instant of a creditor's day; empty stays empty. */
function startOf(on: string, more = 0): string {
  if (on === '') return '';
  const midnight = new Temporal.PlainTime();
  return instantAt(day(on).add({ days: more }), midnight, creditorZone).toString();
}

function hearingsPart({ db }: Rooms) {
  return {
    listHearings: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        const { matterId, fromDay, toDay } = request;
        const filter = { matterId, from: startOf(fromDay), to: startOf(toDay, 1) };
        return listHearings(tx, filter, request.page);
      }),

    putHearing: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        const present = await matterForUpdate(tx, request.matterId);
        const before = (await hearingsOf(tx, request.matterId)).find(
          (one) => one.hearingId === request.hearingId,
        );
        const hearing = setHearing(present, before, request);
        if (before === undefined) {
          await saveHearing(tx, hearing);
          const state = await touch(tx, present, 'hearing', call);
          await followProceedings(tx, state, actorOf(call.caller), call.at);
        }
        return { hearing };
      }),

    postponeHearing: (request, call) => {
      const { requestId, ...content } = request;
      const command = { requestId, content: { verb: 'postpone', ...content } };
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, command, PostponeHearingResponse, async () => {
          const present = await matterForUpdate(tx, request.matterId);
          const before = (await hearingsOf(tx, request.matterId)).find(
            (one) => one.hearingId === request.hearingId,
          );
          const hearing = postpone(before, request.at ?? '', request.reason);
          await saveHearing(tx, hearing);
          const state = await touch(tx, present, 'hearing', call);
          await followProceedings(tx, state, actorOf(call.caller), call.at);
          return { hearing };
        }),
      );
    },
  } satisfies Partial<Handlers<DeadlinesServiceServer>>;
}

/**
 * Deadlines, hearings and calendar feeds. Faults: see domain/deadline.ts and domain/hearing.ts;
 * `missing` feed_unknown, calendar_unknown.
 */
export function deadlinesHandlers(rooms: Rooms): Handlers<DeadlinesServiceServer> {
  return { ...deadlinesPart(rooms), ...hearingsPart(rooms), ...calendarPart(rooms) };
}
