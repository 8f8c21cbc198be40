import type { Money } from '@recourse/kit/money.ts';
import { daysOf } from './accrual.ts';
import { type Alarm, alarmsBefore } from './alarm.ts';
import type { Calendar } from '@recourse/kit/calendar.ts';
import { dayAt, inForce, type RuleRef } from './dated.ts';
import type { FeeTables } from './fee-schedule.ts';
import { cheapestAct, type NextAct } from './limitation-act.ts';
import { type LimitationEvent, onDemandKinds, orderedEvents } from './limitation-event.ts';
import type { ActWorks, LimitationTables, Proof } from './limitation-rule.ts';
import { type EventEffect, type Interruption, type Walk, walkEvents } from './limitation-walk.ts';

export type LimitationState =
  | 'not_started'
  | 'running'
  | 'pending'
  | 'suspended'
  | 'expired'
  | 'enforcement'
  | 'enforcement_pending'
  | 'enforcement_expired'
  | 'reapply_any_time'
  | 'ended';

export type LimitationClock = {
  state: LimitationState;
  startsOn?: string;
  /** Last day on which the claim is in time, on events proven at least as `reliesOn` asks. */
  expiresOn?: string;
  /** The same before it was moved off holidays. */
  countedEnd?: string;
  /** Twenty years from the harm; no act but filing stops it. */
  absoluteEndOn?: string;
  lastInterruption?: Interruption;
  /** high: proven events alone give the same; medium: they give an earlier day; low: a past one. */
  confidence: 'high' | 'medium' | 'low';
  expiresOnProvenOnly?: string;
  expiresOnIfAllHold?: string;
  daysLeft?: number;
  alarms: Alarm[];
  cheapestNextAct?: NextAct;
  /** What each event did, and why not when it did nothing. */
  effects: EventEffect[];
  /** The holiday table ends before: `expiresOn` is the counted day, not moved. */
  provisional: boolean;
  rules: RuleRef[];
};

type Law = LimitationTables & { readonly fees: FeeTables };

/**
 * Starts hold whatever their proof; who cannot prove the due day has another problem. That none was
 * agreed must be proved against the day of the file.
 */
function reliable(events: readonly LimitationEvent[], accepted: readonly Proof[], law: Law) {
  const isPresumed = events.some(({ presumed }) => presumed === true);
  return events.filter(({ kind, proof }) => {
    const isShown = kind === 'knowledge' || (isPresumed && onDemandKinds.includes(kind));
    const isStart = law.limitation.parts[kind].part === 'start' && !isShown;
    return isStart || accepted.includes(proof);
  });
}

function stateOf(walk: Walk, today: string): LimitationState {
  const isTitle = walk.mode === 'enforcement';
  if (walk.mode === 'reapply') return 'reapply_any_time';
  if (walk.mode === 'ended') return 'ended';
  if (walk.pending) return isTitle ? 'enforcement_pending' : 'pending';
  if (walk.end === undefined) return 'not_started';
  if (walk.isSuspended && !walk.isAbsolute) return 'suspended';
  if (today > walk.end.endOn) return isTitle ? 'enforcement_expired' : 'expired';
  if (isTitle) return 'enforcement';
  return walk.startsOn !== undefined && today <= walk.startsOn ? 'not_started' : 'running';
}

/** The end, where there is one: not while proceedings are pending or an obstacle lasts. */
function endOf(walk: Walk): string | undefined {
  return walk.pending || (walk.isSuspended && !walk.isAbsolute) ? undefined : walk.end?.endOn;
}

/** Never ends sooner than it does end. */
const open = '9999-12-31';

function confidenceOf(walk: Walk, proven: Walk, today: string): LimitationClock['confidence'] {
  if (stateOf(walk, today) === stateOf(proven, today) && endOf(walk) === endOf(proven))
    return 'high';
  return (endOf(proven) ?? open) >= today ? 'medium' : 'low';
}

function worksFor(state: LimitationState, walk: Walk): ActWorks | undefined {
  switch (state) {
    case 'running':
    case 'suspended':
      return walk.isAbsolute ? 'absolute' : 'running';
    case 'expired':
      return 'expired';
    case 'enforcement':
      return 'enforcement';
    case 'enforcement_expired':
      return 'expired';
    case 'not_started':
    case 'pending':
    case 'enforcement_pending':
    case 'reapply_any_time':
    case 'ended':
      return undefined;
  }
}

/**
 * The limitation clock of one debt (诉讼时效): a function of the set of its events, so that order of
 * entry and backdating make no difference. legal.md 2.3; 民法典 art. 188–199; 时效规定 (2020).
 * Faults: those of `orderedEvents`; `invalid` `not_a_date`; `missing` `no_rule_on_day`.
 */
export function limitation(
  o: {
    events: readonly LimitationEvent[];
    today: string;
    /** For the cost of filing. */
    amount?: Money;
    debtorMissing?: boolean;
  },
  calendar: Calendar,
  law: Law,
): LimitationClock {
  const today = dayAt(o.today, '/today').toString();
  const events = orderedEvents(o.events, today);
  const tables = law.limitation;
  const ground = { calendar, tables, today, known: new Map() };
  const accepted = tables.reliesOn;
  const walk = walkEvents(reliable(events, accepted, law), ground);
  const proven = walkEvents(reliable(events, ['proven'], law), ground);
  const whole = walkEvents(reliable(events, ['proven', 'likely', 'weak'], law), ground);
  const state = stateOf(walk, today);
  const expiresOn = endOf(walk);
  const left = expiresOn === undefined ? undefined : daysOf(today, expiresOn);
  const works = worksFor(state, walk);
  const act =
    works === undefined
      ? undefined
      : cheapestAct(
          {
            works,
            today,
            debtorMissing: o.debtorMissing ?? false,
            ...(o.amount === undefined ? {} : { amount: o.amount }),
            ...(expiresOn === undefined || works === 'expired'
              ? {}
              : { expiresOn, daysLeft: left ?? 0 }),
          },
          law,
        );
  const ends = { proven: endOf(proven), whole: endOf(whole) };
  return {
    state,
    ...(walk.startsOn === undefined ? {} : { startsOn: walk.startsOn }),
    ...(expiresOn === undefined ? {} : { expiresOn }),
    ...(expiresOn === undefined || walk.end === undefined
      ? {}
      : { countedEnd: walk.end.countedEnd }),
    ...(walk.absoluteEndOn === undefined ? {} : { absoluteEndOn: walk.absoluteEndOn }),
    ...(walk.lastInterruption === undefined ? {} : { lastInterruption: walk.lastInterruption }),
    confidence: confidenceOf(walk, proven, today),
    ...(ends.proven === undefined ? {} : { expiresOnProvenOnly: ends.proven }),
    ...(ends.whole === undefined ? {} : { expiresOnIfAllHold: ends.whole }),
    ...(left === undefined || left < 0 ? {} : { daysLeft: left }),
    alarms:
      expiresOn === undefined || state === 'expired' || state === 'enforcement_expired'
        ? []
        : alarmsBefore(expiresOn, inForce(tables.alarms, today).value, today),
    ...(act === undefined ? {} : { cheapestNextAct: act }),
    effects: effectsOf(events, walk, accepted),
    provisional: expiresOn !== undefined && walk.end?.provisional === true,
    rules: walk.rules,
  };
}

/** One effect for each event, by day; those not relied on say so. */
function effectsOf(
  events: readonly LimitationEvent[],
  walk: Walk,
  accepted: readonly Proof[],
): EventEffect[] {
  const byId = new Map(walk.effects.map((effect) => [effect.id, effect]));
  return events.map(({ id, kind, on, proof }) => {
    const reason = accepted.includes(proof) ? 'no_effect' : `proof_${proof}`;
    return byId.get(id) ?? { id, kind, on, effect: 'none', reason };
  });
}
