import { addDays, type Day, isBefore, weekStart } from '@recourse/kit/day.ts';
import { creditorDay } from './placement.ts';
import { dueAt } from './report.ts';

/** The days on which one agency worked for one creditor, of one placement. */
export type WorkedDays = {
  creditorId: string;
  creditorName: string;
  agencyId: string;
  agencyName: string;
  firstDay: Day;
  /** The day it ended, none while active. */
  lastDay: Day | undefined;
};

/** A report handed in for a week. */
export type HandedIn = { creditorId: string; agencyId: string; weekStart: string; late: boolean };

/** A week for which an agency owes a creditor a report. */
export type Duty = {
  creditorId: string;
  creditorName: string;
  agencyId: string;
  agencyName: string;
  weekStart: Day;
  dueAt: Temporal.Instant;
};

function key(creditorId: string, agencyId: string, week: string): string {
  return `${creditorId} ${agencyId} ${week}`;
}

/** Weeks (by their Mondays) that are over at an instant and in which some placement was active. */
export function duties(worked: readonly WorkedDays[], from: Day, at: Temporal.Instant): Duty[] {
  const thisWeek = weekStart(creditorDay(at));
  const found = new Map<string, Duty>();
  for (const span of worked) {
    const { creditorId, creditorName, agencyId, agencyName, firstDay, lastDay } = span;
    const begin = isBefore(firstDay, from) ? from : firstDay;
    for (let week = weekStart(begin); isBefore(week, thisWeek); week = addDays(week, 7)) {
      if (lastDay !== undefined && isBefore(lastDay, week)) break;
      const named = { creditorId, creditorName, agencyId, agencyName };
      const id = key(creditorId, agencyId, week.toString());
      if (!found.has(id)) found.set(id, { ...named, weekStart: week, dueAt: dueAt(week) });
    }
  }
  return [...found.values()].sort((a, b) => Temporal.PlainDate.compare(b.weekStart, a.weekStart));
}

/** Duties without a report handed in, newest week first; `late` once the due time has passed. */
export function missing(
  owed: readonly Duty[],
  reports: readonly HandedIn[],
  at: Temporal.Instant,
): (Duty & { late: boolean })[] {
  const there = new Set(
    reports.map((report) => key(report.creditorId, report.agencyId, report.weekStart)),
  );
  return owed
    .filter((one) => !there.has(key(one.creditorId, one.agencyId, one.weekStart.toString())))
    .map((one) => ({ ...one, late: Temporal.Instant.compare(at, one.dueAt) > 0 }));
}

/** How many reports have fallen due, and how many of them came in time. */
export function punctuality(
  owed: readonly Duty[],
  reports: readonly HandedIn[],
  at: Temporal.Instant,
): { reportsDue: number; reportsOnTime: number } {
  const inTime = new Set(
    reports
      .filter((report) => !report.late)
      .map((report) => key(report.creditorId, report.agencyId, report.weekStart)),
  );
  const fallen = owed.filter((one) => Temporal.Instant.compare(at, one.dueAt) > 0);
  const onTime = fallen.filter((one) =>
    inTime.has(key(one.creditorId, one.agencyId, one.weekStart.toString())),
  );
  return { reportsDue: fallen.length, reportsOnTime: onTime.length };
}
