import type { Tx } from '@recourse/kit/db.ts';

/**
 * Holds back, until the transaction ends, others of the organisation that lock the same name: for
 * what has no row yet that could be locked.
 */
export async function lockByName(tx: Tx, name: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.orgId} ${name}`]);
}
