import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { day } from '@recourse/kit/day.ts';
import { Fault } from '@recourse/kit/fault.ts';
import { settlementAuthorities } from '../rules/authority.ts';
import { settlementPolicies, settlementTerms } from '../rules/settlements.ts';
import type { Decider } from './authority.ts';
import { inForce } from './rule.ts';
import {
  assess,
  decideSettlement,
  type Proposal,
  proposeSettlement,
  type Proposed,
  refuseDecider,
  type SettlementFile,
  suggest,
  withdrawSettlement,
} from './settlement.ts';

const today = day('2026-03-02');
const rules = {
  authority: inForce(settlementAuthorities, today),
  policy: inForce(settlementPolicies, today),
  terms: inForce(settlementTerms, today),
};
const cny = (minor: bigint, currency = 'CNY') => ({ currency, minor });

const file: SettlementFile = {
  caseId: 'c',
  state: 'OPEN',
  currency: 'CNY',
  openMinor: 1_000n,
  oldestDueDate: '2026-03-01',
  grade: null,
  livingSettlementId: undefined,
  activePlanId: undefined,
};

/** The reason of the refusal and the field that it is about. */
function refusal(work: () => void): string {
  try {
    work();
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    const [violation] = thrown.violations;
    const field = violation === undefined ? '' : ` ${violation.field}`;
    expect(violation?.repair ?? 'none').not.toBe('');
    return `${thrown.kind} ${thrown.reason}${field}`;
  }
  return 'taken';
}

describe('a proposal', () => {
  const proposal: Proposal = { amount: cny(900n), dueDay: day('2026-03-09'), today };

  it.each<[string, string, Partial<SettlementFile>, Partial<Proposal>]>([
    ['below what is open', 'taken', {}, {}],
    ['by a cent', 'taken', {}, { amount: cny(999n) }],
    ['to be paid today', 'taken', {}, { dueDay: today }],
    ['to be paid on the last day', 'taken', {}, { dueDay: today.add({ days: 90 }) }],
    ['of a closed case', 'refused case_closed', { state: 'CLOSED' }, {}],
    ['beside another', 'refused settlement_under_way', { livingSettlementId: 's' }, {}],
    ['beside a plan', 'refused plan_under_way', { activePlanId: 'p' }, {}],
    ['in dollars', 'invalid currencies_differ /amount', {}, { amount: cny(9n, 'USD') }],
    [
      'of all that is open',
      'refused settlement_not_below_open /amount',
      {},
      { amount: cny(1_000n) },
    ],
    ['of yesterday', 'refused settlement_in_past /dueDay', {}, { dueDay: day('2026-03-01') }],
    [
      'of a day too far off',
      'refused settlement_too_far /dueDay',
      {},
      { dueDay: today.add({ days: 91 }) },
    ],
  ])('%s is %s', (_what, expected, of, by) => {
    const propose = () =>
      proposeSettlement({ ...file, ...of }, { ...proposal, ...by }, rules.terms.value);
    expect(refusal(propose)).toBe(expected);
  });
});

describe('policy', () => {
  it.each<[daysAgo: number, grade: string | null, mostBps: number]>([
    [0, 'D', 0],
    [1, 'D', 500],
    [30, 'C', 500],
    [31, 'CC', 1_000],
    [90, 'CCC', 1_000],
    [91, 'D', 2_000],
    [181, 'D', 3_000],
    [366, 'D', 5_000],
    [731, 'D', 7_000],
    [731, 'BBB', 5_250],
    [731, null, 5_250],
    [731, 'AAA', 3_500],
    [1, 'A', 250],
  ])('%i days overdue, graded %s, suggests %i bps', (daysAgo, grade, mostBps) => {
    const oldestDueDate = today.subtract({ days: daysAgo }).toString();
    expect(suggest({ ...file, oldestDueDate, grade }, today, rules.policy).mostBps).toBe(mostBps);
  });

  it('grows with age and falls with a better grade, and keeps within to the cent', () => {
    const grades = [...rules.policy.value.grades.flatMap((one) => one.grades), null];
    const days = fc.integer({ min: -30, max: 2_000 });
    const minor = fc.bigInt({ min: 1n, max: 10n ** 12n });
    fc.assert(
      fc.property(days, days, minor, fc.constantFrom(...grades), (a, b, openMinor, grade) => {
        const at = (ago: number, its: string | null) =>
          suggest(
            {
              ...file,
              openMinor,
              grade: its,
              oldestDueDate: today.subtract({ days: ago }).toString(),
            },
            today,
            rules.policy,
          );
        const [newer, older] = [at(Math.min(a, b), grade), at(Math.max(a, b), grade)];
        expect(older.mostBps).toBeGreaterThanOrEqual(newer.mostBps);
        expect(at(a, 'AAA').mostBps).toBeLessThanOrEqual(at(a, grade).mostBps);
        expect(newer.mostMinor + newer.leastMinor).toBe(openMinor);
        const within = { ...file, openMinor, grade: 'D', oldestDueDate: '2024-01-01' };
        const { leastMinor } = suggest(within, today, rules.policy);
        expect(assess(within, leastMinor, today, rules).isDeeper).toBe(false);
        expect(assess(within, leastMinor - 1n, today, rules).isDeeper).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a decision', () => {
  const whole = 100n;
  const proposed: Proposed = {
    settlementId: 's',
    state: 'PROPOSED',
    amountMinor: 0n,
    proposerId: 'chen',
  };

  /** A discount of so many percent of what is open, on a debt of a day: 3 % are suggested. */
  function decided(
    openMinor: bigint,
    percent: bigint,
    by: Partial<Decider>,
    of: Partial<SettlementFile & Proposed> = {},
  ): string {
    const claimed = { ...file, openMinor, ...of };
    const amountMinor = openMinor - (openMinor * percent) / 100n;
    const asked = { ...proposed, amountMinor, state: 'PROPOSED' };
    const decider = { userId: 'li', roles: ['supervisor'], ...by };
    const assessment = assess(claimed, amountMinor, today, rules);
    return refusal(() => refuseDecider(claimed, asked, decider, assessment, rules.authority.value));
  }

  it.each<[string, bigint, bigint, string[], string]>([
    ['at 500,000', 500_000n * whole, 3n, ['supervisor'], 'taken'],
    ['a cent above', 500_000n * whole + 1n, 3n, ['supervisor'], 'above'],
    ['a cent above', 500_000n * whole + 1n, 3n, ['director'], 'taken'],
    ['at 1,000,000', 1_000_000n * whole, 3n, ['director'], 'taken'],
    ['a cent above', 1_000_000n * whole + 1n, 3n, ['director'], 'above'],
    ['a cent above', 1_000_000n * whole + 1n, 3n, ['general_manager'], 'taken'],
    ['small and deep', 1_000n, 50n, ['supervisor'], 'deeper'],
    ['small and deep', 1_000n, 50n, ['director'], 'taken'],
    ['middling and deep', 500_001n * whole, 50n, ['director'], 'deeper'],
    ['middling and deep', 500_001n * whole, 50n, ['supervisor'], 'above'],
    ['middling and deep', 500_001n * whole, 50n, ['general_manager'], 'taken'],
    ['great and deep', 5_000_000n * whole, 50n, ['general_manager'], 'taken'],
    ['by one of two roles', 900_000n * whole, 3n, ['supervisor', 'director'], 'taken'],
  ])('%s: %i open, less %i %%, by %p is %s', (_what, openMinor, percent, roles, expected) => {
    const reasons: Record<string, string> = {
      taken: 'taken',
      above: 'denied settlement_above_authority',
      deeper: 'denied settlement_deeper_than_policy',
    };
    expect(decided(openMinor, percent, { roles })).toBe(reasons[expected]);
  });

  it('is for nobody who proposed it, whatever their role', () => {
    const own = { userId: 'chen', roles: ['general_manager'] };
    expect(decided(1_000n, 3n, own)).toBe('denied settlement_is_own');
  });

  it('in a currency without a round rate is for who has no limit', () => {
    const of = { currency: 'XAG' };
    expect(decided(1_000n, 3n, {}, of)).toBe('denied settlement_above_authority');
    expect(decided(1_000n, 3n, { roles: ['general_manager'] }, of)).toBe('taken');
  });

  it('says why it refuses, and approves nothing that payments have overtaken', () => {
    const by = (approves: boolean, note: string, amountMinor = 900n) =>
      refusal(() => decideSettlement(file, { amountMinor }, { approves, note }));
    expect(by(false, '')).toBe('invalid refusal_note_missing /note');
    expect(by(false, '金额过低')).toBe('taken');
    expect(by(true, '')).toBe('taken');
    expect(by(true, '', 1_000n)).toBe('refused settlement_overtaken');
  });
});

describe('a proposal is withdrawn', () => {
  it.each<[string, string, Partial<Decider>, string]>([
    ['by who made it', 'PROPOSED', { userId: 'chen' }, 'taken'],
    ['by who decides', 'PROPOSED', { roles: ['director'] }, 'taken'],
    ['by a colleague', 'PROPOSED', {}, 'denied settlement_of_another'],
    ['once decided', 'APPROVED', { userId: 'chen' }, 'refused settlement_not_proposed'],
  ])('%s, when %s', (_who, state, by, expected) => {
    const proposed = { settlementId: 's', state, proposerId: 'chen' };
    const decider = { userId: 'li', roles: ['collector'], ...by };
    const withdraw = () => withdrawSettlement(file, proposed, decider, rules.authority.value);
    expect(refusal(withdraw)).toBe(expected);
  });
});
