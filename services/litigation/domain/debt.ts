import { daysBetween, day, type Day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Money } from '@recourse/kit/money.ts';
import type { Guarantor } from '@recourse/proto/litigation/v1/limitation.ts';
import type { Actor, FileRef } from '@recourse/proto/type/v1/type.ts';
import { checkDetails, type KeptDetails } from './event-details.ts';
import type { LimitationClock } from './law/limitation.ts';
import { type LimitationEvent, startKinds } from './law/limitation-event.ts';

export type Proof = LimitationEvent['proof'];

/** How a contact's channel and result count as a demand; rule data. */
export type ContactGrade = { channel: string; result: string; proof: Proof; source: string };

/** An open receivable as a debt claims it. */
export type Claim = {
  receivableId: string;
  documentNumber: string;
  dueDay: string;
  open: Money;
};

/**
 * A debt: what one case claims. Each of its open receivables is a claim with a clock of its own;
 * as long as they are not known, the day on which the oldest was due stands for all.
 */
export type Debt = {
  debtId: string;
  caseNumber: string;
  debtorId: string;
  debtorName: string;
  dueDay: string;
  amount: Money;
  claims: readonly Claim[];
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
  details: KeptDetails;
  /** The claims that it touches; all of the debt's when there are none. */
  receivableIds: readonly string[];
  actor: Actor | undefined;
  recordedAt: string;
  struck: boolean;
  strikeReason: string;
};

/** The proof that a contact leaves as a demand; undefined when it is none. */
export function gradeOf(
  grades: readonly ContactGrade[],
  contact: { channel: string; result: string; refused: boolean; party: string },
): ContactGrade | undefined {
  if (contact.refused || contact.party === 'THIRD_PARTY') return undefined;
  return grades.find(
    (grade) => grade.channel === contact.channel && grade.result === contact.result,
  );
}

/**
 * An event that a person may record by hand. Faults: `missing` debt_unknown, claim_unknown;
 * `invalid` limitation_event_unknown; `refused` day_in_future (only what starts the clock may lie
 * ahead: the last instalment, the end of a grace), proven_without_evidence; those of
 * `checkDetails`.
 */
export function checkManual(
  debt: Debt | undefined,
  event: Pick<DebtEvent, 'kind' | 'on' | 'proof' | 'evidence' | 'receivableIds' | 'details'>,
  kinds: readonly string[],
  today: Day,
): Debt {
  if (debt === undefined) throw fault('missing', 'debt_unknown');
  if (!kinds.includes(event.kind)) {
    throw fault('invalid', 'limitation_event_unknown', { kind: event.kind });
  }
  const own = debt.claims.map((claim) => claim.receivableId);
  const strange = event.receivableIds.find((id) => !own.includes(id));
  if (strange !== undefined) throw fault('missing', 'claim_unknown', { receivableId: strange });
  const mayLieAhead = startKinds.some((kind) => kind === event.kind);
  if (!mayLieAhead && daysBetween(today, day(event.on)) > 0) {
    throw fault('refused', 'day_in_future', { on: event.on, today: today.toString() });
  }
  if (event.proof === 'proven' && event.evidence === undefined) {
    throw fault('refused', 'proven_without_evidence');
  }
  checkDetails(event, today);
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
