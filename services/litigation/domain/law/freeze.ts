import { addDays, day } from '@recourse/kit/day.ts';
import { type Money, share } from '@recourse/kit/money.ts';
import { type Alarm, alarmsBefore } from './alarm.ts';
import { type Calendar, covers, isRestDay } from '@recourse/kit/calendar.ts';
import { type Dated, dayAt, inForce, refOf, type RuleRef, wrongField } from './dated.ts';
import { type PeriodEnd, periodEnd } from './period.ts';

export const frozenAssets = ['account', 'movable', 'real_property', 'other_right'] as const;
export type FrozenAsset = (typeof frozenAssets)[number];

export type FreezeTables = {
  readonly freezes: {
    /** Longest term in years by what is frozen. */
    readonly terms: readonly Dated<Readonly<Record<FrozenAsset, number>>>[];
    readonly renewal: readonly Dated<{ readonly daysBefore: number }>[];
    readonly alarms: readonly Dated<readonly number[]>[];
    readonly security: readonly Dated<{
      readonly inSuitBps: number;
      readonly preSuitBps: number;
    }>[];
    readonly preSuit: readonly Dated<{ readonly days: number }>[];
  };
};

export type Freeze = {
  /** Last day of the present term, renewals counted. It ends by itself and is not moved. */
  expiresOn: string;
  /** Last day to apply for renewal, moved to the working day before when it is a day of rest. */
  renewBy: string;
  state: 'in_force' | 'renew_now' | 'lapsed' | 'lifted_by_bankruptcy';
  alarms: Alarm[];
  provisional: boolean;
  rules: RuleRef[];
};

/** The last working day not after a day. */
function backToWork(on: string, calendar: Calendar): string {
  let at = on;
  while (covers(at, calendar) && isRestDay(at, calendar)) at = addDays(day(at), -1).toString();
  return at;
}

function yearsOf(asset: FrozenAsset, years: number | undefined, most: number): number {
  if (years === undefined) return most;
  if (!Number.isInteger(years) || years < 1 || years > most) {
    const repair = `give 1 to ${most} whole years for ${asset}`;
    throw wrongField('/years', 'term_not_allowed', repair, { years, most });
  }
  return years;
}

function firstEnd(until: string | undefined, latest: string): string {
  if (until === undefined) return latest;
  if (dayAt(until, '/until').toString() > latest) {
    const repair = `give a day up to ${latest}`;
    throw wrongField('/until', 'term_not_allowed', repair, { until, latest });
  }
  return until;
}

/**
 * How long a freeze, seizure or attachment lasts and when to renew it: accounts one year, movables
 * two, real property and other rights three (民诉法解释 art. 485; applied to preservation by
 * practice), renewal at least seven days before (保全规定 art. 18). A renewal that came after the
 * end does not count. legal.md 2.6. Faults `invalid`: `not_a_date`, `term_not_allowed`.
 */
export function freeze(
  o: {
    asset: FrozenAsset;
    frozenOn: string;
    years?: number;
    /** The last day that the court's notice names, within the longest term. */
    until?: string;
    /** Days on which the renewed terms begin. */
    renewals?: readonly { on: string }[];
    today: string;
    /** The day a court accepted the debtor's bankruptcy: freezes lift (破产法 art. 19). */
    bankruptcyOn?: string;
  },
  calendar: Calendar,
  law: FreezeTables,
): Freeze {
  dayAt(o.today, '/today');
  if (o.bankruptcyOn !== undefined) dayAt(o.bankruptcyOn, '/bankruptcyOn');
  const terms = inForce(law.freezes.terms, dayAt(o.frozenOn, '/frozenOn').toString());
  const renewal = inForce(law.freezes.renewal, o.frozenOn);
  const length = yearsOf(o.asset, o.years, terms.value[o.asset]);
  const endFrom = (from: string) =>
    periodEnd({ from, length, unit: 'years', moved: false }, calendar).endOn;
  const first = firstEnd(o.until, endFrom(o.frozenOn));
  (o.renewals ?? []).forEach(({ on }, at) => dayAt(on, `/renewals/${at}/on`));
  const expiresOn = (o.renewals ?? [])
    .map(({ on }) => on)
    .sort()
    .reduce((end, on) => (on > end ? end : endFrom(on > o.frozenOn ? on : o.frozenOn)), first);
  const counted = addDays(day(expiresOn), -renewal.value.daysBefore).toString();
  const renewBy = backToWork(counted, calendar);
  const isLifted = o.bankruptcyOn !== undefined && o.bankruptcyOn <= o.today;
  const [firstAlarm] = inForce(law.freezes.alarms, o.today).value;
  const warnFrom = addDays(day(renewBy), -(firstAlarm ?? 0)).toString();
  const running = o.today >= warnFrom ? 'renew_now' : 'in_force';
  return {
    expiresOn,
    renewBy,
    state: isLifted ? 'lifted_by_bankruptcy' : o.today > expiresOn ? 'lapsed' : running,
    alarms:
      isLifted || o.today > expiresOn
        ? []
        : alarmsBefore(renewBy, inForce(law.freezes.alarms, o.today).value, o.today),
    provisional: !covers(counted, calendar),
    rules: [refOf(terms), refOf(renewal)],
  };
}

/** The most security a court asks for: 30 % in suit, normally the whole before (保全规定 art. 5). */
export function securityNeeded(
  o: { amount: Money; stage: 'in_suit' | 'pre_suit'; on: string },
  law: FreezeTables,
): { most: Money; rule: RuleRef } {
  const row = inForce(law.freezes.security, dayAt(o.on, '/on').toString());
  const bps = o.stage === 'in_suit' ? row.value.inSuitBps : row.value.preSuitBps;
  return { most: share(o.amount, BigInt(bps), 10_000n, 'half-up'), rule: refOf(row) };
}

/** The day by which a suit must follow pre-suit preservation: 30 days (民事诉讼法 art. 104). */
export function preSuitEnd(
  o: { preservedOn: string },
  calendar: Calendar,
  law: FreezeTables,
): PeriodEnd & { rule: RuleRef } {
  const row = inForce(law.freezes.preSuit, dayAt(o.preservedOn, '/preservedOn').toString());
  const end = periodEnd({ from: o.preservedOn, length: row.value.days, unit: 'days' }, calendar);
  return { ...end, rule: refOf(row) };
}
