import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Standing } from '../domain/standing.ts';
import { standingColumns } from './standing.ts';

/** Opening of cases from overdue receivables, set by set. */

export type OpeningScope = {
  asOf: Day;
  minDaysOverdue: number;
  /** Only debts of this currency and at least this much; everything when undefined. */
  minOverdue: { currency: string; minor: bigint } | undefined;
  debtorIds: readonly string[];
};

/** What a debtor owes in one currency on receivables that are overdue and in no case. */
export type Candidate = {
  debtorId: string;
  debtorName: string;
  currency: string;
  overdueMinor: bigint;
  receivableCount: bigint;
  oldestDueDate: string;
  /** The debtor's open case in that currency; null when one is to be opened. */
  openCaseId: string | null;
  /** Id of the case that would be opened. */
  newCaseId: string;
  /** The customer's grade as credit told it last; null before it told any. */
  grade: string | null;
};

/**
 * Takes the organisation's counter of a year and so keeps other openings waiting until the commit.
 */
export async function lockCounter(tx: Tx, year: number): Promise<void> {
  await tx.query(
    `INSERT INTO case_counter AS k (org_id, year, last) VALUES ($1, $2, 0)
     ON CONFLICT (org_id, year) DO UPDATE SET last = k.last`,
    [tx.orgId, year],
  );
}

/** Draws `count` numbers and answers the first of them. */
export async function drawNumbers(tx: Tx, year: number, count: number): Promise<bigint> {
  const [row] = await tx.query<{ last: bigint }>(
    'UPDATE case_counter SET last = last + $3 WHERE org_id = $1 AND year = $2 RETURNING last',
    [tx.orgId, year, count],
  );
  return (row?.last ?? 0n) - BigInt(count) + 1n;
}

/** Debtors with overdue receivables that are in no case, ordered by debtor; `most` of them. */
export async function openingCandidates(
  tx: Tx,
  scope: OpeningScope,
  most?: number,
): Promise<Candidate[]> {
  const { asOf, minDaysOverdue, minOverdue, debtorIds } = scope;
  return tx.query<Candidate>(
    `WITH overdue AS (
       SELECT r.debtor_id, r.currency, count(*) AS count, min(r.due_date) AS oldest,
              sum(r.open_minor + r.costs_minor + r.interest_minor)::bigint AS minor
         FROM receivable r
        WHERE r.org_id = $1 AND r.open_minor > 0 AND r.case_id IS NULL AND r.due_date < $2
          AND ($3::text IS NULL OR r.currency = $3)
          AND (cardinality($4::uuid[]) = 0 OR r.debtor_id = ANY($4))
        GROUP BY r.debtor_id, r.currency)
     SELECT o.debtor_id AS "debtorId", d.name AS "debtorName", o.currency,
            o.minor AS "overdueMinor", o.count AS "receivableCount", o.oldest AS "oldestDueDate",
            c.case_id AS "openCaseId", uuidv7() AS "newCaseId", g.grade
       FROM overdue o
       JOIN debtor d ON d.org_id = $1 AND d.debtor_id = o.debtor_id
       LEFT JOIN case_file c ON c.org_id = $1 AND c.debtor_id = o.debtor_id
        AND c.currency = o.currency AND c.state = 'OPEN'
       LEFT JOIN debtor_grade g ON g.org_id = $1 AND g.debtor_id = o.debtor_id
      WHERE o.minor >= coalesce($5::bigint, 0) AND $2 - o.oldest >= $6::int
      ORDER BY o.debtor_id, o.currency
      LIMIT $7`,
    [
      tx.orgId,
      asOf,
      minOverdue?.currency ?? null,
      debtorIds,
      minOverdue?.minor ?? null,
      minDaysOverdue,
      most ?? null,
    ],
  );
}

export type NewCase = {
  caseId: string;
  number: string;
  debtorId: string;
  debtorName: string;
  currency: string;
  standing: Standing;
};

/** Adds cases, attaches their receivables and notes the opening in their timelines. */
export async function addCases(
  tx: Tx,
  cases: readonly NewCase[],
  by: { orgName: string; actor: object; at: Temporal.Instant },
): Promise<void> {
  await tx.query(
    `WITH added AS (
       INSERT INTO case_file (org_id, org_name, opened_at, case_id, number, debtor_id, debtor_name,
              currency, open_minor, overdue_minor, receivable_count, oldest_due_date, tier,
              tier_why, next_step, next_day, next_why)
       SELECT $1, $2, $3, n.* FROM unnest($5::uuid[], $6::text[], $7::uuid[], $8::text[],
              $9::text[], $10::bigint[], $11::bigint[], $12::bigint[], $13::date[], $14::text[],
              $15::jsonb[], $16::text[], $17::date[], $18::jsonb[]) n
       RETURNING case_id, currency, open_minor)
     INSERT INTO timeline_entry (org_id, case_id, at, kind, what, actor, currency, amount_minor)
     SELECT $1, case_id, $3, 'case', 'case_opened', $4::jsonb, currency, open_minor FROM added`,
    [
      tx.orgId,
      by.orgName,
      by.at,
      JSON.stringify(by.actor),
      cases.map((one) => one.caseId),
      cases.map((one) => one.number),
      cases.map((one) => one.debtorId),
      cases.map((one) => one.debtorName),
      cases.map((one) => one.currency),
      ...standingColumns(cases.map((one) => one.standing)),
    ],
  );
}

/** A receivable that a case is about from now on. */
export type Joined = {
  caseId: string;
  debtorId: string;
  receivableId: string;
  documentNumber: string;
  dueDate: string;
  currency: string;
  openMinor: bigint;
};

const joinedColumns = `r.case_id AS "caseId", r.debtor_id AS "debtorId",
  r.receivable_id AS "receivableId", r.document_number AS "documentNumber",
  r.due_date AS "dueDate", r.currency, r.open_minor AS "openMinor"`;

/** Puts overdue receivables that are in no case into the open cases of their debtors. */
export async function attachOverdue(
  tx: Tx,
  asOf: Day,
  into: readonly { caseId: string; debtorId: string; currency: string }[],
): Promise<Joined[]> {
  return tx.query<Joined>(
    `UPDATE receivable r SET case_id = n.case_id
       FROM unnest($3::uuid[], $4::uuid[], $5::text[]) AS n(case_id, debtor_id, currency)
      WHERE r.org_id = $1 AND r.debtor_id = n.debtor_id AND r.currency = n.currency
        AND r.open_minor > 0 AND r.case_id IS NULL AND r.due_date < $2
      RETURNING ${joinedColumns}`,
    [
      tx.orgId,
      asOf,
      into.map((one) => one.caseId),
      into.map((one) => one.debtorId),
      into.map((one) => one.currency),
    ],
  );
}

/** Puts receivables that became overdue into the open cases of their debtors. */
export async function joinOverdue(tx: Tx, today: Day): Promise<Joined[]> {
  return tx.query<Joined>(
    `UPDATE receivable r SET case_id = c.case_id FROM case_file c
      WHERE r.org_id = $1 AND r.open_minor > 0 AND r.case_id IS NULL AND r.due_date < $2
        AND c.org_id = $1 AND c.debtor_id = r.debtor_id AND c.currency = r.currency
        AND c.state = 'OPEN'
      RETURNING ${joinedColumns}`,
    [tx.orgId, today],
  );
}
