import type { Tx } from '@recourse/kit/db.ts';
import { type Page, page } from '@recourse/kit/page.ts';
import { CreditPolicy } from '@recourse/proto/credit/v1/ratings.ts';
import type { PageRequest } from '@recourse/proto/type/v1/type.ts';

/** The organisation's own policy as it stands on a day; the newest one that has begun by then. */
export async function ownPolicy(tx: Tx, on: string): Promise<CreditPolicy | undefined> {
  const [row] = await tx.query<{ content: unknown }>(
    `SELECT content FROM credit_policy WHERE org_id = $1 AND content->>'effectiveFrom' <= $2
      ORDER BY version DESC LIMIT 1`,
    [tx.orgId, on],
  );
  return row === undefined ? undefined : CreditPolicy.fromJSON(row.content);
}

/** The newest version, in force or not; nobody else writes one until the transaction ends. */
export async function newestForUpdate(tx: Tx): Promise<CreditPolicy | undefined> {
  const lock = `credit-policy ${tx.orgId}`;
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [lock]);
  const [row] = await tx.query<{ content: unknown }>(
    'SELECT content FROM credit_policy WHERE org_id = $1 ORDER BY version DESC LIMIT 1',
    [tx.orgId],
  );
  return row === undefined ? undefined : CreditPolicy.fromJSON(row.content);
}

/** All versions that the organisation has written, newest first. */
export async function policyHistory(
  tx: Tx,
  request: PageRequest | undefined,
): Promise<Page<{ content: unknown }>> {
  const list = {
    table: 'credit_policy',
    alias: 'p',
    conditions: 'p.org_id = ?',
    values: [tx.orgId],
    besides: '',
    columns: 'p.content',
    sortColumn: 'p.version',
    idColumn: 'p.version::text',
    descending: true,
  };
  return page(tx, list, request, 'credit-policies');
}

/** Keeps a new version; earlier ones stay. */
export async function savePolicy(tx: Tx, policy: CreditPolicy): Promise<void> {
  await tx.query('INSERT INTO credit_policy (org_id, version, content) VALUES ($1, $2, $3)', [
    tx.orgId,
    policy.version,
    JSON.stringify(CreditPolicy.toJSON(policy)),
  ]);
}
