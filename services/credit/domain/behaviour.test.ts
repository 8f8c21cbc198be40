import { describe, expect, it } from '@jest/globals';
import { behaviour, type BehaviourSums } from './behaviour.ts';

function sums(over: Partial<BehaviourSums> = {}): BehaviourSums {
  return {
    currency: 'CNY',
    receivableCount: 8n,
    settledCount: 6n,
    lateCount: 2n,
    daysLateSum: 9n,
    worstDaysLate: 12,
    exposureMinor: 500_00n,
    overdueMinor: 200_00n,
    disputedCount: 1n,
    lastSettledDate: '2026-10-01',
    recentCount: 3n,
    recentDaysLateSum: 12n,
    priorCount: 3n,
    priorDaysLateSum: -3n,
    ...over,
  };
}

describe('payment behaviour', () => {
  it.each([
    ['a third of the settled ones late', {}, 'lateShareBps', 3333],
    ['nine days late over six', {}, 'meanDaysLateTenths', 15],
    ['early payers count as they are', { daysLateSum: -30n }, 'meanDaysLateTenths', -50],
    ['from one day early to four late is five worse', {}, 'trendTenths', 50],
    ['two recent ones say nothing of a trend', { recentCount: 2n }, 'trendKnown', false],
    ['an unknown trend is nought', { priorCount: 0n, priorDaysLateSum: 0n }, 'trendTenths', 0],
    ['nothing settled is no share', { settledCount: 0n, lateCount: 0n }, 'lateShareBps', 0],
  ] as const)('%s', (_words, over, field, expected) => {
    expect(behaviour(sums(over))[field]).toBe(expected);
  });
});
