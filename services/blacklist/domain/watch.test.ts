import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { coverageOf, coveredBy, refuseWatch, type WatchConsent, watchStateOf } from './watch.ts';

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

describe('the reach of a consent', () => {
  it.each<[string, string[], string[], string[]]>([
    ['all of today when it names none', [], ['a', 'b'], ['a', 'b']],
    ['those it names, once each', ['b', 'b'], ['a', 'b'], ['b']],
  ])('is %s', (_words, named, reach, covered) => {
    expect(coveredBy(named, reach)).toEqual(covered);
  });

  it('is nobody whom the member does not reach', () => {
    expect(() => coveredBy(['a', 'x'], ['a'])).toThrow('association_out_of_reach');
  });

  it.each<[string, string[], string[], string[], string[]]>([
    ['is whole', ['a', 'b'], ['a', 'b'], ['a', 'b'], []],
    ['leaves out what was joined later', ['a'], ['a', 'b'], ['a'], ['b']],
    ['shrinks with what was left', ['a', 'b'], ['b'], ['b'], []],
    ['is empty when all has changed', ['a'], ['b'], [], ['b']],
  ])('%s', (_words, covered, reach, asked, notCovered) => {
    expect(coverageOf(covered, reach)).toEqual({ asked, notCovered });
  });
});

describe('a watch', () => {
  it.each<[string, string, boolean, string[]]>([
    ['WATCHED', '2026-11-20', false, []],
    ['CONSENT_NEEDED', '2026-11-20', false, ['b']],
    ['OVER', '2026-11-19', false, ['b']],
    ['ENDED', '2026-11-19', true, ['b']],
  ])('is %s until %s, ended %s, without consent for %j', (state, until, ended, notCovered) => {
    expect(watchStateOf({ until, ended, notCovered }, day('2026-11-20'))).toBe(state);
  });
});
