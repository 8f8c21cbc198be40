import { describe, expect, it } from '@jest/globals';
import { CalculateDoubleInterestRequest } from '@recourse/proto/litigation/v1/calculators.ts';
import { law } from '../rules/law/law.ts';
import { askedDoubleInterest } from './asked-double-interest.ts';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const first = { amount: cny(10_000_000n), performBy: '2026-01-01', until: '2026-04-01' };

function asked(more: Partial<CalculateDoubleInterestRequest> = {}) {
  return askedDoubleInterest(
    CalculateDoubleInterestRequest.fromPartial({ ...first, ...more }),
    law,
  );
}

const stay = (fromDay: string, toDay: string) => ({ fromDay, toDay });

describe('the doubled part of 100,000 over 90 days', () => {
  // legal.md 2.7: 100,000 × 0.000175 × 90 = 1,575.00; each day is 17.50.
  it.each<[string, Partial<CalculateDoubleInterestRequest>, bigint]>([
    ['as one sum', {}, 157_500n],
    ['without 10 days of a stay', { stays: [stay('2026-02-01', '2026-02-10')] }, 140_000n],
    ['without one day', { stays: [stay('2026-02-01', '2026-02-01')] }, 155_750n],
    [
      'with two stays that overlap, each day once',
      { stays: [stay('2026-02-01', '2026-02-10'), stay('2026-02-06', '2026-02-15')] },
      131_250n,
    ],
    ['with a stay from before to after', { stays: [stay('2025-12-01', '2026-12-01')] }, 0n],
    [
      'with a second instalment of the same sum, 31 days later',
      { further: [{ amount: cny(10_000_000n), performBy: '2026-02-01' }] },
      260_750n,
    ],
    [
      'with 40,000 paid after 40 days',
      { payments: [{ amount: cny(4_000_000n), on: '2026-02-10' }] },
      122_500n,
    ],
    [
      'with both: 100,000 for 40 days less 10, then 60,000 for 50',
      {
        payments: [{ amount: cny(4_000_000n), on: '2026-02-10' }],
        stays: [stay('2026-01-11', '2026-01-20')],
      },
      105_000n,
    ],
  ])('%s', (_what, more, interest) => {
    expect(asked(more).interest).toEqual(cny(interest));
  });

  it('leaves what instalments and payments leave', () => {
    const further = [{ amount: cny(5_000_000n), performBy: '2026-03-01' }];
    const payments = [
      { amount: cny(3_000_000n), on: '2026-01-11' },
      { amount: cny(8_000_000n), on: '2026-03-02' },
    ];
    expect(asked({ further, payments }).unpaid).toEqual(cny(4_000_000n));
  });
});

describe('a doubled part that cannot be computed', () => {
  it.each<[Partial<CalculateDoubleInterestRequest>, string]>([
    [{ stays: [stay('2026-02-02', '2026-02-01')] }, 'until_before_from'],
    [{ further: [{ amount: undefined, performBy: '2026-02-01' }] }, 'amount_missing'],
    [{ amount: undefined }, 'amount_missing'],
  ])('with %j is refused: %s', (more, reason) => {
    expect(() => asked(more)).toThrow(expect.objectContaining({ reason }));
  });
});
