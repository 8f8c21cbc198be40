import type { Tx } from '@recourse/kit/db.ts';
import { CreditPolicy } from '@recourse/proto/credit/v1/ratings.ts';

/** The organisation's own policy, when it has one. */
export async function ownPolicy(tx: Tx): Promise<CreditPolicy | undefined> {
  const [row] = await tx.query<{ content: unknown }>(
    'SELECT content FROM credit_policy WHERE org_id = $1 ORDER BY version DESC LIMIT 1',
    [tx.orgId],
  );
  return row === undefined ? undefined : CreditPolicy.fromJSON(row.content);
}

/** Keeps a new version; earlier ones stay. */
export async function savePolicy(tx: Tx, policy: CreditPolicy): Promise<void> {
  await tx.query('INSERT INTO credit_policy (org_id, version, content) VALUES ($1, $2, $3)', [
    tx.orgId,
    policy.version,
    JSON.stringify(CreditPolicy.toJSON(policy)),
  ]);
}
