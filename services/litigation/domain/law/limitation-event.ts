import { dayAt, wrongField } from './dated.ts';
import {
  limitationEventKinds,
  type LimitationEventKind,
  type Proof,
  proofs,
} from './limitation-rule.ts';
import type { SuitOutcome } from './limitation-rule.ts';

/** Something that bears on the clock, graded by how well it can be proven. */
export type LimitationEvent = {
  id: string;
  kind: LimitationEventKind;
  /** Of a demand the day it reached the debtor, of a suit the day of filing (时效规定 art. 8, 10). */
  on: string;
  proof: Proof;
  /** End of the proceedings or obstacle; for a plan or extension the new last day to perform. */
  until?: string;
  outcome?: SuitOutcome;
  /** When the complaint reached the debtor; decides what a withdrawn suit is worth. */
  servedOn?: string;
  /** A demand of a part by which the rest was waived (时效规定 art. 9). */
  restWaived?: boolean;
  /** Of a judgment: the last day for performance, of its last instalment. */
  performBy?: string;
  /** Of a due day: read off the file, not known to be agreed; the end of a grace goes before it. */
  presumed?: boolean;
};

/** What starts the clock on a day that was agreed, and so may lie ahead. */
export const startKinds: readonly LimitationEventKind[] = ['due', 'instalment_due', 'grace_end'];

/** What starts the clock of a debt for which no day was agreed (时效规定 art. 4). */
export const onDemandKinds: readonly LimitationEventKind[] = ['grace_end', 'refusal'];

function checkOne(event: LimitationEvent, at: number, today: string): void {
  const field = `/events/${at}`;
  const facts = { event: event.id, kind: event.kind, on: event.on };
  if (!limitationEventKinds.includes(event.kind)) {
    const repair = `choose one of ${limitationEventKinds.join(' ')}`;
    throw wrongField(`${field}/kind`, 'kind_unknown', repair, facts);
  }
  if (!proofs.includes(event.proof)) {
    throw wrongField(`${field}/proof`, 'proof_unknown', `choose one of ${proofs.join(' ')}`, facts);
  }
  dayAt(event.on, `${field}/on`);
  if (event.on > today && !startKinds.includes(event.kind)) {
    const repair = 'leave it out until it has happened, or correct the day';
    throw wrongField(`${field}/on`, 'event_in_future', repair, { ...facts, today });
  }
  for (const name of ['until', 'servedOn', 'performBy'] as const) {
    const value = event[name];
    if (value === undefined) continue;
    dayAt(value, `${field}/${name}`);
    if (value >= event.on || name === 'performBy') continue;
    const rule = name === 'servedOn' ? 'service_before_filing' : 'until_before_event';
    const repair = `give a day that is not before ${event.on}`;
    throw wrongField(`${field}/${name}`, rule, repair, { ...facts, [name]: value });
  }
}

function sameContent(a: LimitationEvent, b: LimitationEvent): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => Reflect.get(a, key) === Reflect.get(b, key));
}

/**
 * The events by day, each id once, whatever order they came in. Faults `invalid`: `kind_unknown`,
 * `proof_unknown`, `not_a_date`, `event_in_future`, `until_before_event`, `service_before_filing`,
 * `event_id_twice`, `two_due_days`.
 */
export function orderedEvents(
  events: readonly LimitationEvent[],
  today: string,
): LimitationEvent[] {
  const byId = new Map<string, LimitationEvent>();
  events.forEach((event, at) => {
    checkOne(event, at, today);
    const before = byId.get(event.id);
    if (before !== undefined && !sameContent(before, event)) {
      const repair = 'give each event an id of its own, or correct the first instead';
      throw wrongField(`/events/${at}/id`, 'event_id_twice', repair, { event: event.id });
    }
    byId.set(event.id, event);
  });
  const all = [...byId.values()];
  const dueDays = new Set(all.filter(({ kind }) => kind === 'due').map(({ on }) => on));
  if (dueDays.size > 1) {
    const repair = 'keep one clock for each invoice, or use instalment_due for one debt in parts';
    throw wrongField('/events', 'two_due_days', repair, { days: [...dueDays].sort().join(' ') });
  }
  const rank = (kind: LimitationEventKind) => limitationEventKinds.indexOf(kind);
  return all.toSorted((a, b) => {
    if (a.on !== b.on) return a.on < b.on ? -1 : 1;
    if (a.kind !== b.kind) return rank(a.kind) - rank(b.kind);
    return a.id < b.id ? -1 : 1;
  });
}
