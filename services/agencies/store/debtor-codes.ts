import type { Tx } from '@recourse/kit/db.ts';

/** By which code a debtor is known; empty when it has been taken back. */
export type ToldCode = { debtorId: string; creditCode: string };

/** Keeps what was told of debtors' codes at an instant; the newest counts in any order. */
export async function keepCodes(
  tx: Tx,
  told: readonly ToldCode[],
  at: Temporal.Instant,
): Promise<void> {
  if (told.length === 0) return;
  const byId = new Map(told.map((one) => [one.debtorId, one.creditCode]));
  await tx.query(
    `INSERT INTO debtor_code AS d (org_id, debtor_id, credit_code, told_at)
     SELECT $1, id, code, $4 FROM unnest($2::uuid[], $3::text[]) AS t(id, code) ORDER BY id
     ON CONFLICT (org_id, debtor_id) DO UPDATE
       SET credit_code = excluded.credit_code, told_at = excluded.told_at
       WHERE d.told_at < excluded.told_at`,
    [tx.orgId, [...byId.keys()], [...byId.values()], at],
  );
}

/** Codes of the transaction's debtors, by debtor; whoever has none is not in it. */
export async function codesOf(tx: Tx, debtorIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<ToldCode>(
    `SELECT debtor_id AS "debtorId", credit_code AS "creditCode" FROM debtor_code
      WHERE org_id = $1 AND debtor_id = ANY ($2::uuid[]) AND credit_code <> ''`,
    [tx.orgId, debtorIds],
  );
  return new Map(rows.map((row) => [row.debtorId, row.creditCode]));
}
