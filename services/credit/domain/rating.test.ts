import { describe, expect, it } from '@jest/globals';
import type { PolicyRow, Rating } from '@recourse/proto/credit/v1/ratings.ts';
import { shippedPolicies } from '../rules/credit-policy.ts';
import { expertCards } from '../rules/expert-card.ts';
import { ask, decide, propose, withLookUp } from './admission.ts';
import { inForce, rulesOf, scoreByCard } from './expert.ts';
import type { Facts } from './facts.ts';
import { checkPolicy, gradesDown, isOther, pdBpsOf, rate } from './rating.ts';
import { isOverLimit, signsOf, usedBps } from './warning.ts';

const card = inForce(expertCards, '2026-06-01');
const policy = inForce(shippedPolicies, '2026-06-01');

function rated(facts: Facts, over: { equityMinor?: bigint; currency?: string } = {}): Rating {
  const made = scoreByCard(card, facts);
  const currency = over.currency ?? 'CNY';
  const basis = {
    customerId: 'c',
    scoring: { ...made, pdBps: pdBpsOf(made.score) },
    rules: rulesOf(card, facts),
    equity: over.equityMinor === undefined ? undefined : { currency, minor: over.equityMinor },
    currency,
  };
  const at = { ratingId: 'r', at: '2026-06-01T00:00:00Z', today: '2026-06-01' };
  const command = { ...at, cause: 'RATING_CAUSE_ASKED' as const };
  return rate(basis, policy, undefined, command);
}

const sound: Facts = {
  late_share: 0.02,
  mean_days_late: -2,
  worst_days_late: 3,
  days_late_trend: 0,
  overdue_share: 0,
  broken_promises: 0,
  current_ratio: 2.1,
  debt_ratio: 0.25,
  net_margin: 0.12,
  company_age_years: 14,
  registry_status: 'active',
  ownership: 'listed',
};

describe('a rating by the shipped card', () => {
  it.each([
    ['a sound payer', sound, 'GRADE_AA'],
    ['one that is trusted too', { ...sound, integrity: 5, management: 5 }, 'GRADE_AAA'],
    ['a customer nobody knows anything of', {}, 'GRADE_BB'],
    ['a late payer', { ...sound, late_share: 0.6, mean_days_late: 40 }, 'GRADE_BBB'],
    ['a dishonest debtor', { ...sound, dishonest_debtor: '2026-01-01' }, 'GRADE_CC'],
    ['a bankrupt', { ...sound, bankrupt: '2026-01-01' }, 'GRADE_D'],
    ['a revoked licence', { ...sound, registry_status: 'revoked' }, 'GRADE_C'],
    ['half a year overdue', { ...sound, worst_days_late: 200, overdue_share: 0.6 }, 'GRADE_C'],
  ] as const)('of %s', (_words, facts, grade) => {
    expect(rated(facts).grade).toBe(grade);
  });

  it('is the sum of its reasons, each bin named', () => {
    const { score, basePoints, reasons } = rated(sound);
    expect(reasons.reduce((total, one) => total + one.points, basePoints)).toBe(score);
    expect(reasons.find((one) => one.code === 'debt_ratio')).toMatchObject({
      value: '0.25',
      until: '0.3',
      points: 10,
    });
  });

  it('never falls when a payer gets better', () => {
    const scores = [0.6, 0.4, 0.2, 0.1, 0.01].map((late_share) => rated({ late_share }).score);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
  });

  it.each([
    ['of a known file as the policy says', sound, {}, 5_000_000_00n],
    ['half of it while little is known', {}, {}, 400_000_00n],
    ['a fifth of the equity at most', sound, { equityMinor: 1_000_00n }, 200_00n],
    ['none with debts above the assets', sound, { equityMinor: -5n }, 0n],
    ['in the currency it owes', sound, { currency: 'USD' }, 714_000_00n],
    ['in a currency without cents', sound, { currency: 'JPY' }, 100_000_000n],
    [
      'of none where nobody knows what the currency is worth',
      sound,
      { currency: 'XAU' },
      undefined,
    ],
  ] as const)('has a limit %s', (_words, facts, over, minor) => {
    expect(rated(facts, over).limit?.minor).toBe(minor);
  });

  it('comes due for review by its grade', () => {
    expect(rated(sound).reviewOn).toBe('2027-06-01');
    expect(rated({ bankrupt: '2026-01-01' }).reviewOn).toBe('2026-07-01');
  });

  it.each([
    [600, 196],
    [620, 99],
    [580, 385],
    [900, 1],
  ])('of %d points is a probability of %d bps', (score, pdBps) => {
    expect(pdBpsOf(score)).toBe(pdBps);
  });

  it('knows when nothing has changed', () => {
    expect(isOther(rated(sound), rated(sound))).toBe(false);
    expect(isOther(rated(sound), rated({}))).toBe(true);
    expect(gradesDown('GRADE_AA', 'GRADE_BB')).toBe(3);
  });
});

describe('a policy table', () => {
  const rows = policy.rows;
  const changed = (at: number, over: Partial<PolicyRow>): PolicyRow[] =>
    rows.map((row, place) => (place === at ? { ...row, ...over } : row));

  it('as shipped holds', () => {
    expect(() => checkPolicy(rows)).not.toThrow();
  });

  it.each([
    ['lacks a grade', rows.slice(1), 'policy_lacks_grade'],
    ['has a grade twice', changed(1, { grade: 'GRADE_AAA' }), 'policy_grade_twice'],
    ['is out of order', rows.toReversed(), 'policy_out_of_order'],
    ['has bounds that fall', changed(3, { pdUpToBps: 1 }), 'policy_bounds_do_not_rise'],
    [
      'allows less than nothing',
      changed(9, { limit: { currency: 'CNY', minor: -1n } }),
      'policy_limit_negative',
    ],
    [
      'has two currencies',
      changed(2, { limit: { currency: 'USD', minor: 1n } }),
      'policy_currencies_differ',
    ],
    [
      'trusts the riskier more',
      changed(4, { limit: { currency: 'CNY', minor: 9_000_000_000_00n } }),
      'policy_limits_rise_with_risk',
    ],
  ] as const)('that %s is refused', (_words, table, reason) => {
    expect(() => checkPolicy(table)).toThrow(expect.objectContaining({ reason }));
  });
});

describe('signs against a customer', () => {
  const exposure = { currency: 'CNY', minor: 4_750_000_00n };
  const signs = (facts: Facts, before: Rating | undefined, minor = exposure.minor): string[] =>
    signsOf({
      facts,
      flags: [],
      before,
      rating: rated(facts),
      exposure: { ...exposure, minor },
      alarmBps: 9_000,
    }).map((sign) => sign.code);

  it.each([
    ['near the limit', sound, undefined, exposure.minor, ['limit_near']],
    ['over it', sound, undefined, 99_000_000_00n, ['limit_exceeded']],
    ['far from it', sound, undefined, 1n, []],
    ['paying later', { ...sound, days_late_trend: 8 }, undefined, 1n, ['paying_later']],
    ['breaking promises', { ...sound, broken_promises: 2 }, undefined, 1n, ['promise_broken']],
    ['whose grade fell', { late_share: 0.9 }, rated(sound), 1n, ['grade_fell']],
  ])('%s', (_words, facts, before, minor, codes) => {
    expect(signs(facts, before, minor)).toEqual(codes);
  });

  it('compare amounts of one currency only', () => {
    const dollars = { currency: 'USD', minor: 1n };
    expect(usedBps(exposure, { currency: 'CNY', minor: 9_500_000_00n })).toBe(5_000);
    expect(usedBps(exposure, dollars)).toBe(0);
    expect(isOverLimit(exposure, dollars)).toBe(false);
  });
});

describe('an admission', () => {
  const by = { userId: 'u', name: 'n', orgId: 'o', orgName: 'p' };
  const terms = (netDays: number) => ({
    prepaid: false,
    netDays,
    discountBps: 0,
    discountDays: 0,
  });
  const cny = (minor: bigint) => ({ currency: 'CNY', minor });

  it.each([
    ['as asked', sound, 1_000_00n, 30, 'ADMIT', []],
    ['with less', sound, 99_000_000_00n, 30, 'ADMIT_WITH_CONDITIONS', ['limit_lowered']],
    ['for less long', sound, 1_000_00n, 180, 'ADMIT_WITH_CONDITIONS', ['terms_shortened']],
    ['not at all', { ...sound, bankrupt: '2026-01-01' }, 1n, 30, 'REFUSE', ['grade_too_low']],
  ])('is proposed %s', (_words, facts, minor, days, proposal, conditions) => {
    const asked = { limit: cny(minor), terms: terms(days) };
    const made = propose(rated(facts), policy, asked);
    expect(made.proposal).toBe(`ADMISSION_PROPOSAL_${proposal}`);
    expect(made.conditions).toEqual(expect.arrayContaining(conditions));
  });

  const waiting = ask(
    {
      admissionId: 'a',
      customerId: 'c',
      customerName: 'n',
      note: '',
      by,
      at: '',
      askedLimit: cny(1_000_00n),
      askedTerms: terms(30),
      rating: rated(sound),
    },
    policy,
  );
  const said = {
    lookUpId: 'l',
    verdict: 'clear',
    hits: 0,
    at: '2026-06-01T00:00:00Z',
    unasked: '',
  };
  const asked = withLookUp(waiting, said);
  const decision = {
    admit: true,
    limit: undefined,
    terms: undefined,
    guaranteeRequired: false,
    note: '',
    expectedVersion: 0n,
    withoutLookUp: false,
    by: { ...by, userId: 'other' },
    at: '2026-06-02T00:00:00Z',
  };

  it('is granted as proposed without more words', () => {
    const decided = decide(asked, decision);
    expect(decided).toMatchObject({ state: 'ADMISSION_STATE_ADMITTED', limit: cny(1_000_00n) });
  });

  it.each([
    ['of another version', { expectedVersion: 7n }, 'admission_changed_meanwhile'],
    ['by who asked', { by }, 'own_request_decided'],
    ['for more without a word', { limit: cny(2_000_00n) }, 'reason_needed_against_proposal'],
    ['against it without a word', { admit: false }, 'reason_needed_against_proposal'],
  ])('is not decided %s', (_words, over, reason) => {
    expect(() => decide(asked, { ...decision, ...over })).toThrow(
      expect.objectContaining({ reason }),
    );
  });

  it.each([
    ['clear', 'ADMIT', []],
    ['possible', 'ADMIT_WITH_CONDITIONS', ['blacklist_possible']],
    ['listed', 'REFUSE', ['blacklist_listed']],
  ])('is proposed by a look-up that says %s', (verdict, proposal, conditions) => {
    expect(waiting).toMatchObject({
      proposal: 'ADMISSION_PROPOSAL_ADMIT_WITH_CONDITIONS',
      conditions: ['look_up_outstanding'],
    });
    const after = withLookUp(waiting, { ...said, verdict });
    expect(after).toMatchObject({ proposal: `ADMISSION_PROPOSAL_${proposal}`, conditions });
    expect(after.version).toBe(waiting.version + 1n);
  });

  it('knows the newest answer of the blacklist, in whatever order they come', () => {
    const later = { ...said, verdict: 'listed', at: '2026-06-02T00:00:00Z' };
    const unasked = { ...later, verdict: '', at: '2026-06-03T00:00:00Z', unasked: 'x' };
    for (const order of [
      [said, later, unasked],
      [unasked, later, said],
    ]) {
      const after = order.reduce(withLookUp, waiting);
      expect(after.lookUp).toEqual(later);
    }
    const decided = decide(asked, decision);
    expect(withLookUp(decided, later)).toBe(decided);
  });

  it('is not granted before the blacklist has answered, unless somebody says why', () => {
    const consent = { ...said, verdict: '', unasked: 'query_consent_missing' };
    for (const open of [waiting, withLookUp(waiting, consent)]) {
      const without = { ...decision, withoutLookUp: true };
      expect(() => decide(open, decision)).toThrow(
        expect.objectContaining({ reason: 'look_up_outstanding' }),
      );
      expect(() => decide(open, without)).toThrow(
        expect.objectContaining({ reason: 'reason_needed_without_look_up' }),
      );
      const granted = decide(open, { ...without, note: '多年客户' });
      expect(granted).toMatchObject({ state: 'ADMISSION_STATE_ADMITTED', withoutLookUp: true });
      const refused = decide(open, { ...decision, admit: false, note: '资料不足' });
      expect(refused).toMatchObject({ state: 'ADMISSION_STATE_REFUSED', withoutLookUp: false });
    }
    const nobody = { ...said, verdict: '', unasked: 'not_a_member' };
    expect(decide(withLookUp(waiting, nobody), decision).withoutLookUp).toBe(false);
  });

  it('is decided once', () => {
    expect(() => decide(decide(asked, decision), decision)).toThrow(
      expect.objectContaining({ reason: 'admission_already_decided' }),
    );
  });
});
