import { Fault, fault } from '@recourse/kit/fault.ts';
import type {
  PaymentOrderConditions,
  Procedure,
  Proceeding,
} from '@recourse/proto/litigation/v1/matters.ts';
import type { DocumentKind } from '@recourse/proto/litigation/v1/papers.ts';
import { eventsFor } from './file-events.ts';
import type { Calendar } from '@recourse/kit/calendar.ts';
import { deadlines } from './law/deadline.ts';
import { presentEvents } from './law/deadline-event.ts';
import { type DeadlineTables, procedureEventKinds } from './law/deadline-rule.ts';
import type { Matter } from './matter.ts';
import type { Track } from './track.ts';

/** The conditions in the order in which they are asked. */
export const orderConditions = [
  'forMoney',
  'due',
  'amountFixed',
  'chargesAgreed',
  'noCounterPerformance',
  'noOtherDispute',
  'debtorPresent',
  'canBeServed',
  'courtHasJurisdiction',
  'noPreSuitPreservation',
] as const satisfies readonly (keyof PaymentOrderConditions)[];

/** Fault `invalid` order_conditions_missing: which were not answered, each with its field. */
function refuseUnanswered(conditions: PaymentOrderConditions): void {
  const missing = orderConditions.filter((name) => conditions[name] === undefined);
  if (missing.length === 0) return;
  const violations = missing.map((name) => ({
    field: `/conditions/${name}`,
    rule: 'required',
    repair: 'answer the condition with true or false',
  }));
  const facts = { missing: missing.join(' ') };
  throw new Fault('invalid', 'order_conditions_missing', facts, { violations });
}

/**
 * Whether a payment order (支付令) may be applied for: every condition of 民诉法 225 and 解释 427 is
 * answered, and with yes. What is asked of charges is 督促程序规定 (2001): interest or a penalty that
 * was not agreed and is insisted on has the application rejected. legal.md 2.5. Faults: `invalid`
 * order_conditions_missing; `refused` order_not_for_money, order_debt_not_due,
 * order_amount_not_fixed, order_charges_not_agreed, order_needs_counter_performance,
 * order_other_dispute, order_debtor_absent, order_cannot_be_served, order_without_jurisdiction,
 * pre_suit_preservation_bars_payment_order.
 */
export function checkConditions(given: PaymentOrderConditions | undefined): void {
  const asked = given ?? {};
  refuseUnanswered(asked);
  if (asked.forMoney !== true) throw fault('refused', 'order_not_for_money');
  if (asked.due !== true) throw fault('refused', 'order_debt_not_due');
  if (asked.amountFixed !== true) throw fault('refused', 'order_amount_not_fixed');
  if (asked.chargesAgreed !== true) throw fault('refused', 'order_charges_not_agreed');
  if (asked.noCounterPerformance !== true) {
    throw fault('refused', 'order_needs_counter_performance');
  }
  if (asked.noOtherDispute !== true) throw fault('refused', 'order_other_dispute');
  if (asked.debtorPresent !== true) throw fault('refused', 'order_debtor_absent');
  if (asked.canBeServed !== true) throw fault('refused', 'order_cannot_be_served');
  if (asked.courtHasJurisdiction !== true) throw fault('refused', 'order_without_jurisdiction');
  if (asked.noPreSuitPreservation !== true) {
    throw fault('refused', 'pre_suit_preservation_bars_payment_order');
  }
}

const order: Procedure = 'PROCEDURE_PAYMENT_ORDER';

/** Faults: `invalid` order_conditions_out_of_place; those of `checkConditions`. */
export function checkBegun(
  procedure: Procedure,
  conditions: PaymentOrderConditions | undefined,
): void {
  if (procedure === order) return checkConditions(conditions);
  if (conditions !== undefined) throw fault('invalid', 'order_conditions_out_of_place');
}

/**
 * An application for a payment order says that the conditions are met, so they are: as answered
 * with the request, else in the matter's latest payment order. Other documents ask nothing. Faults:
 * those of `checkBegun`.
 */
export function checkApplication(
  matter: Matter,
  kind: DocumentKind,
  given: PaymentOrderConditions | undefined,
): void {
  const isOrder = kind === 'DOCUMENT_KIND_PAYMENT_ORDER_APPLICATION';
  if (!isOrder) return checkBegun('PROCEDURE_UNSPECIFIED', given);
  const latest = matter.proceedings.findLast((one) => one.procedure === order);
  checkConditions(given ?? latest?.conditions);
}

type Clock = { tracks: readonly Track[]; law: DeadlineTables; calendar: Calendar };

/** When it was served, until when the debtor may object, and whether it did so in time. */
function serviceOf(matter: Matter, proceeding: Proceeding, clock: Clock) {
  const { tracks, calendar, law } = clock;
  const told = eventsFor(matter, proceeding, [], tracks, procedureEventKinds);
  const found = deadlines('payment_order', told, calendar, law)
    .filter(({ deadline }) => deadline === 'object_to_payment_order')
    .at(-1);
  if (found === undefined) return undefined;
  const { from: servedOn, dueOn: objectBy } = found;
  const events = presentEvents(told).filter(({ on }) => on >= servedOn);
  const objected = events.find(
    (one) => one.kind === 'payment_order_objected' && one.on <= objectBy,
  );
  const rejected = events.some(
    ({ kind, on }) => kind === 'payment_order_objection_rejected' && on >= (objected?.on ?? on),
  );
  return { servedOn, objectBy, objectedOn: rejected ? undefined : objected?.on };
}

/**
 * A payment order takes effect once 15 days from its service have passed without a written
 * objection (民诉法 227; the last day moves off holidays, art. 85). A late objection is none, and
 * one that the court rejected leaves the order in force (解释 436, 437). Nothing is said of other
 * procedures or of no day. Faults `refused`: order_not_served, order_objected,
 * order_objection_period_runs.
 */
export function checkEffectiveOn(
  matter: Matter,
  proceeding: Proceeding,
  on: string,
  clock: Clock,
): void {
  if (proceeding.procedure !== order || on === '') return;
  const service = serviceOf(matter, proceeding, clock);
  if (service === undefined) throw fault('refused', 'order_not_served', { on });
  const { servedOn, objectBy, objectedOn } = service;
  if (objectedOn !== undefined) throw fault('refused', 'order_objected', { objectedOn, servedOn });
  if (on <= objectBy) {
    throw fault('refused', 'order_objection_period_runs', { on, servedOn, objectBy });
  }
}

/** The same of a proceeding as it stands, once it is recorded as in effect. */
export function checkInEffect(matter: Matter, proceeding: Proceeding, clock: Clock): void {
  const effective = proceeding.moves.find(({ stage }) => stage === 'effective');
  if (effective !== undefined) checkEffectiveOn(matter, proceeding, effective.on, clock);
}
