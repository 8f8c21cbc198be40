import { describe, expect, it } from '@jest/globals';
import { decimalText } from '@recourse/kit/money.ts';
import fc from 'fast-check';
import { rates } from '../../rules/law/rates.ts';
import { interest } from './interest.ts';
import { penaltyGuide } from './penalty.ts';
import { capOn, lprOn, parseRate, rateText } from './rate.ts';
import type { RateTerm } from './rate-term.ts';

const law = { rates };
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const principal = cny(10_000_000n);
const sixPercent: RateTerm = { kind: 'year', rateE8: 6_000_000n };

describe('the one-year LPR', () => {
  it.each([
    ['2019-08-20', '4.25'],
    ['2019-09-19', '4.25'],
    ['2019-09-20', '4.2'],
    ['2020-04-19', '4.05'],
    ['2020-04-20', '3.85'],
    ['2021-12-20', '3.8'],
    ['2022-01-20', '3.7'],
    ['2024-10-20', '3.35'],
    ['2024-10-21', '3.1'],
    ['2025-05-20', '3'],
  ])('on %s is %s %%', (on, percent) => {
    expect(rateText(lprOn(on, law).rateE8)).toBe(percent);
  });

  it('is provisional past the day the table is known to cover, and missing before it', () => {
    expect(lprOn(rates.lprKnownTo, law).provisional).toBe(false);
    expect(lprOn('2099-01-01', law).provisional).toBe(true);
    expect(() => lprOn('2019-08-19', law)).toThrow('no_rule_on_day');
  });
});

describe('the ceiling of private lending', () => {
  it.each([
    ['2025-06-01', undefined, '2026-01-01', '12', 'four_times_lpr_at_contract'],
    ['2020-08-20', undefined, '2026-01-01', '15.4', 'four_times_lpr_at_contract'],
    ['2019-10-01', undefined, '2020-08-19', '24', 'private_lending_old'],
    ['2019-10-01', '2025-06-01', '2020-08-20', '12', 'four_times_lpr_at_suit'],
    ['2017-10-01', '2022-02-01', '2021-01-01', '14.8', 'four_times_lpr_at_suit'],
    // A suit of before the change goes on under the old rule; a later contract never had it.
    ['2017-10-01', '2020-01-06', '2021-01-01', '24', 'private_lending_old'],
    ['2025-06-01', undefined, '2020-06-01', '12', 'four_times_lpr_at_contract'],
    ['2025-06-01', '2020-01-06', '2026-01-01', '12', 'four_times_lpr_at_contract'],
  ])(
    'of a contract of %s sued on %s is on %s %s %% (%s)',
    (contractOn, suedOn, on, rate, basis) => {
      const cap = capOn(
        { kind: 'private_lending', contractOn, ...(suedOn === undefined ? {} : { suedOn }) },
        on,
        law,
      );
      expect([rateText(cap.rateE8), cap.basis]).toEqual([rate, basis]);
    },
  );

  it('of an old loan asks for the day of the suit', () => {
    const cap = { kind: 'private_lending', contractOn: '2019-10-01' } as const;
    expect(() => capOn(cap, '2021-01-01', law)).toThrow('suit_day_needed');
    const sued = { ...cap, suedOn: '2019-09-30' };
    expect(() => capOn(sued, '2021-01-01', law)).toThrow('suit_day_needed');
  });

  it('does not bind licensed lenders, who stand at 24 %', () => {
    expect(rateText(capOn({ kind: 'licensed_lender' }, '2026-01-01', law).rateE8)).toBe('24');
  });
});

describe('interest over a period', () => {
  it.each<[string, string, string, RateTerm, string]>([
    // 100,000 × 6 % × 365 / 365 and a leap year's 366 days.
    ['a year', '2025-01-01', '2026-01-01', sixPercent, '6000.00'],
    ['a leap year', '2024-01-01', '2025-01-01', sixPercent, '6016.44'],
    ['a day', '2025-01-01', '2025-01-02', sixPercent, '16.44'],
    ['no day', '2025-01-01', '2025-01-01', sixPercent, '0.00'],
    ['90 days by the day', '2025-01-01', '2025-04-01', { kind: 'day', rateE8: 50_000n }, '4500.00'],
    [
      'a sale without a clause: 3.1 % × 1.5 = 4.65 % for 73 days',
      '2025-01-01',
      '2025-03-15',
      { kind: 'sale_overdue', upliftBps: 5_000, breachOn: '2025-01-01' },
      '930.00',
    ],
    [
      'an old sale: 4.35 % × 1.5 = 6.525 % for 365 days',
      '2019-01-01',
      '2020-01-01',
      { kind: 'sale_overdue', upliftBps: 5_000, breachOn: '2019-01-01' },
      '6525.00',
    ],
    [
      'a small company: 0.05 % a day for 30 days',
      '2025-07-01',
      '2025-07-31',
      { kind: 'sme', contractOn: '2025-01-01' },
      '1500.00',
    ],
    [
      'a small company that agreed 1 %, lifted to 3.1 %',
      '2025-07-01',
      '2026-07-01',
      { kind: 'sme', contractOn: '2025-01-01', agreedE8: 1_000_000n },
      '3100.00',
    ],
    [
      'LPR of the first day throughout',
      '2024-10-01',
      '2025-10-01',
      { kind: 'lpr', steps: 'fixed' },
      '3350.00',
    ],
  ])('of %s is exact', (_name, from, until, rate, expected) => {
    const made = interest({ principal, from, until, rate }, law);
    expect(decimalText(made.accrued)).toBe(expected);
  });

  it('steps with the LPR and says where', () => {
    const rate: RateTerm = { kind: 'lpr', steps: 'stepped' };
    const made = interest({ principal, from: '2024-10-01', until: '2025-06-01', rate }, law);
    expect(
      made.lines.map(({ from, days, rateE8, amount }) => [
        from,
        days,
        rateText(rateE8),
        decimalText(amount),
      ]),
    ).toEqual([
      // 20 × 3.35 %, 211 × 3.1 %, 12 × 3 % of 100,000 over 365: running sums 183.56, 1975.62, …
      ['2024-10-01', 20, '3.35', '183.56'],
      ['2024-10-21', 211, '3.1', '1792.06'],
      ['2025-05-20', 12, '3', '98.63'],
    ]);
    expect(made.provisional).toBe(false);
    expect(made.rules.map(({ rule }) => rule)).toEqual(Array(3).fill('lpr_one_year'));
  });

  it('is held at the ceiling, from the day the ceiling changed', () => {
    const made = interest(
      {
        principal,
        from: '2020-08-10',
        until: '2020-08-30',
        rate: { kind: 'year', rateE8: 36_000_000n },
        cap: { kind: 'private_lending', contractOn: '2020-01-01', suedOn: '2021-01-01' },
      },
      law,
    );
    expect(made.lines.map(({ days, rateE8, capped }) => [days, rateText(rateE8), capped])).toEqual([
      [10, '24', true],
      [10, '15.4', true],
    ]);
  });

  it('within the ceiling is not touched', () => {
    const cap = { kind: 'private_lending', contractOn: '2025-06-01' } as const;
    const o = { principal, from: '2025-06-01', until: '2025-07-01', cap };
    const [at] = interest({ ...o, rate: { kind: 'year', rateE8: 12_000_000n } }, law).lines;
    expect(at).toMatchObject({ capped: false, basis: 'agreed' });
    const [over] = interest({ ...o, rate: { kind: 'day', rateE8: 32_877n } }, law).lines;
    expect(over).toMatchObject({ capped: true, per: 'year', rateE8: 12_000_000n });
  });
});

describe('a payment in between', () => {
  const o = { principal, costs: cny(100_000n), from: '2025-01-01', until: '2026-01-01' };

  it('goes to costs, then interest, then principal, and lowers the base', () => {
    const payments = [{ id: 'p1', on: '2025-03-15', amount: cny(1_220_000n) }];
    const made = interest({ ...o, rate: sixPercent, payments }, law);
    // 73 days of 6 % on 100,000 are 1,200.00.
    expect(made.payments[0]).toMatchObject({
      id: 'p1',
      toCosts: cny(100_000n),
      toInterest: cny(120_000n),
      toPrincipal: cny(1_000_000n),
      excess: cny(0n),
    });
    expect(made.lines.map(({ base }) => base.minor)).toEqual([10_000_000n, 9_000_000n]);
    expect(made.outstanding).toEqual({
      costs: cny(0n),
      interest: cny(432_000n),
      principal: cny(9_000_000n),
    });
  });

  it('beyond everything is excess, and interest stops', () => {
    const payments = [{ on: '2025-03-15', amount: cny(20_000_000n) }];
    const made = interest({ ...o, rate: sixPercent, payments }, law);
    expect(made).toMatchObject({ total: cny(0n), excess: cny(9_780_000n) });
    expect(made.lines).toHaveLength(1);
  });

  it('of the last day still counts', () => {
    const payments = [{ on: '2026-01-01', amount: cny(10_700_000n) }];
    expect(interest({ ...o, rate: sixPercent, payments }, law).total).toEqual(cny(0n));
  });
});

describe('interest that cannot be computed', () => {
  const o = { principal, from: '2025-01-01', until: '2026-01-01', rate: sixPercent };
  it.each([
    [{ until: '2024-12-31' }, 'until_before_from', '/until'],
    [{ from: '2025-13-01' }, 'not_a_date', '/from'],
    [
      { payments: [{ on: '2024-12-31', amount: cny(1n) }] },
      'payment_before_start',
      '/payments/0/on',
    ],
    [{ payments: [{ on: '2026-01-02', amount: cny(1n) }] }, 'payment_after_end', '/payments/0/on'],
    [
      { payments: [{ on: '2025-02-02', amount: cny(0n) }] },
      'amount_not_positive',
      '/payments/0/amount',
    ],
    [
      { payments: [{ on: '2025-02-02', amount: { currency: 'USD', minor: 1n } }] },
      'currencies_differ',
      '/payments/0/amount',
    ],
    [{ principal: cny(-1n) }, 'amount_negative', '/principal'],
    [{ rate: { kind: 'year', rateE8: -1n } as const }, 'rate_out_of_range', '/rate/rateE8'],
    [
      { rate: { kind: 'sale_overdue', upliftBps: 2_999, breachOn: '2025-01-01' } as const },
      'uplift_out_of_range',
      '/rate/upliftBps',
    ],
  ])('for %o names %s at %s', (change, reason, field) => {
    expect(() => interest({ ...o, ...change }, law)).toThrow(
      expect.objectContaining({
        reason,
        violations: [expect.objectContaining({ field, rule: reason })],
      }),
    );
  });
});

describe('any run of interest', () => {
  const start = Temporal.PlainDate.from('2020-01-01');
  const on = (days: number) => start.add({ days }).toString();
  const terms = fc.constantFrom<RateTerm>(
    sixPercent,
    { kind: 'lpr', steps: 'stepped', timesBps: 15_000 },
    { kind: 'day', rateE8: 17_500n },
  );

  it('keeps every fen: owed at the start + accrued = paid + left', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10_000_000_000n }),
        terms,
        fc.integer({ min: 0, max: 2_000 }),
        fc.array(
          fc.tuple(fc.integer({ min: 0, max: 2_000 }), fc.bigInt({ min: 1n, max: 10n ** 9n })),
        ),
        (minor, rate, days, paid) => {
          const payments = paid
            .filter(([at]) => at <= days)
            .map(([at, amount]) => ({ on: on(at), amount: cny(amount) }));
          const o = { principal: cny(minor), from: on(0), until: on(days), rate, payments };
          const made = interest(o, law);
          const total = payments.reduce((sum, { amount }) => sum + amount.minor, 0n);
          expect(minor + made.accrued.minor).toBe(total - made.excess.minor + made.total.minor);
          expect(made.lines.reduce((sum, { amount }) => sum + amount.minor, 0n)).toBe(
            made.accrued.minor,
          );
          expect(interest({ ...o, payments: payments.toReversed() }, law).total).toEqual(
            made.total,
          );
        },
      ),
    );
  });

  it('grows with time', () => {
    fc.assert(
      fc.property(terms, fc.nat(2_000), fc.nat(500), (rate, days, more) => {
        const o = { principal, from: on(0), rate };
        const less = interest({ ...o, until: on(days) }, law).accrued.minor;
        expect(interest({ ...o, until: on(days + more) }, law).accrued.minor >= less).toBe(true);
      }),
    );
  });
});

describe('a rate as people write it', () => {
  it.each([
    ['4.35', 4_350_000n],
    ['4.35%', 4_350_000n],
    ['0.0175', 17_500n],
    ['24', 24_000_000n],
    ['0', 0n],
  ])('%s is read', (text, rateE8) => {
    expect(parseRate(text, '/rate')).toBe(rateE8);
  });

  it.each(['', '-1', '4,35', '0.12345678', 'four'])('%j is refused', (text) => {
    expect(() => parseRate(text, '/rate')).toThrow('not_a_rate');
  });
});

describe('an agreed penalty', () => {
  it.each([
    [13_000n, false, 0n],
    [13_001n, true, 1n],
    [20_000n, true, 7_000n],
  ])('of %s against a loss of 10,000 is excessive: %s by %s', (agreed, excessive, excess) => {
    const made = penaltyGuide({ agreed: cny(agreed), loss: cny(10_000n), on: '2026-01-01' }, law);
    expect(made).toMatchObject({ excessive, excess: cny(excess), ceiling: cny(13_000n) });
  });
});
