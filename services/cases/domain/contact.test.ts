import { describe, expect, it } from '@jest/globals';
import {
  dailyLimits,
  forbiddenPhrases,
  quietHours,
  thirdParties,
  visits,
} from '../rules/conduct.ts';
import { workTerms } from '../rules/work.ts';
import {
  allowanceAt,
  type Attempt,
  checkLogged,
  type ContactFacts,
  missedCallsAfter,
  permit,
} from './contact.ts';
import { inForce } from './rule.ts';

const day = Temporal.PlainDate.from('2026-03-10');
const rules = {
  quietHours: inForce(quietHours, day),
  dailyLimit: inForce(dailyLimits, day),
  visits: inForce(visits, day),
  thirdParty: inForce(thirdParties, day),
  phrases: inForce(forbiddenPhrases, day),
};

/** An instant of the wall clock in Shanghai, which is eight hours ahead of UTC all year. */
const at = (wall: string): Temporal.Instant => Temporal.Instant.from(`2026-03-10T${wall}+08:00`);

function attempt(changes: Partial<Attempt> = {}): Attempt {
  return {
    channel: 'CALL',
    party: 'DEBTOR',
    at: at('10:00'),
    text: '',
    companion: '',
    ...changes,
  };
}

function facts(changes: Partial<ContactFacts> = {}): ContactFacts {
  return { zone: 'Asia/Shanghai', usedThatDay: 0, thirdPartyRefused: false, ...changes };
}

describe('quiet hours 22:00 to 08:00 of the debtor', () => {
  it.each([
    ['07:59:59', false, '2026-03-10T00:00:00Z'],
    ['08:00:00', true, '2026-03-10T00:00:00Z'],
    ['21:59:59', true, '2026-03-10T13:59:59Z'],
    ['22:00:00', false, '2026-03-11T00:00:00Z'],
    ['23:59:59', false, '2026-03-11T00:00:00Z'],
  ])('at %s a contact is permitted: %s, next %s', (wall, isPermitted, next) => {
    const verdict = permit(attempt({ at: at(wall) }), facts(), rules);
    expect(verdict.permitted).toBe(isPermitted);
    expect(verdict.rule).toBe(isPermitted ? 'permitted' : 'quiet_hours');
    expect(verdict.nextPermittedAt?.toString()).toBe(next);
  });

  it('are those of the debtor, not of the caller', () => {
    const noonInShanghai = attempt({ at: at('12:00') });
    const verdict = permit(noonInShanghai, facts({ zone: 'America/New_York' }), rules);
    expect(verdict.rule).toBe('quiet_hours');
    expect(verdict.why.facts['local_time']).toBe('00:00');
    expect(verdict.nextPermittedAt?.toString()).toBe('2026-03-10T12:00:00Z');
  });

  it('cite the standard since it took effect, and the house rule before', () => {
    expect(rules.quietHours.source).toContain('GB/T 45251-2025');
    expect(inForce(quietHours, Temporal.PlainDate.from('2025-02-27')).source).toContain(
      'house rule',
    );
  });
});

describe('three contacts a day', () => {
  it.each([
    [0, true],
    [2, true],
    [3, false],
    [4, false],
  ])('after %d that day one more is permitted: %s', (usedThatDay, isPermitted) => {
    expect(permit(attempt(), facts({ usedThatDay }), rules).permitted).toBe(isPermitted);
  });

  it('begin again when quiet hours end on the next day', () => {
    const verdict = permit(attempt(), facts({ usedThatDay: 3 }), rules);
    expect(verdict.rule).toBe('daily_limit');
    expect(verdict.nextPermittedAt?.toString()).toBe('2026-03-11T00:00:00Z');
    expect(verdict.why.facts).toEqual({ used: '3', limit: '3' });
  });

  it('used up before eight in the morning leave the whole day closed', () => {
    const verdict = permit(attempt({ at: at('07:00') }), facts({ usedThatDay: 3 }), rules);
    expect(verdict.rule).toBe('quiet_hours');
    expect(verdict.nextPermittedAt?.toString()).toBe('2026-03-11T00:00:00Z');
  });

  it('show in the allowance', () => {
    expect(allowanceAt(at('10:00'), facts({ usedThatDay: 1 }), rules)).toEqual({
      usedToday: 1,
      limitToday: 3,
      permittedNow: true,
      refusalRule: '',
      nextPermittedAt: at('10:00'),
    });
    expect(allowanceAt(at('10:00'), facts({ usedThatDay: 3 }), rules)).toMatchObject({
      permittedNow: false,
      refusalRule: 'daily_limit',
      refusalWhy: { rule: 'daily_limit', facts: { used: '3', limit: '3' } },
    });
    expect(allowanceAt(at('23:00'), facts({}), rules).refusalWhy).toMatchObject({
      rule: 'quiet_hours',
      facts: { local_time: '23:00', from: '22:00', to: '08:00' },
    });
  });
});

describe('words', () => {
  it.each([
    ['再不还钱就弄死你', '弄死', 'violence_or_threat'],
    ['再不还就 弄，死 你', '弄死', 'violence_or_threat'],
    ['Pay or I will KILL   you', 'kill you', 'violence_or_threat'],
    ['你就是个人渣', '人渣', 'insult'],
    ['我是法官，马上来', '我是法官', 'impersonating_officials'],
    ['明天就让你坐牢', '坐牢', 'false_consequence'],
    ['You will go to jail!', 'go to jail', 'false_consequence'],
    ['我们会爆通讯录', '爆通讯录', 'publishing_personal_data'],
  ])('%s are refused with the phrase %s', (text, phrase, group) => {
    const verdict = permit(attempt({ text }), facts(), rules);
    expect(verdict).toMatchObject({ permitted: false, rule: 'forbidden_phrase', phrase });
    expect(verdict.why.facts['group']).toBe(group);
    expect(verdict.nextPermittedAt).toBeUndefined();
  });

  it.each([
    ['客户称质量有争议，已约好下周二付款 20,000 元'],
    ['The skill you showed was noted; he asked for the statement'],
    ['Spoke to accounts payable, invoice 4711 is approved'],
    [''],
  ])('%s are permitted', (text) => {
    expect(permit(attempt({ text }), facts(), rules).permitted).toBe(true);
  });
});

describe('a third party', () => {
  const third = (text: string): Attempt => attempt({ party: 'THIRD_PARTY', text });

  it.each([
    ['请让王总给我们回电话', 'permitted'],
    ['Please ask Mr Wang to call us', 'permitted'],
    ['王总欠款很久了', 'third_party_disclosure'],
    ['it is about 20,000 yuan', 'third_party_disclosure'],
    ['关于 ¥3500 的事', 'third_party_disclosure'],
    ['请他回电 13800138000', 'permitted'],
    ['his debt is overdue', 'third_party_disclosure'],
  ])('told "%s" is %s', (text, rule) => {
    expect(permit(third(text), facts(), rules).rule).toBe(rule);
  });

  it('that refused once is not asked again', () => {
    const verdict = permit(third('请他回电'), facts({ thirdPartyRefused: true }), rules);
    expect(verdict.rule).toBe('third_party_refused');
  });

  it('does not bind what is said to the debtor', () => {
    expect(permit(attempt({ text: '欠款 3500 元' }), facts(), rules).permitted).toBe(true);
  });
});

describe('a visit', () => {
  it.each([
    ['', 'visit_by_two'],
    ['  ', 'visit_by_two'],
    ['李雷', 'permitted'],
    [undefined, 'permitted'],
  ])('with companion %p is %s', (companion, rule) => {
    expect(permit(attempt({ channel: 'VISIT', companion }), facts(), rules).rule).toBe(rule);
  });
});

describe('several reasons', () => {
  it('are named in fixed precedence: words, third party, visit, hour, limit', () => {
    const night = { at: at('23:00'), channel: 'VISIT' as const, party: 'THIRD_PARTY' as const };
    const used = facts({ usedThatDay: 3, thirdPartyRefused: true });
    const said = (text: string, companion: string): string =>
      permit(attempt({ ...night, text, companion }), used, rules).rule;
    expect(said('弄死他，欠款', '')).toBe('forbidden_phrase');
    expect(said('欠款', '')).toBe('third_party_disclosure');
    expect(said('', '')).toBe('third_party_refused');
    const alone = attempt({ ...night, party: 'DEBTOR' });
    expect(permit(alone, used, rules).rule).toBe('visit_by_two');
    expect(permit({ ...alone, companion: '李雷' }, used, rules).rule).toBe('quiet_hours');
  });
});

describe('the time of a contact', () => {
  const terms = inForce(workTerms, day).value;
  const now = at('10:00');
  const open = { caseId: 'c', state: 'OPEN' as const };
  it.each([
    ['2026-03-10T02:01:00Z', undefined],
    ['2026-03-10T02:01:01Z', 'contact_in_future'],
    ['2026-03-03T02:00:00Z', undefined],
    ['2026-03-03T01:59:59Z', 'contact_too_old'],
  ])('%s is refused as %s', (happened, reason) => {
    const check = (): void => checkLogged(open, Temporal.Instant.from(happened), now, terms);
    if (reason === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ reason }));
  });

  it('does not matter when the case is closed', () => {
    expect(() => checkLogged({ ...open, state: 'CLOSED' }, at('11:00'), now, terms)).toThrow(
      expect.objectContaining({ kind: 'refused', reason: 'case_closed' }),
    );
  });
});

describe('missed calls in a row', () => {
  it.each([
    [0, 'CALL', 'NO_ANSWER', 1],
    [2, 'CALL', 'WRONG_NUMBER', 3],
    [2, 'CALL', 'REACHED', 0],
    [2, 'VISIT', 'REACHED', 0],
    [2, 'SMS', 'SENT', 2],
    [2, 'VISIT', 'NO_ANSWER', 2],
    [2, 'CALL', 'THIRD_PARTY', 2],
  ] as const)('were %d, and after a %s with %s are %d', (before, channel, result, after) => {
    expect(missedCallsAfter(before, channel, result)).toBe(after);
  });
});
