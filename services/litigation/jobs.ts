import type { Bus } from '@recourse/kit/bus.ts';
import { now } from '@recourse/kit/clock.ts';
import type { Db, Tx } from '@recourse/kit/db.ts';
import type { Job } from '@recourse/kit/jobs.ts';
import { creditorDay, creditorZone } from './domain/clock-zone.ts';
import { alarmsDue, type Debt } from './domain/debt.ts';
import { claimClocks } from './domain/claim.ts';
import { atMorning, horizon } from './domain/deadline.ts';
import type { LimitationClock } from './domain/law/limitation.ts';
import type { Told } from './domain/matter.ts';
import { alarmDays } from './rules/contact-grades.ts';
import { prcCalendar } from './rules/law/chinese-calendar.ts';
import { law } from './rules/law/law.ts';
import { openBy, saveDeadlines } from './store/deadlines.ts';
import { saveClock, watchedDebts } from './store/debts.ts';
import { alarmsOf, eventsOf, keepAlarm } from './store/limitation-events.ts';
import { tell } from './store/matters.ts';

/** A note for the open screens, sent when the transaction has committed. */
type Note = { noun: string; id: string; change: string };

const batch = 500;
const firstId = '00000000-0000-0000-0000-000000000000';

async function alarm(
  tx: Tx,
  debt: Debt,
  clock: LimitationClock,
  told: readonly { expiresOn: string; days: number }[],
  at: Temporal.Instant,
): Promise<Note[]> {
  const due = alarmsDue(clock, told, alarmDays, creditorDay(at));
  if (due === undefined) return [];
  const { debtId, debtorId } = debt;
  await keepAlarm(tx, { debtId, ...due }, at);
  const nextAct = clock.cheapestNextAct?.act ?? '';
  const event: Told = {
    $case: 'limitationAlarmed',
    value: { caseId: debtId, debtorId, nextAct, ...due },
  };
  await tell(tx, debtId, { at }, [event]);
  return [{ noun: 'debt', id: debtId, change: 'limitation_alarmed' }];
}

/** Runs the clocks of some watched debts; answers the last id, empty when there are no more. */
async function watch(
  tx: Tx,
  after: string,
  at: Temporal.Instant,
): Promise<{ last: string; notes: Note[] }> {
  const debts = await watchedDebts(tx, after, batch);
  const debtIds = debts.map((debt) => debt.debtId);
  const events = Map.groupBy(await eventsOf(tx, debtIds), (event) => event.debtId);
  const alarms = Map.groupBy(await alarmsOf(tx, debtIds), (told) => told.debtId);
  const notes: Note[] = [];
  for (const debt of debts) {
    const own = events.get(debt.debtId) ?? [];
    const { clock, claims } = claimClocks(debt, own, creditorDay(at), prcCalendar(), law);
    await saveClock(tx, debt.debtId, clock);
    // Each end that nears is told, not only the next: another invoice may end weeks later.
    const ends = new Map([clock, ...claims.map((one) => one.clock)].map((c) => [c.expiresOn, c]));
    for (const one of ends.values()) {
      notes.push(...(await alarm(tx, debt, one, alarms.get(debt.debtId) ?? [], at)));
    }
  }
  const last = debts.length === batch ? (debts.at(-1)?.debtId ?? '') : '';
  return { last, notes };
}

/** Deadlines that are near or have gone by, at the creditor's morning. */
async function lookAtDeadlines(tx: Tx, at: Temporal.Instant): Promise<Note[]> {
  const today = creditorDay(at);
  const notes: Note[] = [];
  for (const { deadline, toldDays } of await openBy(tx, horizon(today).toString())) {
    const seen = atMorning(deadline, toldDays, today);
    const isChanged = seen.state !== deadline || seen.toldDays !== toldDays;
    if (!isChanged) continue;
    await saveDeadlines(tx, [seen.state], seen.toldDays);
    await tell(tx, deadline.matterId, { at }, seen.events);
    const change = seen.state === deadline ? 'deadline_due' : 'deadline_missed';
    if (seen.events.length > 0) notes.push({ noun: 'deadline', id: deadline.deadlineId, change });
  }
  return notes;
}

/** Alarms of the limitation and deadlines, every morning for each organisation. */
export function morningJob(db: Db, bus: Bus): Job<object> {
  return {
    name: 'litigation-morning',
    schedule: { cron: '30 6 * * *', zone: creditorZone },
    run: async ({ orgId, signal }) => {
      const at = now();
      const send = (notes: readonly Note[]): void => {
        for (const note of notes) bus.live([orgId], note);
      };
      for (let after = firstId; after !== '';) {
        signal.throwIfAborted();
        const from = after;
        const { last, notes } = await db.tenant(orgId, (tx) => watch(tx, from, at));
        send(notes);
        after = last;
      }
      send(await db.tenant(orgId, (tx) => lookAtDeadlines(tx, at)));
    },
  };
}
