import type {
  CalculatedDeadline,
  DeadlineRule,
  ProcedureEvent as AskedEvent,
} from '@recourse/proto/litigation/v1/calculators.ts';
import type { Procedure } from '@recourse/proto/litigation/v1/matters.ts';
import { whyOf } from './fees.ts';
import type { Calendar } from '@recourse/kit/calendar.ts';
import { refOf, wrongField } from './law/dated.ts';
import { deadlines } from './law/deadline.ts';
import type { ProcedureEvent } from './law/deadline-event.ts';
import { type DeadlineTables, procedureEventKinds } from './law/deadline-rule.ts';
import { type Track, trackOf } from './track.ts';

/** Fault: `invalid` happening_kind_unknown. */
function lawEvent({ kind: name, on, party, days }: AskedEvent, place: number): ProcedureEvent {
  const kind = procedureEventKinds.find((one) => one === name);
  if (kind === undefined) {
    const repair = 'choose a kind that starts or meets a deadline';
    throw wrongField(`/events/${place}/kind`, 'happening_kind_unknown', repair, { kind: name });
  }
  return {
    id: String(place),
    kind,
    on,
    ...(party === 'us' || party === 'opponent' ? { party } : {}),
    ...(days > 0 ? { days } : {}),
  };
}

/**
 * The deadlines of a procedure that is nowhere recorded, by due day. Faults: `invalid`
 * procedure_unknown, happening_kind_unknown, and those of law/deadline.ts.
 */
export function askedDeadlines(
  procedure: Procedure,
  events: readonly AskedEvent[],
  tracks: readonly Track[],
  calendar: Calendar,
  law: DeadlineTables,
): CalculatedDeadline[] {
  const { rules } = trackOf(tracks, procedure);
  const given = events.map(lawEvent);
  const kinds = new Map(given.map(({ id, kind }) => [id, kind]));
  return deadlines(rules, given, calendar, law).map((one) => ({
    rule: one.deadline,
    boundParty: one.boundParty,
    fromDay: one.from,
    fromKind: kinds.get(one.eventId) ?? '',
    dueDay: one.dueOn,
    unmovedDay: one.countedEnd,
    provisional: one.provisional,
    assumedLength: one.assumedLength === true,
    fatal: one.fatal,
    actZh: one.act.zh,
    actEn: one.act.en,
    rightLostZh: one.rightLost.zh,
    rightLostEn: one.rightLost.en,
    why: whyOf(one.rule),
  }));
}

/** The deadline rules in force on a day, for each procedure that has a track. */
export function deadlineRules(
  on: string,
  tracks: readonly Track[],
  law: DeadlineTables,
): DeadlineRule[] {
  const inForce = law.deadlines.filter(
    ({ effectiveFrom, effectiveTo }) =>
      effectiveFrom <= on && (effectiveTo === undefined || on <= effectiveTo),
  );
  return tracks.flatMap(({ procedure, rules }) =>
    inForce
      .filter(({ value }) => value.procedures.includes(rules))
      .map((row) => ({
        procedure,
        rule: row.value.deadline,
        fromKind: row.value.from,
        length: row.value.length,
        unit: row.value.unit,
        countedBack: row.value.before === true,
        boundParty: row.value.bound,
        fatal: row.value.fatal,
        setByCourt: row.value.set ?? '',
        actZh: row.value.act.zh,
        actEn: row.value.act.en,
        rightLostZh: row.value.rightLost.zh,
        rightLostEn: row.value.rightLost.en,
        why: whyOf(refOf(row)),
      })),
  );
}
