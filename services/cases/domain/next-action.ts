import { addDays, type Day, daysBetween, earlier, isBefore } from '@recourse/kit/day.ts';
import { because, type Dated, type Why } from './rule.ts';

/**
 * The best next step on a case, from the dunning schedule and what was done already (domain.md 2).
 */

export type Schedule = {
  readonly steps: readonly { readonly step: string; readonly fromDays: number }[];
  readonly followUps: readonly { readonly fromDays: number; readonly everyDays: number }[];
  readonly missedCallsToEscalate: number;
  readonly promiseReminderDays: number;
};

export type CaseWork = {
  oldestDueDate: Day;
  openedOn: Day;
  /** Day of the last permitted contact. */
  lastContactOn: Day | undefined;
  /** Calls in a row that reached nobody. */
  missedCalls: number;
  /** Due day of the pending promise that is due first. */
  promiseDueDay: Day | undefined;
};

export type Action = { step: string; dueDay: Day; why: Why };

/**
 * In this order: a pending promise is reminded of and then awaited; three calls in a row without an
 * answer go up instead of a fourth; the schedule's present step, when no contact has been made
 * since it came due; else the next step or a follow-up, whichever is sooner. A day before today is
 * overdue work.
 */
export function nextAction(work: CaseWork, today: Day, rule: Dated<Schedule>): Action {
  const days = daysBetween(work.oldestDueDate, today);
  const act = (step: string, dueDay: Day, facts: Record<string, string> = {}): Action => ({
    step,
    dueDay,
    why: because(rule, { days_overdue: String(days), ...facts }),
  });
  return (
    promised(work, rule.value, act) ??
    escalated(work, rule.value, act) ??
    scheduled(work, days, rule.value, act)
  );
}

type Act = (step: string, dueDay: Day, facts?: Record<string, string>) => Action;

function promised(work: CaseWork, schedule: Schedule, act: Act): Action | undefined {
  const { promiseDueDay, lastContactOn } = work;
  if (promiseDueDay === undefined) return undefined;
  const remindOn = addDays(promiseDueDay, -schedule.promiseReminderDays);
  const facts = { promise_due_day: promiseDueDay.toString() };
  const isReminded = lastContactOn !== undefined && !isBefore(lastContactOn, remindOn);
  return isReminded
    ? act('promise_due', promiseDueDay, facts)
    : act('promise_reminder', remindOn, facts);
}

function escalated(work: CaseWork, schedule: Schedule, act: Act): Action | undefined {
  const { missedCalls, lastContactOn } = work;
  if (missedCalls < schedule.missedCallsToEscalate || lastContactOn === undefined) return undefined;
  return act('escalate', addDays(lastContactOn, 1), { missed_calls: String(missedCalls) });
}

function scheduled(work: CaseWork, days: number, schedule: Schedule, act: Act): Action {
  const { oldestDueDate, openedOn, lastContactOn } = work;
  const dayOf = (fromDays: number): Day => later(addDays(oldestDueDate, fromDays), openedOn);
  const reached = schedule.steps.findLastIndex((one) => one.fromDays <= days);
  const present = schedule.steps[Math.max(reached, 0)];
  if (present === undefined) return act('follow_up', openedOn);
  const presentDay = dayOf(present.fromDays);
  if (lastContactOn === undefined || isBefore(lastContactOn, presentDay)) {
    return act(present.step, presentDay, { from_days: String(present.fromDays) });
  }
  const every = schedule.followUps.findLast((one) => one.fromDays <= days)?.everyDays ?? 7;
  const followUp = addDays(lastContactOn, every);
  const following = schedule.steps[Math.max(reached, 0) + 1];
  const nextDay = following === undefined ? followUp : dayOf(following.fromDays);
  return following !== undefined && earlier(nextDay, followUp) === nextDay
    ? act(following.step, nextDay, { from_days: String(following.fromDays) })
    : act('follow_up', followUp, { every_days: String(every) });
}

function later(a: Day, b: Day): Day {
  return isBefore(a, b) ? b : a;
}
