import type { Tx } from '@recourse/kit/db.ts';

/**
 * What changed the claim of a case: payments, their reversals, the money of matters, and what was
 * given up of it.
 */

export type LedgerRow = {
  entryId: string;
  kind:
    | 'payment'
    | 'payment_reversed'
    | 'cost'
    | 'cost_reversed'
    | 'interest'
    | 'interest_reversed'
    | 'write_off'
    | 'write_off_reversed'
    | 'sale';
  day: string;
  what: string;
  amountMinor: bigint;
  changeMinor: bigint;
  matterId: string;
  reference: string;
};

/** What of a payment went onto the claim; credit is the debtor's. */
const paidSql = `JOIN LATERAL (
  SELECT coalesce(sum(a.amount_minor), 0)::bigint AS minor FROM allocation a
   WHERE a.org_id = p.org_id AND a.payment_id = p.payment_id AND a.line > 0
     AND a.part <> 'credit') paid ON true`;

/** A payment that came when its case was written off already, and brought back what it pays. */
const isLate = `EXISTS (SELECT FROM write_down w
  WHERE w.org_id = p.org_id AND w.payment_id = p.payment_id)`;

/**
 * The newest changes of a case by the day they count from, at most `limit`. An entry of a matter
 * that put nothing on the case (a cost that stays with the creditor) is none of them. Of one day,
 * what is owed comes before what pays it, both before what takes them back, and these before what
 * gives up the rest.
 */
export function ledgerOf(
  tx: Tx,
  caseId: string,
  zone: string,
  limit: number,
): Promise<LedgerRow[]> {
  return tx.query<LedgerRow>(
    `SELECT entry_id AS "entryId", kind, day, what, amount AS "amountMinor",
            change AS "changeMinor", matter_id AS "matterId", reference
       FROM (
         SELECT p.payment_id AS entry_id, 'payment' AS kind, p.received_on AS day,
                CASE WHEN ${isLate} THEN 6 ELSE 1 END AS turn, p.recorded_at AS at,
                p.means AS what, p.amount_minor AS amount,
                -paid.minor AS change, '' AS matter_id, p.reference
           FROM payment p ${paidSql}
          WHERE p.org_id = $1 AND p.case_id = $2
         UNION ALL
         SELECT p.payment_id, 'payment_reversed', (v.reversed_at AT TIME ZONE $3)::date,
                CASE WHEN ${isLate} THEN 7 ELSE 2 END, v.reversed_at, p.means,
                p.amount_minor, paid.minor, '', v.reason
           FROM payment p
           JOIN payment_reversal v ON v.org_id = p.org_id AND v.payment_id = p.payment_id ${paidSql}
          WHERE p.org_id = $1 AND p.case_id = $2
         UNION ALL
         SELECT m.entry_id,
                CASE m.kind WHEN 'cost' THEN 'cost' ELSE 'interest' END
                  || CASE WHEN m.reverses_id IS NULL THEN '' ELSE '_reversed' END,
                m.on_day, CASE WHEN m.reverses_id IS NULL THEN 0 ELSE 3 END, NULL, m.what,
                abs(m.raised_minor), m.raised_minor,
                m.matter_id::text, ''
           FROM matter_entry m
          WHERE m.org_id = $1 AND m.case_id = $2 AND m.raised_minor <> 0
         UNION ALL
         SELECT coalesce(w.payment_id, w.closing_id),
                CASE WHEN sum(w.amount_minor) < 0 THEN 'write_off_reversed'
                     WHEN k.kind = 'SALE' THEN 'sale' ELSE 'write_off' END,
                w.on_day, CASE w.cause WHEN 'closed' THEN 4 WHEN 'received' THEN 5 ELSE 8 END,
                max(w.recorded_at),
                w.cause, abs(sum(w.amount_minor))::bigint, -sum(w.amount_minor)::bigint, '',
                k.buyer_name
           FROM write_down w
           JOIN closing k ON k.org_id = w.org_id AND k.closing_id = w.closing_id
          WHERE w.org_id = $1 AND w.case_id = $2
          GROUP BY w.closing_id, w.payment_id, w.cause, w.on_day, k.kind, k.buyer_name) e
      ORDER BY day DESC, turn DESC, at DESC, entry_id DESC LIMIT $4`,
    [tx.orgId, caseId, zone, limit],
  );
}
