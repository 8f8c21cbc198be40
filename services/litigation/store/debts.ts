import type { Tx } from '@recourse/kit/db.ts';
import { page, where } from '@recourse/kit/page.ts';
import type { CaseOpened, CustomerFact } from '@recourse/proto/cases/v1/events.ts';
import { Guarantor } from '@recourse/proto/litigation/v1/limitation.ts';
import type { MatterCase } from '@recourse/proto/litigation/v1/matters.ts';
import type { PageRequest } from '@recourse/proto/type/v1/type.ts';
import type { Claim, Debt } from '../domain/debt.ts';
import { claimsOf } from './claims.ts';

type Row = Omit<Debt, 'guarantor' | 'amount' | 'closed' | 'claims'> & {
  guarantor: unknown;
  currency: string;
  amountMinor: bigint;
  closedAt: string | null;
  matterIds: string[];
};

const columns = `d.debt_id AS "debtId", d.case_number AS "caseNumber",
  d.debtor_id AS "debtorId", coalesce(n.name, '') AS "debtorName", d.due_day AS "dueDay",
  d.currency, d.amount_minor AS "amountMinor", d.guarantor, d.version,
  d.expires_on AS "expiresOn", c.closed_at AS "closedAt",
  ARRAY(SELECT m.matter_id FROM matter_case m WHERE m.org_id = d.org_id
         AND m.case_id = d.debt_id ORDER BY 1) AS "matterIds"`;

const besides = `LEFT JOIN debtor n ON n.org_id = d.org_id AND n.debtor_id = d.debtor_id
  LEFT JOIN closed_case c ON c.org_id = d.org_id AND c.case_id = d.debt_id AND NOT c.reopened`;

function debtFrom(
  { guarantor, currency, amountMinor, closedAt, ...row }: Row,
  claims: readonly Claim[],
): Debt {
  return {
    ...row,
    claims,
    amount: { currency, minor: amountMinor },
    guarantor: guarantor === null ? undefined : Guarantor.fromJSON(guarantor),
    closed: closedAt !== null,
  };
}

async function withClaims(tx: Tx, rows: readonly Row[]): Promise<Debt[]> {
  const claims = await claimsOf(
    tx,
    rows.map((row) => row.debtId),
  );
  return rows.map((row) => debtFrom(row, claims.get(row.debtId) ?? []));
}

/** What a case opening tells of its debt; the opening fills in what a matter knew before it. */
export async function openDebt(tx: Tx, told: CaseOpened): Promise<void> {
  await tx.query(
    `INSERT INTO debt (org_id, debt_id, case_number, debtor_id, due_day, currency, amount_minor)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [
      tx.orgId,
      told.caseId,
      told.caseNumber,
      told.debtorId,
      told.oldestDueDate,
      told.overdue?.currency ?? 'CNY',
      told.overdue?.minor ?? 0n,
    ],
  );
}

/** The debts of a new matter's cases, should their openings not have been told yet. */
export async function keepDebts(
  tx: Tx,
  cases: readonly MatterCase[],
  at: Temporal.Instant,
): Promise<void> {
  for (const { caseId, caseNumber, debtorId, open, oldestDueDate } of cases) {
    if (oldestDueDate === '') continue;
    await openDebt(tx, { caseId, caseNumber, debtorId, overdue: open, oldestDueDate });
  }
  const names = cases.map(({ debtorId, debtorName }) => ({ debtorId, name: debtorName }));
  await keepDebtorNames(tx, names, at);
}

/** Names of debtors as they were last told; an older event that arrives later changes nothing. */
export async function keepDebtorNames(
  tx: Tx,
  told: readonly Pick<CustomerFact, 'debtorId' | 'name'>[],
  at: Temporal.Instant,
): Promise<void> {
  const names = new Map(told.map(({ debtorId, name }) => [debtorId, name]));
  if (names.size === 0) return;
  await tx.query(
    `INSERT INTO debtor (org_id, debtor_id, name, told_at)
     SELECT $1::uuid, t.id, t.name, $4::timestamptz
       FROM unnest($2::uuid[], $3::text[]) AS t(id, name) ORDER BY t.id
     ON CONFLICT (org_id, debtor_id) DO UPDATE SET name = excluded.name, told_at = excluded.told_at
      WHERE debtor.told_at <= excluded.told_at`,
    [tx.orgId, [...names.keys()], [...names.values()], at.toString()],
  );
}

/** Keeps whether a case is closed or open again; of what is told in any order the newest counts. */
export async function keepClosing(
  tx: Tx,
  told: { caseId: string; at: Temporal.Instant; version: number; reopened: boolean },
): Promise<void> {
  await tx.query(
    `INSERT INTO closed_case AS c (org_id, case_id, closed_at, reopened, told_version)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (org_id, case_id) DO UPDATE SET closed_at = excluded.closed_at,
       reopened = excluded.reopened, told_version = excluded.told_version
      WHERE c.told_version < excluded.told_version`,
    [tx.orgId, told.caseId, told.at.toString(), told.reopened, told.version],
  );
}

/** The debts of these ids that are known, in the order of their ids. */
export async function debtsOf(tx: Tx, debtIds: readonly string[]): Promise<Debt[]> {
  const rows = await tx.query<Row>(
    `SELECT ${columns} FROM debt d ${besides}
      WHERE d.org_id = $1 AND d.debt_id = ANY ($2::uuid[]) ORDER BY d.debt_id`,
    [tx.orgId, debtIds],
  );
  return withClaims(tx, rows);
}

/** Debts that are watched, after an id, some at a time: for the daily job. */
export async function watchedDebts(tx: Tx, after: string, size: number): Promise<Debt[]> {
  const rows = await tx.query<Row>(
    `SELECT ${columns} FROM debt d ${besides}
      WHERE d.org_id = $1 AND d.debt_id > $2 AND c.case_id IS NULL ORDER BY d.debt_id LIMIT $3`,
    [tx.orgId, after, size],
  );
  return withClaims(tx, rows);
}

/** Keeps of the clock what lists and alarms read. */
export async function saveClock(
  tx: Tx,
  debtId: string,
  clock: { state: string; expiresOn?: string },
): Promise<void> {
  await tx.query(
    `UPDATE debt SET clock_state = $3, expires_on = $4, version = version + 1
      WHERE org_id = $1 AND debt_id = $2
        AND (clock_state, expires_on) IS DISTINCT FROM ($3, $4::date)`,
    [tx.orgId, debtId, clock.state, clock.expiresOn ?? null],
  );
}

export async function saveGuarantor(tx: Tx, debtId: string, guarantor: Guarantor): Promise<void> {
  await tx.query(
    `UPDATE debt SET guarantor = $3::jsonb, version = version + 1
      WHERE org_id = $1 AND debt_id = $2`,
    [tx.orgId, debtId, JSON.stringify(Guarantor.toJSON(guarantor))],
  );
}

export type DebtFilter = {
  expiresBy: string;
  matterId: string;
  query: string;
  includeClosed: boolean;
};

/** A page of debts by the day they expire; those whose clock has no end yet come last. */
export async function listDebts(tx: Tx, filter: DebtFilter, asked: PageRequest | undefined) {
  const likeText = filter.query.toLowerCase().replaceAll(/[\\%_]/g, '\\$&');
  const named = `EXISTS (SELECT FROM debtor b WHERE b.org_id = d.org_id
    AND b.debtor_id = d.debtor_id AND lower(b.name) LIKE ?)`;
  const { sql, values } = where([
    ['d.org_id = ?', tx.orgId],
    filter.expiresBy === '' ? undefined : ['d.expires_on <= ?', filter.expiresBy],
    filter.matterId === ''
      ? undefined
      : [
          `EXISTS (SELECT FROM matter_case m WHERE m.org_id = d.org_id
             AND m.case_id = d.debt_id AND m.matter_id = ?)`,
          filter.matterId,
        ],
    filter.query === ''
      ? undefined
      : [`(lower(d.case_number) LIKE ? OR ${named})`, `%${likeText}%`, `%${likeText}%`],
    filter.includeClosed
      ? undefined
      : [
          `NOT EXISTS (SELECT FROM closed_case x WHERE x.org_id = d.org_id
             AND x.case_id = d.debt_id AND NOT x.reopened)`,
        ],
  ]);
  const listing = {
    table: 'debt',
    alias: 'd',
    conditions: sql,
    values,
    besides,
    columns,
    sortColumn: `coalesce(d.expires_on, 'infinity'::date)::text`,
    idColumn: 'd.debt_id',
    descending: false,
  };
  const found = await page<Row>(tx, listing, asked, { debts: filter });
  const debts = found.rows.map((row) => {
    const { sortKey: _s, idKey: _i, ...debt } = row as Row & { sortKey: string; idKey: string };
    return debt;
  });
  return { debts: await withClaims(tx, debts), page: found.page };
}
