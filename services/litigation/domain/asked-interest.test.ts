import { describe, expect, it } from '@jest/globals';
import { CalculateInterestRequest } from '@recourse/proto/litigation/v1/calculators.ts';
import { law } from '../rules/law/law.ts';
import { askedInterest } from './asked-interest.ts';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const principal = cny(10_000_000n);

function asked(more: Partial<CalculateInterestRequest>) {
  const request = CalculateInterestRequest.fromPartial({ amount: principal, ...more });
  return askedInterest(request, principal, law);
}

const sale = { fromDay: '2024-01-10', until: '2025-12-31', markupBps: 3_000 };
const year = { fromDay: '2025-06-01', until: '2026-06-01' };

describe('interest on 100,000', () => {
  it.each<[string, Partial<CalculateInterestRequest>, bigint]>([
    ['at the LPR as it changed, with a mark-up', sale, 820_336n],
    // 买卖合同解释 art. 18: the LPR of 2024-01-10, 3.45 %, times 1.3 for 721 days.
    ['of a sale, at the LPR of the breach', { ...sale, rate: 'sale_overdue' }, 885_941n],
    ['at a fixed rate', { ...year, fixedBps: 3_600 }, 3_600_000n],
    // 条例 802 art. 17: 0.05 % a day.
    ['owed to a small company', { ...year, rate: 'sme' }, 1_825_000n],
    [
      'under the ceiling of private lending, four times 3.1 %',
      { ...year, fixedBps: 3_600, cap: 'private_lending', contractOn: '2025-01-10' },
      1_240_000n,
    ],
    ['of a licensed lender', { ...year, fixedBps: 3_600, cap: 'licensed_lender' }, 2_400_000n],
  ])('%s', (_name, more, minor) => {
    expect(asked(more).statement.accrued).toEqual(cny(minor));
  });

  it.each<[Partial<CalculateInterestRequest>, string]>([
    [{ ...sale, rate: 'sale_overdue', markupBps: 6_000 }, 'uplift_out_of_range'],
    [{ ...year, fixedBps: 3_600, cap: 'private_lending' }, 'contract_day_needed'],
    [
      { ...year, fixedBps: 3_600, cap: 'private_lending', contractOn: '2020-01-10' },
      'suit_day_needed',
    ],
  ])('with %j is refused: %s', (more, reason) => {
    expect(() => asked(more)).toThrow(reason);
  });
});

describe('a figure that would change nothing', () => {
  it.each<[string, Partial<CalculateInterestRequest>, string, string]>([
    [
      'a mark-up beside a fixed rate',
      { ...year, rate: 'year', fixedBps: 600, markupBps: 3_000 },
      'markup_without_effect',
      '/markupBps',
    ],
    [
      'a mark-up beside a fixed rate that is not named',
      { ...year, fixedBps: 600, markupBps: 3_000 },
      'markup_without_effect',
      '/markupBps',
    ],
    [
      'a mark-up on what a small company is owed',
      { ...year, rate: 'sme', markupBps: 3_000 },
      'markup_without_effect',
      '/markupBps',
    ],
    [
      'a fixed rate beside the LPR',
      { ...year, rate: 'lpr', fixedBps: 600 },
      'fixed_rate_without_effect',
      '/fixedBps',
    ],
    [
      'a fixed rate beside that of a sale',
      { ...sale, rate: 'sale_overdue', fixedBps: 600 },
      'fixed_rate_without_effect',
      '/fixedBps',
    ],
    ['a fixed rate of 0', { ...year, rate: 'year' }, 'fixed_rate_needed', '/fixedBps'],
  ])('is refused: %s', (_name, more, reason, field) => {
    const refused = { kind: 'invalid', reason, violations: [expect.objectContaining({ field })] };
    expect(() => asked(more)).toThrow(expect.objectContaining(refused));
  });
});

describe('the ceiling', () => {
  const cap = { ...year, cap: 'private_lending', contractOn: '2025-01-10', fixedBps: 1_000 };

  it('covers interest, overdue interest, penalty and fees together', () => {
    // 10,000 of interest is within 12,400, with 5,000 of penalty and fees it is not.
    expect(asked({ ...cap, charges: cny(500_000n) }).together).toEqual({
      asked: cny(1_500_000n),
      ceiling: cny(1_240_000n),
      allowed: cny(1_240_000n),
      excess: cny(260_000n),
    });
  });

  it('leaves alone what lies below it, and is not drawn where none was asked for', () => {
    const { together } = asked({ ...cap, charges: cny(200_000n) });
    expect([together?.allowed, together?.excess]).toEqual([cny(1_200_000n), cny(0n)]);
    expect(asked({ ...year, fixedBps: 3_600 }).together).toBeUndefined();
  });
});
