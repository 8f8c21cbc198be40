import type { Tx } from '@recourse/kit/db.ts';

export type PresentCustomer = { customerId: string; name: string; creditCode: string };

/** A customer as told; a ledger does not say whether it is a natural person, its file does. */
export type ToldCustomer = PresentCustomer & { person?: boolean };

/** Lays in customers as told at an instant; the newest told holds, a known code is not lost. */
export async function keepCustomers(
  tx: Tx,
  customers: readonly ToldCustomer[],
  at: Temporal.Instant,
): Promise<void> {
  if (customers.length === 0) return;
  await tx.query(
    `INSERT INTO present_customer AS c (org_id, customer_id, name, credit_code, person, told_at)
     SELECT $1, r.customer_id, r.name, r.credit_code, r.person, $5
       FROM unnest($2::uuid[], $3::text[], $4::text[], $6::boolean[])
         AS r(customer_id, name, credit_code, person)
     ON CONFLICT (org_id, customer_id) DO UPDATE SET
       name = CASE WHEN c.told_at <= excluded.told_at THEN excluded.name ELSE c.name END,
       credit_code = CASE
         WHEN c.told_at <= excluded.told_at AND excluded.credit_code <> ''
           THEN excluded.credit_code
         WHEN c.credit_code = '' THEN excluded.credit_code ELSE c.credit_code END,
       person = CASE
         WHEN c.told_at <= excluded.told_at THEN coalesce(excluded.person, c.person)
         ELSE coalesce(c.person, excluded.person) END,
       told_at = greatest(c.told_at, excluded.told_at)`,
    [
      tx.orgId,
      customers.map((one) => one.customerId),
      customers.map((one) => one.name),
      customers.map((one) => one.creditCode),
      at,
      customers.map((one) => one.person ?? null),
    ],
  );
}

/** Forgets customers of an import that was undone, unless an alert or a consent speaks of them. */
export async function dropCustomers(tx: Tx, customerIds: readonly string[]): Promise<void> {
  await tx.query(
    `DELETE FROM present_customer c WHERE c.org_id = $1 AND c.customer_id = ANY ($2::uuid[])
       AND NOT EXISTS (SELECT FROM alert a
                        WHERE a.org_id = $1 AND a.customer_id = c.customer_id)
       AND NOT EXISTS (SELECT FROM person_watch w
                        WHERE w.org_id = $1 AND w.customer_id = c.customer_id)`,
    [tx.orgId, customerIds],
  );
}

/**
 * A batch of customers by id, after the one given. A natural person, by its file or by a consent,
 * is not asked about as a company: without a legal basis it is not asked about at all.
 */
export function customersAfter(tx: Tx, after: string, size: number): Promise<PresentCustomer[]> {
  return tx.query(
    `SELECT customer_id AS "customerId", name, credit_code AS "creditCode" FROM present_customer c
      WHERE org_id = $1 AND customer_id > $2 AND person IS NOT TRUE
        AND NOT EXISTS (SELECT FROM person_watch w
                         WHERE w.org_id = $1 AND w.customer_id = c.customer_id)
      ORDER BY customer_id LIMIT $3`,
    [tx.orgId, after, size],
  );
}
