import { type Day, day } from '@recourse/kit/day.ts';
import type {
  ClaimClock as ClaimMessage,
  Debt as DebtMessage,
  LimitationEvent as EventMessage,
} from '@recourse/proto/litigation/v1/limitation.ts';
import { type ClaimClock, claimClocks } from './claim.ts';
import type { Debt, DebtEvent } from './debt.ts';
import { type ClaimPeriod, guarantorMessage } from './guarantor-period.ts';
import { clockMessage, eventMessages, states } from './debt-clock.ts';
import type { Calendar } from '@recourse/kit/calendar.ts';
import type { LimitationClock } from './law/limitation.ts';
import type { SentLetter } from './letter-act.ts';

/** Claims that are shown with a debt; the rest end later. */
const shownClaims = 500;

function claimMessage(
  { claim, clock }: ClaimClock,
  kept: ClaimPeriod['clock'] | undefined,
): ClaimMessage {
  const { receivableId, documentNumber, dueDay, open } = claim;
  return {
    receivableId,
    documentNumber,
    dueDay,
    open,
    state: states[clock.state],
    startsOn: clock.startsOn ?? '',
    expiresOn: clock.expiresOn ?? '',
    daysLeft: clock.daysLeft ?? 0,
    lastInterruptionOn: clock.lastInterruption?.on ?? '',
    lastInterruptionKind: clock.lastInterruption?.kind ?? '',
    confidence: clock.confidence,
    guarantorState: kept?.state ?? '',
    guarantorExpiresOn: kept?.period.endOn ?? '',
  };
}

/**
 * What the events did to the clock that is shown, or, where they touch other claims only, to
 * theirs; those towards the guarantor kept him or did nothing.
 */
function effectMessages(
  events: readonly DebtEvent[],
  { clock, claims }: { clock: LimitationClock; claims: readonly ClaimClock[] },
  periods: readonly ClaimPeriod[],
): EventMessage[] {
  const all = [clock, ...claims.map((one) => one.clock)].flatMap((one) => one.effects);
  // Of several the first stands: that of the clock shown.
  const effects = [...new Map(all.toReversed().map((effect) => [effect.id, effect])).values()];
  const keeping = new Set(periods.map((one) => one.clock.keptBy));
  return eventMessages(events, { effects }).map((event) =>
    keeping.has(event.eventId) ? { ...event, effect: 'keeps_guarantor' } : event,
  );
}

export type Shown = {
  today: Day;
  calendar: Calendar;
  law: Parameters<typeof claimClocks>[4];
  periods: readonly ClaimPeriod[];
  withClaims: boolean;
  /** Of this debt, the oldest first. */
  letters: readonly SentLetter[];
};

/** A debt as it is shown, with its clocks of today. */
export function debtMessage(
  debt: Debt,
  events: readonly DebtEvent[],
  told: readonly { expiresOn: string; days: number }[],
  how: Shown,
): DebtMessage {
  const { today, calendar, law, periods } = how;
  const clocks = claimClocks(debt, events, today, calendar, law);
  const { clock, claims, expired } = clocks;
  const kept = new Map(periods.map((one) => [one.receivableId, one.clock]));
  const withKept = (one: ClaimClock) => claimMessage(one, kept.get(one.claim.receivableId));
  return {
    debtId: debt.debtId,
    caseId: debt.debtId,
    caseNumber: debt.caseNumber,
    debtorId: debt.debtorId,
    debtorName: debt.debtorName,
    dueDay: day(debt.dueDay).toString(),
    amount: debt.amount,
    clock: clockMessage(clock),
    guarantor: guarantorMessage(debt, periods),
    events: effectMessages(events, clocks, periods),
    alarmsTold: told.filter((one) => one.expiresOn === clock.expiresOn).map((one) => one.days),
    matterIds: [...debt.matterIds],
    version: debt.version,
    claims: how.withClaims ? claims.slice(0, shownClaims).map(withKept) : [],
    claimCount: claims.length,
    claimsExpired: expired,
    lettersUnderWay: how.letters.map(({ debtId: _d, ...letter }) => letter),
  };
}
