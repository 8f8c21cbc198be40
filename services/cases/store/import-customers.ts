import type { Tx } from '@recourse/kit/db.ts';

/** The customers of a file: gathered by the check, written as debtors by the commit. */

export type GatheredCustomer = {
  debtorId: string;
  customerKey: string;
  customerNumber: string;
  creditCode: string;
  region: string;
  industry: string;
  contactsSealed: string;
  spellings: ReadonlyMap<string, { count: number; firstRow: number }>;
};

export async function clearCustomers(tx: Tx, importId: string): Promise<void> {
  for (const table of ['import_customer', 'import_spelling'] as const) {
    await tx.query(`DELETE FROM ${table} WHERE org_id = $1 AND import_id = $2`, [
      tx.orgId,
      importId,
    ]);
  }
}

/** Lays gathered customers in; what an earlier part of the file said of one stays. */
export async function addCustomers(
  tx: Tx,
  importId: string,
  customers: readonly GatheredCustomer[],
): Promise<void> {
  await tx.query(
    `INSERT INTO import_customer AS c (org_id, import_id, debtor_id, customer_key, customer_number,
            credit_code, region, industry, contacts_sealed)
     SELECT $1, $2, n.* FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[],
            $8::text[], $9::text[]) n
     ON CONFLICT (org_id, import_id, debtor_id) DO UPDATE SET
       customer_number = coalesce(nullif(c.customer_number, ''), excluded.customer_number),
       credit_code = coalesce(nullif(c.credit_code, ''), excluded.credit_code),
       region = coalesce(nullif(c.region, ''), excluded.region),
       industry = coalesce(nullif(c.industry, ''), excluded.industry),
       contacts_sealed = coalesce(nullif(c.contacts_sealed, ''), excluded.contacts_sealed)
     WHERE (c.customer_number, c.credit_code, c.region, c.industry, c.contacts_sealed)
       IS DISTINCT FROM (coalesce(nullif(c.customer_number, ''), excluded.customer_number),
         coalesce(nullif(c.credit_code, ''), excluded.credit_code),
         coalesce(nullif(c.region, ''), excluded.region),
         coalesce(nullif(c.industry, ''), excluded.industry),
         coalesce(nullif(c.contacts_sealed, ''), excluded.contacts_sealed))`,
    [
      tx.orgId,
      importId,
      customers.map((one) => one.debtorId),
      customers.map((one) => one.customerKey),
      customers.map((one) => one.customerNumber),
      customers.map((one) => one.creditCode),
      customers.map((one) => one.region),
      customers.map((one) => one.industry),
      customers.map((one) => one.contactsSealed),
    ],
  );
  const spellings = customers.flatMap(({ debtorId, spellings: names }) =>
    [...names].map(([name, { count, firstRow }]) => ({ debtorId, name, count, firstRow })),
  );
  await tx.query(
    `INSERT INTO import_spelling AS s (org_id, import_id, debtor_id, name, count, first_row)
     SELECT $1, $2, n.* FROM unnest($3::uuid[], $4::text[], $5::bigint[], $6::int[]) n
     ON CONFLICT (org_id, import_id, debtor_id, name)
       DO UPDATE SET count = s.count + excluded.count`,
    [
      tx.orgId,
      importId,
      spellings.map((one) => one.debtorId),
      spellings.map((one) => one.name),
      spellings.map((one) => one.count),
      spellings.map((one) => one.firstRow),
    ],
  );
}

/** How many customers a file has, and how many of them are not debtors yet. */
export async function countCustomers(
  tx: Tx,
  importId: string,
): Promise<{ customersSeen: number; customersNew: number }> {
  const [row] = await tx.query<{ seen: bigint; fresh: bigint }>(
    `SELECT count(*) AS seen, count(*) FILTER (WHERE d.debtor_id IS NULL) AS fresh
       FROM import_customer c LEFT JOIN debtor d USING (org_id, debtor_id)
      WHERE c.org_id = $1 AND c.import_id = $2`,
    [tx.orgId, importId],
  );
  return { customersSeen: Number(row?.seen ?? 0n), customersNew: Number(row?.fresh ?? 0n) };
}

/** A debtor as the commit left it, for the news. */
export type WrittenDebtor = {
  debtorId: string;
  customerNumber: string;
  name: string;
  aliases: readonly string[];
  creditCode: string;
  region: string;
  industry: string;
  contactsSealed: string;
};

/** Spellings kept of one customer; more are noise, and each is searched for. */
const aliasesKept = 50;

const written = `debtor_id AS "debtorId", customer_number AS "customerNumber", name, aliases,
  credit_code AS "creditCode", region, industry, contacts_sealed AS "contactsSealed"`;

/**
 * The joins are lateral on purpose: the tables of an import have no statistics yet, and only this
 * way does the planner never read all spellings for each customer.
 *
 * Writes the customers of a file after one of them (by id, `limit` at most) as debtors. A new one
 * is named by its most frequent spelling (of equals the first in the file); one that is known keeps
 * its name and takes new spellings as aliases and facts it lacks. What it was before is kept for an
 * undo. Answers those that are new or changed, and the last id looked at.
 */
export async function writeDebtors(
  tx: Tx,
  importId: string,
  after: string,
  limit: number,
): Promise<{ changed: WrittenDebtor[]; last: string | undefined }> {
  const batch = `
    SELECT * FROM import_customer
     WHERE org_id = $1 AND import_id = $2 AND debtor_id > $3::uuid ORDER BY debtor_id LIMIT $4`;
  const params = [tx.orgId, importId, after, limit];
  const [end] = await tx.query<{ last: string | null }>(
    `SELECT max(debtor_id::text) AS last FROM (${batch}) b`,
    params,
  );
  const added = await tx.query<WrittenDebtor>(
    `WITH b AS MATERIALIZED (${batch})
     INSERT INTO debtor (org_id, debtor_id, customer_key, customer_number, name, aliases,
            credit_code, region, industry, contacts_sealed, import_id)
     SELECT b.org_id, b.debtor_id, b.customer_key, b.customer_number, n.names[1],
            to_jsonb(n.names[2:$5 + 1]), b.credit_code, b.region, b.industry, b.contacts_sealed, $2
       FROM b CROSS JOIN LATERAL (
         SELECT array_agg(s.name ORDER BY s.count DESC, s.first_row) AS names
           FROM import_spelling s
          WHERE s.org_id = $1 AND s.import_id = $2 AND s.debtor_id = b.debtor_id) n
     ON CONFLICT (org_id, debtor_id) DO NOTHING
     RETURNING ${written}`,
    [...params, aliasesKept],
  );
  const completed = await tx.query<WrittenDebtor>(completeSql(batch), [...params, aliasesKept]);
  return { changed: [...added, ...completed], last: end?.last ?? undefined };
}

/** Completes debtors that were there, and keeps what they were in `import_change`. */
function completeSql(batch: string): string {
  return `
    WITH b AS MATERIALIZED (${batch}),
    completed AS (
      SELECT d.debtor_id, coalesce(p.names, '[]') AS added,
             d.aliases || coalesce(p.names, '[]') AS aliases,
             coalesce(nullif(d.credit_code, ''), b.credit_code) AS credit_code,
             coalesce(nullif(d.region, ''), b.region) AS region,
             coalesce(nullif(d.industry, ''), b.industry) AS industry,
             coalesce(nullif(d.contacts_sealed, ''), b.contacts_sealed) AS contacts_sealed
        FROM b
        JOIN debtor d ON d.org_id = $1 AND d.debtor_id = b.debtor_id
         AND d.import_id IS DISTINCT FROM $2
        CROSS JOIN LATERAL (
          SELECT to_jsonb((array_agg(s.name ORDER BY s.count DESC, s.first_row))[1:$5]) AS names
            FROM import_spelling s
           WHERE s.org_id = $1 AND s.import_id = $2 AND s.debtor_id = b.debtor_id
             AND s.name <> d.name AND NOT d.aliases ? s.name
             AND jsonb_array_length(d.aliases) < $5) p),
    changed AS (
      UPDATE debtor d SET aliases = c.aliases, credit_code = c.credit_code, region = c.region,
             industry = c.industry, contacts_sealed = c.contacts_sealed, version = d.version + 1
        FROM completed c
       WHERE d.org_id = $1 AND d.debtor_id = c.debtor_id
         AND (d.aliases, d.credit_code, d.region, d.industry, d.contacts_sealed)
           IS DISTINCT FROM (c.aliases, c.credit_code, c.region, c.industry, c.contacts_sealed)
       RETURNING c.added, old.credit_code AS was_credit_code, old.region AS was_region,
             old.industry AS was_industry, old.contacts_sealed AS was_contacts_sealed, new.*),
    kept AS (
      INSERT INTO import_change (org_id, import_id, noun, id, before)
      SELECT $1, $2, 'debtor', debtor_id,
             jsonb_build_object('aliases_added', added,
               'credit_code', CASE WHEN was_credit_code = '' THEN credit_code END,
               'region', CASE WHEN was_region = '' THEN region END,
               'industry', CASE WHEN was_industry = '' THEN industry END,
               'contacts_sealed', CASE WHEN was_contacts_sealed = '' THEN contacts_sealed END)
        FROM changed ON CONFLICT DO NOTHING)
    SELECT ${written} FROM changed`;
}
