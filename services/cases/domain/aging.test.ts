import { describe, expect, it } from '@jest/globals';
import { overdueClasses } from '../rules/overdue-classes.ts';
import { aging, classOf, openOn } from './aging.ts';
import type { AgingItem } from './aging.ts';

const rows = overdueClasses[0]?.value ?? [];

function item(change: Partial<AgingItem>): AgingItem {
  return {
    documentDate: '2026-01-01',
    dueDate: '2026-01-31',
    settledDate: undefined,
    currency: 'CNY',
    amountMinor: 1000n,
    openMinor: 1000n,
    ...change,
  };
}

describe('days overdue', () => {
  it.each([
    [-5, 'NOT_DUE'],
    [0, 'NOT_DUE'],
    [1, 'MILD'],
    [30, 'MILD'],
    [31, 'MODERATE'],
    [60, 'MODERATE'],
    [61, 'SEVERE'],
    [90, 'SEVERE'],
    [91, 'CRITICAL'],
    [4000, 'CRITICAL'],
  ])('%d are %s', (days, expected) => {
    expect(classOf(days, rows)).toBe(expected);
  });

  it('outside every row of the table are a fault', () => {
    expect(() => classOf(5, [{ overdueClass: 'MILD', toDays: 4 }])).toThrow('no_overdue_class');
  });
});

describe('what is open on a day', () => {
  it.each<[string, Partial<AgingItem>, bigint]>([
    ['all of it while unsettled', {}, 1000n],
    ['what is left after part payments', { openMinor: 400n }, 400n],
    ['nothing on the day of its settlement', { settledDate: '2026-02-10', openMinor: 0n }, 0n],
    ['all of it on the day before', { settledDate: '2026-02-11', openMinor: 0n }, 1000n],
    [
      'nothing before its document, when settled by now',
      { documentDate: '2026-02-11', settledDate: '2026-03-01', openMinor: 0n },
      0n,
    ],
    ['all of it when post-dated and still open', { documentDate: '2026-02-12' }, 1000n],
    ['a credit note as it is', { amountMinor: -50n, openMinor: -50n }, -50n],
  ])('is %s', (_, change, expected) => {
    expect(openOn(item(change), '2026-02-10')).toBe(expected);
  });
});

describe('the aging of several currencies', () => {
  it('never adds them together and counts every item once', () => {
    const items = [
      item({}),
      item({ currency: 'EUR', dueDate: '2025-01-01' }),
      item({ dueDate: '2026-03-01' }),
      item({ settledDate: '2026-01-15', openMinor: 0n }),
    ];
    const found = aging(items, '2026-02-10', rows);
    expect(found.map(({ currency, count, minor }) => [currency, count, minor])).toEqual([
      ['CNY', 2, 2000n],
      ['EUR', 1, 1000n],
    ]);
    expect(found[1]?.buckets.at(-1)).toEqual({ overdueClass: 'CRITICAL', count: 1, minor: 1000n });
  });
});
