import { addDays, day, type Day, instantAt, isBefore, weekStart } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Money } from '@recourse/kit/money.ts';
import type { CaseActivity } from '@recourse/proto/cases/v1/cases.ts';
import type { Actor } from '@recourse/proto/type/v1/type.ts';
import type { Told } from './agency.ts';
import { creditorDay } from './placement.ts';
import { creditorZone, reportDue, ruleOn } from './rules.ts';

export type ReportState = 'DRAFT' | 'SUBMITTED' | 'QUERIED' | 'ACKNOWLEDGED';

/** What happened on one case in the week. */
export type ReportLine = {
  caseId: string;
  placementId: string;
  caseNumber: string;
  maskedName: string;
  contacts: number;
  effectiveContacts: number;
  visits: number;
  promisesMade: number;
  promisesKept: number;
  promisesBroken: number;
  received: readonly Money[];
  open: Money | undefined;
  attitude: string;
  nextPromiseDay: string;
  lastNote: string;
};

export type Report = {
  reportId: string;
  creditorId: string;
  creditorName: string;
  agencyId: string;
  agencyName: string;
  weekStart: Day;
  state: ReportState;
  dueAt: Temporal.Instant;
  submittedAt: Temporal.Instant | undefined;
  late: boolean;
  summary: string;
  risks: string;
  plan: string;
  question: string;
  acknowledgedAt: Temporal.Instant | undefined;
  acknowledgedBy: Actor | undefined;
  version: bigint;
};

type Decided = { state: Report; events: Told[] };

/** A placement of the week as the report needs it. */
export type ReportedPlacement = {
  placementId: string;
  caseId: string;
  caseNumber: string;
  maskedName: string;
  creditorName: string;
  agencyName: string;
};

export type Draft = {
  reportId: string;
  creditorId: string;
  agencyId: string;
  weekStart: Day;
};

/** When the report of a week is due: Monday 18:00 of the creditor's clock after the week. */
export function dueAt(week: Day): Temporal.Instant {
  const { daysAfterWeek, time } = ruleOn(reportDue, week);
  const on = addDays(week, 7 + daysAfterWeek);
  return instantAt(on, Temporal.PlainTime.from(time), ruleOn(creditorZone, week));
}

/**
 * A week that can be reported on. Faults: `invalid` week_start_not_monday; `refused`
 * week_not_begun.
 */
export function checkedWeek(weekStartText: string, at: Temporal.Instant): Day {
  const week = day(weekStartText);
  if (!week.equals(weekStart(week))) {
    throw fault('invalid', 'week_start_not_monday', { weekStart: weekStartText });
  }
  if (isBefore(creditorDay(at), week)) {
    throw fault('refused', 'week_not_begun', { weekStart: weekStartText });
  }
  return week;
}

/**
 * Drafts the report of a week, or refreshes the draft: the figures become new, the words stay.
 * `otherReportId` is a report of the same agency and week under another id. Faults, in this order:
 * `missing` no_placements_in_week; `exists` report_exists_with_other_content,
 * report_of_week_exists; `refused` report_is_submitted.
 */
export function draft(
  before: Report | undefined,
  command: Draft,
  placements: readonly ReportedPlacement[],
  otherReportId: string | undefined,
): Decided {
  const { reportId, creditorId, agencyId } = command;
  const week = command.weekStart.toString();
  const first = placements[0];
  if (first === undefined) throw fault('missing', 'no_placements_in_week', { weekStart: week });
  if (before !== undefined) {
    const same = before.agencyId === agencyId && before.weekStart.equals(command.weekStart);
    if (!same) throw fault('exists', 'report_exists_with_other_content', { reportId });
    refuseUnlessWritable(before);
    return { state: { ...before, version: before.version + 1n }, events: [] };
  }
  if (otherReportId !== undefined) {
    throw fault('exists', 'report_of_week_exists', { reportId: otherReportId, weekStart: week });
  }
  const state: Report = {
    reportId,
    creditorId,
    agencyId,
    creditorName: first.creditorName,
    agencyName: first.agencyName,
    weekStart: command.weekStart,
    state: 'DRAFT',
    dueAt: dueAt(command.weekStart),
    submittedAt: undefined,
    late: false,
    summary: '',
    risks: '',
    plan: '',
    question: '',
    acknowledgedAt: undefined,
    acknowledgedBy: undefined,
    version: 1n,
  };
  return { state, events: [] };
}

/**
 * A line for each placement of the week. What happened comes from the log of cases, which tells
 * only what happened while the agency held the case; a case without a word in it has a line of
 * zeros, so that nothing active goes unreported. Of two placements of one case in a week the later
 * one has the line.
 */
export function linesOf(
  placements: readonly ReportedPlacement[],
  activities: readonly CaseActivity[],
): ReportLine[] {
  const told = new Map(activities.map((activity) => [activity.caseId, activity]));
  const byCase = new Map(placements.map((placement) => [placement.caseId, placement]));
  return [...byCase.values()].map(({ placementId, caseId, caseNumber, maskedName }) => {
    const activity = told.get(caseId);
    return {
      placementId,
      caseId,
      caseNumber,
      maskedName,
      contacts: activity?.contacts ?? 0,
      effectiveContacts: activity?.effectiveContacts ?? 0,
      visits: activity?.visits ?? 0,
      promisesMade: activity?.promisesMade ?? 0,
      promisesKept: activity?.promisesKept ?? 0,
      promisesBroken: activity?.promisesBroken ?? 0,
      received: activity?.received ?? [],
      open: activity?.open,
      attitude: activity?.lastAttitude ?? '',
      nextPromiseDay: activity?.nextPromiseDay ?? '',
      lastNote: activity?.lastNote ?? '',
    };
  });
}

function refuseUnlessWritable(report: Report): void {
  const { reportId, state } = report;
  if (state === 'SUBMITTED' || state === 'ACKNOWLEDGED') {
    throw fault('refused', 'report_is_submitted', { reportId, state });
  }
}

function checkVersion(report: Report, expected: bigint): void {
  if (expected !== 0n && expected !== report.version) {
    throw fault('stale', 'report_changed_meanwhile', { expected, present: report.version });
  }
}

export type Words = { summary: string; risks: string; plan: string };

/**
 * Hands the report in and freezes it. The first submission decides whether it was late; answering a
 * question later does not make it so. Faults: `missing` report_unknown; `refused`
 * report_is_submitted; `stale` report_changed_meanwhile.
 */
export function submit(
  report: Report | undefined,
  words: Words,
  expectedVersion: bigint,
  agencyId: string,
  at: Temporal.Instant,
): Decided {
  if (report === undefined || report.agencyId !== agencyId)
    throw fault('missing', 'report_unknown');
  refuseUnlessWritable(report);
  checkVersion(report, expectedVersion);
  const submittedAt = report.submittedAt ?? at;
  const late = Temporal.Instant.compare(submittedAt, report.dueAt) > 0;
  const version = report.version + 1n;
  const weekStart = report.weekStart.toString();
  const { reportId } = report;
  return {
    state: { ...report, ...words, state: 'SUBMITTED', submittedAt, late, version },
    events: [{ $case: 'reportSubmitted', value: { reportId, agencyId, weekStart, late } }],
  };
}

/** A creditor sees no drafts, and answers only what was handed in. */
function handedIn(report: Report | undefined, expectedVersion: bigint): Report {
  if (report === undefined || report.state === 'DRAFT') throw fault('missing', 'report_unknown');
  const { reportId, state } = report;
  if (state !== 'SUBMITTED') throw fault('refused', 'report_not_submitted', { reportId, state });
  checkVersion(report, expectedVersion);
  return report;
}

/**
 * The creditor has read it. Faults: `missing` report_unknown; `refused` report_not_submitted;
 * `stale` report_changed_meanwhile.
 */
export function acknowledge(
  found: Report | undefined,
  expectedVersion: bigint,
  actor: Actor,
  at: Temporal.Instant,
): Decided {
  const report = handedIn(found, expectedVersion);
  const { reportId, agencyId } = report;
  const version = report.version + 1n;
  const value = { reportId, agencyId, weekStart: report.weekStart.toString() };
  return {
    state: {
      ...report,
      state: 'ACKNOWLEDGED',
      acknowledgedAt: at,
      acknowledgedBy: actor,
      version,
    },
    events: [{ $case: 'reportAcknowledged', value }],
  };
}

/** The creditor sends it back with a question; same faults as `acknowledge`. */
export function query(
  found: Report | undefined,
  question: string,
  expectedVersion: bigint,
): Decided {
  const report = handedIn(found, expectedVersion);
  const { reportId, agencyId } = report;
  const value = { reportId, agencyId, weekStart: report.weekStart.toString() };
  return {
    state: { ...report, state: 'QUERIED', question, version: report.version + 1n },
    events: [{ $case: 'reportQueried', value }],
  };
}
