import { day } from '@recourse/kit/day.ts';
import { type Calendar, covers, isRestDay } from '@recourse/kit/calendar.ts';
import { type Dated, refOf, type RuleRef, wrongField } from './dated.ts';
import { presentEvents, type ProcedureEvent } from './deadline-event.ts';
import type { DeadlineRule, DeadlineTables, Procedure, Words } from './deadline-rule.ts';
import { fixedEnd, type PeriodEnd, periodEnd } from './period.ts';

export type Deadline = {
  /** Name of the rule: `appeal_judgment`. */
  deadline: string;
  procedure: Procedure;
  boundParty: 'us' | 'opponent' | 'court';
  /** The event it runs from, and its day. */
  eventId: string;
  from: string;
  dueOn: string;
  /** For periods of hours whose start is known to the minute: an ISO instant. */
  dueAt?: string;
  countedEnd: string;
  moved: boolean;
  provisional: boolean;
  /** The court's own length was not given: this is the least or the most the law allows. */
  assumedLength?: true;
  fatal: boolean;
  /** A second person must confirm it: fatal ones that bind us. */
  secondCheck: boolean;
  act: Words;
  rightLost: Words;
  /** The event that did the act, and whether after the end. */
  metBy?: string;
  metLate?: boolean;
  postponedBy?: string;
  rule: RuleRef;
};

type End = PeriodEnd & { dueAt?: string; assumedLength?: true };

const courtZone = 'Asia/Shanghai';

/** Whether so many days end after the longest period that the law allows. */
function isBeyond({ atMost }: DeadlineRule, on: string, days: number): boolean {
  if (atMost === undefined || days > 40_000) return atMost !== undefined;
  return (
    day(on).add({ days }).toString() >
    day(on)
      .add({ [atMost.unit]: atMost.length })
      .toString()
  );
}

/** The court's own length, within what the law allows it. */
function lengthOf(rule: DeadlineRule, event: ProcedureEvent) {
  const { days } = event;
  if (rule.set === undefined || days === undefined) {
    return {
      length: rule.length,
      ...(rule.set === undefined ? {} : { assumedLength: true as const }),
    };
  }
  const tooShort = rule.set === 'least' && days < rule.length;
  const isOver = rule.set === 'most' && days > rule.length;
  const tooLong = isOver || (Number.isInteger(days) && isBeyond(rule, event.on, days));
  if (!Number.isInteger(days) || days <= 0 || tooShort || tooLong) {
    const { atMost } = rule;
    const more = atMost === undefined ? '' : ` and at most ${atMost.length} ${atMost.unit}`;
    const repair = `give at ${rule.set} ${rule.length} days${more} as the court set them`;
    const facts = { event: event.id, deadline: rule.deadline, days };
    throw wrongField('/events/days', 'length_not_allowed', repair, facts);
  }
  return { length: days };
}

/** Hours run from the minute when it is known, else from the end of the day. */
function hoursEnd(rule: DeadlineRule, event: ProcedureEvent): End {
  const firstDay = day(event.on).add({ days: 1 }).toString();
  if (event.at === undefined) {
    const endOn = day(event.on)
      .add({ days: Math.ceil(rule.length / 24) })
      .toString();
    return { firstDay, countedEnd: endOn, endOn, moved: false, provisional: false };
  }
  const due = Temporal.Instant.from(event.at).add({ hours: rule.length });
  const endOn = due.toZonedDateTimeISO(courtZone).toPlainDate().toString();
  const ends = { countedEnd: endOn, endOn, moved: false, provisional: false };
  return { firstDay, ...ends, dueAt: due.toString() };
}

/** Counted back from an event; a day of rest moves to the working day before it, to be safe. */
function endBefore(rule: DeadlineRule, event: ProcedureEvent, calendar: Calendar): PeriodEnd {
  const countedEnd = day(event.on).subtract({ days: rule.length }).toString();
  let endOn = countedEnd;
  while (covers(endOn, calendar) && isRestDay(endOn, calendar)) {
    endOn = day(endOn).subtract({ days: 1 }).toString();
  }
  const provisional = !covers(countedEnd, calendar);
  return { firstDay: event.on, countedEnd, endOn, moved: endOn !== countedEnd, provisional };
}

function endOf(rule: DeadlineRule, event: ProcedureEvent, calendar: Calendar): End {
  if (event.until !== undefined) return fixedEnd(event.until, calendar);
  if (rule.before === true) return endBefore(rule, event, calendar);
  if (rule.unit === 'hours') return hoursEnd(rule, event);
  const { length, ...assumed } = lengthOf(rule, event);
  return { ...periodEnd({ from: event.on, length, unit: rule.unit }, calendar), ...assumed };
}

function boundBy(rule: DeadlineRule, event: ProcedureEvent): Deadline['boundParty'] {
  if (rule.bound !== 'served') return rule.bound;
  return event.party ?? rule.party ?? 'us';
}

/** The court's extension: the last one decided for this deadline, whatever order they came in. */
function postponement(
  rule: DeadlineRule,
  event: ProcedureEvent,
  events: readonly ProcedureEvent[],
) {
  return events
    .filter(
      (one) =>
        one.kind === 'postponed' &&
        one.deadline === rule.deadline &&
        one.on >= event.on &&
        (one.party === undefined || event.party === undefined || one.party === event.party),
    )
    .toSorted((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1))
    .at(-1);
}

/** Whether an event does the act; of a term that ends, within the term and for the same thing. */
function meets(
  one: ProcedureEvent,
  rule: DeadlineRule,
  event: ProcedureEvent,
  boundParty: Deadline['boundParty'],
): boolean {
  if (!rule.metBy.includes(one.kind)) return false;
  if (one.party !== undefined && boundParty !== 'court' && one.party !== boundParty) return false;
  if (rule.before !== true) return rule.metEarly === true || one.on >= event.on;
  const isSame = one.subject === undefined || (event.subject ?? one.subject) === one.subject;
  return isSame && one.on > (event.since ?? '') && one.on <= event.on;
}

function deadlineOf(
  row: Dated<DeadlineRule>,
  event: ProcedureEvent,
  about: { procedure: Procedure; events: readonly ProcedureEvent[]; calendar: Calendar },
): Deadline {
  const rule = row.value;
  const extension = postponement(rule, event, about.events);
  const end =
    extension?.until === undefined
      ? endOf(rule, event, about.calendar)
      : { ...endOf(rule, event, about.calendar), ...fixedEnd(extension.until, about.calendar) };
  const boundParty = boundBy(rule, event);
  const [met] = about.events.filter((one) => meets(one, rule, event, boundParty));
  return {
    deadline: rule.deadline,
    procedure: about.procedure,
    boundParty,
    eventId: event.id,
    from: event.on,
    dueOn: end.endOn,
    ...(end.dueAt === undefined || extension !== undefined ? {} : { dueAt: end.dueAt }),
    countedEnd: end.countedEnd,
    moved: end.moved,
    provisional: end.provisional,
    ...(end.assumedLength === undefined || extension !== undefined ? {} : { assumedLength: true }),
    fatal: rule.fatal,
    secondCheck: rule.fatal && boundParty === 'us',
    act: rule.act,
    rightLost: rule.rightLost,
    ...(met === undefined ? {} : { metBy: met.id, metLate: met.on > end.endOn }),
    ...(extension === undefined ? {} : { postponedBy: extension.id }),
    rule: refOf(row),
  };
}

/**
 * Every deadline of a procedure that its events have started, by due day. A function of the set of
 * events: a corrected service (`replaces`) or a postponement makes them anew. A holiday table that
 * ends before leaves `provisional` deadlines on the earliest day they can fall. legal.md 2.4–2.6;
 * 民事诉讼法 art. 85. Faults `invalid`: those of `presentEvents`, `length_not_allowed`.
 */
export function deadlines(
  procedure: Procedure,
  events: readonly ProcedureEvent[],
  calendar: Calendar,
  law: DeadlineTables,
): Deadline[] {
  const present = presentEvents(events);
  return present
    .flatMap((event) =>
      law.deadlines
        .filter(
          ({ value, effectiveFrom, effectiveTo }) =>
            value.from === event.kind &&
            value.procedures.includes(procedure) &&
            effectiveFrom <= event.on &&
            (effectiveTo === undefined || event.on <= effectiveTo),
        )
        .map((row) => deadlineOf(row, event, { procedure, events: present, calendar })),
    )
    .toSorted((a, b) =>
      a.dueOn === b.dueOn ? (a.deadline < b.deadline ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1,
    );
}
