import type { Tx } from '@recourse/kit/db.ts';
import type { Actor } from '@recourse/kit/events.ts';

/** Credit that was paid back to debtors: rows that are only ever added. */

export type RefundRow = {
  refundId: string;
  caseId: string;
  debtorId: string;
  currency: string;
  amountMinor: bigint;
  paidOn: string;
  reference: string;
  reason: string;
  actor: Actor;
  recordedAt: string;
  contentHash: string;
  reversalReason: string | null;
  reversedAt: string | null;
};

export async function findRefund(tx: Tx, refundId: string): Promise<RefundRow | undefined> {
  const [row] = await tx.query<RefundRow>(
    `SELECT r.refund_id AS "refundId", r.case_id AS "caseId", r.debtor_id AS "debtorId",
            r.currency, r.amount_minor AS "amountMinor", r.paid_on AS "paidOn", r.reference,
            r.reason, r.actor, r.recorded_at AS "recordedAt", r.content_hash AS "contentHash",
            v.reason AS "reversalReason", v.reversed_at AS "reversedAt"
       FROM credit_refund r
       LEFT JOIN credit_refund_reversal v ON v.org_id = r.org_id AND v.refund_id = r.refund_id
      WHERE r.org_id = $1 AND r.refund_id = $2`,
    [tx.orgId, refundId],
  );
  return row;
}

export async function saveRefund(
  tx: Tx,
  refund: Omit<RefundRow, 'reversalReason' | 'reversedAt'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO credit_refund (org_id, refund_id, case_id, debtor_id, currency, amount_minor,
            paid_on, reference, reason, actor, recorded_at, content_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      tx.orgId,
      refund.refundId,
      refund.caseId,
      refund.debtorId,
      refund.currency,
      refund.amountMinor,
      refund.paidOn,
      refund.reference,
      refund.reason,
      JSON.stringify(refund.actor),
      refund.recordedAt,
      refund.contentHash,
    ],
  );
}

export async function saveRefundReversal(
  tx: Tx,
  reversal: { refundId: string; reason: string; actor: Actor; at: Temporal.Instant },
): Promise<void> {
  await tx.query(
    `INSERT INTO credit_refund_reversal (org_id, refund_id, reason, actor, reversed_at)
     VALUES ($1, $2, $3, $4, $5)`,
    [tx.orgId, reversal.refundId, reversal.reason, JSON.stringify(reversal.actor), reversal.at],
  );
}
