import { actorOf } from '@recourse/kit/caller.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type Debt as DebtMessage,
  type LimitationServiceServer,
  type ListDebtsRequest,
  type RecordLimitationEventRequest,
  SetGuarantorResponse,
  StrikeLimitationEventResponse,
} from '@recourse/proto/litigation/v1/limitation.ts';
import { creditorDay } from '../domain/clock-zone.ts';
import { checkManual, type Debt, type DebtEvent } from '../domain/debt.ts';
import { proofOf } from '../domain/debt-clock.ts';
import { debtMessage } from '../domain/debt-message.ts';
import { keptDetails } from '../domain/event-details.ts';
import { guarantorKinds, guarantorPeriods } from '../domain/guarantor-period.ts';
import { limitationEventKinds } from '../domain/law/limitation-rule.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { debtsOf, listDebts, saveGuarantor } from '../store/debts.ts';
import { lettersUnderWay } from '../store/letters.ts';
import { addEvent, alarmsOf, eventsOf, strikeEvent } from '../store/limitation-events.ts';
import { refreshClocks } from '../store/watch.ts';
import { type Rooms } from './rooms.ts';
import { uploaded } from './uploaded.ts';

/** A debt has one due day, that of its case. */
const manualKinds: readonly string[] = [
  ...limitationEventKinds.filter((kind) => kind !== 'due'),
  ...guarantorKinds,
];

async function shown(
  tx: Tx,
  debts: readonly Debt[],
  at: Temporal.Instant,
  withClaims: boolean,
): Promise<DebtMessage[]> {
  const debtIds = debts.map((one) => one.debtId);
  const events = Map.groupBy(await eventsOf(tx, debtIds), (one) => one.debtId);
  const alarms = Map.groupBy(await alarmsOf(tx, debtIds), (one) => one.debtId);
  const letters = Map.groupBy(await lettersUnderWay(tx, debtIds), (one) => one.debtId);
  const how = { today: creditorDay(at), calendar: prcCalendar(), law };
  return debts.map((debt) => {
    const own = events.get(debt.debtId) ?? [];
    const periods = guarantorPeriods(debt, own, how.today, how.calendar, law);
    const told = (alarms.get(debt.debtId) ?? []).filter((one) => one.about === 'debt');
    return debtMessage(debt, own, told, {
      ...how,
      periods,
      withClaims,
      letters: letters.get(debt.debtId) ?? [],
    });
  });
}

/** A page of debts as it is answered; the screen and the export read the same. */
export async function debtsPage(
  tx: Tx,
  { request, at }: { request: ListDebtsRequest; at: Temporal.Instant },
) {
  const { page: asked, ...filter } = request;
  const { debts, page } = await listDebts(tx, filter, asked);
  const messages = await shown(tx, debts, at, false);
  return { debts: messages.map((debt) => ({ ...debt, events: [] })), page };
}

async function present(tx: Tx, debtId: string): Promise<Debt> {
  const [debt] = await debtsOf(tx, [debtId]);
  if (debt === undefined) throw fault('missing', 'debt_unknown', { debtId });
  return debt;
}

async function shownDebt(tx: Tx, debtId: string, at: Temporal.Instant) {
  const [debt] = await shown(tx, [await present(tx, debtId)], at, true);
  return { debt };
}

async function recordEvent(rooms: Rooms, request: RecordLimitationEventRequest, call: Call) {
  const { orgId } = call.caller;
  const evidence = await uploaded(rooms, orgId, request.uploadId);
  const { debtId, eventId, kind, on, note } = request;
  const event: DebtEvent = {
    eventId,
    debtId,
    kind,
    on,
    proof: proofOf(request.grade),
    source: 'by_hand',
    note,
    evidence: evidence?.file,
    details: keptDetails(request.details ?? {}),
    receivableIds: request.receivableIds,
    actor: actorOf(call.caller),
    recordedAt: call.at.toString(),
    struck: false,
    strikeReason: '',
  };
  return rooms.db.tenant(orgId, async (tx) => {
    const [debt] = await debtsOf(tx, [debtId]);
    checkManual(debt, event, manualKinds, creditorDay(call.at));
    await addEvent(tx, event, { strict: true });
    await refreshClocks(tx, [debtId]);
    return shownDebt(tx, debtId, call.at);
  });
}

/**
 * Debts and their clocks. Faults: `missing` debt_unknown, event_unknown, claim_unknown; `refused`
 * day_in_future, proven_without_evidence, event_already_struck; `invalid` of domain/event-details;
 * `exists`
 * event_exists_with_other_content.
 */
export function limitationHandlers(rooms: Rooms): Handlers<LimitationServiceServer> {
  const { db } = rooms;
  return {
    listDebts: (request, call) =>
      db.tenant(call.caller.orgId, (tx) => debtsPage(tx, { request, at: call.at })),

    getDebt: ({ debtId }, call) =>
      db.tenant(call.caller.orgId, (tx) => shownDebt(tx, debtId, call.at)),

    recordLimitationEvent: (request, call) => recordEvent(rooms, request, call),

    strikeLimitationEvent: (request, call) => {
      const { requestId, ...content } = request;
      const { debtId, eventId, reason } = request;
      const command = { requestId, content: { verb: 'strike', ...content } };
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, command, StrikeLimitationEventResponse, async () => {
          const found = (await eventsOf(tx, [debtId])).find((one) => one.eventId === eventId);
          if (found === undefined) throw fault('missing', 'event_unknown', { eventId });
          if (found.struck) throw fault('refused', 'event_already_struck');
          await strikeEvent(tx, { eventId, debtId, reason, at: call.at.toString() });
          await refreshClocks(tx, [debtId]);
          return shownDebt(tx, debtId, call.at);
        }),
      );
    },

    setGuarantor: (request, call) => {
      const { requestId, ...content } = request;
      const { debtId, guarantor } = request;
      const command = { requestId, content: { verb: 'guarantor', ...content } };
      return db.tenant(call.caller.orgId, (tx) =>
        onceOrNow(tx, command, SetGuarantorResponse, async () => {
          if (guarantor === undefined) throw fault('invalid', 'guarantor_missing');
          await present(tx, debtId);
          await saveGuarantor(tx, debtId, guarantor);
          return shownDebt(tx, debtId, call.at);
        }),
      );
    },
  };
}
