import { day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { page, unlessEmpty, where } from '@recourse/kit/page.ts';
import { type Load, noLoad } from '../domain/agency.ts';
import type { Account } from '../domain/ledger.ts';
import { postings } from '../domain/ledger.ts';
import type { CommissionLine, LineKind } from '../domain/commission.ts';
import type { PostedLine } from '../domain/counted.ts';
import type { Mark } from '../domain/statement.ts';
import type { PageInfo, PageRequest } from '@recourse/proto/type/v1/type.ts';

/** Ids of the lines that were added, and by how much they changed what agencies have open. */
export type Added = { lineIds: Set<string>; moves: Map<string, Load> };

/**
 * Adds the lines that are not there yet, their ledger entries, and what they change of their
 * placements' figures, in one statement.
 */
export async function addLines(
  tx: Tx,
  lines: readonly CommissionLine[],
  at: Temporal.Instant,
): Promise<Added> {
  if (lines.length === 0) return { lineIds: new Set(), moves: new Map() };
  const rows = lines.map((line) => ({
    line_id: line.lineId,
    placement_id: line.placementId,
    payment_id: line.paymentId === '' ? null : line.paymentId,
    serial: line.serial,
    case_id: line.caseId,
    case_number: line.caseNumber,
    agency_id: line.agencyId,
    kind: line.kind,
    currency: line.payment.currency,
    payment_minor: String(line.payment.minor),
    rate_bps: line.rateBps,
    term: line.term,
    commission_minor: String(line.commission.minor),
    vat_minor: String(line.vat.minor),
    received_on: line.receivedOn.toString(),
    booked_on: line.bookedOn.toString(),
  }));
  const sides = lines.flatMap((line) =>
    postings(line).map(({ account, debit, credit }) => ({
      line_id: line.lineId,
      account,
      debit: String(debit),
      credit: String(credit),
    })),
  );
  const made = await tx.query<AddedRow>(addSql, [
    tx.orgId,
    JSON.stringify(rows),
    JSON.stringify(sides),
    at,
    [...new Set(lines.map((line) => line.placementId))],
  ]);
  const lineIds = new Set(made.flatMap((row) => row.lineId ?? []));
  const moves = made.flatMap(({ agencyId, openMinor }): [string, Load][] =>
    agencyId === null ? [] : [[agencyId, { ...noLoad, openMinor }]],
  );
  return { lineIds, moves: new Map(moves) };
}

type AddedRow = { lineId: string | null; agencyId: string | null; openMinor: bigint };

/** `openLoadMinor` of the domain, of a row as it was or is. */
const openLoad = (row: 'old' | 'new'): string =>
  `CASE WHEN ${row}.state NOT IN ('OFFERED', 'ACTIVE')
          OR ${row}.recovered_minor >= ${row}.placed_minor THEN 0
        ELSE div(${row}.load_minor::numeric * (${row}.placed_minor - ${row}.recovered_minor),
                 ${row}.placed_minor)::bigint END`;

const addSql = `
  WITH added AS (
    INSERT INTO commission_line (org_id, line_id, placement_id, payment_id, serial, case_id,
      case_number, agency_id, kind, currency, payment_minor, rate_bps, term, commission_minor,
      vat_minor, received_on, booked_on, accrued_at)
    SELECT $1, line_id, placement_id, payment_id, serial, case_id, case_number, agency_id, kind,
           currency, payment_minor, rate_bps, term, commission_minor, vat_minor, received_on,
           booked_on, $4
      FROM jsonb_to_recordset($2::jsonb) AS r(line_id uuid, placement_id uuid, payment_id uuid,
        serial integer, case_id uuid, case_number text, agency_id uuid, kind text, currency text,
        payment_minor bigint, rate_bps integer, term text, commission_minor bigint,
        vat_minor bigint, received_on date, booked_on date)
    ON CONFLICT DO NOTHING
    RETURNING line_id, placement_id, agency_id, currency, payment_minor, commission_minor),
  entries AS (
    INSERT INTO ledger_entry (org_id, entry_id, agency_id, posted_at)
    SELECT $1, line_id, agency_id, $4 FROM added),
  posted AS (
    INSERT INTO ledger_line (org_id, entry_id, account, agency_id, currency, debit_minor,
      credit_minor)
    SELECT $1, a.line_id, s.account, a.agency_id, a.currency, s.debit, s.credit
      FROM jsonb_to_recordset($3::jsonb) AS s(line_id uuid, account text, debit bigint,
        credit bigint) JOIN added a USING (line_id)),
  figures AS (
    -- The ids are given so that each row is found by its key, however many placements there are.
    UPDATE placement p SET version = p.version + 1,
      recovered_minor = p.recovered_minor + (
        SELECT sum(a.payment_minor) FROM added a WHERE a.placement_id = p.placement_id)::bigint,
      commission_minor = p.commission_minor + (
        SELECT sum(a.commission_minor) FROM added a WHERE a.placement_id = p.placement_id)::bigint
    WHERE p.org_id = $1 AND p.placement_id = ANY ($5::uuid[])
      AND EXISTS (SELECT FROM added a WHERE a.placement_id = p.placement_id)
    RETURNING new.agency_id, ${openLoad('new')} - ${openLoad('old')} AS open)
  SELECT line_id AS "lineId", NULL::uuid AS "agencyId", 0::bigint AS "openMinor" FROM added
  UNION ALL
  SELECT NULL, agency_id, sum(open)::bigint FROM figures GROUP BY agency_id`;

type PostedRow = {
  placementId: string;
  paymentId: string | null;
  kind: LineKind;
  currency: string;
  commissionMinor: bigint;
  vatMinor: bigint;
};

/** All lines of placements, as far as what is still due depends on them. */
export async function postedLines(tx: Tx, placementIds: readonly string[]): Promise<PostedLine[]> {
  const rows = await tx.query<PostedRow>(
    `SELECT placement_id AS "placementId", payment_id AS "paymentId", kind, currency,
            commission_minor AS "commissionMinor", vat_minor AS "vatMinor"
       FROM commission_line WHERE org_id = $1 AND placement_id = ANY ($2::uuid[])`,
    [tx.orgId, placementIds],
  );
  return rows.map(({ placementId, paymentId, kind, currency, commissionMinor, vatMinor }) => ({
    placementId,
    kind,
    paymentId: paymentId ?? '',
    commission: { currency, minor: commissionMinor },
    vat: { currency, minor: vatMinor },
  }));
}

/** A commission line as its reader may see it, with where it stands on a statement. */
export type SeenLine = CommissionLine & {
  creditorId: string;
  creditorName: string;
  agencyName: string;
  debtorName: string;
  accruedAt: Temporal.Instant;
  statementId: string;
  mark: Mark;
  holdReason: string;
};

export type LineRow = {
  creditorId: string;
  creditorName: string;
  agencyName: string;
  debtorName: string | null;
  maskedName: string;
  lineId: string;
  placementId: string;
  paymentId: string | null;
  serial: number;
  caseId: string;
  caseNumber: string;
  agencyId: string;
  kind: LineKind;
  currency: string;
  paymentMinor: bigint;
  rateBps: number;
  term: string;
  commissionMinor: bigint;
  vatMinor: bigint;
  receivedOn: string;
  bookedOn: string;
  accruedAt: string;
  statementId: string | null;
  mark: Mark | null;
  holdReason: string | null;
};

export const lineColumns = `l.org_id AS "creditorId", p.creditor_name AS "creditorName",
  p.agency_name AS "agencyName", d.debtor_name AS "debtorName", p.masked_name AS "maskedName",
  l.line_id AS "lineId", l.placement_id AS "placementId", l.payment_id AS "paymentId",
  l.serial, l.case_id AS "caseId", l.case_number AS "caseNumber", l.agency_id AS "agencyId", l.kind,
  l.currency, l.payment_minor AS "paymentMinor", l.rate_bps AS "rateBps", l.term,
  l.commission_minor AS "commissionMinor", l.vat_minor AS "vatMinor",
  l.received_on::text AS "receivedOn", l.booked_on::text AS "bookedOn",
  l.accrued_at AS "accruedAt", s.statement_id AS "statementId", s.mark,
  s.hold_reason AS "holdReason"`;

/** Names beside a line; the debtor's is there only for those who may read it. */
export const lineNames = `
  JOIN placement p ON p.org_id = l.org_id AND p.placement_id = l.placement_id
  LEFT JOIN placement_debtor d ON d.org_id = l.org_id AND d.placement_id = l.placement_id`;

export function lineFrom(row: LineRow): SeenLine {
  const { creditorId, creditorName, agencyName, lineId, placementId, serial, caseId } = row;
  const { caseNumber, agencyId, kind, currency, rateBps, term } = row;
  return {
    creditorId,
    creditorName,
    agencyName,
    lineId,
    placementId,
    serial,
    caseId,
    caseNumber,
    agencyId,
    kind,
    rateBps,
    term,
    paymentId: row.paymentId ?? '',
    debtorName: row.debtorName ?? row.maskedName,
    payment: { currency, minor: row.paymentMinor },
    commission: { currency, minor: row.commissionMinor },
    vat: { currency, minor: row.vatMinor },
    receivedOn: day(row.receivedOn),
    bookedOn: day(row.bookedOn),
    accruedAt: Temporal.Instant.from(row.accruedAt),
    statementId: row.statementId ?? '',
    mark: row.mark ?? 'OPEN',
    holdReason: row.holdReason ?? '',
  };
}

/** The statement a line is on: the one that has not released it. */
const standing = 's.org_id = l.org_id AND s.line_id = l.line_id AND NOT s.released';

export type LineFilter = {
  agencyId: string;
  creditorId: string;
  caseId: string;
  placementId: string;
  onlyUnstated: boolean;
};

/** Commission lines, newest first. */
export async function listLines(
  tx: Tx,
  side: 'creditor' | 'agency',
  filter: LineFilter,
  request: PageRequest | undefined,
): Promise<{ lines: SeenLine[]; page: PageInfo }> {
  const { sql, values } = where([
    [side === 'creditor' ? 'l.org_id = ?' : 'l.agency_id = ?', tx.orgId],
    unlessEmpty('l.agency_id = ?', filter.agencyId),
    unlessEmpty('l.org_id = ?', filter.creditorId),
    unlessEmpty('l.case_id = ?', filter.caseId),
    unlessEmpty('l.placement_id = ?', filter.placementId),
    filter.onlyUnstated
      ? [`NOT EXISTS (SELECT FROM statement_line s WHERE ${standing})`]
      : undefined,
  ]);
  const list = {
    table: 'commission_line',
    alias: 'l',
    conditions: sql,
    values,
    columns: lineColumns,
    besides: `${lineNames} LEFT JOIN statement_line s ON ${standing}`,
    sortColumn: 'l.accrued_at',
    idColumn: 'l.line_id',
    descending: true,
  };
  const found = await page<LineRow>(tx, list, request, { side, filter });
  return { lines: found.rows.map(lineFrom), page: found.page };
}

export type AccountBalance = {
  account: Account;
  agencyId: string;
  agencyName: string;
  creditorId: string;
  creditorName: string;
  currency: string;
  /** Debits minus credits. */
  minor: bigint;
};

/** Balances per account, agency and currency; an agency sees what is payable to it. */
export async function balances(
  tx: Tx,
  side: 'creditor' | 'agency',
  agencyId: string,
): Promise<AccountBalance[]> {
  const { sql, values } = where([
    [side === 'creditor' ? 'g.org_id = $1' : 'g.agency_id = $1'],
    agencyId === '' ? undefined : ['g.agency_id = $2', agencyId],
  ]);
  return tx.query<AccountBalance>(
    `WITH sums AS (
       SELECT g.org_id, g.agency_id, g.account, g.currency,
              sum(g.minor)::bigint AS minor
         FROM ledger_balance g WHERE ${sql} GROUP BY g.org_id, g.agency_id, g.account, g.currency)
     SELECT s.account, s.agency_id AS "agencyId", s.org_id AS "creditorId", s.currency, s.minor,
            n.agency_name AS "agencyName", n.creditor_name AS "creditorName"
       FROM sums s CROSS JOIN LATERAL (
         SELECT p.agency_name, p.creditor_name FROM placement p
          WHERE p.org_id = s.org_id AND p.agency_id = s.agency_id LIMIT 1) n
      ORDER BY n.agency_name, n.creditor_name, s.agency_id, s.org_id, s.currency, s.account`,
    [tx.orgId, ...values],
  );
}
