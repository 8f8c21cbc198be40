import { daysBetween, day, type Day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type { Judgment } from '@recourse/proto/litigation/v1/matters.ts';
import { checkOpen, type Matter } from './matter.ts';
import { checkEffectiveOn } from './payment-order.ts';
import { type Book, type Decided, type Doing, notInFuture, proceedingOf } from './proceeding.ts';

export type JudgmentCommand = Omit<
  Judgment,
  'matterId' | 'recordedAt' | 'actor' | 'doubleInterest' | 'doubleInterestAsOf'
>;

/** The stages at which a court has decided. */
const decidedStages = [
  'judgment_made',
  'judgment_served',
  'effective',
  'appealed',
  'mediated',
  'issued',
  'served',
  'lost',
];

function judgmentBefore(before: Matter, command: JudgmentCommand): boolean {
  const known = before.judgments.find((one) => one.judgmentId === command.judgmentId);
  if (known === undefined) return false;
  const { matterId: _m, recordedAt: _r, actor: _a, ...rest } = known;
  const { doubleInterest: _d, doubleInterestAsOf: _o, ...content } = rest;
  if (contentHash(content) !== contentHash(command)) {
    throw fault('exists', 'judgment_exists_with_other_content');
  }
  return true;
}

/**
 * Records what a court decided; a proceeding has one judgment. Faults: see `checkOpen`; `exists`
 * judgment_exists_with_other_content; `missing` proceeding_unknown; `refused` nothing_decided_yet,
 * judgment_already_recorded, day_in_future, effective_before_decided, perform_before_decided;
 * `invalid` judgment_in_other_currency; those of `checkEffectiveOn`.
 */
export function recordJudgment(
  present: Matter | undefined,
  command: JudgmentCommand,
  book: Book,
  doing: Doing,
): Decided {
  if (present !== undefined && judgmentBefore(present, command)) {
    return { state: present, events: [] };
  }
  const before = checkOpen(present);
  const proceeding = proceedingOf(before, command.proceedingId);
  const isOrder = proceeding.procedure === 'PROCEDURE_PAYMENT_ORDER';
  const served = proceeding.stage === 'served' && !isOrder;
  if (served || !decidedStages.includes(proceeding.stage)) {
    throw fault('refused', 'nothing_decided_yet', { stage: proceeding.stage });
  }
  if (before.judgments.some((one) => one.proceedingId === command.proceedingId)) {
    throw fault('refused', 'judgment_already_recorded');
  }
  checkJudgment(before, command, doing.today);
  checkEffectiveOn(before, proceeding, command.effectiveOn, book);
  const { matterId, debtorId } = before;
  const judgment: Judgment = {
    ...command,
    matterId,
    actor: doing.actor,
    recordedAt: doing.at.toString(),
    doubleInterest: undefined,
    doubleInterestAsOf: '',
  };
  const state = {
    ...before,
    judgments: [...before.judgments, judgment],
    version: before.version + 1n,
  };
  const caseIds = before.cases.map((one) => one.caseId);
  const { judgmentId, decidedOn, effectiveOn, principal, interest, costs } = command;
  const decided = { judgmentId, decidedOn, effectiveOn, principal, interest, costs };
  const value = { matterId, caseIds, debtorId, ...decided };
  return { state, events: [{ $case: 'judgmentRecorded', value }] };
}

function checkJudgment(before: Matter, command: JudgmentCommand, today: Day): void {
  const amounts = [command.principal, command.interest, command.costs];
  if (amounts.some((amount) => amount !== undefined && amount.currency !== before.currency)) {
    throw fault('invalid', 'judgment_in_other_currency', { currency: before.currency });
  }
  const { decidedOn, effectiveOn, performBy } = command;
  notInFuture(decidedOn, today);
  if (effectiveOn !== '' && daysBetween(day(decidedOn), day(effectiveOn)) < 0) {
    throw fault('refused', 'effective_before_decided', { decidedOn, effectiveOn });
  }
  if (performBy !== '' && daysBetween(day(decidedOn), day(performBy)) < 0) {
    throw fault('refused', 'perform_before_decided', { decidedOn, performBy });
  }
}
