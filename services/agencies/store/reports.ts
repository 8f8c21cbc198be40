import { addDays, day, type Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Money } from '@recourse/kit/money.ts';
import { page, unlessEmpty, where } from '@recourse/kit/page.ts';
import type { Actor, PageInfo, PageRequest } from '@recourse/proto/type/v1/type.ts';
import type { HandedIn, WorkedDays } from '../domain/duty.ts';
import type { Report, ReportedPlacement, ReportLine, ReportState } from '../domain/report.ts';
import { creditorZone, ruleOn } from '../domain/rules.ts';

type Row = {
  creditorId: string;
  creditorName: string;
  reportId: string;
  agencyId: string;
  agencyName: string;
  weekStart: string;
  state: ReportState;
  dueAt: string;
  submittedAt: string | null;
  late: boolean;
  summary: string;
  risks: string;
  plan: string;
  question: string;
  acknowledgedAt: string | null;
  acknowledgedBy: Actor | null;
  version: bigint;
};

const columns = `r.org_id AS "creditorId", r.creditor_name AS "creditorName",
  r.report_id AS "reportId", r.agency_id AS "agencyId", r.agency_name AS "agencyName",
  r.week_start::text AS "weekStart", r.state, r.due_at AS "dueAt",
  r.submitted_at AS "submittedAt", r.late, r.summary, r.risks, r.plan, r.question,
  r.acknowledged_at AS "acknowledgedAt", r.acknowledged_by AS "acknowledgedBy", r.version`;

function instant(text: string | null): Temporal.Instant | undefined {
  return text === null ? undefined : Temporal.Instant.from(text);
}

function reportFrom(row: Row): Report {
  const { creditorId, creditorName, reportId, agencyId, agencyName, state, late } = row;
  const { summary, risks, plan, question, version } = row;
  return {
    creditorId,
    creditorName,
    reportId,
    agencyId,
    agencyName,
    state,
    late,
    summary,
    risks,
    plan,
    question,
    version,
    weekStart: day(row.weekStart),
    dueAt: Temporal.Instant.from(row.dueAt),
    submittedAt: instant(row.submittedAt),
    acknowledgedAt: instant(row.acknowledgedAt),
    acknowledgedBy: row.acknowledgedBy ?? undefined,
  };
}

/** The creditor's report, locked. */
export async function reportForUpdate(tx: Tx, reportId: string): Promise<Report | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT ${columns} FROM report r WHERE r.org_id = $1 AND r.report_id = $2 FOR UPDATE`,
    [tx.orgId, reportId],
  );
  return row === undefined ? undefined : reportFrom(row);
}

/** The report of an agency and week that has another id. */
export async function otherReportOfWeek(
  tx: Tx,
  agencyId: string,
  week: Day,
  reportId: string,
): Promise<string | undefined> {
  const [row] = await tx.query<{ reportId: string }>(
    `SELECT report_id AS "reportId" FROM report
      WHERE org_id = $1 AND agency_id = $2 AND week_start = $3::date AND report_id <> $4`,
    [tx.orgId, agencyId, week, reportId],
  );
  return row?.reportId;
}

/** Placements of an agency that were active on some day of a week, as the report needs them. */
export async function placementsOfWeek(
  tx: Tx,
  agencyId: string,
  week: Day,
): Promise<ReportedPlacement[]> {
  const zone = ruleOn(creditorZone, week);
  const from = week.toZonedDateTime(zone).toInstant();
  const to = addDays(week, 7).toZonedDateTime(zone).toInstant();
  return tx.query<ReportedPlacement>(
    `SELECT placement_id AS "placementId", case_id AS "caseId", case_number AS "caseNumber",
            masked_name AS "maskedName", creditor_name AS "creditorName",
            agency_name AS "agencyName"
       FROM placement
      WHERE org_id = $1 AND agency_id = $2 AND accepted_at < $4
        AND (ended_at IS NULL OR ended_at >= $3)
      ORDER BY case_number, accepted_at`,
    [tx.orgId, agencyId, from, to],
  );
}

/** Writes a report as it stands now. */
export async function saveReport(tx: Tx, report: Report): Promise<void> {
  const by = report.acknowledgedBy;
  await tx.query(
    `INSERT INTO report (org_id, report_id, creditor_name, agency_id, agency_name, week_start,
       state, due_at, submitted_at, late, summary, risks, plan, question, acknowledged_at,
       acknowledged_by, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::jsonb, $17)
     ON CONFLICT (org_id, report_id) DO UPDATE SET state = excluded.state,
       submitted_at = excluded.submitted_at, late = excluded.late, summary = excluded.summary,
       risks = excluded.risks, plan = excluded.plan, question = excluded.question,
       acknowledged_at = excluded.acknowledged_at, acknowledged_by = excluded.acknowledged_by,
       version = excluded.version`,
    [
      tx.orgId,
      report.reportId,
      report.creditorName,
      report.agencyId,
      report.agencyName,
      report.weekStart,
      report.state,
      report.dueAt,
      report.submittedAt ?? null,
      report.late,
      report.summary,
      report.risks,
      report.plan,
      report.question,
      report.acknowledgedAt ?? null,
      by === undefined ? null : JSON.stringify(by),
      report.version,
    ],
  );
}

type StoredMoney = { currency: string; minor: string };

function stored(amount: Money): StoredMoney {
  return { currency: amount.currency, minor: String(amount.minor) };
}

function money(amount: StoredMoney): Money {
  return { currency: amount.currency, minor: BigInt(amount.minor) };
}

/** Puts the figures of a draft in place of those it had. */
export async function replaceLines(
  tx: Tx,
  report: Report,
  lines: readonly ReportLine[],
): Promise<void> {
  const { reportId, agencyId } = report;
  const rows = lines.map((line) => ({
    case_id: line.caseId,
    placement_id: line.placementId,
    case_number: line.caseNumber,
    masked_name: line.maskedName,
    contacts: line.contacts,
    effective_contacts: line.effectiveContacts,
    visits: line.visits,
    promises_made: line.promisesMade,
    promises_kept: line.promisesKept,
    promises_broken: line.promisesBroken,
    received: line.received.map(stored),
    open: line.open === undefined ? null : stored(line.open),
    attitude: line.attitude,
    next_promise_day: line.nextPromiseDay === '' ? null : line.nextPromiseDay,
    last_note: line.lastNote,
  }));
  await tx.query('DELETE FROM report_line WHERE org_id = $1 AND report_id = $2', [
    tx.orgId,
    reportId,
  ]);
  await tx.query(
    `INSERT INTO report_line (org_id, report_id, agency_id, case_id, placement_id, case_number,
       masked_name, contacts, effective_contacts, visits, promises_made, promises_kept,
       promises_broken, received, open, attitude, next_promise_day, last_note)
     SELECT $1, $2, $3, case_id, placement_id, case_number, masked_name, contacts,
            effective_contacts, visits, promises_made, promises_kept, promises_broken, received,
            open, attitude, next_promise_day, last_note
       FROM jsonb_to_recordset($4::jsonb) AS r(case_id uuid, placement_id uuid, case_number text,
         masked_name text, contacts integer, effective_contacts integer, visits integer,
         promises_made integer, promises_kept integer, promises_broken integer, received jsonb,
         open jsonb, attitude text, next_promise_day date, last_note text)`,
    [tx.orgId, reportId, agencyId, JSON.stringify(rows)],
  );
}

type LineRow = Omit<ReportLine, 'received' | 'open' | 'nextPromiseDay'> & {
  debtorName: string | null;
  received: StoredMoney[];
  open: StoredMoney | null;
  nextPromiseDay: string | null;
};

export type SeenReportLine = ReportLine & { debtorName: string };

/** The lines of a report; the debtor's name is there for those who may read it now. */
export async function reportLines(
  tx: Tx,
  creditorId: string,
  reportId: string,
): Promise<SeenReportLine[]> {
  const rows = await tx.query<LineRow>(
    `SELECT l.case_id AS "caseId", l.placement_id AS "placementId",
            l.case_number AS "caseNumber", l.masked_name AS "maskedName",
            d.debtor_name AS "debtorName", l.contacts,
            l.effective_contacts AS "effectiveContacts", l.visits,
            l.promises_made AS "promisesMade", l.promises_kept AS "promisesKept",
            l.promises_broken AS "promisesBroken", l.received, l.open, l.attitude,
            l.next_promise_day::text AS "nextPromiseDay", l.last_note AS "lastNote"
       FROM report_line l LEFT JOIN placement_debtor d
         ON d.org_id = l.org_id AND d.placement_id = l.placement_id
      WHERE l.org_id = $1 AND l.report_id = $2 ORDER BY l.case_number, l.case_id`,
    [creditorId, reportId],
  );
  return rows.map((row) => ({
    ...row,
    debtorName: row.debtorName ?? row.maskedName,
    received: row.received.map(money),
    open: row.open === null ? undefined : money(row.open),
    nextPromiseDay: row.nextPromiseDay ?? '',
  }));
}

/** The creditor whose report this is, as far as the transaction's organisation may see it. */
export async function findReport(tx: Tx, reportId: string): Promise<Report | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT ${columns} FROM report r
      WHERE (r.org_id = $1 AND r.state <> 'DRAFT' OR r.agency_id = $1) AND r.report_id = $2
      ORDER BY r.org_id LIMIT 1`,
    [tx.orgId, reportId],
  );
  return row === undefined ? undefined : reportFrom(row);
}

export type ReportFilter = {
  states: readonly ReportState[];
  agencyId: string;
  creditorId: string;
};

/** Counts over a report's lines, for lists that do not show them. */
export type ReportSums = { caseCount: bigint; contactCount: bigint; received: Money[] };

type SumsRow = { caseCount: bigint; contactCount: bigint; received: StoredMoney[] | null };

const sums = `CROSS JOIN LATERAL (
    SELECT count(*) AS "caseCount", coalesce(sum(l.contacts), 0)::bigint AS "contactCount"
      FROM report_line l WHERE l.org_id = r.org_id AND l.report_id = r.report_id) c
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('currency', m.currency, 'minor', m.minor::text)
             ORDER BY m.currency) AS received
      FROM (SELECT x->>'currency' AS currency, sum((x->>'minor')::bigint) AS minor
              FROM report_line l, jsonb_array_elements(l.received) x
             WHERE l.org_id = r.org_id AND l.report_id = r.report_id GROUP BY 1) m) m`;

/** Reports, newest week first; a creditor sees no drafts. */
export async function listReports(
  tx: Tx,
  side: 'creditor' | 'agency',
  filter: ReportFilter,
  request: PageRequest | undefined,
): Promise<{ reports: { report: Report; sums: ReportSums }[]; page: PageInfo }> {
  const { sql, values } = where([
    [side === 'creditor' ? `r.org_id = ? AND r.state <> 'DRAFT'` : 'r.agency_id = ?', tx.orgId],
    unlessEmpty('r.state = ANY (?::text[])', filter.states),
    unlessEmpty('r.agency_id = ?', filter.agencyId),
    unlessEmpty('r.org_id = ?', filter.creditorId),
  ]);
  const list = {
    table: 'report',
    alias: 'r',
    conditions: sql,
    values,
    besides: sums,
    columns: `${columns}, c.*, m.*`,
    sortColumn: 'r.week_start',
    idColumn: 'r.report_id',
    descending: true,
  };
  const found = await page<Row & SumsRow>(tx, list, request, { side, filter });
  const reports = found.rows.map((row) => ({
    report: reportFrom(row),
    sums: {
      caseCount: row.caseCount,
      contactCount: row.contactCount,
      received: (row.received ?? []).map(money),
    },
  }));
  return { reports, page: found.page };
}

/** On which days agencies worked since a day, without repeats. */
export async function workedSince(
  tx: Tx,
  side: 'creditor' | 'agency',
  filter: { agencyId: string; creditorId: string },
  from: Day,
): Promise<WorkedDays[]> {
  const zone = ruleOn(creditorZone, from);
  const since = from.toZonedDateTime(zone).toInstant();
  const rows = await tx.query<{
    creditorId: string;
    creditorName: string;
    agencyId: string;
    agencyName: string;
    firstDay: string;
    lastDay: string | null;
  }>(
    `SELECT DISTINCT org_id AS "creditorId", creditor_name AS "creditorName",
            agency_id AS "agencyId", agency_name AS "agencyName",
            (accepted_at AT TIME ZONE $3)::date::text AS "firstDay",
            (ended_at AT TIME ZONE $3)::date::text AS "lastDay"
       FROM placement
      WHERE ${side === 'creditor' ? 'org_id = $1' : 'agency_id = $1'}
        AND accepted_at IS NOT NULL AND (ended_at IS NULL OR ended_at >= $2)
        AND ($4::uuid IS NULL OR agency_id = $4) AND ($5::uuid IS NULL OR org_id = $5)`,
    [tx.orgId, since, zone, filter.agencyId || null, filter.creditorId || null],
  );
  return rows.map(({ firstDay, lastDay, ...named }) => ({
    ...named,
    firstDay: day(firstDay),
    lastDay: lastDay === null ? undefined : day(lastDay),
  }));
}

/** Reports handed in for weeks since a day. */
export async function handedInSince(
  tx: Tx,
  side: 'creditor' | 'agency',
  from: Day,
): Promise<HandedIn[]> {
  return tx.query<HandedIn>(
    `SELECT org_id AS "creditorId", agency_id AS "agencyId", week_start::text AS "weekStart", late
       FROM report
      WHERE ${side === 'creditor' ? 'org_id = $1' : 'agency_id = $1'} AND state <> 'DRAFT'
        AND week_start >= $2::date`,
    [tx.orgId, from],
  );
}
