import type { Day } from '@recourse/kit/day.ts';
import type { Claim, Debt, DebtEvent } from './debt.ts';
import { clockOf } from './debt-clock.ts';
import type { Calendar } from '@recourse/kit/calendar.ts';
import type { LimitationClock } from './law/limitation.ts';

/** A claim with its clock. */
export type ClaimClock = { claim: Claim; clock: LimitationClock };

type Law = Parameters<typeof clockOf>[4];

/** What touches a claim: events of all of the debt, and those that name it. */
export function eventsOn(events: readonly DebtEvent[], receivableId: string): readonly DebtEvent[] {
  return events.filter(
    ({ receivableIds }) => receivableIds.length === 0 || receivableIds.includes(receivableId),
  );
}

/** Sooner ends first; what is out of time comes after what still runs, what has no end last. */
function inOrder(made: readonly ClaimClock[], today: string): ClaimClock[] {
  const keyed = made.map((one) => {
    const { claim, clock } = one;
    const { expiresOn } = clock;
    const rank = expiresOn === undefined ? '2' : `${expiresOn >= today ? '0' : '1'} ${expiresOn}`;
    return { one, key: [rank, claim.dueDay, claim.receivableId].join(' ') };
  });
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ one }) => one);
}

/**
 * The clocks of a debt: one for each open claim, since every invoice is a debt of its own
 * (民法典 188) and a demand made before one was due does nothing for it. `clock` is that of the
 * claim whose time ends next; the claims that have ended already are counted apart. A debt whose
 * claims are not known has the clock of its oldest due day. The cost of the next act is that of
 * claiming all of it.
 */
export function claimClocks(
  debt: Pick<Debt, 'dueDay' | 'amount' | 'claims'>,
  events: readonly DebtEvent[],
  today: Day,
  calendar: Calendar,
  law: Law,
): { clock: LimitationClock; claims: ClaimClock[]; expired: number } {
  // Invoices of one day to which the same happened have one clock; there may be thousands.
  const known = new Map<string, LimitationClock>();
  const made = debt.claims.map((claim): ClaimClock => {
    const own = eventsOn(events, claim.receivableId);
    const key = [claim.dueDay, ...own.map((event) => event.eventId)].join(' ');
    const found =
      known.get(key) ?? clockOf({ ...debt, dueDay: claim.dueDay }, own, today, calendar, law);
    known.set(key, found);
    return { claim, clock: found };
  });
  const claims = inOrder(made, today.toString());
  const clock = claims[0]?.clock ?? clockOf(debt, events, today, calendar, law);
  const expired = claims.filter((one) => isOver(one.clock)).length;
  return { clock, claims, expired };
}

function isOver({ state }: LimitationClock): boolean {
  return state === 'expired' || state === 'enforcement_expired';
}
