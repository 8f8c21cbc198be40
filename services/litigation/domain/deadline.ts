import { addDays, day, type Day, daysBetween } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash, namedUuid } from '@recourse/kit/hash.ts';
import type { Money } from '@recourse/kit/money.ts';
import type { Deadline } from '@recourse/proto/litigation/v1/deadlines.ts';
import type { Actor } from '@recourse/proto/type/v1/type.ts';
import type { Deadline as Computed } from './law/deadline.ts';
import type { Matter, Told } from './matter.ts';

/** What stands beside the computed deadlines of one proceeding. */
export type Computing = {
  matter: Pick<Matter, 'matterId' | 'number' | 'debtorName'>;
  proceedingId: string;
  atRisk: Money;
  actor: Actor;
  at: Temporal.Instant;
};

function idOf(proceedingId: string, one: Computed): string {
  return namedUuid(proceedingId, `${one.deadline} ${one.eventId}`);
}

function fresh(one: Computed, how: Computing): Deadline {
  const { matter, proceedingId, atRisk, actor, at } = how;
  const { rule, source, effectiveFrom } = one.rule;
  return {
    deadlineId: idOf(proceedingId, one),
    matterId: matter.matterId,
    matterNumber: matter.number,
    debtorName: matter.debtorName,
    proceedingId,
    rule: one.deadline,
    titleZh: one.act.zh,
    titleEn: one.act.en,
    fromDay: one.from,
    fromWhat: one.eventId,
    dueDay: one.dueOn,
    unmovedDay: one.countedEnd,
    rightLostZh: one.rightLost.zh,
    rightLostEn: one.rightLost.en,
    atRisk: one.boundParty === 'us' ? atRisk : undefined,
    fatal: one.fatal && one.boundParty === 'us',
    state: 'DEADLINE_STATE_OPEN',
    computedBy: actor,
    computedAt: at.toString(),
    confirmedBy: undefined,
    confirmedAt: undefined,
    doneOn: '',
    doneBy: undefined,
    daysLeft: 0,
    provisional: one.provisional,
    recomputed: 0,
    previousDay: '',
    why: { rule, source, facts: {}, effectiveFrom },
    version: 1n,
    boundParty: one.boundParty,
    late: false,
  };
}

/** The computed deadline laid over the one that is kept: another day must be confirmed anew. */
function laid(before: Deadline, after: Deadline): Deadline {
  const moved = before.dueDay !== after.dueDay;
  if (before.state === 'DEADLINE_STATE_DONE') {
    return { ...before, late: before.late && before.doneOn > after.dueDay, dueDay: after.dueDay };
  }
  if (!moved && before.state !== 'DEADLINE_STATE_VOID') {
    return { ...before, provisional: after.provisional, atRisk: after.atRisk };
  }
  return {
    ...after,
    recomputed: before.recomputed + (moved ? 1 : 0),
    previousDay: moved ? before.dueDay : before.previousDay,
  };
}

function met(deadline: Deadline, one: Computed, events: ReadonlyMap<string, string>): Deadline {
  if (one.metBy === undefined || deadline.state === 'DEADLINE_STATE_DONE') return deadline;
  const doneOn = events.get(one.metBy) ?? one.dueOn;
  return { ...deadline, state: 'DEADLINE_STATE_DONE', doneOn, late: one.metLate === true };
}

/**
 * The deadlines of one proceeding as the rules make them now, laid over those that are kept: new
 * ones are added, moved ones keep the day before and lose their confirmation, those whose ground
 * fell away are void, and an act on the file that meets one has done it. Deadlines set by hand stay
 * as they are. `events` gives the day of each event. Only what changed is answered.
 */
export function recompute(
  before: readonly Deadline[],
  computed: readonly Computed[],
  events: ReadonlyMap<string, string>,
  how: Computing,
): Deadline[] {
  const kept = new Map(before.map((one) => [one.deadlineId, one]));
  const after = computed.map((one) => {
    const made = fresh(one, how);
    const known = kept.get(made.deadlineId);
    kept.delete(made.deadlineId);
    return { known, now: met(known === undefined ? made : laid(known, made), one, events) };
  });
  const gone = [...kept.values()]
    .filter((one) => one.rule !== byHand && one.state !== 'DEADLINE_STATE_DONE')
    .map((known) => ({ known, now: { ...known, state: 'DEADLINE_STATE_VOID' as const } }));
  return [...after, ...gone]
    .filter(({ known, now }) => known === undefined || contentHash(known) !== contentHash(now))
    .map(({ known, now }) => ({ ...now, version: (known?.version ?? 0n) + 1n }));
}

/** The rule of a deadline that a person has set. */
export const byHand = 'by_hand';

export type ManualCommand = {
  deadlineId: string;
  proceedingId: string;
  title: string;
  dueDay: string;
  rightLost: string;
  fatal: boolean;
};

/** Sets a deadline by hand. Fault: `exists` deadline_exists_with_other_content. */
export function setByHand(
  before: Deadline | undefined,
  command: ManualCommand,
  how: Omit<Computing, 'proceedingId'>,
): Deadline {
  const { deadlineId, proceedingId, title, dueDay, rightLost, fatal } = command;
  if (before !== undefined) {
    const same =
      before.rule === byHand &&
      before.titleZh === title &&
      before.dueDay === dueDay &&
      before.fatal === fatal;
    if (!same) throw fault('exists', 'deadline_exists_with_other_content');
    return before;
  }
  const { matter, atRisk, actor, at } = how;
  return {
    deadlineId,
    matterId: matter.matterId,
    matterNumber: matter.number,
    debtorName: matter.debtorName,
    proceedingId,
    rule: byHand,
    titleZh: title,
    titleEn: title,
    fromDay: '',
    fromWhat: '',
    dueDay,
    unmovedDay: dueDay,
    rightLostZh: rightLost,
    rightLostEn: rightLost,
    atRisk,
    fatal,
    state: 'DEADLINE_STATE_OPEN',
    computedBy: actor,
    computedAt: at.toString(),
    confirmedBy: undefined,
    confirmedAt: undefined,
    doneOn: '',
    doneBy: undefined,
    daysLeft: 0,
    provisional: false,
    recomputed: 0,
    previousDay: '',
    why: undefined,
    version: 1n,
    boundParty: 'us',
    late: false,
  };
}

/**
 * A second person's own computation. Faults: `missing` deadline_unknown; `refused`
 * deadline_not_open, confirmed_by_same_person, deadline_already_confirmed, confirmed_day_differs.
 */
export function confirm(
  before: Deadline | undefined,
  dueDay: string,
  actor: Actor,
  at: Temporal.Instant,
): Deadline {
  if (before === undefined) throw fault('missing', 'deadline_unknown');
  if (before.state !== 'DEADLINE_STATE_OPEN') {
    throw fault('refused', 'deadline_not_open', { state: before.state });
  }
  if (before.computedBy?.userId === actor.userId) {
    throw fault('refused', 'confirmed_by_same_person');
  }
  if (before.confirmedBy !== undefined) throw fault('refused', 'deadline_already_confirmed');
  if (before.dueDay !== dueDay) {
    throw fault('refused', 'confirmed_day_differs', { computed: before.dueDay, given: dueDay });
  }
  const confirmedAt = at.toString();
  return { ...before, confirmedBy: actor, confirmedAt, version: before.version + 1n };
}

/**
 * The act is done; after the day it counts as late and the right may be lost. Faults: `missing`
 * deadline_unknown; `refused` deadline_not_open, day_in_future.
 */
export function complete(
  before: Deadline | undefined,
  doneOn: string,
  actor: Actor,
  today: Day,
): Deadline {
  if (before === undefined) throw fault('missing', 'deadline_unknown');
  if (before.state !== 'DEADLINE_STATE_OPEN' && before.state !== 'DEADLINE_STATE_MISSED') {
    throw fault('refused', 'deadline_not_open', { state: before.state });
  }
  const on = doneOn === '' ? today.toString() : doneOn;
  if (daysBetween(today, day(on)) > 0) {
    throw fault('refused', 'day_in_future', { on, today: today.toString() });
  }
  return {
    ...before,
    state: 'DEADLINE_STATE_DONE',
    doneOn: on,
    doneBy: actor,
    late: on > before.dueDay,
    version: before.version + 1n,
  };
}

/** Days before a deadline on which it is told; each once. */
export const dueDays: readonly number[] = [7, 3, 1, 0];

/** The latest day on which an open deadline is of interest to the morning's look. */
export function horizon(today: Day): Day {
  return addDays(today, Math.max(...dueDays));
}

/**
 * What the morning brings for an open deadline: missed when its day has gone by, told when it is
 * near and was not told so near before. Only our own deadlines are told.
 */
export function atMorning(
  before: Deadline,
  toldDays: number | undefined,
  today: Day,
): { state: Deadline; toldDays: number | undefined; events: Told[] } {
  const daysLeft = daysBetween(today, day(before.dueDay));
  const { matterId, deadlineId, rule, dueDay, fatal, boundParty } = before;
  const ours = boundParty === 'us';
  if (daysLeft < 0) {
    const state = {
      ...before,
      state: 'DEADLINE_STATE_MISSED' as const,
      version: before.version + 1n,
    };
    const value = { matterId, deadlineId, rule, dueDay, fatal };
    return { state, toldDays, events: ours ? [{ $case: 'deadlineMissed', value }] : [] };
  }
  const near = dueDays.findLast((days) => daysLeft <= days);
  const told = toldDays !== undefined && near !== undefined && toldDays <= near;
  if (!ours || near === undefined || told) return { state: before, toldDays, events: [] };
  const confirmed = before.confirmedBy !== undefined;
  const value = { matterId, deadlineId, rule, dueDay, daysLeft, fatal, confirmed };
  return { state: before, toldDays: near, events: [{ $case: 'deadlineDue', value }] };
}

/** True for an open fatal deadline that no second person has confirmed. */
export function lacksSecondPerson(deadline: Deadline): boolean {
  const open = deadline.state === 'DEADLINE_STATE_OPEN';
  return open && deadline.fatal && deadline.confirmedBy === undefined;
}
