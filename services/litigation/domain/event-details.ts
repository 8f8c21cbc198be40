import { daysBetween, day, type Day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { EventDetails } from '@recourse/proto/litigation/v1/limitation.ts';
import type { LimitationEvent } from './law/limitation-event.ts';
import { suitOutcomes } from './law/limitation-rule.ts';

/** What is kept of an event besides its day: the law's own fields, and the guarantor's consent. */
export type KeptDetails = Pick<
  LimitationEvent,
  'until' | 'outcome' | 'servedOn' | 'performBy' | 'restWaived'
> & { guarantorConsented?: boolean };

const ending = ['until', 'outcome', 'servedOn', 'restWaived'] as const;
const postponing = ['until', 'guarantorConsented'] as const;

/** What the law gives a meaning to, by kind: elsewhere a detail would stand there for nothing. */
const meant: Readonly<Record<string, readonly (keyof EventDetails)[]>> = {
  demand: ['restWaived'],
  bank_deduction: ['restWaived'],
  public_notice: ['restWaived'],
  mediation_request: ['restWaived'],
  police_report: ['until'],
  repayment_plan: postponing,
  extension: postponing,
  suit: ending,
  arbitration: ending,
  payment_order: ending,
  bankruptcy_claim: ['until', 'outcome'],
  enforcement: ['until', 'outcome'],
  sue_guarantor: ['until', 'outcome', 'servedOn'],
  obstacle: ['until'],
  judgment: ['performBy'],
  enforcement_settlement: ['performBy'],
};

/** How proceedings end on a day of their own; a withdrawn suit counts from its service instead. */
const dated: readonly string[] = ['judgment', 'mediated', 'settled', 'lapsed', 'performed'];

/** The details that were given, without those that were left empty. */
export function keptDetails(given: Partial<EventDetails>): KeptDetails {
  const { until = '', servedOn = '', performBy = '' } = given;
  const outcome = suitOutcomes.find((one) => one === given.outcome);
  return {
    ...(until === '' ? {} : { until }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(servedOn === '' ? {} : { servedOn }),
    ...(performBy === '' ? {} : { performBy }),
    ...(given.restWaived === true ? { restWaived: true } : {}),
    ...(given.guarantorConsented === true ? { guarantorConsented: true } : {}),
  };
}

export function detailsMessage(kept: KeptDetails): EventDetails {
  return {
    until: kept.until ?? '',
    outcome: kept.outcome ?? '',
    servedOn: kept.servedOn ?? '',
    performBy: kept.performBy ?? '',
    restWaived: kept.restWaived === true,
    guarantorConsented: kept.guarantorConsented === true,
  };
}

function notBefore(value: string | undefined, on: string, rule: string): void {
  if (value === undefined || daysBetween(day(on), day(value)) >= 0) return;
  throw fault('invalid', rule, { on, value });
}

/**
 * Whether what is recorded by hand besides the day goes with the kind. An obstacle and a new day to
 * perform may end ahead; the end of proceedings and a service are facts. Faults: `invalid`
 * detail_not_of_kind, until_before_event, service_before_filing, end_without_day; `refused`
 * day_in_future.
 */
export function checkDetails(
  { kind, on, details }: { kind: string; on: string; details: KeptDetails },
  today: Day,
): void {
  const allowed = meant[kind] ?? [];
  const strange = Object.keys(details).find((name) => !allowed.some((one) => one === name));
  if (strange !== undefined) {
    throw fault('invalid', 'detail_not_of_kind', { kind, field: strange });
  }
  const { until, outcome, servedOn } = details;
  notBefore(until, on, 'until_before_event');
  notBefore(servedOn, on, 'service_before_filing');
  if (outcome !== undefined && dated.includes(outcome) && until === undefined) {
    throw fault('invalid', 'end_without_day', { kind, outcome });
  }
  const mayEndAhead = kind === 'obstacle' || allowed === postponing;
  const facts = mayEndAhead ? [] : [until, servedOn];
  for (const one of facts) {
    if (one === undefined || daysBetween(today, day(one)) <= 0) continue;
    throw fault('refused', 'day_in_future', { on: one, today: today.toString() });
  }
}
