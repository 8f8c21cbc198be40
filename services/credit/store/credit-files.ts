import type { Tx } from '@recourse/kit/db.ts';
import {
  CreditFile,
  type ExternalFlag,
  FinancialStatement,
} from '@recourse/proto/credit/v1/ratings.ts';

/** Flags that other services told of these customers and have not taken back. */
async function toldFlags(tx: Tx, customerIds: readonly string[]) {
  return tx.query<{ customer_id: string; code: string; since: string; source: string }>(
    `SELECT DISTINCT ON (customer_id, code) customer_id, code, since, source FROM told_flag
      WHERE org_id = $1 AND customer_id = ANY ($2::uuid[]) AND NOT gone
      ORDER BY customer_id, code, since`,
    [tx.orgId, customerIds],
  );
}

/** The files of these customers as they stand; one that was never written is empty, version 0. */
export async function creditFiles(
  tx: Tx,
  customerIds: readonly string[],
): Promise<Map<string, CreditFile>> {
  const files = new Map(
    customerIds.map((customerId) => [customerId, CreditFile.fromPartial({ customerId })]),
  );
  const rows = await tx.query<{ customer_id: string; content: unknown }>(
    `SELECT customer_id, content FROM credit_file
      WHERE org_id = $1 AND customer_id = ANY ($2::uuid[])`,
    [tx.orgId, customerIds],
  );
  for (const row of rows) files.set(row.customer_id, CreditFile.fromJSON(row.content));
  const statements = await tx.query<{ customer_id: string; content: unknown }>(
    `SELECT customer_id, content FROM financial_statement
      WHERE org_id = $1 AND customer_id = ANY ($2::uuid[]) ORDER BY period_end DESC`,
    [tx.orgId, customerIds],
  );
  for (const row of statements) {
    files.get(row.customer_id)?.statements.push(FinancialStatement.fromJSON(row.content));
  }
  for (const told of await toldFlags(tx, customerIds)) {
    const { code, since, source } = told;
    const flag: ExternalFlag = { code, since, source, note: '', told: true };
    files.get(told.customer_id)?.flags.push(flag);
  }
  return files;
}

/** One customer's file. */
export async function creditFile(tx: Tx, customerId: string): Promise<CreditFile> {
  const files = await creditFiles(tx, [customerId]);
  return files.get(customerId) ?? CreditFile.fromPartial({ customerId });
}

/** Writes what people keep in a file; statements and told flags have their own tables. */
export async function saveCreditFile(tx: Tx, file: CreditFile): Promise<void> {
  const flags = file.flags.filter((flag) => !flag.told);
  const content = CreditFile.toJSON({ ...file, flags, statements: [] });
  await tx.query(
    `INSERT INTO credit_file (org_id, customer_id, content, version) VALUES ($1, $2, $3, $4)
     ON CONFLICT (org_id, customer_id) DO UPDATE SET content = excluded.content,
       version = excluded.version`,
    [tx.orgId, file.customerId, JSON.stringify(content), file.version],
  );
}

/** Keeps a statement; a later one of the same period takes the earlier one's place. */
export async function saveStatement(
  tx: Tx,
  customerId: string,
  statement: FinancialStatement,
): Promise<void> {
  await tx.query(
    `DELETE FROM financial_statement WHERE org_id = $1 AND customer_id = $2 AND period_end = $3`,
    [tx.orgId, customerId, statement.periodEnd],
  );
  await tx.query(
    `INSERT INTO financial_statement (org_id, customer_id, statement_id, period_end, content)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (org_id, statement_id) DO UPDATE SET period_end = excluded.period_end,
       content = excluded.content`,
    [
      tx.orgId,
      customerId,
      statement.statementId,
      statement.periodEnd,
      JSON.stringify(FinancialStatement.toJSON(statement)),
    ],
  );
}

/** Whose a statement is, when there is one of that id. */
export async function statementOwner(tx: Tx, statementId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ customer_id: string }>(
    'SELECT customer_id FROM financial_statement WHERE org_id = $1 AND statement_id = $2',
    [tx.orgId, statementId],
  );
  return row?.customer_id;
}

/** Keeps what another service said of a customer; older news that comes later changes nothing. */
export async function tellFlag(
  tx: Tx,
  told: {
    source: string;
    subjectId: string;
    customerId: string;
    code: string;
    since: string;
    gone: boolean;
    at: Temporal.Instant;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO told_flag AS f (org_id, source, subject_id, customer_id, code, since, gone,
       told_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (org_id, source, subject_id) DO UPDATE SET code = excluded.code,
       since = excluded.since, gone = excluded.gone, told_at = excluded.told_at
     WHERE f.told_at <= excluded.told_at`,
    [
      tx.orgId,
      told.source,
      told.subjectId,
      told.customerId,
      told.code,
      told.since,
      told.gone,
      told.at,
    ],
  );
}

/** Keeps how a promise ended, as cases told it. */
export async function tellPromise(
  tx: Tx,
  promise: { promiseId: string; debtorId: string; state: string },
  at: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `INSERT INTO promise_told AS p (org_id, promise_id, customer_id, state, told_at)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (org_id, promise_id) DO UPDATE SET state = excluded.state,
       told_at = excluded.told_at WHERE p.told_at <= excluded.told_at`,
    [tx.orgId, promise.promiseId, promise.debtorId, promise.state, at],
  );
}

/** Promises broken within a year before the instant, by customer. */
export async function brokenPromises(
  tx: Tx,
  customerIds: readonly string[],
  at: Temporal.Instant,
): Promise<Map<string, number>> {
  const rows = await tx.query<{ customer_id: string; count: bigint }>(
    `SELECT customer_id, count(*) FROM promise_told
      WHERE org_id = $1 AND customer_id = ANY ($2::uuid[]) AND state = 'BROKEN'
        AND told_at > $3::timestamptz - interval '365 days'
      GROUP BY customer_id`,
    [tx.orgId, customerIds, at],
  );
  return new Map(rows.map((row) => [row.customer_id, Number(row.count)]));
}
