import { now } from '@recourse/kit/clock.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { creditorDay } from '../domain/clock-zone.ts';
import { claimClocks } from '../domain/claim.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { debtsOf, saveClock } from './debts.ts';
import { eventsOf, withRelated } from './limitation-events.ts';
import { lockByName } from './lock.ts';

/**
 * Holds back, until the transaction ends, whoever else would keep clocks of the organisation. Two
 * transactions that each change one part of a debt, as an event of one case and the receivables
 * that another case has in common with it, would otherwise each keep a clock that lacks the other's
 * part; who comes second now reads what the first has committed.
 */
export function lockClocks(tx: Tx): Promise<void> {
  return lockByName(tx, 'limitation clocks');
}

/**
 * Runs the clocks of these debts anew, and of those with receivables in common, and keeps what
 * lists and alarms read of them; whatever the transaction changes of debts is written before.
 */
export async function refreshClocks(tx: Tx, debtIds: readonly string[]): Promise<void> {
  await lockClocks(tx);
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
