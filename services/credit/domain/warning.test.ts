import { describe, expect, it } from '@jest/globals';
import { ExternalFlag, Rating } from '@recourse/proto/credit/v1/ratings.ts';
import { signsOf } from './warning.ts';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });

function signs(over: Partial<Parameters<typeof signsOf>[0]>) {
  return signsOf({
    facts: {},
    flags: [],
    before: undefined,
    rating: Rating.fromPartial({ grade: 'GRADE_A', limit: cny(1_000_00n) }),
    exposure: cny(0n),
    alarmBps: 9_000,
    ...over,
  }).map(({ code, severity, advice }) => [code, severity.replace('WARNING_SEVERITY_', ''), advice]);
}

describe('early warning (domain.md 5)', () => {
  it.each([
    ['lawsuit', 'SERIOUS', 'intensify'],
    ['court_debtor', 'SERIOUS', 'intensify'],
    ['dishonest_debtor', 'GRAVE', 'stop_delivery'],
    ['blacklist', 'GRAVE', 'stop_delivery'],
    ['bureau_default', 'SERIOUS', 'intensify'],
    ['tax_arrears', 'NOTICE', 'watch'],
    // Assets that go ask for preservation; new financing is the moment to ask for money.
    ['asset_transfer', 'GRAVE', 'preserve'],
    ['new_financing', 'NOTICE', 'intensify'],
    ['near_bankruptcy', 'GRAVE', 'preserve'],
    ['bankrupt', 'GRAVE', 'preserve'],
    ['bad_press', 'NOTICE', 'watch'],
  ])('of %s is %s: %s', (code, severity, advice) => {
    const flags = [ExternalFlag.fromPartial({ code, since: '2026-01-01' })];
    expect(signs({ flags })).toEqual([[code, severity, advice]]);
  });

  it.each([
    [{ days_late_trend: 6 }, []],
    [{ days_late_trend: 7 }, [['paying_later', 'NOTICE', 'watch']]],
    [{ days_late_trend: 15 }, [['paying_later', 'SERIOUS', 'intensify']]],
    [{ broken_promises: 1 }, [['promise_broken', 'NOTICE', 'intensify']]],
    [{ broken_promises: 2 }, [['promise_broken', 'SERIOUS', 'intensify']]],
    [{ registry_changes: 1 }, []],
    [{ registry_changes: 2 }, [['registry_changed', 'NOTICE', 'watch']]],
  ])('of behaviour %j is %j', (facts, expected) => {
    expect(signs({ facts })).toEqual(expected);
  });

  it.each([
    [899_99n, []],
    [900_00n, [['limit_near', 'NOTICE', 'watch']]],
    [1_000_00n, [['limit_near', 'NOTICE', 'watch']]],
    [1_000_01n, [['limit_exceeded', 'SERIOUS', 'stop_delivery']]],
  ])('of %s owed of a limit of 1,000 is %j', (minor, expected) => {
    expect(signs({ exposure: cny(minor) })).toEqual(expected);
  });

  it.each([
    ['GRADE_AA' as const, [['grade_fell', 'NOTICE', 'watch']]],
    ['GRADE_AAA' as const, [['grade_fell', 'SERIOUS', 'intensify']]],
    ['GRADE_A' as const, []],
    ['GRADE_BBB' as const, []],
  ])('of a fall from %s to A is %j', (grade, expected) => {
    expect(signs({ before: Rating.fromPartial({ grade }) })).toEqual(expected);
  });
});
