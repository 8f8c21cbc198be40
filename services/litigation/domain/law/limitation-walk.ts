import { day } from '@recourse/kit/day.ts';
import type { Calendar } from '@recourse/kit/calendar.ts';
import { inForce, refOf, type RuleRef } from './dated.ts';
import { type LimitationEvent, onDemandKinds } from './limitation-event.ts';
import type { EventRule, LimitationEventKind, LimitationTables } from './limitation-rule.ts';
import { type PeriodEnd, periodEnd } from './period.ts';

export type EventEffect = {
  id: string;
  kind: LimitationEventKind;
  on: string;
  /** `starts`, `interrupts`, `pends`, `suspends`, `revives`, `title`, `ends`, `none`. */
  effect: string;
  reason: string;
};

export type Interruption = {
  id: string;
  kind: LimitationEventKind;
  on: string;
  /** The day from which the period runs anew; none while proceedings are pending. */
  restartsOn?: string;
};

/** Where the clock stands after all events. */
export type Walk = {
  /** `ended`: enforcement has brought all of it, and nothing is left that could run. */
  mode: 'limitation' | 'enforcement' | 'reapply' | 'ended';
  /** The day from which the present period runs; none before it starts or while pending. */
  from?: string;
  startsOn?: string;
  pending: boolean;
  isSuspended: boolean;
  end?: PeriodEnd;
  absoluteEndOn?: string;
  /** The 20 years end before the period does. */
  isAbsolute: boolean;
  lastInterruption?: Interruption;
  effects: EventEffect[];
  rules: RuleRef[];
};

type Ground = {
  calendar: Calendar;
  tables: LimitationTables['limitation'];
  today: string;
  /** Periods of this walk by the day they run from: many events restart on one day. */
  known: Map<string, { end: PeriodEnd; rules: RuleRef[] }>;
};

/**
 * The day on which performance could be claimed: that of the last instalment (art. 189), the agreed
 * day, and where none was agreed the end of the grace or a flat refusal (时效规定 art. 4). A day
 * that is only presumed to be agreed holds until one of these is shown.
 */
export function dueOf(
  events: readonly Pick<LimitationEvent, 'kind' | 'on' | 'presumed'>[],
): string | undefined {
  const days = (kinds: readonly LimitationEventKind[], presumed = false) =>
    events
      .filter((one) => kinds.includes(one.kind) && (one.presumed === true) === presumed)
      .map(({ on }) => on)
      .sort();
  return (
    days(['instalment_due']).at(-1) ??
    days(['due'])[0] ??
    days(onDemandKinds)[0] ??
    days(['due'], true)[0]
  );
}

/** Start of the period: art. 188, 189; 时效规定 art. 4. */
function startOf(events: readonly LimitationEvent[]): { from?: string; harm?: string } {
  const days = (kind: LimitationEventKind) =>
    events
      .filter((one) => one.kind === kind)
      .map(({ on }) => on)
      .sort();
  const due = dueOf(events);
  const harm = days('harm')[0] ?? due;
  const known = days('knowledge')[0];
  const from = [due ?? harm, known]
    .filter((on) => on !== undefined)
    .sort()
    .at(-1);
  return {
    ...(from === undefined ? {} : { from }),
    ...(harm === undefined ? {} : { harm }),
  };
}

function periodFrom(walk: Walk, from: string, ground: Ground) {
  const key = `${walk.mode} ${from}`;
  const found = ground.known.get(key) ?? runFrom(walk, from, ground);
  ground.known.set(key, found);
  return found;
}

/** Two or three years, with the transition of 2017-10-01; 2 years of enforcement on a title. */
function runFrom(walk: Walk, from: string, { calendar, tables }: Ground) {
  const row = inForce(walk.mode === 'enforcement' ? tables.enforcement : tables.general, from);
  const made = periodEnd({ from, length: row.value.years, unit: 'years' }, calendar);
  const open = tables.transition.value.on;
  if (walk.mode === 'enforcement' || from >= open || made.endOn < open) {
    return { end: made, rules: [refOf(row)] };
  }
  const later = inForce(tables.general, open);
  const end = periodEnd({ from, length: later.value.years, unit: 'years' }, calendar);
  return { end, rules: [refOf(later), refOf(tables.transition)] };
}

/** Obstacles in the last six months hold the end until six months after them (art. 194). */
function suspended(
  end: PeriodEnd,
  from: string,
  obstacles: readonly LimitationEvent[],
  ground: Ground,
) {
  const row = inForce(ground.tables.suspension, from);
  const { lastMonths, monthsAfter } = row.value;
  let at = end;
  const used: string[] = [];
  for (const one of obstacles) {
    const window = day(at.countedEnd).subtract({ months: lastMonths }).toString();
    const until = one.until ?? '9999-12-31';
    // The day that the last six months are counted from is not one of them (art. 201).
    if (one.on > at.endOn || until <= window || until < from) continue;
    used.push(one.id);
    // An obstacle that lasts holds the clock once the last six months have come, not before.
    if (one.until === undefined && ground.today <= window) continue;
    if (one.until === undefined) return { used, isOpen: true, rule: refOf(row), end: at };
    const next = periodEnd(
      { from: one.until, length: monthsAfter, unit: 'months' },
      ground.calendar,
    );
    if (next.countedEnd > at.countedEnd) at = next;
  }
  return { used, isOpen: false, rule: refOf(row), end: at };
}

/** Sets the end of the present period from its start, the obstacles and the 20 years. */
function settle(walk: Walk, obstacles: readonly LimitationEvent[], ground: Ground): Walk {
  const { from, absoluteEndOn } = walk;
  if (from === undefined) return walk;
  const { end, rules } = periodFrom(walk, from, ground);
  const held = suspended(end, from, obstacles, ground);
  const allRules = held.used.length === 0 ? rules : [...rules, held.rule];
  const isAbsolute =
    walk.mode === 'limitation' && absoluteEndOn !== undefined && absoluteEndOn < held.end.endOn;
  const last = isAbsolute
    ? { ...held.end, countedEnd: absoluteEndOn, endOn: absoluteEndOn, moved: false }
    : held.end;
  return { ...walk, end: last, isSuspended: held.isOpen, isAbsolute, rules: allRules };
}

const effectOf = ({ id, kind, on }: LimitationEvent, effect: string, reason: string) => ({
  id,
  kind,
  on,
  effect,
  reason,
});

/** The list is the walk's own and grows: copied at each event, a thousand would cost a million. */
function noted(walk: Walk, event: LimitationEvent, effect: string, reason: string): Walk {
  walk.effects.push(effectOf(event, effect, reason));
  return walk;
}

function restarted(
  walk: Walk,
  event: LimitationEvent,
  restartsOn: string,
  effect: string,
  reason: string,
): Walk {
  const { id, kind, on } = event;
  // An act within proceedings or before an agreed day never shortens what runs already.
  if (effect !== 'title' && walk.from !== undefined && restartsOn < walk.from) {
    return noted(walk, event, 'none', 'later_period_runs');
  }
  const lastInterruption = { id, kind, on, restartsOn };
  return noted(
    { ...walk, from: restartsOn, pending: false, lastInterruption },
    event,
    effect,
    reason,
  );
}

/**
 * A suit and its like: filing interrupts, the period runs anew when they end (art. 195). Ended by a
 * judgment, an award, an order in force or a mediation agreement of the court (民事诉讼法 art. 100)
 * they are a title, and two years of enforcement run.
 */
function proceeded(walk: Walk, event: LimitationEvent, rule: EventRule, ground: Ground): Walk {
  const { outcome, until, servedOn } = event;
  const { source, pends } = rule;
  if (outcome === 'not_accepted') return noted(walk, event, 'none', 'not_accepted');
  const isWithdrawn = outcome === 'withdrawn' || outcome === 'dismissed';
  if (isWithdrawn && event.kind !== 'enforcement') {
    if (servedOn === undefined) return noted(walk, event, 'none', `${outcome}_unserved`);
    if (walk.end !== undefined && servedOn > walk.end.endOn) {
      return noted(walk, event, 'none', `${outcome}_served_after_expiry`);
    }
    return restarted(walk, event, servedOn, 'interrupts', `${outcome}_after_service`);
  }
  const isTitle = outcome === 'judgment' || outcome === 'mediated';
  if (until !== undefined && isTitle && rule.titles === true) {
    const title = ground.tables.parts.judgment.source;
    const enforced: Walk = { ...walk, mode: 'enforcement' };
    return restarted(enforced, event, event.performBy ?? until, 'title', title);
  }
  if (until === undefined && pends === true) {
    const { id, kind, on } = event;
    const { from: _from, end: _end, ...rest } = walk;
    const lastInterruption = { id, kind, on };
    return noted({ ...rest, pending: true, lastInterruption }, event, 'pends', source);
  }
  return restarted(walk, event, until ?? event.on, 'interrupts', source);
}

function titled(walk: Walk, event: LimitationEvent, source: string): Walk {
  if (walk.mode === 'ended') return noted(walk, event, 'none', 'performed');
  if (event.kind === 'no_assets') {
    const { from: _from, end: _end, ...rest } = walk;
    return noted({ ...rest, mode: 'reapply', pending: false }, event, 'title', source);
  }
  const from = event.performBy ?? event.until ?? event.on;
  const mode: Walk['mode'] = walk.mode === 'reapply' ? 'reapply' : 'enforcement';
  return restarted({ ...walk, mode }, event, from, 'title', source);
}

/** What started the period, or the twenty years; other starts are overtaken by a later rule. */
function began(walk: Walk, event: LimitationEvent, source: string, harm: string | undefined): Walk {
  const counts = event.on === walk.startsOn || (event.kind === 'harm' && event.on === harm);
  return counts
    ? noted(walk, event, 'starts', source)
    : noted(walk, event, 'none', 'other_start_counts');
}

function acted(walk: Walk, event: LimitationEvent, ground: Ground): Walk {
  const rule = ground.tables.parts[event.kind];
  const { part, source, revives } = rule;
  if (part === 'title') return titled(walk, event, source);
  if (walk.mode === 'ended') return noted(walk, event, 'none', 'performed');
  // What was performed is over, even where enforcement was asked for late or once again.
  if (event.outcome === 'performed') {
    const { from: _from, end: _end, ...rest } = walk;
    return noted({ ...rest, mode: 'ended', pending: false }, event, 'ends', source);
  }
  if (walk.mode === 'reapply') return noted(walk, event, 'none', 'reapply_any_time');
  if (walk.startsOn === undefined) return noted(walk, event, 'none', 'no_start');
  if (walk.mode === 'limitation' && event.on <= walk.startsOn && !outlasts(event, rule, walk)) {
    return noted(walk, event, 'none', 'before_start');
  }
  if (walk.pending) return noted(walk, event, 'none', 'proceedings_pending');
  const { absoluteEndOn } = walk;
  if (walk.mode === 'limitation' && absoluteEndOn !== undefined && event.on > absoluteEndOn) {
    return noted(walk, event, 'none', 'after_absolute_end');
  }
  const isPast = !walk.isSuspended && walk.end !== undefined && event.on > walk.end.endOn;
  if (isPast && revives !== true) return noted(walk, event, 'none', 'after_expiry');
  if (event.restWaived === true) return noted(walk, event, 'none', 'rest_waived');
  if (part === 'proceedings') return proceeded(walk, event, rule, ground);
  const effect = isPast ? 'revives' : 'interrupts';
  return restarted(walk, event, part === 'debtor' ? later(event) : event.on, effect, source);
}

/** A plan or extension with a new day to perform begins the period on that day. */
function later({ kind, on, until }: LimitationEvent): string {
  const isPlan = kind === 'extension' || kind === 'repayment_plan';
  return isPlan && until !== undefined && until > on ? until : on;
}

/**
 * Whether what came before the period goes on into it: more time that was agreed before the due
 * day, and proceedings that had not ended when it came, as where the suit itself calls all due.
 */
function outlasts(event: LimitationEvent, rule: EventRule, { startsOn }: Walk): boolean {
  if (startsOn === undefined) return false;
  if (rule.part === 'proceedings') {
    return rule.pends === true && (event.until === undefined || event.until > startsOn);
  }
  return later(event) > startsOn;
}

/** Walks the events, which must be in order of day; starts and obstacles are found first. */
export function walkEvents(events: readonly LimitationEvent[], ground: Ground): Walk {
  const { parts } = ground.tables;
  const { from, harm } = startOf(events);
  const absolute = harm === undefined ? undefined : inForce(ground.tables.absolute, harm);
  const obstacles = events.filter(({ kind }) => kind === 'obstacle');
  let walk: Walk = {
    mode: 'limitation',
    pending: false,
    isSuspended: false,
    isAbsolute: false,
    effects: [],
    rules: [],
    ...(from === undefined ? {} : { from, startsOn: from }),
    ...(harm === undefined || absolute === undefined
      ? {}
      : {
          absoluteEndOn: periodEnd(
            { from: harm, length: absolute.value.years, unit: 'years', moved: false },
            ground.calendar,
          ).endOn,
        }),
  };
  walk = settle(walk, obstacles, ground);
  for (const event of events) {
    const { part, source } = parts[event.kind];
    if (part === 'start') walk = began(walk, event, source, harm);
    else if (part !== 'obstacle') {
      const after = acted(walk, event, ground);
      if (after !== walk) walk = settle(after, obstacles, ground);
    }
  }
  const used = walk.from === undefined ? [] : usedObstacles(walk, obstacles, ground);
  for (const one of obstacles) {
    const isUsed = used.includes(one.id);
    const reason = isUsed ? parts.obstacle.source : 'not_in_last_six_months';
    walk = noted(walk, one, isUsed ? 'suspends' : 'none', reason);
  }
  return walk;
}

function usedObstacles(walk: Walk, obstacles: readonly LimitationEvent[], ground: Ground) {
  const { from } = walk;
  if (from === undefined) return [];
  return suspended(periodFrom(walk, from, ground).end, from, obstacles, ground).used;
}
