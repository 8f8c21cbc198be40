import type { Tx } from '@recourse/kit/db.ts';
import { due, type Earner, earningOf, type PaymentFact } from '../domain/commission.ts';
import { dueCounted } from '../domain/counted.ts';
import { creditorDay } from '../domain/placement.ts';
import { postedLines } from './lines.ts';
import { paymentsOf } from './payments.ts';
import { accrue } from './telling.ts';

/**
 * Brings the books of placements to what is known: `facts` are the payments that something new was
 * told of. Where terms count over the whole case, all its payments and all that is posted are read;
 * the placements are locked by now, so that nobody else posts meanwhile.
 */
export async function accrueDue(
  tx: Tx,
  earners: readonly Earner[],
  facts: readonly PaymentFact[],
  at: Temporal.Instant,
): Promise<void> {
  const earnings = earners.map(earningOf).filter((earning) => earning !== undefined);
  const lines = due(earnings, facts, new Set());
  const counted = earnings.filter((earning) => earning.counted !== undefined);
  if (counted.length > 0) {
    const caseIds = [...new Set(counted.map((earning) => earning.caseId))];
    const payments = await paymentsOf(tx, caseIds);
    const posted = await postedLines(
      tx,
      counted.map((earning) => earning.placementId),
    );
    lines.push(...dueCounted(earnings, payments, { posted, today: creditorDay(at) }));
  }
  if (lines.length > 0) await accrue(tx, lines, at);
}
