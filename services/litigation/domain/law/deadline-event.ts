import { dayAt, wrongField } from './dated.ts';
import type { ProcedureEventKind } from './deadline-rule.ts';

export type ProcedureEvent = {
  id: string;
  kind: ProcedureEventKind;
  /** The day it happened: of service its arrival, of a posted filing its posting (art. 85). */
  on: string;
  /** ISO instant, for periods of hours. */
  at?: string;
  /** On whom it was served, or who did it. */
  party?: 'us' | 'opponent';
  /** The event that this one corrects: a service that turned out to be on another day. */
  replaces?: string;
  /** A length in days that the court set. */
  days?: number;
  /** A last day that the court set. */
  until?: string;
  /** For `postponed`: which deadline. */
  deadline?: string;
  /** The thing it is about, where there are several: another's renewal does not meet it. */
  subject?: string;
  /** What it ends began on this day; only what was done after it meets the deadline. */
  since?: string;
};

function isInstant(text: string): boolean {
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return false;
  }
}

function checked(event: ProcedureEvent, at: number): ProcedureEvent {
  const field = `/events/${at}`;
  dayAt(event.on, `${field}/on`);
  if (event.at !== undefined && !isInstant(event.at)) {
    const repair = 'write the instant with its zone, as 2026-03-02T09:30:00+08:00';
    throw wrongField(`${field}/at`, 'not_a_date', repair, { event: event.id, value: event.at });
  }
  if (event.until !== undefined) {
    dayAt(event.until, `${field}/until`);
    if (event.until < event.on) {
      const repair = 'give a last day that is not before the event';
      throw wrongField(`${field}/until`, 'until_before_event', repair, { event: event.id });
    }
  }
  if (event.kind === 'postponed' && (event.deadline === undefined || event.until === undefined)) {
    const repair = 'name the deadline and its new last day';
    throw wrongField(field, 'postponement_incomplete', repair, { event: event.id });
  }
  return event;
}

/** One event for each id; the same id with another content is a mistake, not a correction. */
function unique(events: readonly ProcedureEvent[]): ProcedureEvent[] {
  const byId = new Map<string, ProcedureEvent>();
  events.forEach((event, at) => {
    const before = byId.get(event.id);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(event)) {
      const repair = 'give the correction an id of its own and name the first in replaces';
      throw wrongField(`/events/${at}/id`, 'event_id_twice', repair, { event: event.id });
    }
    byId.set(event.id, checked(event, at));
  });
  return [...byId.values()];
}

const filings: readonly ProcedureEventKind[] = ['filed', 'payment_order_applied'];
const services: readonly ProcedureEventKind[] = [
  'complaint_served',
  'evidence_notice_served',
  'judgment_served',
  'ruling_served',
  'payment_order_served',
];

function checkOrder(events: readonly ProcedureEvent[]): void {
  const filed = events
    .filter(({ kind }) => filings.includes(kind))
    .map(({ on }) => on)
    .sort()[0];
  if (filed === undefined) return;
  for (const { id, kind, on } of events) {
    if (services.includes(kind) && on < filed) {
      const repair = 'correct the day of service or the day of filing';
      const facts = { event: id, kind, servedOn: on, filedOn: filed };
      throw wrongField('/events/on', 'service_before_filing', repair, facts);
    }
  }
}

/**
 * The events that hold, by day: corrected ones left out, whatever order they came in. Faults
 * `invalid`: `not_a_date`, `until_before_event`, `postponement_incomplete`, `event_id_twice`,
 * `replaces_unknown`, `service_before_filing`.
 */
export function presentEvents(events: readonly ProcedureEvent[]): ProcedureEvent[] {
  const all = unique(events);
  const ids = new Set(all.map(({ id }) => id));
  const gone = new Set<string>();
  for (const { id, replaces } of all) {
    if (replaces === undefined) continue;
    if (!ids.has(replaces) || replaces === id) {
      const repair = 'name the event that is corrected';
      throw wrongField('/events/replaces', 'replaces_unknown', repair, { event: id, replaces });
    }
    gone.add(replaces);
  }
  const present = all
    .filter(({ id }) => !gone.has(id))
    .toSorted((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1));
  checkOrder(present);
  return present;
}
