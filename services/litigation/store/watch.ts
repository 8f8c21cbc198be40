import { now } from '@recourse/kit/clock.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { creditorDay } from '../domain/clock-zone.ts';
import { claimClocks } from '../domain/claim.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { debtsOf, saveClock } from './debts.ts';
import { eventsOf, withRelated } from './limitation-events.ts';

/**
 * Runs the clocks of these debts anew, and of those with receivables in common, and keeps what
 * lists and alarms read of them.
 */
export async function refreshClocks(tx: Tx, debtIds: readonly string[]): Promise<void> {
  const related = await withRelated(tx, debtIds);
  const debts = await debtsOf(tx, related);
  const events = Map.groupBy(await eventsOf(tx, related), (event) => event.debtId);
  const today = creditorDay(now());
  for (const debt of debts) {
    const own = events.get(debt.debtId) ?? [];
    const { clock } = claimClocks(debt, own, today, prcCalendar(), law);
    await saveClock(tx, debt.debtId, clock);
  }
}
