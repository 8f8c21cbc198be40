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
