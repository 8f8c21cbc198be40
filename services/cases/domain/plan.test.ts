import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { day } from '@recourse/kit/day.ts';
import { Fault } from '@recourse/kit/fault.ts';
import { planAuthorities, planTerms } from '../rules/plans.ts';
import {
  agreePlan,
  checkConfirmation,
  type Instalment,
  type PlanCommand,
  type PlanFile,
  splitPlan,
  type Splitting,
} from './plan.ts';
import { inForce } from './rule.ts';

const today = day('2026-03-02');
const rules = { authority: inForce(planAuthorities, today), terms: inForce(planTerms, today) };
const cny = (minor: bigint, currency = 'CNY') => ({ currency, minor });

const parts = (...given: readonly (readonly [string, bigint])[]): Instalment[] =>
  given.map(([dueDay, minor]) => ({ dueDay, amount: cny(minor) }));

const file: PlanFile = {
  caseId: 'c',
  state: 'OPEN',
  currency: 'CNY',
  openMinor: 1_000n,
  activePlanId: undefined,
  livingSettlementId: undefined,
};

const command: PlanCommand = {
  amount: cny(300n),
  instalments: parts(['2026-03-02', 100n], ['2026-04-02', 200n]),
  today,
  roles: ['director'],
};

/** The reason of the refusal and the field that it is about. */
function refusal(of: Partial<PlanFile>, by: Partial<PlanCommand>): string {
  try {
    agreePlan({ ...file, ...of }, { ...command, ...by }, rules);
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    const [violation] = thrown.violations;
    const field = violation === undefined ? '' : ` ${violation.field}`;
    expect(violation?.repair ?? 'none').not.toBe('');
    return `${thrown.kind} ${thrown.reason}${field}`;
  }
  return 'agreed';
}

describe('a plan', () => {
  it.each<[string, string, Partial<PlanFile>, Partial<PlanCommand>]>([
    ['of today on', 'agreed', {}, {}],
    ['of all that is open', 'agreed', { openMinor: 300n }, {}],
    ['of a closed case', 'refused case_closed', { state: 'CLOSED' }, {}],
    ['beside another', 'refused plan_under_way', { activePlanId: 'p' }, {}],
    ['beside a settlement', 'refused settlement_under_way', { livingSettlementId: 's' }, {}],
    ['in another currency', 'invalid currencies_differ /amount', {}, { amount: cny(300n, 'USD') }],
    [
      'with an instalment in another currency',
      'invalid currencies_differ /instalments/0/amount',
      {},
      { instalments: [{ dueDay: '2026-04-02', amount: cny(300n, 'USD') }] },
    ],
    [
      'with an instalment of nothing',
      'invalid instalment_not_positive /instalments/1/amount',
      {},
      { instalments: parts(['2026-03-02', 300n], ['2026-04-02', 0n]) },
    ],
    [
      'from yesterday on',
      'refused instalment_in_past /instalments/0/dueDay',
      {},
      { instalments: parts(['2026-03-01', 100n], ['2026-04-02', 200n]) },
    ],
    [
      'with two instalments on one day',
      'invalid instalments_not_ascending /instalments/2/dueDay',
      {},
      { instalments: parts(['2026-03-09', 100n], ['2026-04-02', 1n], ['2026-04-02', 199n]) },
    ],
    [
      'that goes back',
      'invalid instalments_not_ascending /instalments/1/dueDay',
      {},
      { instalments: parts(['2026-05-02', 100n], ['2026-04-02', 200n]) },
    ],
    [
      'to the last day that may be',
      'agreed',
      {},
      { instalments: parts(['2026-03-02', 100n], ['2029-03-02', 200n]) },
    ],
    [
      'beyond three years',
      'refused instalment_too_far /instalments/1/dueDay',
      {},
      { instalments: parts(['2026-03-02', 100n], ['2029-03-03', 200n]) },
    ],
    [
      'that is a cent short',
      'invalid plan_sum_differs /instalments',
      {},
      { instalments: parts(['2026-03-02', 100n], ['2026-04-02', 199n]) },
    ],
    [
      'that is a cent over',
      'invalid plan_sum_differs /instalments',
      {},
      { instalments: parts(['2026-03-02', 100n], ['2026-04-02', 201n]) },
    ],
    ['of a cent more than is open', 'refused plan_above_open /amount', { openMinor: 299n }, {}],
  ])('%s: %s', (_name, expected, of, by) => {
    expect(refusal(of, by)).toBe(expected);
  });

  it('says by how much the instalments differ', () => {
    const instalments = parts(['2026-03-02', 100n], ['2026-04-02', 199n]);
    expect(() => agreePlan(file, { ...command, instalments }, rules)).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ difference: '-0.01' }) }),
    );
  });
});

describe('authority', () => {
  const denied = 'denied plan_above_authority';
  it.each<[string, string, bigint, readonly string[], string]>([
    ['a director up to 1,000,000', 'CNY', 100_000_000n, ['director'], 'agreed'],
    ['no director a cent above', 'CNY', 100_000_001n, ['director'], denied],
    ['the general manager above', 'CNY', 100_000_001n, ['general_manager'], 'agreed'],
    ['who is both above', 'CNY', 100_000_001n, ['director', 'general_manager'], 'agreed'],
    ['no supervisor', 'CNY', 300n, ['supervisor'], denied],
    ['no one without a role', 'CNY', 300n, [], denied],
    ['a director to about as much in USD', 'USD', 14_285_714n, ['director'], 'agreed'],
    ['no director above that', 'USD', 14_285_715n, ['director'], denied],
    ['no director where nobody can size it', 'XAF', 300n, ['director'], denied],
    ['the general manager there', 'XAF', 300n, ['general_manager'], 'agreed'],
  ])('has %s', (_name, currency, openMinor, roles, expected) => {
    const amount = cny(300n, currency);
    const instalments = [{ dueDay: '2026-04-02', amount }];
    expect(refusal({ currency, openMinor }, { amount, instalments, roles })).toBe(expected);
  });
});

describe('a confirmation', () => {
  it.each([
    ['is left out', '', '', ''],
    ['of today', '2026-03-02', 'HT-1', ''],
    ['of tomorrow', '2026-03-03', 'HT-1', 'confirmed_in_future'],
    ['without its day', '', 'HT-1', 'confirmation_incomplete'],
    ['without its reference', '2026-03-01', '', 'confirmation_incomplete'],
  ])('%s', (_name, confirmedOn, reference, reason) => {
    const act = () => checkConfirmation({ confirmedOn, reference }, today);
    if (reason === '') expect(act).not.toThrow();
    else expect(act).toThrow(expect.objectContaining({ reason }));
  });
});

describe('equal instalments', () => {
  const split = (more: Partial<Splitting>): string[] =>
    splitPlan({
      amount: cny(100n),
      count: 3,
      firstDueDay: day('2026-01-31'),
      period: 'MONTH',
      restFirst: false,
      ...more,
    }).map(({ dueDay, amount }) => `${dueDay} ${amount.minor}`);

  it.each<[string, Partial<Splitting>, string[]]>([
    [
      'put the odd cent on the last, and go from the 31st to the 28th and back',
      {},
      ['2026-01-31 33', '2026-02-28 33', '2026-03-31 34'],
    ],
    ['or on the first', { restFirst: true }, ['2026-01-31 34', '2026-02-28 33', '2026-03-31 33']],
    [
      'are due on the 29th in a leap year',
      { firstDueDay: day('2028-01-31') },
      ['2028-01-31 33', '2028-02-29 33', '2028-03-31 34'],
    ],
    [
      'of the 30th keep to it but in February',
      { firstDueDay: day('2026-12-30'), amount: cny(3n) },
      ['2026-12-30 1', '2027-01-30 1', '2027-02-28 1'],
    ],
    [
      'from the 29th of February on are of the 28th only where there is no 29th',
      { firstDueDay: day('2028-02-29'), count: 13, amount: cny(13n) },
      [
        '2028-02-29 1',
        '2028-03-29 1',
        '2028-04-29 1',
        '2028-05-29 1',
        '2028-06-29 1',
        '2028-07-29 1',
        '2028-08-29 1',
        '2028-09-29 1',
        '2028-10-29 1',
        '2028-11-29 1',
        '2028-12-29 1',
        '2029-01-29 1',
        '2029-02-28 1',
      ],
    ],
    [
      'go by weeks over the end of a year',
      { firstDueDay: day('2026-12-24'), period: 'WEEK', amount: cny(10n) },
      ['2026-12-24 3', '2026-12-31 3', '2027-01-07 4'],
    ],
    ['may be one', { count: 1 }, ['2026-01-31 100']],
  ])('%s', (_name, more, expected) => {
    expect(split(more)).toEqual(expected);
  });

  it('need a cent each', () => {
    expect(() => split({ amount: cny(2n) })).toThrow(
      expect.objectContaining({ reason: 'plan_amount_too_small' }),
    );
  });

  it('always add up, ascend and differ by less than a cent each', () => {
    const any = fc.record({
      minor: fc.bigInt({ min: 60n, max: 10n ** 15n }),
      count: fc.integer({ min: 1, max: 60 }),
      days: fc.integer({ min: 0, max: 1_500 }),
      period: fc.constantFrom('MONTH' as const, 'WEEK' as const),
      restFirst: fc.boolean(),
    });
    fc.assert(
      fc.property(any, ({ minor, count, days, period, restFirst }) => {
        const firstDueDay = day('2026-01-01').add({ days });
        const made = splitPlan({ amount: cny(minor), count, firstDueDay, period, restFirst });
        const amounts = made.map((one) => one.amount.minor);
        const dueDays = made.map((one) => one.dueDay);
        const [least = 0n] = amounts.toSorted((a, b) => (a < b ? -1 : 1));
        expect(made).toHaveLength(count);
        expect(amounts.reduce((sum, one) => sum + one, 0n)).toBe(minor);
        expect(new Set(dueDays).size).toBe(count);
        expect(dueDays.toSorted()).toEqual(dueDays);
        expect(minor - least * BigInt(count)).toBeLessThan(BigInt(count));
      }),
    );
  });
});
