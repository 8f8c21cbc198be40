import { daysOf } from './accrual.ts';
import { type Alarm, alarmsBefore } from './alarm.ts';
import type { Calendar } from '@recourse/kit/calendar.ts';
import { dayAt, inForce, refOf, type RuleRef, wrongField } from './dated.ts';
import type { Words } from './deadline-rule.ts';
import type { GuaranteeTables, GuarantyKind } from './guarantee-rule.ts';
import type { Proof } from './limitation-rule.ts';
import { fixedEnd, type PeriodEnd, periodEnd } from './period.ts';

export type GuarantorEvent = {
  id: string;
  kind:
    | 'demand_guarantor'
    | 'sue_debtor'
    | 'arbitrate_debtor'
    | 'sue_guarantor'
    | 'due_date_extended'
    | 'refusal_right_ended';
  on: string;
  proof: Proof;
  /** Of an extension: the guarantor agreed in writing (art. 695); `until` is the new due day. */
  consented?: boolean;
  until?: string;
  /** A suit that was withdrawn; keeps a joint guarantor only when `served` (担保制度解释 art. 31). */
  withdrawn?: boolean;
  served?: boolean;
};

export type GuarantorClock = {
  kind: GuarantyKind;
  /** Never interrupted, suspended or extended (art. 692). */
  period: PeriodEnd;
  state: 'open' | 'kept' | 'released';
  keptBy?: string;
  /** Once kept: the guarantor’s own debt is time-barred after this day. */
  limitationEndsOn?: string;
  daysLeft?: number;
  alarms: Alarm[];
  mustDo: Words;
  /**
   * `extension_without_consent`, `extension_after_period`, `agreed_period_too_short`,
   * `demand_does_not_keep_general`.
   */
  warnings: string[];
  rules: RuleRef[];
};

export type GuaranteeTerms = {
  contractOn: string;
  kind?: GuarantyKind;
  principalDueOn: string;
  /** The agreed last day, or months from the principal’s due day; none when nothing is agreed. */
  agreedUntil?: string;
  agreedMonths?: number;
  /** Agreed as `until all is paid` and the like. */
  unclear?: boolean;
  /** The principal is owed in parts, and `principalDueOn` is the day of the last of them. */
  inParts?: boolean;
};

const mustDo: Record<GuarantyKind, Words> = {
  general: {
    zh: '在保证期间内起诉债务人或申请仲裁',
    en: 'sue the debtor, or apply for arbitration, within the period',
  },
  joint: {
    zh: '在保证期间内请求保证人承担保证责任',
    en: 'demand performance of the guarantor within the period',
  },
};

type Months = { defaultMonths: number; unclearMonths: number };

/** The period for a due day, and whether what was agreed of it is none (art. 692 ¶2). */
function periodOf(
  terms: GuaranteeTerms,
  dueOn: string,
  value: Months,
  calendar: Calendar,
): { period: PeriodEnd; tooShort: boolean } {
  const { agreedUntil, agreedMonths } = terms;
  if (agreedUntil !== undefined && agreedUntil > dueOn) {
    return { period: fixedEnd(agreedUntil, calendar), tooShort: false };
  }
  const months = (length: number) => periodEnd({ from: dueOn, length, unit: 'months' }, calendar);
  if (agreedMonths !== undefined && agreedMonths > 0) {
    return { period: months(agreedMonths), tooShort: false };
  }
  const tooShort = agreedUntil !== undefined || agreedMonths !== undefined;
  const length = terms.unclear === true ? value.unclearMonths : value.defaultMonths;
  return { period: months(length), tooShort };
}

const keepingKinds: Record<GuarantyKind, readonly GuarantorEvent['kind'][]> = {
  general: ['sue_debtor', 'arbitrate_debtor'],
  joint: ['demand_guarantor', 'sue_guarantor'],
};

/**
 * Whether an event keeps the guarantor within the period: art. 693. What was done before the
 * principal was due lies outside of it.
 */
function keeps(kind: GuarantyKind, event: GuarantorEvent, dueOn: string, endOn: string): boolean {
  return (
    keepingKinds[kind].includes(event.kind) &&
    event.on >= dueOn &&
    event.on <= endOn &&
    (event.proof === 'proven' || event.proof === 'likely') &&
    (event.withdrawn !== true || (kind === 'joint' && event.served === true))
  );
}

type Walked = { period: PeriodEnd; kept?: GuarantorEvent; warnings: string[] };

/**
 * The period as the events moved it, in order of day: more time for the debtor binds a guarantor
 * who agreed to it in writing (art. 695) while he was still bound; once he is kept nothing does.
 */
function walk(
  terms: GuaranteeTerms & { kind: GuarantyKind },
  events: readonly GuarantorEvent[],
  value: Months,
  calendar: Calendar,
): Walked {
  let dueOn = terms.principalDueOn;
  let made = periodOf(terms, dueOn, value, calendar);
  const warnings: string[] = [];
  let kept: GuarantorEvent | undefined;
  for (const event of events) {
    if (event.kind === 'due_date_extended') {
      const { consented, until, on } = event;
      if (consented !== true) warnings.push('extension_without_consent');
      else if (on > made.period.endOn) warnings.push('extension_after_period');
      else if (kept === undefined && until !== undefined && until > dueOn) {
        dueOn = until;
        made = periodOf(terms, dueOn, value, calendar);
      }
    } else if (kept === undefined && keeps(terms.kind, event, dueOn, made.period.endOn)) {
      kept = event;
    }
  }
  if (made.tooShort) warnings.push('agreed_period_too_short');
  return { period: made.period, warnings, ...(kept === undefined ? {} : { kept }) };
}

/** When the guarantor's own limitation began: art. 694. */
function limitationEnd(
  kind: GuarantyKind,
  kept: GuarantorEvent,
  events: readonly GuarantorEvent[],
  years: number,
  calendar: Calendar,
): string | undefined {
  const from =
    kind === 'joint' ? kept.on : events.find((one) => one.kind === 'refusal_right_ended')?.on;
  return from === undefined
    ? undefined
    : periodEnd({ from, length: years, unit: 'years' }, calendar).endOn;
}

/**
 * The guarantor's period (保证期间), apart from the debtor's limitation: six months after the
 * principal is due unless agreed; within it a general guarantor is kept by suing the debtor,
 * a joint one by a demand. legal.md 2.3; 民法典 art. 686, 692–695; 担保制度解释 art. 31, 32.
 * Faults `invalid`: `not_a_date`, `months_not_whole`; `missing` `no_rule_on_day`.
 */
export function guarantor(
  o: GuaranteeTerms & { events: readonly GuarantorEvent[]; today: string },
  calendar: Calendar,
  law: GuaranteeTables,
): GuarantorClock {
  checkTerms(o);
  const row = inForce(law.guarantee.periods, o.contractOn);
  const limitation = inForce(law.guarantee.limitation, o.contractOn);
  const events = o.events.toSorted((a, b) =>
    a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1,
  );
  const kind = o.kind ?? row.value.defaultKind;
  const { period, kept, warnings } = walk({ ...o, kind }, events, row.value, calendar);
  const instalments = inForce(law.guarantee.instalments, o.contractOn);
  if (
    kept === undefined &&
    kind === 'general' &&
    events.some((e) => e.kind === 'demand_guarantor')
  ) {
    warnings.push('demand_does_not_keep_general');
  }
  const isOver = o.today > period.endOn;
  const ends = kept && limitationEnd(kind, kept, events, limitation.value.years, calendar);
  const isOpen = kept === undefined && !isOver;
  return {
    kind,
    period,
    state: kept !== undefined ? 'kept' : isOver ? 'released' : 'open',
    ...(kept === undefined ? {} : { keptBy: kept.id }),
    ...(ends === undefined ? {} : { limitationEndsOn: ends }),
    ...(isOpen ? { daysLeft: daysOf(o.today, period.endOn) } : {}),
    alarms: isOpen
      ? alarmsBefore(period.endOn, inForce(law.guarantee.alarms, o.today).value, o.today)
      : [],
    mustDo: mustDo[kind],
    warnings: [...new Set(warnings)],
    rules: [refOf(row), refOf(limitation), ...(o.inParts === true ? [refOf(instalments)] : [])],
  };
}

function checkTerms(o: GuaranteeTerms & { events: readonly GuarantorEvent[]; today: string }) {
  dayAt(o.contractOn, '/contractOn');
  dayAt(o.principalDueOn, '/principalDueOn');
  dayAt(o.today, '/today');
  if (o.agreedUntil !== undefined) dayAt(o.agreedUntil, '/agreedUntil');
  if (o.agreedMonths !== undefined && !(Number.isInteger(o.agreedMonths) && o.agreedMonths >= 0)) {
    throw wrongField('/agreedMonths', 'months_not_whole', 'give a whole number of months');
  }
  o.events.forEach(({ on, until }, at) => {
    dayAt(on, `/events/${at}/on`);
    if (until !== undefined) dayAt(until, `/events/${at}/until`);
  });
}
