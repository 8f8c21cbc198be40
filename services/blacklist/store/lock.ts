import type { Tx } from '@recourse/kit/db.ts';

/** Within an organisation, whoever writes the thing of this name takes turns until the commit. */
export async function takeTurns(tx: Tx, name: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [`${tx.orgId} ${name}`]);
}
