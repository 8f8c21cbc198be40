import { describe, expect, it } from '@jest/globals';
import { decimalText } from '@recourse/kit/money.ts';
import fc from 'fast-check';
import { rates } from '../../rules/law/rates.ts';
import { judgmentInterest } from './judgment-interest.ts';

const law = { rates };
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const debt = { performBy: '2026-01-01', principal: cny(10_000_000n) };

describe('an unpaid judgment', () => {
  it('of 100,000 bears 1,575.00 in 90 days (legal.md 2.7)', () => {
    const made = judgmentInterest({ debts: [debt], until: '2026-04-01' }, law);
    expect(made.lines).toMatchObject([{ days: 90, rateE8: 17_500n, per: 'day' }]);
    expect(decimalText(made.doubled)).toBe('1575.00');
    expect(decimalText(made.general)).toBe('0.00');
  });

  it('has costs in the base and general interest not', () => {
    const one = { ...debt, other: cny(1_000_000n), generalInterest: cny(5_000_000n) };
    const made = judgmentInterest({ debts: [one], until: '2026-04-01' }, law);
    expect(decimalText(made.doubled)).toBe('1732.50');
    expect(made.outstanding.general).toEqual(cny(5_000_000n));
  });

  it('runs general interest beside when the judgment gives it', () => {
    const general = { rate: { kind: 'year', rateE8: 6_000_000n } as const, from: '2025-01-01' };
    const made = judgmentInterest({ debts: [debt], general, until: '2026-01-01' }, law);
    expect(decimalText(made.general)).toBe('6000.00');
    expect(decimalText(made.doubled)).toBe('0.00');
  });

  it('does not count a stay, overlapping ones once', () => {
    const stays = [
      { from: '2026-01-11', until: '2026-01-21' },
      { from: '2026-01-16', until: '2026-01-31' },
    ];
    const made = judgmentInterest({ debts: [debt], until: '2026-04-01', stays }, law);
    expect(made.lines.map(({ from, days }) => [from, days])).toEqual([
      ['2026-01-01', 10],
      ['2026-01-31', 60],
    ]);
    expect(decimalText(made.doubled)).toBe('1225.00');
  });

  it('in instalments bears from each day', () => {
    const debts = [debt, { performBy: '2026-02-01', principal: cny(10_000_000n) }];
    const made = judgmentInterest({ debts, until: '2026-03-03' }, law);
    expect(made.lines.map(({ from, days }) => [from, days])).toEqual([
      ['2026-01-01', 61],
      ['2026-02-01', 30],
    ]);
  });
});

describe('a payment under a judgment', () => {
  it('goes to the judgment before the doubled part', () => {
    const payments = [{ id: 'p', on: '2026-04-01', amount: cny(10_100_000n) }];
    const made = judgmentInterest({ debts: [debt], until: '2026-07-01', payments }, law);
    expect(made.payments[0]).toMatchObject({
      toPrincipal: cny(10_000_000n),
      toDouble: cny(100_000n),
      excess: cny(0n),
    });
    expect(made.outstanding).toMatchObject({ principal: cny(0n), doubled: cny(57_500n) });
  });

  it('in part stops the doubled part for that part', () => {
    const payments = [{ on: '2026-02-10', amount: cny(4_000_000n) }];
    const made = judgmentInterest({ debts: [debt], until: '2026-04-01', payments }, law);
    expect(made.lines.map(({ base, days }) => [base.minor, days])).toEqual([
      [10_000_000n, 40],
      [6_000_000n, 50],
    ]);
    expect(decimalText(made.doubled)).toBe('1225.00');
  });

  it('pays what is due, then the doubled part, then what is not yet due', () => {
    const debts = [debt, { performBy: '2026-12-31', principal: cny(10_000_000n) }];
    const payments = [{ on: '2026-04-01', amount: cny(10_200_000n) }];
    const made = judgmentInterest({ debts, until: '2026-04-01', payments }, law);
    expect(made.payments[0]).toMatchObject({
      toPrincipal: cny(10_042_500n),
      toDouble: cny(157_500n),
    });
  });
});

describe('a judgment that cannot be computed', () => {
  it.each([
    [{ debts: [] }, 'no_debt'],
    [{ debts: [{ ...debt, performBy: '2014-07-31' }] }, 'no_rule_on_day'],
    [{ debts: [{ ...debt, performBy: 'soon' }] }, 'not_a_date'],
    [{ until: '2025-12-31' }, 'until_before_from'],
    [{ stays: [{ from: '2026-02-01', until: '2026-01-01' }] }, 'until_before_from'],
    [{ payments: [{ on: '2025-12-31', amount: cny(1n) }] }, 'payment_before_start'],
  ])('with %o is refused: %s', (change, reason) => {
    const o = { debts: [debt], until: '2026-04-01', ...change };
    expect(() => judgmentInterest(o, law)).toThrow(reason);
  });
});

describe('any judgment', () => {
  it('keeps every fen', () => {
    const first = Temporal.PlainDate.from('2026-01-01');
    const day = fc.nat(700).map((days) => first.add({ days }).toString());
    const minor = fc.bigInt({ min: 1n, max: 10n ** 9n });
    fc.assert(
      fc.property(
        fc.array(fc.record({ performBy: day, principal: minor.map(cny), other: minor.map(cny) }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.array(fc.record({ on: day, amount: minor.map(cny) }), { maxLength: 6 }),
        (debts, paid) => {
          const from = debts.map(({ performBy }) => performBy).sort()[0] ?? '';
          const payments = paid.filter(({ on }) => on >= from);
          const made = judgmentInterest({ debts, payments, until: '2028-01-01' }, law);
          const owed = debts.reduce((sum, one) => sum + one.principal.minor + one.other.minor, 0n);
          const total = payments.reduce((sum, { amount }) => sum + amount.minor, 0n);
          expect(owed + made.doubled.minor).toBe(total - made.excess.minor + made.total.minor);
        },
      ),
    );
  });
});
