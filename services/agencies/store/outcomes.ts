import { day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { creditorDay } from '../domain/placement.ts';
import type { Outcome } from '../domain/record.ts';

/** Every placement the transaction's agency has ever accepted, and what came of it. */
export async function outcomesOf(tx: Tx): Promise<Outcome[]> {
  const rows = await tx.query<{
    currency: string;
    daysOverdue: number;
    industry: string;
    placedMinor: bigint;
    recoveredMinor: bigint;
    acceptedAt: string;
    ended: boolean;
    firstPaymentOn: string | null;
  }>(
    `SELECT p.currency, p.placed_days_overdue AS "daysOverdue", p.industry,
            p.placed_minor AS "placedMinor", p.recovered_minor AS "recoveredMinor",
            p.accepted_at AS "acceptedAt", p.ended_at IS NOT NULL AS ended,
            (SELECT min(l.received_on) FROM commission_line l
              WHERE l.org_id = p.org_id AND l.placement_id = p.placement_id
                AND l.kind = 'ACCRUAL')::text AS "firstPaymentOn"
       FROM placement p WHERE p.agency_id = $1 AND p.accepted_at IS NOT NULL`,
    [tx.orgId],
  );
  return rows.map(({ acceptedAt, firstPaymentOn, ...rest }) => ({
    ...rest,
    acceptedOn: creditorDay(Temporal.Instant.from(acceptedAt)),
    firstPaymentOn: firstPaymentOn === null ? undefined : day(firstPaymentOn),
  }));
}
