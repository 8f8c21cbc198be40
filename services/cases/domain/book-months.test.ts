import { describe, expect, it } from '@jest/globals';
import { bookMonths, ceiBps, dayBefore } from './book-months.ts';

const end = (day: string, openMinor: bigint, overdueMinor: bigint, currency = 'CNY') => ({
  day,
  currency,
  openMinor,
  overdueMinor,
});
const cny = (month: string, minor: bigint) => ({ month, currency: 'CNY', minor });
const windowDays = 90;

describe('the collection effectiveness index', () => {
  it.each([
    ['all that fell due came in', 1_000n, 500n, 500n, 0n, 10_000],
    ['nothing came in', 1_000n, 500n, 1_500n, 1_000n, 0],
    ['a half came in', 1_000n, 500n, 1_000n, 500n, 5_000],
    ['nothing was to be collected', 0n, 500n, 500n, 0n, undefined],
    ['the book is empty', 0n, 0n, 0n, 0n, undefined],
  ])('when %s', (_what, beforeMinor, salesMinor, openMinor, overdueMinor, bps) => {
    expect(ceiBps({ beforeMinor, salesMinor, openMinor, overdueMinor })).toBe(bps);
  });
});

describe('figures of an ended month', () => {
  it('are of its end, its sales and its window', () => {
    const [month] = bookMonths(['2026-03'], {
      ends: [end('2026-02-28', 1_000n, 100n), end('2026-03-31', 900n, 300n)],
      sales: [
        { day: '2025-12-31', currency: 'CNY', minor: 7_000n },
        { day: '2026-01-01', currency: 'CNY', minor: 500n },
        { day: '2026-02-28', currency: 'CNY', minor: 100n },
        { day: '2026-03-01', currency: 'CNY', minor: 200n },
        { day: '2026-03-31', currency: 'CNY', minor: 100n },
        { day: '2026-04-01', currency: 'CNY', minor: 7_000n },
      ],
      recovered: [cny('2026-03', 400n)],
      windowDays,
    });
    expect(month).toEqual({
      month: '2026-03',
      open: { currency: 'CNY', minor: 900n },
      overdue: { currency: 'CNY', minor: 300n },
      overdueBps: 3_333,
      // 900 ÷ 900 × 90 days.
      dsoTenths: 900,
      // (1,000 + 300 − 900) ÷ (1,000 + 300 − 600).
      ceiBps: 5_714,
      recovered: { currency: 'CNY', minor: 400n },
      recoveredYearBefore: undefined,
      badDebt: { currency: 'CNY', minor: 0n },
      badDebtBps: 0,
    });
  });

  it('count what was given up as bad debt of a year, and not as collected', () => {
    const [month] = bookMonths(['2026-03'], {
      ends: [end('2026-02-28', 1_000n, 1_000n), end('2026-03-31', 500n, 500n)],
      sales: [
        { day: '2025-03-31', currency: 'CNY', minor: 9_000n },
        { day: '2025-04-01', currency: 'CNY', minor: 8_000n },
        { day: '2026-01-01', currency: 'CNY', minor: 2_000n },
      ],
      recovered: [],
      givenUp: [cny('2026-03', 300n)],
      badDebt: [cny('2025-03', 7_000n), cny('2025-04', 150n), cny('2026-03', 100n)],
      windowDays,
    });
    // (1,000 − 500 − 300) ÷ 1,000; (150 + 100) ÷ (8,000 + 2,000).
    expect(month).toMatchObject({ ceiBps: 2_000, badDebt: { minor: 100n }, badDebtBps: 250 });
  });

  it('stand for every currency, never added', () => {
    const months = bookMonths(['2026-02', '2026-03'], {
      ends: [end('2026-03-31', 5n, 0n), end('2026-03-31', 9n, 9n, 'USD')],
      sales: [],
      recovered: [],
      windowDays,
    });
    expect(months.map((one) => [one.month, one.open, one.dsoTenths])).toEqual([
      ['2026-02', { currency: 'CNY', minor: 0n }, undefined],
      ['2026-02', { currency: 'USD', minor: 0n }, undefined],
      ['2026-03', { currency: 'CNY', minor: 5n }, undefined],
      ['2026-03', { currency: 'USD', minor: 9n }, undefined],
    ]);
  });

  it('are compared with the year before from the first money on', () => {
    const months = bookMonths(['2026-01', '2026-02', '2026-03'], {
      ends: [],
      sales: [],
      recovered: [cny('2025-02', 5n), cny('2026-01', 7n)],
      windowDays,
    });
    expect(months.map((one) => [one.recovered?.minor, one.recoveredYearBefore?.minor])).toEqual([
      [7n, undefined],
      [0n, 5n],
      [0n, 0n],
    ]);
  });

  it('know nothing of the time before the first money', () => {
    const recovered = [cny('2026-02', 7n)];
    const months = bookMonths(['2026-01', '2026-02', '2026-03'], {
      ends: [],
      sales: [],
      recovered,
      windowDays,
    });
    expect(months.map((one) => one.recovered?.minor)).toEqual([undefined, 7n, 0n]);
  });

  it('begin after the last day of the month before', () => {
    expect(dayBefore('2026-03').toString()).toBe('2026-02-28');
    expect(dayBefore('2026-01').toString()).toBe('2025-12-31');
  });
});
