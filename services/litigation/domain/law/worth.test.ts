import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { worthIt } from './worth.ts';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const o = {
  amount: cny(100_000_000n),
  winBps: 9_000,
  collectBps: 5_000,
  fees: cny(1_380_000n),
  costs: cny(5_000_000n),
  monthsToCash: 12,
  discountYearE8: 6_000_000n,
  recoverableFees: cny(1_380_000n),
};

describe('a suit for 1,000,000', () => {
  it('is worth what it brings on average less what it costs, with every input a line', () => {
    const made = worthIt(o);
    // (1,000,000 + 13,800) × 0.9 × 0.5 = 456,210; / 1.06 = 430,386.79; − 63,800.
    expect(made).toMatchObject({
      recovery: cny(43_038_679n),
      spending: cny(6_380_000n),
      expected: cny(36_658_679n),
      verdict: 'worth_it',
      breakEvenCollectBps: 742,
    });
    expect(made.lines.reduce((sum, { amount }) => sum + amount.minor, 0n)).toBe(
      made.expected.minor,
    );
  });

  it.each([
    [742, 'marginal'],
    [700, 'marginal'],
    [600, 'not_worth_it'],
    [900, 'worth_it'],
  ])('with %i in 10,000 to collect is %s', (collectBps, verdict) => {
    expect(worthIt({ ...o, collectBps }).verdict).toBe(verdict);
  });

  it('that cannot be won has no chance that pays', () => {
    expect(worthIt({ ...o, winBps: 0 }).breakEvenCollectBps).toBeUndefined();
  });

  it.each([
    [{ winBps: 10_001 }, 'share_out_of_range'],
    [{ monthsToCash: -1 }, 'months_not_whole'],
    [{ discountYearE8: -1n }, 'rate_out_of_range'],
    [{ fees: { currency: 'USD', minor: 1n } }, 'currencies_differ'],
    [{ costs: cny(-1n) }, 'amount_negative'],
  ])('with %o is refused: %s', (more, reason) => {
    expect(() => worthIt({ ...o, ...more })).toThrow(reason);
  });
});

describe('any suit', () => {
  it('is worth no less with a better chance, and its lines add up', () => {
    const bps = fc.nat(10_000);
    fc.assert(
      fc.property(bps, bps, bps, fc.nat(60), (winBps, a, b, monthsToCash) => {
        const at = (collectBps: number) => worthIt({ ...o, winBps, collectBps, monthsToCash });
        const [less, more] = a < b ? [at(a), at(b)] : [at(b), at(a)];
        expect(less.expected.minor <= more.expected.minor).toBe(true);
        expect(more.lines.reduce((sum, { amount }) => sum + amount.minor, 0n)).toBe(
          more.expected.minor,
        );
      }),
    );
  });
});
