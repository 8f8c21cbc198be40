import { addDays, type Day, day, daysBetween, earlier, isBefore } from '@recourse/kit/day.ts';
import { because, type Dated, type Why } from './rule.ts';

/**
 * The best next step on a case, from the dunning schedule and what was done already (domain.md 2).
 */

type Step = {
  readonly step: string;
  readonly fromDays: number;
  /** What has to be done, one of these, for the step to be over. */
  readonly doneBy: readonly string[];
  /** Whether it also counts when it was done before the step came due, since the debt fell due. */
  readonly early?: boolean;
  /** Comes due sooner after so many days without a sign of the debtor since this was done. */
  readonly silence?: { readonly after: string; readonly days: number };
  /** Among the deeds, the day until which a decision has put it off; it comes back on that day. */
  readonly putOffUntil?: string;
  /** Rests while an agency works the case: it is for the creditor to take. */
  readonly ofCreditor?: boolean;
};

export type Schedule = {
  /** Steps by days overdue, in order; negative before the due day. */
  readonly steps: readonly Step[];
  /** How often to ask again between two steps, by days overdue, in order. */
  readonly followUps: readonly { readonly fromDays: number; readonly everyDays: number }[];
  /** After so many calls in a row that reached nobody the case goes up instead of one more call. */
  readonly missedCallsToEscalate: number;
  /** Whom it goes up to, one rung after the other; a step each, done by giving the case away. */
  readonly ladder: readonly string[];
  /** Days before a promised payment on which the debtor is reminded of it. */
  readonly promiseReminderDays: number;
  /** The same before an instalment of a plan. */
  readonly instalmentReminderDays: number;
  /** The same before the day by which an approved settlement is to be paid. */
  readonly settlementReminderDays: number;
};

/**
 * The last day on which each thing was done on a case: `call` (or visit), `reached`, `letter` (a
 * demand), `lawyers_letter`, `matter` (taken to court). `look_again` is no deed but the day that a
 * decision not to sue has named.
 */
export type Deeds = Readonly<Record<string, string>>;

export type CaseWork = {
  oldestDueDate: Day;
  openedOn: Day;
  /** Day of the last permitted contact. */
  lastContactOn: Day | undefined;
  /** Calls in a row that reached nobody. */
  missedCalls: number;
  /** Due day of the pending promise that is due first. */
  promiseDueDay: Day | undefined;
  /** Due day of the pending instalment that is due first. */
  instalmentDueDay?: Day | undefined;
  /** Due day of the approved settlement that waits for its money. */
  settlementDueDay?: Day | undefined;
  deeds?: Deeds;
  /** Rungs of the ladder that the case has gone up. */
  escalations?: number;
  /** Whether an agency works it. */
  isPlaced?: boolean;
};

export type Action = { step: string; dueDay: Day; why: Why };

type Act = (step: string, dueDay: Day, facts?: Record<string, string>) => Action;

/**
 * In this order: a pending promise, instalment or settlement is reminded of and then awaited; the
 * schedule's present step while what it asks for was not done, whatever else was; three calls in a
 * row without an answer go up the ladder instead of a fourth, so a call gives way to that; else
 * the next step, one that was put off or a follow-up, whichever is sooner. A day before today is
 * overdue work.
 */
export function nextAction(work: CaseWork, today: Day, rule: Dated<Schedule>): Action {
  const days = daysBetween(work.oldestDueDate, today);
  const act: Act = (step, dueDay, facts = {}) => ({
    step,
    dueDay,
    why: because(rule, { days_overdue: String(days), ...facts }),
  });
  const schedule = work.isPlaced === true ? forAgency(rule.value) : rule.value;
  const place = Math.max(presentPlace(work, schedule, today), 0);
  const present = schedule.steps[place];
  const due = present === undefined || isDone(work, present, today) ? undefined : present;
  const pressing =
    due === undefined ? undefined : act(due.step, dueDayOf(work, due), said(work, due));
  return (
    promised(work, schedule, act) ??
    (due?.doneBy.includes('call') === true ? undefined : pressing) ??
    escalated(work, schedule, act) ??
    pressing ??
    following(work, today, schedule, place, act)
  );
}

/** What is the creditor's own comes back with the case. */
function forAgency(schedule: Schedule): Schedule {
  return { ...schedule, steps: schedule.steps.filter((step) => step.ofCreditor !== true) };
}

/** Whichever of what was agreed is to be done first. */
function promised(work: CaseWork, schedule: Schedule, act: Act): Action | undefined {
  const { promiseDueDay, instalmentDueDay, settlementDueDay, lastContactOn } = work;
  const awaited = (noun: string, due: Day | undefined, days: number): Action[] => {
    if (due === undefined) return [];
    const remindOn = addDays(due, -days);
    const facts = { [`${noun}_due_day`]: due.toString() };
    const isReminded = lastContactOn !== undefined && !isBefore(lastContactOn, remindOn);
    return [isReminded ? act(`${noun}_due`, due, facts) : act(`${noun}_reminder`, remindOn, facts)];
  };
  const [first] = [
    ...awaited('promise', promiseDueDay, schedule.promiseReminderDays),
    ...awaited('instalment', instalmentDueDay, schedule.instalmentReminderDays),
    ...awaited('settlement', settlementDueDay, schedule.settlementReminderDays),
  ].toSorted((a, b) => Temporal.PlainDate.compare(a.dueDay, b.dueDay));
  return first;
}

/** On the last rung nobody is left to go up to: the schedule goes on. */
function escalated(work: CaseWork, schedule: Schedule, act: Act): Action | undefined {
  const { missedCalls, lastContactOn, escalations = 0 } = work;
  const rung = schedule.ladder[escalations];
  if (missedCalls < schedule.missedCallsToEscalate || lastContactOn === undefined) return undefined;
  if (rung === undefined) return undefined;
  return act(rung, addDays(lastContactOn, 1), { missed_calls: String(missedCalls) });
}

function following(
  work: CaseWork,
  today: Day,
  schedule: Schedule,
  place: number,
  act: Act,
): Action {
  const days = daysBetween(work.oldestDueDate, today);
  const every = schedule.followUps.findLast((one) => one.fromDays <= days)?.everyDays ?? 7;
  const followUp = addDays(work.lastContactOn ?? work.openedOn, every);
  const [next] = [
    ...schedule.steps.slice(place + 1).filter((step) => !isDone(work, step, today)),
    ...schedule.steps.filter((step) => isPutOff(work, step, today)),
  ].toSorted((a, b) => (isBefore(dueDayOf(work, a), dueDayOf(work, b)) ? -1 : 1));
  const nextDay = next === undefined ? followUp : dueDayOf(work, next);
  return next !== undefined && earlier(nextDay, followUp) === nextDay
    ? act(next.step, nextDay, said(work, next))
    : act('follow_up', followUp, { every_days: String(every) });
}

function said(work: CaseWork, step: Step): Record<string, string> {
  const putOff = putOffDay(work, step);
  const until = putOff === undefined ? {} : { look_again_on: putOff.toString() };
  return { from_days: String(step.fromDays), ...until };
}

/** Place of the last step that has come due; -1 before the first. */
function presentPlace(work: CaseWork, schedule: Schedule, today: Day): number {
  return schedule.steps.findLastIndex((step) => !isBefore(today, cameDueOn(work, step)));
}

/** By its days, or sooner by the debtor's silence. */
function cameDueOn(work: CaseWork, step: Step): Day {
  const byDays = addDays(work.oldestDueDate, step.fromDays);
  const silent = silentUntil(work, step);
  return silent === undefined ? byDays : earlier(byDays, silent);
}

/** When the silence that a step waits for is complete; a sign of the debtor begins it anew. */
function silentUntil(work: CaseWork, step: Step): Day | undefined {
  if (step.silence === undefined) return undefined;
  const since = deedOf(work, step.silence.after);
  if (since === undefined || isBefore(since, work.oldestDueDate)) return undefined;
  const sign = deedOf(work, 'reached');
  return addDays(sign === undefined ? since : later(since, sign), step.silence.days);
}

/** Never before the case was opened, nor before the day until which it was put off. */
function dueDayOf(work: CaseWork, step: Step): Day {
  const due = later(cameDueOn(work, step), work.openedOn);
  const putOff = putOffDay(work, step);
  return putOff === undefined ? due : later(due, putOff);
}

function putOffDay(work: CaseWork, step: Step): Day | undefined {
  return step.putOffUntil === undefined ? undefined : deedOf(work, step.putOffUntil);
}

function isPutOff(work: CaseWork, step: Step, today: Day): boolean {
  const putOff = putOffDay(work, step);
  return putOff !== undefined && isBefore(today, putOff) && !isDeed(work, step);
}

/** What was put off is done until it comes back. */
function isDone(work: CaseWork, step: Step, today: Day): boolean {
  return isDeed(work, step) || isPutOff(work, step, today);
}

function isDeed(work: CaseWork, step: Step): boolean {
  const from = step.early === true ? work.oldestDueDate : dueDayOf(work, step);
  return step.doneBy.some((deed) => {
    const on = deedOf(work, deed);
    return on !== undefined && !isBefore(on, from);
  });
}

function deedOf(work: CaseWork, deed: string): Day | undefined {
  if (deed === 'contact') return work.lastContactOn;
  const on = work.deeds?.[deed];
  return on === undefined ? undefined : day(on);
}

function later(a: Day, b: Day): Day {
  return isBefore(a, b) ? b : a;
}

/**
 * What was done on a case after one more permitted contact or letter. A letter of another kind than
 * a demand (a statement of account, say) is no step of the schedule; a contact by letter without a
 * kind counts as a demand.
 */
export function deedsAfter(
  deeds: Deeds,
  contact: { channel: string; result: string; letterKind?: string },
  on: Day,
): Deeds {
  const { channel, result, letterKind = 'DEMAND' } = contact;
  const isLetter = channel === 'LETTER';
  const done = [
    channel === 'CALL' || channel === 'VISIT' ? 'call' : undefined,
    result === 'REACHED' ? 'reached' : undefined,
    isLetter && ['DEMAND', 'LAWYERS_LETTER'].includes(letterKind) ? 'letter' : undefined,
    isLetter && letterKind === 'LAWYERS_LETTER' ? 'lawyers_letter' : undefined,
  ].filter((deed) => deed !== undefined);
  return done.reduce<Deeds>((known, deed) => noted(known, deed, on), deeds);
}

/** A deed on a day; an earlier one that is told late changes nothing. */
export function noted(deeds: Deeds, deed: string, on: Day): Deeds {
  const known = deeds[deed];
  return known !== undefined && !isBefore(day(known), on)
    ? deeds
    : { ...deeds, [deed]: on.toString() };
}

/** Giving a case that is to go up to somebody else takes it up a rung; calls count anew there. */
export function goesUp(
  file: { nextStep: string; assigneeId: string | null },
  assigneeId: string,
  ladder: readonly string[],
): boolean {
  return ladder.includes(file.nextStep) && file.assigneeId !== assigneeId;
}
