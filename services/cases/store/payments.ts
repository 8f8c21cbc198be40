import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';
import type { PageInfo } from '@recourse/proto/type/v1/type.ts';
import { creditMeans } from '../domain/debtor-credit.ts';
import type { AllocationLine, Claim, Part, ReceivableChange } from '../domain/payment.ts';
import type { Standing } from '../domain/standing.ts';
import { caseColumns, caseJoin, type CaseRow, noCase } from './cases.ts';
import type { Awaited } from './promises.ts';
import type { Holding } from './write-downs.ts';
import { afterKey, byKey, cutPage, type Key, parameterList, type Wanted } from './page.ts';

/** Payments, what they were allocated to, and their reversals: rows that are only ever added. */

export type PaymentRow = {
  paymentId: string;
  caseId: string;
  debtorId: string;
  currency: string;
  amountMinor: bigint;
  receivedOn: string;
  means: string;
  reference: string;
  note: string;
  actor: Actor;
  recordedAt: string;
  contentHash: string;
  reversalReason: string | null;
  reversedAt: string | null;
};

const columns = `
  p.payment_id AS "paymentId", p.case_id AS "caseId", p.debtor_id AS "debtorId", p.currency,
  p.amount_minor AS "amountMinor", p.received_on AS "receivedOn", p.means, p.reference, p.note,
  p.actor, p.recorded_at AS "recordedAt", p.content_hash AS "contentHash",
  v.reason AS "reversalReason", v.reversed_at AS "reversedAt"`;

const reversalJoin = `LEFT JOIN payment_reversal v
  ON v.org_id = p.org_id AND v.payment_id = p.payment_id`;

export type ShownLine = AllocationLine & { paymentId: string; documentNumber: string };

type LineRow = {
  paymentId: string;
  line: number;
  receivableId: string | null;
  documentNumber: string | null;
  part: Part;
  amountMinor: bigint;
};

export async function findPayment(tx: Tx, paymentId: string): Promise<PaymentRow | undefined> {
  const [row] = await tx.query<PaymentRow>(
    `SELECT ${columns} FROM payment p ${reversalJoin} WHERE p.org_id = $1 AND p.payment_id = $2`,
    [tx.orgId, paymentId],
  );
  return row;
}

/** Lines of payments in the order in which they were allocated; reversals are left out. */
export async function linesOf(
  tx: Tx,
  orgId: string,
  paymentIds: readonly string[],
): Promise<ShownLine[]> {
  const rows = await tx.query<LineRow>(
    `SELECT a.payment_id AS "paymentId", a.line, a.receivable_id AS "receivableId",
            r.document_number AS "documentNumber", a.part, a.amount_minor AS "amountMinor"
       FROM allocation a
       LEFT JOIN receivable r ON r.org_id = a.org_id AND r.receivable_id = a.receivable_id
      WHERE a.org_id = $1 AND a.payment_id = ANY($2) AND a.line > 0
      ORDER BY a.payment_id, a.line`,
    [orgId, paymentIds],
  );
  return rows.map((row) => ({
    ...row,
    receivableId: row.receivableId ?? undefined,
    documentNumber: row.documentNumber ?? '',
  }));
}

export type OpenClaims = {
  claims: (Claim & { documentNumber: string })[];
  /** Content of the payment of that id, when there is one already. */
  knownHash: string | null;
  /** Promises, plans or settlements, which a payment may decide. */
  hasAgreed: boolean;
  awaited: Awaited;
  /** The write-off that the claims were given up by; none while they are open. */
  writeOff?: Holding;
};

type ClaimColumns = (Omit<OpenClaims, 'claims' | 'awaited' | 'writeOff'> & Awaited) & {
  ids: string[];
  numbers: string[];
  dueDates: string[];
  costs: bigint[];
  interest: bigint[];
  open: bigint[];
};

/** What is open on a case, locked in the order of ids, and what else a payment must know. */
const claimsSql = `
  r AS MATERIALIZED (
    SELECT receivable_id, document_number, due_date, costs_minor, interest_minor, open_minor
      FROM receivable
     WHERE org_id = $1 AND case_id = $2 AND open_minor + costs_minor + interest_minor > 0
     ORDER BY receivable_id FOR NO KEY UPDATE)`;

const claimColumns = `
  (SELECT coalesce(array_agg(receivable_id), '{}') FROM r) AS ids,
  (SELECT coalesce(array_agg(document_number), '{}') FROM r) AS numbers,
  (SELECT coalesce(array_agg(due_date), '{}') FROM r) AS "dueDates",
  (SELECT coalesce(array_agg(costs_minor), '{}') FROM r) AS costs,
  (SELECT coalesce(array_agg(interest_minor), '{}') FROM r) AS interest,
  (SELECT coalesce(array_agg(open_minor), '{}') FROM r) AS open,
  (SELECT content_hash FROM payment WHERE org_id = $1 AND payment_id = $3) AS "knownHash",
  EXISTS (SELECT FROM promise WHERE org_id = $1 AND case_id = $2)
    OR EXISTS (SELECT FROM instalment_plan WHERE org_id = $1 AND case_id = $2)
    OR EXISTS (SELECT FROM settlement WHERE org_id = $1 AND case_id = $2) AS "hasAgreed",
  (SELECT min(due_day) FROM promise WHERE org_id = $1 AND case_id = $2 AND state = 'PENDING')
    AS "promiseDueDay",
  (SELECT min(due_day) FROM instalment WHERE org_id = $1 AND case_id = $2 AND state = 'PENDING')
    AS "instalmentDueDay",
  (SELECT due_day FROM settlement WHERE org_id = $1 AND case_id = $2 AND state = 'APPROVED')
    AS "settlementDueDay"`;

function claimsOf(row: ClaimColumns): OpenClaims {
  const claims = row.ids.map((receivableId, place) => ({
    receivableId,
    documentNumber: row.numbers[place] ?? '',
    dueDate: row.dueDates[place] ?? '',
    costsMinor: row.costs[place] ?? 0n,
    interestMinor: row.interest[place] ?? 0n,
    openMinor: row.open[place] ?? 0n,
  }));
  const { knownHash, hasAgreed, promiseDueDay, instalmentDueDay, settlementDueDay } = row;
  const awaited = { promiseDueDay, instalmentDueDay, settlementDueDay };
  return { claims, knownHash, hasAgreed, awaited };
}

/**
 * Locks a case and reads what is open on it, in one round trip. A statement sees the state of when
 * it began, so when the lock had to be waited for, the rest is read once more: the case's version
 * says whether it was. Fault: `missing` case_unknown.
 */
export async function lockWithClaims(
  tx: Tx,
  caseId: string,
  paymentId: string,
): Promise<{ before: CaseRow; open: OpenClaims }> {
  const params = [tx.orgId, caseId, paymentId];
  const [row] = await tx.query<CaseRow & ClaimColumns & { isFresh: boolean }>(
    `WITH c AS MATERIALIZED (
       SELECT ${caseColumns} FROM case_file c ${caseJoin}
        WHERE c.org_id = $1 AND c.case_id = $2 FOR NO KEY UPDATE OF c),
     ${claimsSql}
     SELECT c.*, ${claimColumns},
            c.version = (SELECT version FROM case_file WHERE org_id = $1 AND case_id = $2)
              AS "isFresh"
       FROM c`,
    params,
  );
  if (row === undefined) throw noCase(caseId);
  if (row.isFresh) return { before: row, open: claimsOf(row) };
  const [again] = await tx.query<ClaimColumns>(`WITH ${claimsSql} SELECT ${claimColumns}`, params);
  return { before: row, open: claimsOf(again ?? row) };
}

export type NewPayment = Omit<PaymentRow, 'reversalReason' | 'reversedAt' | 'recordedAt'> & {
  agencyId: string | undefined;
  recordedAt: Temporal.Instant;
};

/**
 * The case after the payment: its standing, what went onto its claim in minor units (what was paid
 * above it is no recovery), whether that was the last of it, and whether nothing is left to do.
 */
export type PaidCase = {
  standing: Standing;
  claimMinor: bigint;
  settlesCase: boolean;
  isOver: boolean;
};

const saveSql = `WITH paid AS (
       INSERT INTO payment (org_id, payment_id, case_id, debtor_id, agency_id, currency,
              amount_minor, received_on, means, reference, note, actor, recorded_at, content_hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)),
     allocated AS (
       INSERT INTO allocation (org_id, payment_id, case_id, received_on, line, receivable_id, part,
              amount_minor)
       SELECT $1, $2, $3, $8, l.*
         FROM unnest($15::int[], $16::uuid[], $17::text[], $18::bigint[]) l),
     lowered AS (
       UPDATE receivable r SET costs_minor = r.costs_minor - c.costs,
              interest_minor = r.interest_minor - c.interest, open_minor = r.open_minor - c.open,
              settled_date = CASE WHEN r.open_minor = c.open
                                  THEN coalesce(r.settled_date, $8::date) END,
              version = r.version + 1
         FROM unnest($19::uuid[], $20::bigint[], $21::bigint[], $22::bigint[])
           AS c(receivable_id, costs, interest, open)
        WHERE r.org_id = $1 AND r.receivable_id = c.receivable_id),
     told AS (
       INSERT INTO timeline_entry (org_id, case_id, at, kind, what, actor, currency, amount_minor,
              text, facts)
       VALUES ($1, $3, $13, 'payment', $34, $12, $6, $7, $11,
               jsonb_build_object('payment_id', $2::text, 'received_on', $8::text,
                                  'means', $9::text, 'reference', $10::text)))
     UPDATE case_file SET open_minor = $23, overdue_minor = $24, receivable_count = $25,
            oldest_due_date = $26, tier = $27, tier_why = $28,
            recovered_minor = recovered_minor + $33,
            next_step = $29, next_day = $30, next_why = $31, version = version + 1,
            state = CASE WHEN $32 THEN 'CLOSED' ELSE state END,
            outcome = CASE WHEN $32 THEN 'PAID' ELSE outcome END,
            closed_at = CASE WHEN $32 THEN $13::timestamptz ELSE closed_at END
      WHERE org_id = $1 AND case_id = $3`;

/**
 * Everything one payment changes in one statement: the payment, its lines, the receivables, the
 * case, whose version rises by one, and the timeline.
 */
export async function savePayment(
  tx: Tx,
  payment: NewPayment,
  lines: readonly AllocationLine[],
  changes: readonly ReceivableChange[],
  paid: PaidCase,
): Promise<void> {
  const { standing, claimMinor, settlesCase, isOver } = paid;
  await tx.query(saveSql, [
    tx.orgId,
    payment.paymentId,
    payment.caseId,
    payment.debtorId,
    payment.agencyId ?? null,
    payment.currency,
    payment.amountMinor,
    payment.receivedOn,
    payment.means,
    payment.reference,
    payment.note,
    JSON.stringify(payment.actor),
    payment.recordedAt,
    payment.contentHash,
    lines.map((one) => one.line),
    lines.map((one) => one.receivableId ?? null),
    lines.map((one) => one.part),
    lines.map((one) => one.amountMinor),
    changes.map((one) => one.receivableId),
    changes.map((one) => one.costsMinor),
    changes.map((one) => one.interestMinor),
    changes.map((one) => one.openMinor),
    standing.openMinor,
    standing.overdueMinor,
    standing.receivableCount,
    standing.oldestDueDate,
    standing.tier,
    JSON.stringify(standing.tierWhy),
    isOver ? '' : standing.nextStep,
    isOver ? 'infinity' : standing.nextDay,
    isOver ? null : JSON.stringify(standing.nextWhy),
    settlesCase,
    claimMinor,
    payment.means === creditMeans ? 'credit_applied' : 'payment_recorded',
  ]);
}

const key: Key = {
  column: 'p.recorded_at',
  cast: 'timestamptz',
  id: 'p.payment_id',
  direction: 'DESC',
};

/** One page of a case's payments, newest first. */
export async function listPayments(
  tx: Tx,
  of: { orgId: string; caseId: string },
  wanted: Wanted,
): Promise<{ rows: PaymentRow[]; page: PageInfo }> {
  const params = parameterList();
  const from = `FROM payment p ${reversalJoin}
    WHERE p.org_id = ${params.add(of.orgId)} AND p.case_id = ${params.add(of.caseId)}`;
  const asked = [...params.values];
  const place = afterKey(wanted, key, params);
  const rows = await tx.query<PaymentRow>(
    `SELECT ${columns} ${from}${place}
      ${byKey(key)} LIMIT ${wanted.size + 1}`,
    params.values,
  );
  return cutPage(tx, wanted, { from, params: asked }, rows, (row) => [
    row.recordedAt,
    row.paymentId,
  ]);
}
