import type { Tx } from '@recourse/kit/db.ts';
import { page, unlessEmpty, where } from '@recourse/kit/page.ts';
import type { Actor, PageInfo, PageRequest } from '@recourse/proto/type/v1/type.ts';
import {
  type DrawCommand,
  type DrawFacts,
  lastDayOf,
  type Mark,
  type Statement,
  type Totals,
} from '../domain/statement.ts';
import { lineColumns, lineFrom, lineNames, type LineRow, type SeenLine } from './lines.ts';
import { lockByName } from './lock.ts';

type Row = {
  creditorId: string;
  creditorName: string;
  statementId: string;
  number: string;
  agencyId: string;
  agencyName: string;
  month: string;
  currency: string;
  state: 'OPEN' | 'CLOSED';
  closedBy: Actor | null;
  closedAt: string | null;
  version: bigint;
};

const columns = `t.org_id AS "creditorId", t.creditor_name AS "creditorName",
  t.statement_id AS "statementId", t.number, t.agency_id AS "agencyId",
  t.agency_name AS "agencyName", t.month, t.currency, t.state, t.closed_by AS "closedBy",
  t.closed_at AS "closedAt", t.version`;

function statementFrom(row: Row): Statement {
  const { creditorId, creditorName, statementId, number, agencyId, agencyName } = row;
  const { month, currency, state, closedBy, closedAt, version } = row;
  return {
    creditorId,
    creditorName,
    statementId,
    number,
    agencyId,
    agencyName,
    month,
    currency,
    state,
    version,
    closedBy: closedBy ?? undefined,
    closedAt: closedAt === null ? undefined : Temporal.Instant.from(closedAt),
  };
}

/** The creditor's statement, locked. */
export async function statementForUpdate(
  tx: Tx,
  statementId: string,
): Promise<Statement | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT ${columns} FROM statement t WHERE t.org_id = $1 AND t.statement_id = $2 FOR UPDATE`,
    [tx.orgId, statementId],
  );
  return row === undefined ? undefined : statementFrom(row);
}

const freeLines = `FROM commission_line l
  LEFT JOIN statement_line s ON s.org_id = l.org_id AND s.line_id = l.line_id AND NOT s.released
 WHERE l.org_id = $1 AND l.agency_id = $2 AND l.currency = $3 AND l.booked_on <= $4::date
   AND s.line_id IS NULL`;

/** One drawing at a time per creditor: serials have no gaps and a line goes onto one statement. */
export async function drawFacts(tx: Tx, command: DrawCommand): Promise<DrawFacts> {
  const { statementId, agencyId, month, currency } = command;
  await lockByName(tx, 'statement');
  const present = await statementForUpdate(tx, statementId);
  const [row] = await tx.query<{
    otherId: string | null;
    agencyName: string | null;
    freeLines: bigint;
    nextSerial: number;
  }>(
    `SELECT (SELECT t.statement_id FROM statement t WHERE t.org_id = $1 AND t.agency_id = $2
               AND t.month = $5 AND t.currency = $3 AND t.statement_id <> $6) AS "otherId",
            coalesce((SELECT a.name FROM agency a WHERE a.org_id = $2 AND a.agency_id = $2),
              (SELECT p.agency_name FROM placement p WHERE p.org_id = $1 AND p.agency_id = $2
                LIMIT 1)) AS "agencyName",
            (SELECT count(*) ${freeLines}) AS "freeLines",
            (SELECT coalesce(max(t.serial), 0) + 1 FROM statement t
              WHERE t.org_id = $1) AS "nextSerial"`,
    [tx.orgId, agencyId, currency, lastDayOf(month), month, statementId],
  );
  return {
    present,
    otherId: row?.otherId ?? undefined,
    agencyName: row?.agencyName ?? undefined,
    freeLines: Number(row?.freeLines ?? 0n),
    nextSerial: row?.nextSerial ?? 1,
  };
}

/** Writes a drawn statement and takes every free line of its month and before onto it. */
export async function saveDrawn(tx: Tx, statement: Statement, serial: number): Promise<void> {
  const { statementId, number, creditorName, agencyId, agencyName, month, currency } = statement;
  await tx.query(
    `INSERT INTO statement (org_id, statement_id, number, serial, creditor_name, agency_id,
       agency_name, month, currency, state, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'OPEN', $10)
     ON CONFLICT (org_id, statement_id) DO UPDATE SET version = excluded.version`,
    [
      tx.orgId,
      statementId,
      number,
      serial,
      creditorName,
      agencyId,
      agencyName,
      month,
      currency,
      statement.version,
    ],
  );
  await tx.query(
    `INSERT INTO statement_line (org_id, statement_id, line_id, agency_id)
     SELECT $1, $5, l.line_id, l.agency_id ${freeLines}`,
    [tx.orgId, agencyId, currency, lastDayOf(month), statementId],
  );
}

/** Writes a statement's state and version; on closing, held lines become free for the next one. */
export async function saveStatement(tx: Tx, statement: Statement): Promise<void> {
  const { statementId, state, closedBy, closedAt, version } = statement;
  if (state === 'CLOSED') {
    await tx.query(
      `UPDATE statement_line SET released = true
        WHERE org_id = $1 AND statement_id = $2 AND mark = 'HELD'`,
      [tx.orgId, statementId],
    );
  }
  await tx.query(
    `UPDATE statement SET state = $3, closed_by = $4::jsonb, closed_at = $5, version = $6
      WHERE org_id = $1 AND statement_id = $2`,
    [
      tx.orgId,
      statementId,
      state,
      closedBy === undefined ? null : JSON.stringify(closedBy),
      closedAt ?? null,
      version,
    ],
  );
}

export async function saveMark(
  tx: Tx,
  statementId: string,
  line: { lineId: string; mark: Mark; holdReason: string },
): Promise<void> {
  await tx.query(
    `UPDATE statement_line SET mark = $4, hold_reason = $5
      WHERE org_id = $1 AND statement_id = $2 AND line_id = $3`,
    [tx.orgId, statementId, line.lineId, line.mark, line.holdReason],
  );
}

const ofStatement = `FROM statement_line s
  JOIN commission_line l ON l.org_id = s.org_id AND l.line_id = s.line_id ${lineNames}
 WHERE s.org_id = $1 AND s.statement_id = $2`;

/** The lines of a statement in the order of their receipt, as the reader may see them. */
export async function statementLines(
  tx: Tx,
  creditorId: string,
  statementId: string,
): Promise<SeenLine[]> {
  const rows = await tx.query<LineRow>(
    `SELECT ${lineColumns} ${ofStatement} ORDER BY l.received_on, l.case_number, l.line_id`,
    [creditorId, statementId],
  );
  return rows.map(lineFrom);
}

/** One line of a statement. */
export async function statementLine(
  tx: Tx,
  statementId: string,
  lineId: string,
): Promise<SeenLine | undefined> {
  const [row] = await tx.query<LineRow>(`SELECT ${lineColumns} ${ofStatement} AND s.line_id = $3`, [
    tx.orgId,
    statementId,
    lineId,
  ]);
  return row === undefined ? undefined : lineFrom(row);
}

type Sums = {
  lineCount: bigint;
  tickedCount: bigint;
  heldCount: bigint;
  payments: string;
  commission: string;
  vat: string;
  payable: string;
  held: string;
  ledger: string;
};

/** A statement with its totals, and what the ledger's entries of its lines say is payable. */
export type Summed = { statement: Statement; totals: Totals; ledger: bigint };

/** Totals come from the lines at every reading; there is no copy of them that could differ. */
const summedColumns = `${columns}, sums.*`;
const summedJoin = `CROSS JOIN LATERAL (
    SELECT count(*) AS "lineCount",
           count(*) FILTER (WHERE s.mark = 'TICKED') AS "tickedCount",
           count(*) FILTER (WHERE s.mark = 'HELD') AS "heldCount",
           coalesce(sum(l.payment_minor), 0) AS payments,
           coalesce(sum(l.commission_minor), 0) AS commission,
           coalesce(sum(l.vat_minor), 0) AS vat,
           coalesce(sum(l.commission_minor + l.vat_minor) FILTER (WHERE s.mark <> 'HELD'), 0)
             AS payable,
           coalesce(sum(l.commission_minor + l.vat_minor) FILTER (WHERE s.mark = 'HELD'), 0)
             AS held,
           coalesce(sum(g.credit_minor - g.debit_minor), 0) AS ledger
      FROM statement_line s
      JOIN commission_line l ON l.org_id = s.org_id AND l.line_id = s.line_id
      LEFT JOIN ledger_line g ON g.org_id = s.org_id AND g.entry_id = s.line_id
        AND g.account = 'commission_payable'
     WHERE s.org_id = t.org_id AND s.statement_id = t.statement_id) sums`;

function summedFrom(row: Row & Sums): Summed {
  const { currency } = row;
  const amount = (text: string) => ({ currency, minor: BigInt(text) });
  const { lineCount, tickedCount, heldCount } = row;
  return {
    statement: statementFrom(row),
    totals: {
      lineCount,
      tickedCount,
      heldCount,
      payments: amount(row.payments),
      commission: amount(row.commission),
      vat: amount(row.vat),
      payable: amount(row.payable),
      held: amount(row.held),
    },
    ledger: BigInt(row.ledger),
  };
}

/** One statement that the transaction's organisation drew or was given. */
export async function summedStatement(tx: Tx, statementId: string): Promise<Summed | undefined> {
  const [row] = await tx.query<Row & Sums>(
    `SELECT ${summedColumns} FROM statement t ${summedJoin}
      WHERE (t.org_id = $1 OR t.agency_id = $1) AND t.statement_id = $2 ORDER BY t.org_id LIMIT 1`,
    [tx.orgId, statementId],
  );
  return row === undefined ? undefined : summedFrom(row);
}

/** Statements, newest month first. */
export async function listStatements(
  tx: Tx,
  side: 'creditor' | 'agency',
  filter: { agencyId: string; creditorId: string },
  request: PageRequest | undefined,
): Promise<{ statements: Summed[]; page: PageInfo }> {
  const { sql, values } = where([
    [side === 'creditor' ? 't.org_id = ?' : 't.agency_id = ?', tx.orgId],
    unlessEmpty('t.agency_id = ?', filter.agencyId),
    unlessEmpty('t.org_id = ?', filter.creditorId),
  ]);
  const list = {
    table: 'statement',
    alias: 't',
    conditions: sql,
    values,
    besides: summedJoin,
    columns: summedColumns,
    sortColumn: 't.month',
    idColumn: 't.statement_id',
    descending: true,
  };
  const found = await page<Row & Sums>(tx, list, request, { side, filter });
  return { statements: found.rows.map(summedFrom), page: found.page };
}
