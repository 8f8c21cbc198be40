import { type Day, day, isBefore } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { isSearchable } from './screening.ts';

/** A person's consent to be looked up again and again, as it was recorded. */
export type WatchConsent = {
  name: string;
  idNumber: string;
  consentReference: string;
  consentedOn: string;
  until: string;
};

/**
 * Refuses to watch a customer that is a natural person without consent for just that. A look-up
 * needs the person's written consent and the purpose agreed with it (征信业管理条例 art. 18, legal.md
 * 2.10); consent once is no consent for good, so it has a last day and is asked for again. Faults,
 * in this order: `invalid` subject_without_name_or_identifier; `refused` query_consent_missing,
 * consent_in_future, consent_over, consent_too_long.
 */
export function refuseWatch(consent: WatchConsent, mostMonths: number, today: Day): void {
  const { name, idNumber, consentReference } = consent;
  if (!isSearchable(name) && idNumber === '') {
    throw fault('invalid', 'subject_without_name_or_identifier');
  }
  if (consentReference === '') throw fault('refused', 'query_consent_missing');
  const [consentedOn, until] = [day(consent.consentedOn), day(consent.until)];
  if (isBefore(today, consentedOn)) throw fault('refused', 'consent_in_future');
  if (isBefore(until, today)) throw fault('refused', 'consent_over', { until: consent.until });
  const last = consentedOn.add({ months: mostMonths });
  if (isBefore(last, until)) {
    throw fault('refused', 'consent_too_long', { mostMonths, last: last.toString() });
  }
}

/**
 * Whom a consent covers. It names who hears of the person (个人信息保护法 art. 23, legal.md 2.10), so
 * it never grows by itself: `named` are those it names, none given means all of today's reach.
 * Fault: `refused` association_out_of_reach.
 */
export function coveredBy(named: readonly string[], reach: readonly string[]): string[] {
  const strange = named.find((associationId) => !reach.includes(associationId));
  if (strange !== undefined) {
    throw fault('refused', 'association_out_of_reach', { associationId: strange });
  }
  return [...new Set(named.length === 0 ? reach : named)];
}

export type Coverage = { asked: string[]; notCovered: string[] };

/**
 * Which associations of today's reach may be asked about the person, and which came later: those
 * wait for a new consent, also for a look by name alone, which tells them of the person as well.
 */
export function coverageOf(covered: readonly string[], reach: readonly string[]): Coverage {
  return {
    asked: reach.filter((associationId) => covered.includes(associationId)),
    notCovered: reach.filter((associationId) => !covered.includes(associationId)),
  };
}

export type WatchState = 'WATCHED' | 'CONSENT_NEEDED' | 'OVER' | 'ENDED';

/** Ended is told before over: who withdrew is not watched, whatever the days say. */
export function watchStateOf(
  watch: { until: string; ended: boolean; notCovered: readonly string[] },
  today: Day,
): WatchState {
  if (watch.ended) return 'ENDED';
  if (isBefore(day(watch.until), today)) return 'OVER';
  return watch.notCovered.length > 0 ? 'CONSENT_NEEDED' : 'WATCHED';
}
