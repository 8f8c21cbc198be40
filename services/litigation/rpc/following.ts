import type { Tx } from '@recourse/kit/db.ts';
import type { Deadline } from '@recourse/proto/litigation/v1/deadlines.ts';
import type { Proceeding } from '@recourse/proto/litigation/v1/matters.ts';
import type { Actor } from '@recourse/proto/type/v1/type.ts';
import { byHand, recompute } from '../domain/deadline.ts';
import { actsFor, eventsFor } from '../domain/file-events.ts';
import { freezeEvents } from '../domain/freezes.ts';
import { deadlines } from '../domain/law/deadline.ts';
import { procedureEventKinds } from '../domain/law/deadline-rule.ts';
import { claimed, type Matter } from '../domain/matter.ts';
import { trackOf } from '../domain/track.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { tracks } from '../rules/tracks.ts';
import { deadlinesOf, hearingsOf, saveDeadlines } from '../store/deadlines.ts';
import { addEvent } from '../store/limitation-events.ts';
import { refreshClocks } from '../store/watch.ts';

type Following = { matter: Matter; actor: Actor; at: Temporal.Instant };

/** The deadlines of one proceeding that its events have changed. */
async function changedDeadlines(
  tx: Tx,
  { matter, actor, at }: Following,
  proceeding: Proceeding,
  known: readonly Deadline[],
): Promise<Deadline[]> {
  const hearings = await hearingsOf(tx, matter.matterId);
  const told = eventsFor(matter, proceeding, hearings, tracks, procedureEventKinds);
  const events = [...told, ...freezeEvents(proceeding, prcCalendar(), law)];
  const { rules } = trackOf(tracks, proceeding.procedure);
  const computed = deadlines(rules, events, prcCalendar(), law);
  const { proceedingId } = proceeding;
  const own = known.filter((one) => one.proceedingId === proceedingId && one.rule !== byHand);
  const days = new Map(events.map((event) => [event.id, event.on]));
  return recompute(own, computed, days, {
    matter,
    proceedingId,
    atRisk: claimed(matter),
    actor,
    at,
  });
}

/**
 * What follows from a matter's proceedings as they are now: its deadlines are computed anew, and
 * its filings and judgments stand in the limitation of its debts. Runs after every change of a
 * stage, a happening, a hearing or a judgment, and gives the same result however often.
 */
export async function followProceedings(
  tx: Tx,
  matter: Matter,
  actor: Actor,
  at: Temporal.Instant,
): Promise<void> {
  const known = await deadlinesOf(tx, [matter.matterId]);
  const following = { matter, actor, at };
  for (const proceeding of matter.proceedings) {
    await saveDeadlines(tx, await changedDeadlines(tx, following, proceeding, known));
  }
  const acts = actsFor(matter, tracks);
  for (const act of acts) await addEvent(tx, act, { replace: true });
  if (acts.length > 0) {
    await refreshClocks(
      tx,
      matter.cases.map((one) => one.caseId),
    );
  }
}

/** With the matter its open deadlines are over. */
export async function voidOpenDeadlines(tx: Tx, matter: Matter): Promise<void> {
  const open = (await deadlinesOf(tx, [matter.matterId])).filter(
    (one) => one.state === 'DEADLINE_STATE_OPEN',
  );
  await saveDeadlines(
    tx,
    open.map((one) => ({ ...one, state: 'DEADLINE_STATE_VOID', version: one.version + 1n })),
  );
}
