import { actorOf } from '@recourse/kit/caller.ts';
import { addDays, weekStart } from '@recourse/kit/day.ts';
import { emit } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Money } from '@recourse/kit/money.ts';
import { onceForCaller } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  AcknowledgeReportResponse,
  type DraftReportRequest,
  type ListReportsRequest,
  type ListReportsResponse,
  QueryReportResponse,
  type Report as ReportMessage,
  type ReportsServiceServer,
  ReportState,
  SubmitReportResponse,
} from '@recourse/proto/agencies/v1/reports.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { duties, missing } from '../domain/duty.ts';
import { creditorDay } from '../domain/placement.ts';
import {
  acknowledge,
  checkedWeek,
  draft,
  linesOf,
  query,
  type Report,
  submit,
} from '../domain/report.ts';
import { missingWeeks, ruleOn } from '../domain/rules.ts';
import type { Told } from '../domain/agency.ts';
import {
  findReport,
  handedInSince,
  listReports,
  otherReportOfWeek,
  placementsOfWeek,
  replaceLines,
  reportForUpdate,
  reportLines,
  type ReportSums,
  saveReport,
  type SeenReportLine,
  workedSince,
} from '../store/reports.ts';
import { lockByName } from '../store/lock.ts';
import { agenciesTopic } from '../topic.ts';
import { asking, madeBy, type Reader, type Rooms, sideOf, wordsOf } from './rooms.ts';

function frame(
  report: Report,
): Omit<ReportMessage, 'lines' | 'caseCount' | 'contactCount' | 'received'> {
  const { reportId, agencyId, agencyName, creditorId, creditorName, late, summary } = report;
  const { risks, plan, question, acknowledgedBy, version } = report;
  return {
    reportId,
    agencyId,
    agencyName,
    creditorId,
    creditorName,
    late,
    summary,
    risks,
    plan,
    question,
    acknowledgedBy,
    version,
    weekStart: report.weekStart.toString(),
    state: ReportState[report.state],
    dueAt: report.dueAt.toString(),
    submittedAt: report.submittedAt?.toString(),
    acknowledgedAt: report.acknowledgedAt?.toString(),
  };
}

function totalReceived(lines: readonly SeenReportLine[]): Money[] {
  const sums = new Map<string, bigint>();
  for (const { currency, minor } of lines.flatMap((line) => line.received)) {
    sums.set(currency, (sums.get(currency) ?? 0n) + minor);
  }
  return [...sums].map(([currency, minor]) => ({ currency, minor }));
}

function withLines(report: Report, lines: readonly SeenReportLine[]): ReportMessage {
  return {
    ...frame(report),
    caseCount: lines.length,
    contactCount: lines.reduce((sum, line) => sum + line.contacts, 0),
    received: totalReceived(lines),
    lines: lines.map(({ placementId: _placement, maskedName: _masked, ...line }) => ({
      ...line,
      received: [...line.received],
    })),
  };
}

function withSums(report: Report, sums: ReportSums): ReportMessage {
  const { caseCount, contactCount, received } = sums;
  return {
    ...frame(report),
    caseCount: Number(caseCount),
    contactCount: Number(contactCount),
    received,
    lines: [],
  };
}

/** A report with its lines as the caller may see them now. */
async function read(rooms: Rooms, reportId: string, call: Call): Promise<ReportMessage> {
  return rooms.db.tenant(call.caller.orgId, async (tx) => {
    const report = await findReport(tx, reportId);
    if (report === undefined) throw fault('missing', 'report_unknown');
    return withLines(report, await reportLines(tx, report.creditorId, reportId));
  });
}

/** An id that names a report to another creditor names no second one. */
async function refuseForeignId(rooms: Rooms, request: DraftReportRequest, call: Call) {
  const { reportId, creditorId } = request;
  const found = await rooms.db.tenant(call.caller.orgId, (tx) => findReport(tx, reportId));
  if (found !== undefined && found.creditorId !== creditorId) {
    throw fault('exists', 'report_exists_with_other_content', { reportId });
  }
}

/** Asks cases what happened, then drafts in the creditor's transaction, which proves the right. */
async function draftReport(rooms: Rooms, request: DraftReportRequest, call: Call) {
  const { reportId, creditorId } = request;
  const agencyId = call.caller.orgId;
  const week = checkedWeek(request.weekStart, call.at);
  await refuseForeignId(rooms, request, call);
  const period = { firstDay: week.toString(), lastDay: addDays(week, 6).toString() };
  const { activities } = await rooms.cases.getActivity({ creditorId, period }, asking(call));
  await rooms.db.tenant(creditorId, async (tx) => {
    await lockByName(tx, `report ${agencyId} ${week}`);
    const placements = await placementsOfWeek(tx, agencyId, week);
    const before = await reportForUpdate(tx, reportId);
    const other = await otherReportOfWeek(tx, agencyId, week, reportId);
    const command = { reportId, creditorId, agencyId, weekStart: week };
    const { state } = draft(before, command, placements, other);
    await saveReport(tx, state);
    await replaceLines(tx, state, linesOf(placements, activities));
  });
  return { report: await read(rooms, reportId, call) };
}

async function save(
  tx: Tx,
  { state, events }: { state: Report; events: Told[] },
  call: Call,
): Promise<ReportMessage> {
  await saveReport(tx, state);
  const audience = [state.creditorId, state.agencyId];
  const about = { ...madeBy(call), aggregateId: state.reportId, audience };
  await emit(tx, agenciesTopic, about, events);
  return withLines(state, await reportLines(tx, state.creditorId, state.reportId));
}

/** A page of reports as it is answered; the screen and the export read the same. */
export async function reportsPage(tx: Tx, reader: Reader, request: ListReportsRequest) {
  const { agencyId, creditorId } = request;
  const filter = { states: wordsOf(ReportState, request.states), agencyId, creditorId };
  const found = await listReports(tx, sideOf(reader), filter, request.page);
  const reports = found.reports.map(({ report, sums }) => withSums(report, sums));
  return { reports, page: found.page };
}

/** Reports of the list's filter that are due and not there, with the first page only. */
async function missingReports(
  tx: Tx,
  request: ListReportsRequest,
  call: Call,
): Promise<ListReportsResponse['missing']> {
  if ((request.page?.cursor ?? '') !== '') return [];
  const side = sideOf(call.caller);
  const today = creditorDay(call.at);
  const from = addDays(weekStart(today), -7 * ruleOn(missingWeeks, today));
  const { agencyId, creditorId } = request;
  const owed = duties(await workedSince(tx, side, { agencyId, creditorId }, from), from, call.at);
  return missing(owed, await handedInSince(tx, side, from), call.at).map((one) => ({
    ...one,
    weekStart: one.weekStart.toString(),
    dueAt: one.dueAt.toString(),
  }));
}

async function creditorOfReport(rooms: Rooms, reportId: string, call: Call): Promise<string> {
  const found = await rooms.db.tenant(call.caller.orgId, (tx) => findReport(tx, reportId));
  if (found === undefined) throw fault('missing', 'report_unknown');
  return found.creditorId;
}

/**
 * Weekly reports. Faults: see `draft`, `submit`, `acknowledge`, `query`; `missing` report_unknown;
 * `unavailable` cases_unavailable, with nothing done.
 */
export function reportsHandlers(rooms: Rooms): Handlers<ReportsServiceServer> {
  const { db } = rooms;
  return {
    listReports: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        const found = await reportsPage(tx, call.caller, request);
        return { ...found, missing: await missingReports(tx, request, call) };
      }),

    getReport: async (request, call) => ({ report: await read(rooms, request.reportId, call) }),

    draftReport: (request, call) => draftReport(rooms, request, call),

    submitReport: async (request, call) => {
      const { requestId, ...content } = request;
      const { reportId, summary, risks, plan, expectedVersion } = request;
      const { orgId } = call.caller;
      const creditorId = await creditorOfReport(rooms, reportId, call);
      const command = { requestId, content: { verb: 'submit', ...content } };
      await db.tenant(creditorId, (tx) =>
        onceForCaller(tx, call, command, SubmitReportResponse, async () => {
          const found = await reportForUpdate(tx, reportId);
          const words = { summary, risks, plan };
          const decided = submit(found, words, expectedVersion, orgId, call.at);
          return { report: await save(tx, decided, call) };
        }),
      );
      // Read again in the agency's own name: it sees what it may, not what the creditor's may.
      return { report: await read(rooms, reportId, call) };
    },

    acknowledgeReport: (request, call) => {
      const { requestId, ...content } = request;
      const command = { requestId, content: { verb: 'acknowledge', ...content } };
      return db.tenant(call.caller.orgId, (tx) =>
        onceForCaller(tx, call, command, AcknowledgeReportResponse, async () => {
          const found = await reportForUpdate(tx, request.reportId);
          const actor = actorOf(call.caller);
          const decided = acknowledge(found, request.expectedVersion, actor, call.at);
          return { report: await save(tx, decided, call) };
        }),
      );
    },

    queryReport: (request, call) => {
      const { requestId, ...content } = request;
      const command = { requestId, content: { verb: 'query', ...content } };
      return db.tenant(call.caller.orgId, (tx) =>
        onceForCaller(tx, call, command, QueryReportResponse, async () => {
          const found = await reportForUpdate(tx, request.reportId);
          const decided = query(found, request.question, request.expectedVersion);
          return { report: await save(tx, decided, call) };
        }),
      );
    },
  };
}
