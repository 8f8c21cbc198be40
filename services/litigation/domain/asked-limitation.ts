import type { Day } from '@recourse/kit/day.ts';
import { Fault } from '@recourse/kit/fault.ts';
import type {
  CalculateLimitationRequest,
  CalculateLimitationResponse,
  GivenEvent,
} from '@recourse/proto/litigation/v1/calculators.ts';
import type { Debt, DebtEvent } from './debt.ts';
import { clockMessage, clockOf, eventMessages, proofOf } from './debt-clock.ts';
import { keptDetails } from './event-details.ts';
import { guarantorKinds, guarantorMessage, guarantorPeriods } from './guarantor-period.ts';
import type { Calendar } from '@recourse/kit/calendar.ts';
import { wrongField } from './law/dated.ts';
import { startKinds } from './law/limitation-event.ts';
import { limitationEventKinds } from './law/limitation-rule.ts';

type Law = Parameters<typeof clockOf>[4] & Parameters<typeof guarantorPeriods>[4];

const kinds: readonly string[] = [...limitationEventKinds, ...guarantorKinds];

/**
 * What starts the clock is agreed ahead; nothing else may lie after the day of calculation, where
 * it would change nothing. Faults `invalid`: limitation_event_unknown, event_after_day.
 */
function debtEvent(given: GivenEvent, place: number, asOf: string): DebtEvent {
  const { kind, on, grade } = given;
  if (!kinds.includes(kind)) {
    const repair = `choose one of ${kinds.join(' ')}`;
    throw wrongField(`/events/${place}/kind`, 'limitation_event_unknown', repair, { kind });
  }
  if (on > asOf && !startKinds.some((one) => one === kind)) {
    const repair = 'leave it out, correct its day, or calculate for that day or a later one';
    throw wrongField(`/events/${place}/on`, 'event_after_day', repair, { kind, on, asOf });
  }
  return {
    eventId: String(place),
    debtId: '',
    kind,
    on,
    proof: proofOf(grade),
    source: '',
    note: '',
    evidence: undefined,
    details: keptDetails(given),
    receivableIds: [],
    actor: undefined,
    recordedAt: '',
    struck: false,
    strikeReason: '',
  };
}

/** Names an event by its place in the request; the law counts it among others. */
function asGiven<T>(run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    const place = thrown instanceof Fault ? thrown.facts['event'] : undefined;
    if (!(thrown instanceof Fault) || !/^\d+$/.test(String(place))) throw thrown;
    const violations = thrown.violations.map((one) => ({
      ...one,
      field: one.field.replace(/^\/events\/\d+/, `/events/${String(place)}`),
    }));
    throw new Fault(thrown.kind, thrown.reason, thrown.facts, { violations });
  }
}

/**
 * The clock of a debt that is nowhere recorded, and its guarantor's period apart from it. Faults
 * `invalid`: limitation_event_unknown, event_after_day, and those of law/limitation.ts and
 * law/guarantor.ts.
 */
export function askedLimitation(
  request: CalculateLimitationRequest,
  today: Day,
  calendar: Calendar,
  law: Law,
): CalculateLimitationResponse {
  const { dueDay, guarantor, amount } = request;
  const asOf = today.toString();
  const events = request.events.map((one, place) => debtEvent(one, place, asOf));
  const debt: Pick<Debt, 'dueDay' | 'amount' | 'guarantor' | 'claims'> = {
    dueDay,
    amount: amount ?? { currency: 'CNY', minor: 0n },
    guarantor,
    claims: [],
  };
  const clock = asGiven(() => clockOf(debt, events, today, calendar, law));
  const shown = eventMessages(events, clock);
  return {
    clock: clockMessage(clock),
    events: shown.map((event) => ({ ...event, recordedAt: undefined })),
    guarantor: guarantorMessage(debt, guarantorPeriods(debt, events, today, calendar, law)),
  };
}
