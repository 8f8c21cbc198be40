import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { refuseWatch, type WatchConsent } from './watch.ts';

const consent: WatchConsent = {
  name: '张三丰',
  idNumber: '11010519491231002X',
  consentReference: 'SQ-2026-1',
  consentedOn: '2026-03-02',
  until: '2027-03-02',
};
const watch = (more: Partial<WatchConsent> = {}, today = '2026-11-20') =>
  refuseWatch({ ...consent, ...more }, 12, day(today));

describe('a customer that is a person', () => {
  it('may be watched while the consent lasts, its last day included', () => {
    expect(() => watch()).not.toThrow();
    expect(() => watch({}, '2027-03-02')).not.toThrow();
  });

  it.each<[string, Partial<WatchConsent>, string, string]>([
    ['without anything to go by', { name: '张', idNumber: '' }, '', 'subject_without_name'],
    ['without consent', { consentReference: '' }, '', 'query_consent_missing'],
    ['before the consent', {}, '2026-03-01', 'consent_in_future'],
    ['after its last day', {}, '2027-03-03', 'consent_over'],
    ['for good', { until: '2027-03-03' }, '', 'consent_too_long'],
  ])('is not watched %s', (_words, more, today, reason) => {
    expect(() => watch(more, today === '' ? undefined : today)).toThrow(reason);
  });
});
