import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Claim } from '../domain/payment.ts';
import type { WriteDown } from '../domain/write-down.ts';

/** Lines of what was given up of receivables: only ever added. */

export type WriteDownCause = 'closed' | 'received' | 'received_reversed' | 'reopened';

type Written = {
  closingId: string;
  on: Day | string;
  at: Temporal.Instant;
  cause: WriteDownCause;
  paymentId?: string;
};

/** A line of one case. */
export type CaseLine = WriteDown & { caseId: string };

/**
 * Adds lines after those of their cases that stand. What they take off the receivables or bring
 * back is written by `lowerBy`, except where a payment takes the same off again.
 */
export async function addLines(tx: Tx, written: Written, lines: readonly CaseLine[]) {
  if (lines.length === 0) return;
  await tx.query(
    `INSERT INTO write_down (org_id, closing_id, case_id, line, receivable_id, part, amount_minor,
            on_day, cause, payment_id, recorded_at)
     SELECT $1, $2, l.case_id,
            row_number() OVER (PARTITION BY l.case_id ORDER BY l.place) + (
              SELECT coalesce(max(d.line), 0) FROM write_down d WHERE d.org_id = $1
                 AND d.closing_id = $2 AND d.case_id = l.case_id),
            l.receivable_id, l.part, l.amount, $3, $4, $5, $6
       FROM unnest($7::uuid[], $8::uuid[], $9::text[], $10::bigint[]) WITH ORDINALITY
         AS l(case_id, receivable_id, part, amount, place)`,
    [
      tx.orgId,
      written.closingId,
      written.on,
      written.cause,
      written.paymentId ?? null,
      written.at,
      lines.map((one) => one.caseId),
      lines.map((one) => one.receivableId),
      lines.map((one) => one.part),
      lines.map((one) => one.amountMinor),
    ],
  );
}

/** Takes lines off what is open on their receivables; negative ones bring it back. */
export async function lowerBy(tx: Tx, lines: readonly WriteDown[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.query(
    `UPDATE receivable r SET open_minor = r.open_minor - l.open,
            costs_minor = r.costs_minor - l.costs, interest_minor = r.interest_minor - l.interest,
            version = r.version + 1
       FROM (SELECT receivable_id,
                    coalesce(sum(amount) FILTER (WHERE part = 'principal'), 0)::bigint AS open,
                    coalesce(sum(amount) FILTER (WHERE part = 'costs'), 0)::bigint AS costs,
                    coalesce(sum(amount) FILTER (WHERE part = 'interest'), 0)::bigint AS interest
               FROM unnest($2::uuid[], $3::text[], $4::bigint[]) AS n(receivable_id, part, amount)
              GROUP BY receivable_id) l
      WHERE r.org_id = $1 AND r.receivable_id = l.receivable_id`,
    [
      tx.orgId,
      lines.map((one) => one.receivableId),
      lines.map((one) => one.part),
      lines.map((one) => one.amountMinor),
    ],
  );
}

/** The closing that holds a case closed; a case that was reopened since is held by none. */
export type Holding = { closingId: string; decidedOn: string };

export async function writeOffOf(tx: Tx, caseId: string): Promise<Holding | undefined> {
  const [row] = await tx.query<Holding>(
    `SELECT k.closing_id AS "closingId", k.decided_on AS "decidedOn"
       FROM closing_case i
       JOIN closing k ON k.org_id = i.org_id AND k.closing_id = i.closing_id
      WHERE i.org_id = $1 AND i.case_id = $2 AND i.state = 'CLOSED' AND k.kind = 'WRITE_OFF'`,
    [tx.orgId, caseId],
  );
  return row;
}

/** What of a case is given up now, as claims: their amounts are what could still come in. */
export async function givenUpOf(
  tx: Tx,
  closingId: string,
  caseId: string,
): Promise<(Claim & { documentNumber: string })[]> {
  return tx.query<Claim & { documentNumber: string }>(
    `SELECT r.receivable_id AS "receivableId", r.document_number AS "documentNumber",
            r.due_date AS "dueDate", d.costs AS "costsMinor", d.interest AS "interestMinor",
            d.open AS "openMinor"
       FROM (SELECT receivable_id,
                    coalesce(sum(amount_minor) FILTER (WHERE part = 'principal'), 0)::bigint
                      AS open,
                    coalesce(sum(amount_minor) FILTER (WHERE part = 'costs'), 0)::bigint AS costs,
                    coalesce(sum(amount_minor) FILTER (WHERE part = 'interest'), 0)::bigint
                      AS interest
               FROM write_down WHERE org_id = $1 AND closing_id = $2 AND case_id = $3
              GROUP BY receivable_id) d
       JOIN receivable r ON r.org_id = $1 AND r.receivable_id = d.receivable_id
      ORDER BY r.receivable_id`,
    [tx.orgId, closingId, caseId],
  );
}

/** What a payment brought back, and the day from which that counts. */
export async function linesOfPayment(
  tx: Tx,
  paymentId: string,
): Promise<(CaseLine & { onDay: string })[]> {
  return tx.query<CaseLine & { onDay: string }>(
    `SELECT case_id AS "caseId", receivable_id AS "receivableId", part,
            amount_minor AS "amountMinor", on_day AS "onDay"
       FROM write_down WHERE org_id = $1 AND payment_id = $2 AND cause = 'received' ORDER BY line`,
    [tx.orgId, paymentId],
  );
}

/** A case that a closing no longer holds closed. */
export async function saveReopened(tx: Tx, caseId: string, at: Temporal.Instant): Promise<void> {
  await tx.query(
    `UPDATE closing_case SET state = 'REOPENED', reopened_at = $3
      WHERE org_id = $1 AND case_id = $2 AND state = 'CLOSED'`,
    [tx.orgId, caseId, at],
  );
}

/** SQL: the principal of a row of `receivable` that is written off now, and owed all the same. */
export function writtenOff(receivable: string): string {
  return `coalesce((SELECT sum(d.amount_minor) FROM write_down d
      JOIN closing k ON k.org_id = d.org_id AND k.closing_id = d.closing_id
     WHERE d.org_id = ${receivable}.org_id AND d.receivable_id = ${receivable}.receivable_id
       AND d.part = 'principal' AND k.kind = 'WRITE_OFF'), 0)::bigint`;
}

export type GivenUpRow = { month: string; currency: string; minor: bigint };

/**
 * Bad debt by month: what was given up by write-off or sale, less the price of a sale and what came
 * in after a write-off. A withdrawal gives nothing up.
 */
export async function badDebtByMonth(tx: Tx, from: Day, to: Day): Promise<GivenUpRow[]> {
  return tx.query<GivenUpRow>(
    `SELECT month, currency, sum(minor)::bigint AS minor FROM (
       SELECT to_char(d.on_day, 'YYYY-MM') AS month, k.currency, d.amount_minor AS minor
         FROM write_down d JOIN closing k ON k.org_id = d.org_id AND k.closing_id = d.closing_id
        WHERE d.org_id = $1 AND d.on_day BETWEEN $2 AND $3
       UNION ALL
       SELECT to_char(decided_on, 'YYYY-MM'), currency, -price_minor FROM closing
        WHERE org_id = $1 AND state = 'APPROVED' AND kind = 'SALE'
          AND decided_on BETWEEN $2 AND $3) all_lines
      GROUP BY 1, 2`,
    [tx.orgId, from, to],
  );
}

/**
 * Principal that was given up by month, by which the book fell although nothing was collected. What
 * comes in afterwards was never open again, and is no part of it.
 */
export async function givenUpByMonth(tx: Tx, from: Day, to: Day): Promise<GivenUpRow[]> {
  return tx.query<GivenUpRow>(
    `SELECT to_char(d.on_day, 'YYYY-MM') AS month, k.currency, sum(d.amount_minor)::bigint AS minor
       FROM write_down d JOIN closing k ON k.org_id = d.org_id AND k.closing_id = d.closing_id
      WHERE d.org_id = $1 AND d.part = 'principal'
        AND d.cause IN ('closed', 'reopened') AND d.on_day BETWEEN $2 AND $3
      GROUP BY 1, 2`,
    [tx.orgId, from, to],
  );
}
