import type { Day } from '@recourse/kit/day.ts';
import type {
  LimitationClock as ClockMessage,
  LimitationEvent as EventMessage,
  LimitationState,
  ProofGrade,
} from '@recourse/proto/litigation/v1/limitation.ts';
import type { Debt, DebtEvent, Proof } from './debt.ts';
import { detailsMessage } from './event-details.ts';
import { whyOf } from './fees.ts';
import type { Calendar } from '@recourse/kit/calendar.ts';
import { limitation, type LimitationClock } from './law/limitation.ts';
import { type LimitationEvent, startKinds } from './law/limitation-event.ts';
import { limitationEventKinds } from './law/limitation-rule.ts';

type Law = Parameters<typeof limitation>[2];

/** The events of a debt in the law's words: the due day first, struck ones left out. */
export function lawEvents(
  dueDay: string,
  events: readonly Pick<DebtEvent, 'eventId' | 'kind' | 'on' | 'proof' | 'struck' | 'details'>[],
  today: Day,
): LimitationEvent[] {
  const told = events.flatMap((event): LimitationEvent[] => {
    const kind = limitationEventKinds.find((one) => one === event.kind);
    // What is dated ahead counts when its day has come; the morning runs the clock again.
    if (kind === undefined || event.struck) return [];
    const ahead = event.on > today.toString() && !startKinds.includes(kind);
    if (ahead) return [];
    const { eventId: id, on, proof } = event;
    const { guarantorConsented: _c, ...details } = event.details;
    return [{ id, kind, on, proof, ...details }];
  });
  // The file's day; who records a grace or a flat refusal says that none was agreed (art. 4).
  return [{ id: 'due', kind: 'due', on: dueDay, proof: 'proven', presumed: true }, ...told];
}

/** A debt's clock; a pure function of its events, in whatever order they came (legal.md 2.3). */
export function clockOf(
  debt: Pick<Debt, 'dueDay' | 'amount'>,
  events: readonly DebtEvent[],
  today: Day,
  calendar: Calendar,
  law: Law,
): LimitationClock {
  const given = lawEvents(debt.dueDay, events, today);
  const isYuan = debt.amount.currency === 'CNY' && debt.amount.minor > 0n;
  const amount = isYuan ? { amount: debt.amount } : {};
  return limitation({ events: given, today: today.toString(), ...amount }, calendar, law);
}

const grades: Readonly<Record<Proof, ProofGrade>> = {
  proven: 'PROOF_GRADE_PROVEN',
  likely: 'PROOF_GRADE_LIKELY',
  weak: 'PROOF_GRADE_WEAK',
  none: 'PROOF_GRADE_NONE',
};

/** The contract's grade as the law's word; what is not graded is not proved. */
export function proofOf(grade: ProofGrade): Proof {
  const found = (Object.keys(grades) as Proof[]).find((proof) => grades[proof] === grade);
  return found ?? 'none';
}

export const states: Readonly<Record<LimitationClock['state'], LimitationState>> = {
  not_started: 'LIMITATION_STATE_NOT_STARTED',
  running: 'LIMITATION_STATE_RUNNING',
  pending: 'LIMITATION_STATE_PENDING',
  suspended: 'LIMITATION_STATE_SUSPENDED',
  expired: 'LIMITATION_STATE_EXPIRED',
  enforcement: 'LIMITATION_STATE_ENFORCEMENT',
  enforcement_pending: 'LIMITATION_STATE_ENFORCEMENT_PENDING',
  enforcement_expired: 'LIMITATION_STATE_ENFORCEMENT_EXPIRED',
  reapply_any_time: 'LIMITATION_STATE_REAPPLY_ANY_TIME',
  ended: 'LIMITATION_STATE_ENDED',
};

export function clockMessage(clock: LimitationClock): ClockMessage {
  const { lastInterruption, cheapestNextAct: act } = clock;
  return {
    state: states[clock.state],
    startsOn: clock.startsOn ?? '',
    expiresOn: clock.expiresOn ?? '',
    absoluteEnd: clock.absoluteEndOn ?? '',
    lastInterruptionOn: lastInterruption?.on ?? '',
    lastInterruptionKind: lastInterruption?.kind ?? '',
    confidence: clock.confidence,
    weakest: 'PROOF_GRADE_UNSPECIFIED',
    provenExpiresOn: clock.expiresOnProvenOnly ?? '',
    hopefulExpiresOn: clock.expiresOnIfAllHold ?? '',
    daysLeft: clock.daysLeft ?? 0,
    nextAct:
      act === undefined
        ? undefined
        : {
            act: act.act,
            labelZh: act.zh,
            labelEn: act.en,
            cost: act.cost,
            by: act.by,
            proof: grades[act.proof],
            why: act.why,
          },
    provisional: clock.provisional,
    why: clock.rules.map((rule) => whyOf(rule)),
  };
}

/** The events with what the clock made of each; struck ones are shown as such. */
export function eventMessages(
  events: readonly DebtEvent[],
  clock: Pick<LimitationClock, 'effects'>,
): EventMessage[] {
  const effects = new Map(clock.effects.map((effect) => [effect.id, effect]));
  return events.map((event) => ({
    eventId: event.eventId,
    kind: event.kind,
    on: event.on,
    grade: grades[event.proof],
    effect: event.struck ? 'struck' : (effects.get(event.eventId)?.effect ?? ''),
    reason: effects.get(event.eventId)?.reason ?? '',
    source: event.source,
    note: event.note,
    evidence: event.evidence,
    actor: event.actor,
    recordedAt: event.recordedAt,
    struck: event.struck,
    strikeReason: event.strikeReason,
    receivableIds: [...event.receivableIds],
    details: detailsMessage(event.details),
  }));
}
