import type { Tx } from '@recourse/kit/db.ts';

/** What others tell of debtors; the import writes the rest. */

export async function sealedContacts(
  tx: Tx,
  of: { orgId: string; debtorId: string },
): Promise<string> {
  const [row] = await tx.query<{ sealed: string }>(
    'SELECT contacts_sealed AS sealed FROM debtor WHERE org_id = $1 AND debtor_id = $2',
    [of.orgId, of.debtorId],
  );
  return row?.sealed ?? '';
}

export type ToldDebtor = {
  debtorId: string;
  name: string;
  region: string;
  industry: string;
  /** Empty when it is not a zone we know. */
  timeZone: string;
  creditCode: string;
  /** Of the customer, so that an older event never undoes a newer one. */
  version: number;
};

/** Takes over what credit says of a customer; a debtor we do not have is none of ours. */
export async function keepToldDebtor(tx: Tx, told: ToldDebtor): Promise<void> {
  await tx.query(
    `WITH kept AS (
       UPDATE debtor SET name = coalesce(nullif($3, ''), name), region = $4, industry = $5,
              time_zone = coalesce(nullif($6, ''), time_zone), credit_code = $7, told_version = $8,
              version = version + 1
        WHERE org_id = $1 AND debtor_id = $2 AND told_version < $8
        RETURNING debtor_id, name)
     UPDATE case_file c SET debtor_name = k.name, version = c.version + 1
       FROM kept k
      WHERE c.org_id = $1 AND c.debtor_id = k.debtor_id AND c.debtor_name <> k.name`,
    [
      tx.orgId,
      told.debtorId,
      told.name,
      told.region,
      told.industry,
      told.timeZone,
      told.creditCode,
      told.version,
    ],
  );
}

/** Keeps the grade of a customer unless a newer one is known; says whether it changed anything. */
export async function keepGrade(
  tx: Tx,
  told: { debtorId: string; grade: string; version: number },
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO debtor_grade AS g (org_id, debtor_id, grade, told_version)
     VALUES ($1, $2, $3, $4)
     ON CONFLICT (org_id, debtor_id) DO UPDATE
        SET grade = EXCLUDED.grade, told_version = EXCLUDED.told_version
      WHERE g.told_version < EXCLUDED.told_version
     RETURNING debtor_id`,
    [tx.orgId, told.debtorId, told.grade, told.version],
  );
  return rows.length === 1;
}
