import type { Tx } from '@recourse/kit/db.ts';
import type { Outcome } from '../domain/case.ts';
import type { ClosingFile } from '../domain/closing.ts';
import type { Claim } from '../domain/payment.ts';
import type { Why } from '../domain/rule.ts';

/** The cases of closings: as they are before, and what an approval makes of them. */

export type ClosingFileRow = ClosingFile & {
  orgId: string;
  agencyId: string | null;
  debtorId: string;
  debtorName: string;
  oldestDueDate: string;
  grade: string | null;
};

const fileColumns = `
  c.org_id AS "orgId", c.case_id AS "caseId", c.number, c.state, c.handling,
  c.agency_id AS "agencyId", c.agency_name AS "agencyName", c.stage, c.currency,
  c.open_minor AS "openMinor", c.debtor_id AS "debtorId", c.debtor_name AS "debtorName",
  c.oldest_due_date AS "oldestDueDate", (SELECT g.grade FROM debtor_grade g
    WHERE g.org_id = c.org_id AND g.debtor_id = c.debtor_id) AS grade,
  (SELECT i.closing_id FROM closing_case i WHERE i.org_id = c.org_id AND i.case_id = c.case_id
      AND i.state = 'PROPOSED') AS "closingId"`;

/** Cases of the creditor in the order of their ids. */
export async function closingFiles(tx: Tx, caseIds: readonly string[]): Promise<ClosingFileRow[]> {
  return tx.query<ClosingFileRow>(
    `SELECT ${fileColumns} FROM case_file c
      WHERE c.org_id = $1 AND c.case_id = ANY($2) ORDER BY c.case_id`,
    [tx.orgId, caseIds],
  );
}

/**
 * The same, locked until the commit. What else is read of them is read after the locks are held: a
 * statement sees the state of when it began.
 */
export async function lockClosingFiles(
  tx: Tx,
  caseIds: readonly string[],
): Promise<ClosingFileRow[]> {
  await tx.query(
    `SELECT FROM case_file WHERE org_id = $1 AND case_id = ANY($2)
      ORDER BY case_id FOR NO KEY UPDATE`,
    [tx.orgId, caseIds],
  );
  return closingFiles(tx, caseIds);
}

export type ClosingCaseRow = ClosingFileRow & {
  itemState: 'PROPOSED' | 'CLOSED' | 'ENDED' | 'REOPENED';
  /** Of the proposal, then of the decision. */
  saidOpenMinor: bigint;
  expectedMinor: bigint;
  chanceBps: number;
  costMinor: bigint | null;
  why: Why;
  priceMinor: bigint | null;
  receivedMinor: bigint;
};

/** The cases of a closing by their numbers. */
export async function casesOfClosing(tx: Tx, closingId: string): Promise<ClosingCaseRow[]> {
  return tx.query<ClosingCaseRow>(
    `SELECT ${fileColumns}, i.state AS "itemState", i.open_minor AS "saidOpenMinor",
            i.expected_minor AS "expectedMinor", i.chance_bps AS "chanceBps",
            i.cost_minor AS "costMinor", i.why, i.price_minor AS "priceMinor",
            (SELECT coalesce(-sum(d.amount_minor), 0)::bigint FROM write_down d
              WHERE d.org_id = i.org_id AND d.closing_id = i.closing_id AND d.case_id = i.case_id
                AND d.payment_id IS NOT NULL) AS "receivedMinor"
       FROM closing_case i
       JOIN case_file c ON c.org_id = i.org_id AND c.case_id = i.case_id
      WHERE i.org_id = $1 AND i.closing_id = $2 ORDER BY c.number`,
    [tx.orgId, closingId],
  );
}

/** What is open on cases, locked in the order of ids. */
export async function lockClaimsOf(
  tx: Tx,
  caseIds: readonly string[],
): Promise<(Claim & { caseId: string })[]> {
  return tx.query<Claim & { caseId: string }>(
    `SELECT case_id AS "caseId", receivable_id AS "receivableId", due_date AS "dueDate",
            costs_minor AS "costsMinor", interest_minor AS "interestMinor",
            open_minor AS "openMinor"
       FROM receivable
      WHERE org_id = $1 AND case_id = ANY($2) AND open_minor + costs_minor + interest_minor > 0
      ORDER BY receivable_id FOR NO KEY UPDATE`,
    [tx.orgId, caseIds],
  );
}

/**
 * Ends cases that were given up: nothing is open on them any more. Of a withdrawal what they were
 * about goes back to the book as it is.
 */
export async function saveGivenUp(
  tx: Tx,
  caseIds: readonly string[],
  closed: { outcome: Outcome; at: Temporal.Instant },
): Promise<void> {
  const isFreed = closed.outcome === 'WITHDRAWN';
  await tx.query(
    `UPDATE case_file SET state = 'CLOSED', outcome = $3, closed_at = $4, next_step = '',
            next_day = 'infinity', next_why = NULL, version = version + 1,
            open_minor = CASE WHEN $5 THEN open_minor ELSE 0 END,
            overdue_minor = CASE WHEN $5 THEN overdue_minor ELSE 0 END,
            receivable_count = CASE WHEN $5 THEN receivable_count ELSE 0 END
      WHERE org_id = $1 AND case_id = ANY($2)`,
    [tx.orgId, caseIds, closed.outcome, closed.at, isFreed],
  );
  if (!isFreed) return;
  await tx.query(
    `UPDATE receivable SET case_id = NULL
      WHERE org_id = $1 AND case_id = ANY($2) AND open_minor <> 0`,
    [tx.orgId, caseIds],
  );
}
