import { daysBetween, day, type Day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Money } from '@recourse/kit/money.ts';
import type { Guarantor } from '@recourse/proto/litigation/v1/limitation.ts';
import type { Actor, FileRef } from '@recourse/proto/type/v1/type.ts';
import type { LimitationClock } from './law/limitation.ts';
import type { LimitationEvent } from './law/limitation-event.ts';

export type Proof = LimitationEvent['proof'];

/** How a contact's channel and result count as a demand; rule data. */
export type ContactGrade = { channel: string; result: string; proof: Proof; source: string };

/**
 * A debt: what one case claims, from the day its oldest receivable was due. Its clock is that of
 * the oldest part, so that no part expires unseen.
 */
export type Debt = {
  debtId: string;
  caseNumber: string;
  debtorId: string;
  debtorName: string;
  dueDay: string;
  amount: Money;
  guarantor: Guarantor | undefined;
  expiresOn: string | null;
  closed: boolean;
  matterIds: readonly string[];
  version: bigint;
};

/** An event of a debt as it is kept; the law's own fields are in `details`. */
export type DebtEvent = {
  eventId: string;
  debtId: string;
  kind: string;
  on: string;
  proof: Proof;
  source: string;
  note: string;
  evidence: FileRef | undefined;
  details: Pick<LimitationEvent, 'until' | 'outcome' | 'servedOn' | 'performBy'>;
  actor: Actor | undefined;
  recordedAt: string;
  struck: boolean;
  strikeReason: string;
};

/** The proof that a contact leaves as a demand; undefined when it is none. */
export function gradeOf(
  grades: readonly ContactGrade[],
  contact: { channel: string; result: string; refused: boolean },
): ContactGrade | undefined {
  if (contact.refused) return undefined;
  return grades.find(
    (grade) => grade.channel === contact.channel && grade.result === contact.result,
  );
}

/**
 * An event that a person may record by hand. Faults: `missing` debt_unknown; `invalid`
 * limitation_event_unknown; `refused` day_in_future, before_due_day for a demand or a payment that
 * is dated before there was anything to demand, proven_without_evidence.
 */
export function checkManual(
  debt: Debt | undefined,
  event: Pick<DebtEvent, 'kind' | 'on' | 'proof' | 'evidence'>,
  kinds: readonly string[],
  today: Day,
): Debt {
  if (debt === undefined) throw fault('missing', 'debt_unknown');
  if (!kinds.includes(event.kind)) {
    throw fault('invalid', 'limitation_event_unknown', { kind: event.kind });
  }
  if (daysBetween(today, day(event.on)) > 0) {
    throw fault('refused', 'day_in_future', { on: event.on, today: today.toString() });
  }
  if (event.proof === 'proven' && event.evidence === undefined) {
    throw fault('refused', 'proven_without_evidence');
  }
  return debt;
}

/** Alarms that are to be told now: the nearest threshold only, once for each expiry. */
export function alarmsDue(
  clock: Pick<LimitationClock, 'state' | 'expiresOn'>,
  told: readonly { expiresOn: string; days: number }[],
  thresholds: readonly number[],
  today: Day,
): { days: number; daysLeft: number; expiresOn: string } | undefined {
  const { state, expiresOn } = clock;
  if (expiresOn === undefined || !watched.includes(state)) return undefined;
  const daysLeft = daysBetween(today, day(expiresOn));
  if (daysLeft < 0) return undefined;
  const days = thresholds.toSorted((a, b) => a - b).find((one) => daysLeft <= one);
  if (days === undefined) return undefined;
  const known = told.some((one) => one.expiresOn === expiresOn && one.days <= days);
  return known ? undefined : { days, daysLeft, expiresOn };
}

/** Clocks that run towards an end. */
const watched: readonly string[] = ['running', 'suspended', 'enforcement'];
