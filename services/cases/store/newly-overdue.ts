import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { newlyDue } from '../domain/due-range.ts';
import { isPast, openAsOf } from './aging.ts';

/** Who became overdue in the last week, as a condition and as a number. */

/**
 * Holds for rows `o` of `open` (see `openAsOf`) that fell due within days, of debtors who had
 * nothing overdue before them. A credit note is no debt. `from` and `to` are the parameters of the
 * days.
 */
export function isNewlyOverdue(open: string, days: { from: string; to: string }): string {
  return `o.open_minor > 0 AND o.due_date BETWEEN ${days.from}::date AND ${days.to}::date
    AND NOT EXISTS (SELECT FROM ${open} older WHERE older.debtor_id = o.debtor_id
         AND older.due_date < ${days.from}::date AND older.open_minor > 0)`;
}

/** How many debtors became overdue in the week before a day. */
export async function newlyOverdueDebtors(tx: Tx, asOf: Day, today: Day): Promise<bigint> {
  const { from, to } = newlyDue(asOf);
  const past = isPast(asOf, today);
  const open = openAsOf(past, '$1', '$4::date');
  const days = { from: '$2', to: '$3' };
  const [row] = await tx.query<{ debtors: bigint }>(
    `SELECT count(DISTINCT o.debtor_id) AS debtors FROM ${open} o
      WHERE ${isNewlyOverdue(open, days)}`,
    [tx.orgId, from, to, ...(past ? [asOf] : [])],
  );
  return row?.debtors ?? 0n;
}
