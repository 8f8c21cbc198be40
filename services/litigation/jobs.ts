import type { Bus } from '@recourse/kit/bus.ts';
import type { Day } from '@recourse/kit/day.ts';
import { now } from '@recourse/kit/clock.ts';
import type { Db, Tx } from '@recourse/kit/db.ts';
import type { Job } from '@recourse/kit/jobs.ts';
import { creditorDay, creditorZone } from './domain/clock-zone.ts';
import { alarmsDue, type Debt, type DebtEvent } from './domain/debt.ts';
import { claimClocks } from './domain/claim.ts';
import { atMorning, horizon } from './domain/deadline.ts';
import { guarantorPeriods } from './domain/guarantor-period.ts';
import { inForce } from './domain/law/dated.ts';
import { alarmDays } from './rules/contact-grades.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from './rules/law/law.ts';
import { openBy, saveDeadlines } from './store/deadlines.ts';
import { saveClock, watchedDebts } from './store/debts.ts';
import { alarmsOf, eventsOf, keepAlarm, type ToldAlarm } from './store/limitation-events.ts';
import { tell } from './store/matters.ts';
import { lockClocks } from './store/watch.ts';

/** A note for the open screens, sent when the transaction has committed. */
type Note = { noun: string; id: string; change: string };

type Clocks = ReturnType<typeof claimClocks>;

const batch = 500;
const firstId = '00000000-0000-0000-0000-000000000000';

/** An end that nears, of the debt or of its guarantor's period. */
type End = {
  about: ToldAlarm['about'];
  clock: Parameters<typeof alarmsDue>[0];
  thresholds: readonly number[];
  nextAct: string;
  guarantor: string;
};

async function alarm(
  tx: Tx,
  debt: Debt,
  end: End,
  told: readonly ToldAlarm[],
  at: Temporal.Instant,
): Promise<Note[]> {
  const { about, clock, thresholds, nextAct, guarantor } = end;
  const own = told.filter((one) => one.about === about);
  const due = alarmsDue(clock, own, thresholds, creditorDay(at));
  if (due === undefined) return [];
  const { debtId, debtorId } = debt;
  await keepAlarm(tx, { debtId, about, ...due }, at);
  const value = { caseId: debtId, debtorId, nextAct, guarantor, ...due };
  await tell(tx, debtId, { at }, [{ $case: 'limitationAlarmed', value }]);
  return [{ noun: 'debt', id: debtId, change: 'limitation_alarmed' }];
}

/** The ends of a debt: of each claim and of its guarantor's period for it. */
function endsOf(debt: Debt, events: readonly DebtEvent[], clocks: Clocks, today: Day): End[] {
  const { clock, claims } = clocks;
  const all = [clock, ...claims.map((one) => one.clock)];
  const ends = [...new Map(all.map((one) => [one.expiresOn, one])).values()].map((one): End => ({
    about: 'debt',
    clock: one,
    thresholds: alarmDays,
    nextAct: one.cheapestNextAct?.act ?? '',
    guarantor: '',
  }));
  const thresholds = inForce(law.guarantee.alarms, today.toString()).value;
  // What keeps him (民法典 693): a joint one is called upon, else the debtor is sued.
  const act = debt.guarantor?.kind === 'joint' ? 'demand_guarantor' : 'suit';
  const open = guarantorPeriods(debt, events, today, prcCalendar(), law)
    .filter(({ clock: kept }) => kept.state === 'open')
    .map(({ clock: kept }) => kept.period.endOn);
  const own = [...new Set(open)].map((expiresOn): End => ({
    about: 'guarantor',
    clock: { state: 'running', expiresOn },
    thresholds,
    nextAct: act,
    guarantor: debt.guarantor?.name ?? '',
  }));
  return [...ends, ...own];
}

/** Runs the clocks of some watched debts; answers the last id, empty when there are no more. */
async function watch(
  tx: Tx,
  after: string,
  at: Temporal.Instant,
): Promise<{ last: string; notes: Note[] }> {
  await lockClocks(tx);
  const debts = await watchedDebts(tx, after, batch);
  const debtIds = debts.map((debt) => debt.debtId);
  const events = Map.groupBy(await eventsOf(tx, debtIds), (event) => event.debtId);
  const alarms = Map.groupBy(await alarmsOf(tx, debtIds), (told) => told.debtId);
  const notes: Note[] = [];
  const today = creditorDay(at);
  for (const debt of debts) {
    const own = events.get(debt.debtId) ?? [];
    const clocks = claimClocks(debt, own, today, prcCalendar(), law);
    await saveClock(tx, debt.debtId, clocks.clock);
    for (const end of endsOf(debt, own, clocks, today)) {
      notes.push(...(await alarm(tx, debt, end, alarms.get(debt.debtId) ?? [], at)));
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
