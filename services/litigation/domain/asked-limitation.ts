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
import { limitationEventKinds } from './law/limitation-rule.ts';

type Law = Parameters<typeof clockOf>[4] & Parameters<typeof guarantorPeriods>[4];

const kinds: readonly string[] = [...limitationEventKinds, ...guarantorKinds];

/** Fault: `invalid` limitation_event_unknown. */
function debtEvent(given: GivenEvent, place: number): DebtEvent {
  const { kind, on, grade } = given;
  if (!kinds.includes(kind)) {
    const repair = `choose one of ${kinds.join(' ')}`;
    throw wrongField(`/events/${place}/kind`, 'limitation_event_unknown', repair, { kind });
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
 * `invalid`: limitation_event_unknown, and those of law/limitation.ts and law/guarantor.ts.
 */
export function askedLimitation(
  request: CalculateLimitationRequest,
  today: Day,
  calendar: Calendar,
  law: Law,
): CalculateLimitationResponse {
  const { dueDay, guarantor, amount } = request;
  const events = request.events.map(debtEvent);
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
